// Another title for a step or a start.
import { addEntry } from '../../language/edit.ts';
import type { TextEdit } from '../../language/source.ts';
import type { SyntaxNode } from '../../language/syntax.ts';
import { type Drawing, drawnAt, entryOf, type Refusal } from './drawing.ts';
import { nodesChanged, type Plan, waysChanged } from './trial.ts';
import { quoted } from './writing.ts';

export function rename(drawing: Drawing, nodeId: string, title: string): Plan | Refusal {
  const found = drawnAt(drawing, nodeId);
  if ('refused' in found) return found;
  if (title === found.node.title) return { refused: `It is called '${title}' already.` };
  const { text } = drawing.checked.file;
  const key = found.as === 'start' ? 'label' : found.step.kind === 'call' ? 'title' : found.step.kind;
  if (!found.map || key === undefined) return { refused: 'There is no title in the text that could be changed.' };
  const value = entryOf(found.map, key)?.value;
  const behind = found.as === 'start' ? undefined : 'call';
  const edits = value ? replaced(text, value, title) : addEntry(text, found.map, key, quoted(title), behind);
  if (!edits) return { refused: 'There is no title in the text that could be changed.' };
  return {
    drafts: [{ edits, select: nodeId }],
    expects: (after, before) =>
      nodesChanged(after, before) ??
      waysChanged(after, before, {}) ??
      (after.nodes.find(({ id }) => id === nodeId)?.title === title
        ? undefined
        : 'The title would not be read as it is.'),
  };
}

function replaced(text: string, { range }: SyntaxNode, title: string): readonly TextEdit[] {
  // A text in block style ends with its line break, which stays.
  const end = range.start + text.slice(range.start, range.end).trimEnd().length;
  return [{ range: { start: range.start, end }, text: quoted(title) }];
}

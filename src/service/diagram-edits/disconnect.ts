// A way that is no longer there: the mention goes, and with it whatever says nothing without it.
import type { DiagramEdge } from '../../diagram/diagram.ts';
import { applied, removeEntry, removeItems } from '../../language/edit.ts';
import type { TextEdit } from '../../language/source.ts';
import type { SyntaxNode } from '../../language/syntax.ts';
import type { Slot } from '../slot.ts';
import { type Draft, type Drawing, drawingOf, drawnAt, edgeNamed, type Refusal, writtenOf } from './drawing.ts';
import { isWay, nodesChanged, type Plan, resultOf, textTried, wayOf, waysChanged } from './trial.ts';
import { addHandlers } from './writing.ts';

/** An edge is seldom written in more places. */
const mostRounds = 12;

export function disconnect(drawing: Drawing, edgeId: string): Plan | Refusal {
  const edge = edgeNamed(drawing, edgeId);
  if ('refused' in edge) return edge;
  const written = writtenOf(drawing, edge);
  if ('refused' in written) return written;
  const { text } = drawing.checked.file;
  const drafts: Draft[] = [];
  // Where several mentions make the edge, one goes after the other: each time from a text that can be read.
  for (let depth = 0; depth < 4; depth++) {
    const result = withoutEdge(drawing, edge, depth);
    if (typeof result === 'string') drafts.push({ edits: difference(text, result), select: edge.from });
    else if (result && drafts.length === 0 && depth === 0) return result;
  }
  if (drafts.length === 0) return { refused: 'It cannot be taken out without losing something else. Change the text.' };
  return {
    drafts,
    expects: (after, before) => {
      const left = after.edges.filter((each) => isSame(each, edge)).length;
      const isLast =
        before.edges.filter((each) => isWay(each) && each.from === edge.from && each.to === edge.to).length === 1;
      return (
        nodesChanged(after, before) ??
        waysChanged(after, before, { gone: isLast ? [wayOf(edge.from, edge.to)] : [] }) ??
        (left === 0 ? undefined : 'The way would still be there.')
      );
    },
  };
}

function isSame(a: DiagramEdge, { from, to, kind }: DiagramEdge): boolean {
  return isWay(a) && a.from === from && a.to === to && a.kind === kind;
}

/** The text without the edge; `depth`: how far around its mention is taken out. */
function withoutEdge(drawing: Drawing, edge: DiagramEdge, depth: number): string | Refusal | undefined {
  let current = drawing;
  for (let round = 0; round < mostRounds; round++) {
    const left = current.model.edges.find((each) => isSame(each, edge));
    if (!left) return current.checked.file.text;
    const edits = firstEdit(current, left, depth);
    if (!edits || 'refused' in edits) return edits;
    const tried = textTried(current, applied(current.checked.file.text, edits));
    if (!tried || tried.file.broken) return undefined;
    current = drawingOf(tried, drawing.documents, resultOf(tried).analyses);
  }
  return undefined;
}

function firstEdit(drawing: Drawing, edge: DiagramEdge, depth: number): readonly TextEdit[] | Refusal | undefined {
  const written = writtenOf(drawing, edge);
  if ('refused' in written) return written;
  const { text } = drawing.checked.file;
  const [slot] = written.own;
  if (slot) return removals(text, slot)[depth];
  const source = drawnAt(drawing, edge.from);
  if ('refused' in source) return source;
  return source.as === 'step'
    ? addHandlers(
        text,
        source.map,
        written.inherited.map(({ outcome }) => outcome),
        'none',
      )
    : undefined;
}

/** The entries and items around a mention, from the inside out, as far as they can be removed. */
function removals(text: string, { scalar, trail }: Slot): readonly (readonly TextEdit[])[] {
  const found: (readonly TextEdit[])[] = [];
  let inner: SyntaxNode = scalar;
  for (const { node, entry } of [...trail].reverse()) {
    const edits =
      node.kind === 'list' ? removeItems(text, node, [inner]) : entry && removeEntry(text, node, entry.key.text);
    if (edits) found.push(edits);
    // Behind the keys of a step comes the step, which is to stay.
    if (entry && ['next', 'on', 'timers', 'sample', 'gate', 'effects'].includes(entry.key.text)) break;
    inner = node;
  }
  return found;
}

/** One edit from the first to the last place that differs. */
export function difference(before: string, after: string): readonly TextEdit[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const room = Math.min(before.length, after.length) - start;
  while (end < room && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const range = { start, end: before.length - end };
  return before === after ? [] : [{ range, text: after.slice(start, after.length - end) }];
}

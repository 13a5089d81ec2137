// A step that is no longer there: whatever led to it leads to the one step that came after it.
import { lineEnd, lineStart, removeEntry, removeItems } from '../../language/edit.ts';
import { contains, type TextEdit } from '../../language/source.ts';
import { commentsIn } from '../refactorings/bare-text.ts';
import { columnOf, newlineOf, removeBlock } from '../refactorings/blocks.ts';
import { type Drawing, type DrawnStart, type DrawnStep, drawnAt, type Refusal } from './drawing.ts';
import { isWay, nodesChanged, type Plan, wayOf, waysChanged, waysIn } from './trial.ts';

export function remove(drawing: Drawing, nodeId: string): Plan | Refusal {
  const found = drawnAt(drawing, nodeId);
  if ('refused' in found) return found;
  return found.as === 'start' ? removeStart(drawing, found) : removeStep(drawing, found);
}

function removeStep(drawing: Drawing, found: DrawnStep): Plan | Refusal {
  const { node, step } = found;
  const { model, checked } = drawing;
  if (step.kind === 'scope' && (step.fields.steps?.size ?? 0) > 0)
    return { refused: `'${node.title}' holds other steps. Delete or move those first.` };
  if (found.declaration.map.entries.length === 1) return { refused: 'It is the only step here.' };
  const incoming = model.edges.filter(({ from, to }) => to === node.id && from !== node.id);
  const outgoing = model.edges.filter(
    ({ from, to, label }) => from === node.id && to !== node.id && label !== 'refused',
  );
  const forward = outgoing.filter(({ kind }) => kind === 'normal' || kind === 'guarded');
  const successors = new Set((forward.length > 0 ? forward : outgoing).map(({ to }) => to));
  const [successor, ...more] = successors;
  if (incoming.length > 0 && successor === undefined)
    return {
      refused: `Nothing comes after '${node.title}', so what leads to it would lead nowhere. Lead it elsewhere first.`,
    };
  if (incoming.length > 0 && more.length > 0)
    return { refused: `Several ways lead on from '${node.title}'. Remove all but the one that shall stay first.` };
  const mentions = drawing.spot.slots.filter(
    ({ form, scalar, expected }) =>
      form === 'value' &&
      scalar.text === node.id &&
      expected?.kind === 'target' &&
      !contains(found.declaration.entry.range, scalar.range.start),
  );
  const joined = mentions.map(({ scalar }) => ({ range: scalar.range, text: successor ?? node.id }));
  const gone = goneEdits(drawing, found);
  if (!gone) return { refused: 'It is written in a way that only the text can change.' };
  const before = waysIn(model);
  const isOfNode = (way: string): boolean => way.startsWith(wayOf(node.id, '')) || way.endsWith(wayOf('', node.id));
  return {
    drafts: [
      {
        edits: [...joined, ...gone],
        ...(checked.workflow.steps.has(successor ?? '') ? { select: successor ?? '' } : {}),
      },
    ],
    expects: (after, was) =>
      nodesChanged(after, was, { gone: node.id }) ??
      waysChanged(after, was, {
        gone: [...before].filter(isOfNode),
        come: incoming
          .filter((edge) => isWay(edge) && edge.kind !== 'message')
          .map(({ from }) => wayOf(from, successor ?? '')),
      }),
  };
}

/** The lines of the step; the comments in them stay. */
function goneEdits({ checked, spot }: Drawing, { declaration }: DrawnStep): readonly TextEdit[] | undefined {
  const { text } = checked.file;
  const { map, entry, id } = declaration;
  if (map.flow) return removeEntry(text, map, id);
  const start = lineStart(text, entry.key.range.start);
  if (text.slice(start, entry.key.range.start).trim() !== '') return undefined;
  const block = { start, end: lineEnd(text, entry.range.end) };
  const comments = commentsIn(spot.bare, block);
  if (comments.length === 0) return [removeBlock(text, block)];
  const indent = ' '.repeat(columnOf(text, entry));
  return [{ range: block, text: comments.map((comment) => indent + comment).join(newlineOf(text)) }];
}

function removeStart({ checked }: Drawing, { start }: DrawnStart): Plan | Refusal {
  const { root, text } = checked.file;
  const entry = root?.kind === 'map' ? root.entries.find(({ key }) => key.text === 'start') : undefined;
  const list = entry?.value;
  if (list?.kind !== 'list' || list.items.length < 2) return { refused: 'A workflow needs a start.' };
  const item = list.items[start.index];
  const edits = item && (removeItems(text, list, [item]) ?? removedLines(text, list.items, start.index));
  if (!edits) return { refused: 'It is written in a way that only the text can change.' };
  return {
    drafts: [{ edits }],
    // The starts behind it move up by one.
    expects: (after, before) => {
      const steps = ({ nodes }: typeof after) =>
        nodes
          .filter(({ kind }) => kind !== 'start')
          .map(({ id }) => id)
          .join();
      const isAsked = after.nodes.length === before.nodes.length - 1 && steps(after) === steps(before);
      return isAsked ? undefined : 'Other steps would change with it.';
    },
  };
}

/** An item of several lines, from its dash to the dash of the next one. */
function removedLines(
  text: string,
  items: readonly { readonly range: { readonly start: number; readonly end: number } }[],
  index: number,
): readonly TextEdit[] | undefined {
  const item = items[index];
  if (!item) return undefined;
  const start = lineStart(text, item.range.start);
  const end = lineEnd(text, item.range.end);
  const isAlone = text.slice(start, item.range.start).trim() === '-';
  return isAlone
    ? [{ range: { start, end: Math.min(text.length, end + (text[end] === '\r' ? 2 : 1)) }, text: '' }]
    : undefined;
}

// A new way from one step to another: as `next`, at an outcome that leads nowhere yet, or as a branch.
import { addEntry, addItem } from '../../language/edit.ts';
import { outcomesOf } from '../../language/outcomes.ts';
import type { TextEdit } from '../../language/source.ts';
import type { MapNode } from '../../language/syntax.ts';
import { flowText } from '../refactorings/flow-text.ts';
import { type Draft, type Drawing, type DrawnStep, drawnAt, entryOf, type Refusal } from './drawing.ts';
import { nodesChanged, type Plan, wayOf, waysChanged, waysIn } from './trial.ts';
import { addHandlers, quoted } from './writing.ts';

/** `to` may be a step that is yet to come. */
export function connect(drawing: Drawing, from: string, to: string, outcome?: string): Plan | Refusal {
  const source = drawnAt(drawing, from);
  if ('refused' in source) return source;
  if (source.node.kind === 'end') return { refused: 'Nothing comes after an end.' };
  const target = drawing.model.nodes.find(({ id }) => id === to);
  if (target?.kind === 'start') return { refused: 'Nothing leads to a start.' };
  if (outcome === undefined && waysIn(drawing.model).has(wayOf(from, to)))
    return { refused: `'${source.node.title}' leads to '${target?.title ?? to}' already.` };
  if (!source.map) return { refused: 'The start is written in short. Write it out first.' };
  const { text } = drawing.checked.file;
  const labels = { to, title: target?.title ?? to, titleOf: (id: string) => titleOf(drawing, id) };
  const all =
    outcome !== undefined
      ? [source.as === 'step' ? addHandlers(text, source.map, [outcome], to) : undefined]
      : source.as === 'start'
        ? [asNext(text, source.map, to), asBranch(text, source.map, labels)]
        : [...freeWays(drawing, source, to), asBranch(text, source.map, labels)];
  const drafts = all.flatMap((edits): Draft[] => (edits ? [{ edits }] : []));
  if (drafts.length === 0)
    return {
      refused:
        outcome === undefined
          ? `Every way on from '${source.node.title}' is taken, and its branches have conditions. Write the new one in the text.`
          : `'${source.node.title}' leads somewhere at '${outcome}' already.`,
    };
  return {
    drafts,
    expects: (after, before) => nodesChanged(after, before) ?? waysChanged(after, before, { come: [wayOf(from, to)] }),
  };
}

function titleOf({ model }: Drawing, id: string): string {
  return model.nodes.find((node) => node.id === id)?.title ?? id;
}

function asNext(text: string, map: MapNode, to: string): readonly TextEdit[] | undefined {
  return addEntry(text, map, 'next', to);
}

/** `next` where some outcome would take it, then each outcome that nothing names. */
function freeWays(
  { checked }: Drawing,
  { step, map }: DrawnStep,
  to: string,
): readonly (readonly TextEdit[] | undefined)[] {
  const { text } = checked.file;
  const outcomes = outcomesOf(step, step.performers, checked.workflow);
  const hasNext = entryOf(map, 'next') !== undefined;
  const open = outcomes.filter(({ name, byNext }) => !step.handlers.has(name) && !(byNext && hasNext));
  const isNextFree = !hasNext && (outcomes.length === 0 || open.some(({ byNext }) => byNext));
  return [
    isNextFree ? asNext(text, map, to) : undefined,
    ...open.filter(({ byNext }) => !byNext).map(({ name }) => addHandlers(text, map, [name], to)),
  ];
}

interface Labels {
  readonly to: string;
  readonly title: string;
  readonly titleOf: (id: string) => string;
}

/** One more branch of a choice that is open, or of work side by side; a single way becomes a choice. */
function asBranch(text: string, map: MapNode, { to, title, titleOf: nameOf }: Labels): readonly TextEdit[] | undefined {
  const next = entryOf(map, 'next')?.value;
  const branch = (id: string, name: string): string => `{ label: ${inBraces(name)}, to: ${id} }`;
  if (next?.kind === 'scalar')
    return [{ range: next.range, text: `[${branch(next.text, nameOf(next.text))}, ${branch(to, title)}]` }];
  if (next?.kind === 'list') {
    const isOpen = next.items.every(
      (item) => item.kind === 'map' && entryOf(item, 'label') && !entryOf(item, 'when') && !entryOf(item, 'else'),
    );
    return isOpen ? addItem(text, next, [branch(to, title)]) : undefined;
  }
  if (next?.kind !== 'map') return undefined;
  const all = entryOf(next, 'all')?.value;
  if (all?.kind === 'list') return addItem(text, all, [to]);
  const written = entryOf(next, 'to')?.value;
  const isPlain = written?.kind === 'scalar' && !entryOf(next, 'when') && flowText(next, text) !== undefined;
  if (!isPlain || written?.kind !== 'scalar' || entryOf(next, 'label')) return undefined;
  const first = (flowText(next, text) ?? '').replace('{ ', `{ label: ${inBraces(nameOf(written.text))}, `);
  return [{ range: next.range, text: `[${first}, ${branch(to, title)}]` }];
}

function inBraces(title: string): string {
  return /[,[\]{}]/.test(title) ? JSON.stringify(title) : quoted(title);
}

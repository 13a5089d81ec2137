// Another performer for a step, by moving it to that lane; for points without one, another lane.

import { addEntry, removeEntry, replace } from '../../language/edit.ts';
import { type Actor, isAi, type Step } from '../../language/model.ts';
import { unobserved } from '../../language/observed-steps.ts';
import type { TextEdit } from '../../language/source.ts';
import type { MapNode } from '../../language/syntax.ts';
import { inferredMode, mayBeHuman } from '../../rules/structure/participation-mode.ts';
import {
  type Draft,
  type Drawing,
  type DrawnStart,
  type DrawnStep,
  drawnAt,
  entryOf,
  type Refusal,
} from './drawing.ts';
import { nodesChanged, type Plan } from './trial.ts';

type Edits = readonly TextEdit[] | undefined;

/** Kinds that nobody performs. */
const unperformed: ReadonlySet<string> = new Set(['route', 'wait', 'scope', 'end']);

export function move(drawing: Drawing, nodeId: string, lane: string): Plan | Refusal {
  const found = drawnAt(drawing, nodeId);
  if ('refused' in found) return found;
  const actor = drawing.checked.workflow.actors.get(lane);
  if (!actor) return { refused: 'This is the lane of nobody. Move the step to a lane with a name.' };
  if (found.node.lane === lane) return { refused: 'It is in that lane already.' };
  const { text } = drawing.checked.file;
  const all = found.as === 'start' ? ofStart(text, found, lane) : ofStep(text, found, actor);
  const drafts = all.flatMap((edits): Draft[] => (edits ? [{ edits, select: nodeId }] : []));
  if (drafts.length === 0) return { refused: 'Its performer is written in a way that only the text can change.' };
  return {
    drafts,
    expects: (after, before) =>
      nodesChanged(after, before) ??
      (after.nodes.find(({ id }) => id === nodeId)?.lane === lane ? undefined : 'It would not be drawn in that lane.'),
  };
}

function ofStart(text: string, { map }: DrawnStart, lane: string): readonly Edits[] {
  return [map && setKey(text, map, 'from', lane, 'on')];
}

function ofStep(text: string, { step, map }: DrawnStep, actor: Actor): readonly Edits[] {
  const isDrawnElsewhere = entryOf(map, 'lane') !== undefined;
  const [first] = step.performers;
  if (isDrawnElsewhere && first?.id === actor.id) return [removeEntry(text, map, 'lane')];
  if (isDrawnElsewhere || unperformed.has(step.kind ?? '')) {
    const isWaited = step.kind === 'wait' && entryOf(map, 'from') && !isDrawnElsewhere;
    return [...(isWaited ? [setKey(text, map, 'from', actor.id)] : []), setKey(text, map, 'lane', actor.id)];
  }
  const by = performersEdit(text, step, map, actor);
  if (!by) return [];
  const others = step.performers.filter(({ id }) => id !== actor.id && id !== first?.id);
  const keepsFirst = first && step.performers.some(({ id }) => id === actor.id) ? [first] : [];
  return withMode(text, step, map, [actor, ...keepsFirst, ...others]).map((more) => more && [...by, ...more]);
}

/** The first of `by` is the lane; one who is in it already changes places with the first. */
function performersEdit(text: string, step: Step, map: MapNode, actor: Actor): Edits {
  const value = entryOf(map, 'by')?.value;
  if (!value) return addEntry(text, map, 'by', actor.id, step.kind);
  if (value.kind !== 'list') return value.kind === 'scalar' ? replace(value.range, actor.id) : undefined;
  const [first] = value.items;
  if (first?.kind !== 'scalar') return undefined;
  const other = value.items.find((item) => item.kind === 'scalar' && item.text === actor.id);
  return [...replace(first.range, actor.id), ...(other ? replace(other.range, first.text) : [])];
}

/** `mode` and `decides` as they must be with other performers; the least change first. */
function withMode(text: string, step: Step, map: MapNode, performers: readonly Actor[]): readonly Edits[] {
  const takesPart = [...performers, ...step.assistants].some(isAi);
  const wanted = takesPart ? (inferredMode({ ...unobserved(step), performers }) ?? 'ai-executed') : undefined;
  const was = entryOf(map, 'mode') !== undefined;
  const kept: Edits[] = takesPart === was ? [[]] : [];
  const changed =
    wanted === undefined ? (was ? removeEntry(text, map, 'mode') : []) : setKey(text, map, 'mode', wanted, 'by');
  const modes = [...kept, changed];
  const decider = performers.find(mayBeHuman);
  const hasDecider = entryOf(map, 'decides') !== undefined;
  const deciders: Edits[] = [
    [],
    decider && setKey(text, map, 'decides', decider.id, was ? 'mode' : 'by'),
    hasDecider ? removeEntry(text, map, 'decides') : undefined,
  ];
  return deciders.flatMap((decides) => modes.map((mode) => mode && decides && [...mode, ...decides]));
}

/** Gives a key another value, or adds it. */
function setKey(text: string, map: MapNode, key: string, value: string, after?: string): Edits {
  const entry = entryOf(map, key);
  if (!entry) return addEntry(text, map, key, value, after);
  return entry.value?.kind === 'scalar' ? replace(entry.value.range, value) : undefined;
}

// `within` with `on.timeout`, and the timer it is short for.
import { addEntry, removeEntry } from '../../language/edit.ts';
import type { MapEntry, MapNode } from '../../language/syntax.ts';
import { commentsIn, hasMarks } from './bare-text.ts';
import { flowText } from './flow-text.ts';
import { type Change, hasAnchor, losesComment, type Proposal, type RefactoringKind, type Spot } from './refactoring.ts';

export function convertTimeLimit(spot: Spot): readonly Proposal[] {
  const { checked, selected, slots, range } = spot;
  const at = slots.find(
    ({ form, scalar }) => form === 'key' && scalar.range.start <= range.start && range.start <= scalar.range.end,
  );
  const onKey = ['within', 'timers', 'timeout'].includes(at?.scalar.text ?? '');
  const step =
    selected.find(({ kind }) => kind === 'step') ??
    spot.declarations.findLast(
      ({ kind, entry }) =>
        onKey && kind === 'step' && entry.range.start <= range.start && range.start <= entry.range.end,
    );
  const map = step?.entry.value;
  if (selected.length > 1 || map?.kind !== 'map') return [];
  const entry = (key: string, of: MapNode = map) => of.entries.find((each) => each.key.text === key);
  const [within, timers, on] = [entry('within'), entry('timers'), entry('on')?.value];
  const timeout = on?.kind === 'map' ? entry('timeout', on) : undefined;
  const { defaults } = checked.lint.workflow.fields ?? {};
  const kind: RefactoringKind = 'refactor.rewrite';
  if (within && timeout && on?.kind === 'map' && !timers) {
    const title = "Write 'within' and 'on.timeout' as a timer";
    if (defaults?.within || defaults?.on?.has('timeout'))
      return [{ title, kind, refused: "The step would get the time limit of 'defaults' instead." }];
    return [{ title, kind, ...asTimer(spot, map, { within, timeout, on }) }];
  }
  const short = timers && !within && !timeout ? shortOf(timers, checked.file.text) : undefined;
  if (!timers || !short) return [];
  const title = "Write the timer as 'within' and 'on.timeout'";
  return [{ title, kind, ...asLimit(spot, map, timers, short) }];
}

type Answer = { readonly changes: readonly Change[] } | { readonly refused: string };

function asTimer(
  { checked, bare }: Spot,
  map: MapNode,
  { within, timeout, on }: { within: MapEntry; timeout: MapEntry; on: MapNode },
): Answer {
  const { text } = checked.file;
  const [limit, target] = [flowText(within.value, text), flowText(timeout.value, text)];
  const isOnly = on.entries.length === 1;
  const removed = isOnly ? removeEntry(text, map, 'on') : removeEntry(text, on, 'timeout');
  if (!removed || commentsIn(bare, timeout.range).length > 0) return { refused: losesComment };
  if (limit === undefined || target === undefined || hasMarks(bare, within.range) || hasMarks(bare, timeout.range))
    return { refused: hasAnchor };
  const written = { range: within.range, text: `timers: [{ after: ${limit}, to: ${target} }]` };
  return { changes: [{ uri: checked.uri, edits: [written, ...removed] }] };
}

interface Short {
  readonly after: string;
  readonly to: string;
}

/** What a single plain timer says. */
function shortOf({ value }: MapEntry, text: string): Short | undefined {
  const timer = value?.kind === 'list' && value.items.length === 1 ? value.items[0] : value;
  if (timer?.kind !== 'map' || timer.entries.length !== 2) return undefined;
  const of = (key: string) => flowText(timer.entries.find((each) => each.key.text === key)?.value, text);
  const [after, to] = [of('after'), of('to')];
  return after === undefined || to === undefined ? undefined : { after, to };
}

function asLimit({ checked, bare }: Spot, map: MapNode, timers: MapEntry, { after, to }: Short): Answer {
  const { text } = checked.file;
  if (commentsIn(bare, timers.range).length > 0) return { refused: losesComment };
  if (hasMarks(bare, timers.range)) return { refused: hasAnchor };
  const written = { range: timers.range, text: `within: ${after}` };
  const on = map.entries.find(({ key }) => key.text === 'on');
  if (on && on.value?.kind !== 'map') return { refused: "'on' is no map of outcomes." };
  const added =
    on?.value?.kind === 'map'
      ? addEntry(text, on.value, 'timeout', to)
      : addEntry(text, map, 'on', `{ timeout: ${to} }`, 'timers');
  if (!added) return { refused: losesComment };
  // Both stand at one place where `timers` is the last key: as one edit they keep their order.
  return { changes: [{ uri: checked.uri, edits: [written, ...added] }] };
}

// PLACE of a finding: the step or declaration a range stands in.
import type { Workflow } from './model.ts';
import type { Range } from './source.ts';

/** Step id, `actor:ID`, `data:ID`, `store:ID`, `policy:ID`, `stop` or `workflow`: the innermost that holds `range`. */
export function placeAt(workflow: Workflow, range: Range): string {
  const places = workflow.derived(placesOf);
  let place = places[lastUpTo(places, range.start)];
  while (place && range.end > place.end) place = place.around;
  if (place) return place.name;
  const stop = workflow.fields?.stop?.$.range;
  return stop && stop.start <= range.start && range.end <= stop.end ? 'stop' : 'workflow';
}

interface Place extends Range {
  readonly name: string;
  /** The nearest one that holds this one. */
  readonly around: Place | undefined;
}

const placed: ReadonlySet<string> = new Set(['actor', 'data', 'store', 'policy']);

/** Declarations by where they begin; they nest, as the maps do that they stand in. */
function placesOf({ file }: Workflow): readonly Place[] {
  const ordered = file.declarations
    // An id that is not typed yet names no place.
    .filter(({ kind, name }) => name !== '' && (kind === 'step' || placed.has(kind)))
    .sort((a, b) => a.full.start - b.full.start || b.full.end - a.full.end);
  const places: Place[] = [];
  for (const { kind, name, full } of ordered) {
    let around = places.at(-1);
    while (around && full.start >= around.end) around = around.around;
    // Behind one alias, all declarations stand at the alias: the first one stands for them.
    if (around?.start === full.start && around.end === full.end) continue;
    places.push({ ...full, name: kind === 'step' ? name : `${kind}:${name}`, around });
  }
  return places;
}

/** Index of the last place that begins at `offset` or before, or -1. */
function lastUpTo(places: readonly Place[], offset: number): number {
  let [low, high] = [-1, places.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((places[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

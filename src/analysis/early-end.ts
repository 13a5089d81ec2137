// A shortest run after which the case has ended while something is still at work.
//
// A* search (Hart, Nilsson and Raphael, "A formal basis for the heuristic determination of minimum cost paths", IEEE
// Transactions on Systems Science and Cybernetics 1968) over all interleavings: what one token at least has to do to come
// to an end alone is the estimate, so that of many branches each goes its own way to the end, and not all of them mixed.
import { enabledAt, fire, keyOf, type Marking, runTo, type State, tallying } from './state-search.ts';
import type { Place, TokenNet, Transition } from './token-net.ts';

/** Undefined where there is none, or none in states of `bound` tokens. */
export function shortestEarlyEnd(net: TokenNet, start: Marking, bound: number): readonly Transition[] | undefined {
  const distances = distancesToEnd(net);
  const tallyOf = tallying(net);
  const nearest = (places: readonly Place[]) =>
    places.reduce((least, place) => Math.min(least, distances.get(place) ?? least), Number.POSITIVE_INFINITY);
  const open: Ahead[][] = [];
  const add = (by: Transition | undefined, before: State | undefined, cost: number, estimate: number) => {
    const at = cost + estimate;
    if (!Number.isFinite(at)) return;
    while (open.length <= at) open.push([]);
    open[at]?.push({ by, before, cost });
  };
  add(undefined, undefined, 0, nearest(start.map((index) => net.places[index] as Place)));
  const closed = new Set<string>();
  let looked = 0;
  for (let level = 0; level < open.length; ) {
    const ahead = open[level]?.pop();
    if (!ahead) {
      level++;
      continue;
    }
    const { by, before, cost } = ahead;
    const marking = by && before ? fire(by, before.marking) : start;
    if (!marking) continue;
    const key = keyOf(marking);
    if (closed.has(key)) continue;
    closed.add(key);
    looked += marking.length + 1;
    if (looked > bound) return undefined;
    const tally = tallyOf(marking);
    const state = { marking, by, before, cost };
    if ((tally[net.closed.index] ?? 0) > 0) continue;
    if ((tally[net.ended.index] ?? 0) > 0) {
      if (marking.length > 1) return runTo(state);
      continue;
    }
    const all = marking.map((index) => net.places[index] as Place);
    const least = nearest(all);
    const holders = all.filter((place) => distances.get(place) === least).length;
    for (const transition of enabledAt(net, marking, tally)) {
      const { inputs, outputs, live } = transition;
      const gone = inputs.filter((place) => distances.get(place) === least).length;
      const isLeft = gone === 0 || (!live && gone < holders);
      const stays = isLeft ? least : nearest(withoutInputs(all, transition));
      add(transition, state, cost + transition.cost, Math.min(stays, nearest(outputs)));
    }
  }
  return undefined;
}

/** A state to look at, which is made only then: most never are. */
interface Ahead {
  readonly by: Transition | undefined;
  readonly before: State | undefined;
  readonly cost: number;
}

/** Where tokens stay when `transition` takes its own. */
function withoutInputs(all: readonly Place[], { inputs, live }: Transition): readonly Place[] {
  if (live) return all.filter((place) => !inputs.includes(place));
  const left = [...all];
  for (const place of inputs) left.splice(left.indexOf(place), 1);
  return left;
}

/** How many steps a token at each place is away from an end, if all it meets were there. */
function distancesToEnd(net: TokenNet): ReadonlyMap<Place, number> {
  const distances = new Map<Place, number>([[net.ended, 0]]);
  let nearest = [net.ended];
  for (let distance = 0; nearest.length > 0; distance++) {
    const farther: Place[] = [];
    for (const place of nearest) {
      if (distances.get(place) !== distance) continue;
      for (const { inputs, cost } of place.producers) {
        for (const input of inputs) {
          if ((distances.get(input) ?? Infinity) <= distance + cost) continue;
          distances.set(input, distance + cost);
          (cost === 0 ? nearest : farther).push(input);
        }
      }
    }
    nearest = farther;
  }
  return distances;
}

// A shortest run after which the case has ended while something is still at work.
//
// A* search (Hart, Nilsson and Raphael, "A formal basis for the heuristic determination of minimum cost paths", IEEE
// Transactions on Systems Science and Cybernetics 1968) over all interleavings: what one token at least has to do to come
// to an end alone is the estimate, so that of many branches each goes its own way to the end, and not all of them mixed.
import { enabledAt, fire, type Marking, runTo, type State } from './state-search.ts';
import type { Place, TokenNet, Transition } from './token-net.ts';

/** Undefined where there is none, or none in states of `bound` tokens. */
export function shortestEarlyEnd(net: TokenNet, start: Marking, bound: number): readonly Transition[] | undefined {
  const distances = distancesToEnd(net);
  const estimate = (marking: Marking) =>
    marking.reduce((least, index) => Math.min(least, distances.get(net.places[index] as Place) ?? least), Infinity);
  const open: State[][] = [];
  const add = (state: State) => {
    const at = state.cost + estimate(state.marking);
    if (!Number.isFinite(at)) return;
    while (open.length <= at) open.push([]);
    open[at]?.push(state);
  };
  add({ marking: start, by: undefined, before: undefined, cost: 0 });
  const closed = new Set<string>();
  let looked = 0;
  for (let level = 0; level < open.length; ) {
    const state = open[level]?.pop();
    if (!state) {
      level++;
      continue;
    }
    const { marking } = state;
    const key = marking.join();
    if (closed.has(key)) continue;
    closed.add(key);
    looked += marking.length + 1;
    if (looked > bound) return undefined;
    if (marking.includes(net.closed.index)) continue;
    if (marking.includes(net.ended.index)) {
      if (marking.length > 1) return runTo(state);
      continue;
    }
    for (const transition of enabledAt(net, marking)) {
      const next = fire(transition, marking);
      if (next) add({ marking: next, by: transition, before: state, cost: state.cost + transition.cost });
    }
  }
  return undefined;
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

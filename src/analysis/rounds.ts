// Bounded loops unrolled: how often each bounded edge of a circle was taken is part of where a case is.
import { cyclicComponents } from './components.ts';
import type { FlowEdge } from './flow-graph.ts';

/** Places in one circle, each with its used-up rounds; circles with more are not unrolled. */
const maxPlaces = 5000;

/** What counts how often a case passes an edge. */
export interface Bound {
  readonly key: string;
  readonly max: number;
}

/** One count for all edges of a bounded split, and for a step and those who take it over. */
export function boundOf({ max, exhausted, split, from, to, outcome }: FlowEdge): Bound | undefined {
  if (max === undefined || exhausted) return undefined;
  return { key: `${from.step?.id} ${outcome} ${split ? 'split' : to.step?.id}`, max };
}

interface Node<E> {
  readonly index: number;
  readonly out: readonly E[];
}

/** How often each bounded edge was taken, by its key. */
export type Used = ReadonlyMap<string, number>;

export const unused: Used = new Map();

export interface Rounds<N, E> {
  /** Rounds behind `edge`; undefined where its bound is used up. They count within one circle and are forgotten outside. */
  after(used: Used, edge: E): Used | undefined;
  /** The edge goes round in a circle with too many rounds to be unrolled. */
  isTooMany(edge: E): boolean;
  /** Some circle has too many rounds. */
  readonly tooMany: boolean;
  /** Names a node with its rounds. */
  key(node: N, used: Used): string;
}

/** Circles over the edges that `counts` allows; `boundOf` says what bounds an edge. */
export function roundsOf<E extends { readonly from: N; readonly to: N }, N extends Node<E>>(
  nodes: readonly N[],
  boundOf: (edge: E) => Bound | undefined,
  counts: (edge: E) => boolean = () => true,
): Rounds<N, E> {
  const circles = new Map<N, number>();
  const large = new Set<number>();
  // The members of a node's `out` are its edges.
  const found = cyclicComponents(nodes as readonly (N & { readonly out: readonly E[] })[], (edge) => counts(edge as E));
  for (const [i, members] of found.entries()) {
    const bounds = new Map<string, number>();
    for (const node of members) {
      circles.set(node, i);
      for (const edge of node.out) {
        const bound = members.has(edge.to) ? boundOf(edge) : undefined;
        if (bound) bounds.set(bound.key, bound.max);
      }
    }
    const places = [...bounds.values()].reduce((product, max) => product * (max + 1), members.size);
    if (places > maxPlaces) large.add(i);
  }
  const circleOf = ({ from, to }: E) => {
    const circle = circles.get(from);
    return circle !== undefined && circle === circles.get(to) ? circle : undefined;
  };
  return {
    after(used, edge) {
      if (circleOf(edge) === undefined) return unused;
      const bound = boundOf(edge);
      if (!bound) return used;
      const count = (used.get(bound.key) ?? 0) + 1;
      return count > bound.max ? undefined : new Map([...used, [bound.key, count]]);
    },
    isTooMany(edge) {
      const circle = circleOf(edge);
      return circle !== undefined && large.has(circle) && boundOf(edge) !== undefined;
    },
    tooMany: large.size > 0,
    key: ({ index }, used) =>
      used.size === 0
        ? `${index}`
        : `${index} ${[...used]
            .map(([name, count]) => `${name}=${count}`)
            .sort()
            .join()}`,
  };
}

// Parts of a flow with one way in and one way out, which can be taken out and stand in a file of their own.
import type { Step } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import type { FlowNode } from './flow-graph.ts';
import { postDominatorsOf } from './post-dominators.ts';

export interface Part {
  readonly first: Step;
  readonly last: Step;
  /** Steps of it, those of its scopes included. */
  readonly size: number;
}

/** Pairs looked at, so that the cost stays near-linear. */
const maxPairs = 4000;

/**
 * The part with the most steps of at most `most`, at least three: `first` dominates `last`, `last` post-dominates `first`,
 * and no edge crosses into or out of what lies between (Johnson, Pearson and Pingali, "The program structure tree", PLDI
 * 1994). Undefined where there is none.
 */
export function largestPart({ graph, dominators, reachability }: Analyses, most: number): Part | undefined {
  const { postDominates, immediate } = postDominatorsOf(graph);
  let best: Part | undefined;
  let pairs = 0;
  for (const first of graph.nodes) {
    if (!isPlain(first) || !reachability.isReachable(first)) continue;
    for (let last = immediate(first); last && pairs < maxPairs; last = immediate(last)) {
      pairs++;
      if (!isPlain(last) || last.step?.kind === 'end' || !dominators.dominates(first, last)) continue;
      const inside = between(first, last, most);
      if (!inside) break;
      if (![...inside].every((node) => dominators.dominates(first, node) && postDominates(last, node))) continue;
      const size = new Set([...inside].map(({ step }) => step)).size;
      if (first.step && last.step && size >= 3 && size <= most && size > (best?.size ?? 0))
        best = { first: first.step, last: last.step, size };
    }
  }
  return best;
}

/** A step of the case itself. */
function isPlain({ kind, step }: FlowNode): boolean {
  return kind === 'step' && step !== undefined && step.scope === undefined;
}

/** What lies on the way from `first` to `last`; undefined where it is too much. */
function between(first: FlowNode, last: FlowNode, most: number): ReadonlySet<FlowNode> | undefined {
  const inside = new Set([first]);
  for (const node of inside) {
    if (inside.size > 3 * most) return undefined;
    if (node !== last) for (const { to, kind } of node.out) if (kind !== 'message') inside.add(to);
  }
  return inside;
}

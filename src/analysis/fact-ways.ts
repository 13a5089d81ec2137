// Single ways through the flow with the facts that hold at their end: what a proof shows of an analysis of all ways.
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import type { Facts } from './must-facts.ts';

/** The last node of a way, and what holds there. */
export interface WayWithFacts {
  readonly node: FlowNode;
  readonly facts: Facts;
  readonly edge: FlowEdge | undefined;
  readonly before: WayWithFacts | undefined;
}

const maxStates = 20_000;

/** For each node a shortest way at the end of which `fits` holds of the facts; breadth first, over nodes and facts. */
export function waysWithFacts(
  root: FlowNode,
  transfer: (edge: FlowEdge, facts: Facts) => Facts,
  fits: (facts: Facts) => boolean,
): ReadonlyMap<FlowNode, WayWithFacts> {
  const queue: WayWithFacts[] = [{ node: root, facts: 0, edge: undefined, before: undefined }];
  const seen = new Map<FlowNode, Set<Facts>>();
  const ways = new Map<FlowNode, WayWithFacts>();
  for (const state of queue) {
    const { node, facts } = state;
    if (!ways.has(node) && fits(facts)) ways.set(node, state);
    if (queue.length > maxStates) break;
    for (const edge of node.out) {
      if (edge.kind === 'message' && edge.to.kind !== 'start') continue;
      const after = transfer(edge, facts);
      const known = seen.get(edge.to) ?? new Set();
      seen.set(edge.to, known);
      if (!known.has(after)) queue.push({ node: edge.to, facts: after, edge, before: state });
      known.add(after);
    }
  }
  return ways;
}

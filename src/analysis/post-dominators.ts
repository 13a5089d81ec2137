// Post-dominators over all edges: what every path from a node to where work ends must pass.
import { dominatorsOf } from './dominators.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';

export interface PostDominators {
  /** Every path from `node` to an end passes `dominator`; a node post-dominates itself. False where no end is reached. */
  postDominates(dominator: FlowNode, node: FlowNode): boolean;
  /** The nearest other node that every path from `node` passes; undefined where there is none. */
  immediate(node: FlowNode): FlowNode | undefined;
}

/**
 * Dominators of the reversed graph from one exit behind every end, with the algorithm of Cooper, Harvey and Kennedy
 * ("A simple, fast dominance algorithm", Software Practice and Experience 2001). A message is no way on.
 */
export function postDominatorsOf(graph: FlowGraph): PostDominators {
  const mirrored = new Map<FlowNode, FlowNode>();
  const original = new Map<FlowNode, FlowNode>();
  const copy = (node: FlowNode, index: number): FlowNode => ({ ...node, index, out: [], in: [] });
  for (const node of graph.nodes) {
    const mirror = copy(node, node.index + 1);
    mirrored.set(node, mirror);
    original.set(mirror, node);
  }
  const exit = copy(graph.root, 0);
  const edges: FlowEdge[] = [];
  const connect = (from: FlowNode | undefined, to: FlowNode | undefined, like: Partial<FlowEdge>) => {
    if (!from || !to) return;
    const edge = { ...like, index: edges.length, from, to } as FlowEdge;
    edges.push(edge);
    from.out.push(edge);
    to.in.push(edge);
  };
  for (const node of graph.nodes) {
    const on = node.out.filter(({ kind }) => kind !== 'message');
    if (on.length === 0) connect(exit, mirrored.get(node), {});
    for (const edge of on) connect(mirrored.get(edge.to), mirrored.get(node), edge);
  }
  const reversed: FlowGraph = { ...graph, nodes: [exit, ...mirrored.values()], edges, root: exit };
  const dominators = dominatorsOf(reversed);
  return {
    postDominates(dominator, node) {
      const [a, b] = [mirrored.get(dominator), mirrored.get(node)];
      return a !== undefined && b !== undefined && dominators.dominates(a, b);
    },
    immediate(node) {
      const mirror = mirrored.get(node);
      const next = mirror && dominators.immediate(mirror);
      return next && original.get(next);
    },
  };
}

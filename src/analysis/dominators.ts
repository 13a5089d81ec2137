// Dominators over all edges, exceptional ones included: what every path to a node must pass.
import type { FlowGraph, FlowNode } from './flow-graph.ts';

export interface Dominators {
  /** Every path from the root to `node` passes `dominator`; a node dominates itself. False for unreachable nodes. */
  dominates(dominator: FlowNode, node: FlowNode): boolean;
  /** The nearest other node that every path to `node` passes. */
  immediate(node: FlowNode): FlowNode | undefined;
}

/**
 * Cooper, Harvey and Kennedy, "A simple, fast dominance algorithm" (Software Practice and Experience 2001): intersects
 * along the tree in reverse postorder until nothing changes. Near-linear on workflow graphs, O(nodes²) at worst.
 */
export function dominatorsOf(graph: FlowGraph): Dominators {
  const order = reversePostorder(graph.root);
  const position = new Int32Array(graph.nodes.length).fill(-1);
  for (const [index, node] of order.entries()) position[node.index] = index;
  const parent = new Int32Array(order.length).fill(-1);
  parent[0] = 0;
  const meet = (a: number, b: number) => {
    let x = a;
    let y = b;
    while (x !== y) {
      while (x > y) x = parent[x] ?? 0;
      while (y > x) y = parent[y] ?? 0;
    }
    return x;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = 1; i < order.length; i++) {
      let best = -1;
      for (const { from } of order[i]?.in ?? []) {
        const candidate = position[from.index] ?? -1;
        if (candidate === -1 || parent[candidate] === -1) continue;
        best = best === -1 ? candidate : meet(best, candidate);
      }
      if (best !== -1 && parent[i] !== best) {
        parent[i] = best;
        changed = true;
      }
    }
  }
  return {
    dominates(dominator, node) {
      const goal = position[dominator.index] ?? -1;
      let at = position[node.index] ?? -1;
      if (goal === -1 || at === -1) return false;
      while (at > goal) at = parent[at] ?? 0;
      return at === goal;
    },
    immediate(node) {
      const at = position[node.index] ?? -1;
      return at <= 0 ? undefined : order[parent[at] ?? 0];
    },
  };
}

const orders = new WeakMap<FlowNode, readonly FlowNode[]>();

/** Nodes reachable from `root`, each before its successors except along back edges; worked out once for a graph. */
export function reversePostorder(root: FlowNode): readonly FlowNode[] {
  const known = orders.get(root) ?? orderFrom(root);
  orders.set(root, known);
  return known;
}

function orderFrom(root: FlowNode): readonly FlowNode[] {
  const seen = new Set([root]);
  const post: FlowNode[] = [];
  const work = [{ node: root, next: 0 }];
  for (let frame = work.at(-1); frame; frame = work.at(-1)) {
    const edge = frame.node.out[frame.next++];
    if (!edge) {
      post.push(frame.node);
      work.pop();
    } else if (!seen.has(edge.to)) {
      seen.add(edge.to);
      work.push({ node: edge.to, next: 0 });
    }
  }
  return post.reverse();
}

// Forward "on some path" analysis: which facts can hold at each node, any number of them, as bits.
import { reversePostorder } from './dominators.ts';
import { addNewFacts, carries, type FactSet, noFacts, type SetTransfer } from './fact-sets.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';

/** What can hold, as far as anybody asks. */
export interface MayFacts {
  at(node: FlowNode): FactSet;
  along(edge: FlowEdge): FactSet;
}

/**
 * Least fixpoint of a distributive framework (Kildall, "A unified approach to global program optimization", POPL 1973)
 * over sets as words of bits; O(edges × facts / 32). Data is of the whole case: a participant that a message wakes finds
 * what held before, and otherwise a message carries nothing.
 */
export function mayFacts(graph: FlowGraph, count: number, transfer: SetTransfer): MayFacts {
  const width = noFacts(count).length;
  const entry = new Uint32Array(graph.nodes.length * width);
  const views = graph.nodes.map(({ index }) => entry.subarray(index * width, (index + 1) * width));
  const at = (node: FlowNode) => views[node.index] ?? entry;
  const left = new Uint32Array(width);
  // What a stop or a monitor leads to comes behind all that a case reaches.
  const reached = reversePostorder(graph.root);
  const order = [...new Set([...reached, ...graph.nodes])];
  const dirty = new Uint8Array(graph.nodes.length).fill(1);
  for (let changed = count > 0; changed; ) {
    changed = false;
    for (const node of order) {
      if (dirty[node.index] === 0) continue;
      dirty[node.index] = 0;
      const own = at(node);
      for (const edge of node.out) {
        if (!carries(edge)) continue;
        transfer(edge, own, left);
        if (!addNewFacts(at(edge.to), left)) continue;
        dirty[edge.to.index] = 1;
        changed = true;
      }
    }
  }
  return {
    at,
    along(edge) {
      const facts = new Uint32Array(width);
      transfer(edge, at(edge.from), facts);
      return facts;
    },
  };
}

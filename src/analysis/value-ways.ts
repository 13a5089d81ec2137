// A way on which data has certain values at a node: the proof that a region can really be reached.
import type { Analyses } from './analyses.ts';
import { everything, type Region } from './boxes.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { type Exit, pathValues } from './path-values.ts';
import { wayTo } from './ways.ts';

/** A way, and what of the wanted values can be there at its end. */
export interface ValueWay {
  readonly edges: readonly FlowEdge[];
  readonly values: Region;
}

interface State {
  readonly node: FlowNode;
  readonly region: Region;
  readonly edge: FlowEdge | undefined;
  readonly before: State | undefined;
}

/**
 * A shortest way to `exit` with values that `pick` chooses there; undefined where there is none, or where it would take
 * too long to find. Breadth-first over nodes and values, with the values of one way at a time.
 */
export function wayWith(exit: Exit, pick: (region: Region) => Region, analyses: Analyses): ValueWay | undefined {
  const values = analyses.derived(pathValues);
  const { space } = values.guards;
  const seen = new Map<FlowNode, Region>();
  const queue: State[] = [{ node: analyses.graph.root, region: everything, edge: undefined, before: undefined }];
  for (const state of queue) {
    const { node, region } = state;
    if (node === exit.from) {
      const found = pick(values.leaving(exit, region));
      if (found.length > 0) return { edges: wayTo(state), values: found };
    }
    if (queue.length > maxStates) return undefined;
    for (const edge of node.out) {
      if (edge.kind === 'message' && edge.to.kind !== 'start') continue;
      const next = values.joining(edge, values.taking(edge, values.leaving(edge, region)));
      const known = seen.get(edge.to) ?? [];
      if (next.length === 0 || space.subtract(next, known)?.length === 0) continue;
      const all = space.unite([...known, ...next]);
      if (!all || all.length > maxRegions) continue;
      seen.set(edge.to, all);
      queue.push({ node: edge.to, region: next, edge, before: state });
    }
  }
  return undefined;
}

const maxStates = 20_000;
const maxRegions = 100;

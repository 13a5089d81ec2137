// Witnesses: the place itself for a local fault, a path through the flow graph for one that needs a path.
import type { FlowEdge, FlowNode } from '../analysis/flow-graph.ts';
import type { Reachability } from '../analysis/reachability.ts';
import { pathSteps } from '../analysis/witness.ts';
import type { Range } from '../language/source.ts';
import type { WitnessStep } from './finding.ts';

/** A fault that can be seen at one place. */
export function here(place: string, range: Range, note: string): readonly WitnessStep[] {
  return [{ step: place, edge: undefined, range, note }];
}

/** The path `edges`, with what matters at its last step. */
export function along(
  edges: readonly FlowEdge[],
  last: string,
  notes: (node: FlowNode) => string = () => '',
): readonly WitnessStep[] {
  const end = edges.at(-1)?.to;
  return pathSteps(edges, (node) => (node === end ? last : notes(node)));
}

/** A shortest path from the start to `node`; where there is none, the node itself. */
export function pathTo(node: FlowNode, reachability: Reachability, last: string): readonly WitnessStep[] {
  const edges = reachability.pathTo(node);
  const range = node.step?.range ?? { start: 0, end: 0 };
  return edges && edges.length > 0 ? along(edges, last) : here(node.step?.id ?? 'workflow', range, last);
}

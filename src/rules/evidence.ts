// Witnesses: the place itself for a local fault, a path through the flow graph for one that needs a path.
import type { FlowEdge, FlowNode } from '../analysis/flow-graph.ts';
import type { Reachability } from '../analysis/reachability.ts';
import { pathSteps } from '../analysis/witness.ts';
import type { Declared, Workflow } from '../language/model.ts';
import type { Range } from '../language/source.ts';
import type { WitnessStep } from './finding.ts';

/** A fault that can be seen at one place. */
export function here(place: string, range: Range, note: string): readonly WitnessStep[] {
  return [{ step: place, edge: undefined, range, note }];
}

/** The path `edges`, with what matters at its last step; in a circle that step is also the first, which stays plain. */
export function along(
  edges: readonly FlowEdge[],
  last: string,
  notes: (node: FlowNode) => string = () => '',
): readonly WitnessStep[] {
  const steps = pathSteps(edges, notes);
  const end = steps.at(-1);
  return end ? [...steps.slice(0, -1), { ...end, note: last }] : steps;
}

/** A shortest path from the start to `node`; where there is none, the node itself. */
export function pathTo(node: FlowNode, reachability: Reachability, last: string): readonly WitnessStep[] {
  const edges = reachability.pathTo(node);
  const range = node.step?.range ?? { start: 0, end: 0 };
  return edges && edges.length > 0 ? along(edges, last) : here(node.step?.id ?? 'workflow', range, last);
}

/**
 * Where a finding about a declaration stands in the checked file: at `own`, a key of it, or its id; for an imported one at
 * the first place of this file that names it, else at the import.
 */
export function standsAt({ id, range, uri }: Declared<unknown>, { file }: Workflow, own: Range = range): Range {
  if (uri === file.uri) return own;
  const mention = file.references.find(({ name, to }) => name === id && !to.includes('step'));
  return mention?.range ?? file.fields?.use?.[0]?.range ?? { start: 0, end: 0 };
}

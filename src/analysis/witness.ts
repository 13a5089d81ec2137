// A path through the flow graph as a reader should see it: step by step, with the kind of each edge.
import type { Range } from '../language/source.ts';
import type { FlowEdge, FlowEdgeKind, FlowNode } from './flow-graph.ts';

/** One step of the path. */
interface PathStep {
  readonly step: string;
  readonly edge: { readonly kind: FlowEdgeKind; readonly label: string } | undefined;
  readonly range: Range;
  readonly note: string;
}

/** Names the steps along `edges`; `note` says what matters at a node. The root is left out: a path begins at a start. */
export function pathSteps(
  edges: readonly FlowEdge[],
  note: (node: FlowNode) => string = () => '',
): readonly PathStep[] {
  const first = edges[0]?.from;
  const steps: PathStep[] = [];
  if (first && first.kind !== 'root')
    steps.push({ step: nodeName(first), edge: undefined, range: nodeRange(first), note: note(first) });
  for (const edge of edges) {
    const { to, from } = edge;
    // A scope's border is no place of its own to a reader.
    if (to.kind === 'exit') continue;
    const arrived = steps.length === 0 ? undefined : { kind: edge.kind, label: edge.label ?? '' };
    const range = from.kind === 'root' ? nodeRange(to) : edge.range;
    steps.push({ step: nodeName(to), edge: arrived, range, note: note(to) });
  }
  return steps;
}

/** Step id, or `start`. */
function nodeName({ step }: FlowNode): string {
  return step?.id ?? 'start';
}

function nodeRange(node: FlowNode): Range {
  return node.step?.range ?? node.start?.fields.$.range ?? { start: 0, end: 0 };
}

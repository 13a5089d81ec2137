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
    const said = note(to);
    if (said === '' && steps.length > 0 && from.kind !== 'root') {
      const plain = plainSteps.get(edge) ?? arrival(edge, '');
      plainSteps.set(edge, plain);
      steps.push(plain);
      continue;
    }
    const begins = steps.length === 0 ? { edge: undefined } : {};
    const stands = from.kind === 'root' ? { range: nodeRange(to) } : {};
    steps.push({ ...arrival(edge, said), ...begins, ...stands });
  }
  return steps;
}

/** Steps that nothing is said of are the same on every path; long paths share most of them. */
const plainSteps = new WeakMap<FlowEdge, PathStep>();

function arrival({ to, kind, label, range }: FlowEdge, note: string): PathStep {
  return { step: nodeName(to), edge: { kind, label: label ?? '' }, range, note };
}

/** Step id, or `start`. */
function nodeName({ step }: FlowNode): string {
  return step?.id ?? 'start';
}

function nodeRange(node: FlowNode): Range {
  return node.step?.range ?? node.start?.fields.$.range ?? { start: 0, end: 0 };
}

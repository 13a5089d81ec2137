// Ends that no record tells of: what led to them was done at a step, a wait or a filter that writes nothing down.
import type { Step, Workflow } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { logOf } from './logging.ts';
import { outcomeFacts } from './outcome-facts.ts';
import { wayOn } from './ways.ts';

export interface SilentEnd {
  readonly end: Step;
  /** From the step that leaves no record, or from the start, to the end. */
  readonly path: readonly FlowEdge[];
  /** The step or wait whose outcome is not recorded; undefined where nothing was done before. */
  readonly after: Step | undefined;
}

/** Ends without `records` that some path reaches from a step that is not recorded. */
export function silentEnds(analyses: Analyses): readonly SilentEnd[] {
  const { graph, reachability } = analyses;
  const { workflow } = graph;
  const left = graph.nodes.map((node) => recordAt(node, workflow));
  const bits = (wanted: 'some' | 'none') => graph.edges.map(({ from }) => (left[from.index] === wanted ? 1 : 0));
  const facts = outcomeFacts(analyses, bits('some'), bits('none'));
  return graph.nodes.flatMap((node): readonly SilentEnd[] => {
    const { step } = node;
    if (!step || !endsWork(step) || (step.fields.records ?? []).length > 0) return [];
    if (!Number.isFinite(reachability.distanceTo(node)) || (facts.at(node) & 1) !== 0) return [];
    const path = unrecordedWay(node, workflow);
    const after = path[0]?.from.step;
    const before = path[0] ? (reachability.pathTo(path[0].from) ?? []) : [];
    return [{ end: step, path: [...before, ...path], after }];
  });
}

/** An end of the case, or of one element of a list; behind an end inside any other scope the work goes on. */
export function endsWork({ kind, scope }: Step): boolean {
  return kind === 'end' && (scope === undefined || scope.fields.forEach !== undefined);
}

/** What leaving a node says of what was done there: `passed`, where nothing is done. */
function recordAt({ kind, step }: FlowNode, workflow: Workflow): 'some' | 'none' | 'passed' {
  if (!step || kind === 'exit') return 'passed';
  switch (step.kind) {
    case 'end':
      return (step.fields.records ?? []).length > 0 ? 'some' : 'passed';
    case 'route':
    case 'scope':
      return 'passed';
    case 'wait':
      return 'none';
    // A sub-workflow records its own outcome, and half a step may still say so.
    case 'call':
    case undefined:
      return 'some';
    default:
      return (step.fields.records ?? []).length > 0 || logOf(step, workflow).record ? 'some' : 'none';
  }
}

/** Backwards over points where nothing is done, to the nearest step that leaves no record or to where the case begins. */
function unrecordedWay(end: FlowNode, workflow: Workflow): readonly FlowEdge[] {
  const next = new Map<FlowNode, FlowEdge | undefined>([[end, undefined]]);
  for (const node of next.keys()) {
    for (const edge of node.in) {
      const { from } = edge;
      if (edge.kind === 'message' || next.has(from)) continue;
      const leaves = recordAt(from, workflow);
      if (leaves === 'some') continue;
      next.set(from, edge);
      if (leaves === 'none' || from.kind === 'start') return wayOn(next, from);
    }
  }
  return [];
}

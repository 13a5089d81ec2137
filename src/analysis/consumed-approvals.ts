// What effects consume that is not approved or reviewed on all paths, decided once for all effects.
import type { Analyses } from './analyses.ts';
import { type Approvals, approvalsOf } from './approval-facts.ts';
import { anyData, type Requirement } from './approvals.ts';
import { type Effect, effectsOf } from './effects.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { inParts } from './judged-parts.ts';

/** What is open of an effect at a node. */
export interface OpenEffect {
  readonly open: readonly Requirement[];
  /** Edges into the node over which it comes open. */
  entries(): readonly FlowEdge[];
  /** A shortest path on which the first of it is open. */
  path(): readonly FlowEdge[] | undefined;
}

/** What of all that `effect` consumes lacks an approval, or at least a review, on some path to `node`. */
export function openAt(effect: Effect, node: FlowNode, by: Requirement['by'], analyses: Analyses): OpenEffect {
  const approvals = analyses.derived(consumedApprovals);
  const open = requirementsOf(effect, by, analyses).filter((one) => !approvals.holds(one, node));
  const [first] = open;
  return {
    open,
    entries: () => node.in.filter((edge) => open.some((one) => !approvals.holdsAfter(one, edge))),
    path: () => first && approvals.openPath(first, node)?.edges,
  };
}

function consumedApprovals(analyses: Analyses): Approvals {
  const { graph, conditions, dominators } = analyses;
  const { workflow } = graph;
  const effects = [...workflow.steps.values()].flatMap((step) => effectsOf(step, workflow));
  const all = effects.flatMap((effect) => [
    ...requirementsOf(effect, 'approval', analyses),
    ...requirementsOf(effect, 'approval-or-review', analyses),
  ]);
  return approvalsOf(all, workflow, conditions, graph, dominators);
}

function requirementsOf({ consumes }: Effect, by: Requirement['by'], { graph }: Analyses): readonly Requirement[] {
  const paths = consumes.length > 0 ? inParts(consumes, graph.workflow) : [anyData];
  return paths.map((path) => ({ path, by }));
}

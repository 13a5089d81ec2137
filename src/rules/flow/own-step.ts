// Where a quick fix can send work that has nowhere to go: a step of whoever is accountable.
import type { FlowGraph } from '../../analysis/flow-graph.ts';
import { shortestPath } from '../../analysis/reachability.ts';
import type { Step, Workflow } from '../../language/model.ts';

/** The first such step beside `step`, in the same scope, from which work does not come back to `step`: that would be a loop. */
export function ownStep(
  step: Step,
  graph: FlowGraph,
  workflow: Workflow,
  fits: (candidate: Step) => boolean,
): Step | undefined {
  const accountable = (step.fields.accountable ?? workflow.fields?.accountable)?.[0]?.name;
  return [...workflow.steps.values()].find((candidate) => {
    const own = candidate.performers.some(({ id }) => id === accountable);
    if (candidate === step || candidate.scope !== step.scope || !own || !fits(candidate)) return false;
    return !shortestPath(graph.nodesOf(candidate), (node) => node.step === step);
  });
}

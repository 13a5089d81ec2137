// Which lane each node is drawn in: its performer's, or for points without one, where work comes from.
import type { Analyses } from '../analysis/analyses.ts';
import type { FlowNode } from '../analysis/flow-graph.ts';
import { startSender } from '../analysis/handoffs.ts';
import type { Step, Workflow } from '../language/model.ts';

/** Lane of every node id; `''` where no performer is known anywhere near. */
export function laneIdsOf({ workflow, graph }: Analyses): ReadonlyMap<string, string> {
  const lanes = new Map<string, string>();
  for (const start of workflow.starts) {
    const sender = startSender(start, workflow);
    if (sender !== undefined) lanes.set(`start:${start.index}`, sender);
  }
  for (const step of workflow.steps.values()) {
    const own = ownLane(step, workflow);
    if (own !== undefined) lanes.set(step.id, own);
  }
  // The rest takes the lane of a neighbor, spreading until nothing changes: first from before, then from behind.
  for (const neighbors of [
    (node: FlowNode) => node.in.map(({ from }) => from),
    (node: FlowNode) => node.out.map(({ to }) => to),
  ]) {
    for (let changed = true; changed; ) {
      changed = false;
      for (const node of graph.nodes) {
        const id = keyOf(node);
        if (id === undefined || lanes.has(id)) continue;
        const lane = neighbors(node)
          .map((other) => lanes.get(keyOf(other) ?? ''))
          .find((found) => found !== undefined);
        if (lane === undefined) continue;
        lanes.set(id, lane);
        changed = true;
      }
    }
  }
  return lanes;
}

function keyOf({ kind, start, step }: FlowNode): string | undefined {
  return start ? `start:${start.index}` : kind === 'root' ? undefined : step?.id;
}

/** As the author says: `lane`, else the first of `by`, else whom a wait is for. */
function ownLane(step: Step, { events }: Workflow): string | undefined {
  const { lane, by, from, until } = step.fields;
  const named = lane?.name ?? by?.[0]?.name;
  if (named !== undefined || step.kind !== 'wait') return named;
  return from?.name ?? events.get(until?.name ?? '')?.fields.from?.name;
}

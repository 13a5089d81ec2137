// Steps under a service level that wait for one person and nobody else.
import type { Actor, Step } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { holdersOf } from './principals.ts';
import { nodesReaching } from './reachability.ts';

export interface SinglePoint {
  readonly node: FlowNode;
  readonly actor: Actor;
  readonly path: readonly FlowEdge[];
}

/**
 * Steps on the way of a service level that only a role with one holder performs, and that nothing leads on from while that
 * person is away: no backup, no escalation, no time limit or timer of the step, its scopes or the case. O(edges) per service level.
 */
export function singlePoints({ graph, reachability, workflow }: Analyses): readonly SinglePoint[] {
  const { sla = [], timers = [] } = workflow.fields ?? {};
  if (sla.length === 0 || timers.length > 0) return [];
  const stopped = new Set(sla.flatMap(({ clockStops }) => (clockStops ?? []).map(({ name }) => name)));
  const measured = new Set<FlowNode>();
  for (const { from, to, $: origin } of sla) {
    // A point that is only half typed, or an event, bounds nothing that is known.
    if ((from && !workflow.steps.has(from.name)) || (!from && origin.keyRange('from'))) continue;
    if (to?.some(({ name }) => !workflow.steps.has(name)) || (!to && origin.keyRange('to'))) continue;
    const begins = from ? nodesOf(from.name) : [graph.root];
    const after = new Set(begins);
    for (const node of after) for (const edge of node.out) after.add(edge.to);
    const before = to ? nodesReaching(to.flatMap(({ name }) => nodesOf(name))) : undefined;
    for (const node of after) if (!before || before.has(node)) measured.add(node);
  }
  return graph.nodes.flatMap((node): readonly SinglePoint[] => {
    const { step, performers } = node;
    const [actor] = performers;
    if (!step || node.kind !== 'step' || node.takenOver || !measured.has(node) || stopped.has(step.id)) return [];
    if (performers.length !== 1 || actor?.kind !== 'human' || holdersOf(actor) !== 1) return [];
    const leadsOn = (one: Step) =>
      one.within !== undefined || one.fields.$.keyRange('within') || one.fields.timers || one.fields.escalate;
    if (actor.fields.backup || actor.fields.$.keyRange('backup')) return [];
    for (let around: Step | undefined = step; around; around = around.scope) if (leadsOn(around)) return [];
    return [{ node, actor, path: reachability.pathTo(node) ?? [] }];
  });

  function nodesOf(id: string): readonly FlowNode[] {
    const step = workflow.steps.get(id);
    return step ? graph.nodesOf(step) : [];
  }
}

// Approvals and disclosures that stood before an effect on every path at an earlier revision, and now do not.
import type { Analyses } from '../../analysis/analyses.ts';
import { type Approvals, approvalsOf } from '../../analysis/approval-facts.ts';
import type { Requirement } from '../../analysis/approvals.ts';
import { completes } from '../../analysis/completion.ts';
import { type Effect, effectsOf } from '../../analysis/effects.ts';
import type { FlowEdge, FlowNode } from '../../analysis/flow-graph.ts';
import { shortestPath } from '../../analysis/reachability.ts';
import { along } from '../evidence.ts';
import type { ControlLoss } from './control-loss.ts';

/** One loss for each effect and each approval or disclosure that it lost on some path. */
export function lostOnPaths(before: Analyses, now: Analyses): readonly ControlLoss[] {
  const was = effectsByName(before);
  const pairs = [...effectsByName(now)].flatMap(([name, effect]) => {
    const old = was.get(name);
    return old ? [{ effect, old }] : [];
  });
  const required = pairs.flatMap(({ effect }) => requirementsOf(effect));
  const [old, current] = [approvalsIn(before, required), approvalsIn(now, required)];
  return pairs.flatMap((pair) => [
    ...lostApprovals(pair.effect, pair.old, old, current, before, now),
    ...lostDisclosures(pair.effect, pair.old, before, now),
  ]);
}

function approvalsIn({ graph, conditions, dominators }: Analyses, required: readonly Requirement[]): Approvals {
  return approvalsOf(required, graph.workflow, conditions, graph, dominators);
}

/** Effects by step, kind and place among those of the same kind there: what lets one be found in the other revision. */
function effectsByName({ graph }: Analyses): ReadonlyMap<string, Effect> {
  const { workflow } = graph;
  const named = new Map<string, Effect>();
  for (const step of workflow.steps.values()) {
    const counts = new Map<string, number>();
    for (const effect of effectsOf(step, workflow)) {
      const count = counts.get(effect.kind) ?? 0;
      counts.set(effect.kind, count + 1);
      named.set(`${step.id} ${effect.kind} ${count}`, effect);
    }
  }
  return named;
}

function requirementsOf({ consumes }: Effect): readonly Requirement[] {
  return consumes.map((path) => ({ path, by: 'approval' }));
}

/** Nodes of the effect's step that a case can come to. */
function nodesOf({ step }: Effect, { graph, reachability }: Analyses): readonly FlowNode[] {
  return graph.nodesOf(step).filter((node) => Number.isFinite(reachability.distanceTo(node)));
}

function lostApprovals(
  effect: Effect,
  old: Effect,
  was: Approvals,
  is: Approvals,
  before: Analyses,
  now: Analyses,
): readonly ControlLoss[] {
  const places = nodesOf(old, before);
  return requirementsOf(effect).flatMap((requirement) => {
    if (places.length === 0 || !places.every((node) => was.holds(requirement, node))) return [];
    const open = nodesOf(effect, now).find((node) => !is.holds(requirement, node));
    const path = open && is.openPath(requirement, open);
    if (!path) return [];
    return [
      loss(
        effect,
        `lost the approval of '${requirement.path}'`,
        path.edges,
        `'${requirement.path}' is not approved on this path`,
      ),
    ];
  });
}

function lostDisclosures(effect: Effect, old: Effect, before: Analyses, now: Analyses): readonly ControlLoss[] {
  const places = nodesOf(old, before);
  if (places.length === 0) return [];
  return [...disclosuresIn(before)].flatMap((disclosure) => {
    const always = places.every((node) => !pathAround(disclosure, node, before));
    if (!always) return [];
    const [path] = nodesOf(effect, now).flatMap((node) => {
      const around = pathAround(disclosure, node, now);
      return around ? [around] : [];
    });
    const [says, to] = disclosure.split(' to ');
    return path
      ? [loss(effect, `lost the disclosure '${says}' to '${to}'`, path, 'nothing is disclosed on this path')]
      : [];
  });
}

/** What is disclosed to whom, anywhere in the flow. */
function disclosuresIn({ graph }: Analyses): ReadonlySet<string> {
  return new Set(graph.nodes.flatMap(({ step }) => (step ? disclosuresOf(step.fields) : [])));
}

function disclosuresOf({ says, to }: NonNullable<FlowNode['step']>['fields']): readonly string[] {
  return to ? (says ?? []).map(({ value }) => `${value} to ${to.name}`) : [];
}

/** A shortest path to `node` on which nothing is disclosed; undefined where every path discloses it. */
function pathAround(disclosure: string, node: FlowNode, { graph }: Analyses): readonly FlowEdge[] | undefined {
  const discloses = (edge: FlowEdge) =>
    edge.from.step !== undefined && completes(edge) && disclosuresOf(edge.from.step.fields).includes(disclosure);
  return shortestPath(
    [graph.root],
    (at) => at === node,
    (edge) => (edge.kind !== 'message' || edge.to.kind === 'start') && !discloses(edge),
  );
}

function loss({ step, kind, range }: Effect, what: string, path: readonly FlowEdge[], note: string): ControlLoss {
  return { place: step.id, range, what: `the ${kind} of '${step.id}' ${what} on one path`, witness: along(path, note) };
}

// How someone can challenge a decision about them: which contests a decision reaches, and whether a notice comes before.
import type { Step, Workflow } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import { type Decision, significantDecisions } from './automated-decisions.ts';
import { completes } from './completion.ts';
import { effectsOf } from './effects.ts';
import { carries } from './fact-sets.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { wayTo } from './ways.ts';

/** What follows a decision. */
export interface ContestRoute {
  readonly decision: Decision;
  readonly node: FlowNode;
  /** The nearest contest behind a notice, with the way there; undefined where none is reached. */
  readonly noticed: Reached | undefined;
  /** The nearest contest, noticed or not. */
  readonly nearest: Reached | undefined;
}

export interface Reached {
  readonly contest: FlowNode;
  readonly way: readonly FlowEdge[];
}

/** A route for each significant decision with outcomes that have to stand up, from its first reachable node. */
export function contestRoutes(
  analyses: Analyses,
  outcomesOf: (decision: Decision) => readonly string[],
): readonly ContestRoute[] {
  const { graph, reachability } = analyses;
  return analyses.derived(significantDecisions).flatMap((decision) => {
    const outcomes = outcomesOf(decision);
    const node = graph.nodesOf(decision.step).find((one) => Number.isFinite(reachability.distanceTo(one)));
    if (outcomes.length === 0 || !node || decision.step.kind === 'contest') return [];
    const leaving = node.out.filter(
      (edge) => completes(edge) && (decision.effect || outcomes.includes(edge.outcome ?? '')),
    );
    const told = decision.effect !== undefined && isNotice(decision.step, decision.subject, graph.workflow);
    const isTold = (step: Step) => isNotice(step, decision.subject, graph.workflow);
    return [{ decision, node, ...search(leaving, told, isTold) }];
  });
}

interface State {
  readonly edge: FlowEdge;
  readonly told: boolean;
  readonly before: State | undefined;
}

/** Breadth-first search over nodes and whether a notice was passed; O(edges). */
function search(leaving: readonly FlowEdge[], told: boolean, isTold: (step: Step) => boolean) {
  const queue: State[] = leaving.map((edge) => ({ edge, told, before: undefined }));
  const seen = new Set<number>();
  let nearest: Reached | undefined;
  for (const state of queue) {
    const { to } = state.edge;
    const key = to.index * 2 + (state.told ? 1 : 0);
    if (seen.has(key)) continue;
    seen.add(key);
    if (to.step?.kind === 'contest' && to.kind === 'step') {
      const reached = { contest: to, way: wayTo(state) };
      nearest ??= reached;
      if (state.told) return { noticed: reached, nearest };
    }
    const now = state.told || (to.kind === 'step' && to.step !== undefined && isTold(to.step));
    for (const edge of to.out) if (carries(edge)) queue.push({ edge, told: now, before: state });
  }
  return { noticed: undefined, nearest };
}

/** A disclosure, or a message or decision that goes to the person. Where nobody is named, to anyone outside. */
function isNotice(step: Step, subject: string | undefined, workflow: Workflow): boolean {
  const reaches = (name: string | undefined) =>
    name !== undefined &&
    (name === subject || (subject === undefined && workflow.actors.get(name)?.kind === 'external'));
  if (step.kind === 'disclose') return reaches(step.fields.to?.name);
  return effectsOf(step, workflow).some(({ kind, fields }) =>
    fields ? (kind === 'message' || kind === 'decision') && reaches(fields.to?.name) : emitsTo(step, reaches, workflow),
  );
}

function emitsTo({ fields }: Step, reaches: (name: string | undefined) => boolean, { events }: Workflow): boolean {
  return (fields.emits ?? []).some(({ name }) => reaches(events.get(name)?.fields.to?.name));
}

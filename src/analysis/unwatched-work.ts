// Work of an AI that no human looks at: a path from the start through its step to an end that passes no human judge.
import { type Actor, isAi, isHuman, isPerson, type Step, type Workflow } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import { completes } from './approvals.ts';
import { type DataPath, overlap, pathOf, writesOf } from './data-paths.ts';
import { effectsOf } from './effects.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { shortestPath } from './reachability.ts';

type Monitor = NonNullable<NonNullable<Workflow['fields']>['monitors']>[number];

export interface UnwatchedWork {
  readonly agent: Actor;
  /** The steps it works in unseen. */
  readonly steps: readonly Step[];
  /** From the start to an end, through the first of them. */
  readonly path: readonly FlowEdge[];
  /** Those that name the agent or one of the steps. */
  readonly monitors: readonly Monitor[];
}

const judging: ReadonlySet<string> = new Set(['approval', 'review', 'decision', 'contest']);

/**
 * Dominators and post-dominators by a set: no single human step need stand on every path, as long as each path has one.
 * One search forwards for the case, one backwards for each AI step. O(AI steps × edges).
 */
export function unwatchedWork(analyses: Analyses): readonly UnwatchedWork[] {
  const { graph } = analyses;
  const { workflow } = graph;
  const found = new Map<string, { agent: Actor; steps: Step[]; path: readonly FlowEdge[] }>();
  const before = new Set([graph.root]);
  for (const node of before) for (const edge of node.out) if (mayGo(edge) && !isJudge(node)) before.add(edge.to);
  for (const node of graph.nodes) {
    const { step } = node;
    const agents = node.performers.filter(isAi);
    if (!step || node.kind !== 'step' || agents.length === 0 || node.performers.some(isPerson)) continue;
    if (!before.has(node)) continue;
    const written = writesOf(step, workflow).map(({ out }) => out);
    const looks = (at: FlowNode) => isJudge(at) || usesAsPerson(at, written);
    // A case that comes to nothing has let nothing of it out, unless the step itself did.
    const acts = effectsOf(step, workflow).length > 0;
    const isEnd = (at: FlowNode) =>
      isOver(at) && (acts || (at.step?.fields.outcome?.value ?? 'completed') === 'completed');
    const after = node.out.filter((edge) => completes(edge) && mayGo(edge));
    const rest = shortestPath(
      after.map(({ to }) => to).filter((to) => !looks(to)),
      isEnd,
      (edge) => mayGo(edge) && !looks(edge.to),
    );
    const last =
      rest && after.find(({ to }) => to === (rest[0]?.from ?? to) && !looks(to) && (rest.length > 0 || isEnd(to)));
    const first =
      last &&
      shortestPath(
        [graph.root],
        (at) => at === node,
        (edge) => mayGo(edge) && !isJudge(edge.from),
      );
    if (!rest || !last || !first) continue;
    for (const agent of agents) {
      const known = found.get(agent.id);
      if (!known) found.set(agent.id, { agent, steps: [step], path: [...first, last, ...rest] });
      else if (!known.steps.includes(step)) known.steps.push(step);
    }
  }
  return [...found.values()].map(({ agent, steps, path }) => {
    const names = new Set([agent.id, ...steps.map(({ id }) => id)]);
    return {
      agent,
      steps,
      path,
      monitors: (workflow.fields?.monitors ?? []).filter(({ of }) => of && names.has(of.name)),
    };
  });
}

/** Ways the work itself goes: what strikes from outside is no path of its own. */
function mayGo({ kind, interrupt }: FlowEdge): boolean {
  return kind !== 'message' && !interrupt;
}

function isOver({ step, out }: FlowNode): boolean {
  return step?.kind === 'end' && step.scope === undefined && out.length === 0;
}

/** People judge here. */
function isJudge({ step, performers }: FlowNode): boolean {
  return judging.has(step?.kind ?? '') && performers.length > 0 && performers.every(isPerson);
}

/** People of the organization work here with what the AI made. */
function usesAsPerson({ step, performers }: FlowNode, written: readonly DataPath[]): boolean {
  if (!step || performers.length === 0 || !performers.every(isHuman)) return false;
  const read = [...(step.fields.reads ?? []), ...(step.fields.reviews ?? []), ...(step.fields.covers ?? [])].map(
    pathOf,
  );
  return read.some((path) => written.some((out) => overlap(out, path)));
}

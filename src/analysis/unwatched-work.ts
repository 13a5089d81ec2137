// Work of an AI that no human looks at: a path from the start through its step to an end that passes no human judge.
import { type Actor, isAi, isHuman, isJudgment, isPerson, type Step, type Workflow } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import { completes } from './completion.ts';
import { effectsOf } from './effects.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { nodesReaching, shortestPath } from './reachability.ts';

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

/**
 * Dominators and post-dominators by a set: no single human step need stand on every path, as long as each path has one.
 * One search forwards for the case and one or two backwards for all steps. O(edges).
 */
export function unwatchedWork(analyses: Analyses): readonly UnwatchedWork[] {
  const { graph } = analyses;
  const { workflow } = graph;
  const found = new Map<string, { agent: Actor; steps: Step[]; path: readonly FlowEdge[] }>();
  const before = new Set([graph.root]);
  const passed = new Set(graph.edges.filter((edge) => mayGo(edge) && !isJudged(edge)));
  const isPassed = (edge: FlowEdge) => passed.has(edge);
  const unseenEdges = new Set([...passed].filter((edge) => !isWorkedOn(edge)));
  const isUnseen = (edge: FlowEdge) => unseenEdges.has(edge);
  for (const node of before) for (const edge of node.out) if (isPassed(edge)) before.add(edge.to);
  const unseen = new Map<boolean, ReadonlySet<FlowNode>>();
  for (const node of graph.nodes) {
    const { step } = node;
    const agents = node.performers.filter(isAi);
    if (!step || node.kind !== 'step' || agents.length === 0 || node.performers.some(isPerson)) continue;
    if (!before.has(node)) continue;
    // A case that comes to nothing has let nothing of it out, unless the step itself did.
    const acts = effectsOf(step, workflow).length > 0;
    const isEnd = (at: FlowNode) =>
      isOver(at) && (acts || (at.step?.fields.outcome?.value ?? 'completed') === 'completed');
    const leading = unseen.get(acts) ?? nodesReaching(graph.nodes.filter(isEnd), isUnseen);
    unseen.set(acts, leading);
    const last = node.out.find((edge) => completes(edge) && mayGo(edge) && leading.has(edge.to));
    if (!last) continue;
    if (agents.every(({ id }) => found.has(id))) {
      for (const { id } of agents) if (!found.get(id)?.steps.includes(step)) found.get(id)?.steps.push(step);
      continue;
    }
    const rest = shortestPath([last.to], isEnd, isUnseen) ?? [];
    const first = shortestPath([graph.root], (at) => at === node, isPassed) ?? [];
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

/**
 * People have judged what was there when work leaves by `edge`; whoever is not known yet may be one of them, and so may
 * those of a called file.
 */
function isJudged(edge: FlowEdge): boolean {
  const { step, performers } = edge.from;
  if (step?.kind === 'call') return completes(edge);
  return step !== undefined && isJudgment(step) && (performers.every(isPerson) || isOpen(step)) && completes(edge);
}

/** People of the organization have done a step of the case, and had it before them. */
function isWorkedOn(edge: FlowEdge): boolean {
  const { performers } = edge.from;
  return performers.length > 0 && performers.every(isHuman) && completes(edge);
}

/** Names someone who is not declared, or cannot be read. */
function isOpen(step: Step | undefined): boolean {
  return (step?.fields.by?.length ?? 0) > (step?.performers.length ?? 0);
}

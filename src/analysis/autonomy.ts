// How much an agent is left to itself, worked out from the flow: the level of autonomy by the role left to a person
// (Feng, McDonald and Zhang, "Levels of autonomy for AI agents", 2025).
import { type Actor, isAi, isHuman, isPerson, type Workflow } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import { type DataPath, overlap, pathOf } from './data-paths.ts';
import { effectsOf } from './effects.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { nodesReaching } from './reachability.ts';
import { goesOn, isSeen, type Unseen, unseenWays } from './unseen.ts';

/** 1 operator, 2 collaborator, 3 consultant, 4 approver, 5 observer: what is left to the person. */
export type Level = 1 | 2 | 3 | 4 | 5;

export interface Autonomy {
  readonly level: Level;
  /** Where the agent works so. */
  readonly node: FlowNode;
  /** From there to an effect or end that no person sees; empty where there is none, or the step itself has the effect. */
  readonly way: readonly FlowEdge[];
}

/** The highest level that each agent works at, by its id; agents that take no part are not in it. */
export function autonomyOf(analyses: Analyses): ReadonlyMap<string, Autonomy> {
  const { graph, reachability } = analyses;
  const found = new Map<string, Autonomy>();
  const add = ({ id }: Actor, autonomy: Autonomy) => {
    if ((found.get(id)?.level ?? 0) < autonomy.level) found.set(id, autonomy);
  };
  const sight = analyses.derived(sightOf);
  for (const node of graph.nodes) {
    const { step } = node;
    if (!step || node.kind !== 'step' || !Number.isFinite(reachability.distanceTo(node))) continue;
    const agents = node.performers.filter(isAi);
    const least = Math.min(...agents.map(({ id }) => found.get(id)?.level ?? 0));
    const autonomy = agents.length > 0 ? performing(node, least, graph.workflow, sight) : undefined;
    for (const agent of agents) if (autonomy) add(agent, autonomy);
    for (const assistant of step.assistants.filter(isAi)) add(assistant, { level: 1, node, way: [] });
  }
  return found;
}

/** Where work goes unseen, and from where it can still come to a person, exceptions and samples included. */
interface Sight {
  readonly unseen: Unseen;
  readonly beforePersons: ReadonlySet<FlowNode>;
}

function sightOf({ graph }: Analyses): Sight {
  const persons = graph.nodes.filter(({ performers }) => performers.some(isPerson));
  return { unseen: unseenWays(graph), beforePersons: nodesReaching(persons, ({ kind }) => kind !== 'message') };
}

/** Undefined where it cannot be told, or is no more than `least`. */
function performing(
  node: FlowNode,
  least: number,
  workflow: Workflow,
  { unseen, beforePersons }: Sight,
): Autonomy | undefined {
  const { step } = node;
  if (!step || (step.fields.by?.length ?? 0) > step.performers.length) return undefined;
  if (node.performers.some(isPerson)) return { level: 2, node, way: [] };
  // A policy has admitted what it does.
  if (isSeen(node, workflow)) return { level: 3, node, way: [] };
  const outs = node.out.filter((edge) => goesOn(edge) && edge.outcome !== 'timeout');
  const acts = effectsOf(step, workflow).some(
    (effect) => !effect.admittedBy && (effect.irreversible || effect.external),
  );
  const way = acts ? [] : unseen.way(outs)?.way;
  if (!way) return least >= 3 ? undefined : { level: worksOn(outs, workflow) ? 2 : 3, node, way: [] };
  const level = beforePersons.has(node) ? 4 : 5;
  if (least >= level) return undefined;
  return isApprovedBefore(node, workflow) ? { level: 3, node, way: [] } : { level, node, way };
}

/** On every way a person does more than judge, as far as is known: the next one at work has a task. */
function worksOn(firsts: readonly FlowEdge[], workflow: Workflow): boolean {
  const seen = new Set(firsts.map(({ to }) => to));
  let works = false;
  for (const node of seen) {
    if (isSeen(node, workflow)) {
      if (node.performers.some(isPerson) && (node.step?.kind !== 'task' || !node.performers.some(isHuman)))
        return false;
      works = true;
      continue;
    }
    for (const edge of node.out) if (goesOn(edge)) seen.add(edge.to);
  }
  return works;
}

/** On every way to the node a person has approved what it works with. */
function isApprovedBefore(node: FlowNode, workflow: Workflow): boolean {
  const { step } = node;
  const effects = step ? effectsOf(step, workflow) : [];
  const used = [...(step?.fields.reads ?? []).map(pathOf), ...effects.flatMap(({ consumes }) => consumes)];
  const seen = new Set([node]);
  for (const at of seen) {
    if (at.kind === 'root') return false;
    for (const edge of at.in) if (!approves(edge, used)) seen.add(edge.from);
  }
  return true;
}

function approves({ from, outcome }: FlowEdge, used: readonly DataPath[]): boolean {
  const { step, performers } = from;
  if (step?.kind !== 'approval' || outcome !== 'approve' || !performers.every(isPerson)) return false;
  return (step.fields.covers ?? []).some((covered) => used.some((path) => overlap(pathOf(covered), path)));
}

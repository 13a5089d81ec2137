// Gates by what the AI says of its own work: data that only the AI writes decides whether a person sees the case.
import { type Actor, isAi, type Workflow } from '../language/model.ts';
import type { Range } from '../language/source.ts';
import type { Analyses } from './analyses.ts';
import { type DataPath, overlap, pathOf, writesOf } from './data-paths.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { guardsOf } from './guards.ts';
import { goesOn, isSeen, unseenWay } from './unseen.ts';

export interface SelfAssessedGate {
  /** Where the way parts. */
  readonly node: FlowNode;
  /** The condition or gate that decides. */
  readonly range: Range;
  /** The branch is taken where the condition holds, and not where it does not. */
  readonly holds: boolean;
  readonly path: DataPath;
  /** Who writes it, and is gated by it. */
  readonly author: FlowNode;
  readonly agent: Actor;
  /** From the author to the effect or end that no person saw. */
  readonly way: readonly FlowEdge[];
  readonly reachesEffect: boolean;
  /** A step of a person that another branch leads to. */
  readonly person: FlowNode;
  /** It is said to be calibrated, and there is no evidence of that model. */
  readonly lacksEvidence: boolean;
}

/** One for each step where the way parts, one that reaches an effect first. */
export function selfAssessedGates(analyses: Analyses): readonly SelfAssessedGate[] {
  const { graph, reachability } = analyses;
  const { workflow } = graph;
  const found = new Map<string, SelfAssessedGate>();
  for (const node of graph.nodes) {
    const { step } = node;
    if (!step || node.kind === 'exit' || !reachability.isReachable(node) || isSeen(node, workflow)) continue;
    for (const gate of gatesAt(node, analyses)) {
      const known = found.get(step.id);
      if (!known || weight(gate) > weight(known)) found.set(step.id, gate);
    }
  }
  return [...found.values()];
}

/** An effect before an end, and a condition that holds before one that does not. */
function weight({ reachesEffect, holds }: SelfAssessedGate): number {
  return (reachesEffect ? 2 : 0) + (holds ? 1 : 0);
}

/** What decides for some edges of a node. */
interface Decider {
  readonly path: DataPath;
  readonly edges: readonly { readonly edge: FlowEdge; readonly range: Range; readonly holds: boolean }[];
}

function gatesAt(node: FlowNode, analyses: Analyses): readonly SelfAssessedGate[] {
  const { workflow } = analyses.graph;
  return decidersAt(node, analyses).flatMap(({ path, edges }): readonly SelfAssessedGate[] => {
    const origin = edges.length > 1 ? authorOf(path, node, analyses) : undefined;
    const agent = origin?.author.performers.find(isAi);
    if (!origin || !agent) return [];
    const calibrated = isCalibrated(path, workflow);
    if (calibrated && hasEvidence(agent, workflow)) return [];
    const persons = edges.flatMap(({ edge }) => firstPerson(edge, workflow) ?? []);
    const skips = edges.flatMap(({ edge, range, holds }) => {
      const skip = unseenWay([edge], workflow, (at) => isSampled(at, workflow));
      return skip ? [{ ...skip, range, holds }] : [];
    });
    const skip = skips.find(({ reachesEffect }) => reachesEffect) ?? skips.find(({ holds }) => holds) ?? skips[0];
    const [person] = persons;
    if (!skip || !person) return [];
    const { range, reachesEffect, holds } = skip;
    const way = [...origin.way, ...skip.way];
    return [
      { node, range, holds, path, author: origin.author, agent, way, reachesEffect, person, lacksEvidence: calibrated },
    ];
  });
}

function decidersAt(node: FlowNode, analyses: Analyses): readonly Decider[] {
  const { formula } = analyses.derived(guardsOf);
  const deciders = new Map<DataPath, { edge: FlowEdge; range: Range; holds: boolean }[]>();
  const add = (path: DataPath, edge: FlowEdge, range: Range, holds: boolean) => {
    const known = deciders.get(path) ?? [];
    if (!known.some((other) => other.edge === edge)) known.push({ edge, range, holds });
    deciders.set(path, known);
  };
  const gate = node.step?.fields.gate;
  for (const edge of node.out) {
    for (let guard = edge.guard; guard; guard = guard.before)
      for (const path of formula(guard.when).paths ?? []) add(path, edge, guard.when.range, guard.holds);
    const passes = edge.kind !== 'exceptional' && edge.outcome !== 'sample';
    if (gate?.on && gate.atLeast && (passes || edge.outcome === 'low-confidence'))
      add(pathOf(gate.on), edge, node.step?.fields.$.keyRange('gate') ?? gate.$.range, true);
  }
  return [...deciders].map(([path, edges]) => ({ path, edges }));
}

/** The AI whose value of `path` comes to `node` with no person, no other writer and no sample between; a shortest way. */
function authorOf(
  path: DataPath,
  node: FlowNode,
  { graph }: Analyses,
): { readonly author: FlowNode; readonly way: readonly FlowEdge[] } | undefined {
  const after = new Map<FlowNode, FlowEdge | undefined>([[node, undefined]]);
  for (const at of after.keys()) {
    if (isSeen(at, graph.workflow) || isSampled(at, graph.workflow)) continue;
    if (at.step && writesOf(at.step, graph.workflow).some(({ out }) => overlap(out, path))) {
      if (at.performers.length > 0 && at.performers.every(isAi)) return { author: at, way: wayFrom(at, after) };
      continue;
    }
    for (const edge of at.in) if (!after.has(edge.from) && goesOn(edge)) after.set(edge.from, edge);
  }
  return undefined;
}

function wayFrom(from: FlowNode, after: ReadonlyMap<FlowNode, FlowEdge | undefined>): readonly FlowEdge[] {
  const way: FlowEdge[] = [];
  for (let edge = after.get(from); edge; edge = after.get(edge.to)) way.push(edge);
  return way;
}

/** A share of what passes there goes to a person. */
function isSampled({ step, out }: FlowNode, workflow: Workflow): boolean {
  return (
    step?.fields.sample !== undefined && out.some((edge) => edge.outcome === 'sample' && firstPerson(edge, workflow))
  );
}

function isCalibrated(path: DataPath, { steps }: Workflow): boolean {
  return [...steps.values()].some(({ fields: { gate } }) => {
    return gate?.source?.value === 'calibrated' && gate.on !== undefined && overlap(pathOf(gate.on), path);
  });
}

/** Evaluation evidence of the agent, and of its model where both name one. */
function hasEvidence(agent: Actor, { fields }: Workflow): boolean {
  const models = (agent.fields.model ?? []).map(({ id, version }) => `${id?.value}@${version?.value}`);
  return (fields?.evidence ?? []).some(({ of, model }) => {
    return of?.name === agent.id && (!model || models.length === 0 || models.includes(model.value));
  });
}

/** The nearest person behind `first`. */
function firstPerson(first: FlowEdge, workflow: Workflow): FlowNode | undefined {
  const seen = new Set([first.to]);
  for (const node of seen) {
    if (isSeen(node, workflow)) return node;
    for (const edge of node.out) if (goesOn(edge)) seen.add(edge.to);
  }
  return undefined;
}

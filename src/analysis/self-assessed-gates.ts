// Gates by what the AI says of its own work: data that only the AI writes decides whether a person sees the case.
import { type Actor, isAi, type Workflow } from '../language/model.ts';
import type { Range } from '../language/source.ts';
import type { Analyses } from './analyses.ts';
import { type DataPath, overlap, pathOf, rootOf, writesOf } from './data-paths.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { guardsOf } from './guards.ts';
import { nodesReaching } from './reachability.ts';
import { goesOn, isSeen, type Unseen, unseenWays } from './unseen.ts';
import { wayOn } from './ways.ts';

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
  if (analyses.derived(sightOf).ofAi.size === 0) return [];
  for (const node of graph.nodes) {
    const { step } = node;
    if (
      !step ||
      (node.out.every(({ guard }) => !guard) && !step.fields.gate) ||
      node.kind === 'exit' ||
      !reachability.isReachable(node) ||
      isSeen(node, workflow)
    )
      continue;
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
  const { unsampled, beforePersons } = analyses.derived(sightOf);
  return decidersAt(node, analyses).flatMap(({ path, edges }): readonly SelfAssessedGate[] => {
    const sparing = edges.find(({ edge }) => beforePersons.has(edge.to));
    if (edges.length < 2 || !sparing) return [];
    const skips = edges.flatMap(({ edge, range, holds }) => {
      const skip = unsampled.way([edge]);
      return skip ? [{ ...skip, range, holds }] : [];
    });
    const skip = skips.find(({ reachesEffect }) => reachesEffect) ?? skips.find(({ holds }) => holds) ?? skips[0];
    const origin = skip && authorOf(path, node, analyses);
    const agent = origin?.author.performers.find(isAi);
    const person = firstPerson(sparing.edge, workflow);
    const calibrated = isCalibrated(path, workflow);
    if (!origin || !agent || !person || (calibrated && hasEvidence(agent, workflow))) return [];
    const { range, reachesEffect, holds } = skip;
    const way = [...origin.way, ...skip.way];
    return [
      { node, range, holds, path, author: origin.author, agent, way, reachesEffect, person, lacksEvidence: calibrated },
    ];
  });
}

interface Sight {
  readonly unsampled: Unseen;
  /** Nodes from which work can come to a person. */
  readonly beforePersons: ReadonlySet<FlowNode>;
  /** Data that an AI alone writes somewhere. */
  readonly ofAi: ReadonlySet<string>;
}

function sightOf({ graph }: Analyses): Sight {
  const { workflow, nodes } = graph;
  const persons = nodes.filter((node) => isSeen(node, workflow));
  const beforePersons = nodesReaching(persons, goesOn);
  const steps = nodes.flatMap(({ step, performers }) => (step && isAiAlone(performers) ? [step] : []));
  const ofAi = new Set(steps.flatMap((step) => writesOf(step, workflow).map(({ out }) => rootOf(out))));
  return { unsampled: unseenWays(graph, (node) => isSampled(node, beforePersons)), beforePersons, ofAi };
}

function isAiAlone(performers: readonly Actor[]): boolean {
  return performers.length > 0 && performers.every(isAi);
}

function decidersAt(node: FlowNode, analyses: Analyses): readonly Decider[] {
  const { formula } = analyses.derived(guardsOf);
  const { ofAi } = analyses.derived(sightOf);
  const deciders = new Map<DataPath, { edge: FlowEdge; range: Range; holds: boolean }[]>();
  const add = (path: DataPath, edge: FlowEdge, range: Range, holds: boolean) => {
    if (!ofAi.has(rootOf(path))) return;
    const known = deciders.get(path) ?? [];
    if (known.at(-1)?.edge !== edge) known.push({ edge, range, holds });
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
  analyses: Analyses,
): { readonly author: FlowNode; readonly way: readonly FlowEdge[] } | undefined {
  const { workflow } = analyses.graph;
  const { beforePersons } = analyses.derived(sightOf);
  const after = new Map<FlowNode, FlowEdge | undefined>([[node, undefined]]);
  for (const at of after.keys()) {
    if (isSeen(at, workflow) || isSampled(at, beforePersons)) continue;
    if (at.step && writesOf(at.step, workflow).some(({ out }) => overlap(out, path))) {
      if (isAiAlone(at.performers)) return { author: at, way: wayOn(after, at) };
      continue;
    }
    for (const edge of at.in) if (!after.has(edge.from) && goesOn(edge)) after.set(edge.from, edge);
  }
  return undefined;
}

/** A share of what passes there goes to a person. */
function isSampled({ step, out }: FlowNode, beforePersons: ReadonlySet<FlowNode>): boolean {
  return (
    step?.fields.sample !== undefined && out.some(({ outcome, to }) => outcome === 'sample' && beforePersons.has(to))
  );
}

function isCalibrated(path: DataPath, workflow: Workflow): boolean {
  return workflow.derived(calibratedPaths).some((calibrated) => overlap(calibrated, path));
}

function calibratedPaths({ steps }: Workflow): readonly DataPath[] {
  return [...steps.values()].flatMap(({ fields: { gate } }) =>
    gate?.source?.value === 'calibrated' && gate.on ? [pathOf(gate.on)] : [],
  );
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

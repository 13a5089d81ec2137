// Decisions about people that carry weight: decision steps and decision effects, and which of their outcomes are adverse.
import { type Actor, isAi, isHuman, isJudgment, isPerson, type Step, type Workflow } from '../language/model.ts';
import { declaredOutcomes } from '../language/outcomes.ts';
import { isList, type Range } from '../language/source.ts';
import type { Analyses } from './analyses.ts';
import { authorityAdmits } from './authority.ts';
import { completes } from './completion.ts';
import { type DataPath, pathOf } from './data-paths.ts';
import { type Effect, effectsOf } from './effects.ts';
import { addFact, type FactSet, hasFact } from './fact-sets.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { mustFactSets } from './must-facts.ts';
import { mayBePeople } from './performers.ts';
import { shortestPath } from './reachability.ts';

/** `neutral` decides nothing yet. */
export type Bearing = 'adverse' | 'favourable' | 'neutral';

/** A decision with legal or similarly significant effect on a person. */
export interface Decision {
  readonly step: Step;
  /** Undefined where the step itself is the decision. */
  readonly effect: Effect | undefined;
  readonly subject: string | undefined;
  /** Its outcomes with what they mean to the person; what nobody has classified counts as adverse. */
  readonly outcomes: ReadonlyMap<string, Bearing>;
  /** Something states a legal basis on which no human has to decide. */
  readonly hasBasis: boolean;
  readonly range: Range;
}

/** Significant decisions of a workflow, in the order of the file. */
export function significantDecisions({ graph: { workflow } }: Analyses): readonly Decision[] {
  return [...workflow.steps.values()].flatMap((step) => [...decidedIn(step, workflow), ...decidedBy(step, workflow)]);
}

/** The outcomes of a decision that have to stand up: adverse ones, and favourable ones unless only adverse ones count. */
export function weighty({ outcomes }: Decision, adverseOnly: boolean): readonly string[] {
  const counts = (bearing: Bearing) => bearing === 'adverse' || (bearing === 'favourable' && !adverseOnly);
  return [...outcomes].filter(([, bearing]) => counts(bearing)).map(([outcome]) => outcome);
}

function decidedIn(step: Step, workflow: Workflow): readonly Decision[] {
  const { subject, significance, basis, $: origin } = step.fields;
  if (step.kind !== 'decision' || !subject || !hasWeight(significance?.value)) return [];
  if (!isAboutPerson(workflow.actors.get(subject.name))) return [];
  const names = declaredOutcomes(step).map(({ value }) => value);
  const known = workflow.derived(bearings);
  const outcomes = new Map((names.length > 0 ? names : ['done']).map((name) => [name, known.get(name) ?? 'adverse']));
  const range = origin.valueRange('by') ?? origin.keyRange('rule') ?? origin.keyRange('decision') ?? step.range;
  return [{ step, effect: undefined, subject: subject.name, outcomes, hasBasis: basis !== undefined, range }];
}

function decidedBy(step: Step, workflow: Workflow): readonly Decision[] {
  return effectsOf(step, workflow).flatMap((effect): readonly Decision[] => {
    const { fields, kind, range } = effect;
    if (kind !== 'decision' || !hasWeight(fields?.significance?.value)) return [];
    if (!isAboutPerson(workflow.actors.get(fields?.subject?.name ?? ''))) return [];
    const name = fields?.outcome?.value ?? 'the decision';
    const stated = fields?.adverse && (fields.adverse.value ? 'adverse' : 'favourable');
    const bearing = stated ?? workflow.derived(bearings).get(name) ?? 'adverse';
    const hasBasis = fields?.basis !== undefined || step.fields.basis !== undefined;
    return [{ step, effect, subject: fields?.subject?.name, outcomes: new Map([[name, bearing]]), hasBasis, range }];
  });
}

function hasWeight(significance: string | undefined): boolean {
  return significance === 'legal' || significance === 'significant';
}

/** Someone whose kind says otherwise is no person. */
function isAboutPerson(subject: Actor | undefined): boolean {
  return subject === undefined || isPerson(subject) || subject.kind === undefined;
}

/** What outcomes mean, by their name, where some judgment classifies them. */
function bearings({ steps }: Workflow): ReadonlyMap<string, Bearing> {
  const found = new Map<string, Bearing>();
  for (const { fields } of steps.values()) {
    if (!fields.outcomes || isList(fields.outcomes)) continue;
    for (const { key, value } of fields.outcomes.values()) if (value) found.set(key.value, value.value);
  }
  return found;
}

/** A decision that no human makes on some path. */
export interface Automated {
  readonly decision: Decision;
  readonly node: FlowNode;
  readonly outcomes: readonly string[];
  /** A shortest path on which no human decides. */
  readonly way: readonly FlowEdge[];
  /** Edges into the node over which no human has decided. */
  entries(): readonly FlowEdge[];
}

/** Decisions of `outcomesOf` that come about on some path without a human who may decide so. */
export function automatedDecisions(
  analyses: Analyses,
  outcomesOf: (decision: Decision) => readonly string[],
): readonly Automated[] {
  const { graph, dominators, reachability } = analyses;
  const decisions = analyses.derived(significantDecisions).filter((one) => !one.hasBasis && outcomesOf(one).length > 0);
  if (decisions.length === 0) return [];
  const made = graph.edges.map((edge) => judgedOn(edge, decisions, analyses));
  const facts = mustFactSets(graph, dominators, decisions.length, (edge, entry, left) => {
    const judged = made[edge.index];
    for (let word = 0; word < left.length; word++) left[word] = (entry[word] ?? 0) | (judged?.[word] ?? 0);
  });
  return decisions.flatMap((decision, number) => {
    for (const node of graph.nodesOf(decision.step)) {
      if (!Number.isFinite(reachability.distanceTo(node)) || !isMachine(node)) continue;
      if (hasFact(facts.at(node), number)) continue;
      const isOpen = (edge: FlowEdge) => !hasFact(made[edge.index], number);
      const way = shortestPath([graph.root], (at) => at === node, isOpen) ?? reachability.pathTo(node) ?? [];
      const entries = () => node.in.filter((edge) => !hasFact(facts.along(edge), number));
      return [{ decision, node, outcomes: outcomesOf(decision), way, entries }];
    }
    return [];
  });
}

/** A rule, a system or an AI decides, or may; who performs is stated and known. */
function isMachine({ step, performers }: FlowNode): boolean {
  const { decides, by, rule } = step?.fields ?? {};
  if ((by ?? []).length > 0 && performers.length === 0) return false;
  if (performers.length === 0) return rule !== undefined;
  const last = decides && performers.find(({ id }) => id === decides.name);
  const deciding = last ? [last] : performers;
  return deciding.some((actor) => isAi(actor) || actor.kind === 'system');
}

/** Which decisions a human has made who leaves a judgment by `edge`: about the same person, and with that outcome. */
function judgedOn(edge: FlowEdge, decisions: readonly Decision[], analyses: Analyses): FactSet | undefined {
  const { step } = edge.from;
  if (!step || !isJudgment(step) || !completes(edge) || !mayBePeople(edge.from)) return undefined;
  const set = new Uint32Array((decisions.length + 31) >>> 5);
  const covered = [...(step.fields.covers ?? []), ...(step.fields.reviews ?? [])].map(pathOf);
  const own = step.kind === 'decision' ? declaredOutcomes(step).map(({ value }) => value) : [];
  for (const [number, decision] of decisions.entries()) {
    if (step.fields.subject && decision.subject && step.fields.subject.name !== decision.subject) continue;
    const named = decision.effect?.fields?.outcome?.value;
    if (named !== undefined && own.length > 0 && !own.includes(named)) continue;
    if (named === undefined || mayDecide(edge.from, named, covered, analyses)) addFact(set, number);
  }
  return set;
}

/** The authority of an approver is looked at where they approve; that of others here. */
function mayDecide(node: FlowNode, outcome: string, covered: readonly DataPath[], analyses: Analyses): boolean {
  if (node.step?.kind === 'approval') return true;
  return node.performers.every((actor) => authorityAdmits(actor, outcome, node, covered, analyses) !== 'no');
}

/** A significant decision of a person that nobody makes, and that a refusal at the end stands for all the same. */
export interface Expired {
  readonly decision: Decision;
  readonly edge: FlowEdge;
  /** To the end. */
  readonly way: readonly FlowEdge[];
}

const unanswered: ReadonlySet<string> = new Set(['timeout', 'timer', 'error', 'unavailable', 'absent']);

/** Ways by which a decision that its person does not make ends as a refusal, with no other person on the way. */
export function expiredDecisions(
  analyses: Analyses,
  outcomesOf: (decision: Decision) => readonly string[],
): readonly Expired[] {
  const { graph, reachability } = analyses;
  return analyses.derived(significantDecisions).flatMap((decision) => {
    if (decision.effect || decision.hasBasis || outcomesOf(decision).length === 0) return [];
    const nodes = graph.nodesOf(decision.step).filter((node) => reachability.isReachable(node) && !isMachine(node));
    const said = new Set<number>();
    return nodes
      .flatMap(({ out }) => out)
      .flatMap((edge) => {
        if (edge.interrupt || !unanswered.has(edge.outcome ?? '') || said.has(edge.range.start)) return [];
        const way = shortestPath(
          [edge.to],
          isRefusal,
          ({ from, kind }) => kind !== 'message' && !from.performers.some(isHuman),
        );
        if (!way) return [];
        said.add(edge.range.start);
        return [{ decision, edge, way: [edge, ...way] }];
      });
  });
}

function isRefusal({ step }: FlowNode): boolean {
  return step?.kind === 'end' && step.scope === undefined && step.fields.outcome?.value === 'rejected';
}

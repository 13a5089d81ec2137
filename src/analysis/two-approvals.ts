// Effects that need two approvals by different people, and have not got them on every path.
import { type ASTNode, parse } from '@marcbachmann/cel-js';
import { variablesOf } from '../language/conditions.ts';
import { isHuman, type Step, type Workflow } from '../language/model.ts';
import type { Amount } from '../language/values.ts';
import type { Analyses } from './analyses.ts';
import { anyData, approvedBy, reviewedBy } from './approvals.ts';
import { type DataPath, overlap, pathOf, sourcesOf, writesOf } from './data-paths.ts';
import { type Effect, effectsOf } from './effects.ts';
import { equalities } from './equalities.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { excludes, implies } from './implication.ts';
import { type Facts, mustFacts } from './must-facts.ts';
import { holdersOf, principalsOf } from './principals.ts';
import { declaredAt } from './variables.ts';

export interface SingleHanded {
  readonly effect: Effect;
  readonly node: FlowNode;
  /** What two people have not approved. */
  readonly data: DataPath;
  /** The step that identifies people at a distance; undefined where the amount asks for two. */
  readonly identifiedBy: Step | undefined;
  /** A way to the effect with fewer than two approvals, and how many there are on it. */
  readonly path: readonly FlowEdge[];
  readonly count: number;
  /** Steps that approve the data on every path, each by one person. */
  readonly judges: readonly Step[];
}

interface Need {
  readonly effect: Effect;
  readonly data: DataPath;
  readonly identifiedBy: Step | undefined;
}

/** One entry for each effect. Nothing is said of an effect that a policy admits, nor of one with very many approvals. */
export function singleHanded(analyses: Analyses, threshold: Amount | undefined): readonly SingleHanded[] {
  const { graph, reachability } = analyses;
  const { workflow } = graph;
  const identifications = [...workflow.steps.values()].filter(
    ({ fields }) => fields.biometric?.value === 'remote-identification',
  );
  if (!threshold && identifications.length === 0) return [];
  return [...workflow.steps.values()].flatMap((step) =>
    effectsOf(step, workflow).flatMap((effect): readonly SingleHanded[] => {
      if (effect.admittedBy) return [];
      for (const need of needsOf(effect, identifications, threshold, workflow)) {
        for (const node of graph.nodesOf(step)) {
          if (!Number.isFinite(reachability.distanceTo(node))) continue;
          const found = decide(need, node, threshold, analyses);
          if (found) return [found];
        }
      }
      return [];
    }),
  );
}

/** What two people have to approve before the effect; where it rests on an identification, that one. */
function needsOf(
  effect: Effect,
  identifications: readonly Step[],
  threshold: Amount | undefined,
  workflow: Workflow,
): readonly Need[] {
  for (const step of identifications) {
    const found = writesOf(step, workflow).map(({ out }) => out);
    const used = effect.consumes.flatMap((path) => [path, ...sourcesOf(path, workflow)]);
    const data = found.find((out) => used.some((path) => overlap(out, path)));
    if (data !== undefined) return [{ effect, data, identifiedBy: step }];
  }
  if (!threshold || !canReach(effect, threshold, workflow)) return [];
  const consumed = effect.consumes.length > 0 ? effect.consumes : [anyData];
  return consumed.map((data) => ({ effect, data, identifiedBy: undefined }));
}

/** The bound of the effect, or else of the field that holds its amount, does not keep it below the threshold. */
function canReach({ fields }: Effect, { value, currency }: Amount, workflow: Workflow): boolean {
  const { max, amount } = fields ?? {};
  if (max && typeof max.value !== 'number') return max.value.currency === currency && max.value.value >= value;
  if (!amount) return false;
  const most = declaredAt(pathOf(amount), variablesOf(workflow))?.most;
  return !most || (most.open ? most.at > value : most.at >= value);
}

/** Facts of one question: who approved, by bit; then that two have, and that the amount is below the threshold. */
const two = 2 ** 28;
const small = 2 ** 29;
const maxJudges = 28;

/**
 * Must analysis (Kildall 1973) over who has approved: a second approval by someone provably different makes the fact that
 * two have, a write ends it all. O(edges × approvals of this data).
 */
function decide(
  need: Need,
  node: FlowNode,
  threshold: Amount | undefined,
  analyses: Analyses,
): SingleHanded | undefined {
  const { graph, dominators, reachability } = analyses;
  const { workflow } = graph;
  const { data, identifiedBy, effect } = need;
  // Who approved what it is made equal to is not followed.
  if (equalities(workflow, analyses.conditions).some(({ to }) => overlap(to, data))) return undefined;
  const isJudgment = (edge: FlowEdge) =>
    approvedBy(edge, data) ||
    (identifiedBy !== undefined && reviewedBy(edge, data) && edge.outcome !== 'reject' && edge.outcome !== 'modify');
  const judges = [...new Set(graph.edges.filter(isJudgment).map(({ from }) => from))];
  if (judges.length > maxJudges) return undefined;
  const others = judges.map((judge) => bits(judges, (other) => areTwo(judge, other, analyses)));
  const sources = data === anyData ? [] : [data, ...sourcesOf(data, workflow)];
  const ends = (edge: FlowEdge) => {
    const { step } = edge.from;
    if (!step || edge.from.kind !== 'step') return false;
    const written = writesOf(step, workflow).map(({ out }) => out);
    if (step.kind === 'approval' && edge.outcome === 'modify') written.push(...(step.fields.covers ?? []).map(pathOf));
    return written.some((out) => sources.some((source) => overlap(out, source)));
  };
  const paired = (facts: Facts) =>
    (facts & two) !== 0 || others.some((mask, i) => (facts & (2 ** i)) !== 0 && (facts & mask) !== 0);
  const isSmall = smallness(need, threshold, analyses);
  const transfer = (edge: FlowEdge, entry: Facts): Facts => {
    let after = paired(entry) ? entry | two : entry;
    if (ends(edge)) after &= small;
    after = isSmall(edge, after);
    const index = isJudgment(edge) ? judges.indexOf(edge.from) : -1;
    if (index >= 0) after |= (2 ** index) | (isDual(edge.from) ? two : 0);
    return (paired(after) ? after | two : after) >>> 0;
  };
  const held = mustFacts(graph, dominators, transfer).at(node);
  const writesItself = identifiedBy === effect.step;
  if (!writesItself && (paired(held) || (held & small) !== 0)) return undefined;
  const open = openPath(
    graph.root,
    node,
    transfer,
    (facts) => writesItself || !(paired(facts) || (facts & small) !== 0),
  );
  const single = judges.filter((judge, i) => (held & (2 ** i)) !== 0 && !judge.takenOver);
  return {
    ...need,
    node,
    path: open?.path ?? reachability.pathTo(node) ?? [],
    count: open ? judges.filter((_, i) => (open.facts & (2 ** i)) !== 0).length : 0,
    judges: single.flatMap(({ step }) => step ?? []),
  };
}

function bits(judges: readonly FlowNode[], fits: (judge: FlowNode) => boolean): Facts {
  return judges.reduce((mask, judge, i) => (fits(judge) ? mask | (2 ** i) : mask), 0);
}

/** Different people for sure, and neither judges what the other has written. */
function areTwo(a: FlowNode, b: FlowNode, analyses: Analyses): boolean {
  if (a.step === b.step || analyses.derived(principalsOf).shared(a, b)) return false;
  const feeds = (one: FlowNode, other: FlowNode) =>
    one.step !== undefined &&
    writesOf(one.step, analyses.graph.workflow).some(({ out }) =>
      (other.step?.fields.reads ?? []).some((read) => overlap(out, pathOf(read))),
    );
  return !feeds(a, b) && !feeds(b, a);
}

/** Two holders judge: of the role itself, or one of them and whoever stands in for the other. */
function isDual({ step, performers }: FlowNode): boolean {
  if (step?.fields.dual?.value !== true) return false;
  return (judgesOf(step) ?? 2) >= 2 || performers.some((actor) => (holdersOf(actor) ?? 2) >= 2);
}

/** How many people can judge at a step; undefined where nothing says so. */
export function judgesOf({ performers }: Step): number | undefined {
  const names = new Set<string>();
  let others = 0;
  for (const actor of performers) {
    const count = isHuman(actor) ? holdersOf(actor) : undefined;
    if (count === undefined) return undefined;
    const { holders } = actor.fields;
    if (holders && !('value' in holders)) for (const { value } of holders) names.add(value);
    else others += count;
  }
  return performers.length === 0 ? undefined : names.size + others;
}

/** Keeps the fact that the amount is below the threshold: made by guards on the way, ended by a write to it. */
function smallness(
  { effect, identifiedBy }: Need,
  threshold: Amount | undefined,
  { conditions, graph }: Analyses,
): (edge: FlowEdge, facts: Facts) => Facts {
  const amount = effect.fields?.amount && pathOf(effect.fields.amount);
  if (amount === undefined || !threshold || identifiedBy) return (_, facts) => facts & ~small;
  const wanted = below(amount, threshold.value);
  if (!wanted) return (_, facts) => facts & ~small;
  return (edge, facts) => {
    const { step } = edge.from;
    const written = step && edge.from.kind === 'step' ? writesOf(step, graph.workflow) : [];
    let after = written.some(({ out }) => overlap(out, amount)) ? facts & ~small : facts;
    for (let guard = edge.guard; guard; guard = guard.before) {
      const ast = conditions.checked.get(guard.when)?.ast;
      if (ast && (guard.holds ? implies(ast, wanted) : excludes(ast, wanted))) after |= small;
    }
    return after;
  };
}

function below(amount: DataPath, value: number): ASTNode | undefined {
  try {
    return parse(`${amount} < ${value}`).ast;
  } catch {
    // A name that no condition can say guards nothing.
    return undefined;
  }
}

interface State {
  readonly node: FlowNode;
  readonly facts: Facts;
  readonly edge: FlowEdge | undefined;
  readonly before: State | undefined;
}

const maxStates = 20_000;

/** A shortest way on which the facts at the end are as `isOpen` says; undefined where it is only the join of branches. */
function openPath(
  root: FlowNode,
  goal: FlowNode,
  transfer: (edge: FlowEdge, entry: Facts) => Facts,
  isOpen: (facts: Facts) => boolean,
): { readonly path: readonly FlowEdge[]; readonly facts: Facts } | undefined {
  const queue: State[] = [{ node: root, facts: 0, edge: undefined, before: undefined }];
  const seen = new Set<string>();
  for (const state of queue) {
    if (state.node === goal && isOpen(state.facts)) {
      const path: FlowEdge[] = [];
      for (let at: State | undefined = state; at?.edge; at = at.before) path.unshift(at.edge);
      return { path, facts: state.facts };
    }
    if (queue.length > maxStates) return undefined;
    for (const edge of state.node.out) {
      if (edge.kind === 'message' && edge.to.kind !== 'start') continue;
      const facts = transfer(edge, state.facts);
      const key = `${edge.to.index} ${facts}`;
      if (!seen.has(key)) queue.push({ node: edge.to, facts, edge, before: state });
      seen.add(key);
    }
  }
  return undefined;
}

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
import { type WayWithFacts, waysWithFacts } from './fact-ways.ts';
import type { FlowEdge, FlowNode, Guard } from './flow-graph.ts';
import { excludes, implies } from './implication.ts';
import { type Facts, type MustFacts, mustFacts } from './must-facts.ts';
import { holdersOf, principalsOf } from './principals.ts';
import { declaredAt } from './variables.ts';
import { wayTo } from './ways.ts';

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
  const asked = new Map<string, Question | undefined>();
  const ask = (need: Need) => {
    const { data, identifiedBy, effect } = need;
    const amount = effect.fields?.amount;
    const key = `${data} ${identifiedBy?.id} ${amount && pathOf(amount)}`;
    if (!asked.has(key)) asked.set(key, questionOf(need, threshold, analyses));
    return asked.get(key);
  };
  return [...workflow.steps.values()].flatMap((step) =>
    effectsOf(step, workflow).flatMap((effect): readonly SingleHanded[] => {
      if (effect.admittedBy) return [];
      for (const need of needsOf(effect, identifications, threshold, workflow)) {
        for (const node of graph.nodesOf(step)) {
          if (!Number.isFinite(reachability.distanceTo(node))) continue;
          const question = ask(need);
          const found = question && decide(need, node, question, analyses);
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

/**
 * Facts of one question: who approved, by bit; for whom somebody else did, by bit, since it may be one or another; then
 * that it is settled, that two have, that it is below the threshold.
 */
const maxJudges = 13;
const settled = 2 ** 27;
const two = 2 ** 28;
const small = 2 ** 29;

/** What holds for one question, whichever effect asks it. */
interface Question {
  readonly judges: readonly FlowNode[];
  readonly held: MustFacts;
  /** Two have approved, or it is below the threshold. */
  isSettled(facts: Facts): boolean;
  transfer(edge: FlowEdge, entry: Facts): Facts;
  /** For each node a shortest way on which nothing is settled there; one that only a join leaves open has none. */
  ways(): ReadonlyMap<FlowNode, WayWithFacts>;
}

/**
 * Must analysis (Kildall 1973) over who has approved: a second approval by someone provably different makes the fact that
 * two have, a write ends it all. O(edges × approvals of this data). Undefined where it cannot be decided.
 */
function questionOf(need: Need, threshold: Amount | undefined, analyses: Analyses): Question | undefined {
  const { graph, dominators } = analyses;
  const { workflow } = graph;
  const { data, identifiedBy } = need;
  // Who approved what it is made equal to is not followed.
  if (equalities(workflow, analyses.conditions).some(({ to }) => overlap(to, data))) return undefined;
  const judgments = graph.edges.filter(
    (edge) =>
      approvedBy(edge, data) ||
      (identifiedBy !== undefined && reviewedBy(edge, data) && edge.outcome !== 'reject' && edge.outcome !== 'modify'),
  );
  const judges = [...new Set(judgments.map(({ from }) => from))];
  if (judges.length > maxJudges) return undefined;
  const others = judges.map((judge) => bits(judges, (other) => areTwo(judge, other, analyses)));
  const made = new Map(
    judgments.map((edge) => {
      const judge = judges.indexOf(edge.from);
      const forOthers = (others[judge] ?? 0) << maxJudges;
      return [edge, (2 ** judge) | forOthers | (isDual(edge.from) ? two : 0)];
    }),
  );
  const second = (edge: FlowEdge, before: Facts) =>
    made.has(edge) && (before & (2 ** (maxJudges + judges.indexOf(edge.from)))) !== 0 ? two : 0;
  const endedAt = endings(data, workflow);
  const isEnded = ({ from, outcome }: FlowEdge) =>
    from.step !== undefined &&
    (endedAt.written.has(from.step) || (outcome === 'modify' && endedAt.changed.has(from.step)));
  const paired = (facts: Facts) =>
    (facts & two) !== 0 || others.some((mask, i) => (facts & (2 ** i)) !== 0 && (facts & mask) !== 0);
  const keepSmall = smallness(need, threshold, analyses);
  const transfer = (edge: FlowEdge, entry: Facts): Facts => {
    const before = paired(entry) ? entry | two : entry;
    const kept = keepSmall(edge, isEnded(edge) ? before & small : before);
    const after = kept | (made.get(edge) ?? 0) | second(edge, kept);
    return close(paired(after) ? after | two : after) >>> 0;
  };
  // Where a small payment and one that two have approved meet, neither reason holds on all paths, and it is settled.
  const close = (facts: Facts) => ((facts & (two | small)) === 0 ? facts : facts | settled);
  const isSettled = (facts: Facts) => paired(facts) || (facts & (small | settled)) !== 0;
  const question = { judges, held: mustFacts(graph, dominators, transfer), isSettled, transfer };
  let ways: ReadonlyMap<FlowNode, WayWithFacts> | undefined;
  return {
    ...question,
    ways() {
      ways ??= waysWithFacts(graph.root, transfer, (facts) => !isSettled(facts));
      return ways;
    },
  };
}

/** Steps that write the data or what it derives from, and approvals that change it. */
function endings(
  data: DataPath,
  workflow: Workflow,
): { readonly written: ReadonlySet<Step>; readonly changed: ReadonlySet<Step> } {
  const sources = data === anyData ? [] : [data, ...sourcesOf(data, workflow)];
  const touches = (out: DataPath) => sources.some((source) => overlap(out, source));
  const all = [...workflow.steps.values()];
  return {
    written: new Set(all.filter((step) => writesOf(step, workflow).some(({ out }) => touches(out)))),
    changed: new Set(
      all.filter(({ kind, fields }) => kind === 'approval' && (fields.covers ?? []).map(pathOf).some(touches)),
    ),
  };
}

function decide(need: Need, node: FlowNode, question: Question, { reachability }: Analyses): SingleHanded | undefined {
  const { judges, isSettled } = question;
  const held = question.held.at(node);
  // What identifies and acts at once has been verified by nobody.
  const actsItself = need.identifiedBy === need.effect.step;
  if (!actsItself && isSettled(held)) return undefined;
  const open = question.ways().get(node);
  const single = judges.filter((judge, i) => (held & (2 ** i)) !== 0 && !judge.takenOver);
  return {
    ...need,
    node,
    path: open ? wayTo(open) : (reachability.pathTo(node) ?? []),
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
  const written = new Set(
    [...graph.workflow.steps.values()].filter((step) =>
      writesOf(step, graph.workflow).some(({ out }) => overlap(out, amount)),
    ),
  );
  const saying = new Map<Guard, boolean>();
  const says = (guard: Guard | undefined): boolean => {
    if (!guard) return false;
    const known = saying.get(guard);
    if (known !== undefined) return known;
    const ast = conditions.checked.get(guard.when)?.ast;
    const own = ast !== undefined && (guard.holds ? implies(ast, wanted) : excludes(ast, wanted));
    const answer = own || says(guard.before);
    saying.set(guard, answer);
    return answer;
  };
  return (edge, facts) => {
    const after = edge.from.step && written.has(edge.from.step) ? facts & ~(small | settled) : facts;
    return says(edge.guard) ? after | small : after;
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

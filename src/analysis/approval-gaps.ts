// How work comes to an effect past an approval that stands before it: the approval is made and then ends, or the judge
// does not answer, or answers something else than yes, and the work goes on all the same.
import { isHuman, type Step } from '../language/model.ts';
import { admissionOf } from './admission.ts';
import type { Analyses } from './analyses.ts';
import type { ApprovalEvents } from './approval-events.ts';
import { completes } from './completion.ts';
import { type DataPath, overlap, writesOf } from './data-paths.ts';
import { effectRoot } from './effects.ts';
import { addFact, addFacts, carries, type FactSet, hasFact, noFacts } from './fact-sets.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { type MayFacts, mayFacts } from './may-facts.ts';
import { mustFactSets } from './must-facts.ts';
import { shortestPath } from './reachability.ts';
import {
  type EffectApprovals,
  effectApprovals,
  type GraveEffect,
  gravesOf,
  unapprovedEffects,
} from './unapproved-effects.ts';

/** `stale`: written again after the approval. `silent`: nobody answers. `refused`: the answer is not yes. */
export type GapKind = 'stale' | 'silent' | 'refused';

export interface ApprovalGap {
  readonly kind: GapKind;
  readonly occurrence: GraveEffect;
  /** What of its data is not approved then. */
  readonly path: DataPath;
  /** The edge behind which it is not: of the step that writes again, or of the judge. */
  readonly edge: FlowEdge;
  /** From the judge to the effect. */
  readonly way: readonly FlowEdge[];
  /** All edges of the same text: were the data approved behind them, the gap would be closed. */
  readonly closing: readonly FlowEdge[];
  /** Edges into the effect's node over which it comes unapproved. */
  entries(): readonly FlowEdge[];
}

/** Gaps before effects with weight, by whomever they are performed; one for each effect, data, kind and edge in the text. */
export function approvalGaps(analyses: Analyses): readonly ApprovalGap[] {
  const occurrences = analyses
    .derived(gravesOf)
    .filter(({ effect, node }) => admissionOf(effect, node, analyses) === 'none');
  if (occurrences.length === 0) return [];
  const known = { ...analyses.derived(effectApprovals), occurrences };
  return [
    ...staleGaps(known, analyses),
    ...unansweredGaps('silent', known, analyses),
    ...unansweredGaps('refused', known, analyses),
  ];
}

/** What holds of an effect's data that is open at it, as facts by number. */
function openAt({ required, node }: GraveEffect, { approvals }: EffectApprovals) {
  const open = required.filter((requirement) => !approvals.holds(requirement, node));
  return open.flatMap(({ path, by }) => {
    const number = approvals.events.numberOf({ path, by });
    return number === undefined ? [] : [{ path, number }];
  });
}

/**
 * Approved on all paths to a step that writes the data again, and not approved anew on some path from there. What was
 * only approved on some path may be another round, in which nothing was to be approved. Who did what was approved may
 * note it in the data: that is no change of it.
 */
function staleGaps(known: EffectApprovals, analyses: Analyses): readonly ApprovalGap[] {
  const { graph, dominators } = analyses;
  const { events } = known.approvals;
  const count = events.requirements.length;
  const open = known.occurrences.map((occurrence) => ({ occurrence, facts: openAt(occurrence, known) }));
  if (open.every(({ facts }) => facts.length === 0)) return [];
  const isApproval = ({ from }: FlowEdge) => from.step?.kind === 'approval';
  const ever = mustFactSets(graph, dominators, count, (edge, entry, left) => {
    left.set(entry);
    const made = isApproval(edge) ? events.made(edge) : undefined;
    if (made) addFacts(left, made);
  });
  const done = new Map<FlowNode, FactSet>();
  for (const { node, required } of known.occurrences) {
    const set = done.get(node) ?? noFacts(count);
    for (const requirement of required) addFact(set, events.numberOf(requirement) ?? 0);
    done.set(node, set);
  }
  const ended = (edge: FlowEdge, word: number) => {
    const lost = events.lost(edge)?.[word] ?? 0;
    return lost === 0 ? 0 : lost & (ever.at(edge.from)[word] ?? 0) & ~(done.get(edge.from)?.[word] ?? 0);
  };
  const isEnded = (edge: FlowEdge, number: number) => ((ended(edge, number >>> 5) >>> (number & 31)) & 1) === 1;
  const approvedBefore = (writer: FlowNode, isYes: (edge: FlowEdge) => boolean) => {
    const ways = graph.edges.filter(isYes).flatMap((yes) => {
      const rest = shortestPath([yes.to], (node) => node === writer, carries);
      return rest ? [[yes, ...rest]] : [];
    });
    return ways.sort((a, b) => a.length - b.length)[0] ?? [];
  };
  const stale = mayFacts(graph, count, (edge, entry, left) => {
    const made = events.made(edge);
    for (let word = 0; word < left.length; word++)
      left[word] = ((entry[word] ?? 0) | ended(edge, word)) & ~(made?.[word] ?? 0);
  });
  return open.flatMap(({ occurrence, facts }) =>
    facts.flatMap(({ path, number }) => {
      if (!hasFact(stale.at(occurrence.node), number)) return [];
      const passes = (edge: FlowEdge) => !hasFact(events.made(edge), number) || isEnded(edge, number);
      const [back] = waysBack(occurrence.node, number, stale, (edge) => isEnded(edge, number), passes);
      const edge = back?.[0];
      if (!back || !edge) return [];
      const before = approvedBefore(edge.from, (way) => isApproval(way) && hasFact(events.made(way), number));
      const entries = () => occurrence.node.in.filter((way) => hasFact(stale.along(way), number));
      const closing = graph.edges.filter((way) => isEnded(way, number));
      const way = [...before, ...back];
      return [{ kind: 'stale' as const, occurrence, path, edge, way, closing, entries }];
    }),
  );
}

const unanswered: ReadonlySet<string> = new Set(['timeout', 'error', 'unavailable', 'absent', 'timer']);

/**
 * Where an AI brings the effect about, a gap ends where somebody judges the data or a person writes it anew. Where it is
 * all the work of people, any person who takes the work over ends it, and only silence is a gap.
 */
function unansweredGaps(
  kind: 'silent' | 'refused',
  known: EffectApprovals,
  analyses: Analyses,
): readonly ApprovalGap[] {
  const { graph, reachability } = analyses;
  const { events } = known.approvals;
  const count = events.requirements.length;
  const ofAi = new Set(
    analyses
      .derived(unapprovedEffects)
      .filter(({ admission }) => admission === 'none')
      .map(({ effect }) => effectRoot(effect)),
  );
  if (kind === 'refused' && ofAi.size === 0) return [];
  const begins = new Map<FlowEdge, FactSet>();
  for (const [step, judged] of judgedBySteps(known, analyses)) {
    for (const node of graph.nodesOf(step)) {
      if (!reachability.isReachable(node)) continue;
      for (const edge of node.out) if (isGap(kind, edge)) begins.set(edge, judged);
    }
  }
  if (begins.size === 0) return [];
  const judges = graph.nodes.map(({ out }) => unitedAt(out, events, count));
  // Whoever is to judge it next answers for what follows then.
  const judgedOn = (edge: FlowEdge) => judges[edge.from.index];
  const rewritten = graph.edges.map((edge) => rewrites(edge, known, analyses));
  const strict = mayFacts(graph, count, (edge, entry, left) => {
    const [made, anew, begin] = [judgedOn(edge), rewritten[edge.index], begins.get(edge)];
    for (let word = 0; word < left.length; word++)
      left[word] = ((entry[word] ?? 0) & ~(made?.[word] ?? 0) & ~(anew?.[word] ?? 0)) | (begin?.[word] ?? 0);
  });
  const lenient = mayFacts(graph, count, (edge, entry, left) => {
    const begin = begins.get(edge);
    for (let word = 0; word < left.length; word++)
      left[word] = (isTakenOver(edge) ? 0 : (entry[word] ?? 0) & ~(judgedOn(edge)?.[word] ?? 0)) | (begin?.[word] ?? 0);
  });
  const said = new Set<string>();
  return known.occurrences.flatMap((occurrence) => {
    const byAi = ofAi.has(effectRoot(occurrence.effect));
    if (!byAi && kind === 'refused') return [];
    const facts = byAi ? strict : lenient;
    return openAt(occurrence, known).flatMap(({ path, number }) => {
      if (!hasFact(facts.at(occurrence.node), number)) return [];
      const passes = (edge: FlowEdge) =>
        !hasFact(judgedOn(edge), number) && (byAi ? !hasFact(rewritten[edge.index], number) : !isTakenOver(edge));
      const ways = waysBack(occurrence.node, number, facts, (edge) => hasFact(begins.get(edge), number), passes);
      return ways.flatMap((way) => {
        const edge = way[0];
        const key = `${effectRoot(occurrence.effect)} ${path} ${edge?.range.start} ${edge?.outcome}`;
        if (!edge || said.has(key) || !leadsTo(edge.from, number, occurrence.node)) return [];
        said.add(key);
        const same = ({ range, outcome }: FlowEdge) => range.start === edge.range.start && outcome === edge.outcome;
        const entries = () => occurrence.node.in.filter((into) => hasFact(facts.along(into), number));
        return [{ kind, occurrence, path, edge, way, closing: graph.edges.filter(same), entries }];
      });
    });
  });

  /** The judge's yes leads to the effect: it stands before it. */
  function leadsTo({ step }: FlowNode, number: number, goal: FlowNode): boolean {
    const yes = (step ? graph.nodesOf(step) : [])
      .flatMap(({ out }) => out)
      .filter((edge) => hasFact(events.made(edge), number));
    return (
      shortestPath(
        yes.map(({ to }) => to),
        (node) => node === goal,
        carries,
      ) !== undefined
    );
  }
}

/** What each judge approves or reviews, by whichever of its outcomes; a sample is looked at and holds nothing up. */
function judgedBySteps({ approvals }: EffectApprovals, { graph }: Analyses): ReadonlyMap<Step, FactSet> {
  const judged = new Map<Step, FactSet>();
  for (const edge of graph.edges) {
    const made = approvals.events.made(edge);
    const { step } = edge.from;
    if (!made || !step || graph.nodeOf(step)?.in.every(({ outcome }) => outcome === 'sample')) continue;
    const set = judged.get(step) ?? new Uint32Array(made.length);
    addFacts(set, made);
    judged.set(step, set);
  }
  return judged;
}

/** What some of `edges` approves or reviews. */
function unitedAt(edges: readonly FlowEdge[], events: ApprovalEvents, count: number): FactSet | undefined {
  const made = edges.flatMap((edge) => events.made(edge) ?? []);
  if (made.length === 0) return undefined;
  const set = noFacts(count);
  for (const one of made) addFacts(set, one);
  return set;
}

/** Of a review any answer but a refusal is one; of an approval only yes. */
function isGap(kind: 'silent' | 'refused', edge: FlowEdge): boolean {
  const { outcome = '', interrupt, from } = edge;
  if (interrupt || !carries(edge)) return false;
  if (kind === 'silent') return unanswered.has(outcome);
  return outcome === 'reject' || (outcome === 'modify' && from.step?.kind === 'approval');
}

/** What people write anew when work leaves by `edge`, out of something else. */
function rewrites(edge: FlowEdge, { approvals }: EffectApprovals, { graph }: Analyses): FactSet | undefined {
  const { step, performers } = edge.from;
  if (!step || performers.length === 0 || !performers.every(isHuman) || !completes(edge)) return undefined;
  const writes = writesOf(step, graph.workflow).filter(({ out, from }) => !from.some((source) => overlap(source, out)));
  if (writes.length === 0) return undefined;
  const { requirements } = approvals.events;
  const set = noFacts(requirements.length);
  for (const [number, { path }] of requirements.entries())
    if (writes.some(({ out }) => path === out || path.startsWith(`${out}.`))) addFact(set, number);
  return set;
}

/** A person has done the step that `edge` leaves. */
function isTakenOver(edge: FlowEdge): boolean {
  const { performers } = edge.from;
  return performers.length > 0 && performers.every(isHuman) && completes(edge);
}

/**
 * Shortest ways to `goal` on which the fact holds, one from each edge where it begins; breadth-first backwards, through
 * nodes at which it can hold. O(edges).
 */
function waysBack(
  goal: FlowNode,
  number: number,
  facts: MayFacts,
  begins: (edge: FlowEdge) => boolean,
  passes: (edge: FlowEdge) => boolean,
): readonly (readonly FlowEdge[])[] {
  const onward = new Map<FlowNode, FlowEdge | undefined>([[goal, undefined]]);
  const found: (readonly FlowEdge[])[] = [];
  for (const node of onward.keys()) {
    for (const edge of node.in) {
      if (!carries(edge)) continue;
      if (begins(edge)) {
        const way = [edge];
        for (let next = onward.get(node); next; next = onward.get(next.to)) way.push(next);
        found.push(way);
      } else if (passes(edge) && hasFact(facts.at(edge.from), number) && !onward.has(edge.from))
        onward.set(edge.from, edge);
    }
  }
  return found;
}

/** The gap closes when work goes to `target` instead: from there somebody judges the data, or takes the work over. */
export function closesAt(target: FlowNode, { occurrence, path }: ApprovalGap, analyses: Analyses): boolean {
  const { events } = analyses.derived(effectApprovals).approvals;
  const numbers = occurrence.required.filter((one) => one.path === path).flatMap((one) => events.numberOf(one) ?? []);
  const passes = (edge: FlowEdge) =>
    carries(edge) && !isTakenOver(edge) && !numbers.some((number) => hasFact(events.made(edge), number));
  return shortestPath([target], (node) => node === occurrence.node, passes) === undefined;
}

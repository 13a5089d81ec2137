// Incompatible duties that one principal can have in one case: whoever did one of them can come to the other.
import { once } from '../language/asked-keys.ts';
import { addTo } from '../language/groups.ts';
import type { Analyses } from './analyses.ts';
import { completes } from './completion.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { actorOf, isDirect, type Principals, principalsOf, type SharedPrincipal } from './principals.ts';
import { wayOn } from './ways.ts';

export interface DutyConflict {
  /** Of the earlier and of the later step. */
  readonly duties: readonly [string, string];
  readonly earlier: FlowNode;
  readonly later: FlowNode;
  /** `first` is behind the earlier step, `second` behind the later one. */
  readonly shared: SharedPrincipal;
  /** True where an agent, or someone behind an agent, is the one who has both. */
  readonly viaAgent: boolean;
  /** A shortest way from the earlier to the later step; empty where both go on at a time, or are one step. */
  readonly path: readonly FlowEdge[];
}

type Pair = readonly [string, string];

/**
 * One conflict for each later step and pair of duties, with the nearest earlier step; those without an agent first. Dynamic
 * separation of duty (Simon and Zurko, "Separation of duty in role-based environments", CSFW 1997) over all assignments
 * that backups, fallbacks and escalations allow. One search for each step with a duty.
 */
export function dutyConflicts(analyses: Analyses, pairs: readonly Pair[]): readonly DutyConflict[] {
  const answers = analyses.derived(noAnswers);
  const key = JSON.stringify(pairs);
  const known = answers.get(key) ?? once(() => findConflicts(analyses, pairs));
  answers.set(key, known);
  return known();
}

function noAnswers(): Map<string, () => readonly DutyConflict[]> {
  return new Map();
}

function findConflicts(analyses: Analyses, pairs: readonly Pair[]): readonly DutyConflict[] {
  const { graph, reachability } = analyses;
  const principals = analyses.derived(principalsOf);
  const byDuty = new Map<string, FlowNode[]>();
  for (const node of graph.nodes) {
    if (node.kind !== 'step' || node.performers.length === 0 || !reachability.isReachable(node)) continue;
    for (const duty of dutiesOf(node)) addTo(byDuty, duty, node);
  }
  const conflicts = new Map<string, DutyConflict>();
  for (const [one, other] of withoutRepeats(pairs)) {
    const both = one === other ? [[one, other] as const] : [[one, other] as const, [other, one] as const];
    for (const duties of both) {
      for (const later of byDuty.get(duties[1]) ?? []) {
        const conflict = conflictAt(later, duties, byDuty.get(duties[0]) ?? [], principals, analyses);
        const at = `${later.step?.id} ${[...duties].sort().join(' ')}`;
        const known = conflicts.get(at);
        if (conflict && (!known || isBetter(conflict, known))) conflicts.set(at, conflict);
      }
    }
  }
  return [...conflicts.values()];
}

function dutiesOf({ step }: FlowNode): readonly string[] {
  return (step?.fields.duty ?? []).map(({ value }) => value);
}

function withoutRepeats(pairs: readonly Pair[]): readonly Pair[] {
  return [...new Map(pairs.map((pair) => [[...pair].sort().join('\n'), pair])).values()];
}

/** As the step is performed by those it names, before who takes over; an agent in it counts less than a person. */
function isBetter(a: DutyConflict, b: DutyConflict): boolean {
  return rank(a) < rank(b);
}

function rank({ earlier, later, viaAgent }: DutyConflict): number {
  return (viaAgent ? 4 : 0) + (later.takenOver ? 2 : 0) + (earlier.takenOver ? 1 : 0);
}

function conflictAt(
  later: FlowNode,
  duties: Pair,
  others: readonly FlowNode[],
  principals: Principals,
  analyses: Analyses,
): DutyConflict | undefined {
  const suspects = new Map<FlowNode, SharedPrincipal>();
  for (const other of others) {
    if (other.step === later.step && (other !== later || duties[0] === duties[1])) continue;
    const shared = principals.shared(other, later);
    if (shared) suspects.set(other, shared);
  }
  const conflict = (earlier: FlowNode, path: readonly FlowEdge[]): DutyConflict | undefined => {
    const shared = suspects.get(earlier);
    return shared && { duties, earlier, later, shared, viaAgent: isViaAgent(shared), path };
  };
  if (suspects.has(later)) return conflict(later, []);
  const direct = [...suspects].filter(([, shared]) => !isViaAgent(shared)).map(([node]) => node);
  const indirect = [...suspects].filter(([, shared]) => isViaAgent(shared)).map(([node]) => node);
  for (const candidates of [direct, indirect]) {
    if (candidates.length === 0) continue;
    const path = wayUpTo(new Set(candidates), later, analyses);
    const from = path?.[0]?.from;
    if (path && from) return conflict(from, path);
    const beside = candidates.find((node) => node.index < later.index && goOnTogether(node, later, analyses));
    if (beside) return conflict(beside, []);
  }
  return undefined;
}

/** The one who has both duties is an agent, or is behind one. */
function isViaAgent({ first, second }: SharedPrincipal): boolean {
  return !isDirect(first) || !isDirect(second) || actorOf(first)?.kind === 'agent';
}

/**
 * A shortest way to `later` from one of `candidates` that has done its work, breadth first and backwards. Where the two lie
 * on a circle, only from the one that a case comes to first.
 */
function wayUpTo(
  candidates: ReadonlySet<FlowNode>,
  later: FlowNode,
  { reachability }: Analyses,
): readonly FlowEdge[] | undefined {
  const onward = new Map<FlowNode, FlowEdge | undefined>([[later, undefined]]);
  let reached: ReadonlySet<FlowNode> | undefined;
  const comesAfter = (node: FlowNode) => {
    if (reachability.distanceTo(node) <= reachability.distanceTo(later)) return false;
    reached ??= nodesReachedFrom(later);
    return reached.has(node);
  };
  for (const node of onward.keys()) {
    for (const edge of node.in) {
      const { from } = edge;
      if (candidates.has(from) && hasActed(edge) && !comesAfter(from)) return [edge, ...wayOn(onward, edge.to)];
      if (!onward.has(from)) onward.set(from, edge);
    }
  }
  return undefined;
}

function nodesReachedFrom(from: FlowNode): ReadonlySet<FlowNode> {
  const reached = new Set(from.out.map(({ to }) => to));
  for (const node of reached) for (const { to } of node.out) reached.add(to);
  return reached;
}

/** Whoever is away, out of reach, refuses the work or is out of time has not done it. */
function hasActed(edge: FlowEdge): boolean {
  return completes(edge) || edge.kind === 'message' || (edge.from.step?.kind === 'scope' && edge.outcome === undefined);
}

/** They stand in different branches of one parallel or inclusive split. */
function goOnTogether(a: FlowNode, b: FlowNode, { graph, dominators }: Analyses): boolean {
  const heads = graph.edges.filter(({ split }) => split?.mode === 'parallel' || split?.mode === 'inclusive');
  const before = (node: FlowNode, other: FlowNode) =>
    heads.filter(({ to }) => dominators.dominates(to, node) && !dominators.dominates(to, other));
  const others = before(b, a);
  return before(a, b).some(({ split }) => others.some((head) => head.split?.id === split?.id));
}

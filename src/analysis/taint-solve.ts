// The least fixpoint behind a taint analysis: labels of all data on entry to each node, joined until nothing changes.
import type { Analyses } from './analyses.ts';
import { type Arrival, arrivalsAt, canonical, hasArrived } from './arrivals.ts';
import { completes } from './completion.ts';
import { type DataPath, rootOf } from './data-paths.ts';
import { reversePostorder } from './dominators.ts';
import { equalities } from './equalities.ts';
import { addFact, addFacts, type FactSet, hasFact, noFacts } from './fact-sets.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { type Branch, type Meeting, meetingOf } from './parallel.ts';
import { cellsOf } from './taint-cells.ts';
import type { Removal, TaintRules } from './taint-rules.ts';
import { type State, statesOf } from './taint-state.ts';
import { type Progress, type Transfer, transferOf, type Written, writesByNode } from './taint-transfer.ts';
import type { Solved } from './taint-witness.ts';

/** Everything that gets into data, by node; the same for all analyses. */
export function allArrivals({ graph }: Analyses): ReadonlyMap<FlowNode, readonly Arrival[]> {
  return new Map(graph.nodes.map((node) => [node, arrivalsAt(node, graph.workflow)]));
}

/** What every analysis of one graph goes by; by the index of a node or edge. */
interface Plan {
  readonly order: readonly FlowNode[];
  /** The edges by which work comes to a node. */
  readonly arriving: readonly (readonly FlowEdge[])[];
  /** The messages of this file that a node waits for. */
  readonly sent: readonly (readonly FlowEdge[])[];
  /** The splits of which branches meet at a node. */
  readonly splits: readonly Meeting['splits'][];
}

function planOf({ graph, dominators }: Analyses): Plan {
  const { nodes, root } = graph;
  return {
    order: reversePostorder(root),
    arriving: nodes.map(arriving),
    sent: nodes.map(sentTo),
    splits: nodes.map((node) => meetingOf(node, graph, dominators).splits),
  };
}

/** At which edges work is done; the same for all analyses. */
export function progressOf({ graph: { edges } }: Analyses): Progress {
  return { arrived: edges.map(hasArrived), completed: edges.map(completes) };
}

function canonicalEqualities({ graph: { workflow }, conditions }: Analyses): ReturnType<typeof equalities> {
  return equalities(workflow, conditions).map(({ step, to, from }) => ({
    step,
    to: canonical(to, step, workflow),
    from: canonical(from, step, workflow),
  }));
}

/** Solves `rules` for the data `carrying`, which are all that a label can reach. */
export function solve(
  analyses: Analyses,
  rules: TaintRules,
  carrying: ReadonlySet<string>,
): Solved & { behind(edge: FlowEdge): State | undefined } {
  const { graph } = analyses;
  const { workflow, root } = graph;
  const arrivals = analyses.derived(allArrivals);
  const plan = analyses.derived(planOf);
  const progress = analyses.derived(progressOf);
  const { order } = plan;
  const sentAt = ({ index }: FlowNode) => plan.sent[index] ?? [];
  const removals = graph.edges.map((edge) => removalsOn(edge, rules, analyses));
  const equal = rules.equated ? analyses.derived(canonicalEqualities) : nothing;
  const paths = new Set<DataPath>(carrying);
  for (const all of arrivals.values()) for (const { out } of all) if (carrying.has(rootOf(out))) paths.add(out);
  for (const all of removals) for (const { path } of all) if (carrying.has(rootOf(path))) paths.add(path);
  const cells = cellsOf(paths, workflow);
  const written = writesByNode(cells, arrivals, rules);
  const states = statesOf(cells.count, usedLabels(written, cells.pathOf, rules));
  const transfer = transferOf(cells, states, written, removals, equal, rules, progress);
  const declared = states.empty();
  for (const [cell, path] of cells.pathOf.entries()) states.write(declared, cell, rules.initial(path));
  const entries: (State | undefined)[] = new Array(graph.nodes.length).fill(undefined);
  for (const { index } of order) entries[index] = states.empty();
  entries[root.index]?.set(declared);
  const messagesTo = (node: FlowNode): readonly State[] =>
    sentAt(node).length === 0 ? nothing : sentAt(node).flatMap((sent) => behind(sent) ?? []);
  const changes = graph.edges.map(transfer.changes);
  const behind = (edge: FlowEdge): State | undefined => {
    const entry = entries[edge.from.index];
    if (!entry || !changes[edge.index]) return entry;
    return transfer.behind(edge, entry, messagesTo(edge.from));
  };
  const counts = countingEdges(plan, transfer);
  const last = order.filter((node) => node.out.length === 0 && node.step?.scope === undefined);
  const stored = noFacts(cells.count);
  for (const [cell, path] of cells.pathOf.entries())
    if (workflow.data.get(rootOf(path))?.fields.store) addFact(stored, cell);
  const dirty = new Uint8Array(graph.nodes.length);
  const mark = (edges: readonly FlowEdge[]) => {
    for (const { to } of edges) {
      dirty[to.index] = 1;
      // What a message brings is seen only behind the wait.
      if (to.kind === 'step' && to.step?.kind === 'wait') for (const after of to.out) dirty[after.to.index] = 1;
    }
  };
  for (const { index } of order) dirty[index] = 1;
  for (let more = true; more; ) {
    more = false;
    for (const node of order) {
      const entry = dirty[node.index] === 1 && node !== root ? entries[node.index] : undefined;
      dirty[node.index] = 0;
      if (!entry) continue;
      let changed = false;
      for (const edge of plan.arriving[node.index] ?? []) {
        const state = behind(edge);
        if (!state) continue;
        if (states.join(entry, state, counts(edge))) changed = true;
      }
      if (!changed) continue;
      mark(node.out);
      more = true;
    }
    const begin = entries[root.index];
    if (more || !begin) continue;
    // What a case leaves in a store is there when another begins.
    for (const { index } of last) {
      const left = entries[index];
      if (left && states.join(begin, left, stored)) more = true;
    }
    if (more) mark(root.out);
  }
  return {
    cells,
    states,
    transfer,
    entry: ({ index }) => entries[index],
    behind,
    cellBehind(edge, cell) {
      const entry = entries[edge.from.index];
      if (!entry) return 0;
      return changes[edge.index]
        ? transfer.cellBehind(edge, cell, entry, messagesTo(edge.from))
        : states.read(entry, cell);
    },
    hasArrived: ({ index }) => progress.arrived[index] === true,
    into: (node, cell) =>
      (plan.arriving[node.index] ?? []).filter((edge) => {
        const counted = counts(edge);
        return entries[edge.from.index] && (!counted || hasFact(counted, cell));
      }),
    sentTo: sentAt,
    root,
    last,
    declared,
  };
}

const nothing: readonly never[] = [];

/** Labels that anything has or brings. */
function usedLabels(written: readonly (readonly Written[])[], paths: readonly string[], rules: TaintRules): number {
  let labels = 0;
  for (const all of written) for (const { brings } of all) labels |= brings;
  for (const path of paths) labels |= rules.initial(path);
  return labels;
}

/** Data is of the whole case: a participant that a message wakes finds what was written before. */
function arriving({ kind, in: edges }: FlowNode): readonly FlowEdge[] {
  return kind === 'start' ? edges : edges.filter((edge) => edge.kind !== 'message');
}

/** The messages of this file that a node waits for. */
export function sentTo({ kind, step, in: edges }: FlowNode): readonly FlowEdge[] {
  if (kind !== 'step' || step?.kind !== 'wait') return nothing;
  return edges.filter((edge) => edge.kind === 'message' && edge.outcome === step.fields.until?.name);
}

function removalsOn(edge: FlowEdge, rules: TaintRules, { graph }: Analyses): readonly Removal[] {
  const removals = rules.removes?.(edge) ?? nothing;
  return removals.length === 0
    ? nothing
    : removals.map(({ path, labels }) => ({ path: canonical(path, edge.from.step, graph.workflow), labels }));
}

/**
 * For which cells an edge counts; undefined for all. Where branches meet, a branch beside one that certainly works on a
 * cell only holds what it was before.
 */
function countingEdges({ splits }: Plan, transfer: Transfer): (edge: FlowEdge) => FactSet | undefined {
  const known = new Map<FlowNode, ReadonlyMap<FlowEdge, FactSet>>();
  return (edge) => {
    const meeting = splits[edge.to.index] ?? nothing;
    if (meeting.length === 0) return undefined;
    // An edge that ends branches of two splits counts for the first.
    const counted =
      known.get(edge.to) ?? new Map([...meeting].reverse().flatMap((branches) => [...countedIn(branches, transfer)]));
    known.set(edge.to, counted);
    return counted.get(edge);
  };
}

function countedIn(branches: readonly Branch[], transfer: Transfer): ReadonlyMap<FlowEdge, FactSet> {
  const touched = branches.map(({ inside }) => transfer.touchedOn(inside));
  const worked = new Uint32Array(touched[0]?.length ?? 0);
  for (const [i, { arrives }] of branches.entries()) if (arrives) addFacts(worked, touched[i] ?? worked);
  return new Map(
    branches.flatMap(({ ends }, i) => {
      const counted = worked.map((bits, word) => (touched[i]?.[word] ?? 0) | ~bits);
      return ends.map((edge) => [edge, counted] as const);
    }),
  );
}

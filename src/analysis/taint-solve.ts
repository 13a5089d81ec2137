// The least fixpoint behind a taint analysis: labels of all data on entry to each node, joined until nothing changes.
import type { Analyses } from './analyses.ts';
import { type Arrival, arrivalsAt, canonical, hasArrived } from './arrivals.ts';
import { completes } from './completion.ts';
import { type DataPath, rootOf } from './data-paths.ts';
import { reversePostorder } from './dominators.ts';
import { equalities } from './equalities.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { type Meeting, meetingOf } from './parallel.ts';
import { cellsOf } from './taint-cells.ts';
import type { Removal, TaintRules } from './taint-rules.ts';
import { type State, statesOf } from './taint-state.ts';
import { type Progress, type Transfer, transferOf } from './taint-transfer.ts';
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

/** Solves `rules` for the data `carrying`, which are all that a label can reach. */
export function solve(
  analyses: Analyses,
  rules: TaintRules,
  carrying: ReadonlySet<string>,
): Solved & { behind(edge: FlowEdge): State | undefined } {
  const { graph, conditions } = analyses;
  const { workflow, root } = graph;
  const arrivals = analyses.derived(allArrivals);
  const plan = analyses.derived(planOf);
  const progress = analyses.derived(progressOf);
  const { order } = plan;
  const sentAt = ({ index }: FlowNode) => plan.sent[index] ?? [];
  const removals = graph.edges.map((edge) => removalsOn(edge, rules, analyses));
  const equal = (rules.equated ? equalities(workflow, conditions) : []).map(({ step, to, from }) => ({
    step,
    to: canonical(to, step, workflow),
    from: canonical(from, step, workflow),
  }));
  const paths = new Set<DataPath>(carrying);
  for (const all of arrivals.values()) for (const { out } of all) if (carrying.has(rootOf(out))) paths.add(out);
  for (const all of removals) for (const { path } of all) if (carrying.has(rootOf(path))) paths.add(path);
  const cells = cellsOf(paths, workflow);
  const states = statesOf(cells.count, usedLabels(arrivals, cells.pathOf, rules));
  const transfer = transferOf(cells, states, arrivals, removals, equal, rules, progress);
  const declared = states.empty();
  for (const [cell, path] of cells.pathOf.entries()) states.write(declared, cell, rules.initial(path));
  const entries: (State | undefined)[] = new Array(graph.nodes.length).fill(undefined);
  for (const { index } of order) entries[index] = states.empty();
  entries[root.index]?.set(declared);
  const messagesTo = (node: FlowNode): readonly State[] =>
    sentAt(node).length === 0 ? nothing : sentAt(node).flatMap((sent) => behind(sent) ?? []);
  const behind = (edge: FlowEdge): State | undefined => {
    const entry = entries[edge.from.index];
    if (!entry || !transfer.changes(edge)) return entry;
    return transfer.behind(edge, entry, messagesTo(edge.from));
  };
  const counts = countingEdges(plan, transfer);
  const last = order.filter((node) => node.out.length === 0 && node.step?.scope === undefined);
  const isStored = (cell: number) => workflow.data.get(rootOf(cells.pathOf[cell] ?? ''))?.fields.store !== undefined;
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
      const meets = (plan.splits[node.index]?.length ?? 0) > 0;
      let changed = false;
      for (const edge of plan.arriving[node.index] ?? []) {
        const state = behind(edge);
        if (!state) continue;
        const allows = meets ? (cell: number) => counts(node, edge, cell) : undefined;
        if (states.join(entry, state, allows)) changed = true;
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
      if (left && states.join(begin, left, isStored)) more = true;
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
      return transfer.changes(edge)
        ? transfer.cellBehind(edge, cell, entry, messagesTo(edge.from))
        : states.read(entry, cell);
    },
    hasArrived: ({ index }) => progress.arrived[index] === true,
    into: (node, cell) =>
      (plan.arriving[node.index] ?? []).filter((edge) => entries[edge.from.index] && counts(node, edge, cell)),
    sentTo: sentAt,
    root,
    last,
    declared,
  };
}

const nothing: readonly never[] = [];

/** Labels that anything has or brings. */
function usedLabels(
  arrivals: ReadonlyMap<FlowNode, readonly Arrival[]>,
  paths: readonly string[],
  rules: TaintRules,
): number {
  let labels = 0;
  for (const all of arrivals.values()) for (const arrival of all) labels |= rules.brings(arrival);
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

/** Whether an edge counts for a cell: a branch beside one that works on it only holds what it was before. */
function countingEdges({ splits: meetings }: Plan, transfer: Transfer) {
  const known = new Map<readonly FlowEdge[], Uint8Array>();
  const touches = (inside: readonly FlowEdge[], cell: number) => {
    const touched = known.get(inside) ?? transfer.touchedOn(inside);
    known.set(inside, touched);
    return touched[cell] === 1;
  };
  return (node: FlowNode, edge: FlowEdge, cell: number): boolean => {
    const splits = meetings[node.index] ?? [];
    if (splits.length === 0) return true;
    const branches = splits.find((group) => group.some(({ ends }) => ends.includes(edge)));
    const own = branches?.find(({ ends }) => ends.includes(edge));
    if (!branches || !own || touches(own.inside, cell)) return true;
    return !branches.some(({ arrives, inside }) => arrives && touches(inside, cell));
  };
}

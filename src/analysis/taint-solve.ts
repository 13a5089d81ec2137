// The least fixpoint behind a taint analysis: labels of all data on entry to each node, joined until nothing changes.
import type { Analyses } from './analyses.ts';
import { completes } from './approvals.ts';
import { type Arrival, arrivalsAt, canonical, hasArrived } from './arrivals.ts';
import { rootOf } from './data-paths.ts';
import { reversePostorder } from './dominators.ts';
import { equalities } from './equalities.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { meetingOf } from './parallel.ts';
import { cellsOf } from './taint-cells.ts';
import type { Removal, TaintRules } from './taint-rules.ts';
import { type State, statesOf } from './taint-state.ts';
import { type Progress, type Transfer, transferOf } from './taint-transfer.ts';
import type { Solved } from './taint-witness.ts';

/** Everything that gets into data, by node; the same for all analyses. */
export function allArrivals({ graph }: Analyses): ReadonlyMap<FlowNode, readonly Arrival[]> {
  return new Map(graph.nodes.map((node) => [node, arrivalsAt(node, graph.workflow)]));
}

/** How work comes together at each node; the same for all analyses. */
function allMeetings({ graph, dominators }: Analyses) {
  return new Map(graph.nodes.map((node) => [node, meetingOf(node, graph, dominators)]));
}

/** At which edges work is done; the same for all analyses. */
export function progressOf({ graph: { edges } }: Analyses): Progress {
  return { arrived: new Set(edges.filter(hasArrived)), completed: new Set(edges.filter(completes)) };
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
  const removals = new Map(graph.edges.map((edge) => [edge, removalsOn(edge, rules, analyses)]));
  const equal = (rules.equated ? equalities(workflow, conditions) : []).map(({ step, to, from }) => ({
    step,
    to: canonical(to, step, workflow),
    from: canonical(from, step, workflow),
  }));
  const named = [...arrivals.values()].flat().map(({ out }) => out);
  const judged = [...removals.values()].flat().map(({ path }) => path);
  const cells = cellsOf([...carrying, ...[...named, ...judged].filter((path) => carrying.has(rootOf(path)))], workflow);
  const progress = analyses.derived(progressOf);
  const states = statesOf(cells.count, usedLabels(arrivals, cells.pathOf, rules));
  const transfer = transferOf(cells, states, arrivals, removals, equal, rules, progress);
  const order = reversePostorder(root);
  const declared = states.empty();
  for (const [cell, path] of cells.pathOf.entries()) states.write(declared, cell, rules.initial(path));
  const entries = new Map<FlowNode, State>(order.map((node) => [node, states.empty()]));
  entries.get(root)?.set(declared);
  const behind = (edge: FlowEdge): State | undefined => {
    const entry = entries.get(edge.from);
    return (
      entry &&
      transfer.behind(
        edge,
        entry,
        sentTo(edge.from).flatMap((sent) => behind(sent) ?? []),
      )
    );
  };
  const counts = countingEdges(analyses, transfer);
  const last = order.filter((node) => node.out.length === 0 && node.step?.scope === undefined);
  const isStored = (cell: number) => workflow.data.get(rootOf(cells.pathOf[cell] ?? ''))?.fields.store !== undefined;
  const splits = analyses.derived(allMeetings);
  const dirty = new Set<FlowNode>();
  const mark = (node: FlowNode) => {
    dirty.add(node);
    // What a message brings is seen only behind the wait.
    if (node.kind === 'step' && node.step?.kind === 'wait') for (const edge of node.out) dirty.add(edge.to);
  };
  const merge = (into: State, from: State | undefined, allows?: (cell: number) => boolean) =>
    from !== undefined && states.join(into, from, allows);
  for (const node of order) mark(node);
  while (dirty.size > 0) {
    for (const node of order) {
      const entry = dirty.delete(node) && node !== root ? entries.get(node) : undefined;
      if (!entry) continue;
      const meets = (splits.get(node)?.splits.length ?? 0) > 0;
      let changed = false;
      for (const edge of arriving(node)) {
        const allows = meets ? (cell: number) => counts(node, edge, cell) : undefined;
        if (merge(entry, behind(edge), allows)) changed = true;
      }
      if (changed) for (const edge of node.out) mark(edge.to);
    }
    const begin = entries.get(root);
    if (dirty.size > 0 || !begin) continue;
    // What a case leaves in a store is there when another begins.
    const left = last.filter((node) => merge(begin, entries.get(node), isStored));
    if (left.length > 0) for (const edge of root.out) mark(edge.to);
  }
  const into = (node: FlowNode, cell: number) =>
    arriving(node).filter((edge) => entries.has(edge.from) && counts(node, edge, cell));
  return {
    cells,
    states,
    transfer,
    entry: (node) => entries.get(node),
    behind,
    cellBehind(edge, cell) {
      const entry = entries.get(edge.from);
      const sent = entry ? sentTo(edge.from).flatMap((message) => behind(message) ?? []) : [];
      return entry ? transfer.cellBehind(edge, cell, entry, sent) : 0;
    },
    hasArrived: (edge) => progress.arrived.has(edge),
    into,
    sentTo,
    root,
    last,
    declared,
  };
}

/** Labels that anything has or brings. */
function usedLabels(
  arrivals: ReadonlyMap<FlowNode, readonly Arrival[]>,
  paths: readonly string[],
  rules: TaintRules,
): number {
  const brought = [...arrivals.values()].flat().reduce((labels, arrival) => labels | rules.brings(arrival), 0);
  return paths.reduce((labels, path) => labels | rules.initial(path), brought);
}

/** Data is of the whole case: a participant that a message wakes finds what was written before. */
function arriving({ kind, in: edges }: FlowNode): readonly FlowEdge[] {
  return kind === 'start' ? edges : edges.filter((edge) => edge.kind !== 'message');
}

/** The messages of this file that a node waits for. */
export function sentTo({ kind, step, in: edges }: FlowNode): readonly FlowEdge[] {
  if (kind !== 'step' || step?.kind !== 'wait') return [];
  return edges.filter((edge) => edge.kind === 'message' && edge.outcome === step.fields.until?.name);
}

function removalsOn(edge: FlowEdge, rules: TaintRules, { graph }: Analyses): readonly Removal[] {
  const removals = rules.removes?.(edge) ?? [];
  return removals.map(({ path, labels }) => ({ path: canonical(path, edge.from.step, graph.workflow), labels }));
}

/** Whether an edge counts for a cell: a branch beside one that works on it only holds what it was before. */
function countingEdges(analyses: Analyses, transfer: Transfer) {
  const meetings = analyses.derived(allMeetings);
  const known = new Map<readonly FlowEdge[], Uint8Array>();
  const touches = (inside: readonly FlowEdge[], cell: number) => {
    const touched = known.get(inside) ?? transfer.touchedOn(inside);
    known.set(inside, touched);
    return touched[cell] === 1;
  };
  return (node: FlowNode, edge: FlowEdge, cell: number): boolean => {
    const splits = meetings.get(node)?.splits ?? [];
    if (splits.length === 0) return true;
    const branches = splits.find((group) => group.some(({ ends }) => ends.includes(edge)));
    const own = branches?.find(({ ends }) => ends.includes(edge));
    if (!branches || !own || touches(own.inside, cell)) return true;
    return !branches.some(({ arrives, inside }) => arrives && touches(inside, cell));
  };
}

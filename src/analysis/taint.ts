// May-analysis of data: which labels (made by an AI, not to be trusted, personal, …) data can carry at each node.
import type { Analyses } from './analyses.ts';
import { type Arrival, arrivalsAt, canonical, hasArrived } from './arrivals.ts';
import { type DataPath, rootOf } from './data-paths.ts';
import { reversePostorder } from './dominators.ts';
import { equalities } from './equalities.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { meetingOf } from './parallel.ts';
import { cellsOf } from './taint-cells.ts';
import type { Labels, Removal, TaintRules } from './taint-rules.ts';
import { type State, type Transfer, transferOf } from './taint-transfer.ts';
import { type Solved, type TaintPath, taintPath } from './taint-witness.ts';

/** Which labels are where. `path` may name the element of a `for-each` around the node. */
export interface Taint {
  /** On entry to `node`. */
  at(node: FlowNode, path: DataPath): Labels;
  /** At work in `node`, its own writes and what its outcome says of them included: what its effects get. */
  within(node: FlowNode, path: DataPath): Labels;
  /** Behind `edge`. */
  along(edge: FlowEdge, path: DataPath): Labels;
  /** What gets into data at `node`, and with which labels; only what a label can reach. */
  arrivals(node: FlowNode): readonly { readonly arrival: Arrival; readonly labels: Labels }[];
  /** A shortest path on which one of `labels` comes from where it arose to `path`, on entry to `node` or within it. */
  pathTo(node: FlowNode, path: DataPath, labels: Labels, where: 'at' | 'within'): TaintPath | undefined;
}

/**
 * Labels of data on entry to each node over all edges, as in Denning, "A lattice model of secure information flow" (CACM
 * 1976), and Sabelfeld and Myers, "Language-based information-flow security" (IEEE JSAC 2003): what is written takes over
 * the labels of what it is made of. Least fixpoint of a distributive framework (Kildall, POPL 1973); its paths are those
 * of the exploded graph of Reps, Horwitz and Sagiv (POPL 1995). O(edges × data); only data that a label can reach counts.
 *
 * Where parallel branches meet, data that some branch certainly works on is what the branches that touch it made of it.
 * Data with a `store` outlives the case: what a case leaves in it is there when another begins.
 */
export function taintOf(analyses: Analyses, rules: TaintRules): Taint {
  const solved = solve(analyses, rules);
  const { workflow } = analyses.graph;
  const { cells, transfer } = solved;
  const labelsIn = (state: State | undefined, path: DataPath) =>
    state ? cells.read(path).reduce((labels, cell) => labels | (state[cell] ?? 0), 0) : 0;
  const named = (path: DataPath, { step }: FlowNode) => canonical(path, step, workflow);
  const sentTo = (node: FlowNode) => solved.sentTo(node).flatMap((edge) => solved.behind(edge) ?? []);
  return {
    at: (node, path) => labelsIn(solved.entry(node), named(path, node)),
    within(node, path) {
      const entry = solved.entry(node);
      if (!entry) return 0;
      const states = endings(node).flatMap((edge) => solved.behind(edge) ?? []);
      const found = states.length > 0 ? states : [transfer.worked(node, entry, sentTo(node))];
      return found.map((state) => labelsIn(state, named(path, node))).reduce((a, b) => a & b);
    },
    along: (edge, path) => labelsIn(solved.behind(edge), named(path, edge.from)),
    arrivals(node) {
      const entry = solved.entry(node);
      if (!entry) return [];
      const ends = endings(node);
      const sent = sentTo(node);
      return transfer.writtenAt(node).map((written) => {
        const found = (ends.length > 0 ? ends : [undefined]).map((edge) =>
          transfer.labelsOf(written, edge, entry, sent),
        );
        return { arrival: written.arrival, labels: found.reduce((a, b) => a & b) };
      });
    },
    pathTo: (node, path, labels, where) => taintPath(solved, node, named(path, node), labels, where),
  };
}

/** Edges behind which the work of a node is done. */
function endings(node: FlowNode): readonly FlowEdge[] {
  return node.out.filter((edge) => hasArrived(edge) && edge.kind !== 'message');
}

/** Everything that gets into data, by node; the same for all analyses. */
function allArrivals({ graph }: Analyses): ReadonlyMap<FlowNode, readonly Arrival[]> {
  return new Map(graph.nodes.map((node) => [node, arrivalsAt(node, graph.workflow)]));
}

/** How work comes together at each node; the same for all analyses. */
function allMeetings({ graph, dominators }: Analyses) {
  return new Map(graph.nodes.map((node) => [node, meetingOf(node, graph, dominators)]));
}

function solve(analyses: Analyses, rules: TaintRules): Solved {
  const { graph, conditions } = analyses;
  const { workflow, root } = graph;
  const arrivals = analyses.derived(allArrivals);
  const removals = new Map(graph.edges.map((edge) => [edge, removalsOn(edge, rules, analyses)]));
  const equal = (rules.equated ? equalities(workflow, conditions) : []).map(({ step, to, from }) => ({
    step,
    to: canonical(to, step, workflow),
    from: canonical(from, step, workflow),
  }));
  const cells = cellsOf(carriers(arrivals, removals, rules, analyses), workflow);
  const transfer = transferOf(cells, arrivals, removals, equal, rules);
  const declared = Uint32Array.from(cells.pathOf, (path) => rules.initial(path));
  const order = reversePostorder(root);
  const entries = new Map<FlowNode, State>(order.map((node) => [node, new Uint32Array(cells.count)]));
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
  const stored = [...cells.pathOf.keys()].filter(
    (cell) => workflow.data.get(rootOf(cells.pathOf[cell] ?? ''))?.fields.store,
  );

  const dirty = new Set<FlowNode>();
  const mark = (node: FlowNode) => {
    dirty.add(node);
    // What a message brings is seen only behind the wait.
    if (node.kind === 'step' && node.step?.kind === 'wait') for (const edge of node.out) dirty.add(edge.to);
  };
  if (cells.count > 0) for (const node of order) mark(node);
  while (dirty.size > 0) {
    for (const node of order) {
      const entry = dirty.delete(node) ? entries.get(node) : undefined;
      const edges = node === root ? [] : arriving(node).filter(({ from }) => entries.has(from));
      const changed = entry && edges.filter((edge) => merge(entry, behind(edge), (cell) => counts(node, edge, cell)));
      if (changed && changed.length > 0) for (const edge of node.out) mark(edge.to);
    }
    const begin = entries.get(root);
    if (dirty.size > 0 || !begin) continue;
    const left = last.filter((node) => merge(begin, entries.get(node), undefined, stored));
    if (left.length > 0) for (const edge of root.out) mark(edge.to);
  }
  const into = (node: FlowNode, cell: number) =>
    arriving(node).filter((edge) => entries.has(edge.from) && counts(node, edge, cell));
  return { cells, transfer, entry: (node) => entries.get(node), behind, into, sentTo, root, last, declared };
}

/** Puts the labels of `state` into `entry`; true where that changes it. */
function merge(
  entry: State,
  state: State | undefined,
  counts: (cell: number) => boolean = () => true,
  of: readonly number[] | undefined = undefined,
): boolean {
  let changed = false;
  const put = (cell: number) => {
    const known = entry[cell] ?? 0;
    const labels = state?.[cell] ?? 0;
    if ((labels & ~known) === 0 || !counts(cell)) return;
    entry[cell] = known | labels;
    changed = true;
  };
  if (of) for (const cell of of) put(cell);
  else for (let cell = 0; cell < entry.length; cell++) put(cell);
  return changed;
}

/** Data is of the whole case: a participant that a message wakes finds what was written before. */
function arriving({ kind, in: edges }: FlowNode): readonly FlowEdge[] {
  return kind === 'start' ? edges : edges.filter((edge) => edge.kind !== 'message');
}

/** The messages of this file that a node waits for. */
function sentTo({ kind, step, in: edges }: FlowNode): readonly FlowEdge[] {
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

/** Data that a label can reach, with the fields by which it is written or judged. */
function carriers(
  arrivals: ReadonlyMap<FlowNode, readonly Arrival[]>,
  removals: ReadonlyMap<FlowEdge, readonly Removal[]>,
  rules: TaintRules,
  { graph }: Analyses,
): readonly DataPath[] {
  const all = [...arrivals.values()].flat();
  const madeOf = new Map<string, Set<string>>();
  for (const { out, from } of all) {
    for (const source of from) {
      const known = madeOf.get(rootOf(source)) ?? new Set();
      madeOf.set(rootOf(source), known.add(rootOf(out)));
    }
  }
  const roots = new Set([...all.map(({ out }) => rootOf(out)), ...graph.workflow.data.keys()]);
  const reached = new Set([...roots].filter((root) => rules.initial(root) !== 0));
  for (const arrival of all) if (rules.brings(arrival) !== 0) reached.add(rootOf(arrival.out));
  for (const root of reached) for (const made of madeOf.get(root) ?? []) reached.add(made);
  const named = [...all.map(({ out }) => out), ...[...removals.values()].flat().map(({ path }) => path)];
  return [...reached, ...named.filter((path) => reached.has(rootOf(path)))];
}

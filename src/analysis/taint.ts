// May-analysis of data: which labels (made by an AI, not to be trusted, personal, …) data can carry at each node.
import type { Analyses } from './analyses.ts';
import { type Arrival, canonical } from './arrivals.ts';
import { type DataPath, rootOf } from './data-paths.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import type { Labels, TaintRules } from './taint-rules.ts';
import { allArrivals, progressOf, sentTo, solve } from './taint-solve.ts';
import { type TaintPath, taintPath } from './taint-witness.ts';

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
  const carrying = carriers(analyses, rules);
  if (carrying.size === 0) return nothing;
  const solved = solve(analyses, rules, carrying);
  const { workflow } = analyses.graph;
  const { cells, states, transfer } = solved;
  const { arrived } = analyses.derived(progressOf);
  const named = (path: DataPath, { step }: FlowNode) => cells.read(canonical(path, step, workflow));
  const united = (all: readonly number[], labelsOf: (cell: number) => Labels) =>
    all.reduce((labels, cell) => labels | labelsOf(cell), 0);
  /** Edges behind which the work of a node is done. */
  const endings = (node: FlowNode) => node.out.filter((edge) => arrived[edge.index] && edge.kind !== 'message');
  const sent = (node: FlowNode) => sentTo(node).flatMap((edge) => solved.behind(edge) ?? []);
  return {
    at(node, path) {
      const entry = solved.entry(node);
      return entry ? united(named(path, node), (cell) => states.read(entry, cell)) : 0;
    },
    within(node, path) {
      const entry = solved.entry(node);
      const all = named(path, node);
      if (!entry || all.length === 0) return 0;
      const ends = endings(node).map((edge) => united(all, (cell) => solved.cellBehind(edge, cell)));
      if (ends.length > 0) return ends.reduce((a, b) => a & b);
      const state = transfer.worked(node, entry, sent(node));
      return united(all, (cell) => states.read(state, cell));
    },
    along: (edge, path) => united(named(path, edge.from), (cell) => solved.cellBehind(edge, cell)),
    arrivals(node) {
      const entry = solved.entry(node);
      if (!entry) return [];
      const ends: readonly (FlowEdge | undefined)[] = endings(node);
      const messages = sent(node);
      return transfer.writtenAt(node).map((written) => {
        const found = (ends.length > 0 ? ends : [undefined]).map((edge) =>
          transfer.labelsOf(written, edge, entry, messages),
        );
        return { arrival: written.arrival, labels: found.reduce((a, b) => a & b) };
      });
    },
    pathTo: (node, path, labels, where) => taintPath(solved, node, canonical(path, node.step, workflow), labels, where),
  };
}

/** Where there is nothing to follow. */
const nothing: Taint = { at: () => 0, within: () => 0, along: () => 0, arrivals: () => [], pathTo: () => undefined };

/** Data that a label can reach. */
function carriers(analyses: Analyses, rules: TaintRules): ReadonlySet<string> {
  const { all, roots } = analyses.derived(arrivingData);
  const reached = new Set<string>();
  for (const root of roots) if (rules.initial(root) !== 0) reached.add(root);
  for (const arrival of all) if (rules.brings(arrival) !== 0) reached.add(rootOf(arrival.out));
  if (reached.size === 0) return reached;
  const madeOf = analyses.derived(rootsMadeOf);
  for (const root of reached) for (const made of madeOf.get(root) ?? []) reached.add(made);
  return reached;
}

/** Everything that gets into data, and the ids of all data there is. */
function arrivingData(analyses: Analyses): { readonly all: readonly Arrival[]; readonly roots: ReadonlySet<string> } {
  const all = [...analyses.derived(allArrivals).values()].flat();
  return { all, roots: new Set([...all.map(({ out }) => rootOf(out)), ...analyses.graph.workflow.data.keys()]) };
}

/** What is made of which data, by the ids of both. */
function rootsMadeOf(analyses: Analyses): ReadonlyMap<string, ReadonlySet<string>> {
  const madeOf = new Map<string, Set<string>>();
  for (const { out, from } of analyses.derived(arrivingData).all) {
    for (const source of from) {
      const known = madeOf.get(rootOf(source)) ?? new Set();
      madeOf.set(rootOf(source), known.add(rootOf(out)));
    }
  }
  return madeOf;
}

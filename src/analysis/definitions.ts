// Which data is there, whatever path a case takes: written, given, brought or returned on every way to a node.
import type { Analyses } from './analyses.ts';
import { type DataPath, includes, overlap, rootOf } from './data-paths.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';
import { type MustFacts, maxFacts, mustFacts } from './must-facts.ts';
import { type Provisions, provisionsOf } from './provisions.ts';
import { factsWhenDone, type ParallelScope, parallelScopes } from './scope-completion.ts';

/** What holds of the paths that were asked for. */
export interface Definitions {
  /** `path` is there on entry to `node` on all paths; false for one that was not asked for. */
  holdsAt(path: DataPath, node: FlowNode): boolean;
  /** It is there on all paths that take `edge`. */
  holdsAlong(path: DataPath, edge: FlowEdge): boolean;
  /** A shortest path to `goal` on which it is missing; undefined where it is there on all. */
  pathWithout(path: DataPath, goal: FlowNode): readonly FlowEdge[] | undefined;
}

/**
 * Definite assignment (Gosling, Joy, Steele, "The Java Language Specification", chapter 16) over the flow graph: a
 * must-define problem for `mustFacts`, 30 paths at a time. Data is there when it, what it belongs to, or a part of it was
 * provided. What a node in `uses` needs counts as there behind it, so that one gap is found once, where it is met first.
 */
export function definitionsOf(
  paths: Iterable<DataPath>,
  uses: ReadonlyMap<FlowNode, readonly DataPath[]>,
  analyses: Analyses,
): Definitions {
  const { graph, dominators } = analyses;
  const provisions = analyses.derived(provisionsOf);
  const scopes = analyses.derived(parallelScopes);
  const known = new Map<DataPath, Decided>();
  for (const chunk of chunksOf([...new Set(paths)])) {
    const { made, lost } = bitsOf(chunk, uses, provisions, scopes, analyses);
    const facts = mustFacts(
      graph,
      dominators,
      ({ index }, entry) => ((entry & ~(lost[index] ?? 0)) | (made[index] ?? 0)) >>> 0,
    );
    for (const [i, path] of chunk.entries()) known.set(path, { facts, made, lost, bit: 2 ** i });
  }
  const holdsAt: Definitions['holdsAt'] = (path, node) => {
    const found = known.get(path);
    return found !== undefined && (found.facts.at(node) & found.bit) !== 0;
  };
  const holdsAlong: Definitions['holdsAlong'] = (path, edge) => {
    const found = known.get(path);
    return found !== undefined && (found.facts.along(edge) & found.bit) !== 0;
  };
  const searches = new Map<DataPath, Search>();
  return {
    holdsAt,
    holdsAlong,
    pathWithout(path, goal) {
      const found = known.get(path);
      if (!found) return undefined;
      const search = searches.get(path) ?? newSearch(graph);
      searches.set(path, search);
      return pathIn(search, found, graph.nodes, goal);
    },
  };
}

interface Decided {
  readonly facts: MustFacts;
  /** By the index of an edge. */
  readonly made: readonly number[];
  readonly lost: readonly number[];
  readonly bit: number;
}

function chunksOf(paths: readonly DataPath[]): readonly (readonly DataPath[])[] {
  return Array.from({ length: Math.ceil(paths.length / maxFacts) }, (_, i) =>
    paths.slice(i * maxFacts, (i + 1) * maxFacts),
  );
}

/** The bits of a chunk that each edge makes and loses. */
function bitsOf(
  chunk: readonly DataPath[],
  uses: ReadonlyMap<FlowNode, readonly DataPath[]>,
  provisions: Provisions,
  scopes: readonly ParallelScope[],
  { graph }: Analyses,
): { readonly made: readonly number[]; readonly lost: readonly number[] } {
  const byRoot = new Map<string, { path: DataPath; bit: number }[]>();
  for (const [i, path] of chunk.entries()) {
    const root = rootOf(path);
    byRoot.set(root, [...(byRoot.get(root) ?? []), { path, bit: 2 ** i }]);
  }
  const bitsWhere = (named: readonly DataPath[], fits: (named: DataPath, path: DataPath) => boolean) =>
    named.reduce(
      (bits, name) =>
        (byRoot.get(rootOf(name)) ?? []).reduce((all, { path, bit }) => (fits(name, path) ? all | bit : all), bits),
      0,
    );
  const used = new Map([...uses].map(([node, named]) => [node, bitsWhere(named, overlap)]));
  const made = graph.edges.map(({ index, from }) => {
    const provided = provisions.made[index] ?? [];
    return provided === 'anything' ? 2 ** chunk.length - 1 : bitsWhere(provided, overlap) | (used.get(from) ?? 0);
  });
  const lost = graph.edges.map(({ index }) => bitsWhere(provisions.deleted[index] ?? [], includes));
  // Inner scopes come first, so what they bring counts in the branches of outer ones.
  for (const scope of scopes) {
    const bits = factsWhenDone(scope, made, lost);
    for (const { index } of bits === 0 ? [] : scope.exit.out) made[index] = (made[index] ?? 0) | bits;
  }
  return { made, lost };
}

/**
 * A breadth-first search over nodes and whether the data is there, that goes on where the last question left it.
 * O(edges) for each path of data. State 2·i is node i without it, 2·i + 1 with it.
 */
interface Search {
  readonly queue: number[];
  /** How many states of the queue are done. */
  done: number;
  readonly cameBy: (FlowEdge | undefined)[];
  readonly before: number[];
}

function newSearch({ root, nodes }: FlowGraph): Search {
  const before: number[] = new Array(2 * nodes.length).fill(unseen);
  before[2 * root.index] = first;
  return { queue: [2 * root.index], done: 0, cameBy: [], before };
}

const unseen = -2;
const first = -1;

function pathIn(search: Search, { facts, made, lost, bit }: Decided, nodes: readonly FlowNode[], goal: FlowNode) {
  const { queue, cameBy, before } = search;
  const wanted = 2 * goal.index;
  while (before[wanted] === unseen && search.done < queue.length) {
    const state = queue[search.done++] ?? 0;
    for (const edge of nodes[state >> 1]?.out ?? []) {
      if (edge.kind === 'message' && edge.to.kind !== 'start') continue;
      const isMade = ((made[edge.index] ?? 0) & bit) !== 0;
      const isKept = (state & 1) === 1 && ((lost[edge.index] ?? 0) & bit) === 0;
      // At a join, and where a message of this file ends a wait, more is there than this path alone has brought.
      const isBrought = edge.from.step?.kind === 'wait' && (facts.along(edge) & bit) !== 0;
      const isThere = isMade || isKept || isBrought || (facts.at(edge.to) & bit) !== 0;
      const next = 2 * edge.to.index + (isThere ? 1 : 0);
      if (before[next] !== unseen) continue;
      before[next] = state;
      cameBy[next] = edge;
      queue.push(next);
    }
  }
  if (before[wanted] === unseen) return undefined;
  const edges: FlowEdge[] = [];
  for (let state = wanted; state >= 0; state = before[state] ?? first) {
    const edge = cameBy[state];
    if (edge) edges.push(edge);
  }
  return edges.reverse();
}

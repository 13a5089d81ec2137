// Which data is there, whatever path a case takes: written, given, brought or returned on every way to a node.
import type { Analyses } from './analyses.ts';
import { type DataPath, includes, overlap, rootOf } from './data-paths.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';
import { maxFacts } from './must-facts.ts';
import { type OutcomeFacts, outcomeFacts } from './outcome-facts.ts';
import { type Provisions, provisionsOf } from './provisions.ts';
import { endingBy, goesOn } from './scope-completion.ts';

/** What holds of the paths that were asked for. */
export interface Definitions {
  /** `path` is there on entry to `node` on all paths; false for one that was not asked for. */
  holdsAt(path: DataPath, node: FlowNode): boolean;
  /** It is there on all paths that leave the node of `edge` by it, before the work of that node counts. */
  holdsBefore(path: DataPath, edge: FlowEdge): boolean;
  /** It is there on all paths that take `edge`. */
  holdsAlong(path: DataPath, edge: FlowEdge): boolean;
  /** A shortest path to `goal`, to leave it `by` an edge, on which it is missing; undefined where it is there on all. */
  pathWithout(path: DataPath, goal: FlowNode, by?: FlowEdge): readonly FlowEdge[] | undefined;
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
  const { graph } = analyses;
  const provisions = analyses.derived(provisionsOf);
  const known = new Map<DataPath, Decided>();
  for (const chunk of chunksOf([...new Set(paths)])) {
    const bits = bitsOf(chunk, uses, provisions, graph);
    const decided = outcomeFacts(analyses, bits.made, bits.lost, 2 ** chunk.length - 1);
    for (const [i, path] of chunk.entries()) known.set(path, { ...decided, lost: bits.lost, bit: 2 ** i });
  }
  const holdsAt: Definitions['holdsAt'] = (path, node) => {
    const found = known.get(path);
    return found !== undefined && (found.facts.at(node) & found.bit) !== 0;
  };
  const holdsBefore: Definitions['holdsBefore'] = (path, edge) => {
    const found = known.get(path);
    return holdsAt(path, edge.from) || (found !== undefined && ((found.ended[edge.index] ?? 0) & found.bit) !== 0);
  };
  const holdsAlong: Definitions['holdsAlong'] = (path, edge) => {
    const found = known.get(path);
    return found !== undefined && (found.facts.along(edge) & found.bit) !== 0;
  };
  const searches = new Map<DataPath, Search>();
  return {
    holdsAt,
    holdsBefore,
    holdsAlong,
    pathWithout(path, goal, by) {
      const found = known.get(path);
      if (!found) return undefined;
      const search = searches.get(path) ?? newSearch(graph);
      searches.set(path, search);
      return pathIn(search, found, graph.nodes, goal, by);
    },
  };
}

interface Decided extends OutcomeFacts {
  /** By the index of an edge. */
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
  graph: FlowGraph,
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
  return { made, lost };
}

/**
 * A breadth-first search over nodes and whether the data is there, that goes on where the last question left it.
 * O(edges) for each path of data. A state is a node, with or without the data; at the end of a scope also how it ended.
 */
interface Search {
  readonly queue: number[];
  /** How many states of the queue are done. */
  done: number;
  readonly cameBy: (FlowEdge | undefined)[];
  readonly before: number[];
}

function newSearch({ root, nodes }: FlowGraph): Search {
  const before: number[] = new Array(width * nodes.length).fill(unseen);
  before[width * root.index] = first;
  return { queue: [width * root.index], done: 0, cameBy: [], before };
}

const unseen = -2;
const first = -1;

/** Ways to come to a node; only the end of a scope has more than one. */
const arrivals: readonly (string | undefined)[] = [undefined, 'completed', 'rejected', 'cancelled', 'failed', 'error'];
/** States of a node: each arrival without and with the data. */
const width = 2 * arrivals.length;

function pathIn(
  search: Search,
  { facts, made, lost, bit }: Decided,
  nodes: readonly FlowNode[],
  goal: FlowNode,
  by: FlowEdge | undefined,
): readonly FlowEdge[] | undefined {
  const { queue, cameBy, before } = search;
  const goals = arrivals.flatMap((arrival, i) => (by && !goesOn(arrival, by) ? [] : [width * goal.index + 2 * i]));
  const reached = () => goals.find((state) => before[state] !== unseen);
  let found = reached();
  while (found === undefined && search.done < queue.length) {
    const state = queue[search.done++] ?? 0;
    const node = nodes[Math.floor(state / width)];
    const arrival = arrivals[(state % width) >> 1];
    for (const edge of node?.out ?? []) {
      if ((edge.kind === 'message' && edge.to.kind !== 'start') || !goesOn(arrival, edge)) continue;
      const isMade = ((made[edge.index] ?? 0) & bit) !== 0;
      const isKept = state % 2 === 1 && ((lost[edge.index] ?? 0) & bit) === 0;
      // At a join, and where a message of this file ends a wait, more is there than this path alone has brought.
      const isBrought = edge.from.step?.kind === 'wait' && (facts.along(edge) & bit) !== 0;
      const isThere = isMade || isKept || isBrought || (facts.at(edge.to) & bit) !== 0;
      const next = width * edge.to.index + 2 * arrivals.indexOf(endingBy(edge)) + (isThere ? 1 : 0);
      if (before[next] !== unseen) continue;
      before[next] = state;
      cameBy[next] = edge;
      queue.push(next);
    }
    found = reached();
  }
  if (found === undefined) return undefined;
  const edges: FlowEdge[] = [];
  for (let state = found; state >= 0; state = before[state] ?? first) {
    const edge = cameBy[state];
    if (edge) edges.push(edge);
  }
  return edges.reverse();
}

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
  const searched = new Map<DataPath, readonly (State | undefined)[]>();
  return {
    holdsAt,
    holdsAlong,
    pathWithout(path, goal) {
      const found = known.get(path);
      if (!found) return undefined;
      const first = searched.get(path) ?? statesWithout(found, graph);
      searched.set(path, first);
      const state = first[goal.index];
      return state && edgesTo(state);
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

interface State {
  readonly node: FlowNode;
  readonly held: boolean;
  readonly edge: FlowEdge | undefined;
  readonly before: State | undefined;
}

/**
 * Breadth-first search over nodes and whether the data is there: by the index of a node, the first arrival without it.
 * O(edges), once for each path of data.
 */
function statesWithout(
  { facts, made, lost, bit }: Decided,
  { root, nodes }: FlowGraph,
): readonly (State | undefined)[] {
  const without: (State | undefined)[] = new Array(nodes.length);
  const held: (State | undefined)[] = new Array(nodes.length);
  const first: State = { node: root, held: false, edge: undefined, before: undefined };
  const queue = [first];
  without[root.index] = first;
  for (const state of queue) {
    for (const edge of state.node.out) {
      if (edge.kind === 'message' && edge.to.kind !== 'start') continue;
      const isMade = ((made[edge.index] ?? 0) & bit) !== 0;
      const isKept = state.held && ((lost[edge.index] ?? 0) & bit) === 0;
      // At a join, and where a message of this file ends a wait, more is there than this path alone has brought.
      const isBrought = edge.from.step?.kind === 'wait' && (facts.along(edge) & bit) !== 0;
      const isThere = isMade || isKept || isBrought || (facts.at(edge.to) & bit) !== 0;
      const seen = isThere ? held : without;
      if (seen[edge.to.index]) continue;
      const next = { node: edge.to, held: isThere, edge, before: state };
      seen[edge.to.index] = next;
      queue.push(next);
    }
  }
  return without;
}

function edgesTo(state: State): readonly FlowEdge[] {
  const edges: FlowEdge[] = [];
  for (let at: State | undefined = state; at?.edge; at = at.before) edges.push(at.edge);
  return edges.reverse();
}

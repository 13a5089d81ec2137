// Which data is there, whatever path a case takes: written, given, brought or returned on every way to a node.
import { groupBy } from '../language/groups.ts';
import type { Analyses } from './analyses.ts';
import { type DataPath, includes, overlap, rootOf } from './data-paths.ts';
import { addEdgeFact, type EdgeFacts, hasEdgeFact, hasFact, noEdgeFacts } from './fact-sets.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';
import { outcomeFactSets } from './outcome-facts.ts';
import { pathsWithout } from './paths-without.ts';
import { type Provisions, provisionsOf } from './provisions.ts';

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
 * must-define problem for `mustFactSets`. Data is there when it, what it belongs to, or a part of it was provided. What a
 * node in `uses` needs counts as there behind it, so that one gap is found once, where it is met first.
 */
export function definitionsOf(
  paths: Iterable<DataPath>,
  uses: ReadonlyMap<FlowNode, readonly DataPath[]>,
  analyses: Analyses,
): Definitions {
  const { graph } = analyses;
  const numbers = new Map([...new Set(paths)].map((path, number) => [path, number]));
  const { made, lost } = changesOf(numbers, uses, analyses.derived(provisionsOf), graph);
  const decided = outcomeFactSets(analyses, made, lost, numbers.size);
  const { facts, ended } = decided;
  const holdsAt: Definitions['holdsAt'] = (path, node) => {
    const number = numbers.get(path);
    return number !== undefined && hasFact(facts.at(node), number);
  };
  const search = pathsWithout(analyses, { facts, made: decided.made, lost }, numbers.size);
  return {
    holdsAt,
    holdsBefore(path, edge) {
      const number = numbers.get(path);
      return number !== undefined && (hasFact(facts.at(edge.from), number) || hasEdgeFact(ended, edge.index, number));
    },
    holdsAlong(path, edge) {
      const number = numbers.get(path);
      return number !== undefined && hasFact(facts.along(edge), number);
    },
    pathWithout(path, goal, by) {
      const number = numbers.get(path);
      return number === undefined ? undefined : search(number, goal, by);
    },
  };
}

/** The numbered paths that each edge makes and loses. */
function changesOf(
  numbers: ReadonlyMap<DataPath, number>,
  uses: ReadonlyMap<FlowNode, readonly DataPath[]>,
  { made, deleted }: Provisions,
  graph: FlowGraph,
): { readonly made: EdgeFacts; readonly lost: EdgeFacts } {
  const byRoot = groupBy(numbers, ([path]) => rootOf(path));
  const add = (to: EdgeFacts, edge: number, named: readonly DataPath[] | undefined, fits: typeof overlap) => {
    for (const name of named ?? nothing)
      for (const [path, number] of byRoot.get(rootOf(name)) ?? nothing)
        if (fits(name, path)) addEdgeFact(to, edge, number);
  };
  const [gained, lost] = [noEdgeFacts(graph, numbers.size), noEdgeFacts(graph, numbers.size)];
  const { width, words } = gained;
  for (const { index, from } of graph.edges) {
    const provided = made[index];
    if (provided === 'anything') words.fill(-1, index * width, (index + 1) * width);
    else add(gained, index, provided, overlap);
    add(gained, index, uses.get(from), overlap);
    add(lost, index, deleted[index], includes);
  }
  return { made: gained, lost };
}

const nothing: readonly never[] = [];

// Which nodes a case can reach, which of them can still reach an end, and shortest paths between them.
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';
import { wayBack } from './ways.ts';

/** What leads where. */
export interface Reachability {
  /** Some case, or a stop, metric or monitor, leads here. */
  isReachable(node: FlowNode): boolean;
  /** Some final `end` can still be reached from here. */
  reachesEnd(node: FlowNode): boolean;
  /** Edges of a shortest path from the root over all edges, or undefined where there is none. */
  pathTo(node: FlowNode): readonly FlowEdge[] | undefined;
  /** How many edges that path has; infinite where there is none. */
  distanceTo(node: FlowNode): number;
  /** The last edge of that path by node, the nearest nodes first; undefined at the root. */
  readonly arrivedBy: ReadonlyMap<FlowNode, FlowEdge | undefined>;
}

/** Breadth-first search from the root and backwards from the ends; O(nodes + edges). */
export function reachabilityOf(graph: FlowGraph): Reachability {
  const { nodes, root, alsoReachable } = graph;
  const arrivedBy = new Map<FlowNode, FlowEdge | undefined>([[root, undefined]]);
  const distances = new Float64Array(nodes.length).fill(Number.POSITIVE_INFINITY);
  distances[root.index] = 0;
  for (const node of arrivedBy.keys()) {
    const next = (distances[node.index] ?? 0) + 1;
    for (const edge of node.out) {
      if (distances[edge.to.index] !== Number.POSITIVE_INFINITY) continue;
      distances[edge.to.index] = next;
      arrivedBy.set(edge.to, edge);
    }
  }
  const distanceTo = ({ index }: FlowNode) => distances[index] ?? Number.POSITIVE_INFINITY;
  // Only then what is reached otherwise, so that every path there is from the root is known.
  const others = alsoReachable.flatMap(({ step }) => graph.nodesOf(step));
  const reached = Uint8Array.from(distances, (distance) => (distance < Number.POSITIVE_INFINITY ? 1 : 0));
  for (const node of others) {
    if (reached[node.index]) continue;
    reached[node.index] = 1;
    for (const { to } of node.out) others.push(to);
  }
  const alive = new Uint8Array(nodes.length);
  const ends = nodes.filter(isFinalEnd);
  for (const { index } of ends) alive[index] = 1;
  for (const node of ends) {
    for (const { kind, from } of node.in) {
      if (kind === 'message' || alive[from.index]) continue;
      alive[from.index] = 1;
      ends.push(from);
    }
  }
  return {
    isReachable: ({ index }) => reached[index] === 1,
    reachesEnd: ({ index }) => alive[index] === 1,
    distanceTo,
    pathTo: (node) => (arrivedBy.has(node) ? wayBack(arrivedBy, node) : undefined),
    arrivedBy,
  };
}

/** An `end` of the whole case. */
function isFinalEnd(node: FlowNode): boolean {
  return node.step?.kind === 'end' && node.step.scope === undefined;
}

/**
 * A shortest path from one of `from` to a node that satisfies `isGoal`, over the edges that `mayPass` allows.
 * Answers its edges, empty where a start is itself a goal; undefined where there is none.
 */
export function shortestPath(
  from: Iterable<FlowNode>,
  isGoal: (node: FlowNode) => boolean,
  mayPass: (edge: FlowEdge) => boolean = () => true,
): readonly FlowEdge[] | undefined {
  const arrivedBy = new Map<FlowNode, FlowEdge | undefined>();
  for (const node of from) arrivedBy.set(node, undefined);
  for (const node of arrivedBy.keys()) {
    if (isGoal(node)) return wayBack(arrivedBy, node);
    for (const edge of node.out) if (!arrivedBy.has(edge.to) && mayPass(edge)) arrivedBy.set(edge.to, edge);
  }
  return undefined;
}

/** Every node from which one of `goals` can be reached over the edges that `mayPass` allows, the goals included; O(nodes + edges). */
export function nodesReaching(
  goals: Iterable<FlowNode>,
  mayPass: (edge: FlowEdge) => boolean = () => true,
): ReadonlySet<FlowNode> {
  const reaching = new Set(goals);
  for (const node of reaching) for (const edge of node.in) if (mayPass(edge)) reaching.add(edge.from);
  return reaching;
}

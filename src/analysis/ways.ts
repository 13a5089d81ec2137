// The edges of a way, from what a search remembers of it.
import type { FlowEdge, FlowNode } from './flow-graph.ts';

/** Of a search ahead: the edge that came last, and what was before it. */
interface Back {
  readonly edge: FlowEdge | undefined;
  readonly before: Back | undefined;
}

/** The edges of the way that ends at `last`. */
export function wayTo(last: Back): readonly FlowEdge[] {
  const way: FlowEdge[] = [];
  for (let at: Back | undefined = last; at; at = at.before) if (at.edge) way.push(at.edge);
  return way.reverse();
}

/** Of a search backwards: an edge, and what comes after it. */
interface On {
  readonly edge: FlowEdge | undefined;
  readonly after: On | undefined;
}

/** The edges of the way that begins at `first`. */
export function wayFrom(first: On | undefined): readonly FlowEdge[] {
  const way: FlowEdge[] = [];
  for (let at = first; at; at = at.after) if (at.edge) way.push(at.edge);
  return way;
}

/** The edges a search ahead took to `node`, where it arrived at each node by one. */
export function wayBack(arrivedBy: ReadonlyMap<FlowNode, FlowEdge | undefined>, node: FlowNode): readonly FlowEdge[] {
  const way: FlowEdge[] = [];
  for (let edge = arrivedBy.get(node); edge; edge = arrivedBy.get(edge.from)) way.push(edge);
  return way.reverse();
}

/** The edges a search backwards took from `node`, where each node goes on by one. */
export function wayOn(next: ReadonlyMap<FlowNode, FlowEdge | undefined>, node: FlowNode): readonly FlowEdge[] {
  const way: FlowEdge[] = [];
  for (let edge = next.get(node); edge; edge = next.get(edge.to)) way.push(edge);
  return way;
}

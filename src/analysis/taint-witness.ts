// Why data carries a label: a shortest path back from where it is seen to where the label arose.
import type { Arrival } from './arrivals.ts';
import type { DataPath } from './data-paths.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import type { Cells } from './taint-cells.ts';
import type { Labels } from './taint-rules.ts';
import type { State, States } from './taint-state.ts';
import type { Transfer } from './taint-transfer.ts';
import { wayFrom } from './ways.ts';

/** How a label comes to data. */
export interface TaintPath {
  /** Where it arose; undefined for data that has it by declaration. */
  readonly source: Arrival | undefined;
  /** The data that first had it. */
  readonly written: DataPath;
  /** From there to where it is seen; where it comes by a store, from one case to the next. */
  readonly edges: readonly FlowEdge[];
}

/** A solved analysis. */
export interface Solved {
  readonly cells: Cells;
  readonly states: States;
  readonly transfer: Transfer;
  /** Labels of each cell on entry; undefined for a node that no case reaches. */
  entry(node: FlowNode): State | undefined;
  /** Labels of a cell behind an edge. */
  cellBehind(edge: FlowEdge, cell: number): Labels;
  /** The writes of its node have happened. */
  hasArrived(edge: FlowEdge): boolean;
  /** Edges by which what `cell` holds on entry to `node` comes there. */
  into(node: FlowNode, cell: number): readonly FlowEdge[];
  /** The messages that `node` waits for. */
  sentTo(node: FlowNode): readonly FlowEdge[];
  readonly root: FlowNode;
  /** Nodes at which a case is over and leaves what it stored. */
  readonly last: readonly FlowNode[];
  readonly declared: State;
}

interface Seen {
  readonly node: FlowNode;
  readonly cell: number;
  readonly edge: FlowEdge | undefined;
  readonly after: Seen | undefined;
}

type Found = { readonly arrival: Arrival | undefined; readonly cell: number; readonly last: Seen | undefined };

/**
 * Breadth-first search backwards over pairs of node and cell that carry one of `labels`; O(edges × data). It begins with
 * what is at `path` on entry to `node`, or with what the node itself makes of it.
 */
export function taintPath(
  solved: Solved,
  node: FlowNode,
  path: DataPath,
  labels: Labels,
  where: 'at' | 'within',
): TaintPath | undefined {
  const { cells, states, transfer, root } = solved;
  const queue: Seen[] = [];
  const known = new Set<number>();
  const add = (seen: Seen) => {
    const key = seen.node.index * cells.count + seen.cell;
    if (!known.has(key)) queue.push(seen);
    known.add(key);
  };
  const has = (state: State | undefined, cell: number) =>
    state !== undefined && (states.read(state, cell) & labels) !== 0;

  const before = (
    at: FlowNode,
    cell: number,
    edge: FlowEdge | undefined,
    after: Seen | undefined,
  ): Found | undefined => {
    const entry = solved.entry(at);
    const writes =
      edge && !solved.hasArrived(edge) ? [] : transfer.writtenAt(at).filter(({ out }) => out.includes(cell));
    for (const { arrival, brings, from, out } of writes) {
      const last = edge ? { node: at, cell, edge, after } : after;
      if ((brings & labels) !== 0) return { arrival, cell, last };
      for (const { cell: source, kept } of from) {
        const stays = edge === undefined || (transfer.removed(edge, source) & labels) !== labels;
        if ((kept & labels) !== 0 && has(entry, source) && stays) add({ node: at, cell: source, edge, after });
      }
      if (!arrival.brought) continue;
      for (const sent of solved.sentTo(at)) {
        for (const one of out) {
          if ((solved.cellBehind(sent, one) & labels) === 0) continue;
          const found = before(sent.from, one, sent, { node: at, cell, edge, after });
          if (found) return found;
        }
      }
    }
    const replaced = writes.some(({ arrival }) => !arrival.added && !(arrival.brought && at.kind === 'start'));
    if (!replaced && has(entry, cell)) add({ node: at, cell, edge, after });
    return undefined;
  };

  for (const cell of cells.read(path)) {
    if (where === 'at') {
      if (has(solved.entry(node), cell)) add({ node, cell, edge: undefined, after: undefined });
    } else {
      const found = before(node, cell, undefined, undefined);
      if (found) return answer(found);
    }
  }
  for (const seen of queue) {
    const { node: at, cell } = seen;
    if (at === root) {
      if (has(solved.declared, cell)) return answer({ arrival: undefined, cell, last: seen });
      // Some case before left it in a store.
      for (const last of solved.last)
        if (has(solved.entry(last), cell)) add({ node: last, cell, edge: undefined, after: seen });
    }
    for (const edge of solved.into(at, cell)) {
      if ((solved.cellBehind(edge, cell) & labels) === 0) continue;
      const found = before(edge.from, cell, edge, seen);
      if (found) return answer(found);
    }
  }
  return undefined;

  function answer({ arrival, cell, last }: Found): TaintPath {
    return { source: arrival, written: arrival?.out ?? cells.pathOf[cell] ?? path, edges: wayFrom(last) };
  }
}

// Forward "on all paths" analysis: which facts hold however the case came here, with facts made and lost on the way.
import type { Dominators } from './dominators.ts';
import { reversePostorder } from './dominators.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';

/** Facts are numbers 0 to 29, kept as the bits of one integer. */
export type Facts = number;

/** Facts after leaving a node by `edge`, given those on entry to it; monotone: more in, never fewer out. */
export type Transfer = (edge: FlowEdge, entry: Facts) => Facts;

export const maxFacts = 30;

/** What holds on all paths, at each reachable node and behind each edge. */
export interface MustFacts {
  /** On entry to `node`. */
  at(node: FlowNode): Facts;
  /** On the way along `edge`, as far as that edge alone says. */
  along(edge: FlowEdge): Facts;
}

/**
 * Facts that hold on entry to each node on all paths, over all edges. Greatest fixpoint of a gen/kill framework
 * (Kildall, "A unified approach to global program optimization", POPL 1973); O(edges × facts).
 *
 * Where parallel branches meet in a `join: all` or `live`, every branch has been run, so their facts are united; edges
 * within one branch, and any other way to arrive, are alternatives and are intersected.
 */
export function mustFacts(graph: FlowGraph, dominators: Dominators, transfer: Transfer): MustFacts {
  const all = 2 ** maxFacts - 1;
  const order = reversePostorder(graph.root);
  const entry = new Map<FlowNode, Facts>(order.map((node) => [node, node === graph.root ? 0 : all]));
  const joins = new Map(order.filter(isJoin).map((node) => [node, branchesInto(node, graph, dominators)]));
  const left = (edge: FlowEdge) => transfer(edge, entry.get(edge.from) ?? all);
  const meet = (edges: readonly FlowEdge[], factsOf: (edge: FlowEdge) => Facts) =>
    edges.reduce((facts, edge) => (entry.has(edge.from) ? (facts & factsOf(edge)) >>> 0 : facts), all);
  // Where a wait ends by an event, what held at everyone who emits it holds as well; where its time is over, nothing does.
  const along = (edge: FlowEdge) => {
    const emitted = emissions(edge);
    return emitted.length === 0 ? left(edge) : (left(edge) | meet(emitted, left)) >>> 0;
  };
  const meetAlong = (edges: readonly FlowEdge[]) => meet(edges, along);
  for (let changed = true; changed; ) {
    changed = false;
    for (const node of order) {
      if (node === graph.root) continue;
      const groups = joins.get(node);
      const flow = node.in.filter((edge) => edge.kind !== 'message' || node.kind === 'start');
      const facts = groups ? unite(groups, meetAlong) : meetAlong(flow);
      if (facts !== entry.get(node)) {
        entry.set(node, facts);
        changed = true;
      }
    }
  }
  return { at: (node) => entry.get(node) ?? 0, along };
}

/** The messages that end a wait when work leaves it by `edge`. */
function emissions({ from, outcome }: FlowEdge): readonly FlowEdge[] {
  if (from.step?.kind !== 'wait') return [];
  const event = outcome === 'done' ? from.step.fields.until?.name : outcome;
  return from.in.filter((edge) => edge.kind === 'message' && edge.outcome === event);
}

function isJoin(node: FlowNode): boolean {
  const join = node.step?.fields.join?.value;
  return node.kind === 'step' && (join === 'all' || join === 'live');
}

interface Branches {
  /** Incoming edges by the parallel branch they end. */
  readonly parallel: readonly (readonly FlowEdge[])[];
  /** Edges that end no one branch: other ways to arrive. */
  readonly other: readonly FlowEdge[];
}

function unite({ parallel, other }: Branches, meet: (edges: readonly FlowEdge[]) => Facts): Facts {
  if (parallel.length === 0) return meet(other);
  const united = parallel.reduce((facts, edges) => (facts | meet(edges)) >>> 0, 0);
  return (united & meet(other)) >>> 0;
}

/** Groups the edges into a join by the branches of the nearest parallel split that dominates it. */
function branchesInto(join: FlowNode, graph: FlowGraph, dominators: Dominators): Branches {
  const incoming = join.in.filter(({ kind }) => kind !== 'message');
  for (let node = dominators.immediate(join); node; node = dominators.immediate(node)) {
    const heads = node.out.filter((edge) => edge.split?.mode === 'parallel');
    if (heads.length > 0) return group(join, incoming, heads);
    if (node === graph.root) break;
  }
  return { parallel: [], other: incoming };
}

function group(join: FlowNode, incoming: readonly FlowEdge[], heads: readonly FlowEdge[]): Branches {
  const branches = heads.map((head) => ({ head, nodes: reachedBefore(head, join), edges: [] as FlowEdge[] }));
  const other: FlowEdge[] = [];
  for (const edge of incoming) {
    const ended = branches.filter(({ head, nodes }) => edge === head || nodes.has(edge.from));
    if (ended.length === 1) ended[0]?.edges.push(edge);
    else other.push(edge);
  }
  return { parallel: branches.map(({ edges }) => edges).filter((edges) => edges.length > 0), other };
}

function reachedBefore(head: FlowEdge, join: FlowNode): ReadonlySet<FlowNode> {
  const reached = new Set(head.to === join ? [] : [head.to]);
  for (const node of reached) for (const { to } of node.out) if (to !== join && to !== head.from) reached.add(to);
  return reached;
}

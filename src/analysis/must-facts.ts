// Forward "on all paths" analysis: which facts hold however the case came here, with facts made and lost on the way.
import { type Dominators, reversePostorder } from './dominators.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';
import { type Branch, type Meeting, meetingOf } from './parallel.ts';

/** Facts are numbers 0 to 29, kept as the bits of one integer. */
export type Facts = number;

/** Facts after leaving a node by `edge`, given those on entry to it; monotone: more in, never fewer out. */
type Transfer = (edge: FlowEdge, entry: Facts) => Facts;

/** How many facts are decided at a time. */
export const maxFacts = 30;

/** What holds on all paths, at each reachable node and behind each edge. */
export interface MustFacts {
  /** On entry to `node`. */
  at(node: FlowNode): Facts;
  /** On the way along `edge`, as far as that edge alone says. */
  along(edge: FlowEdge): Facts;
}

const all = 2 ** maxFacts - 1;

/**
 * Facts that hold on entry to each node on all paths, over all edges. Greatest fixpoint of a gen/kill framework
 * (Kildall, "A unified approach to global program optimization", POPL 1973); O(edges × facts).
 *
 * Where parallel branches meet in a `join`, what one of them made holds as well, unless another branch may have ended
 * it: nobody knows which came first. Everything else that arrives is an alternative and is intersected.
 */
export function mustFacts(graph: FlowGraph, dominators: Dominators, transfer: Transfer): MustFacts {
  const order = reversePostorder(graph.root);
  const entry = new Map<FlowNode, Facts>(order.map((node) => [node, node === graph.root ? 0 : all]));
  const left = (edge: FlowEdge) => transfer(edge, entry.get(edge.from) ?? all);
  const meet = (edges: readonly FlowEdge[], factsOf: (edge: FlowEdge) => Facts) =>
    edges.reduce((facts, edge) => (entry.has(edge.from) ? (facts & factsOf(edge)) >>> 0 : facts), all);
  // Where a wait ends by an event, what held at everyone who emits it holds as well; where its time is over, nothing does.
  const along = (edge: FlowEdge) => {
    const emitted = emissions(edge);
    return emitted.length === 0 ? left(edge) : (left(edge) | meet(emitted, left)) >>> 0;
  };
  const arrivals = order.map((node) => arrivalsAt(node, meetingOf(node, graph, dominators), transfer));
  for (let changed = true; changed; ) {
    changed = false;
    for (const [i, node] of order.entries()) {
      const { alternatives, meetings } = arrivals[i] ?? nobody;
      if (node === graph.root) continue;
      let facts = alternatives.length + meetings.length === 0 ? 0 : meet(alternatives, along);
      for (const branches of meetings) facts = (facts & unite(branches, (edges) => meet(edges, along))) >>> 0;
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

interface Arriving extends Branch {
  /** Facts that something in another branch of the same split may end. */
  readonly endedByOthers: Facts;
}

interface Arrivals {
  readonly alternatives: readonly FlowEdge[];
  readonly meetings: readonly (readonly Arriving[])[];
}

const nobody: Arrivals = { alternatives: [], meetings: [] };

/** The ways into `node`: single edges, and the branches of each split that meet there. */
function arrivalsAt(node: FlowNode, { alternatives, splits }: Meeting, transfer: Transfer): Arrivals {
  if (splits.length === 0 && node.kind === 'start') return { alternatives: node.in, meetings: [] };
  const meetings = splits.map((branches) => {
    const ended = branches.map(({ inside }) =>
      inside.reduce((facts, edge) => (facts | (all & ~transfer(edge, all))) >>> 0, 0),
    );
    return branches.map((branch, i) => ({
      ...branch,
      endedByOthers: ended.reduce((facts, other, j) => (i === j ? facts : (facts | other) >>> 0), 0),
    }));
  });
  return { alternatives, meetings };
}

/** What some branch brings that certainly arrives; where none does, what every branch brings. */
function unite(branches: readonly Arriving[], meet: (edges: readonly FlowEdge[]) => Facts): Facts {
  const certain = branches.filter(({ arrives }) => arrives);
  if (certain.length === 0) return branches.reduce((facts, { ends }) => (facts & meet(ends)) >>> 0, all);
  return certain.reduce((facts, { ends, endedByOthers }) => (facts | (meet(ends) & ~endedByOthers)) >>> 0, 0);
}

// Forward "on all paths" analysis: which facts hold however the case came here, with facts made and lost on the way.
import { onceFor } from '../language/asked-keys.ts';
import { type Dominators, reversePostorder } from './dominators.ts';
import { addFacts, type FactSet, noFacts, type SetTransfer } from './fact-sets.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';
import { type Branch, meetingOf } from './parallel.ts';

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

/** `mustFactSets` for a few facts. */
export function mustFacts(graph: FlowGraph, dominators: Dominators, transfer: Transfer): MustFacts {
  const { at, along } = mustFactSets(graph, dominators, maxFacts, (edge, entry, left) => {
    left[0] = transfer(edge, (entry[0] ?? 0) & all);
  });
  return { at: (node) => (at(node)[0] ?? 0) & all, along: (edge) => (along(edge)[0] ?? 0) & all };
}

/** `MustFacts` for any number of facts. */
export interface MustFactSets {
  at(node: FlowNode): FactSet;
  along(edge: FlowEdge): FactSet;
}

/**
 * Facts that hold on entry to each node on all paths, over all edges. Greatest fixpoint of a gen/kill framework
 * (Kildall, "A unified approach to global program optimization", POPL 1973); O(edges × facts / 32).
 *
 * Where parallel branches meet in a `join`, what one of them made holds as well, unless another branch may have ended
 * it: nobody knows which came first. Everything else that arrives is an alternative and is intersected.
 */
export function mustFactSets(
  graph: FlowGraph,
  dominators: Dominators,
  count: number,
  transfer: SetTransfer,
): MustFactSets {
  const { arrivals, emitted } = planOf(graph, dominators);
  const width = noFacts(count).length;
  const entry = new Uint32Array(graph.nodes.length * width).fill(everything);
  const views = graph.nodes.map(({ index }) => entry.subarray(index * width, (index + 1) * width));
  const at = (node: FlowNode) => views[node.index] ?? entry;
  const reached = new Uint8Array(graph.nodes.length);
  for (const { node } of arrivals) reached[node.index] = 1;
  at(graph.root).fill(0);
  const [left, sent, met, joined] = [0, 1, 2, 3].map(() => new Uint32Array(width)) as [
    FactSet,
    FactSet,
    FactSet,
    FactSet,
  ];
  // Where a wait ends by an event, what held at everyone who emits it holds as well; where its time is over, nothing does.
  const follow = (edge: FlowEdge) => {
    transfer(edge, at(edge.from), left);
    const messages = emitted.size > 0 ? emitted.get(edge) : undefined;
    if (!messages) return;
    const own = left.slice();
    sent.fill(everything);
    for (const message of messages) {
      if (reached[message.from.index] === 0) continue;
      transfer(message, at(message.from), left);
      intersect(sent, left);
    }
    left.set(own);
    addFacts(left, sent);
  };
  const meet = (edges: readonly FlowEdge[], into: FactSet) => {
    for (const edge of edges) {
      if (reached[edge.from.index] === 0) continue;
      follow(edge);
      intersect(into, left);
    }
  };
  /** What some branch brings that certainly arrives; where none does, what every branch brings. */
  const unite = (branches: readonly Arriving[], into: FactSet) => {
    const certain = branches.filter(({ arrives }) => arrives);
    if (certain.length === 0) for (const { ends } of branches) meet(ends, into);
    if (certain.length === 0) return;
    joined.fill(0);
    for (const { ends, endedByOthers: ended } of certain) {
      met.fill(everything);
      meet(ends, met);
      for (let word = 0; word < width; word++)
        joined[word] = (joined[word] ?? 0) | ((met[word] ?? 0) & ~(ended[word] ?? 0));
    }
    intersect(into, joined);
  };
  const meetings = new Map<FlowNode, readonly (readonly Arriving[])[]>();
  for (const { node, splits } of arrivals)
    if (splits.length > 0)
      meetings.set(
        node,
        splits.map((branches) => endedByOthers(branches, width, transfer)),
      );
  const dirty = new Uint8Array(graph.nodes.length).fill(1);
  const now = new Uint32Array(width);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { node, alternatives } of arrivals) {
      if (dirty[node.index] === 0 || node === graph.root) continue;
      dirty[node.index] = 0;
      const splits = meetings.get(node) ?? nothing;
      now.fill(alternatives.length + splits.length === 0 ? 0 : everything);
      meet(alternatives, now);
      for (const branches of splits) unite(branches, now);
      const known = at(node);
      let differs = false;
      for (let word = 0; word < width; word++) if (now[word] !== known[word]) differs = true;
      if (!differs) continue;
      known.set(now);
      changed = true;
      for (const { to, kind } of node.out) {
        dirty[to.index] = 1;
        if (kind === 'message') for (const after of to.out) dirty[after.to.index] = 1;
      }
    }
  }
  const noFact = new Uint32Array(width);
  return {
    at: (node) => (reached[node.index] === 1 ? at(node) : noFact),
    along(edge) {
      follow(edge);
      return left.slice();
    },
  };
}

const everything = 0xffffffff;
const nothing: readonly never[] = [];

function intersect(set: FactSet, other: FactSet): void {
  for (let word = 0; word < set.length; word++) set[word] = (set[word] ?? 0) & (other[word] ?? 0);
}

/** What every analysis of one graph goes by. */
interface Plan {
  /** In reverse postorder, the ways into each node: single edges, and the branches of each split that meet there. */
  readonly arrivals: readonly {
    readonly node: FlowNode;
    readonly alternatives: readonly FlowEdge[];
    readonly splits: readonly (readonly Branch[])[];
  }[];
  /** For an edge by which work leaves a wait: the messages that end the wait. */
  readonly emitted: ReadonlyMap<FlowEdge, readonly FlowEdge[]>;
}

const plans = new WeakMap<FlowGraph, () => Plan>();

function planOf(graph: FlowGraph, dominators: Dominators): Plan {
  return onceFor(plans, graph, () => makePlan(graph, dominators));
}

function makePlan(graph: FlowGraph, dominators: Dominators): Plan {
  const order = reversePostorder(graph.root);
  const arrivals = order.map((node) => {
    const { alternatives, splits } = meetingOf(node, graph, dominators);
    return { node, alternatives: splits.length === 0 && node.kind === 'start' ? node.in : alternatives, splits };
  });
  const waits = order.filter(({ step }) => step?.kind === 'wait');
  const ends = waits.flatMap(({ out }) => out.map((edge) => [edge, emissions(edge)] as const));
  return { arrivals, emitted: new Map(ends.filter(([, sent]) => sent.length > 0)) };
}

/** The messages that end a wait when work leaves it by `edge`. */
export function emissions({ from, outcome }: FlowEdge): readonly FlowEdge[] {
  if (from.step?.kind !== 'wait') return [];
  const event = outcome === 'done' ? from.step.fields.until?.name : outcome;
  return from.in.filter((edge) => edge.kind === 'message' && edge.outcome === event);
}

interface Arriving extends Branch {
  /** Facts that something in another branch of the same split may end. */
  readonly endedByOthers: FactSet;
}

function endedByOthers(branches: readonly Branch[], width: number, transfer: SetTransfer): readonly Arriving[] {
  const [full, left] = [new Uint32Array(width).fill(everything), new Uint32Array(width)];
  const ended = branches.map(({ inside }) => {
    const facts = new Uint32Array(width);
    for (const edge of inside) {
      transfer(edge, full, left);
      for (let word = 0; word < width; word++) facts[word] = (facts[word] ?? 0) | ~(left[word] ?? 0);
    }
    return facts;
  });
  // What one branch ends, and what more than one does: of those, some other branch is always one.
  const [once, twice] = [new Uint32Array(width), new Uint32Array(width)];
  for (const facts of ended) {
    for (let word = 0; word < width; word++)
      twice[word] = (twice[word] ?? 0) | ((once[word] ?? 0) & (facts[word] ?? 0));
    addFacts(once, facts);
  }
  return branches.map((branch, i) => {
    const others = once.map((bits, word) => (twice[word] ?? 0) | (bits & ~(ended[i]?.[word] ?? 0)));
    return { ...branch, endedByOthers: others };
  });
}

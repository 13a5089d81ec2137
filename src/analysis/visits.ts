// How often a case comes to each step: shares of branches, samples, loops and elements of lists, as lower and upper bounds.
import { addTo } from '../language/groups.ts';
import type { Analyses } from './analyses.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';
import { isPick, isUnplanned, wayWhenDone } from './picks.ts';
import { boundOf, roundsOf, type Used, unused } from './rounds.ts';

/** States of nodes and used-up rounds; more are not worked out. */
const maxStates = 30_000;
const maxSweeps = 400;

/** Shares that nobody stated, chosen so that the result is smallest or largest. */
export type Side = 'least' | 'most';

interface Expected {
  readonly total: number;
  /** How often the case comes to each node, with shares chosen in the same way. */
  visits(): ReadonlyMap<FlowNode, number>;
}

/** How often cases come to steps. */
export interface Visits {
  /** What one case adds up to, where each visit of a node counts what `weights` says, with open shares at their worst or best. */
  expected(weights: ReadonlyMap<FlowNode, number>, side: Side): Expected;
  /** Steps at which the case goes different ways, and no share says how often. */
  readonly open: readonly { readonly node: FlowNode; readonly outcomes: readonly string[] }[];
}

/** A part of the cases that goes on to a state. */
interface Flow {
  readonly to: State;
  readonly least: number;
  readonly most: number;
}

interface State {
  readonly node: FlowNode;
  readonly used: Used;
  flows: readonly Flow[];
  /** This part of the cases takes one of several ways, and nobody says how many which. */
  open: { readonly part: number; readonly ways: readonly (readonly Flow[])[] };
}

/**
 * The traffic equations of a network of queues (Jackson, "Networks of waiting lines", 1957), solved backwards for what one
 * case adds up to; a share that is not stated is chosen at its least and at its most favorable, as in a Markov decision
 * process with bounded parameters (Givan, Leach, Dean 2000). Bounded loops are unrolled, others are a geometric series.
 *
 * Unset shares of branches split the rest. Outcomes in `on` without a share are open, but for those that should not happen
 * (`error`, `timeout`, `absent` and the like), which count for nothing unless they have a share. O(edges × rounds).
 */
export function visitsOf({ graph }: Analyses): Visits {
  const { order, open, complete } = unrolled(graph);
  const places = compiled(order);
  const solve = (own: Float64Array, side: Side): Float64Array => {
    const values = new Float64Array(places.length);
    for (let sweep = 0; sweep < maxSweeps; sweep++) {
      let change = 0;
      for (let i = 0; i < places.length; i++) {
        const place = places[i];
        if (!place || (sweep > 0 && !place.circular)) continue;
        const way = chosenWay(place, side, values);
        const value =
          (own[i] ?? 0) + sumOf(place.flows, side, values) + (way ? place.part * sumOf(way, side, values) : 0);
        if (place.circular && value !== values[i]) change = Math.max(change, Math.abs(value - (values[i] ?? 0)));
        values[i] = value;
      }
      if (change < 1e-9) return values;
      if (!Number.isFinite(change)) break;
    }
    if (side === 'most') values[values.length - 1] = Number.POSITIVE_INFINITY;
    return values;
  };
  return {
    open,
    expected(weights, side) {
      if (!complete) return { total: side === 'least' ? 0 : Number.POSITIVE_INFINITY, visits: () => new Map() };
      const own = new Float64Array(places.length);
      for (const [i, { node }] of places.entries()) own[i] = weights.get(node) ?? 0;
      const values = solve(own, side);
      return { total: values.at(-1) ?? 0, visits: () => visitsUnder(places, values, side) };
    },
  };
}

/**
 * How often each node is come to, where every open choice is made as it was for `values`. Cases are passed on from the
 * first place; what leads back waits for the next sweep, until as good as nothing is left.
 */
function visitsUnder(places: readonly Place[], values: Float64Array, side: Side): ReadonlyMap<FlowNode, number> {
  const visits = new Map<FlowNode, number>();
  let waiting = new Float64Array(places.length);
  waiting[places.length - 1] = 1;
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    const later = new Float64Array(places.length);
    let left = 0;
    for (let i = places.length - 1; i >= 0; i--) {
      const place = places[i];
      const here = waiting[i] ?? 0;
      if (!place || here === 0) continue;
      visits.set(place.node, (visits.get(place.node) ?? 0) + here);
      const send = (ways: readonly Way[], part: number) => {
        for (const way of ways) {
          const amount = here * part * way[side];
          const target = way.to < i ? waiting : later;
          target[way.to] = (target[way.to] ?? 0) + amount;
          if (target === later) left += amount;
        }
      };
      send(place.flows, 1);
      send(chosenWay(place, side, values) ?? [], place.part);
    }
    if (left < 1e-9) break;
    waiting = later;
  }
  return visits;
}

/** What the ways on add up to. A share of nothing of what has no bound is still nothing. */
function sumOf(ways: readonly Way[], side: Side, values: Float64Array): number {
  let total = 0;
  for (const way of ways) if (way[side] > 0) total += way[side] * (values[way.to] ?? 0);
  return total;
}

/** The open way that adds up to the least or to the most. */
function chosenWay({ part, ways }: Place, side: Side, values: Float64Array): readonly Way[] | undefined {
  if (part <= 0) return undefined;
  let best: { readonly way: readonly Way[]; readonly sum: number } | undefined;
  for (const way of ways) {
    const sum = sumOf(way, side, values);
    if (!best || (side === 'most' ? sum > best.sum : sum < best.sum)) best = { way, sum };
  }
  return best?.way;
}

interface Way {
  readonly to: number;
  readonly least: number;
  readonly most: number;
}

interface Place {
  readonly node: FlowNode;
  readonly flows: readonly Way[];
  readonly part: number;
  readonly ways: readonly (readonly Way[])[];
  /** It, or something it leads to, leads back, so that one sweep is not enough. */
  readonly circular: boolean;
}

/** The states by their place in the order, which is quicker to go through many times. */
function compiled(order: readonly State[]): readonly Place[] {
  const place = new Map(order.map((state, i) => [state, i]));
  const circular: boolean[] = [];
  const wayTo = ({ to, least, most }: Flow): Way => ({ to: place.get(to) ?? 0, least, most });
  return order.map(({ node, flows, open: { part, ways } }, i) => {
    const made = { node, flows: flows.map(wayTo), part, ways: ways.map((way) => way.map(wayTo)) };
    const leads = [...made.flows, ...made.ways.flat()].some(({ to }) => to >= i || circular[to]);
    circular.push(leads);
    return { ...made, circular: leads };
  });
}

interface Unrolled {
  /** Each state behind those it leads to, but for circles; the beginning of a case comes last. */
  readonly order: readonly State[];
  readonly open: Visits['open'];
  /** False where there were too many states. */
  readonly complete: boolean;
}

function unrolled(graph: FlowGraph): Unrolled {
  const counted = (edge: FlowEdge) => edge.kind !== 'message' && !isUnplanned(edge);
  const rounds = roundsOf<FlowEdge, FlowNode>(graph.nodes, boundOf, counted);
  if (rounds.tooMany) return { order: [], open: [], complete: false };
  const states = new Map<string, State>();
  const open = new Map<FlowNode, { node: FlowNode; outcomes: readonly string[] }>();
  const stateOf = (node: FlowNode, used: Used): State => {
    const key = rounds.key(node, used);
    const known = states.get(key);
    if (known) return known;
    const state: State = { node, used, flows: [], open: { part: 0, ways: [] } };
    states.set(key, state);
    return state;
  };
  const follow = (state: State, edge: FlowEdge): State =>
    stateOf(edge.to, rounds.after(state.used, edge) ?? state.used);
  const expand = (state: State): readonly State[] => {
    const { flows, ways, part, unstated } = splitUp(state, (edge) => follow(state, edge));
    state.flows = flows;
    state.open = { part, ways };
    if (unstated.length > 1 && !sameWays(state.node)) open.set(state.node, { node: state.node, outcomes: unstated });
    return [...flows, ...ways.flat()].map(({ to }) => to);
  };
  const root = stateOf(graph.root, unused);
  const order: State[] = [];
  const seen = new Set([root]);
  const work = [{ state: root, next: expand(root), at: 0 }];
  for (let frame = work.at(-1); frame; frame = work.at(-1)) {
    const to = frame.next[frame.at++];
    if (!to) {
      order.push(frame.state);
      work.pop();
    } else if (!seen.has(to) && states.size <= maxStates) {
      seen.add(to);
      work.push({ state: to, next: expand(to), at: 0 });
    }
  }
  return { order, open: [...open.values()], complete: states.size <= maxStates };
}

/** Several starts that begin with the same step: it does not matter how many cases come by which. */
function sameWays({ kind, out }: FlowNode): boolean {
  const firsts = out.map(({ to }) => [...new Set(to.out.map((edge) => edge.to.index))].sort().join());
  return kind === 'root' && new Set(firsts).size === 1;
}

/** How the cases at a state go on. */
function splitUp(
  state: State,
  follow: (edge: FlowEdge) => State,
): { flows: readonly Flow[]; ways: readonly (readonly Flow[])[]; part: number; unstated: readonly string[] } {
  const { node } = state;
  const flows: Flow[] = [];
  const groups = new Map<string, FlowEdge[]>();
  for (const edge of node.out) {
    if (edge.kind === 'message' ? edge.to.kind !== 'start' : isUnplanned(edge)) continue;
    // What starts beside the step, and the other participant a message wakes, take nothing from it.
    if (edge.keep || edge.kind === 'message') {
      const part = edge.kind === 'message' ? 1 : edge.share;
      flows.push({ to: follow(edge), least: part ?? 0, most: part ?? 1 });
      continue;
    }
    const key = node.kind === 'root' ? `${edge.index}` : (edge.outcome ?? '');
    addTo(groups, key, edge);
  }
  const stated = [...groups].map(([outcome, edges]) => ({ outcome, edges, share: shareOf(edges) }));
  const known = stated.filter(({ share }) => share !== undefined);
  const rest = Math.max(0, 1 - known.reduce((sum, { share = 0 }) => sum + share, 0));
  for (const { edges, share = 0 } of known) flows.push(...scaled(branches(edges, state, follow), share));
  const others = stated.filter(({ share }) => share === undefined);
  const picks = isPick(node) ? groups.get('') : undefined;
  if (picks) {
    const done = wayWhenDone(node);
    if (done) flows.push({ to: follow(done), least: rest, most: 0 });
    const ways = picks.map((edge) => [{ to: follow(edge), least: done ? 0 : 1, most: 1 }]);
    return { flows, ways, part: rest, unstated: [] };
  }
  const ways = others.map(({ edges }) => branches(edges, state, follow));
  if (ways.length === 1) flows.push(...scaled(ways[0] ?? [], rest));
  const several = ways.length > 1 && rest > 0;
  return {
    flows,
    ways: several ? ways : [],
    part: rest,
    unstated: several ? others.map(({ outcome }) => outcome) : [],
  };
}

/** The share of an outcome, where its only edge states one. */
function shareOf(edges: readonly FlowEdge[]): number | undefined {
  const going = edges.filter(({ exhausted }) => !exhausted);
  return going.length === 1 && !going[0]?.split ? going[0]?.share : undefined;
}

function scaled(flows: readonly Flow[], by: number): readonly Flow[] {
  return flows.map(({ to, least, most }) => ({ to, least: least * by, most: most * by }));
}

/** How those who leave by one outcome go on: all ways of a parallel split, shares of branches, the exit of a used-up bound. */
function branches(edges: readonly FlowEdge[], state: State, follow: (edge: FlowEdge) => State): readonly Flow[] {
  const going = edges.filter(({ exhausted }) => !exhausted);
  const set = going.reduce((sum, { share, split }) => sum + (split ? (share ?? 0) : 0), 0);
  const unset = going.filter(({ share, split }) => split === undefined || share === undefined).length;
  return going.flatMap((edge): readonly Flow[] => {
    const { split, share } = edge;
    const equal = split ? Math.max(0, 1 - set) / unset : 1;
    const exclusive = split ? (share ?? equal) / (unset === 0 && set > 0 ? set : 1) : 1;
    const [least, most] =
      split?.mode === 'parallel'
        ? [1, 1]
        : split?.mode === 'inclusive'
          ? [share ?? 0, share ?? 1]
          : [exclusive, exclusive];
    const bound = boundOf(edge);
    if (!bound || (state.used.get(bound.key) ?? 0) < bound.max) return [{ to: follow(edge), least, most }];
    const exits = exitsOf(edge, edges);
    return exits.map((exit) => ({ to: follow(exit), least: least / exits.length, most: most / exits.length }));
  });
}

/** Where work goes when the bound of `edge` is used up: those edges stand right behind it. */
function exitsOf(edge: FlowEdge, edges: readonly FlowEdge[]): readonly FlowEdge[] {
  const behind = edges.slice(edges.indexOf(edge) + 1);
  const next = behind.findIndex(({ exhausted }) => !exhausted);
  return next === -1 ? behind : behind.slice(0, next);
}

// How often a case comes to each step: shares of branches, samples, loops and elements of lists, as lower and upper bounds.

import type { Analyses } from './analyses.ts';
import { cyclicComponents } from './components.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';

/** States of nodes and used-up rounds; more are not worked out. */
const maxStates = 30_000;
const maxSweeps = 400;

/** Between `least` and `most`, whatever the shares are that nobody stated; `most` may be infinite. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** How often cases come to steps. */
export interface Visits {
  /** What one case adds up to, where each visit of a node counts `weight` of it. */
  expected(weight: (node: FlowNode) => Bounds): Bounds;
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
  readonly used: ReadonlyMap<string, number>;
  flows: readonly Flow[];
  /** This part of the cases takes one of several ways, and nobody says how many which. */
  open: { readonly part: number; readonly ways: readonly (readonly Flow[])[] };
}

/**
 * The traffic equations of a network of queues (Jackson, "Networks of waiting lines", 1957), solved backwards for what one
 * case adds up to; a share that is not stated is chosen at its least and at its most favourable, as in a Markov decision
 * process with bounded parameters (Givan, Leach, Dean 2000). Bounded loops are unrolled, others are a geometric series.
 *
 * Unset shares of branches split the rest. Outcomes in `on` without a share are open, but for those that should not happen
 * (`error`, `timeout`, `absent` and the like), which count for nothing unless they have a share. O(edges × rounds).
 */
export function visitsOf({ graph }: Analyses): Visits {
  const { order, open, complete } = unrolled(graph);
  const solve = (weight: (node: FlowNode) => number, side: 'least' | 'most') => {
    const values = new Map<State, number>();
    const sum = (flows: readonly Flow[]) =>
      flows.reduce((total, flow) => total + (flow[side] === 0 ? 0 : flow[side] * (values.get(flow.to) ?? 0)), 0);
    const choose = side === 'most' ? Math.max : Math.min;
    for (let sweep = 0; sweep < maxSweeps; sweep++) {
      let change = 0;
      for (const state of order) {
        const { part, ways } = state.open;
        const chosen = ways.length > 0 && part > 0 ? part * choose(...ways.map(sum)) : 0;
        const own = state.node.kind === 'step' ? weight(state.node) : 0;
        const value = own + sum(state.flows) + chosen;
        change = Math.max(change, value === values.get(state) ? 0 : Math.abs(value - (values.get(state) ?? 0)));
        values.set(state, value);
      }
      if (change < 1e-9) return values.get(order.at(-1) as State) ?? 0;
      if (!Number.isFinite(change)) break;
    }
    return side === 'most' ? Number.POSITIVE_INFINITY : (values.get(order.at(-1) as State) ?? 0);
  };
  return {
    open,
    expected: (weight) => ({
      least: complete ? solve((node) => weight(node).least, 'least') : 0,
      most: complete ? solve((node) => weight(node).most, 'most') : Number.POSITIVE_INFINITY,
    }),
  };
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
  const circles = new Map<FlowNode, number>();
  for (const [i, members] of cyclicComponents(graph.nodes, counted).entries())
    for (const member of members) circles.set(member, i);
  const states = new Map<string, State>();
  const open = new Map<FlowNode, { node: FlowNode; outcomes: readonly string[] }>();
  const stateOf = (node: FlowNode, used: ReadonlyMap<string, number>): State => {
    const key = `${node.index} ${[...used]
      .map(([name, count]) => `${name}=${count}`)
      .sort()
      .join()}`;
    const known = states.get(key);
    if (known) return known;
    const state: State = { node, used, flows: [], open: { part: 0, ways: [] } };
    states.set(key, state);
    return state;
  };
  const follow = (state: State, edge: FlowEdge): State => {
    const same = circles.has(edge.from) && circles.get(edge.from) === circles.get(edge.to);
    return stateOf(edge.to, same ? countedUp(state.used, edge) : new Map());
  };
  const expand = (state: State): readonly State[] => {
    const { flows, ways, part, unstated } = splitUp(state, (edge) => follow(state, edge));
    state.flows = flows;
    state.open = { part, ways };
    if (unstated.length > 1 && !sameWays(state.node)) open.set(state.node, { node: state.node, outcomes: unstated });
    return [...flows, ...ways.flat()].map(({ to }) => to);
  };
  const root = stateOf(graph.root, new Map());
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

const unplanned: ReadonlySet<string> = new Set([
  ...['error', 'timeout', 'unavailable', 'absent', 'cancel'],
  ...['refused', 'timer', 'escalation'],
]);

/** Should not happen, and nobody says how often it does. */
export function isUnplanned({ outcome, interrupt, share }: FlowEdge): boolean {
  return share === undefined && (interrupt || unplanned.has(outcome ?? ''));
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
    groups.set(key, [...(groups.get(key) ?? []), edge]);
  }
  const stated = [...groups].map(([outcome, edges]) => ({ outcome, edges, share: shareOf(edges) }));
  const known = stated.filter(({ share }) => share !== undefined);
  const rest = Math.max(0, 1 - known.reduce((sum, { share = 0 }) => sum + share, 0));
  for (const { edges, share = 0 } of known) flows.push(...scaled(branches(edges, state, follow), share));
  const others = stated.filter(({ share }) => share === undefined);
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
    const used = state.used.get(boundOf(edge)) ?? 0;
    if (edge.max === undefined || used < edge.max) return [{ to: follow(edge), least, most }];
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

function boundOf({ from, outcome, split, to }: FlowEdge): string {
  return `${from.step?.id} ${outcome} ${split ? 'split' : to.step?.id}`;
}

function countedUp(used: ReadonlyMap<string, number>, edge: FlowEdge): ReadonlyMap<string, number> {
  if (edge.max === undefined || edge.exhausted) return used;
  return new Map([...used, [boundOf(edge), (used.get(boundOf(edge)) ?? 0) + 1]]);
}

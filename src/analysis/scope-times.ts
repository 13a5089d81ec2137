// The longest from the start of a scope until work leaves it, for each edge on which it can leave.
import { isInside, type Step } from '../language/model.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';
import { roundsOf, type Used, unused } from './rounds.ts';
import { estimateOf, noTime, type StepTime } from './step-time.ts';
import { type TimeArc, type TimeInside, type TimeNode, timeGraphOf } from './time-graph.ts';

/** Each scope is worked out once. */
export function scopeTimesOf(graph: FlowGraph): TimeInside {
  const known = new Map<Step, ReadonlyMap<FlowEdge, StepTime>>();
  const times: TimeInside = (scope, edge) => {
    const found = known.get(scope) ?? leavingTimes(scope, graph, times);
    known.set(scope, found);
    return found.get(edge) ?? noTime;
  };
  return times;
}

interface State {
  readonly node: TimeNode;
  readonly used: Used;
  readonly next: { readonly arc: TimeArc; readonly to: State }[];
  open: boolean;
  /** Longest time from the start, and the way it takes. */
  time: number;
  before: { readonly state: State; readonly arc: TimeArc } | undefined;
  /** What is not known on some way here. */
  unknown: StepTime['unknown'];
}

/** Longest paths from one start in topological order, over nodes and used-up rounds; O(edges × rounds). */
function leavingTimes(scope: Step, graph: FlowGraph, times: TimeInside): ReadonlyMap<FlowEdge, StepTime> {
  const opened = (step: Step) => step === scope || isInside(scope, step);
  // Scopes beside this one are never entered.
  const inner: TimeInside = (step, edge) => (isInside(step, scope) ? times(step, edge) : noTime);
  const { nodes } = timeGraphOf(graph, opened, inner, false);
  const begin = [...nodes.values()].find(({ node }) => node.step === scope && node.kind === 'step');
  const found = new Map<FlowEdge, { readonly state: State; readonly arc: TimeArc; readonly time: number }>();
  if (!begin) return new Map();
  const within = (node: FlowNode) => node.step === scope || isInside(node.step, scope);
  const done = new Set<State>();
  for (const state of inOrder(begin, [...nodes.values()], ({ from }) => within(from.node))) {
    done.add(state);
    for (const { arc, to } of state.next) {
      const time = state.time + estimateOf(arc.time);
      const known = found.get(arc.edge);
      if (!within(arc.to.node) || arc.from.node.kind === 'exit') {
        if (!known || time > known.time) found.set(arc.edge, { state, arc, time });
        continue;
      }
      to.unknown ??= state.unknown ?? arc.time.unknown;
      // What leads back only makes the time unknown.
      if (time <= to.time || done.has(to)) continue;
      to.time = time;
      to.before = { state, arc };
    }
  }
  return new Map([...found].map(([edge, { state, arc }]) => [edge, along(state, arc)]));
}

function along(last: State, arc: TimeArc): StepTime {
  const arcs = [arc];
  for (let at = last.before; at; at = at.state.before) arcs.push(at.arc);
  return {
    parts: arcs.reverse().flatMap(({ time }) => time.parts),
    unknown: last.unknown ?? arc.time.unknown,
  };
}

/** Each state behind those that lead to it; where one leads back, the loop is not bounded, and its time is not known. */
function inOrder(begin: TimeNode, nodes: readonly TimeNode[], mayTake: (arc: TimeArc) => boolean): readonly State[] {
  const rounds = roundsOf<TimeArc, TimeNode>(nodes, ({ bound }) => bound);
  const states = new Map<string, State>();
  const stateOf = (node: TimeNode, used: Used): State => {
    const key = rounds.key(node, used);
    const known = states.get(key);
    if (known) return known;
    const made = { node, used, next: [], open: true, time: -1, before: undefined, unknown: undefined };
    states.set(key, made);
    return made;
  };
  const expand = (state: State) => {
    for (const arc of state.node.out) {
      const used = mayTake(arc) ? rounds.after(state.used, arc) : undefined;
      if (rounds.isTooMany(arc)) state.unknown ??= loop(arc, 'too many rounds to be added up');
      else if (used) state.next.push({ arc, to: stateOf(arc.to, used) });
    }
  };
  const order: State[] = [];
  const start = stateOf(begin, unused);
  start.time = 0;
  const seen = new Set([start]);
  const work = [{ state: start, at: 0 }];
  expand(start);
  for (let frame = work.at(-1); frame; frame = work.at(-1)) {
    const follow = frame.state.next[frame.at++];
    if (!follow) {
      frame.state.open = false;
      order.push(frame.state);
      work.pop();
    } else if (!seen.has(follow.to)) {
      seen.add(follow.to);
      if (mayTake({ ...follow.arc, from: follow.to.node })) expand(follow.to);
      work.push({ state: follow.to, at: 0 });
    } else if (follow.to.open) follow.to.unknown ??= loop(follow.arc, 'no bound');
  }
  return order.reverse();
}

function loop({ edge }: TimeArc, fault: string): StepTime['unknown'] {
  const step = edge.from.step?.id ?? 'start';
  return { step, because: `the loop through '${step}' has ${fault}` };
}

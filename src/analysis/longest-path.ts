// The longest a case can take from one point of the flow to the first of others, with the path that takes it.
import { isInside, type Step } from '../language/model.ts';
import { cyclicComponents } from './components.ts';
import type { FlowEdge, FlowGraph } from './flow-graph.ts';
import { estimateOf, noTime, plus, type StepTime } from './step-time.ts';
import { leaves, type TimeArc, type TimeGraph, type TimeNode, timeGraphOf } from './time-graph.ts';

/** States of nodes and used-up rounds; more are not worked out. */
const maxStates = 30_000;

export interface LongestPath {
  /** From the first point to the last; without the edges in which no time is counted it is the same path. */
  readonly arcs: readonly TimeArc[];
  /** At most this much, where nothing is unknown; at least this much can happen in any case. */
  readonly time: StepTime;
  /** Times that are not known on some way between the points. */
  readonly unknown: readonly { readonly step: string; readonly because: string }[];
  /** An edge of a loop between the points that nothing bounds. */
  readonly unbounded: FlowEdge | undefined;
}

interface Span {
  /** Where the clock starts: the first arcs that count. */
  readonly sources: readonly TimeNode[];
  /** The clock stops when this arc is taken. */
  isEnd(arc: TimeArc): boolean;
  /** False for arcs that the cases asked about never take. */
  mayTake(arc: TimeArc): boolean;
  /** False where the clock stands still. */
  counts(arc: TimeArc): boolean;
}

/** A node and how often each bounded edge of its circle was taken. */
interface State {
  readonly node: TimeNode;
  readonly used: ReadonlyMap<string, number>;
  next: { readonly arc: TimeArc; readonly to: State | undefined }[];
  /** Longest time to an end; undefined where none is reached. */
  value: number | undefined;
  best: { readonly arc: TimeArc; readonly to: State | undefined } | undefined;
  phase: 'new' | 'open' | 'done';
}

/**
 * Longest path in a directed acyclic graph, as in the critical path method (Kelley and Walker, "Critical-path planning and
 * scheduling", 1959): alternatives and branches that meet count with the longest of them. Loops are unrolled as often as
 * their `max` allows, so the states of a node and its used rounds have no circle. Where parallel branches each reach an end
 * point of their own, the first one met ends the span. Undefined where no end is reached. O(edges × rounds).
 */
export function longestPath({ nodes, arcs }: TimeGraph, span: Span): LongestPath | undefined {
  const circles = circlesOf([...nodes.values()]);
  const firstMet = meetsFirst(arcs, span);
  const states = new Map<string, State>();
  let unbounded: FlowEdge | undefined;
  let exhausted = false;
  const stateOf = (node: TimeNode, used: ReadonlyMap<string, number>): State => {
    const key = `${node.index}${[...used]
      .map(([name, count]) => ` ${name}=${count}`)
      .sort()
      .join('')}`;
    const known = states.get(key);
    if (known) return known;
    const state: State = { node, used, next: [], value: undefined, best: undefined, phase: 'new' };
    states.set(key, state);
    return state;
  };
  const expand = (state: State) => {
    for (const arc of state.node.out) {
      if (!span.mayTake(arc)) continue;
      if (span.isEnd(arc)) {
        state.next.push({ arc, to: undefined });
        continue;
      }
      const circle = circles.get(state.node);
      const same = circle !== undefined && circle === circles.get(arc.to);
      const used = same ? countedUp(state.used, arc) : new Map<string, number>();
      if (used) state.next.push({ arc, to: stateOf(arc.to, used) });
    }
  };
  const roots = span.sources.map((node) => stateOf(node, new Map()));
  for (const root of roots) {
    if (root.phase !== 'new') continue;
    const work = [{ state: root, at: 0 }];
    expand(root);
    root.phase = 'open';
    for (let frame = work.at(-1); frame; frame = work.at(-1)) {
      const { state } = frame;
      const follow = state.next[frame.at++];
      if (!follow) {
        state.phase = 'done';
        evaluate(state, span, firstMet);
        work.pop();
      } else if (follow.to?.phase === 'open') unbounded ??= follow.arc.edge;
      else if (follow.to?.phase === 'new') {
        exhausted ||= states.size > maxStates;
        if (exhausted) continue;
        expand(follow.to);
        follow.to.phase = 'open';
        work.push({ state: follow.to, at: 0 });
      }
    }
  }
  const longest = roots.filter(({ value }) => value !== undefined).sort((a, b) => (b.value ?? 0) - (a.value ?? 0))[0];
  if (!longest) return undefined;
  const path: TimeArc[] = [];
  let time = noTime;
  for (let state: State | undefined = longest; state?.best; state = state.best.to) {
    path.push(state.best.arc);
    if (span.counts(state.best.arc)) time = plus(time, state.best.arc.time);
  }
  const unknown = unknownOf([...states.values()], span);
  const tooMany = exhausted
    ? [{ step: longest.node.node.step?.id ?? 'start', because: 'there are too many rounds' }]
    : [];
  return { arcs: path, time: { ...time, unknown: undefined }, unknown: [...unknown, ...tooMany], unbounded };
}

/** Which circle each node lies on. */
function circlesOf(nodes: readonly TimeNode[]): ReadonlyMap<TimeNode, number> {
  const circles = new Map<TimeNode, number>();
  for (const [i, members] of cyclicComponents(nodes).entries()) for (const member of members) circles.set(member, i);
  return circles;
}

/** Undefined where the bound of the arc is used up. */
function countedUp(used: ReadonlyMap<string, number>, { bound }: TimeArc): ReadonlyMap<string, number> | undefined {
  if (!bound) return used;
  const count = (used.get(bound.key) ?? 0) + 1;
  return count > bound.max ? undefined : new Map([...used, [bound.key, count]]);
}

/** The longest alternative; of parallel branches that each reach an end for certain, the shortest. */
function evaluate(state: State, span: Span, firstMet: (arc: TimeArc) => boolean): void {
  const groups = new Map<number | TimeArc, { value: number; follow: State['next'][number] }[]>();
  for (const follow of state.next) {
    const rest = follow.to === undefined ? 0 : follow.to.phase === 'open' ? undefined : follow.to.value;
    if (rest === undefined) continue;
    const value = rest + (span.counts(follow.arc) ? estimateOf(follow.arc.time) : 0);
    const key = follow.arc.group ?? follow.arc;
    groups.set(key, [...(groups.get(key) ?? []), { value, follow }]);
  }
  for (const options of groups.values()) {
    const certain = options.filter(({ follow }) => follow.arc.group !== undefined && firstMet(follow.arc));
    const chosen =
      certain.length > 0
        ? certain.reduce((least, option) => (option.value < least.value ? option : least))
        : options.reduce((most, option) => (option.value > most.value ? option : most));
    if (state.value !== undefined && chosen.value <= state.value) continue;
    state.value = chosen.value;
    state.best = chosen.follow;
  }
}

/** Whether a branch of a parallel split is sure to reach an end before it meets another branch of the same split. */
function meetsFirst(arcs: readonly TimeArc[], span: Span): (head: TimeArc) => boolean {
  const known = new Map<TimeArc, boolean>();
  const groups = new Map<string, TimeArc[]>();
  for (const arc of arcs) {
    if (arc.group === undefined) continue;
    const key = `${arc.group}`;
    groups.set(key, [...(groups.get(key) ?? []), arc]);
  }
  const regionOf = (head: TimeArc) => {
    const region = new Set(span.isEnd(head) ? [] : [head.to]);
    let certain = true;
    for (const node of region) {
      const out = node.out.filter((arc) => span.mayTake(arc));
      if (out.length === 0) certain = false;
      for (const arc of out) if (!span.isEnd(arc)) region.add(arc.to);
    }
    return { region, certain };
  };
  return (head) => {
    const found = known.get(head);
    if (found !== undefined) return found;
    const group = groups.get(`${head.group}`) ?? [];
    const regions = group.map((arc) => ({ arc, ...regionOf(arc) }));
    const meeting = (node: TimeNode) =>
      node.node.kind === 'exit' || ['all', 'live'].includes(node.node.step?.fields.join?.value ?? '');
    for (const { arc, region, certain } of regions) {
      const meets = [...region].some(
        (node) => meeting(node) && regions.some((other) => other.arc !== arc && other.region.has(node)),
      );
      known.set(arc, certain && !meets);
    }
    return known.get(head) ?? false;
  };
}

/** What is not known on the ways that lead to an end, each step once. */
function unknownOf(states: readonly State[], span: Span): LongestPath['unknown'] {
  const found = new Map<string, { readonly step: string; readonly because: string }>();
  for (const { next } of states) {
    for (const { arc, to } of next) {
      const leads = to === undefined || to.value !== undefined;
      if (leads && span.counts(arc) && arc.time.unknown) found.set(arc.time.unknown.because, arc.time.unknown);
    }
  }
  return [...found.values()];
}

/** The longest from the start of a scope until work leaves it. */
export function timeInside(scope: Step, graph: FlowGraph): StepTime {
  const inside = (inner: Step) => timeInside(inner, graph);
  const opened = (step: Step) => step === scope || isInside(scope, step);
  const time = timeGraphOf(graph, opened, inside, false);
  const start = [...time.nodes.values()].find(({ node }) => node.step === scope && node.kind === 'step');
  if (!start) return noTime;
  const longest = longestPath(time, {
    sources: [start],
    isEnd: (arc) => leaves(arc.edge, scope) || (arc.to.node.kind === 'exit' && arc.to.node.step === scope),
    mayTake: ({ from }) => from.node.step === scope || isInside(from.node.step, scope),
    counts: () => true,
  });
  if (!longest) return noTime;
  const { unbounded, unknown } = longest;
  const because = `the loop through '${unbounded?.from.step?.id}' has no bound`;
  return {
    ...longest.time,
    unknown: unknown[0] ?? (unbounded ? { step: unbounded.from.step?.id ?? scope.id, because } : undefined),
  };
}

// The longest a case can take from one point of the flow to the first of others, with the path that takes it.
import { addTo, groupBy } from '../language/groups.ts';
import type { FlowEdge } from './flow-graph.ts';
import { roundsOf, type Used, unused } from './rounds.ts';
import { estimateOf, type StepTime } from './step-time.ts';
import type { TimeArc, TimeGraph, TimeNode } from './time-graph.ts';

export interface LongestPath {
  /** From the first point to the last. */
  readonly arcs: readonly TimeArc[];
  /** False for arcs in which the clock stands still. */
  counted(arc: TimeArc): boolean;
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
  readonly used: Used;
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
  const rounds = roundsOf<TimeArc, TimeNode>([...nodes.values()], ({ bound }) => bound);
  const firstMet = meetsFirst(arcs, span);
  const states = new Map<string, State>();
  let unbounded: FlowEdge | undefined;
  let untold: TimeArc | undefined;
  const stateOf = (node: TimeNode, used: Used): State => {
    const key = rounds.key(node, used);
    const known = states.get(key);
    if (known) return known;
    const state: State = { node, used, next: [], value: undefined, best: undefined, phase: 'new' };
    states.set(key, state);
    return state;
  };
  const expand = (state: State) => {
    for (const arc of state.node.out) {
      if (!span.mayTake(arc)) continue;
      if (span.isEnd(arc)) state.next.push({ arc, to: undefined });
      else if (rounds.isTooMany(arc)) untold ??= arc;
      else {
        const used = rounds.after(state.used, arc);
        if (used) state.next.push({ arc, to: stateOf(arc.to, used) });
      }
    }
  };
  const roots = span.sources.map((node) => stateOf(node, unused));
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
        expand(follow.to);
        follow.to.phase = 'open';
        work.push({ state: follow.to, at: 0 });
      }
    }
  }
  const longest = roots.filter(({ value }) => value !== undefined).sort((a, b) => (b.value ?? 0) - (a.value ?? 0))[0];
  if (!longest) return undefined;
  const path: TimeArc[] = [];
  for (let state: State | undefined = longest; state?.best; state = state.best.to) {
    path.push(state.best.arc);
  }
  const parts = path.filter(span.counts).flatMap((arc) => arc.time.parts);
  const unknown = unknownOf([...states.values()], span);
  const step = untold?.from.node.step?.id ?? 'start';
  const tooMany = untold ? [{ step, because: `there are too many rounds through '${step}' to be added up` }] : [];
  return {
    arcs: path,
    counted: span.counts,
    time: { parts, unknown: undefined },
    unknown: [...unknown, ...tooMany],
    unbounded,
  };
}

/** The longest alternative; of parallel branches that each reach an end for certain, the shortest. */
function evaluate(state: State, span: Span, firstMet: (arc: TimeArc) => boolean): void {
  const groups = new Map<number | TimeArc, { value: number; follow: State['next'][number] }[]>();
  for (const follow of state.next) {
    const rest = follow.to === undefined ? 0 : follow.to.phase === 'open' ? undefined : follow.to.value;
    if (rest === undefined) continue;
    const value = rest + (span.counts(follow.arc) ? estimateOf(follow.arc.time) : 0);
    const key = follow.arc.group ?? follow.arc;
    addTo(groups, key, { value, follow });
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
  const groups = groupBy(arcs, ({ group }) => group);
  const certain = new Map<number, ReadonlySet<TimeArc>>();
  return (head) => {
    if (head.group === undefined) return false;
    const found = certain.get(head.group) ?? endingAlone(groups.get(head.group) ?? [], span);
    certain.set(head.group, found);
    return found.has(head);
  };
}

/** Goes along all branches at once and waits where they can meet, so that it seldom goes further than to their join. */
function endingAlone(heads: readonly TimeArc[], span: Span): ReadonlySet<TimeArc> {
  const branches = heads.map((head) => {
    const region = new Set<TimeNode>(span.isEnd(head) ? [] : [head.to]);
    return {
      head,
      region,
      waiting: new Set<TimeNode>(),
      passed: new Set<TimeNode>(),
      open: [...region],
      certain: true,
    };
  });
  const canMeet = ({ node }: TimeNode) =>
    node.kind === 'exit' || ['all', 'live'].includes(node.step?.fields.join?.value ?? '');
  for (let goesOn = true; goesOn; ) {
    goesOn = false;
    for (const branch of branches) {
      for (let node = branch.open.pop(); node && branch.certain; node = branch.open.pop()) {
        if (canMeet(node) && !branch.waiting.has(node)) {
          branch.waiting.add(node);
          continue;
        }
        const out = node.out.filter((arc) => span.mayTake(arc));
        if (out.length === 0) branch.certain = false;
        for (const arc of out) {
          if (span.isEnd(arc) || branch.region.has(arc.to)) continue;
          branch.region.add(arc.to);
          branch.open.push(arc.to);
        }
      }
    }
    for (const branch of branches.filter(({ certain }) => certain)) {
      for (const node of branch.waiting) {
        if (branches.some((other) => other !== branch && other.region.has(node))) branch.certain = false;
        else if (!branch.passed.has(node)) branch.open.push(node);
        branch.passed.add(node);
      }
      goesOn ||= branch.certain && branch.open.length > 0;
    }
  }
  return new Set(branches.filter(({ certain }) => certain).map(({ head }) => head));
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

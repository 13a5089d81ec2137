// The flow graph as time sees it: each edge with the longest it can take, scopes with a time limit as one block, timers
// from where they begin to count, and bounded loops with what counts their rounds.
import type { Step, Workflow } from '../language/model.ts';
import { cyclicComponents } from './components.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';
import { type Bound, boundOf } from './rounds.ts';
import { estimateOf, noTime, repeated, type StepTime, stated, timeOnLeaving } from './step-time.ts';

export interface TimeNode {
  readonly index: number;
  readonly node: FlowNode;
  readonly out: TimeArc[];
}

/** One way on, and how long it takes at most from the moment work reaches `from`. */
export interface TimeArc {
  readonly from: TimeNode;
  readonly to: TimeNode;
  readonly edge: FlowEdge;
  readonly time: StepTime;
  /** What counts how often a case may pass here. */
  readonly bound: Bound | undefined;
  /** Parallel branches that leave together share it. */
  readonly group: number | undefined;
}

export interface TimeGraph {
  readonly nodes: ReadonlyMap<FlowNode, TimeNode>;
  readonly arcs: readonly TimeArc[];
}

/** Longest time inside a scope, from its start until `edge` takes work out of it. */
export type TimeInside = (scope: Step, edge: FlowEdge) => StepTime;

/**
 * Builds it. A scope with a time limit or a `for-each` is one block with the edges that leave it, unless `opened` says that
 * points in it are asked for. Events of the case may strike once on the way; where that would close a circle they are
 * left out, as are paths that start beside a step that goes on, and messages to a wait, which has a time of its own.
 */
export function timeGraphOf(
  graph: FlowGraph,
  opened: (scope: Step) => boolean,
  inside: TimeInside,
  fromStart: boolean,
): TimeGraph {
  const nodes = new Map<FlowNode, TimeNode>();
  const arcs: TimeArc[] = [];
  const seen = new Set<string>();
  const nodeFor = (node: FlowNode): TimeNode => {
    const known = nodes.get(node);
    if (known) return known;
    const made: TimeNode = { index: nodes.size, node, out: [] };
    nodes.set(node, made);
    return made;
  };
  const add = (from: FlowNode, to: FlowNode, edge: FlowEdge, time: StepTime) => {
    const arc: TimeArc = {
      from: nodeFor(from),
      to: nodeFor(to),
      edge,
      time,
      bound: boundOf(edge),
      group: groupOf(edge),
    };
    arcs.push(arc);
    arc.from.out.push(arc);
  };
  const blocks = blocksOf(graph, opened);
  for (const edge of graph.edges) {
    if (edge.keep || (edge.kind === 'message' && edge.to.kind !== 'start')) continue;
    const source = blocks(edge.from);
    const target = blocks(edge.to);
    const to = target ?? edge.to;
    if (source && source === target) continue;
    const outer = outerTimer(edge, graph.workflow);
    if (outer === 'case' && !fromStart) continue;
    if (outer) {
      // It counts from the start of the scope, or of the case, wherever work is by then.
      const from = outer === 'case' ? graph.root : (source ?? graph.nodeOf(outer));
      const key = `${edge.range.start} ${from?.index} ${to.index}`;
      if (from && !seen.has(key)) add(from, to, edge, outerTime(edge, outer, graph.workflow));
      seen.add(key);
      continue;
    }
    add(
      source ?? edge.from,
      to,
      edge,
      source?.step ? blockTime(source.step, edge, graph.workflow, inside) : timeOnLeaving(edge, graph),
    );
  }
  return { nodes, arcs: withoutCircularEvents(nodes, arcs) };
}

/** The node of the outermost scope that is one block and holds a node; a block holds its own node as well. */
function blocksOf(graph: FlowGraph, opened: (scope: Step) => boolean): (node: FlowNode) => FlowNode | undefined {
  const known = new Map<Step, FlowNode | undefined>();
  const blockOf = (step: Step): FlowNode | undefined => {
    if (known.has(step)) return known.get(step);
    const outer = step.scope && blockOf(step.scope);
    const own = isBlock(step) && !opened(step) ? graph.nodeOf(step) : undefined;
    known.set(step, outer ?? own);
    return outer ?? own;
  };
  return ({ step }) => (step ? blockOf(step) : undefined);
}

function isBlock({ kind, within, fields }: Step): boolean {
  return kind === 'scope' && (within !== undefined || fields.forEach !== undefined);
}

/** The shorter of what the steps inside take and the time limit around them. */
function blockTime(scope: Step, edge: FlowEdge, workflow: Workflow, inside: TimeInside): StepTime {
  const { forEach } = scope.fields;
  const once = inside(scope, edge);
  const many = forEach?.mode?.value !== 'parallel' && forEach !== undefined;
  const counted = many && forEach.max ? repeated(once, forEach.max.value) : once;
  const because = `'for-each' of '${scope.id}' has no 'max'`;
  const whole = many && !forEach.max ? { ...once, unknown: once.unknown ?? { step: scope.id, because } } : counted;
  if (!scope.within) return whole;
  const limit = stated(scope.within, scope, scope.performers, workflow, 'within');
  return whole.unknown || (!limit.unknown && estimateOf(limit) < estimateOf(whole)) ? limit : whole;
}

/** The scope whose timer an edge belongs to, or the case; undefined for timers of the step itself and all other edges. */
function outerTimer({ outcome, interrupt, from, range }: FlowEdge, { fields }: Workflow): Step | 'case' | undefined {
  if (outcome !== 'timer') return undefined;
  if (interrupt) return fields?.timers ? 'case' : undefined;
  const within = (timers: Step['fields']['timers']) =>
    (timers ?? []).some(({ $ }) => $.range.start <= range.start && range.end <= $.range.end);
  if (within(from.step?.fields.timers)) return undefined;
  for (let scope = from.step?.scope; scope; scope = scope.scope) if (within(scope.fields.timers)) return scope;
  return undefined;
}

function outerTime({ range }: FlowEdge, outer: Step | 'case', workflow: Workflow): StepTime {
  const timers = (outer === 'case' ? workflow.fields?.timers : outer.fields.timers) ?? [];
  const timer = timers.find(({ $ }) => $.range.start <= range.start && range.end <= $.range.end);
  const place = outer === 'case' ? workflow.steps.values().next().value : outer;
  if (!place) return noTime;
  if (!timer?.after || timer.every)
    return { parts: [], unknown: { step: place.id, because: 'when a timer fires is not known' } };
  const time = stated(timer.after, place, [], workflow, 'after');
  return outer === 'case' ? { ...time, parts: time.parts.map((part) => ({ ...part, step: 'timers' })) } : time;
}

function groupOf({ split, exhausted }: FlowEdge): number | undefined {
  return split?.mode === 'parallel' && !exhausted ? split.id : undefined;
}

/** An event that can strike while its own consequence is at work would make a loop of every step. */
function withoutCircularEvents(nodes: ReadonlyMap<FlowNode, TimeNode>, arcs: readonly TimeArc[]): readonly TimeArc[] {
  const component = new Map<TimeNode, number>();
  for (const [i, members] of cyclicComponents([...nodes.values()]).entries())
    for (const member of members) component.set(member, i);
  const circular = ({ edge, from, to }: TimeArc) =>
    (edge.interrupt || edge.kind === 'message') && component.has(from) && component.get(from) === component.get(to);
  const kept = arcs.filter((arc) => !circular(arc));
  if (kept.length < arcs.length) {
    for (const node of nodes.values()) node.out.length = 0;
    for (const arc of kept) arc.from.out.push(arc);
  }
  return kept;
}

// Spans between points of the flow: from `start`, `STEP`, `STEP.OUTCOME` or an event to the first of others, with the
// longest time a case can take, and how long that is on a clock or in working time.
import type { ASTNode } from '@marcbachmann/cel-js';
import { freeNames } from '../language/conditions.ts';
import { isInside, type Step } from '../language/model.ts';
import type { ConditionText, Reference } from '../language/parts.ts';
import type { Analyses } from './analyses.ts';
import { closingTimes, comparable, finishOf, type WorkingTime, workedBetween } from './calendars.ts';
import { completes } from './completion.ts';
import { implies, negates } from './implication.ts';
import { type LongestPath, longestPath } from './longest-path.ts';
import { scopeTimesOf } from './scope-times.ts';
import type { TimePart } from './step-time.ts';
import { type TimeArc, type TimeInside, type TimeNode, timeGraphOf } from './time-graph.ts';

/** What is asked of a span. */
export interface SpanQuestion {
  /** Undefined: from the start of the case. */
  readonly from: Reference | undefined;
  /** Empty: to any end of the case. */
  readonly to: readonly Reference[];
  /** Steps in which the clock stands still. */
  readonly stops: readonly Reference[];
  /** Only cases for which this holds. */
  readonly when: ConditionText | undefined;
}

export interface Span extends LongestPath {
  /** A guard on the path asks about the same data as `when`, and cannot be compared with it. */
  readonly undecided: ConditionText | undefined;
}

/** Undefined where a point is not part of the flow, or no path leads from one to the other. */
export function spanOf(question: SpanQuestion, analyses: Analyses): Span | undefined {
  const { graph } = analyses;
  const { workflow } = graph;
  const points = [...(question.from ? [question.from] : []), ...question.to];
  if (points.some(({ name }) => !workflow.steps.has(name) && !workflow.events.has(name))) return undefined;
  const holding = points.flatMap(({ name }) => workflow.steps.get(name) ?? []);
  const opened = (scope: Step) => holding.some((step) => isInside(step, scope));
  const inside = analyses.derived(scopeTimes);
  const time = timeGraphOf(graph, opened, inside, question.from === undefined);
  const stops = new Set(question.stops.map(({ name }) => name));
  const when = question.when && analyses.conditions.checked.get(question.when)?.ast;
  const guards = guardsAgainst(when, analyses);
  const isEnd = endOf(question.to, workflow.events);
  const sources = sourcesOf(question.from, [...time.nodes.values()], time.arcs, analyses);
  const longest = longestPath(time, {
    sources,
    isEnd,
    mayTake: (arc) => guards(arc) !== 'excluded',
    counts: ({ from }) => !isWithin(from.node.step, stops),
  });
  if (!longest) return undefined;
  const undecided = longest.arcs.find((arc) => guards(arc) === 'undecided')?.edge.guard?.when;
  const limited = [...workflow.steps.values()].find((step) => step.within && step.kind === 'scope' && opened(step));
  const because = `the span begins or ends inside '${limited?.id}', which has a time limit of its own`;
  const unknown = limited ? [...longest.unknown, { step: limited.id, because }] : longest.unknown;
  return { ...longest, unknown, undecided };
}

function scopeTimes({ graph }: Analyses): TimeInside {
  return scopeTimesOf(graph);
}

/** The step, or a scope around it, is one of `ids`. */
function isWithin(step: Step | undefined, ids: ReadonlySet<string>): boolean {
  return step !== undefined && (ids.has(step.id) || isWithin(step.scope, ids));
}

function endOf(to: readonly Reference[], events: ReadonlyMap<string, unknown>): (arc: TimeArc) => boolean {
  if (to.length === 0) return (arc) => arc.to.node.step?.kind === 'end' && arc.to.node.step.scope === undefined;
  return (arc) =>
    to.some((point) => passes(point, arc, events) || (!point.field && arc.to.node.step?.id === point.name));
}

/** Where the clock starts: behind the point, with none of its own time counted. */
function sourcesOf(
  from: Reference | undefined,
  nodes: readonly TimeNode[],
  arcs: readonly TimeArc[],
  { graph }: Analyses,
): readonly TimeNode[] {
  if (!from) return nodes.filter(({ node }) => node === graph.root);
  const { events } = graph.workflow;
  const begun = nodes.filter(({ node }) =>
    events.has(from.name)
      ? node.start?.fields.on?.name === from.name
      : !from.field && node.step?.id === from.name && node.kind === 'step' && !node.takenOver,
  );
  const behind = arcs.filter((arc) => passes(from, arc, events)).map((arc) => arc.to);
  return [...new Set([...begun, ...behind])];
}

/** Taking the arc is the point: the outcome of the step, or the moment the event strikes or is emitted. */
function passes({ name, field }: Reference, { edge }: TimeArc, events: ReadonlyMap<string, unknown>): boolean {
  const { from, outcome } = edge;
  if (field) return from.step?.id === name && outcome === field && !edge.interrupt;
  if (!events.has(name)) return false;
  const emits = from.step?.fields.emits?.some((emitted) => emitted.name === name) && completes(edge);
  const awaited = from.step?.kind === 'wait' && outcome === 'done' && from.step.fields.until?.name === name;
  return emits || awaited || (outcome === name && edge.kind !== 'message');
}

/** Between which arcs of a path, by their index, the clock of a span runs; undefined where it does not begin and end there. */
export function placeOn(
  path: readonly TimeArc[],
  { from, to }: Pick<SpanQuestion, 'from' | 'to'>,
  { graph }: Analyses,
): { readonly first: number; readonly behind: number } | undefined {
  const { events } = graph.workflow;
  const begins = ({ node }: TimeNode) =>
    from && events.has(from.name)
      ? node.start?.fields.on?.name === from.name
      : !from?.field && node.step?.id === from?.name && node.kind === 'step' && !node.takenOver;
  const at = from ? path.findIndex((arc) => begins(arc.from) || passes(from, arc, events)) : 0;
  const head = path[at];
  if (!head) return undefined;
  const first = !from || begins(head.from) ? at : at + 1;
  const isEnd = endOf(to, events);
  const last = path.findIndex((arc, index) => index >= first && isEnd(arc));
  return last === -1 ? undefined : { first, behind: last + 1 };
}

type Judged = 'possible' | 'excluded' | 'undecided';

/** Whether cases for which `when` holds can take an edge, by the conditions that decide for it. */
function guardsAgainst(when: ASTNode | undefined, { conditions }: Analyses): (arc: TimeArc) => Judged {
  if (!when) return () => 'possible';
  const names = freeNames(when).map(({ name }) => name);
  return ({ edge }) => {
    let judged: Judged = 'possible';
    for (let guard = edge.guard; guard; guard = guard.before) {
      const ast = conditions.checked.get(guard.when)?.ast;
      if (!ast) judged = 'undecided';
      else if (guard.holds ? negates(when, ast) : implies(when, ast)) return 'excluded';
      else if (!(guard.holds ? implies(when, ast) : negates(when, ast))) {
        const root = (name: string) => name.split('.')[0];
        if (freeNames(ast).some(({ name }) => names.some((other) => root(other) === root(name)))) judged = 'undecided';
      }
    }
    return judged;
  };
}

/** Starts that are tried at most; each of them is a run that can happen. */
const maxStarts = 300;

/** The parts one after the other, from the start at which they take longest. */
export interface Run {
  readonly total: number;
  /** What has passed behind each part. */
  readonly passed: readonly number[];
  /** The start at which they take longest; undefined where they always take the same. */
  readonly start?: number;
}

/**
 * The longest the parts can take one after the other on a clock, or as working time of `counted`. Without calendars that is
 * their sum. With calendars the starts are tried that can be the worst ones, whenever someone stops working for the day.
 * Undefined where the zones of the calendars cannot be compared.
 */
export function longestRun(parts: readonly TimePart[], counted: WorkingTime | undefined): Run | undefined {
  const named = [...parts.flatMap(({ calendar }) => calendar ?? []), ...(counted ? [counted] : [])];
  const calendars = [...new Map(named.map((time) => [time.id, time])).values()];
  if (calendars.some((time) => calendars.some((other) => !comparable(time, other)))) return undefined;
  // All of it is working time of the calendar it is counted in, or there are no calendars at all.
  const alike = counted && parts.every(({ calendar, onClock }) => onClock === 0 && calendar?.id === counted.id);
  if (calendars.length === 0 || alike) return summed(parts);
  const starts = startsOf(parts, calendars);
  let worst: { readonly start: number; readonly total: number } | undefined;
  const merged = neighborsTogether(parts);
  for (const start of starts) {
    const end = runFrom(start, merged)?.at(-1) ?? start;
    const total = counted ? workedBetween(start, end, counted) : end - start;
    if (!worst || total > worst.total) worst = { start, total };
  }
  const ends = worst && runFrom(worst.start, parts);
  if (!worst || !ends) return undefined;
  const { start, total } = worst;
  return { total, start, passed: ends.map((end) => (counted ? workedBetween(start, end, counted) : end - start)) };
}

function summed(parts: readonly TimePart[]): Run {
  const passed: number[] = [];
  let total = 0;
  for (const { onClock, working } of parts) {
    total += onClock + working;
    passed.push(total);
  }
  return { total, passed };
}

/** Moments at which a span of working time is longest that begins behind what takes its time on the clock. */
function startsOf(parts: readonly TimePart[], calendars: readonly WorkingTime[]): readonly number[] {
  const closings = calendars.flatMap((time) => closingTimes(time));
  const starts = new Set<number>();
  let before = 0;
  for (const { onClock } of [{ onClock: 0 }, ...neighborsTogether(parts)]) {
    before += onClock;
    for (const close of closings) starts.add(close - before);
    if (starts.size > maxStarts) break;
  }
  return [...starts];
}

/** When each part ends; undefined where one is too long to be worked out. */
function runFrom(start: number, parts: readonly TimePart[]): readonly number[] | undefined {
  const ends: number[] = [];
  let at = start;
  for (const { onClock, working, calendar } of parts) {
    const worked = calendar ? finishOf(at, working, calendar) : at;
    if (worked === undefined) return undefined;
    at = worked + onClock;
    ends.push(at);
  }
  return ends;
}

/** Neighbors on one calendar are one stretch. */
function neighborsTogether(parts: readonly TimePart[]): readonly TimePart[] {
  const result: TimePart[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (last && last.calendar?.id === part.calendar?.id)
      result[result.length - 1] = {
        ...last,
        onClock: last.onClock + part.onClock,
        working: last.working + part.working,
      };
    else result.push(part);
  }
  return result;
}

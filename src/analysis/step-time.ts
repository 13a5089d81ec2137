// Upper bounds of time: how long a step can take until work leaves it by an edge (language.md, sections 7 and 9.18).
// What is not stated is unknown, with the reason, and never nothing.
import type { Actor, Step, Workflow } from '../language/model.ts';
import type { FromData } from '../language/parts.ts';
import type { Located, Range } from '../language/source.ts';
import type { Duration } from '../language/values.ts';
import { inWorkingTime, type WorkingTime, workingTimeOf, worksAlways } from './calendars.ts';
import { termsInForce } from './contract-terms.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';

/** A stretch of time as someone wrote it down. */
export interface TimePart {
  /** The step it is spent in. */
  readonly step: string;
  /** In the user's own words: `4h`. */
  readonly text: string;
  readonly times: number;
  /** Working minutes of `calendar`, all rounds together. */
  readonly working: number;
  /** Minutes on the clock. */
  readonly onClock: number;
  readonly calendar: WorkingTime | undefined;
}

/** At most the sum of `parts`; not known where `unknown` says why, and then at least nothing. */
export interface StepTime {
  readonly parts: readonly TimePart[];
  readonly unknown: { readonly step: string; readonly because: string } | undefined;
}

/** It takes no time. */
export const noTime: StepTime = { parts: [], unknown: undefined };

/** As it was written; an ISO 8601 duration in short units. */
export function durationText({ parts }: Duration): string {
  return parts.map(({ amount, unit }) => `${amount}${unit}`).join('');
}

/** `3d4h`, from minutes on the clock; with `dayMinutes` of a calendar, from working minutes. */
export function minutesText(minutes: number, dayMinutes = 24 * 60): string {
  const whole = Math.round(minutes);
  const [days, rest] = [Math.floor(whole / dayMinutes), whole % dayMinutes];
  const [hours, left] = [Math.floor(rest / 60), Math.round(rest % 60)];
  const text = `${days > 0 ? `${days}d` : ''}${hours > 0 ? `${hours}h` : ''}${left > 0 ? `${left}m` : ''}`;
  return text || (minutes > 0 ? 'less than 1m' : '0m');
}

/** A written time, unless it is read from data at run time. */
export function statedDuration(value: Located<Duration | FromData> | undefined): Duration | undefined {
  return value && 'parts' in value.value ? value.value : undefined;
}

/** The longest that `node` holds the work that leaves it by `edge`; the edge decides for timers, refusals and take-overs. */
export function timeOnLeaving(edge: FlowEdge, graph: FlowGraph): StepTime {
  const { from, to, outcome } = edge;
  const { step } = from;
  const { workflow } = graph;
  if (!step || from.kind !== 'step') return noTime;
  // The time of a step counts from its start, whoever takes it over (an escalation does not lengthen it).
  if (from.step === to.step && to.takenOver) return noTime;
  if (step.kind === 'scope' || step.kind === 'route' || step.kind === 'end') return noTime;
  const own = outcome === 'timer' ? timerOf(edge, from, workflow) : undefined;
  const held = timeOf(from, workflow, outcome);
  // A timer fires no later than the time of the step is over.
  const isOver = (step.within || step.fields.for) && !held.unknown;
  if (own) return isOver && (own.unknown || estimateOf(held) < estimateOf(own)) ? held : own;
  if (outcome !== 'refused') return held;
  // Who refuses does so before the acknowledgment is due, or where none is, before the step would be over.
  const receiver = receiverOf(edge, graph);
  if (!receiver?.step) return held;
  const ack = termsInForce(receiver.step.accepts, edge.contract, workflow).ack;
  const refusal = ack
    ? stated(ack, receiver.step, receiver.performers, workflow, 'ack')
    : timeOf(receiver, workflow, undefined);
  const named = refusal.parts.map((part) => ({ ...part, step: `ack of ${part.step}` }));
  return plus(held, { ...refusal, parts: ack ? named : refusal.parts });
}

/** The longest that `node` holds work. The limit counts in the working time of `by`, also for those who take over. */
export function timeOf(node: FlowNode, workflow: Workflow, outcome: string | undefined): StepTime {
  const { step } = node;
  if (!step || node.kind !== 'step') return noTime;
  const { kind, fields, within, performers } = step;
  if (kind === 'scope' || kind === 'route' || kind === 'end') return noTime;
  if (kind === 'wait' && fields.for) return stated(fields.for, step, [], workflow, 'for');
  if (kind === 'contest' && fields.fileWithin) {
    const filing = stated(fields.fileWithin, step, [], workflow, 'file-within');
    if (outcome === 'not-filed') return filing;
    return plus(filing, within ? stated(within, step, performers, workflow, 'within') : unstated(step));
  }
  if (within) return stated(within, step, performers, workflow, 'within');
  const machine = node.performers.length > 0 && node.performers.every((actor) => actor.kind === 'system');
  const byRule = kind === 'decision' && performers.length === 0 && fields.rule !== undefined && !fields.by;
  const own = kind === 'disclose' || machine || byRule ? retries(step, workflow) : unstated(step);
  return fields.every ? plus(own, stated(fields.every, step, performers, workflow, 'every')) : own;
}

/** What is waited between the tries of a step that itself takes no time. */
function retries(step: Step, workflow: Workflow): StepTime {
  const { retry } = step.fields;
  if (!retry?.backoff) return noTime;
  const once = stated(retry.backoff, step, [], workflow, 'backoff');
  return retry.max ? repeated(once, retry.max.value) : { ...noTime, unknown: unstated(step).unknown };
}

/** The timer of the step itself that this edge belongs to; undefined for one of a scope or the case around it. */
function timerOf(edge: FlowEdge, { step, performers }: FlowNode, workflow: Workflow): StepTime | undefined {
  const timers = (step?.fields.timers ?? []).filter(({ $ }) => holds($.range, edge.range));
  if (!step || timers.length === 0 || edge.interrupt) return undefined;
  const times = timers.map(({ after, every, times: count }) => {
    const first = after ? stated(after, step, performers, workflow, 'after') : unstated(step);
    if (!every) return first;
    return count
      ? plus(first, repeated(stated(every, step, performers, workflow, 'every'), count.value - 1))
      : timeOf(edge.from, workflow, undefined);
  });
  return times.find(({ unknown }) => unknown) ?? times[0];
}

function holds(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Who was to get the work that came back by `edge`: the edge before the refusals names it. */
function receiverOf(edge: FlowEdge, { edges }: FlowGraph): FlowNode | undefined {
  for (let i = edge.index - 1; i >= 0; i--) {
    const before = edges[i];
    if (!before || before.from !== edge.from) return undefined;
    if (before.outcome !== 'refused') return before.to;
  }
  return undefined;
}

function unstated(step: Step): StepTime {
  return { parts: [], unknown: { step: step.id, because: `'${step.id}' has no 'within'` } };
}

/** A duration written at `step`, in the working time of whoever performs; the slowest calendar of those who may. */
export function stated(
  value: Located<Duration | FromData>,
  step: Step,
  performers: readonly Actor[],
  workflow: Workflow,
  key: string,
): StepTime {
  const duration = statedDuration(value);
  const unknown = (because: string): StepTime => ({ parts: [], unknown: { step: step.id, because } });
  if (!duration) return unknown(`'${key}' of '${step.id}' is read from data`);
  const calendars = performers.map((actor) => calendarOf(actor, workflow));
  if (calendars.includes('unknown')) return unknown(`the working hours of who performs '${step.id}' are not known`);
  const known = calendars.flatMap((time) => (typeof time === 'object' ? [time] : []));
  const slowest = known.sort((a, b) => rateOf(b) - rateOf(a))[0];
  const { working, onClock } = slowest ? inWorkingTime(duration, slowest) : { working: 0, onClock: duration.minutes };
  const part = { step: step.id, text: durationText(duration), times: 1, working, onClock, calendar: slowest };
  return { parts: [part], unknown: undefined };
}

/** Undefined: works by the clock. `unknown`: has a calendar, and its hours are not known. */
export function calendarOf({ fields }: Actor, workflow: Workflow): WorkingTime | 'unknown' | undefined {
  if (!fields.calendar) return undefined;
  const calendar = workflow.calendars.get(fields.calendar.name);
  const time = calendar && workingTimeOf(calendar);
  if (!time || time.weekdays.size === 0) return 'unknown';
  return worksAlways(time) ? undefined : time;
}

/** Minutes on the clock for one of work, on average. */
function rateOf({ weekdays, from, to }: WorkingTime): number {
  return (7 * 24 * 60) / Math.max(1, weekdays.size * (to - from));
}

/** One after the other. */
export function plus(a: StepTime, b: StepTime): StepTime {
  return { parts: [...a.parts, ...b.parts], unknown: a.unknown ?? b.unknown };
}

/** `count` times one after the other. */
export function repeated({ parts, unknown }: StepTime, count: number): StepTime {
  const scaled = parts.map((part) => ({
    ...part,
    times: part.times * count,
    working: part.working * count,
    onClock: part.onClock * count,
  }));
  return { parts: count > 0 ? scaled : [], unknown };
}

/** What the parts come to on the clock on average, to compare paths by. */
export function estimateOf({ parts }: StepTime): number {
  return parts.reduce(
    (sum, { working, onClock, calendar }) => sum + onClock + (calendar ? working * rateOf(calendar) : 0),
    0,
  );
}

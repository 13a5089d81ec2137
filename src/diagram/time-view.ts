// The longest way through a case on a clock, as the rules about time see it: how long each step holds the work at the
// latest, and whether the limits along it are kept.
import type { Analyses } from '../analysis/analyses.ts';
import { finishOf, inWorkingTime, type WorkingTime, workingTimeOf } from '../analysis/calendars.ts';
import { termsInForce } from '../analysis/contract-terms.ts';
import { pathOf } from '../analysis/data-paths.ts';
import { judgeSpan } from '../analysis/span-limits.ts';
import { longestRun, placeOn, type Run, type SpanQuestion, spanOf } from '../analysis/spans.ts';
import { clockOf } from '../analysis/step-clock.ts';
import { calendarOf, durationText, statedDuration } from '../analysis/step-time.ts';
import type { TimeArc } from '../analysis/time-graph.ts';
import type { Step } from '../language/model.ts';
import type { ContractTerms } from '../language/parts.ts';
import type { Duration } from '../language/values.ts';
import type { TimeBar, TimeLimit, TimeView } from '../picture/views.ts';
import type { DiagramModel, DiagramNode } from './diagram.ts';

const minute = 60_000;

/** The charted way: its arcs, and what has passed before each of them in minutes. */
interface Way {
  readonly arcs: readonly TimeArc[];
  /** One more than arcs: the last is the end. */
  readonly before: readonly number[];
  readonly run: Run;
}

/** The whole case, from its start to any of its ends. */
const wholeCase: SpanQuestion = { from: undefined, to: [], stops: [], when: undefined };

/** The same text gives the same view. */
export function timeView(analyses: Analyses, diagram: DiagramModel): TimeView {
  // Sub-workflows take their time as well; they are shown as the step that calls them.
  const { whole } = analyses;
  const nodes = new Map(diagram.nodes.map((node) => [node.id, node]));
  const span = spanOf(wholeCase, whole);
  const run = span && longestRun(span.time.parts, undefined);
  const way = span && run ? wayOf(span.arcs, run) : undefined;
  const bars = way ? barsOf(way, nodes) : [];
  const used = new Set(bars.map(({ lane }) => lane));
  return {
    view: 'time',
    lanes: diagram.lanes.filter(({ id }) => used.has(id)),
    bars,
    limits: [...caseLimits(way, whole), ...(way ? stepLimits(way, nodes, whole) : [])],
    unknown: [
      ...(span && !run
        ? [{ step: '', because: 'the calendars on the longest way cannot be compared, so it has no common clock' }]
        : []),
      ...(span?.unknown ?? []).map(({ step, because }) => ({ step: nodeOf(step, nodes)?.id ?? '', because })),
      ...(span?.unbounded ? [unboundedAt(span.unbounded.from.step, nodes)] : []),
    ],
  };
}

function wayOf(arcs: readonly TimeArc[], run: Run): Way {
  const before = [0];
  let done = 0;
  for (const { time } of arcs) {
    done += time.parts.length;
    before.push(done === 0 ? 0 : (run.passed[done - 1] ?? 0));
  }
  return { arcs, before, run };
}

function unboundedAt(step: Step | undefined, nodes: ReadonlyMap<string, DiagramNode>): TimeView['unknown'][number] {
  const node = step && nodeOf(step.id, nodes);
  return { step: node?.id ?? '', because: `the loop through '${step?.id ?? 'start'}' has no bound` };
}

/** A step as it is drawn: `pay/send` of a called file is drawn as `pay`. */
function nodeOf(step: string, nodes: ReadonlyMap<string, DiagramNode>): DiagramNode | undefined {
  return nodes.get(step) ?? nodes.get(step.split('/')[0] ?? '');
}

function barsOf({ arcs, before }: Way, nodes: ReadonlyMap<string, DiagramNode>): readonly TimeBar[] {
  const bars: TimeBar[] = [];
  const add = (step: Step | undefined, start: number, end: number, isUnknown: boolean, goesOn: boolean) => {
    const node = step && nodeOf(step.id, nodes);
    if (!node) return;
    const last = bars.at(-1);
    const { id, title, lane, performer } = node;
    // The steps of a called file are one bar, as are those who take a step over.
    if (goesOn && last?.step === id)
      bars[bars.length - 1] = { ...last, end: end * minute, isUnknown: last.isUnknown || isUnknown };
    else bars.push({ step: id, title, lane, performer, start: start * minute, end: end * minute, isUnknown });
  };
  arcs.forEach(({ from, time }, at) => {
    const { step, kind, takenOver } = from.node;
    const goesOn = kind === 'exit' || takenOver !== undefined || step?.id.includes('/') === true;
    add(step, before[at] ?? 0, before[at + 1] ?? 0, time.unknown !== undefined, goesOn);
  });
  const end = before.at(-1) ?? 0;
  add(arcs.at(-1)?.to.node.step, end, end, false, true);
  return bars;
}

/** Service levels and legal clocks, each judged on its own longest way, as the rules judge them. */
function caseLimits(way: Way | undefined, whole: Analyses): readonly TimeLimit[] {
  const { workflow } = whole.graph;
  const levels = (workflow.fields?.sla ?? []).flatMap(({ max, when, from, to, calendar, clockStops }, at) => {
    const question = { from, to: to ?? [], stops: clockStops ?? [], when };
    const declared = calendar && workflow.calendars.get(calendar.name);
    const counted = declared && workingTimeOf(declared);
    const limit = statedDuration(max);
    if (!limit || (calendar && !counted)) return [];
    return spanLimit(`Service level ${nameOf(question)}`, `sla:${at}`, question, limit, counted, way, whole);
  });
  const clocks = (workflow.fields?.obligations ?? []).flatMap(({ from, to, within, ref }, at) => {
    const limit = statedDuration(within);
    if (!from || !to || !limit) return [];
    const question = { from, to, stops: [], when: undefined };
    const name = ref ? `${ref.value}, ${nameOf(question)}` : `Legal limit ${nameOf(question)}`;
    return spanLimit(name, `obligation:${at}`, question, limit, undefined, way, whole);
  });
  return [...levels, ...clocks];
}

function nameOf({ from, to, when }: SpanQuestion): string {
  const end = to.length === 0 ? 'the end' : to.map((point) => `'${pathOf(point)}'`).join(' or ');
  const cases = when ? ` if ${when.text.replace(/\s+/g, ' ')}` : '';
  return `from ${from ? `'${pathOf(from)}'` : 'the start'} to ${end}${cases}`;
}

function spanLimit(
  title: string,
  place: string,
  question: SpanQuestion,
  limit: Duration,
  counted: WorkingTime | undefined,
  way: Way | undefined,
  whole: Analyses,
): readonly TimeLimit[] {
  const judged = judgeSpan(question, limit, counted, whole);
  if (!judged) return [];
  const because = judged.verdict === 'kept' ? undefined : judged.fault;
  // That the limit is missed where its condition holds is not sure, and the rule says so.
  const verdict = judged.verdict === 'missed' && judged.span.undecided ? 'unknown' : judged.verdict;
  const on = way && question.stops.length === 0 && !question.when ? placeOn(way.arcs, question, whole) : undefined;
  const from = on && way?.before[on.first];
  const to = from === undefined || !way ? undefined : deadline(from, limit, counted, way.run);
  return [
    {
      title,
      allowed: durationText(limit),
      ...(from === undefined || to === undefined ? {} : { from: from * minute, to: to * minute }),
      verdict,
      ...(because ? { because } : {}),
      place,
    },
  ];
}

/** When a time that begins at `from` is over, on the clock of the chart; undefined where that depends on the start. */
function deadline(from: number, limit: Duration, counted: WorkingTime | undefined, run: Run): number | undefined {
  if (!counted) return from + limit.minutes;
  const { working, onClock } = inWorkingTime(limit, counted);
  if (working === 0) return from + onClock;
  const finish = run.start === undefined ? undefined : finishOf(run.start + from, working, counted);
  return finish === undefined || run.start === undefined ? undefined : finish - run.start + onClock;
}

/** What each step of the way may take, and when its receiver must have taken it. */
function stepLimits(way: Way, nodes: ReadonlyMap<string, DiagramNode>, whole: Analyses): readonly TimeLimit[] {
  const limits = new Map<string, TimeLimit>();
  way.arcs.forEach((arc, at) => {
    const { step, kind, takenOver } = arc.from.node;
    // Those of a called file are its own affair, and a step that is taken over keeps its time.
    if (!step || kind !== 'step' || takenOver || !nodes.has(step.id)) return;
    const start = way.before[at] ?? 0;
    const arrival = way.arcs[at - 1];
    const terms = arrival && termsInForce(step.accepts, arrival.edge.contract, whole.graph.workflow);
    for (const limit of [
      ofStep(step, start, way.before[at + 1] ?? start, way, whole),
      ofReceipt(step, terms, start, way, whole),
    ])
      if (limit && !limits.has(`${limit.title} ${limit.step}`)) limits.set(`${limit.title} ${limit.step}`, limit);
  });
  return [...limits.values()];
}

/** `within` is what a step takes at most. A scope whose steps can take longer ends by its time limit. */
function ofStep(step: Step, start: number, end: number, { run }: Way, whole: Analyses): TimeLimit | undefined {
  const { within, id } = step;
  if (!within) return undefined;
  const limit = statedDuration(within);
  const named = { title: 'Time limit', place: id, step: id };
  if (!limit) return { ...named, allowed: '', verdict: 'unknown', because: `'within' of '${id}' is read from data` };
  const to = onClock(step, limit, start, run, whole);
  const stated = { ...named, allowed: durationText(limit) };
  if (to === undefined)
    return { ...stated, verdict: 'unknown', because: `the working hours of who performs '${id}' are not known` };
  const placed = { ...stated, from: start * minute, to: to * minute };
  const outer = scopeOver(step);
  if (outer) return { ...placed, verdict: 'missed', because: outer };
  if (end <= to + 1e-6) return { ...placed, verdict: 'kept' };
  return { ...placed, verdict: 'missed', because: `the work in '${id}' can take longer, and is cut off then` };
}

/** The time of a scope around the step is over before that of the step, as the order of timers is judged. */
function scopeOver({ fields, scope: around }: Step): string | undefined {
  const own = statedDuration(fields.within)?.minutes;
  for (let scope = around; own !== undefined && scope; scope = scope.scope) {
    const limit = statedDuration(scope.within);
    if (limit && limit.minutes < own) return `the time of '${scope.id}' around it is over after ${durationText(limit)}`;
  }
  return undefined;
}

/** When the receiver must have said that the work arrived; nothing where the work itself is over before. */
function ofReceipt(
  step: Step,
  terms: Omit<ContractTerms, '$'> | undefined,
  start: number,
  { run }: Way,
  whole: Analyses,
): TimeLimit | undefined {
  const limit = statedDuration(terms?.ack);
  if (!limit || !terms?.ack) return undefined;
  const clock = clockOf(step, whole.graph.workflow);
  const [due, within] = [clock(terms.ack), clock(step.within)];
  if (due !== undefined && within !== undefined && due > within) return undefined;
  const to = onClock(step, limit, start, run, whole);
  return {
    title: 'Acknowledge',
    allowed: durationText(limit),
    ...(to === undefined ? {} : { from: start * minute, to: to * minute }),
    verdict: to === undefined ? 'unknown' : 'kept',
    ...(to === undefined ? { because: `the working hours of who performs '${step.id}' are not known` } : {}),
    place: step.id,
    step: step.id,
  };
}

/** When a limit of a step is over, in the working time of those who perform it. */
function onClock(step: Step, limit: Duration, start: number, run: Run, whole: Analyses): number | undefined {
  const calendars = step.performers.map((actor) => calendarOf(actor, whole.graph.workflow));
  if (calendars.includes('unknown')) return undefined;
  const times = calendars.flatMap((time) => (typeof time === 'object' ? [time] : []));
  const ends = times.map((time) => deadline(start, limit, time, run));
  if (ends.includes(undefined)) return undefined;
  return times.length === 0 ? start + limit.minutes : Math.max(...ends.flatMap((end) => end ?? []));
}

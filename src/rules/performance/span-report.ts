// What the rules about time say of a span that is too long or not known: the sum with its parts, and the time left at each
// step of the path.
import type { Analyses } from '../../analysis/analyses.ts';
import { hoursOfDay, inWorkingTime, type WorkingTime } from '../../analysis/calendars.ts';
import { pathOf } from '../../analysis/data-paths.ts';
import { isUnknown } from '../../analysis/performers.ts';
import { longestRun, type Run, type Span, type SpanQuestion, spanOf } from '../../analysis/spans.ts';
import { durationText, minutesText, type TimePart } from '../../analysis/step-time.ts';
import type { TimeArc } from '../../analysis/time-graph.ts';
import { pathSteps } from '../../analysis/witness.ts';
import type { Range } from '../../language/source.ts';
import type { Duration } from '../../language/values.ts';
import type { WitnessStep } from '../finding.ts';

/** A span that may last too long. */
export interface SpanFault {
  readonly verdict: 'violation' | 'unknown';
  /** Why, as a sentence without its end. */
  readonly fault: string;
  readonly witness: readonly WitnessStep[];
}

/** Compares the longest a span can take with its limit; undefined where it is kept, or leads nowhere. */
export function spanFault(
  question: SpanQuestion,
  limit: Duration,
  counted: WorkingTime | undefined,
  range: Range,
  analyses: Analyses,
): SpanFault | undefined {
  const span = spanOf(question, analyses);
  if (!span) return undefined;
  const { working, onClock } = counted ? inWorkingTime(limit, counted) : { working: 0, onClock: limit.minutes };
  // Weeks and months of a calendar are time on the clock, and cannot be added to working time.
  if (working > 0 && onClock > 0) return undefined;
  const unit = onClock > 0 ? undefined : counted;
  const allowed = working + onClock;
  const run = longestRun(span.time.parts, unit);
  if (!run) return undefined;
  const { total } = run;
  const names = `from ${question.from ? `'${pathOf(question.from)}'` : 'the start'} to '${lastOf(span, question)}'`;
  if (total > allowed + 1e-6) {
    const fault = `The longest way ${names} takes up to ${inWords(total, unit)} (${sumOf(span.time.parts, unit)}), and ${durationText(limit)} are allowed`;
    const witness = slackAlong(span, run, allowed, unit);
    if (!span.undecided) return { verdict: 'violation', fault, witness };
    const open = `${fault}, but whether the cases asked about go this way depends on '${span.undecided.text}'`;
    return { verdict: 'unknown', fault: open, witness };
  }
  const reasons = [
    ...span.unknown.map(({ because }) => because),
    ...(span.unbounded ? [`the loop through '${span.unbounded.from.step?.id ?? 'start'}' has no bound`] : []),
  ];
  const step = span.unknown[0]?.step ?? span.unbounded?.from.step?.id;
  // Who performs may be a system, which takes no time.
  const isOpen = span.unknown.some((each) =>
    analyses.graph.nodes.some((node) => node.step?.id === each.step && isUnknown(node)),
  );
  if (reasons.length === 0 || analyses.isIncomplete || isOpen) return undefined;
  const shown = reasons.slice(0, 3).join(', ') + (reasons.length > 3 ? ` and ${reasons.length - 3} more` : '');
  const fault = `Whether the way ${names} keeps to ${durationText(limit)} is not known: ${shown}`;
  const node = step && analyses.graph.workflow.steps.get(step);
  const at = { step: node ? node.id : 'workflow', edge: undefined, range: node ? node.range : range };
  return { verdict: 'unknown', fault, witness: [{ ...at, note: reasons[0] ?? '' }] };
}

/** The point at which the clock stops. */
function lastOf({ arcs }: Span, { to }: SpanQuestion): string {
  const last = arcs.at(-1);
  const { from, outcome } = last?.edge ?? {};
  const point = to.find(({ name, field }) => field !== undefined && name === from?.step?.id && field === outcome);
  if (point) return pathOf(point);
  return last?.to.node.step?.id ?? last?.from.node.step?.id ?? 'the end';
}

function inWords(minutes: number, counted: WorkingTime | undefined): string {
  if (!counted) return minutesText(minutes);
  return `${minutesText(minutes, hoursOfDay(counted))} of working time in '${counted.id}'`;
}

/**
 * `draft 15m + 3 × check 4h`: equal stretches together, in the order of the path. Working time says so, since nights and
 * weekends come on top, unless all is counted in that calendar.
 */
function sumOf(parts: readonly TimePart[], unit: WorkingTime | undefined): string {
  const counted = new Map<string, number>();
  for (const { step, text, times, working, calendar } of parts) {
    const key = `${step} ${text}${working > 0 && calendar?.id !== unit?.id ? ' of working time' : ''}`;
    counted.set(key, (counted.get(key) ?? 0) + times);
  }
  return [...counted].map(([key, times]) => (times > 1 ? `${times} × ${key}` : key)).join(' + ');
}

/** Each step of the path with the time it takes, and what is left of the limit behind it. */
function slackAlong(
  { arcs, counted: counts }: Span,
  { passed }: Run,
  allowed: number,
  calendar: WorkingTime | undefined,
): readonly WitnessStep[] {
  const day = calendar && hoursOfDay(calendar);
  let done = 0;
  const noteOf = (arc: TimeArc | undefined) => {
    if (!arc || arc.time.parts.length === 0) return '';
    if (!counts(arc)) return 'the clock stands still';
    done += arc.time.parts.length;
    const left = allowed - (passed[done - 1] ?? 0);
    const rest = left >= -1e-6 ? `${minutesText(Math.max(0, left), day)} left` : `${minutesText(-left, day)} too late`;
    return `${sumOf(arc.time.parts, calendar)}, then ${rest}`;
  };
  return arcs.flatMap((arc, i) => {
    const first =
      i === 0
        ? pathSteps([arc.edge])
            .slice(0, -1)
            .map((step) => ({ ...step, note: noteOf(arc) }))
        : [];
    const arrived = arc.to.node.kind === 'exit' ? [] : pathSteps([arc.edge]).slice(-1);
    const note = noteOf(arcs[i + 1]) || (i === arcs.length - 1 ? 'the clock stops here' : '');
    return [...first, ...arrived.map((step) => ({ ...step, note }))];
  });
}

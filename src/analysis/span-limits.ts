// Whether the longest a span can take keeps to a limit, and why not or why nobody can say: one judgment for the rules and
// for the picture.
import type { Duration } from '../language/values.ts';
import type { Analyses } from './analyses.ts';
import { hoursOfDay, inWorkingTime, type WorkingTime } from './calendars.ts';
import { pathOf } from './data-paths.ts';
import { isUnknown } from './performers.ts';
import { longestRun, type Run, type Span, type SpanQuestion, spanOf } from './spans.ts';
import { durationText, minutesText, type TimePart } from './step-time.ts';

export type JudgedSpan =
  | { readonly verdict: 'kept'; readonly span: Span }
  | {
      /** On a way that some of the cases may never take, where `span.undecided` is set. */
      readonly verdict: 'missed';
      readonly span: Span;
      /** Why, as a sentence without its end. */
      readonly fault: string;
      readonly run: Run;
      /** In minutes of `unit`. */
      readonly allowed: number;
      readonly unit: WorkingTime | undefined;
    }
  | {
      readonly verdict: 'unknown';
      readonly span: Span;
      readonly fault: string;
      readonly because: string;
      /** The step that is to blame. */
      readonly step: string | undefined;
      /** What is missing is of another kind, and said elsewhere. */
      readonly isOpen: boolean;
    };

/** Compares the longest a span can take with its limit; undefined where it leads nowhere. */
export function judgeSpan(
  question: SpanQuestion,
  limit: Duration,
  counted: WorkingTime | undefined,
  analyses: Analyses,
): JudgedSpan | undefined {
  const span = spanOf(question, analyses);
  if (!span) return undefined;
  const { working, onClock } = counted ? inWorkingTime(limit, counted) : { working: 0, onClock: limit.minutes };
  const names = `from ${question.from ? `'${pathOf(question.from)}'` : 'the start'} to '${lastOf(span, question)}'`;
  const notKnown = (because: string, step?: string, reasons = because, isOpen = true): JudgedSpan => {
    const fault = `Whether the way ${names} keeps to ${durationText(limit)} is not known: ${reasons}`;
    return { verdict: 'unknown', span, fault, because, step, isOpen };
  };
  // Weeks and months of a calendar are time on the clock, and cannot be added to working time.
  if (working > 0 && onClock > 0) return notKnown('it is partly working time and partly not');
  const unit = onClock > 0 ? undefined : counted;
  const allowed = working + onClock;
  const run = longestRun(span.time.parts, unit);
  if (!run) return notKnown('the calendars on it cannot be compared');
  const { total } = run;
  if (total > allowed + 1e-6) {
    const fault = `The longest way ${names} takes up to ${inWords(total, unit)} (${sumOf(span.time.parts, unit)}), and ${durationText(limit)} are allowed`;
    const open = `, but whether the cases asked about go this way depends on '${span.undecided?.text}'`;
    return { verdict: 'missed', span, fault: span.undecided ? `${fault}${open}` : fault, run, allowed, unit };
  }
  const reasons = [
    ...span.unknown.map(({ because }) => because),
    ...(span.unbounded ? [`the loop through '${span.unbounded.from.step?.id ?? 'start'}' has no bound`] : []),
  ];
  if (reasons.length === 0)
    return analyses.isIncomplete ? notKnown('a file it uses cannot be read') : { verdict: 'kept', span };
  // Who performs may be a system, which takes no time.
  const isOpen = span.unknown.some((each) =>
    analyses.graph.nodes.some((node) => node.step?.id === each.step && isUnknown(node)),
  );
  const shown = reasons.slice(0, 3).join(', ') + (reasons.length > 3 ? ` and ${reasons.length - 3} more` : '');
  const step = span.unknown[0]?.step ?? span.unbounded?.from.step?.id;
  return notKnown(reasons[0] ?? '', step, shown, isOpen || analyses.isIncomplete);
}

function inWords(minutes: number, counted: WorkingTime | undefined): string {
  if (!counted) return minutesText(minutes);
  return `${minutesText(minutes, hoursOfDay(counted))} of working time in '${counted.id}'`;
}

/**
 * `draft 15m + 3 × check 4h`: equal stretches together, in the order of the path. Working time says so, since nights and
 * weekends come on top, unless all is counted in that calendar.
 */
export function sumOf(parts: readonly TimePart[], unit: WorkingTime | undefined): string {
  const counted = new Map<string, number>();
  for (const { step, text, times, working, calendar } of parts) {
    const key = `${step} ${text}${working > 0 && calendar?.id !== unit?.id ? ' of working time' : ''}`;
    counted.set(key, (counted.get(key) ?? 0) + times);
  }
  return [...counted].map(([key, times]) => (times > 1 ? `${times} × ${key}` : key)).join(' + ');
}

/** The point at which the clock stops. */
function lastOf({ arcs }: Span, { to }: SpanQuestion): string {
  const last = arcs.at(-1);
  const { from, outcome } = last?.edge ?? {};
  const point = to.find(({ name, field }) => field !== undefined && name === from?.step?.id && field === outcome);
  if (point) return pathOf(point);
  return last?.to.node.step?.id ?? last?.from.node.step?.id ?? 'the end';
}

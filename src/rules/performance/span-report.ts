// What the rules about time say of a span that is too long or not known: the sum with its parts, and the time left at each
// step of the path.
import type { Analyses } from '../../analysis/analyses.ts';
import { hoursOfDay, type WorkingTime } from '../../analysis/calendars.ts';
import { judgeSpan, sumOf } from '../../analysis/span-limits.ts';
import type { Run, Span, SpanQuestion } from '../../analysis/spans.ts';
import { minutesText } from '../../analysis/step-time.ts';
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
  const judged = judgeSpan(question, limit, counted, analyses);
  if (judged?.verdict === 'missed') {
    const { fault, span, run, allowed, unit } = judged;
    const witness = slackAlong(span, run, allowed, unit);
    return { verdict: span.undecided ? 'unknown' : 'violation', fault, witness };
  }
  if (judged?.verdict !== 'unknown' || judged.isOpen) return undefined;
  const { because, step, fault } = judged;
  const node = step === undefined ? undefined : analyses.graph.workflow.steps.get(step);
  const at = { step: node ? node.id : 'workflow', edge: undefined, range: node ? node.range : range };
  return { verdict: 'unknown', fault, witness: [{ ...at, note: because }] };
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

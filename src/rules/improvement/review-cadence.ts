/**
 * A design that nobody looks at again, or whose review is overdue: what it assumes stops being true without notice.
 * Say under `review` how often it is looked at, by whom, and when that was done last.
 */
import { durationText, statedDuration } from '../../analysis/step-time.ts';
import type { Duration } from '../../language/values.ts';
import { here } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, iso42001, nistAiRmf } from '../standards.ts';

export const reviewCadence: Rule = {
  id: 'improvement/review-cadence',
  severity: 'info',
  summary: 'The design says how often and by whom it is reviewed, and the last review is not longer ago than that.',
  seed: ['S15'],
  clauses: [nistAiRmf('GOVERN 1.5'), iso42001('9.3'), iso42001('A.2.4'), euAiAct('9(2)')],
  check({ workflow }, report, { today }) {
    const { fields, library } = workflow;
    if (!fields || library || !fields.workflow || fields.status?.value === 'retired') return;
    const { review } = fields;
    const range = fields.$.keyRange('review');
    if (!range) {
      report({
        range: fields.workflow.range,
        place: 'workflow',
        message: "Nothing says when this design is reviewed. Add 'review' with an interval and a person.",
        witness: here('workflow', fields.workflow.range, "has no 'review'"),
      });
      return;
    }
    if (!review) return;
    const missing = [
      ...(review.$.keyRange('every') ? [] : ["how often ('every')"]),
      ...(review.$.keyRange('by') ? [] : ["by whom ('by')"]),
    ];
    if (missing.length > 0) {
      report({
        range,
        place: 'workflow',
        message: `The review of this design does not say ${missing.join(' or ')}. Add ${missing.length > 1 ? 'them' : 'it'}.`,
        witness: here('workflow', range, `does not say ${missing.join(' or ')}`),
      });
    }
    const every = statedDuration(review.every);
    const { last } = review;
    // Nothing is overdue before it is in use.
    if (!every || !last || today === undefined || fields.status?.value === 'draft') return;
    const due = later(last.value, every);
    if (today <= due) return;
    const days = Math.ceil((today - due) / 86_400_000);
    report({
      range: last.range,
      place: 'workflow',
      message: `The review of this design was due on ${dayText(due)}, ${days} ${days === 1 ? 'day' : 'days'} ago: ${dayText(last.value)} + ${durationText(every)}. Review it, and write down the day.`,
      witness: here('workflow', last.range, `due on ${dayText(due)}`),
    });
  },
};

/** Months and years by the calendar, and no later than the last day of a month. */
function later(start: number, { parts }: Duration): number {
  const date = new Date(start);
  let minutes = 0;
  for (const { amount, unit } of parts) {
    const months = unit === 'y' ? amount * 12 : unit === 'mo' ? amount : 0;
    if (months > 0 && Number.isInteger(months)) addMonths(date, months);
    else minutes += amount * { s: 1 / 60, m: 1, h: 60, d: 1440, w: 10_080, mo: 43_200, y: 525_600 }[unit];
  }
  return date.getTime() + minutes * 60_000;
}

function addMonths(date: Date, months: number): void {
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
}

function dayText(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

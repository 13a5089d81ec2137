// Durations for people: in words, in hours, and for whoever has a calendar in working time and on the clock.
import { hoursOfDay, inWorkingTime, longestSpan, type WorkingTime, workingTimeOf } from '../analysis/calendars.ts';
import type { Step, Workflow } from '../language/model.ts';
import type { Duration } from '../language/values.ts';
import { durationInWords } from './describe-language.ts';
import { code } from './markdown.ts';

/** `1 day 12 hours (36 h)`; with a calendar `2 days = 20 h of working time by office, at most 5 days on the clock`. */
export function durationWithHours(duration: Duration, calendars: readonly WorkingTime[]): string {
  const words = durationInWords(duration);
  const [calendar] = calendars;
  if (calendar && hoursOfDay(calendar) > 0) {
    const { working, onClock } = inWorkingTime(duration, calendar);
    if (working === 0) return withHours(words, duration.minutes);
    const span = longestSpan(working, calendar);
    const clock = span === undefined ? '' : `, at most ${spanInWords(span + onClock)} on the clock`;
    const plus = onClock > 0 ? ` and ${hours(onClock)}` : '';
    return `${words} = ${hours(working)} of working time by ${code(calendar.id)}${plus}${clock}`;
  }
  return withHours(words, duration.minutes);
}

/** Calendars of those who perform a step. */
export function calendarsOf(step: Step, workflow: Workflow): readonly WorkingTime[] {
  const ids = step.performers.flatMap(({ fields }) => fields.calendar?.name ?? []);
  return [...new Set(ids)].flatMap((id) => workingTime(id, workflow) ?? []);
}

export function workingTime(id: string, workflow: Workflow): WorkingTime | undefined {
  const calendar = workflow.calendars.get(id);
  return calendar && workingTimeOf(calendar);
}

/** Only what is not said in hours already. */
function withHours(words: string, minutes: number): string {
  return /^[\d.]+ hours?$/.test(words) ? words : `${words} (${hours(minutes)})`;
}

function hours(minutes: number): string {
  return `${Number((minutes / 60).toFixed(2))} h`;
}

function spanInWords(minutes: number): string {
  const days = Math.floor(minutes / (24 * 60));
  const rest = minutes - days * 24 * 60;
  const parts = [days > 0 && `${days} day${days === 1 ? '' : 's'}`, (rest > 0 || days === 0) && hours(rest)];
  return parts.filter(Boolean).join(' ');
}

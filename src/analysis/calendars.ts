// Working time: how long a span of working time can take on the clock, whether two calendars ever work at once, and
// whether someone comes to work in time. Exact for a week that repeats, and for the holidays that are declared.
//
// Clocks: two calendars of one zone, and two of fixed offsets (`UTC`, `+02:00`), are compared; calendars of different
// named zones are not, since that would need the rules of each zone. The hour that a summer time adds or takes is left out.
import type { Calendar } from '../language/model.ts';
import { type Duration, parseDays } from '../language/values.ts';

const dayMinutes = 24 * 60;
/** Spans over more working days than this are not worked out. */
const maxDays = 3000;

/** The working time of a calendar; each working day has the same hours. Days are counted from 1970-01-01, a Thursday. */
export interface WorkingTime {
  readonly id: string;
  /** 0 is Monday. */
  readonly weekdays: ReadonlySet<number>;
  /** Minutes since midnight, on its own clock. */
  readonly from: number;
  readonly to: number;
  readonly holidays: ReadonlySet<number>;
  /** Minutes ahead of UTC; undefined for a named zone. */
  readonly offset: number | undefined;
  readonly zone: string;
}

/** Undefined where the calendar does not say its hours, so that nothing can be worked out. */
export function workingTimeOf({ id, fields }: Calendar): WorkingTime | undefined {
  const { hours, days, zone, holidays } = fields;
  if (!hours) return undefined;
  const always = isAlways(fields.$.node?.entries.find(({ key }) => key.text === 'hours')?.value);
  const named = days?.value ?? parseDays(always ? 'mon-sun' : 'mon-fri') ?? [];
  const order = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  return {
    id,
    weekdays: new Set(named.map((day) => order.indexOf(day))),
    from: hours.value.from,
    to: hours.value.to,
    holidays: new Set((holidays ?? []).map(({ value }) => Math.floor(value / (dayMinutes * 60_000)))),
    offset: offsetOf(zone?.value.trim() ?? ''),
    zone: zone?.value.trim() ?? '',
  };
}

function isAlways(node: { readonly kind: string; readonly text?: string } | undefined): boolean {
  return node?.kind === 'scalar' && node.text === '24x7';
}

/** `UTC`, `Z`, `+02:00`, `UTC-5`; undefined for a named zone, whose offset changes. */
function offsetOf(zone: string): number | undefined {
  const match = /^(?:UTC|GMT|Etc\/UTC|Z)?([-+]\d{1,2}(?::?\d{2})?)?$/.exec(zone);
  if (zone === '' || !match) return undefined;
  const [, hours = '0', minutes = '0'] = /^([-+]?\d{1,2}):?(\d{2})?$/.exec(match[1] ?? '0') ?? [];
  return (hours.startsWith('-') ? -1 : 1) * (Math.abs(Number(hours)) * 60 + Number(minutes));
}

/** Minutes of one working day. */
export function hoursOfDay({ from, to }: WorkingTime): number {
  return to - from;
}

/** Works around the clock, so that its working time is the time on the clock. */
export function worksAlways(time: WorkingTime): boolean {
  return time.weekdays.size === 7 && hoursOfDay(time) === dayMinutes && time.holidays.size === 0;
}

/** Both clocks are known to differ by a fixed amount. */
export function comparable(a: WorkingTime, b: WorkingTime): boolean {
  if (worksAlways(a) || worksAlways(b)) return true;
  return a.offset === undefined || b.offset === undefined ? a.zone === b.zone : true;
}

/** A duration of someone with a calendar: `d`, `h`, `m`, `s` are working time, longer units time on the clock. */
export function inWorkingTime({ parts }: Duration, time: WorkingTime): { working: number; onClock: number } {
  const minutes = { s: 1 / 60, m: 1, h: 60, d: hoursOfDay(time) } as const;
  const clock = { w: 7 * dayMinutes, mo: 30 * dayMinutes, y: 365 * dayMinutes } as const;
  let [working, onClock] = [0, 0];
  for (const { amount, unit } of parts) {
    if (unit === 'w' || unit === 'mo' || unit === 'y') onClock += amount * clock[unit];
    else working += amount * minutes[unit];
  }
  return { working, onClock };
}

/** Work is done on this day, counted on the calendar's own clock. */
function isWorkingDay(day: number, { weekdays, holidays }: WorkingTime): boolean {
  return weekdays.has((((day + 3) % 7) + 7) % 7) && !holidays.has(day);
}

/** Minute at which `working` minutes of work are done that begin at `start`; undefined where that is too far away. */
export function finishOf(start: number, working: number, time: WorkingTime): number | undefined {
  if (working <= 0) return start;
  const offset = time.offset ?? 0;
  const begin = start + offset;
  let left = working;
  for (let day = Math.floor(begin / dayMinutes), count = 0; count < 4 * maxDays; day++, count++) {
    if (!isWorkingDay(day, time)) continue;
    const open = Math.max(begin, day * dayMinutes + time.from);
    const close = day * dayMinutes + time.to;
    if (open >= close) continue;
    if (left <= close - open) return open + left - offset;
    left -= close - open;
  }
  return undefined;
}

/** Working minutes between two moments. */
export function workedBetween(start: number, end: number, time: WorkingTime): number {
  const offset = time.offset ?? 0;
  const [from, to] = [start + offset, end + offset];
  let worked = 0;
  for (let day = Math.floor(from / dayMinutes); day * dayMinutes < to; day++) {
    if (!isWorkingDay(day, time)) continue;
    const [open, close] = [day * dayMinutes + time.from, day * dayMinutes + time.to];
    worked += Math.max(0, Math.min(to, close) - Math.max(from, open));
  }
  return worked;
}

/**
 * Moments at which a wait for work is longest: whenever a working day ends, in a week without holidays and before each
 * holiday. Within working hours a span never gets shorter by beginning later, and outside it never gets longer, so the
 * longest span of working time begins at one of them.
 */
export function closingTimes(time: WorkingTime, lookBack = 14): readonly number[] {
  const holidays = [...time.holidays].sort((a, b) => a - b);
  // A Monday far from every holiday.
  const quiet = 4 + 7 * 60 * 52 + 7 * Math.ceil(((holidays.at(-1) ?? 0) + maxDays) / 7);
  const days = new Set(Array.from({ length: 7 }, (_, i) => quiet + i));
  for (const holiday of holidays.slice(0, 200)) for (let i = 1; i <= lookBack; i++) days.add(holiday - i);
  return [...days]
    .filter((day) => isWorkingDay(day, time))
    .map((day) => day * dayMinutes + time.to - (time.offset ?? 0));
}

/** The longest time on the clock that `working` minutes of work can take; undefined where nobody works, or for years. */
export function longestSpan(working: number, time: WorkingTime): number | undefined {
  const days = working / hoursOfDay(time);
  if (days > maxDays || time.weekdays.size === 0) return undefined;
  const lookBack = Math.ceil((days * 7) / time.weekdays.size) + 14;
  let longest = 0;
  for (const start of closingTimes(time, Math.min(lookBack, 400))) {
    const finish = finishOf(start, working, time);
    if (finish === undefined) return undefined;
    longest = Math.max(longest, finish - start);
  }
  return longest;
}

/** Whenever it begins, a working minute comes before `minutes` on the clock have passed (language.md, section 9.18). */
export function coversTimeout(minutes: number, time: WorkingTime): boolean | undefined {
  const gap = longestSpan(1e-6, time);
  return gap === undefined ? undefined : gap < minutes;
}

/** Some minute of the week is working time of both; undefined where their clocks cannot be compared. */
export function worksTogether(a: WorkingTime, b: WorkingTime): boolean | undefined {
  if (!comparable(a, b)) return undefined;
  if (a.weekdays.size === 0 || b.weekdays.size === 0) return false;
  const windows = (time: WorkingTime) =>
    [...time.weekdays].map((day) => {
      const start = day * dayMinutes + time.from - (time.offset ?? 0);
      return { start, end: start + hoursOfDay(time) };
    });
  const week = 7 * dayMinutes;
  return windows(a).some((x) =>
    windows(b).some((y) => [-week, 0, week].some((shift) => x.start < y.end + shift && y.start + shift < x.end)),
  );
}

// The small value languages: durations, amounts of money, shares, dates, numbers with k and M, clock hours.
// Each parser takes the text of a scalar and answers undefined when it is not such a value.

/** A span of time. Days stay apart from hours, since a working day of a calendar is not 24 hours. */
export interface Duration {
  /** The parts as written, largest unit first as a rule; amounts are >= 0. */
  readonly parts: readonly { readonly amount: number; readonly unit: DurationUnit }[];
  /** Calendar time in minutes, with 30 days to a month and 365 to a year. */
  readonly minutes: number;
}

export type DurationUnit = 's' | 'm' | 'h' | 'd' | 'w' | 'mo' | 'y';

export interface Amount {
  readonly value: number;
  /** ISO 4217 code, three capital letters. */
  readonly currency: string;
}

const minutesPerUnit: Readonly<Record<DurationUnit, number>> = {
  s: 1 / 60,
  m: 1,
  h: 60,
  d: 24 * 60,
  w: 7 * 24 * 60,
  mo: 30 * 24 * 60,
  y: 365 * 24 * 60,
};

/** `45s`, `30m`, `4h`, `5d`, `2w`, `6mo`, `7y`, sums such as `1d12h`, and ISO 8601 durations such as `PT48H` or `P30D`. */
export function parseDuration(text: string): Duration | undefined {
  const parts = text.startsWith('P') ? isoParts(text) : shortParts(text);
  if (!parts || parts.length === 0) return undefined;
  const minutes = parts.reduce((sum, { amount, unit }) => sum + amount * minutesPerUnit[unit], 0);
  return Number.isFinite(minutes) ? { parts, minutes } : undefined;
}

function shortParts(text: string): Duration['parts'] | undefined {
  if (!/^(\d+(\.\d+)?(mo|[smhdwy])\s*)+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+(?:\.\d+)?)(mo|[smhdwy])/g)].map(([, amount, unit]) => ({
    amount: Number(amount),
    unit: unit as DurationUnit,
  }));
}

function isoParts(text: string): Duration['parts'] | undefined {
  const match =
    /^P(?=.)(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?=.)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(
      text,
    );
  if (!match) return undefined;
  const units: readonly DurationUnit[] = ['y', 'mo', 'w', 'd', 'h', 'm', 's'];
  const parts = units.flatMap((unit, i) => {
    const amount = match[i + 1];
    return amount === undefined ? [] : [{ amount: Number(amount), unit }];
  });
  return parts;
}

/** `200 EUR`, `1.5k USD`. */
export function parseAmount(text: string): Amount | undefined {
  const match = /^(\S+)\s+([A-Z]{3})$/.exec(text);
  const value = match?.[1] === undefined ? undefined : parseNumber(match[1]);
  return value === undefined || match?.[2] === undefined ? undefined : { value, currency: match[2] };
}

/** A share of a whole, 0 to 1: `25%` or `50/1200`. */
export function parseShare(text: string): number | undefined {
  const percent = /^(\d+(?:\.\d+)?)\s*%$/.exec(text);
  if (percent) return inUnitRange(Number(percent[1]) / 100);
  const fraction = /^(\d+(?:\.\d+)?)\s*\/\s*(\d+(?:\.\d+)?)$/.exec(text);
  return fraction && Number(fraction[2]) > 0 ? inUnitRange(Number(fraction[1]) / Number(fraction[2])) : undefined;
}

function inUnitRange(share: number): number | undefined {
  return share >= 0 && share <= 1 ? share : undefined;
}

/** A number, also with `k` (thousand) or `M` (million): `200k`, `1.5M`, `-3`. */
export function parseNumber(text: string): number | undefined {
  const match = /^([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)([kM]?)$/.exec(text);
  if (!match) return undefined;
  const value = Number(match[1]) * (match[2] === 'k' ? 1e3 : match[2] === 'M' ? 1e6 : 1);
  return Number.isFinite(value) ? value : undefined;
}

/** An ISO 8601 date that exists, `2026-09-01`, with or without a time. Answers milliseconds since the epoch, in UTC. */
export function parseDate(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[-+]\d{2}:?\d{2})?)?$/.exec(text);
  if (!match) return undefined;
  const day = text.slice(0, 10);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // A day that does not exist is moved to the next month, or is no date at all.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return undefined;
  const time = match[4] ? Date.parse(text.replace(' ', 'T')) : midnight;
  return Number.isNaN(time) ? undefined : time;
}

/** The day of a moment: its first millisecond in UTC. */
export function startOfDay(time: number): number {
  const length = 24 * 60 * 60 * 1000;
  return Math.floor(time / length) * length;
}

/** Working hours of a day in minutes since midnight: `08:00-18:00`, or `24x7`. */
export function parseHours(text: string): { readonly from: number; readonly to: number } | undefined {
  if (text === '24x7') return { from: 0, to: 24 * 60 };
  const match = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [fromHour, fromMinute, toHour, toMinute] = match.slice(1).map(Number) as [number, number, number, number];
  const from = fromHour * 60 + fromMinute;
  const to = toHour * 60 + toMinute;
  return fromMinute < 60 && toMinute < 60 && from < to && to <= 24 * 60 ? { from, to } : undefined;
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Weekday = (typeof weekdays)[number];

/** `mon-fri`, `mon,wed,fri`, `sat`; a range may wrap over Sunday. */
export function parseDays(text: string): readonly Weekday[] | undefined {
  const days = new Set<Weekday>();
  for (const part of text.split(/\s*,\s*/)) {
    const [from, to = from, ...rest] = part.split('-').map((day) => weekdays.indexOf(day as Weekday));
    if (from === undefined || to === undefined || from < 0 || to < 0 || rest.length > 0) return undefined;
    for (let day = from; ; day = (day + 1) % 7) {
      days.add(weekdays[day] as Weekday);
      if (day === to) break;
    }
  }
  return weekdays.filter((day) => days.has(day));
}

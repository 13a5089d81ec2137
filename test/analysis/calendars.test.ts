// Working time: spans on the clock at their longest, calendars that meet, and whether someone comes to work in time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  comparable,
  coversTimeout,
  finishOf,
  inWorkingTime,
  longestSpan,
  type WorkingTime,
  workedBetween,
  workingTimeOf,
  worksAlways,
  worksTogether,
} from '../../src/analysis/calendars.ts';
import { minutesText } from '../../src/analysis/step-time.ts';
import { parseDuration } from '../../src/language/values.ts';
import { analysesOf } from './graph-reading.ts';

function calendar(fields: string): WorkingTime | undefined {
  const { workflow } = analysesOf(`aiwf: 1\nlibrary: l\ncalendars: { c: { ${fields} } }\n`);
  const declared = workflow.calendars.get('c');
  return declared && workingTimeOf(declared);
}

function known(fields: string): WorkingTime {
  const time = calendar(fields);
  assert.ok(time);
  return time;
}

const office = 'days: mon-fri, hours: 08:00-18:00, zone: Europe/Berlin';

function span(duration: string, fields: string): string {
  const time = known(fields);
  const longest = longestSpan(inWorkingTime(parseDuration(duration) ?? assert.fail(), time).working, time);
  return longest === undefined ? 'unknown' : minutesText(longest);
}

test('working time that begins when work ends on Friday takes longest: a weekend and a bit', () => {
  const table: readonly (readonly [string, string])[] = [
    ['1m', '2d14h1m'],
    ['4h', '2d18h'],
    ['10h', '3d'],
    ['1d', '3d'],
    ['5d', '7d'],
    ['6d', '10d'],
    ['1d2h', '3d16h'],
    ['0m', '0m'],
  ];
  for (const [duration, expected] of table) assert.equal(span(duration, office), expected, duration);
});

test('a holiday makes the longest span longer, whichever day of the week it falls on', () => {
  // 2026-12-25 is a Friday, 2027-01-01 as well.
  assert.equal(span('1d', `${office}, holidays: [2026-12-25]`), '4d');
  assert.equal(span('6d', `${office}, holidays: [2026-12-25, 2027-01-01]`), '12d');
  assert.equal(span('1d', `${office}, holidays: [2026-12-26]`), '3d');
});

test('around the clock, working time is the time on the clock', () => {
  const always = known('hours: 24x7');
  assert.ok(worksAlways(always));
  assert.equal(span('36h', 'hours: 24x7'), '1d12h');
  assert.ok(!worksAlways(known('hours: 24x7, days: mon-fri')));
});

test('days are working days, weeks and longer are time on the clock', () => {
  const parts = (text: string) => inWorkingTime(parseDuration(text) ?? assert.fail(), known(office));
  assert.deepEqual(parts('2d3h'), { working: 23 * 60, onClock: 0 });
  assert.deepEqual(parts('1w'), { working: 0, onClock: 7 * 24 * 60 });
  assert.deepEqual(parts('PT30M'), { working: 30, onClock: 0 });
});

test('without hours nothing is known, nor where no day is worked', () => {
  assert.equal(calendar('days: mon-fri'), undefined);
  assert.equal(span('1d', 'hours: 08:00-18:00, days: sat, holidays: []').startsWith('7d'), true);
});

test('the end of work and the work between two moments agree', () => {
  const time = known(`${office}, holidays: [2026-12-25]`);
  const start = Date.UTC(2026, 11, 23, 11) / 60_000;
  for (const working of [1, 59, 600, 601, 3000, 12_345]) {
    const finish = finishOf(start, working, time) ?? assert.fail();
    assert.equal(workedBetween(start, finish, time), working);
  }
});

test('a calendar covers a timeout if every start reaches a working minute before it', () => {
  assert.equal(coversTimeout(4 * 60, known(office)), false);
  assert.equal(coversTimeout(62 * 60, known(office)), false);
  assert.equal(coversTimeout(62 * 60 + 1, known(office)), true);
  assert.equal(coversTimeout(1, known('hours: 24x7')), true);
});

test('calendars of one zone or of fixed offsets are compared, others are not', () => {
  const at = (zone: string, hours = '08:00-12:00') => known(`days: mon-fri, hours: ${hours}, zone: ${zone}`);
  assert.equal(worksTogether(at('Europe/Berlin'), at('Europe/Berlin', '11:00-15:00')), true);
  assert.equal(worksTogether(at('Europe/Berlin'), at('Europe/Berlin', '12:00-15:00')), false);
  assert.equal(worksTogether(at('Europe/Berlin'), at('Asia/Tokyo')), undefined);
  assert.equal(worksTogether(at('UTC'), at('"+02:00"')), true);
  assert.equal(worksTogether(at('UTC'), at('"+09:00"')), false);
  assert.equal(worksTogether(at('UTC', '22:00-24:00'), at('"+09:00"')), true);
  assert.ok(comparable(at('Europe/Berlin'), known('hours: 24x7, zone: Asia/Tokyo')));
  assert.equal(
    worksTogether(known('days: sat, hours: 08:00-12:00'), known('days: mon-fri, hours: 08:00-12:00')),
    false,
  );
});

// The small value languages read what people write and refuse everything else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  parseAmount,
  parseDate,
  parseDays,
  parseDuration,
  parseHours,
  parseNumber,
  parseShare,
} from '../../src/language/values.ts';

const minutes = (text: string) => parseDuration(text)?.minutes;

test('durations are read in their short form, as sums and as ISO 8601', () => {
  assert.deepEqual(
    [
      '45s',
      '30m',
      '4h',
      '5d',
      '2w',
      '6mo',
      '7y',
      '1d12h',
      '1d 12h',
      '1.5h',
      'PT48H',
      'P30D',
      'P1Y2M3W4DT5H6M7S',
      'PT0.5H',
    ].map(minutes),
    [
      ...[0.75, 30, 240, 7200, 20160, 259200, 3679200, 2160, 2160, 90, 2880, 43200],
      525600 + 86400 + 30240 + 5760 + 300 + 6 + 7 / 60,
      30,
    ],
  );
});

test('what is no duration is none', () => {
  for (const text of [
    '',
    'P',
    'PT',
    'P1',
    '4',
    'h',
    '4 h 3',
    '4x',
    '-4h',
    '4h-',
    'P1H',
    'PT1D',
    'P1.2.3Y',
    'P.Y',
    '1d12',
    'soon',
    `${'9'.repeat(400)}h`,
    `P${'9'.repeat(400)}Y`,
  ])
    assert.equal(parseDuration(text), undefined, text);
});

test('months are not minutes, in both forms', () => {
  assert.deepEqual(parseDuration('1mo')?.parts, [{ amount: 1, unit: 'mo' }]);
  assert.deepEqual(parseDuration('1m')?.parts, [{ amount: 1, unit: 'm' }]);
  assert.deepEqual(parseDuration('P1MT1M')?.parts, [
    { amount: 1, unit: 'mo' },
    { amount: 1, unit: 'm' },
  ]);
});

const units = ['y', 'mo', 'w', 'd', 'h', 'm', 's'] as const;
const part = fc.record({ amount: fc.nat(999), unit: fc.constantFrom(...units) }, { noNullPrototype: true });

test('any sum of parts that is printed is read back', () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
      const text = parts.map(({ amount, unit }) => `${amount}${unit}`).join('');
      assert.deepEqual(parseDuration(text)?.parts, parts);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('amounts, numbers and shares', () => {
  assert.deepEqual(parseAmount('200 EUR'), { value: 200, currency: 'EUR' });
  assert.deepEqual(parseAmount('1.5k USD'), { value: 1500, currency: 'USD' });
  for (const text of ['200', 'EUR', '200 eur', '200EUR', '200 EURO', 'x EUR'])
    assert.equal(parseAmount(text), undefined, text);
  assert.deepEqual(['200k', '1.5M', '-3', '.5', '1e3'].map(parseNumber), [200_000, 1_500_000, -3, 0.5, 1000]);
  for (const text of ['', 'k', '1kk', '1 000', '0x10', 'Infinity', '1e999', 'NaN'])
    assert.equal(parseNumber(text), undefined, text);
  assert.deepEqual(['25%', '50/1200', '100%', '0%', '1/1'].map(parseShare), [0.25, 50 / 1200, 1, 0, 1]);
  for (const text of ['', '25', '101%', '3/2', '1/0', '-5%']) assert.equal(parseShare(text), undefined, text);
});

test('any number that is printed is read back', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => parseNumber(String(value)) === value),
    { seed: 1, numRuns: 200 },
  );
});

test('dates that exist are read, with and without a time', () => {
  assert.equal(parseDate('2026-09-01'), Date.UTC(2026, 8, 1));
  assert.equal(parseDate('2024-02-29'), Date.UTC(2024, 1, 29));
  assert.equal(parseDate('2026-09-01T10:30Z'), Date.UTC(2026, 8, 1, 10, 30));
  assert.equal(parseDate('2026-09-01 10:30:15+02:00'), Date.UTC(2026, 8, 1, 8, 30, 15));
  for (const text of [
    '',
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-9-1',
    '01.09.2026',
    '2026-09-01T25:00Z',
    'today',
  ])
    assert.equal(parseDate(text), undefined, text);
});

test('any day that is printed is read back', () => {
  const days = fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(days, (date) => {
      const text = date.toISOString().slice(0, 10);
      const read = parseDate(text);
      assert.equal(read === undefined ? undefined : new Date(read).toISOString().slice(0, 10), text);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('working days and hours', () => {
  assert.deepEqual(parseDays('mon-fri'), ['mon', 'tue', 'wed', 'thu', 'fri']);
  assert.deepEqual(parseDays('sat-mon, wed'), ['mon', 'wed', 'sat', 'sun']);
  for (const text of ['', 'monday', 'mon-', 'mon-fri-sun', 'mon;tue']) assert.equal(parseDays(text), undefined, text);
  assert.deepEqual(parseHours('08:00-18:30'), { from: 480, to: 1110 });
  assert.deepEqual(parseHours('24x7'), { from: 0, to: 1440 });
  assert.deepEqual(parseHours('0:00-24:00'), { from: 0, to: 1440 });
  for (const text of ['', '18:00-08:00', '08:60-10:00', '08:00-24:01', '8-18'])
    assert.equal(parseHours(text), undefined, text);
});

// The longest time between points: alternatives, loops, parallel branches, scopes with a limit, timers, calendars.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Analyses } from '../../src/analysis/analyses.ts';
import { longestRun, spanOf } from '../../src/analysis/spans.ts';
import { minutesText } from '../../src/analysis/step-time.ts';
import { analysesOf } from './graph-reading.ts';

const actors = `aiwf: 1
workflow: w
calendars: { office: { days: mon-fri, hours: 08:00-18:00 } }
actors:
  anna: { kind: human, holders: 1 }
  olga: { kind: human, holders: 1, calendar: office }
  robot: { kind: system }
data: { claim: { class: public, fields: { amount: number, urgent: boolean } } }
events: { called: { kind: signal } }
`;

function analysed(rest: string): Analyses {
  return analysesOf(`${actors}${rest}`);
}

/** `3h by a>b` where it is known; `3h? because` where some time is not; for the first service level of the file. */
function longest(rest: string): string {
  const analyses = analysed(rest);
  const sla = analyses.workflow.fields?.sla?.[0];
  const question = { from: sla?.from, to: sla?.to ?? [], stops: sla?.clockStops ?? [], when: sla?.when };
  const span = spanOf(question, analyses);
  if (!span) return 'none';
  const time = minutesText(longestRun(span.time.parts, undefined)?.total ?? assert.fail());
  const open = [...span.unknown.map(({ because }) => because), ...(span.unbounded ? ['unbounded'] : [])];
  const path = span.arcs.flatMap(({ to }) => (to.node.kind === 'step' ? (to.node.step?.id ?? []) : []));
  return `${time}${open.length > 0 ? `? ${open.join(', ')}` : ''} by ${path.join('>')}`;
}

const steps = (text: string, sla = '{ max: 1d }', start = '{ next: a }') =>
  `sla: ${sla}\nstart: ${start}\nsteps:\n${text.trim().replace(/^\s*/gm, (space) => space.replace('\n', '') || '')}`
    .split('\n')
    .map((line, i) => (i < 3 ? line : `  ${line.trim()}`))
    .join('\n');

test('the longest of the alternatives counts, exceptional ones included', () => {
  assert.equal(
    longest(
      steps(`
      a: { task: A, by: anna, within: 4h, next: [{ when: claim.amount > 5, to: b }, { else: z }], on: { timeout: c } }
      b: { task: B, by: anna, within: 1h, next: z, on: { timeout: z } }
      c: { task: C, by: anna, within: 2h, next: z, on: { timeout: z } }
      z: { end: Z }`),
    ),
    '6h by a>c>z',
  );
});

test('systems, routes and rules take no time; a person without a limit takes an unknown one, and never none', () => {
  assert.equal(
    longest(
      steps(`
      a: { task: A, by: robot, next: b }
      b: { route: B, next: c }
      c: { decision: C, rule: claim.amount > 5, outcomes: [yes, no], next: d }
      d: { wait: D, for: 90m, next: e }
      e: { task: E, by: anna, next: z }
      z: { end: Z }`),
    ),
    "1h30m? 'e' has no 'within' by a>b>c>d>e>z",
  );
  assert.equal(
    longest(
      steps(`
      a: { task: A, by: robot, every: 7d, retry: { max: 3, backoff: 1h }, next: z }
      z: { end: Z }`),
    ),
    '7d3h by a>z',
  );
});

test('a loop counts as often as its bound allows, and what takes the work then comes behind it', () => {
  assert.equal(
    longest(
      steps(`
      a: { task: A, by: anna, within: 1h, next: b, on: { timeout: z } }
      b: { review: B, by: anna, reviews: [claim], within: 2h, on: { approve: z, modify: z, reject: { to: a, max: 3, exhausted: c }, timeout: z } }
      c: { task: C, by: anna, within: 5h, next: z, on: { timeout: z } }
      z: { end: Z }`),
    ),
    '17h by a>b>a>b>a>b>a>b>c>z',
  );
});

test('two bounded loops through one step add up; a loop without a bound is not known', () => {
  const loops = (first: string, second: string) =>
    longest(
      steps(`
      a: { task: A, by: anna, within: 1h, next: b, on: { timeout: z } }
      b: { review: B, by: anna, reviews: [claim], within: 2h, on: { approve: z, modify: ${first}, reject: ${second}, timeout: z } }
      z: { end: Z }`),
    );
  assert.equal(loops('{ to: a, max: 1 }', '{ to: a, max: 2 }'), '12h by a>b>a>b>a>b>a>b>z');
  assert.equal(loops('z', 'a'), '3h? unbounded by a>b>z');
});

test('where parallel branches meet the longest one counts; where each has an end of its own, the first one met', () => {
  const branches = (ends: string) =>
    longest(
      steps(`
      a: { route: A, next: { all: [b, c] } }
      b: { task: B, by: anna, within: 3h, next: ${ends}, on: { timeout: ${ends} } }
      c: { task: C, by: anna, within: 5h, next: z, on: { timeout: z } }
      z: { task: Z, by: anna, join: all, within: 1h, next: end, on: { timeout: end } }
      end: { end: End }
      own: { end: Own }`),
    );
  assert.equal(branches('z'), '6h by a>c>z>end');
  assert.equal(branches('own'), '3h by a>b>own');
});

test('a scope takes what its steps take, and no more than its limit; for each element again', () => {
  const scope = (keys: string) =>
    longest(
      [
        'sla: { max: 1d }',
        'start: { next: s }',
        'steps:',
        `  s: { scope: S, start: b, ${keys} next: z, on: { timeout: late }, steps: { b: { task: B, by: anna, within: 2h, next: c }, c: { task: C, by: anna, within: 1h } } }`,
        '  late: { task: Late, by: anna, within: 7h, next: z }',
        '  z: { end: Z }',
      ].join('\n'),
    );
  assert.equal(scope(''), '10h by s>b>c>late>z');
  assert.equal(scope('within: 5h,'), '10h by s>late>z');
  assert.equal(scope('within: 2h,'), '9h by s>late>z');
  assert.equal(scope('for-each: { item: part, in: claim, max: 4 },'), '19h by s>late>z');
  assert.equal(scope('for-each: { item: part, in: claim, max: 4, mode: parallel },'), '10h by s>late>z');
  assert.equal(scope('for-each: { item: part, in: claim },'), "10h? 'for-each' of 's' has no 'max' by s>late>z");
});

test('timers, refusals and take-overs leave a step before its time is over', () => {
  const step = (keys: string) =>
    longest(
      steps(`
      a: { task: A, by: anna, within: 8h, ${keys} next: n }
      b: { task: B, by: anna, within: 9h, next: z }
      n: { task: N, by: robot, accepts: { ack: 30m, on-reject: b }, next: z }
      z: { end: Z }`),
    );
  assert.equal(step(''), '17h30m by a>b>z');
  assert.equal(step('timers: [{ after: 2h, to: b }],').startsWith('17h30m'), true);
  assert.equal(step('escalate: [{ to: olga, after: 4h }],').startsWith('17h30m'), true);
  assert.equal(
    longest(
      steps(`
      a: { task: A, by: anna, within: 8h, timers: [{ after: 2h, to: b }], next: z }
      b: { task: B, by: anna, within: 9h, next: z }
      z: { end: Z }`),
    ),
    '11h by a>b>z',
  );
  assert.equal(
    longest(
      steps(`
      a: { task: A, by: anna, within: 8h, timers: [{ after: 2h, to: b, keep: true }], next: z }
      b: { task: B, by: anna, within: 9h, next: y }
      y: { end: Y }
      z: { end: Z }`),
    ),
    '8h by a>z',
  );
});

test('the clock runs between points, and stands still where it is said to', () => {
  const text = (sla: string) =>
    longest(
      steps(
        `
      a: { task: A, by: anna, within: 1h, next: b, on: { timeout: b } }
      b: { wait: B, until: called, within: 10h, next: c, on: { timeout: c } }
      c: { review: C, by: anna, reviews: [claim], within: 3h, on: { approve: z, modify: z, reject: d, timeout: z } }
      d: { task: D, by: anna, within: 5h, next: z }
      z: { end: Z }`,
        sla,
      ),
    );
  assert.equal(text('{ max: 1d }'), '19h by a>b>c>d>z');
  assert.equal(text('{ max: 1d, clock-stops: [b] }'), '9h by a>b>c>d>z');
  assert.equal(text('{ max: 1d, from: a.timeout }'), '18h by c>d>z');
  assert.equal(text('{ max: 1d, to: [c.reject, c.approve] }').startsWith('14h'), true);
  assert.equal(text('{ max: 1d, from: b, to: [c] }'), '10h by c');
  assert.equal(text('{ max: 1d, from: called }'), '8h by d>z');
  assert.equal(text('{ max: 1d, from: z, to: [a] }'), 'none');
});

test('an event that can strike anywhere strikes once', () => {
  assert.equal(
    longest(
      `on: { called: c }\n${steps(`
      a: { task: A, by: anna, within: 4h, next: z, on: { timeout: z } }
      c: { task: C, by: anna, within: 7h, next: z, on: { timeout: z } }
      z: { end: Z }`)}`,
    ),
    '11h by a>c>z',
  );
});

test('a timer of the whole case counts from its start', () => {
  assert.equal(
    longest(
      `timers: [{ after: 6h, to: c }]\n${steps(`
      a: { task: A, by: anna, within: 4h, next: z }
      c: { task: C, by: anna, within: 1h, next: z }
      z: { end: Z }`)}`,
    ),
    '7h by c>z',
  );
});

test('only the ways that cases of the service level can take count', () => {
  const text = (when: string) =>
    longest(
      steps(
        `
      a: { route: A, next: [{ when: claim.urgent, to: b }, { when: claim.amount < 100, to: c }, { else: d }] }
      b: { task: B, by: anna, within: 1h, next: z }
      c: { task: C, by: anna, within: 2h, next: z }
      d: { task: D, by: anna, within: 3h, next: z }
      z: { end: Z }`,
        `{ max: 1d, when: ${when} }`,
      ),
    );
  assert.equal(text('claim.urgent'), '1h by a>b>z');
  assert.equal(text('claim.amount <= 50 && !claim.urgent'), '2h by a>c>z');
  assert.equal(text('claim.amount == 500'), '3h by a>d>z');
});

test('on calendars, what follows each other is one span of working time', () => {
  assert.equal(
    longest(
      steps(`
      a: { task: A, by: olga, within: 1d, next: b }
      b: { task: B, by: olga, within: 2d, next: z }
      z: { end: Z }`),
    ),
    '5d by a>b>z',
  );
  assert.equal(
    longest(
      steps(`
      a: { task: A, by: olga, within: 1d, next: b }
      b: { task: B, by: anna, within: 4d, next: c }
      c: { task: C, by: olga, within: 1d, next: z }
      z: { end: Z }`),
    ),
    '10d by a>b>c>z',
  );
});

test('many steps and rounds are worked out in time, and no circle is endless', () => {
  const many = Array.from(
    { length: 400 },
    (_, i) =>
      `s${i}: { task: S, by: anna, within: 1h, next: ${i < 399 ? `s${i + 1}` : 'z'}, on: { timeout: { to: s${Math.max(0, i - 1)}, max: 2 } } }`,
  );
  const began = Date.now();
  longest(steps(`a: { route: A, next: s0 }\n${many.join('\n')}\nz: { end: Z }`));
  assert.ok(Date.now() - began < 5000);
});

test('each way out of a scope has a time of its own, and going round in free order has none but the limit', () => {
  const scope = (keys: string) =>
    longest(
      [
        'sla: { max: 1d }',
        'start: { next: s }',
        'steps:',
        `  s: { scope: S, ${keys}, within: 20h, next: z, on: { timeout: late }, steps: { b: { review: B, by: anna, reviews: [claim], within: 2h, next: c, on: { reject: help, timeout: c } }, c: { task: C, by: anna, within: 3h, on: { timeout: z } } } }`,
        '  help: { task: Help, by: anna, within: 9h, next: z, on: { timeout: z } }',
        '  late: { task: Late, by: anna, within: 1h, next: z, on: { timeout: z } }',
        '  z: { end: Z }',
      ].join('\n'),
    );
  assert.equal(scope('start: b'), '11h by s>help>z');
  assert.equal(scope('order: free'), '1d5h by s>help>z');
});

test('scopes beside each other, each with a limit, are worked out one by one', () => {
  const scopes = Array.from(
    { length: 30 },
    (_, i) =>
      `  s${i}: { scope: S, start: b${i}, within: 3h, next: ${i < 29 ? `s${i + 1}` : 'z'}, on: { timeout: z }, steps: { b${i}: { task: B, by: anna, within: 1h, on: { timeout: z } } } }`,
  );
  const path = longest(['sla: { max: 1d }', 'start: { next: s0 }', 'steps:', ...scopes, '  z: { end: Z }'].join('\n'));
  assert.ok(path.startsWith('1d6h by s0>s1>'), path);
});

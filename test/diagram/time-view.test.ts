// The time view: bars along the longest way, limits with the verdict of the rules about time, and what is not known.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TimeView } from '../../src/picture/views.ts';
import { openMarked } from '../support/service.ts';

const hour = 3_600_000;
const head = `aiwf: 1
workflow: w
accountable: boss
actors:
  boss: { kind: human }
  clerk: { kind: human }
  machine: { kind: system }
`;

function asked(text: string) {
  const { service, uri } = openMarked(text);
  const answer = service.diagram(uri, { view: 'time' });
  assert.equal(answer?.view?.view, 'time');
  return { view: answer?.view as TimeView, findings: answer?.findings ?? [], places: answer?.places ?? {} };
}

function bars({ bars: all }: TimeView): readonly string[] {
  return all.map(({ step, start, end, isUnknown }) => `${step} ${start / hour}-${end / hour}${isUnknown ? '?' : ''}`);
}

const steps = `start: { on: manual, next: a }
steps:
  a: { task: Work, by: clerk, within: 2h, next: m }
  m: { task: Store, by: machine, next: b }
  b: { decision: Long or short, by: boss, within: 1h, outcomes: [long, short], on: { long: c, short: d } }
  c: { task: Longer, by: clerk, within: 5h, next: d }
  d: { end: done }
`;

test('bars follow each other along the longest way', () => {
  const { view } = asked(`${head}${steps}`);
  assert.deepEqual(bars(view), ['a 0-2', 'm 2-2', 'b 2-3', 'c 3-8', 'd 8-8']);
  assert.deepEqual(view.unknown, []);
  assert.ok(view.lanes.some(({ id }) => id === 'machine'));
});

test('a service level is missed exactly where the rule says so', () => {
  for (const [max, verdict] of [
    ['8h', 'kept'],
    ['7h', 'missed'],
  ] as const) {
    const { view, findings, places } = asked(`${head}sla: [{ max: ${max} }]\n${steps}`);
    const limit = view.limits.find(({ place }) => place === 'sla:0');
    assert.equal(limit?.verdict, verdict);
    assert.deepEqual([limit?.from, limit?.to], [0, Number.parseInt(max, 10) * hour]);
    assert.equal(
      findings.some(({ rule }) => rule === 'performance/sla-overrun'),
      verdict === 'missed',
    );
    assert.equal(places['sla:0']?.start.line, 7);
  }
});

test('a limit between two points begins at the first; one that is not on this way has no place on it', () => {
  const other = steps
    .replace('short: d', 'short: x')
    .replace('  d:', '  x: { task: Quick, by: clerk, within: 30m, next: d }\n  d:');
  const { view } = asked(
    `${head}obligations:\n  - { from: a.done, to: [c.done], within: 10h, ref: A law }\n  - { from: b.short, to: [d], within: 1h }\n${other}`,
  );
  const [law, short] = view.limits;
  assert.deepEqual([law?.from, law?.to, law?.verdict], [2 * hour, 12 * hour, 'kept']);
  assert.match(law?.title ?? '', /^A law, from 'a.done' to 'c.done'$/);
  assert.deepEqual([short?.from, short?.verdict], [undefined, 'kept']);
});

test('a step without a time limit is listed with why, and the service level is not known', () => {
  const { view } = asked(`${head}sla: [{ max: 20h }]\n${steps.replace(' within: 5h,', '')}`);
  assert.ok(view.unknown.some(({ step, because }) => step === 'c' && because === "'c' has no 'within'"));
  assert.equal(view.limits.find(({ place }) => place === 'sla:0')?.verdict, 'unknown');
});

test('a limit that the scope around never lets run out is missed', () => {
  const { view } = asked(`${head}start: { on: manual, next: s }
sla: [{ max: 20h, from: i }]
steps:
  s:
    scope: Part
    start: i
    within: 3h
    steps:
      i: { task: Inner, by: clerk, within: 4h, next: e }
      e: { end: fine }
    next: d
  d: { end: done }
`);
  const scope = view.limits.find(({ step }) => step === 's');
  assert.deepEqual([scope?.from, scope?.to], [0, 3 * hour]);
  assert.deepEqual(bars(view).at(-1), 'd 3-3');
});

test('steps of a called file are the bar of the call', () => {
  const { view } = asked(`#- main.aiwf.yaml
${head}start: { on: manual, next: pay }
steps:
  pay: { call: part.aiwf.yaml, by: clerk, next: d }
  d: { end: done }
#- part.aiwf.yaml
aiwf: 1
workflow: part
accountable: boss
actors: { boss: { kind: human } }
start: { on: manual, next: first }
steps:
  first: { task: One, by: boss, within: 3h, next: second }
  second: { task: Two, by: boss, within: 4h, next: end }
  end: { end: done }
`);
  assert.deepEqual(bars(view), ['pay 0-7', 'd 7-7']);
});

test('a flow without an end, and an empty file, have an empty chart', () => {
  assert.deepEqual(asked('').view.bars, []);
  assert.deepEqual(
    asked(`${head}start: { on: manual, next: a }\nsteps:\n  a: { task: A, by: clerk, next: a }\n`).view.bars,
    [],
  );
});

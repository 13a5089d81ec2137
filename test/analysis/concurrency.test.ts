// Which steps may be at work at the same time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concurrencyOf } from '../../src/analysis/concurrency.ts';
import { workedSoFar } from '../support/random-workflow.ts';
import { analysesOfSteps, nodeNamed } from './graph-reading.ts';

/** Every pair of the named steps that may be at work at once, as `a|b`. */
function pairsOf(steps: string, names: string): readonly string[] {
  const analyses = analysesOfSteps(steps);
  const { inParallel } = concurrencyOf(analyses);
  const ids = names.split(' ');
  return ids.flatMap((a, i) =>
    ids
      .slice(i)
      .filter((b) => {
        const [first, second] = [nodeNamed(analyses, a), nodeNamed(analyses, b)];
        assert.equal(inParallel(first, second), inParallel(second, first));
        return inParallel(first, second);
      })
      .map((b) => `${a}|${b}`),
  );
}

test('branches of a split are, what is before and behind it is not, and alternatives are not', () => {
  const steps = `first: { task: A, next: { all: [b, c] } }
b: { task: B, next: [{ label: x, to: d }, { label: y, to: e }] }
c: { task: C, next: f }
d: { task: D, next: f }
e: { task: E, next: f }
f: { task: F, join: live, next: g }
g: { end: G }`;
  assert.deepEqual(pairsOf(steps, 'first b c d e f'), ['b|c', 'c|d', 'c|e']);
});

test('without a join the same step may be at work twice', () => {
  const steps = `first: { task: A, next: { any: [b, c] } }
b: { task: B, next: f }
c: { task: C, next: f }
f: { task: F, next: g }
g: { end: G }`;
  assert.deepEqual(pairsOf(steps, 'first b c f'), ['b|c', 'b|f', 'c|f', 'f|f']);
});

test('a path that a timer begins while the step goes on runs beside it and what follows', () => {
  const steps = `first: { task: A, timers: [{ after: 1d, to: r, keep: true }], next: b }
b: { task: B, next: g }
r: { task: R, next: g }
g: { end: G }`;
  assert.deepEqual(pairsOf(steps, 'first b r'), ['first|r', 'b|r']);
});

test('a scope waits for what is inside, in free order one comes after the other, and a branch around it runs beside all', () => {
  const steps = `first: { task: A, next: { all: [s, o] } }
s:
  scope: S
  start: { all: [b, c] }
  steps:
    b: { task: B, next: bb }
    c: { task: C }
    bb: { task: BB }
  next: f
o: { task: O, next: j }
f:
  scope: F
  order: free
  done-when: "true"
  steps:
    d: { task: D }
    e: { task: E }
  next: j
j: { task: J, join: all, next: g }
g: { end: G }`;
  assert.deepEqual(pairsOf(steps, 'first s b c bb o d e j'), [
    's|o',
    'b|c',
    'b|o',
    'c|bb',
    'c|o',
    'bb|o',
    'o|d',
    'o|e',
  ]);
});

test('three hundred branches of three steps are related in time', () => {
  const ids = Array.from({ length: 300 }, (_, i) => i);
  const steps = `first: { task: A, next: { all: [${ids.map((i) => `x${i}`)}] } }
${ids.map((i) => `x${i}: { task: X, next: y${i} }\ny${i}: { task: Y, next: z${i} }\nz${i}: { task: Z, next: j }`).join('\n')}
j: { task: J, join: all, next: g }
g: { end: G }`;
  const analyses = analysesOfSteps(steps);
  analyses.graph.edges.length;
  const begin = workedSoFar();
  const { inParallel } = concurrencyOf(analyses);
  assert.ok(inParallel(nodeNamed(analyses, 'x0'), nodeNamed(analyses, 'z299')));
  const took = workedSoFar() - begin;
  assert.ok(took < 1000, `${took.toFixed(0)} ms`);
});

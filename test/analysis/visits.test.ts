// How often a case comes to each step: shares, samples, loops, elements; what nobody states stays open between bounds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitsOf } from '../../src/analysis/visits.ts';
import { availableMinutes, volumeOf, workloads } from '../../src/analysis/workload.ts';
import { analysesOf } from './graph-reading.ts';

const top = `aiwf: 1
workflow: w
volume: { per-day: [100, 200] }
actors:
  anna: { kind: human, holders: 2, capacity: { minutes-per-day: 300 } }
  bert: { kind: human, holders: 3 }
  bot: { kind: agent, sponsor: anna }
data: { claim: { class: public, fields: { amount: number } } }
`;

const analysed = (steps: string, start = '{ next: a }') =>
  analysesOf(`${top}start: ${start}\nsteps:\n${steps.trim().replaceAll(/^\s*/gm, '  ')}\n`);

/** `b 0.5, c 0..1`: visits of the named steps. */
function visits(steps: string, names: string, start?: string): string {
  const analyses = analysed(steps, start);
  const found = visitsOf(analyses);
  return names
    .split(' ')
    .map((name) => {
      const node = analyses.graph.nodes.find(({ kind, step }) => kind === 'step' && step?.id === name) ?? assert.fail();
      const [least, most] = (['least', 'most'] as const).map((side) =>
        round(found.expected(new Map([[node, 1]]), side).total),
      );
      return `${name} ${least === most ? least : `${least}..${most}`}`;
    })
    .join(', ');
}

const round = (value: number) => String(Math.round(value * 1000) / 1000);

test('shares of branches divide the cases, and unset ones split the rest', () => {
  const steps = `
    a: { route: A, next: [{ when: claim.amount > 5, to: b, share: 60% }, { when: claim.amount > 3, to: c }, { else: d }] }
    b: { task: B, by: anna, next: z }
    c: { task: C, by: anna, next: z }
    d: { task: D, by: anna, next: z }
    z: { end: Z }`;
  assert.equal(visits(steps, 'a b c d z'), 'a 1, b 0.6, c 0.2, d 0.2, z 1');
});

test('outcomes without a share are open; what should not happen counts for nothing, unless it has a share', () => {
  const steps = (reject: string, timeout: string) => `
    a: { review: A, by: anna, reviews: [claim], within: 1h, on: { approve: b, modify: b, reject: ${reject}, timeout: ${timeout} } }
    b: { task: B, by: anna, next: z }
    c: { task: C, by: anna, next: z }
    d: { task: D, by: anna, next: z }
    z: { end: Z }`;
  assert.equal(visits(steps('c', 'd'), 'b c d'), 'b 0..1, c 0..1, d 0');
  assert.equal(visits(steps('{ to: c, share: 10% }', 'd'), 'b c d'), 'b 0.9, c 0.1, d 0');
  assert.equal(visits(steps('{ to: c, share: 10% }', '{ to: d, share: 5% }'), 'b c d'), 'b 0.85, c 0.1, d 0.05');
});

test('all branches of a parallel split get every case; each of an inclusive one may', () => {
  const steps = (mode: string) => `
    a: { route: A, next: { ${mode}: [{ when: claim.amount > 5, to: b }, { when: claim.amount > 3, to: c, share: 50% }] } }
    b: { task: B, by: anna, next: z }
    c: { task: C, by: anna, next: z }
    z: { end: Z }`;
  assert.equal(visits(steps('any'), 'b c'), 'b 0..1, c 0.5');
  assert.equal(visits('a: { route: A, next: { all: [b, c] } }\nb: { end: B }\nc: { end: C }', 'b c'), 'b 1, c 1');
});

test('a bounded loop adds up round by round, an unbounded one to the whole series', () => {
  const steps = (back: string) => `
    a: { task: A, by: anna, next: b }
    b: { review: B, by: anna, reviews: [claim], on: { approve: z, modify: z, reject: ${back} } }
    c: { task: C, by: anna, next: z }
    z: { end: Z }`;
  assert.equal(visits(steps('{ to: a, share: 50%, max: 2, exhausted: c }'), 'a c'), 'a 1.75, c 0.125');
  assert.equal(visits(steps('{ to: a, share: 50% }'), 'a'), 'a 2');
  assert.equal(visits(steps('{ to: a, max: 2, exhausted: c }'), 'a c'), 'a 1..3, c 0..1');
  assert.equal(visits(steps('a'), 'a z'), 'a 1..Infinity, z 0..1');
});

test('what is picked in free order comes any number of times, and what follows comes once', () => {
  const steps = (out: string) => `
    a: { scope: A, order: free, done-when: claim.amount > 5, next: b, steps: { p: { task: P, by: anna }, q: { review: Q, by: anna, reviews: [claim], on: { reject: ${out} } } } }
    b: { task: B, by: anna, next: z }
    c: { task: C, by: anna, next: z }
    z: { end: Z }`;
  assert.equal(visits(steps('p'), 'p q b z'), 'p 0..Infinity, q 0..Infinity, b 1, z 1');
  assert.equal(visits(steps('c'), 'p b c z'), 'p 0..Infinity, b 0..1, c 0..1, z 0..1');
});

test('a sample goes there instead, or as well; several starts are alternatives', () => {
  const steps = (keep: string) => `
    a: { task: A, by: anna, sample: { share: 5%, to: q${keep} }, next: z }
    b: { task: B, by: anna, next: z }
    q: { task: Q, by: anna, next: y }
    y: { end: Y }
    z: { end: Z }`;
  assert.equal(visits(steps(''), 'q z'), 'q 0.05, z 0.95');
  assert.equal(visits(steps(', keep: true'), 'q z'), 'q 0.05, z 1');
  assert.equal(visits(steps(''), 'a b', '[{ next: a }, { next: b }]'), 'a 0..1, b 0..1');
});

test('where elements fail only when something goes wrong, the others do not count as failed', () => {
  const steps = (next: string) => `
    s: { scope: S, for-each: { item: part, in: claim, mode: parallel, max: 4 }, start: look, next: b, on: { error: c }, steps: { look: { task: Look, by: anna, within: 1d, ${next}, on: { timeout: bad } }, good: { end: Good }, bad: { end: Bad, outcome: failed } } }
    b: { task: B, by: anna, next: z }
    c: { task: C, by: anna, next: z }
    z: { end: Z }`;
  assert.equal(visits(steps('next: good'), 'b c', '{ next: s }'), 'b 1, c 0');
  const judged = 'next: [{ when: claim.amount > 5, to: good }, { else: bad }]';
  assert.equal(visits(steps(judged), 'b c', '{ next: s }'), 'b 0..0.5, c 0');
});

test('the work of a role is its items times the minutes of each, for every element and both judges', () => {
  const load = (keys: string) => {
    const analyses = analysed(`
      a: { review: A, by: anna, reviews: [claim], ${keys}, on: { approve: z, modify: z, reject: z } }
      z: { end: Z }`);
    const [{ certain, possible, partsOf } = assert.fail()] = workloads(analyses, () => true);
    return [certain.least, certain.most, possible, partsOf('most')[0]?.minutes];
  };
  assert.deepEqual(load('min-minutes: 3'), [300, 600, 600, 3]);
  assert.deepEqual(load('min-minutes: 3, dual: true'), [600, 1200, 1200, 6]);
  assert.deepEqual(load('effort: [2m, 1h]'), [200, 400, 400, 2]);
  assert.deepEqual(load('min-minutes: 1, for-each: { item: part, in: claim, max: 4 }'), [100, 200, 800, 1]);
});

test('what several may do, what takes no stated time, and days without a volume are nobody’s load', () => {
  const analyses = analysed(`
    a: { review: A, by: [anna, bert], min-minutes: 5, reviews: [claim], on: { approve: b, modify: b, reject: b } }
    b: { task: B, by: anna, next: z }
    z: { end: Z }`);
  assert.deepEqual(
    workloads(analyses, () => true),
    [],
  );
  assert.deepEqual(volumeOf(analyses), { least: 100, most: 200 });
  const time = (name: string) => availableMinutes(analyses.workflow.actors.get(name) ?? assert.fail(), analyses);
  assert.deepEqual(time('anna'), { holders: 2, minutes: 300, utilization: undefined });
  assert.equal(time('bert'), undefined);
});

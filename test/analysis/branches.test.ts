// Gaps and dead branches agree with trying out every value, and many conditions end in time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { deadBranches, gapsOf } from '../../src/analysis/branches.ts';
import { analysesOf } from './graph-reading.ts';

interface Point {
  readonly n: number;
  readonly m: number;
  readonly b: boolean;
}

interface Condition {
  readonly text: string;
  readonly holds: (point: Point) => boolean;
}

const values = [0, 1, 2, 3];
const points: readonly Point[] = values.flatMap((n) =>
  values.flatMap((m) => [true, false].map((b): Point => ({ n, m, b }))),
);

const numbers = fc
  .tuple(fc.constantFrom<'n' | 'm'>('n', 'm'), fc.constantFrom('<', '>=', '=='), fc.integer({ min: -1, max: 4 }))
  .map(
    ([name, operator, bound]): Condition => ({
      text: `d.${name} ${operator} ${bound}`,
      holds: (point) =>
        operator === '<' ? point[name] < bound : operator === '==' ? point[name] === bound : point[name] >= bound,
    }),
  );
const atom = fc.oneof(numbers, fc.constant<Condition>({ text: 'd.b', holds: ({ b }) => b }));
const condition: fc.Arbitrary<Condition> = fc.oneof(
  atom,
  fc
    .tuple(atom, atom)
    .map(([x, y]) => ({ text: `${x.text} && ${y.text}`, holds: (p: Point) => x.holds(p) && y.holds(p) })),
  fc
    .tuple(atom, atom)
    .map(([x, y]) => ({ text: `${x.text} || !(${y.text})`, holds: (p: Point) => x.holds(p) || !y.holds(p) })),
);

function workflow(before: string, branches: readonly string[], fields: string): string {
  const links = branches.map((when) => `{ when: '${when}', to: last }`).join(', ');
  return `aiwf: 1\nworkflow: w\ndata: { d: { fields: { ${fields} } } }\nstart: { when: '${before}', next: first }\nsteps:\n  first: { route: R, next: [${links}] }\n  last: { end: L }\n`;
}

const small = 'n: { type: integer, minimum: 0, maximum: 3 }, m: { type: integer, minimum: 0, maximum: 3 }, b: boolean';

test('a gap is found exactly where some value that comes there has no branch', () => {
  fc.assert(
    fc.property(condition, fc.array(condition, { minLength: 1, maxLength: 4 }), (before, branches) => {
      const text = workflow(
        before.text,
        branches.map(({ text: when }) => when),
        small,
      );
      const left = points.filter((point) => before.holds(point) && !branches.some(({ holds }) => holds(point)));
      const gaps = gapsOf(analysesOf(text));
      assert.equal(gaps.length > 0, left.length > 0, text);
      for (const { proof } of gaps) assert.ok(proof, 'a comparison with constants is never unknown');
    }),
    { seed: 51, numRuns: 400 },
  );
});

test('a branch is dead exactly where no value that comes there takes it', () => {
  fc.assert(
    fc.property(condition, fc.array(condition, { minLength: 1, maxLength: 4 }), (before, branches) => {
      if (!points.some(before.holds)) return;
      const text = workflow(
        before.text,
        branches.map(({ text: when }) => when),
        small,
      );
      const taken = (point: Point) => branches.findIndex(({ holds }) => holds(point));
      const used = new Set(points.filter(before.holds).map(taken));
      const dead = branches.flatMap((_, i) => (used.has(i) ? [] : [i]));
      const found = deadBranches(analysesOf(text)).map(({ choice, when }) =>
        choice.links.findIndex((link) => link.when === when),
      );
      assert.deepEqual(found, dead, text);
    }),
    { seed: 52, numRuns: 400 },
  );
});

test('hundreds of branches, and many data at once, are decided or unknown in time', () => {
  const names = Array.from({ length: 12 }, (_, i) => `v${i}`);
  const fields = names.map((name) => `${name}: number`).join(', ');
  const many = Array.from({ length: 60 }, (_, k) =>
    names.map((name, i) => `d.${name} ${(i * k) % 3 ? '>' : '<='} ${(k * 7 + i * 5) % 11}`).join(' && '),
  );
  const steps = Array.from({ length: 300 }, (_, i) => `d.v0 <= ${i}`);
  const begin = performance.now();
  const unknown = gapsOf(analysesOf(workflow('true', many, fields)));
  assert.equal(unknown.length, 1);
  const [gap] = gapsOf(analysesOf(workflow('true', steps, fields)));
  assert.deepEqual(gap?.proof?.values, ["'d.v0' is above 299"]);
  assert.equal(deadBranches(analysesOf(workflow('true', [...steps].reverse(), fields))).length, 299);
  const time = performance.now() - begin;
  assert.ok(time < 5000, `${time} ms`);
});

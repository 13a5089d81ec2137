// Conditions as regions: they agree with CEL on every value, their cells are exact, and what cannot be said is not said.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Environment } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import { entriesOf, everything, type Region } from '../../src/analysis/boxes.ts';
import { wordsFor } from '../../src/analysis/cells.ts';
import { type Guards, guardsOf } from '../../src/analysis/guards.ts';
import { analysesOf } from './graph-reading.ts';

const fields = `
      n: { type: integer, minimum: -2, maximum: 3 }
      x: number
      b: boolean
      e: { enum: [red, green] }
      s: string
      code: { type: string, pattern: "^[A-Z]+$" }
      open: { type: number, exclusiveMinimum: 0, maximum: 10 }
      list: [{ y: number }]`;

/** The formulas of conditions over `d`, and `other`, of which nothing is declared. */
function read(...conditions: readonly string[]) {
  const links = conditions.map((condition) => `      - { when: '${condition.replaceAll("'", "''")}', to: last }`);
  const text = `aiwf: 1\nworkflow: w\nactors: { anna: { kind: human } }\ndata:\n  other: {}\n  d:\n    fields:${fields}\nstart: { next: first }\nsteps:\n  first:\n    route: R\n    next:\n${links.join('\n')}\n      - else: last\n  last: { end: L }\n`;
  const analyses = analysesOf(text);
  const guards = guardsOf(analyses);
  const formulas = (analyses.graph.choices[0]?.links ?? []).flatMap(({ when }) => (when ? guards.formula(when) : []));
  return { guards, formulas };
}

const isCovered = (...conditions: readonly string[]) => {
  const { guards, formulas } = read(...conditions);
  return (
    guards.space.subtract(
      everything,
      formulas.flatMap(({ holds }) => holds),
    )?.length === 0
  );
};

/** A value as a region. */
function pointOf(guards: Guards, values: Readonly<Record<string, number | string | boolean>>, region: Region): boolean {
  return region.some((box) =>
    entriesOf(box).every(([index, cells]) => {
      const variable = guards.terms[index]?.variable;
      assert.ok(variable, 'only comparisons');
      const value = values[variable.path.slice(2)];
      const { constants, kind } = variable;
      const at = constants.indexOf(value ?? '');
      const below = constants.filter((constant) => typeof value === 'number' && Number(constant) < value).length;
      const cell = kind !== 'number' ? (at < 0 ? constants.length : at) : at < 0 ? 2 * below : 2 * at + 1;
      return (cells & (1n << BigInt(cell))) !== 0n;
    }),
  );
}

const atom = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('d.n', 'd.x'),
      fc.constantFrom('<', '<=', '>', '>=', '==', '!='),
      fc.integer({ min: -3, max: 4 }),
    )
    .map((parts) => parts.join(' ')),
  fc
    .tuple(fc.integer({ min: -3, max: 4 }), fc.constantFrom('<', '>='), fc.constant('d.x'))
    .map((parts) => parts.join(' ')),
  fc.constantFrom('d.b', 'd.b == false', 'd.e == "red"', 'd.e != "red"', 'd.e in ["green"]', 'd.n in [1, 2]', 'true'),
);
const condition: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    atom,
    fc.tuple(tie('node'), fc.constantFrom('&&', '||'), tie('node')).map(([a, op, b]) => `(${a} ${op} ${b})`),
    tie('node').map((a) => `!(${a})`),
    fc.tuple(tie('node'), tie('node'), tie('node')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
  ),
})).node;

test('a condition holds in its region and fails outside, as CEL says', () => {
  const cel = new Environment({ unlistedVariablesAreDyn: true });
  fc.assert(
    fc.property(
      condition,
      fc.integer({ min: -2, max: 3 }),
      fc.double({ min: -4, max: 5, noNaN: true }),
      fc.boolean(),
      fc.constantFrom('red', 'green'),
      (text, n, x, b, e) => {
        const { guards, formulas } = read(text);
        const [formula] = formulas;
        assert.ok(formula?.plain, text);
        const values = { n, x: x === 0 ? 0 : x, b, e };
        const wanted = cel.evaluate(text.replace(/(?<![\w.-])(-?\d+)(?![\w.])/g, '$1.0'), { d: values });
        assert.equal(pointOf(guards, values, formula.holds), wanted, `${text} ${JSON.stringify(values)}`);
        assert.equal(pointOf(guards, values, formula.fails), !wanted, `not ${text} ${JSON.stringify(values)}`);
      },
    ),
    { seed: 44, numRuns: 300 },
  );
});

test('open and closed bounds meet exactly', () => {
  assert.equal(isCovered('d.x < 5', 'd.x >= 5'), true);
  assert.equal(isCovered('d.x < 5', 'd.x > 5'), false);
  assert.equal(isCovered('d.x < 0.1', '0.1 < d.x', 'd.x == 0.1'), true);
  assert.equal(isCovered('d.x <= 0.3', 'd.x > 0.30000000000000004'), false);
});

test('whole numbers have nothing in between, other numbers do', () => {
  assert.equal(isCovered('d.n <= 1', 'd.n >= 2'), true);
  assert.equal(isCovered('d.x <= 1', 'd.x >= 2'), false);
  assert.equal(isCovered('d.n < 0.5', 'd.n > 0.5'), true);
});

test('only declared values count: bounds, enums, exclusive bounds', () => {
  assert.equal(isCovered('d.n >= -2'), true);
  assert.equal(isCovered('d.n >= -1'), false);
  assert.equal(isCovered('d.e == "red"', 'd.e == "green"'), true);
  assert.equal(isCovered('d.e in ["red", "green", "blue"]'), true);
  assert.equal(isCovered('d.s == "a"', 'd.s == "b"'), false);
  assert.equal(isCovered('d.s == "a"', 'd.s != "a"'), true);
  assert.equal(isCovered('d.open > 0'), true);
  assert.equal(isCovered('d.open >= 0.001'), false);
  assert.equal(isCovered('d.b', '!d.b'), true);
});

test('what is no comparison with a constant is true or false, and its opposite is known', () => {
  assert.equal(isCovered('size(d.list) > 3', '!(size(d.list) > 3)'), true);
  assert.equal(isCovered('d.x <= 0.5 * d.open', 'd.x > 0.5 * d.open'), true);
  assert.equal(isCovered('d.x < d.open', 'd.open <= d.x'), true);
  assert.equal(isCovered('d.x < d.open', 'd.x > d.open'), false);
  assert.equal(read('d.list.exists(l, l.y > 3)').formulas[0]?.plain, false);
  assert.deepEqual(read('d.x <= 0.5 * d.open').formulas[0]?.paths, ['d.x', 'd.open']);
});

test('what is worked out from data is compared like data, and its values are not all known', () => {
  assert.equal(isCovered('size(d.list) > 3', 'size(d.list) < 9'), true);
  assert.equal(isCovered('size(d.list) > 9', 'size(d.list) < 3'), false);
  const { guards } = read('2 * d.x + d.open > 9');
  assert.deepEqual(guards.terms[0]?.paths, ['d.x', 'd.open']);
  assert.equal(guards.terms[0]?.variable?.exact, false);
});

test('values whose schema is not known in full are marked', () => {
  const { guards } = read('d.code == "A"', 'other.amount > 3', 'd.x > 3');
  const exact = guards.terms.flatMap(({ variable }) => (variable ? [[variable.path, variable.exact]] : []));
  assert.deepEqual(exact, [
    ['d.code', false],
    ['other.amount', false],
    ['d.x', true],
  ]);
});

test('where two values are equal, what holds of one holds of the other', () => {
  const { guards, formulas } = read('d.x == d.open && d.open <= 2', 'd.x <= 2');
  const [equal, small] = formulas;
  const region = guards.equated(equal?.holds ?? []);
  assert.equal(guards.space.subtract(region, small?.holds ?? [])?.length, 0);
});

test('a region is told in words', () => {
  const { guards, formulas } = read(
    'd.x > 5',
    'd.x >= 2 && d.x < 5',
    'd.n > 1',
    'd.e == "red"',
    'd.b',
    'd.x == 5',
    'd.n == 1 || d.n == 2',
  );
  const words = formulas.map(({ holds }) =>
    holds
      .slice(0, 1)
      .flatMap(entriesOf)
      .map(([index, cells]) => {
        const variable = guards.terms[index]?.variable;
        return variable && wordsFor(variable, cells);
      }),
  );
  assert.deepEqual(words.flat(), [
    'is above 5',
    'is 2 or more and below 5',
    'is from 2 to 3',
    "is 'red'",
    'is true',
    'is 5',
    'is from 1 to 2',
  ]);
});

test('twelve data in one condition are decided, or said to be unknown, within a second', () => {
  const names = Array.from({ length: 12 }, (_, i) => `other.v${i}`);
  const pairs = names.flatMap((name, i) => (i % 2 === 0 ? [`(${name} > 1 || ${names[i + 1]} > 1)`] : []));
  const begin = performance.now();
  const { formulas } = read(pairs.join(' && '), names.map((name) => `${name} > 1`).join(' && '));
  assert.equal(formulas[0]?.holds.length, 64);
  assert.equal(formulas[1]?.plain, true);
  const deep = Array.from({ length: 12 }, (_, i) => `(other.a${i} > 1 || other.b${i} > 1)`).join(' && ');
  const { formulas: opaque } = read(deep, `!(${deep})`);
  assert.equal(opaque[0]?.plain, false);
  assert.ok(performance.now() - begin < 1000);
});

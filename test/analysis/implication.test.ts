// One condition implies or excludes another only where no number says otherwise.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import { conjuncts, excludes, implies, negates } from '../../src/analysis/implication.ts';

const environment = new Environment({ unlistedVariablesAreDyn: true });
const ast = (text: string): ASTNode => environment.parse(text).ast;

const bound = fc.integer({ min: -3, max: 3 });
const comparison = fc
  .tuple(fc.constantFrom('a', 'b'), fc.constantFrom('<', '<=', '>', '>=', '=='), bound, fc.boolean())
  .map(([name, operator, value, turned]) => (turned ? `${value} ${operator} ${name}` : `${name} ${operator} ${value}`));
const conjunction = fc.array(comparison, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' && '));

const numbers = Array.from({ length: 17 }, (_, i) => -4 + i / 2);

/** Whether a conjunction of comparisons holds for two numbers, worked out without CEL. */
function holds(text: string, a: number, b: number): boolean {
  return text.split(' && ').every((part) => {
    const [left = '', operator, right = ''] = part.split(' ');
    const [x, y] = [left, right].map((word) => (word === 'a' ? a : word === 'b' ? b : Number(word))) as [
      number,
      number,
    ];
    switch (operator) {
      case '<':
        return x < y;
      case '<=':
        return x <= y;
      case '>':
        return x > y;
      case '>=':
        return x >= y;
      default:
        return x === y;
    }
  });
}

const everywhere = (check: (a: number, b: number) => boolean) =>
  numbers.every((a) => numbers.every((b) => check(a, b)));

test('no number refutes an implication that is claimed', () => {
  let claimed = 0;
  fc.assert(
    fc.property(conjunction, conjunction, (given, wanted) => {
      if (!implies(ast(given), ast(wanted))) return;
      claimed++;
      assert.ok(
        everywhere((a, b) => !holds(given, a, b) || holds(wanted, a, b)),
        `${given} => ${wanted}`,
      );
    }),
    { seed: 31, numRuns: 2000 },
  );
  assert.ok(claimed > 100, `${claimed} implications were claimed`);
});

test('between two comparisons every implication that holds is found', () => {
  fc.assert(
    fc.property(comparison, comparison, (given, wanted) => {
      const holdsForAll = everywhere((a, b) => !holds(given, a, b) || holds(wanted, a, b));
      assert.equal(implies(ast(given), ast(wanted)), holdsForAll, `${given} => ${wanted}`);
    }),
    { seed: 32, numRuns: 1500 },
  );
});

test('where a branch was not taken, what its condition excludes does hold', () => {
  let claimed = 0;
  fc.assert(
    fc.property(conjunction, comparison, (passed, wanted) => {
      if (!excludes(ast(passed), ast(wanted))) return;
      claimed++;
      assert.ok(
        everywhere((a, b) => holds(passed, a, b) || holds(wanted, a, b)),
        `not (${passed}) => ${wanted}`,
      );
    }),
    { seed: 33, numRuns: 2000 },
  );
  assert.ok(claimed > 20, `${claimed} were claimed`);
});

test('conditions of which one negates the other never hold together', () => {
  let claimed = 0;
  fc.assert(
    fc.property(conjunction, conjunction, (given, denied) => {
      if (!negates(ast(given), ast(denied))) return;
      claimed++;
      assert.ok(
        everywhere((a, b) => !holds(given, a, b) || !holds(denied, a, b)),
        `${given} and ${denied}`,
      );
    }),
    { seed: 34, numRuns: 2000 },
  );
  assert.ok(claimed > 100, `${claimed} were claimed`);
});

test('the same expression implies itself, and parts of a conjunction are implied', () => {
  assert.deepEqual(conjuncts(ast('a && b && (c && d)')).length, 4);
  assert.ok(implies(ast('x.kind == "new" && y'), ast('x.kind == "new"')));
  assert.ok(implies(ast('size(x) <= 2'), ast('size(x) <= 3')));
  assert.ok(implies(ast('x >= -1'), ast('x > -2')));
  assert.ok(!implies(ast('a || b'), ast('a')));
  assert.ok(!implies(ast('x.a <= 2'), ast('x.b <= 3')));
});

// Conditions: checked against data, with the error at the exact characters, however the YAML around it is written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freeNames } from '../../src/language/conditions.ts';
import { checkNoProblem, checkProblem, checkText, flow, slice } from './parsing.ts';

const when = (condition: string) =>
  flow(
    `first:\n  task: T\n  by: anna\n  next:\n    - when: ${condition}\n      to: last\n    - else: last\nlast: { end: E }`,
  );

test('conditions over data, its fields and numbers of either kind are well', () => {
  for (const condition of [
    'claim.amount > 3',
    'claim.amount * 2 >= 1.5 + offer.amount',
    'claim.ok && !claim.ok',
    'claim.kind == "new"',
    'claim.lines.exists(l, l.price > 2)',
    'size(claim.lines) == 0',
    '1 <= claim.amount',
    'true',
    'claim.amount == 3',
    '"a" in ["a", claim.kind]',
  ])
    checkNoProblem(when(`'${condition.replaceAll("'", "''")}'`));
});

const mistakes: readonly (readonly [condition: string, at: string, message: RegExp])[] = [
  ['clam.amount > 3', 'clam', /'clam' is not data of this workflow\. Did you mean 'claim'\?/],
  ['zebra > 3', 'zebra', /'zebra' is not data of this workflow\. Declare it under 'data'/],
  ['claim.amont > 3', 'amont', /'claim' has no field 'amont'\. Did you mean 'amount'\?/],
  ['claim.amount', 'claim.amount', /true or false; this one is a value of type number/],
  ['claim.ok and claim.ok', 'and', /'and' is written '&&' in a condition/],
  ['claim.amount = 3', '=', /'=' is written '=='/],
  ['claim.ok constructor', 'constructor', /^The condition cannot be read/],
];

/** The same condition in each way YAML can write it. */
const written: Readonly<Record<string, (condition: string) => string>> = {
  plain: (condition) => condition,
  'single-quoted': (condition) => `'${condition}'`,
  'double-quoted': (condition) => `"${condition}"`,
  'double-quoted with escapes before': (condition) => `"\\x74rue\\u0020&& ${condition}"`,
  literal: (condition) => `|\n        ${condition}`,
  'literal, indented by hand': (condition) => `|2-\n        ${condition}`,
  folded: (condition) => `>-\n        true &&\n        ${condition}`,
  'plain over lines': (condition) => `true &&\n        ${condition}`,
  'in an anchor': (condition) => `&c ${condition}`,
};

for (const [style, write] of Object.entries(written)) {
  test(`a mistake is marked at its characters in a condition that is ${style}`, () => {
    for (const [condition, at, message] of mistakes) {
      if (/^(claim\.amount)$/.test(condition) && write('x').includes('&&')) continue;
      const text = when(write(condition));
      const { all } = checkText(text);
      assert.equal(all.length, 1, text);
      assert.match(all[0]?.message ?? '', message);
      const range = all[0]?.range ?? { start: 0, end: 0 };
      if (condition !== 'claim.amount')
        assert.ok(slice(text, range).startsWith(at), `${slice(text, range)} in ${text}`);
      if (/^[a-z]+$/.test(at) && at !== 'constructor' && at !== 'and') assert.equal(slice(text, range), at);
      assert.ok(range.start >= text.indexOf('when:') && range.end <= text.indexOf('to: last'));
    }
  });
}

test('behind an alias a mistake stands at the alias', () => {
  const text = flow(
    'first: { task: T, by: anna, next: [{ when: &c clam.ok, to: last }, { when: *c, to: last }, { else: last }] }\nlast: { end: E }',
  );
  assert.deepEqual(
    checkText(text).all.map(({ range }) => slice(text, range)),
    ['clam', '*c'],
  );
});

test('characters of two units before a mistake move nothing', () => {
  checkProblem(when(`'"😀" == claim.kind && clam.ok'`), 'clam', /not data/);
});

test('a condition that is empty, ends too early or is nested beyond measure says so', () => {
  checkProblem(when('""'), '""', /The condition is empty/);
  assert.match(checkText(when('claim.ok &&')).all[0]?.message ?? '', /ends too early/);
  for (const deep of [
    `"${'('.repeat(5000)}true${')'.repeat(5000)}"`,
    `"${'!'.repeat(20000)}true"`,
    Array(6000).fill('true').join(' && '),
    `"claim${'.x'.repeat(5000)} > 1"`,
    `"1 in [${'1,'.repeat(9000)}1]"`,
  ])
    checkProblem(
      when(deep),
      checkText(when(deep)).all.map(({ range }) => slice(when(deep), range))[0] ?? '',
      /nested too deeply|has no field/,
    );
});

test('a word that conditions keep for themselves cannot name data', () => {
  const text = flow('first: { end: E }').replace('  offer:', '  in: { class: public }\n  offer:');
  assert.match(checkText(text).all[0]?.message ?? '', /'in' is a word of the condition language/);
});

test('names that every JavaScript object has are data like any other, where they can be', () => {
  const text = flow(
    'first: { task: T, by: anna, next: [{ when: constructor.toString > 3 && valueOf.ok, to: last }, { else: last }] }\nlast: { end: E }',
  ).replace(
    '  offer:',
    '  constructor: { fields: { toString: number } }\n  valueOf: { fields: { ok: boolean, constructor: string } }\n  offer:',
  );
  checkNoProblem(text);
  checkProblem(when('claim.toString > 3'), 'toString', /'claim' has no field 'toString'/);
  checkProblem(when('toString > 3'), 'toString', /'toString' is not data of this workflow/);
  assert.ok(checkText(when('claim.__proto__ == 3').replace('ok: boolean', '__proto__: number')).all.length > 0);
});

test('accept-if names only what is handed over', () => {
  const text = flow(
    'first: { task: T, by: anna, accepts: { payload: [claim], accept-if: claim.ok && offer.amount > 3, ack: 1h }, next: first }',
  );
  checkProblem(text, 'offer', /'offer' is not in the payload of this contract/);
  checkNoProblem(text.replace('[claim]', '[claim, offer]'));
});

test('the element of for-each has the type of its list', () => {
  const text = flow(
    'first: { task: T, by: anna, for-each: { item: line, in: claim.lines, until: line.prise > 2 }, next: first }',
  );
  checkProblem(text, 'prise', /'line' has no field 'prise'\. Did you mean 'price'/);
});

test('names that a macro binds are not free', () => {
  const { conditions } = checkNoProblem(when('claim.lines.all(l, l.price > offer.amount)'));
  const [condition] = [...conditions.checked.values()];
  assert.deepEqual(condition?.ast && freeNames(condition.ast).map(({ name }) => name), ['claim', 'offer']);
});

test('a mistake in one condition leaves the others checked', () => {
  const text = flow('first: { task: T, by: anna, ensures: [clam.ok, offer.amont > 3, claim.ok], next: first }');
  assert.deepEqual(
    checkText(text).all.map(({ range }) => slice(text, range)),
    ['clam', 'amont'],
  );
});

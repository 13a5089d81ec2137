// Whatever a file holds: no crash, no hang, a problem at the right place, and the rest of the file is still checked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { maxTextLength } from '../../src/language/parse-syntax.ts';
import { damage, damagedBy, examples, piece } from '../support/damaged-text.ts';
import { flow, slice } from './parsing.ts';
import { around, survive } from './surviving.ts';

const lines: Readonly<Record<string, readonly [line: string, code: string, at?: string]>> = {
  'a flow list that never ends': ['title: [a, b', 'language/syntax'],
  'a flow map that never ends': ['x-a: { b: c', 'language/syntax'],
  'a bracket too many': ['x-a: [b]]', 'language/syntax'],
  'a tab as indentation': ['x-a:\n\tb: 1', 'language/syntax', '\t'],
  'an unknown escape': ['title: "a\\qb"', 'language/syntax'],
  'a reserved character': ['title: @x', 'language/syntax'],
  'a value behind a value': ['title: "a" b', 'language/syntax'],
  'two colons': ['title: a: b', 'language/syntax'],
  'a list among keys': ['- a', 'language/syntax'],
  'a line without a colon': ['title', 'language/syntax'],
  'a deeper line out of nowhere': ['title: x\n   more: y', 'language/syntax'],
  'an alias without anchor': ['title: *nothing', 'language/syntax', '*nothing'],
  'an alias of itself': ['x-a: &a [*a]', 'language/syntax', '*a'],
  'a merge key': ['<<: { a: 1 }', 'language/syntax', '<<'],
  'a key that is a map': ['? { a: 1 }\n: 2', 'language/syntax', '{ a: 1 }'],
  'a key that is an alias': ['x-a: &a b\n*a : 2', 'language/syntax', '*a'],
  'a key twice': ['workflow: again', 'language/duplicate-key', 'workflow'],
  'an unknown key': ['worflow: x', 'language/unknown-key', 'worflow'],
  'a key without a name': [': x', 'language/unknown-key', ''],
  'a key named __proto__': ['__proto__: { kind: human }', 'language/unknown-key', '__proto__'],
  'a key named constructor': ['constructor: x', 'language/unknown-key', 'constructor'],
  'a list for a map': ['stores: [a]', 'language/invalid-value', '[a]'],
  'a map for a text': ['title: { a: b }', 'language/invalid-value', '{ a: b }'],
  'a tag that nobody knows': ['stores: !thing [a]', 'language/invalid-value', '[a]'],
  'a lone surrogate as id': ['stores: { "\ud800": { kind: log } }', 'language/invalid-value'],
  'an id in another script': ['stores: { лог: { kind: log } }', 'language/invalid-value', 'лог'],
  'an id of invisible characters': ['stores: { "a\u200bb": { kind: log } }', 'language/invalid-value'],
  'a file that is not there': ['use: ./gone.aiwf.yaml', 'language/import', './gone.aiwf.yaml'],
};

for (const [name, [line, code, at]] of Object.entries(lines)) {
  test(`${name} is a problem there, and the rest of the file is checked`, () => {
    const text = around(line);
    const { findings, workflow } = survive(text);
    const [from, to] = [text.indexOf(line), text.indexOf(line) + line.length];
    const said = findings.filter(({ rule, range }) => rule === code && (at === undefined || slice(text, range) === at));
    assert.ok(said.length > 0, findings.map(({ rule, message }) => `${rule} ${message}`).join('\n'));
    assert.ok(
      said.some(({ range }) => range.start >= from && range.start <= to + 1),
      `${said[0]?.range.start} is not in ${from}-${to}`,
    );
    const rest = findings.find(({ rule, range }) => rule === 'language/unknown-key' && slice(text, range) === 'withn');
    assert.ok(rest, findings.map(({ rule, message }) => `${rule} ${message}`).join('\n'));
    assert.ok(workflow.steps.has('last'));
  });
}

test('a second document is a problem, and the first is checked whole', () => {
  const { findings } = survive(`${around('title: x')}---\nsteps: {}\n`);
  assert.ok(findings.some(({ rule, message }) => rule === 'language/syntax' && /multiple documents/.test(message)));
  assert.ok(findings.some(({ rule }) => rule === 'structure/unresolved-reference'));
});

test('an import that is missing takes nothing from what can be known', () => {
  const { findings } = survive(around('use: ./gone.aiwf.yaml'));
  assert.ok(findings.some(({ rule }) => rule === 'language/unknown-key'));
});

const whole: Readonly<Record<string, readonly [text: string, code: string]>> = {
  'an empty file': ['', 'language/missing-key'],
  'white space': [' \n\n \n', 'language/missing-key'],
  'only comments': ['# a\n# b\n', 'language/missing-key'],
  'only a head': ['aiwf:', 'language/invalid-value'],
  'a list': ['- a\n- b\n', 'language/missing-key'],
  'a text': ['hello\n', 'language/missing-key'],
  'a number': ['42', 'language/missing-key'],
  'an alias': ['*a', 'language/syntax'],
  'a null byte': ['aiwf: 1\u0000', 'language/syntax'],
  'a program': ['\u007fELF\u0001\u0002\u0003', 'language/syntax'],
  'ten million characters': ['a'.repeat(10_000_000), 'language/limit'],
};

for (const [name, [text, code]] of Object.entries(whole)) {
  test(`a file that is ${name} has one clear problem at least`, () => {
    const { findings } = survive(text);
    assert.equal(findings[0]?.rule, code);
    assert.ok(findings.length <= 3);
  });
}

test('members of JavaScript objects are ids and words like any other, wherever one stands', () => {
  const members = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
  for (const member of members) {
    for (const place of [
      `first: { task: T, by: ${member}, mode: ${member}, next: ${member}, on: { ${member}: ${member} }, within: ${member}, uses: [${member}] }`,
      `${member}: { task: T, by: anna, next: ${member} }`,
      `first: { ${member}: { ${member}: 1 }, task: T }`,
      `first: { task: T, by: anna, ${member}: x, effects: [{ kind: ${member}, to: ${member}, admitted-by: ${member} }], log: { to: ${member}, fields: [${member}] } }`,
      `first: { approval: A, by: anna, outcomes: { ${member}: ${member} }, covers: [${member}.${member}], join: ${member} }`,
      `first: { wait: W, until: ${member}, accepts: ${member}, retry: { max: 1, on: ${member} } }`,
    ])
      survive(
        flow(
          place,
          `profile: [${member}]\nparameters: { ${member}: 1 }\nstores: { ${member}: { kind: ${member} } }\nevents: { ${member}: { kind: message } }\nrisk: ${member}\n`,
        ),
      );
    survive(
      flow('first: { end: E }').replace(
        '  anna:',
        `  ${member}: { kind: ${member}, tools: { ${member}: {} }, authority: { ${member}: ${member} } }\n  anna:`,
      ),
    );
  }
});

test('a file that is only half typed is checked at every length', () => {
  for (const [i, text] of examples.entries())
    for (let end = i; end <= text.length; end += 1201) survive(text.slice(0, end));
});

test('a file whose first half is gone is checked as well', () => {
  for (const [i, text] of examples.entries())
    for (let begin = i; begin < text.length; begin += 9601) survive(text.slice(begin));
});

test('a file that is damaged in any way is checked, and nothing is said outside of it', () => {
  const damaged = fc
    .tuple(fc.constantFrom(...examples), fc.array(damage, { minLength: 1, maxLength: 4 }))
    .map(([text, all]) => all.reduce(damagedBy, text));
  fc.assert(
    fc.property(damaged, (text) => {
      survive(text);
    }),
    { seed: 5, numRuns: 30 },
  );
});

test('any text at all is checked', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.array(piece, { maxLength: 60 }).map((parts) => parts.join('')),
      ),
      (text) => {
        survive(text);
      },
    ),
    { seed: 6, numRuns: 120 },
  );
});

test('the same text gives the same findings, byte for byte', () => {
  for (const text of [...examples.slice(0, 3), around('title: [a')])
    assert.equal(JSON.stringify(survive(text).findings), JSON.stringify(survive(text).findings));
});

test('a text at the limit is still read', () => {
  const head = around('title: x');
  const { findings } = survive(`${head}#${'x'.repeat(maxTextLength - head.length - 1)}`);
  assert.ok(!findings.some(({ rule }) => rule === 'language/limit'));
});

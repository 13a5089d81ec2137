// All safe fixes of a file as one edit, those of one rule, and which fixes are marked as a change of meaning.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applied } from '../../src/language/edit.ts';
import type { TextEdit } from '../../src/language/source.ts';
import type { Finding } from '../../src/rules/finding.ts';
import { composed, fixAll } from '../../src/service/fix-all.ts';
import { actionsIn, refactoredIn, titlesIn } from '../support/refactored.ts';
import { openMarked } from '../support/service.ts';

const typos = `aiwf: 1
workflow: w
titel: A title   # kept
accountable: lead
actors: { lead: { knd: human, holders: 1 } }
start: { on: manual, nxt: work }
steps:
  work: { task: Work, by: leed, next: done }
  done: { end: Done }
`;

test('every safe fix is made in one edit, and what is no fix stays', () => {
  const files = refactoredIn(typos, 'Make all safe fixes', 'source.fixAll.aiwf');
  const expected = typos.replace('titel', 'title').replace('knd', 'kind').replace('nxt', 'next');
  assert.equal(files.get('main.aiwf.yaml'), expected);
  assert.deepEqual(titlesIn(expected, 'source.fixAll'), [], 'what is left is a choice');
});

test('it is offered to those who ask for source actions, and to nobody else', () => {
  const kinds = (only: string | undefined, options: object = {}) =>
    actionsIn(openMarked(typos), only ?? '', { ...(only === undefined ? { only: undefined } : {}), ...options }).map(
      ({ kind }) => kind,
    );
  for (const only of ['source', 'source.fixAll', 'source.fixAll.aiwf'])
    assert.deepEqual(kinds(only), ['source.fixAll.aiwf']);
  for (const only of ['quickfix', 'refactor', 'source.organizeImports', 'source.fixAll.other'])
    assert.ok(!kinds(only).includes('source.fixAll.aiwf'), only);
  assert.ok(!kinds(undefined, { invoked: true }).includes('source.fixAll.aiwf'));
});

test('all findings of one rule are fixed at once', () => {
  const marked = typos.replace('titel', 'ti<|>tel');
  const many = titlesIn(marked, 'quickfix').filter((title) => title.startsWith('Fix all'));
  assert.deepEqual(many, ['Fix all 3 findings of language/unknown-key in this file']);
  const fixed = refactoredIn(marked, 'Fix all 3', 'quickfix').get('main.aiwf.yaml') ?? '';
  assert.match(fixed, /by: leed/);
  assert.doesNotMatch(fixed, /titel|knd|nxt/);
  const one = typos.replace('titel', 'ti<|>tel').replace('knd', 'kind').replace('nxt', 'next');
  assert.deepEqual(titlesIn(one, 'quickfix'), ["Change to 'title'"]);
});

test('a fix that changes meaning says so and is never preferred', () => {
  const text = `aiwf: 1
workflow: w
accountable: lead
actors:
  lead: { kind: human, holders: 1 }
  bot: { kind: agent, sponsor: lead }
start: { on: manual, next: work }
steps:
  work:<|> { task: Work, by: lead, within: 1d, next: check }
  check: { approval: Check, by: lead, covers: [], within: 1d, on: { approve: done, reject: work } }
  done: { end: Done }
<|>`;
  const fixes = actionsIn(openMarked(text), 'quickfix');
  const changing = fixes.filter(({ title }) => title.endsWith('(changes meaning)'));
  assert.ok(changing.length > 0, fixes.map(({ title }) => title).join('\n'));
  assert.ok(changing.every(({ isPreferred }) => isPreferred !== true));
});

/** A finding at every `from`, fixed by `to`. */
const findingsIn =
  (from: string, to: string) =>
  (text: string): readonly Finding[] =>
    [...text.matchAll(new RegExp(from, 'g'))].map(({ index }) => ({
      rule: 'r/r',
      severity: 'error',
      verdict: 'violation',
      message: '',
      range: { start: index, end: index + from.length },
      place: 'workflow',
      witness: [],
      clauses: [],
      fixes: [{ title: '', safety: 'safe', edits: [{ range: { start: index, end: index + from.length }, text: to }] }],
    }));

test('fixes that make room for others are followed, in the end without end', () => {
  const { text, edits, count } = fixAll('xaab-aab', findingsIn('ab', 'b'));
  assert.equal(text, 'xb-b');
  assert.equal(applied('xaab-aab', edits), text);
  assert.equal(count, 4);
  assert.ok(fixAll('a', findingsIn('a', 'ba')).count <= 10);
});

test('a fix that brings an error is not made', () => {
  assert.equal(fixAll('a', findingsIn('a', 'aa')).text, 'a');
});

test('edits after edits are edits of the first text', () => {
  const edits = (length: number, seeds: readonly number[]): TextEdit[] => {
    const places = [...new Set(seeds.map((seed) => seed % (length + 1)))].sort((a, b) => a - b);
    return places.flatMap((start, i) => {
      const end = places[i + 1];
      return i % 2 === 0 ? [{ range: { start, end: end ?? start }, text: 'xyz'.slice(0, (start + i) % 4) }] : [];
    });
  };
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.array(fc.nat(99)), fc.array(fc.nat(99)), (text, one, two) => {
      const first = edits(text.length, one);
      const between = applied(text, first);
      const second = edits(between.length, two);
      assert.equal(applied(text, composed(text, first, second)), applied(between, second));
    }),
    { numRuns: 500, seed: 20260101 },
  );
});

// Growing selections: what is selected from the cursor outwards.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SelectionRange } from 'vscode-languageserver-types';
import { lineStartsOf } from '../../src/language/source.ts';
import { toOffset } from '../../src/service/positions.ts';
import { openMarked } from '../support/service.ts';

/** Selected texts from the innermost out; the first and last word of those with several lines. */
function selected(marked: string): readonly string[] {
  const { service, uri, position, file } = openMarked(marked);
  const lines = { text: file.text, lineStarts: lineStartsOf(file.text) };
  const texts: string[] = [];
  const [first] = service.selectionRanges(uri, [position]);
  for (let at: SelectionRange | undefined = first; at; at = at.parent) {
    const text = file.text.slice(toOffset(lines, at.range.start), toOffset(lines, at.range.end));
    texts.push(text.includes('\n') ? `${/^\S*/.exec(text)?.[0]} … ${/\S*\n?$/.exec(text)?.[0].trim()}` : text);
  }
  return texts;
}

test('value, entry, declaration, section, file', () => {
  const text = 'aiwf: 1\nsteps:\n  a:\n    task: Do <|>it\n    by: x\n  b:\n    end: E\ndata: {}\n# end\n';
  assert.deepEqual(selected(text), [
    'it',
    'Do it',
    'task: Do it',
    'task: … x',
    'a: … x',
    'a: … E',
    'steps: … E',
    'aiwf: … {}',
    'aiwf: … end',
  ]);
});

test('a key', () => {
  assert.deepEqual(selected('a:\n  no<|>te: 1\n  b: 2\n'), ['note', 'note: 1', 'note: … 2', 'a: … 2', 'a: … 2']);
});

test('in brackets: the item, all items, the brackets', () => {
  assert.deepEqual(selected('a: { reads: [one, t<|>wo.x] }'), [
    'two',
    'two.x',
    'one, two.x',
    '[one, two.x]',
    'reads: [one, two.x]',
    '{ reads: [one, two.x] }',
    'a: { reads: [one, two.x] }',
  ]);
});

test('a quoted text without its quotes first', () => {
  assert.deepEqual(selected('a: "one t<|>wo"'), ['two', 'one two', '"one two"', 'a: "one two"']);
});

const data =
  'aiwf: 1\ndata: { claim: { fields: { amount: number, lines: [{ price: number }] } } }\nsteps:\n  a:\n    task: A\n    next:\n';

test('in a condition: name, path, operand, condition', () => {
  const all = selected(`${data}      - { when: claim.amount > 2 && claim.am<|>ount + 1 < 9, to: b }\n`);
  assert.deepEqual(all.slice(0, 6), [
    'amount',
    'claim.amount',
    'claim.amount + 1',
    'claim.amount + 1 < 9',
    'claim.amount > 2 && claim.amount + 1 < 9',
    'when: claim.amount > 2 && claim.amount + 1 < 9',
  ]);
});

test('in a quoted condition with a macro', () => {
  const all = selected(`${data}      - { when: "claim.lines.exists(l, l.pr<|>ice > 1)", to: b }\n`);
  assert.deepEqual(all.slice(0, 5), [
    'price',
    'l.price',
    'l.price > 1',
    'claim.lines.exists(l, l.price > 1)',
    '"claim.lines.exists(l, l.price > 1)"',
  ]);
});

test('a condition that is no CEL yet still has names and paths', () => {
  const all = selected(`${data}      - { when: claim.am<|>ount >, to: b }\n`);
  assert.deepEqual(all.slice(0, 3), ['amount', 'claim.amount', 'claim.amount >']);
});

test('an answer for each position, also in an empty file and on an empty line', () => {
  const { service, uri } = openMarked('');
  assert.equal(
    service.selectionRanges(uri, [
      { line: 0, character: 0 },
      { line: 5, character: 5 },
    ]).length,
    2,
  );
  assert.deepEqual(selected('a: 1\n<|>\nb: 2\n'), ['a: … 2', 'a: … 2']);
});

// Formatting over the service: a document, a range, and what happens while typing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineStartsOf } from '../../src/language/source.ts';
import { toRange } from '../../src/service/positions.ts';
import { edited, openMarked } from '../support/service.ts';

const messy = 'aiwf:   1\nsteps:\n    a:\n          task:   Do it\n          next:   b\n';

test('a document is formatted by small edits', () => {
  const { service, uri, file } = openMarked(messy);
  const edits = service.formatting(uri);
  assert.equal(edited(file.text, edits), 'aiwf: 1\nsteps:\n  a:\n    task: Do it\n    next: b\n');
  for (const { range, newText } of edits) {
    assert.equal(range.start.line, range.end.line);
    assert.equal(newText.trim(), '');
  }
});

test('a range is formatted, and nothing else', () => {
  const { service, uri, file } = openMarked(messy);
  const start = messy.indexOf('          task');
  const lines = { text: messy, lineStarts: lineStartsOf(messy) };
  const edits = service.formatting(uri, toRange(lines, { start, end: messy.length }));
  assert.equal(edited(file.text, edits), 'aiwf:   1\nsteps:\n    a:\n      task: Do it\n      next: b\n');
});

test('nothing is formatted in a closed document', () => {
  const { service } = openMarked(messy);
  assert.deepEqual(service.formatting('file:///other.aiwf.yaml'), []);
});

/** The text after `typed` was typed at the cursor. */
function checkTyped(typed: string, marked: string, after: string): void {
  const { service, uri, file, position } = openMarked(marked);
  assert.equal(edited(file.text, service.formattingAfter(uri, position, typed)), after);
}

for (const [name, marked, after] of [
  ['below a section', 'steps:\n<|>', 'steps:\n  '],
  ['below a step, with a comment and too far out', 'steps:\n  a: # x\n  <|>\n', 'steps:\n  a: # x\n    \n'],
  [
    'below a key with a value',
    'steps:\n  a:\n    task: X\n<|>\nstart: {}\n',
    'steps:\n  a:\n    task: X\n    \nstart: {}\n',
  ],
  ['below a list key', 'a:\n  next:\n  <|>', 'a:\n  next:\n    '],
  ['below an item of one word', 'a:\n  - b\n    <|>', 'a:\n  - b\n  '],
  ['below an item with keys', 'a:\n  - when: b\n  <|>', 'a:\n  - when: b\n    '],
  ['below a key of an item that opens a block', 'a:\n  - next:\n<|>', 'a:\n  - next:\n      '],
  ['below a dash', 'a:\n  -\n<|>', 'a:\n  -\n    '],
  ['below the head of a block scalar', 'a:\n  b: >-\n  <|>', 'a:\n  b: >-\n    '],
  ['in braces', 'a:\n  log: {\n<|>\n  }\n', 'a:\n  log: {\n    \n  }\n'],
  ['in braces behind a comma', 'a: {\n  b: 1,\n<|>\n}\n', 'a: {\n  b: 1,\n  \n}\n'],
  ['in a list that began in the line above', 'a: [b,\n<|>', 'a: [b,\n  '],
  ['the closing bracket of an empty pair', 'a:\n  b: [\n    <|>]\n', 'a:\n  b: [\n  ]\n'],
  ['below a key with an anchor', 'a: &x\n<|>', 'a: &x\n  '],
  [
    'brackets and colons in quotes and comments do not count',
    'a:\n  b: "[x:" # {\n      <|>',
    'a:\n  b: "[x:" # {\n  ',
  ],
] as const)
  test(`Enter ${name}`, () => checkTyped('\n', marked, after));

for (const [name, marked] of [
  ['after an empty line', 'steps:\n\n<|>'],
  ['in a block scalar', 'a: |\n  b:\n      <|>\n'],
  ['in text over several lines', 'a: "b:\n      <|>\n  c"\n'],
  ['before text that was behind the cursor', 'a:\n<|>b: 1\n'],
  ['at the first line', '<|>a: 1\n'],
  ['where the line is right', 'a:\n  <|>\n'],
  ['below a comment', 'a: 1\n# b:\n    <|>\n'],
] as const)
  test(`Enter ${name} changes nothing`, () => checkTyped('\n', marked, marked.replace('<|>', '')));

for (const [name, marked, after] of [
  ['one column too far in', 'a:\n  b: 1\n   next:<|>\n', 'a:\n  b: 1\n  next:\n'],
  ['one column too far out', 'a:\n  b:\n    c: 1\n   next:<|>\n', undefined],
  ['between the two columns of an item', 'a:\n  - b: 1\n   c:<|>\n', 'a:\n  - b: 1\n    c:\n'],
  ['where it stands right', 'a:\n  b: 1\n  next:<|>\n', undefined],
  ['of a first key', 'a:\n   next:<|>\n', undefined],
  ['in a block scalar', 'a: |\n  b: 1\n   next:<|>\n', undefined],
  ['in a condition', 'a:\n  b: 1\n   c ? x:<|>\n', undefined],
  ['before other text', 'a:\n  b: 1\n   next:<|> x\n', undefined],
  ['in braces', 'a: {\n  b: 1,\n   next:<|>\n}\n', undefined],
] as const)
  test(`a colon ${name}`, () => checkTyped(':', marked, after ?? marked.replace('<|>', '')));

test('another character, and a cursor outside of the text, change nothing', () => {
  checkTyped('x', 'steps:\n<|>', 'steps:\n');
  const { service, uri } = openMarked('steps:\n');
  assert.deepEqual(service.formattingAfter(uri, { line: 99, character: 9 }, ':'), []);
});

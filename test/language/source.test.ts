// Offsets, lines and edits of a text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { contains, lineStartsOf, positionAt } from '../../src/language/source.ts';
import { didYouMean, suggest } from '../../src/language/suggest.ts';
import { applyEdits } from '../support/apply-edits.ts';

test('lines end at each kind of line break', () => {
  assert.deepEqual(lineStartsOf('a\nb\r\nc\rd\n'), [0, 2, 5, 7, 9]);
  assert.deepEqual(lineStartsOf(''), [0]);
});

test('the position of any offset is the line that begins last before it', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r', '😀') }), fc.nat(30), (text, at) => {
      const starts = lineStartsOf(text);
      const offset = Math.min(at, text.length);
      const { line, column } = positionAt(starts, offset);
      assert.equal((starts[line] ?? -1) + column, offset);
      assert.ok((starts[line + 1] ?? Number.POSITIVE_INFINITY) > offset);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('a position outside the text is moved to its border', () => {
  assert.deepEqual(positionAt([0, 3], -5), { line: 0, column: 0 });
});

test('edits apply in any order, insertions at one place included', () => {
  const edits = [
    { range: { start: 4, end: 5 }, text: 'E' },
    { range: { start: 0, end: 0 }, text: '>' },
    { range: { start: 1, end: 3 }, text: '' },
  ];
  assert.equal(applyEdits('abcdef', edits), '>adEf');
});

test('the end of a range still belongs to it for a cursor', () => {
  assert.deepEqual(
    [2, 3, 5, 6].map((at) => contains({ start: 3, end: 5 }, at)),
    [false, true, true, false],
  );
});

test('the nearest word is suggested, within a third of its length', () => {
  const known = ['within', 'writes', 'accepts', 'on'];
  assert.equal(suggest('withn', known), 'within');
  assert.equal(suggest('Accept', known), 'accepts');
  assert.equal(suggest('no', known), undefined);
  assert.equal(suggest('an', known), 'on');
  assert.equal(suggest('something', known), undefined);
  assert.equal(suggest('', known), undefined);
  assert.equal(didYouMean('within'), " Did you mean 'within'?");
  assert.equal(didYouMean(undefined), '');
});

// Every character of a value is found where it stands in the text, in each style YAML can write it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Document, Scalar } from 'yaml';
import { scalarOffsets } from '../../src/language/scalar-offsets.ts';
import { scalarAt } from './parsing.ts';

const isBlank = (char: string) => /\s/.test(char);

/** One for each character, ascending and inside the scalar. */
function checkOrder(text: string, ...path: readonly (string | number)[]): readonly number[] {
  const scalar = scalarAt(text, ...path);
  const offsets = scalarOffsets(text, scalar);
  const about = `${JSON.stringify(scalar.text)} in ${JSON.stringify(text)}: ${offsets.join(' ')}`;
  assert.equal(offsets.length, scalar.text.length + 1, about);
  for (const [i, offset] of offsets.entries()) {
    assert.ok(offset >= scalar.range.start && offset <= scalar.range.end, about);
    assert.ok(i === 0 || offset >= (offsets[i - 1] ?? 0), about);
  }
  return offsets;
}

/** Besides, each visible character stands at the same one of the text, or at its escape. */
function checkOffsets(text: string, ...path: readonly (string | number)[]): void {
  const scalar = scalarAt(text, ...path);
  const offsets = checkOrder(text, ...path);
  const about = `${JSON.stringify(scalar.text)} in ${JSON.stringify(text)}: ${offsets.join(' ')}`;
  for (const [i, offset] of offsets.entries()) {
    const char = scalar.text[i];
    if (char === undefined || isBlank(char) || (scalar.style === 'double' && text[offset] === '\\')) continue;
    assert.equal(text[offset], char, `character ${i} of ${about}`);
  }
}

const styles = ['PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'] as const;
const pieces = fc.constantFrom(
  ...['a', 'b', 'amount', '>=', '"', "'", '\\', ' ', '  ', '\n', '\n\n', '\t', '#', ': ', '- ', '{', '}', '[', ','],
  ...['é', '漢', '😀', '\u2028', '\u00a0', '&&', '||', '0.85', '\u0007'],
);
const value = fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join(''));

for (const style of styles) {
  test(`characters are found in random texts written as ${style}, also in maps, lists and narrow lines`, () => {
    fc.assert(
      fc.property(value, fc.integer({ min: 8, max: 40 }), fc.boolean(), (content, lineWidth, crlf) => {
        const scalar = new Scalar(content);
        scalar.type = style;
        const document = new Document({ when: null, list: [{ deep: null }] });
        document.setIn(['when'], scalar);
        document.setIn(['list', 0, 'deep'], scalar);
        const printed = document.toString({ lineWidth, minContentWidth: 0 });
        const text = crlf ? printed.replaceAll('\n', '\r\n') : printed;
        // The printer may choose another style where this one cannot hold the value, which is as good a test.
        checkOffsets(text, 'when');
        checkOffsets(text, 'list', 0, 'deep');
      }),
      { seed: 7, numRuns: 150 },
    );
  });
}

const cases: Readonly<Record<string, readonly [text: string, value: string, offsets: readonly number[]]>> = {
  plain: ['k: a b', 'a b', [3, 4, 5, 6]],
  'plain over two lines': ['k: a\n  b', 'a b', [3, 4, 7, 8]],
  'plain with an empty line between': ['k: a\n\n  b', 'a\nb', [3, 5, 8, 9]],
  'single-quoted with a doubled quote': ["k: 'a''b'", "a'b", [4, 5, 7, 8]],
  'double-quoted with escapes': ['k: "\\t\\u0041\\x42c"', '\tABc', [4, 6, 12, 16, 17]],
  'double-quoted with an astral escape': ['k: "\\U0001F600!"', '😀!', [4, 4, 14, 15]],
  'double-quoted with an escaped line break': ['k: "a \\\n   b"', 'a b', [4, 5, 11, 12]],
  'double-quoted, folded, with an escaped blank': ['k: "a\n  \\ b"', 'a  b', [4, 5, 8, 10, 11]],
  literal: ['k: |\n  a\n  b\n', 'a\nb\n', [7, 8, 11, 12, 12]],
  'literal, stripped, indented by hand': ['k: |1-\n  a\n b\n', ' a\nb', [7, 9, 10, 12, 13]],
  folded: ['k: >-\n  a\n  b\n', 'a b', [8, 9, 12, 13]],
};

for (const [name, [text, expected, offsets]] of Object.entries(cases)) {
  test(`characters of a ${name} scalar stand where they are written`, () => {
    const scalar = scalarAt(text, 'k');
    assert.equal(scalar.text, expected);
    const visible = (all: readonly number[]) =>
      all.filter((_, i) => i === expected.length || !isBlank(expected[i] ?? ''));
    assert.deepEqual(visible(scalarOffsets(text, scalar)).slice(0, -1), visible(offsets).slice(0, -1));
    checkOffsets(text, 'k');
  });
}

test('a scalar that is cut off still has an entry for each character', () => {
  for (const text of ['k: "a b', "k: 'a", 'k: "a\\', 'k: |', 'k: "\\u00', 'k: >\n  a\n b']) checkOrder(text, 'k');
});

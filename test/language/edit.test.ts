// Edits change what they are asked to change: every other byte stays, and the rest of the file means what it meant.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse as parseYaml } from 'yaml';
import { addBlock, addEntry, addItem, removeEntry, removeItems } from '../../src/language/edit.ts';
import { parseSyntax } from '../../src/language/parse-syntax.ts';
import { applyEdits } from '../support/apply-edits.ts';
import { mapAt } from './parsing.ts';

type Path = readonly (string | number)[];

function added(text: string, path: Path, key: string, value: string, after?: string): string | undefined {
  const edits = addEntry(text, mapAt(text, ...path), key, value, after);
  return edits && applyEdits(text, edits);
}

function removed(text: string, path: Path, key: string): string | undefined {
  const edits = removeEntry(text, mapAt(text, ...path), key);
  return edits && applyEdits(text, edits);
}

test('a key is added behind the last one, in the style of the map, with its indentation', () => {
  assert.equal(added('a:\n  b: 1\n', ['a'], 'k', 'v'), 'a:\n  b: 1\n  k: v\n');
  assert.equal(added('a: { b: 1 }\n', ['a'], 'k', 'v'), 'a: { b: 1, k: v }\n');
  assert.equal(added('a: {}\n', ['a'], 'k', 'v'), 'a: { k: v }\n');
  assert.equal(added('a: { b: 1, }\n', ['a'], 'k', 'v'), 'a: { b: 1, k: v, }\n');
  assert.equal(added('a: { b }\n', ['a'], 'k', 'v'), 'a: { b, k: v }\n');
});

test('a key is added behind the one that is named', () => {
  assert.equal(added('b: 1\nc: 2\n', [], 'k', 'v', 'b'), 'b: 1\nk: v\nc: 2\n');
  assert.equal(added('a: { b: 1, c: 2 }', ['a'], 'k', 'v', 'b'), 'a: { b: 1, k: v, c: 2 }');
});

test('comments, carriage returns and a missing last line break stay when a key is added', () => {
  assert.equal(added('a:\n  b: 1 # why\n# end\n', ['a'], 'k', 'v'), 'a:\n  b: 1 # why\n  k: v\n# end\n');
  assert.equal(added('a:\r\n  b: 1\r\n', ['a'], 'k', 'v'), 'a:\r\n  b: 1\r\n  k: v\r\n');
  assert.equal(added('a:\n  b: 1', ['a'], 'k', 'v'), 'a:\n  b: 1\n  k: v');
  assert.equal(
    added('a: { b: 1, # why\n  c: 2 # then\n}\n', ['a'], 'k', 'v'),
    'a: { b: 1, # why\n  c: 2, k: v # then\n}\n',
  );
});

test('a key is added to a map that begins a list item, and to one behind an anchor', () => {
  assert.equal(
    added('a:\n  - b: 1\n    c: 2\n  - d: 3\n', ['a', 0], 'k', 'v'),
    'a:\n  - b: 1\n    c: 2\n    k: v\n  - d: 3\n',
  );
  assert.equal(added('a: &x\n  b: 1\nc: *x\n', ['a'], 'k', 'v'), 'a: &x\n  b: 1\n  k: v\nc: *x\n');
  assert.equal(added('a:\n  - &x\n    b: 1\n', ['a', 0], 'k', 'v'), 'a:\n  - &x\n    b: 1\n    k: v\n');
});

test('a key is added beside one that has an anchor or a tag', () => {
  assert.equal(added('- &x a: 1\n', [0], 'k', 'v'), '- &x a: 1\n  k: v\n');
  assert.equal(added('m:\n  !!str a: 1\n', ['m'], 'k', 'v'), 'm:\n  !!str a: 1\n  k: v\n');
});

test('a key is added behind the empty lines that a text keeps', () => {
  assert.equal(added('m:\n  a: |+\n    x\n\n\nn: 1\n', ['m'], 'k', 'v'), 'm:\n  a: |+\n    x\n\n\n  k: v\nn: 1\n');
  assert.equal(added('m:\n  a: |\n    x\n\n\nn: 1\n', ['m'], 'k', 'v'), 'm:\n  a: |\n    x\n  k: v\n\n\nn: 1\n');
});

test('a key is added behind values of several lines', () => {
  assert.equal(added('a:\n  b: |\n    x\n    y\nc: 1\n', ['a'], 'k', 'v'), 'a:\n  b: |\n    x\n    y\n  k: v\nc: 1\n');
  assert.equal(added('a:\n  b:\n    - 1\n    - 2\n', ['a'], 'k', 'v'), 'a:\n  b:\n    - 1\n    - 2\n  k: v\n');
});

test('a key that stands there is not added again', () => {
  assert.equal(added('a: { k: 1 }', ['a'], 'k', 'v'), undefined);
});

test('a key is removed with its line, or with its comma', () => {
  assert.equal(removed('a: 1\nb: 2\nc: 3\n', [], 'b'), 'a: 1\nc: 3\n');
  assert.equal(removed('a: 1\nb: 2', [], 'b'), 'a: 1\n');
  assert.equal(removed('a:\r\n  b: 1\r\n  c: 2\r\n', ['a'], 'c'), 'a:\r\n  b: 1\r\n');
  assert.equal(removed('a: { b: 1, c: 2 }', ['a'], 'b'), 'a: { c: 2 }');
  assert.equal(removed('a: { b: 1, c: 2 }', ['a'], 'c'), 'a: { b: 1 }');
});

test('a comment behind a removed key stays, and nothing is removed where one would be lost', () => {
  assert.equal(removed('a: 1\nb: 2 # why\nc: 3\n', [], 'b'), 'a: 1\n # why\nc: 3\n');
  assert.equal(removed('a: 1\nb: # why\n  x: 2\nc: 3\n', [], 'b'), undefined);
  assert.equal(removed('a: { b: 1, # why\n  c: 2 }', ['a'], 'b'), undefined);
});

test('the only key of a map and the first of a list item are not removed', () => {
  assert.equal(removed('a: { b: 1 }', ['a'], 'b'), undefined);
  assert.equal(removed('- a: 1\n  b: 2\n', [0], 'a'), undefined);
  assert.equal(removed('- a: 1\n  b: 2\n', [0], 'b'), '- a: 1\n');
});

test('a key whose value is used elsewhere is not removed', () => {
  assert.equal(removed('a: &x { y: 1 }\nb: *x\n', [], 'a'), undefined);
  assert.equal(removed('a:\n  b: 1\n  y: &x 1\nc: *x\n', [], 'a'), undefined);
  assert.equal(removed('a: &x 1\nb: 2\n', [], 'a'), 'b: 2\n');
});

test('lines are added to the top level, at its indentation, before what ends the document', () => {
  const top = (text: string, lines: readonly string[], after?: string) => {
    const edits = addBlock(text, mapAt(text), lines, after);
    return edits && applyEdits(text, edits);
  };
  assert.equal(top('a: 1\nb: 2\n', ['k: v']), 'a: 1\nb: 2\nk: v\n');
  assert.equal(top('a: 1\nb: 2\n', ['k: v'], 'a'), 'a: 1\nk: v\nb: 2\n');
  assert.equal(top('a: 1\nb: 2', ['k:', '  l: v']), 'a: 1\nb: 2\n\nk:\n  l: v');
  assert.equal(top('  a: 1\n  b: 2\n', ['k:', '  l: v']), '  a: 1\n  b: 2\n\n  k:\n    l: v\n');
  assert.equal(top('{ a: 1 }', ['k: v']), undefined);
});

const scalars = fc.constantFrom('1', 'x y', '"a # b"', "'it''s'", '{ p: 1, q: [2] }', '[1, 2]', '*base', '');
const blocks = fc.constantFrom(
  '|\n    x\n    # not a comment',
  '>-\n    x\n    y',
  '\n    p: 1\n    q:\n      - 2',
  '\n    - p: 1\n      q: 2',
);
const comments = fc.constantFrom('', '', ' # why', ' # a: b');
const row = fc.tuple(fc.oneof(scalars, blocks), comments);

/** `m`, a map of `rows` in one of the two styles, between two other keys. */
function textOf(rows: readonly (readonly [string, string])[], isFlow: boolean, crlf: boolean, ends: boolean): string {
  const flow = rows.filter(([value]) => !value.includes('\n'));
  const block = rows.map(([value, comment], i) => {
    const breaks = value.includes('\n');
    return `  k${i}: ${breaks ? value : `${value}${comment}`}`;
  });
  const map = isFlow
    ? ` {\n${flow.map(([value, comment], i) => `    k${i}: ${value},${comment}\n`).join('')}  }`
    : `\n${block.join('\n')}`;
  const text = `# head\nbase: &base 7\nm:${map}${ends ? '\nlast: 1 # end\n' : ''}`;
  return crlf ? text.replaceAll('\n', '\r\n') : text;
}

const map = fc
  .tuple(fc.array(row, { minLength: 1, maxLength: 5 }), fc.boolean(), fc.boolean(), fc.boolean())
  .map(([rows, isFlow, crlf, ends]) => textOf(rows, isFlow, crlf, ends))
  .filter((text) => !/\{\s*\}/.test(text));

const commentsIn = (text: string) => (text.match(/#[^\r\n]*/g) ?? []).map((comment) => comment.trim());

test('in random maps an added key is all that changes', () => {
  fc.assert(
    fc.property(map, fc.nat(5), (text, after) => {
      const result = added(text, ['m'], 'new', '{ to: x }', `k${after}`);
      assert.ok(result);
      const expected = parseYaml(text);
      expected.m.new = { to: 'x' };
      assert.deepEqual(parseYaml(result), expected, result);
      assert.equal(result.replace(/(\r?\n *|, )new: \{ to: x \}/, ''), text);
    }),
    { seed: 11, numRuns: 150 },
  );
});

test('items are added behind the last one, in the style of the list, and comments stay', () => {
  const withItems = (text: string) => {
    const { root } = parseSyntax(text);
    const list = root?.kind === 'map' ? root.entries[0]?.value : undefined;
    assert.ok(list?.kind === 'list');
    const edits = addItem(text, list, ['{ k: v }', 'x']);
    return edits && applyEdits(text, edits);
  };
  assert.equal(withItems('a: [b] # why\n'), 'a: [b, { k: v }, x] # why\n');
  assert.equal(withItems('a: []\n'), 'a: [{ k: v }, x]\n');
  assert.equal(withItems('a:\n  - b # why\nc: 1\n'), 'a:\n  - b # why\n  - { k: v }\n  - x\nc: 1\n');
  assert.equal(withItems('a:\r\n- b: 1\r\n  c: 2'), 'a:\r\n- b: 1\r\n  c: 2\r\n- { k: v }\r\n- x');
  assert.equal(withItems('a:\n  - b\n  - |+\n    text\n\n'), undefined);
});

test('items are removed from a list, and nothing where a comment or an anchored value would be lost', () => {
  const without = (text: string, ...words: readonly string[]) => {
    const { root } = parseSyntax(text);
    const list = root?.kind === 'map' ? root.entries[0]?.value : undefined;
    assert.ok(list?.kind === 'list');
    const items = list.items.filter((item) => item.kind === 'scalar' && words.includes(item.text));
    const edits = removeItems(text, list, items);
    return edits && applyEdits(text, edits);
  };
  assert.equal(without('a: [b, c, d] # why\n', 'b', 'd'), 'a: [c] # why\n');
  assert.equal(without('a:\r\n  - b\r\n  - c\r\nd: 1\r\n', 'b'), 'a:\r\n  - c\r\nd: 1\r\n');
  assert.equal(without('a:\n  - b # why\n  - c\n', 'b'), undefined);
  assert.equal(without('a: [ b, # why\n  c ]\n', 'c'), undefined);
  assert.equal(without('a: [&x b, c]\nd: *x\n', 'b'), undefined);
  assert.equal(without('a: [b]\n', 'b'), undefined);
});

test('in random maps a removed key is all that changes, and no comment goes', () => {
  fc.assert(
    fc.property(map, fc.nat(4), (text, at) => {
      const before = parseYaml(text);
      const result = removed(text, ['m'], `k${at}`);
      if (result === undefined) return;
      delete before.m[`k${at}`];
      assert.deepEqual(parseYaml(result), before, result);
      assert.deepEqual(
        commentsIn(result),
        commentsIn(text).filter((comment) => !/b"$/.test(comment) || result.includes(comment)),
      );
      assert.ok(result.split('\n').length >= text.split('\n').length - 6);
    }),
    { seed: 12, numRuns: 150 },
  );
});

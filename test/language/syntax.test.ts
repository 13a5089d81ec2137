// YAML is read with exact ranges: each node covers what the author would mark, in every style and with every oddity.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Document, parse as parseYaml } from 'yaml';
import { parseSyntax } from '../../src/language/parse-syntax.ts';
import type { SyntaxNode } from '../../src/language/syntax.ts';
import { nodeAt, scalarAt, slice } from './parsing.ts';

const written = (text: string, ...path: readonly (string | number)[]) => slice(text, nodeAt(text, ...path).range);

test('a scalar covers its own characters, with quotes and without white space, comments, anchors and tags', () => {
  assert.equal(written('k: plain text # why\n', 'k'), 'plain text');
  assert.equal(written('k: two\n  lines\nl: 1\n', 'k'), 'two\n  lines');
  assert.equal(written("k: 'it''s'\n", 'k'), "'it''s'");
  assert.equal(written('k: "a\\nb" # why\n', 'k'), '"a\\nb"');
  assert.equal(written('k: &x "q"\n', 'k'), '"q"');
  assert.equal(written('k: !!str 5\n', 'k'), '5');
});

test('a block scalar covers its header and its visible lines', () => {
  assert.equal(written('k: |\n  a\n  b\n\nl: 1\n', 'k'), '|\n  a\n  b');
  assert.equal(written('k: >2-  # why\n   a\n  b\nl: 1\n', 'k'), '>2-  # why\n   a\n  b');
  assert.equal(scalarAt('k: |2\n   a\n  b\n', 'k').text, ' a\nb\n');
  assert.equal(scalarAt('k: |+\n  a\n\n', 'k').text, 'a\n\n');
});

test('collections cover their brackets, or their first to their last visible character', () => {
  assert.equal(written('k: { a: 1, b: [ 2 ] } # c\n', 'k'), '{ a: 1, b: [ 2 ] }');
  assert.equal(written('k: { a: 1, b: [ 2 ] }\n', 'k', 'b'), '[ 2 ]');
  assert.equal(written('k:\n  a: 1\n  b: 2\n\n# c\nl: 1\n', 'k'), 'a: 1\n  b: 2');
  assert.equal(written('k:\n  - a\n  - b: 1\n', 'k'), '- a\n  - b: 1');
});

test('carriage returns, a byte order mark and characters of two units keep the offsets of the text', () => {
  const text = '\uFEFFa: 1\r\nb: "😀"\r\nc:\r\n  - 漢 😀 x\r\n';
  assert.equal(written(text, 'a'), '1');
  assert.equal(written(text, 'b'), '"😀"');
  assert.equal(written(text, 'c', 0), '漢 😀 x');
  assert.deepEqual(parseSyntax(text).problems, []);
});

test('an alias covers itself and leads to what is anchored before it', () => {
  const text = 'a: &x { b: 1 }\nc: *x\nd: *y\n';
  const { root, problems } = parseSyntax(text);
  assert.equal(root?.kind, 'map');
  const alias = root?.kind === 'map' ? root.entries[1]?.value : undefined;
  assert.equal(alias?.kind === 'alias' && alias.target?.kind, 'map');
  assert.equal(alias && slice(text, alias.range), '*x');
  assert.deepEqual(
    problems.filter(({ message }) => /before this alias/.test(message)).map(({ range }) => slice(text, range)),
    ['*y'],
  );
});

test('an anchor can be given anew, and an alias inside its own anchor leads nowhere', () => {
  assert.equal(scalarAt('a: &x 1\nb: &x 2\nc: *x\n', 'b').text, '2');
  const alias = nodeAt('a: &x 1\nb: &x 2\nc: [*x]\n', 'c');
  const first = alias.kind === 'list' ? alias.items[0] : undefined;
  assert.equal(first?.kind === 'alias' && first.target?.kind === 'scalar' && first.target.text, '2');
  const { problems } = parseSyntax('a: &x [*x]\n');
  assert.ok(problems.length > 0);
});

test('a value keeps the text its author wrote beside what YAML makes of it', () => {
  const scalar = scalarAt('k: 1.10\n', 'k');
  assert.deepEqual([scalar.value, scalar.text], [1.1, '1.10']);
  assert.deepEqual([scalarAt('k: ~\n', 'k').value, scalarAt('k: True\n', 'k').value], [null, true]);
  assert.equal(scalarAt('k: "1"\n', 'k').value, '1');
  assert.equal(scalarAt('k: 2026-09-01\n', 'k').value, '2026-09-01');
});

test('a key without value has none, and a null that is written is one', () => {
  const { root } = parseSyntax('a:\nb: null\n');
  assert.deepEqual(root?.kind === 'map' && root.entries.map(({ value }) => value?.kind), [undefined, 'scalar']);
});

test('a key twice, a merge key and a key that is a collection are problems at that key', () => {
  const text = 'a: 1\na: 2\n<<: { b: 1 }\n? [x]\n: 1\n';
  assert.deepEqual(
    parseSyntax(text).problems.map(({ code, range }) => [code, slice(text, range)]),
    [
      ['language/duplicate-key', 'a'],
      ['language/syntax', '<<'],
      ['language/syntax', '[x]'],
    ],
  );
});

test('a second document is a problem at its head, and the first one is read', () => {
  const text = 'a: 1\n---\nb: 2\n';
  const { root, problems } = parseSyntax(text);
  assert.equal(root?.kind === 'map' && root.entries.length, 1);
  assert.equal(problems.length, 1);
  assert.match(problems[0]?.message ?? '', /multiple documents/);
  assert.equal(problems[0]?.range.start, text.indexOf('---'));
});

test('a control character is a problem where it stands', () => {
  const { root, problems } = parseSyntax('a: 1\nb: \u0001\n');
  assert.equal(root, undefined);
  assert.deepEqual(problems[0]?.range, { start: 8, end: 9 });
});

test('after a mistake the other lines are read', () => {
  for (const broken of ['b: [1, 2', 'b: "open', 'b: {x: 1', '\tb: 1', 'b: @x', 'b: 1: 2', '- b']) {
    const { root, problems } = parseSyntax(`a: 1\n${broken}\n`);
    assert.ok(problems.length > 0, broken);
    assert.ok(root?.kind === 'map' && root.entries.some(({ key }) => key.text === 'a'), broken);
  }
});

/** The value of a tree, as the YAML library would give it. */
function plainValue(node: SyntaxNode | undefined): unknown {
  switch (node?.kind) {
    case undefined:
      return null;
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plainValue);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, plainValue(value)]));
    case 'alias':
      return plainValue(node.target);
  }
}

function ranges(node: SyntaxNode | undefined, check: (node: SyntaxNode, inner: readonly SyntaxNode[]) => void): void {
  if (!node || node.kind === 'alias') return;
  const inner =
    node.kind === 'list' ? node.items : node.kind === 'map' ? node.entries.flatMap(({ value }) => value ?? []) : [];
  check(node, inner);
  for (const child of inner) ranges(child, check);
}

const scalar = fc.oneof(
  fc.constantFrom('x', 'a b', '', 'it is: so', '# no', '- x', "'", '"', 'ä😀', 'two\nlines\n', ' led', 'true', '12'),
  fc.integer({ min: -1000, max: 1000 }),
  fc.boolean(),
);
const key = fc.constantFrom('a', 'b-c', 'd_e', 'f g', '#h', '1', 'true', 'ü');
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(key, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

test('any tree that is printed as YAML is read back whole, each node within the one around it', () => {
  fc.assert(
    fc.property(
      fc.dictionary(key, tree, { maxKeys: 5, noNullPrototype: true }),
      fc.boolean(),
      fc.boolean(),
      (value, flow, crlf) => {
        const document = new Document(value);
        const printed = document.toString({ collectionStyle: flow ? 'flow' : 'any', lineWidth: 30 });
        const text = crlf ? printed.replaceAll('\n', '\r\n') : printed;
        const { root, problems } = parseSyntax(text);
        assert.deepEqual(problems, [], text);
        assert.deepEqual(plainValue(root), parseYaml(text), text);
        ranges(root, (node, inner) => {
          assert.ok(node.range.start >= 0 && node.range.start <= node.range.end && node.range.end <= text.length);
          assert.ok(node.kind === 'scalar' || /\S/.test(slice(text, node.range).at(-1) ?? ''), text);
          let last = node.range.start;
          for (const { range } of inner) {
            assert.ok(range.start >= last && range.end <= node.range.end, text);
            last = range.end;
          }
        });
      },
    ),
    { seed: 3, numRuns: 120 },
  );
});

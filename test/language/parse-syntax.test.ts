// Reading a text block by block: the same as reading it whole where it has no mistake, and after any edit the same as
// reading what it became from the start.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ParsedFile, parseFile } from '../../src/language/parse.ts';
import { parseSyntax, type SyntaxTree } from '../../src/language/parse-syntax.ts';
import { readText } from '../../src/language/syntax.ts';
import { textBlocks } from '../../src/language/text-blocks.ts';
import { damage, damagedBy, examples } from '../support/damaged-text.ts';

const said = ({ root, problems }: Pick<SyntaxTree, 'root' | 'problems'>) => ({ root, problems });

function sameAsWhole(text: string): void {
  const whole = readText(text);
  if (whole.problems.length === 0) assert.deepEqual(said(parseSyntax(text)), said(whole), text);
}

test('every example is read in blocks, and says what it says as a whole', () => {
  for (const text of examples) {
    assert.ok((textBlocks(text)?.flatMap(({ inner = [] }) => inner).length ?? 0) > 5);
    // Anchors bind the blocks of a text to each other.
    if (!/: [&*][a-z]/.test(text)) assert.ok(parseSyntax(text).blocks.size > 10);
    sameAsWhole(text);
  }
});

const styles: Readonly<Record<string, string>> = {
  'a list at the margin of its key': 'a:\n- b\n- c: d\ne: f\n',
  'a block of text that ends at the next key': 'a: |\n  b: c\n\n  d\n\ne: f\n',
  'a block that keeps its last lines': 'a:\n  b: |+\n    x\n\n  c: >-\n    y\n\nd: e\n',
  'text over several lines': 'a:\n  b: one\n    two: three\n  c: "one\n    two"\nd: e\n'.replace('two: three', 'two'),
  'comments everywhere': '# 1\na: # 2\n# 3\n  # 4\n  b: c # 5\n# 6\n  d: e\n  # 7\n# 8\nf:\n',
  'anchors across blocks': 'a:\n  b: &x 1\n  c: *x\nd: *x\n',
  tags: 'a: !!str 1\nb: !x { c: d }\n',
  'line ends of another system': 'a:\r\n  b: c\r\n  d: e\r\nf: g\r\n',
  'a key with a question mark': 'a: b\n? c\n: d\ne: f\n',
  'braces over several lines': 'a: {\n  b: c,\n  d: e }\nf: [\n  g, h ]\ni: j\n',
  'quoted keys': 'a: b\n"c d": e\n\'f\': g\nh: i\n',
  'a document with a head': '%YAML 1.2\n---\na: b\nc: d\n',
  'a mark at the begin': '\uFEFFa: b\nc: d\n',
  'a map in a list': 'a:\n  - b: c\n    d: e\n  - f: g\nh: i\n',
  'keys without values': 'a:\nb:\n  c:\n  d:\ne:\n',
  'no map at all': 'a word\nb\n',
  'a map behind its margin': '  a: b\n  c: d\n',
};
for (const [name, text] of Object.entries(styles))
  test(`says the same as a whole: ${name}`, () => {
    assert.deepEqual(readText(text).problems, [], 'the text has no mistake');
    sameAsWhole(text);
  });

test('a text without mistakes says the same in blocks, whatever happened to it before', () => {
  fc.assert(
    fc.property(fc.constantFrom(...examples), fc.array(damage, { minLength: 1, maxLength: 3 }), (text, all) => {
      sameAsWhole(all.reduce(damagedBy, text));
    }),
    { seed: 11, numRuns: 60 },
  );
});

test('after every edit of a row of edits a file is what it is when read from the start', () => {
  const uri = 'file:///project/main.aiwf.yaml';
  // Functions that the values carry are new ones each time.
  const plain = (_key: string, value: unknown) => (value instanceof Map ? [...value] : value);
  const read = ({ known: _known, tree: _tree, ...rest }: ParsedFile) => JSON.stringify(rest, plain);
  fc.assert(
    fc.property(fc.constantFrom(...examples), fc.array(damage, { minLength: 1, maxLength: 6 }), (first, all) => {
      let text = first;
      let file = parseFile(uri, text);
      for (const change of all) {
        text = damagedBy(text, change);
        file = parseFile(uri, text, file);
        assert.equal(read(file), read(parseFile(uri, text)));
      }
    }),
    { seed: 12, numRuns: 30 },
  );
});

test('a declaration is read again where it now stands under another key', () => {
  const [before, after] = ['actors', 'data'].map(
    (key) => `aiwf: 1\nworkflow: w\n${key}:\n  a: { kind: human }\n  b: { kind: team }\n`,
  );
  const uri = 'file:///project/main.aiwf.yaml';
  const { problems } = parseFile(uri, after ?? '', parseFile(uri, before ?? ''));
  assert.deepEqual(problems, parseFile(uri, after ?? '').problems);
  assert.notDeepEqual(problems, []);
});

test('a mistake takes away its own block at most', () => {
  const { root, problems } = parseSyntax('a: b\nc: "open\nd: [1, 2\ne:\n  f: g\n  h: {\n  i: j\n');
  assert.ok(problems.length >= 3);
  const keys = root?.kind === 'map' ? root.entries.map(({ key }) => key.text) : [];
  assert.deepEqual(keys, ['a', 'c', 'd', 'e']);
});

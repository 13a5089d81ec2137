// Formatting: what becomes of white space, and that nothing else changes.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { applied } from '../../src/language/edit.ts';
import { formatEdits } from '../../src/language/format.ts';
import { parseFile } from '../../src/language/parse.ts';
import { parseSyntax } from '../../src/language/parse-syntax.ts';
import type { Range } from '../../src/language/source.ts';
import type { SyntaxNode } from '../../src/language/syntax.ts';
import { tokensOf } from '../../src/language/tokens.ts';
import { workflowShapes, workflowText } from '../support/random-workflow.ts';

function formatted(text: string, within?: Range): string {
  return applied(text, formatEdits(parseFile('file:///work/a.aiwf.yaml', text), within));
}

/** A line break at the start of a marked text is dropped. */
function check(before: string, after: string): void {
  const wanted = after.replace(/^\n/, '');
  assert.equal(formatted(before.replace(/^\n/, '')), wanted);
  assert.equal(formatted(wanted), wanted, 'formatting again changes it');
}

const cases: readonly (readonly [string, string, string])[] = [
  ['an entry: one space behind the colon, none before', 'a :   1\nb:   { c: d }\n', 'a: 1\nb: { c: d }\n'],
  ['braces have spaces inside, square brackets none', 'a: {b: [ c,d ,{ } , [ ]]}\n', 'a: { b: [c, d, {}, []] }\n'],
  ['a colon directly behind a quoted key', 'a: {"b":c}\n', 'a: { "b": c }\n'],
  [
    'blocks are two columns further in than what they belong to',
    'a:\n     b:\n      - c: 1\n        d:\n               e: 2\n     f: 3\n',
    'a:\n  b:\n    - c: 1\n      d:\n        e: 2\n  f: 3\n',
  ],
  ['a list below its key moves in', 'a:\n- b\n-   c: 1\n    d: 2\ne: 3\n', 'a:\n  - b\n  - c: 1\n    d: 2\ne: 3\n'],
  ['lists in lists', 'a:\n-  -  b\n   -  c\n-\n  d\n-\n   e: 1\n', 'a:\n  - - b\n    - c\n  -\n    d\n  -\n    e: 1\n'],
  [
    'one empty line at most, none at the start, one line break at the end',
    '\n\na: 1\n\n\n\nb: 2\n\n',
    'a: 1\n\nb: 2\n',
  ],
  ['a missing line break at the end', 'a: 1', 'a: 1\n'],
  [
    'white space at line ends, also behind comments',
    'a: 1  \n# b \t\n  \nc:  \n  d: 2\t\n',
    'a: 1\n# b\n\nc:\n  d: 2\n',
  ],
  ['line breaks stay what they are', 'a:\r\n    b: 1\r\n\r\n\r\n    c: 2', 'a:\r\n  b: 1\r\n\r\n  c: 2\r\n'],
  ['a byte order mark and document marks', '\uFEFF---\n  a: 1\n...\n', '\uFEFF---\na: 1\n...\n'],
  [
    'aligned values stay aligned, at the first column that fits',
    'a:\n  one:     { x: 1 }\n  # three\n  three:   { x: 1 }\n  seventeen: { x: 1 }\n  two:     { x: 1 }\n\n  four:    { x: 1 }\n',
    'a:\n  one:   { x: 1 }\n  # three\n  three: { x: 1 }\n  seventeen: { x: 1 }\n  two:   { x: 1 }\n\n  four: { x: 1 }\n',
  ],
  ['values that are not aligned get one space', 'one:  1\nthree:  2\n', 'one: 1\nthree: 2\n'],
  ['aligned values in the lines of braces', 'a: {\n  b:    1,\n  ccc:  2\n}\n', 'a: {\n  b:   1,\n  ccc: 2\n}\n'],
  [
    'braces over several lines: items two columns in, the end below the line it began in',
    'a:\n    b: {\n     c: 1,\n         d: [\n          1, 2\n         ]\n    }\n',
    'a:\n  b: {\n    c: 1,\n    d: [\n      1, 2\n    ]\n  }\n',
  ],
  [
    'items aligned with the first one',
    'a:\n    b: [{ c: 1,\n          d: 2 },\n        { e: 3 }]\n',
    'a:\n  b: [{ c: 1,\n        d: 2 },\n      { e: 3 }]\n',
  ],
  ['brackets in brackets', 'a: [{\n    b: 1\n  }, {\n c: 2\n  }]\n', 'a: [{\n    b: 1\n  }, {\n    c: 2\n  }]\n'],
  [
    'braces as an item',
    'a:\n- {\n    b: 1\n  }\n- [ 1,\n    2 ]\n',
    'a:\n  - {\n      b: 1\n    }\n  - [1,\n     2]\n',
  ],
  [
    'a block scalar moves with its key and keeps what it says',
    'a:\n      b: |\n         one  \n\n           two\n         # no comment\n\n\n      c: >-  # why\n        x\n        y\n',
    'a:\n  b: |\n    one  \n\n      two\n    # no comment\n\n  c: >-  # why\n    x\n    y\n',
  ],
  [
    'a block scalar that keeps its empty lines',
    'a:\n    b: |+\n      x\n\n\n    c: |+\n      y\n\n',
    'a:\n  b: |+\n    x\n\n\n  c: |+\n    y\n\n',
  ],
  [
    'a block scalar that says how far in it is',
    'a:\n    b: |2\n         x\n        y\n',
    'a:\n  b: |2\n       x\n      y\n',
  ],
  ['spaces that are content', 'a: |\n    x\n      \n    \nb: 1\n', 'a: |\n  x\n    \n\nb: 1\n'],
  [
    'text over several lines',
    'a:\n    b: one\n     two\n    c: "three\n\n      four"\n',
    'a:\n  b: one\n    two\n  c: "three\n\n    four"\n',
  ],
  [
    'a value on a line of its own',
    'a:\n      one\nb: &x\n     c: 1\nd:\n   &y\n   e: 2\nf:\n  [1]\n',
    'a:\n  one\nb: &x\n  c: 1\nd:\n  &y\n  e: 2\nf:\n  [1]\n',
  ],
  [
    'anchors, aliases and tags',
    'a:   &x   {b: 1}\nc:   [ *x , !t   d ]\ne:   !u\n    f: *x\n',
    'a: &x { b: 1 }\nc: [*x, !t d]\ne: !u\n  f: *x\n',
  ],
  ['an anchor before a key', 'a:\n    - &x   b: 1\n      c: 2\n', 'a:\n  - &x b: 1\n    c: 2\n'],
  [
    'a comment belongs to what follows, or to the block it is indented like',
    '# top\na:\n # first\n    b:\n        c: 1\n        # end of b\n    # before d\n    d: 1\n    # end of a\n# before e\ne: 1\n  # end\n',
    '# top\na:\n  # first\n  b:\n    c: 1\n    # end of b\n  # before d\n  d: 1\n  # end of a\n# before e\ne: 1\n# end\n',
  ],
  ['a comment where a value is missing', 'a:\n    # todo\nb: 1\n', 'a:\n  # todo\nb: 1\n'],
  [
    'comments before an item of a list below its key',
    'a:\n# one\n- x\n# two\n- y\n# b\nb: 1\n',
    'a:\n  # one\n  - x\n  # two\n  - y\n# b\nb: 1\n',
  ],
  ['a comment close behind a line stays close', 'a:   1  # one\nb:   [ 2 ] # two\n', 'a: 1  # one\nb: [2] # two\n'],
  [
    'a comment in a column stays there, with what goes on below it',
    'a: {b: 1}       # one\nc: 2            # two\n                # three\nd: 4\n',
    'a: { b: 1 }     # one\nc: 2            # two\n                # three\nd: 4\n',
  ],
  [
    'a comment below others and an empty line begins anew',
    'a: 1        # one\n\n            # two\nb: 2\n',
    'a: 1        # one\n\n# two\nb: 2\n',
  ],
  ['comments in braces', 'a: [\n 1, # one\n       # two\n 2\n ]\n', 'a: [\n  1, # one\n  # two\n  2\n]\n'],
  ['quotes stay', `a:   "x"\nb:   'y'\nc:   'it''s'\n`, `a: "x"\nb: 'y'\nc: 'it''s'\n`],
  ['a file in braces', '{a: 1,\nb: {c: 2}}\n', '{ a: 1,\n  b: { c: 2 } }\n'],
  ['a long line stays one line', `a: {${' b: 1,'.repeat(40)} c: 2}\n`, `a: {${' b: 1,'.repeat(40)} c: 2 }\n`],
  ['an empty item and an empty value', 'a:\n-\n-   b:\n', 'a:\n  -\n  - b:\n'],
];

for (const [name, before, after] of cases) test(name, () => check(before, after));

test('a file that is not YAML stays as it is', () => {
  for (const text of [
    'a:   [1\nb:   2\n',
    'a:   "x\nb:   2\n',
    'a:   1\n\tb:   2\n',
    'a:   *none\n',
    '?   a\n:   b\n',
    'a:   1\n---\nb:   2\n',
    'text   alone',
    '#   comment   \n\n\n',
    '',
  ])
    assert.equal(formatted(text), text);
});

test('a file with unknown keys, bad values and a key twice is formatted', () => {
  check('aiwf:   1\nwhat:   {x:   1}\naiwf:   yes\n', 'aiwf: 1\nwhat: { x: 1 }\naiwf: yes\n');
});

const examples = readdirSync('examples', { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(`examples/${name}`, 'utf8'));

test('the examples are written the way the formatter writes', () => {
  for (const text of examples) assert.equal(text.split('\n').length, formatted(text).split('\n').length);
  const moved = examples.flatMap((text) => formatEdits(parseFile('file:///work/a.aiwf.yaml', text)));
  // A few rows are aligned one column further out than they need.
  assert.ok(moved.length < 10 && moved.every(({ text }) => text === ''), JSON.stringify(moved));
});

const pages = readdirSync('docs', { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.md'))
  .flatMap((name) => [...readFileSync(`docs/${name}`, 'utf8').matchAll(/^```yaml\n(.*?)^```$/gms)])
  .map(([, text = '']) => text);
const generated = workflowShapes.map((shape) => workflowText(shape, 24));
const corpus = [...examples, ...pages, ...generated, ...cases.flatMap(([, before, after]) => [before, after])];

test('every text keeps its meaning and its comments, and formatting twice is formatting once', () => {
  assert.ok(pages.length > 100);
  for (const text of corpus) checkKept(text);
});

test('white space put in and taken out anywhere', () => {
  const small = corpus.filter((text) => text.length < 3000);
  fc.assert(
    fc.property(
      fc.constantFrom(...small, ...generated),
      fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), how: fc.nat({ max: 5 }) }), {
        maxLength: 25,
      }),
      (text, changes) => checkKept(changes.reduce((current, change) => disturbed(current, change), text)),
    ),
    { numRuns: 600, seed: 20260101 },
  );
});

test('however far in the blocks are and whatever is too much, it comes out as it was', () => {
  const plain = generated.map((text) => formatted(text));
  for (const text of [
    ...plain,
    ...examples.map((example) => formatted(example)).filter((example) => !/[|>]\n/.test(example)),
  ]) {
    for (const width of [3, 4, 7]) {
      const wider = text
        .replaceAll(/^ +/gm, (spaces) => ' '.repeat(Math.floor((spaces.length / 2) * width)))
        .replaceAll(/^( *)- /gm, `$1-${' '.repeat(width - 1)}`);
      assert.equal(withoutColumns(formatted(wider)), withoutColumns(text));
      const looser = wider.replaceAll('\n', '  \n').replaceAll('\n  \n', '\n\n   \n\n\n');
      assert.equal(withoutColumns(formatted(looser)), withoutColumns(text));
    }
  }
});

test('a part is formatted only in its range', () => {
  const text = 'a:\n    b:   1\n    c:\n        d:   [ 1 ]\n        e:   2\n    f:   {x: 1}\n';
  const part = (from: string, to: string) =>
    formatted(text, { start: text.indexOf(from), end: text.indexOf(to) + to.length });
  assert.equal(part('b:', 'b:   1'), text.replace('b:   1', 'b: 1'));
  assert.equal(
    part('    c:', 'e:   2'),
    text.replace('        d:   [ 1 ]\n        e:   2', '      d: [1]\n      e: 2'),
  );
  assert.equal(part('        d:', ' 1 ]'), text.replace('d:   [ 1 ]', 'd: [1]'));
  assert.equal(part('a', '1}\n'), formatted(text));
});

test('any part of any text: no edit outside of it, the same meaning', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.constantFrom(...corpus.filter((text) => text.length < 3000)),
      share,
      share,
      fc.nat(5),
      (text, from, to, how) => {
        const messy = [0.1, 0.3, 0.5, 0.7, 0.9].reduce((current, at) => disturbed(current, { at, how }), text);
        const [start, end] = [from, to].map((part) => Math.floor(part * messy.length)).sort((a, b) => a - b) as [
          number,
          number,
        ];
        const edits = formatEdits(parseFile('file:///work/a.aiwf.yaml', messy), { start, end });
        for (const { range } of edits) assert.ok(start <= range.start && range.end <= end);
        assert.deepEqual(says(applied(messy, edits)), says(messy));
      },
    ),
    { numRuns: 600, seed: 20260102 },
  );
});

function checkKept(text: string): void {
  const result = formatted(text);
  assert.deepEqual(says(result), says(text));
  assert.equal(result.replaceAll(/\s/g, ''), text.replaceAll(/\s/g, ''));
  assert.equal(formatted(result), result, text);
}

/** Values and comments of a text, without places. */
function says(text: string): unknown {
  const { root } = parseSyntax(text);
  const comments = tokensOf(text, root)
    .filter(({ kind }) => kind === 'comment')
    .map(({ range }) => text.slice(range.start, range.end));
  return [root && plain(root), comments];
}

function plain(node: SyntaxNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return [node.value, node.text];
    case 'alias':
      return [`*${node.name}`];
    case 'list':
      return node.items.map(plain);
    case 'map':
      return node.entries.map(({ key, value }) => [key.text, value && plain(value)]);
  }
}

/** White space changed at a place, unless that changes what the text says. */
function disturbed(text: string, { at, how }: { at: number; how: number }): string {
  const place = Math.floor(at * text.length);
  const next = (pattern: RegExp) => {
    const found = text.slice(place).search(pattern);
    return found === -1 ? text.length : place + found;
  };
  const insert = (offset: number, white: string) => text.slice(0, offset) + white + text.slice(offset);
  const space = next(/ /);
  const line = next(/\n/);
  const changed = [
    () => insert(next(/[ ,\]}]/), '   '),
    () => insert(line, '  \t'),
    () => insert(line, '\n  \n\n'),
    () => insert(line + 1, '  '),
    () => text.slice(0, space) + text.slice(space + 1),
    () => insert(next(/[,\]}]/), '\n            '),
  ][how]?.();
  if (changed === undefined || parseSyntax(changed).problems.length > 0) return text;
  return JSON.stringify(says(changed)) === JSON.stringify(says(text)) ? changed : text;
}

/** A text without the columns of what is aligned. */
function withoutColumns(text: string): string {
  return text.replaceAll(/(\S) {2,}/g, '$1 ').replaceAll(/^ +#/gm, '#');
}

// The text report: where carets stand, how paths read, what is said where nothing was found.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineStartsOf, type Range } from '../../src/language/source.ts';
import type { CheckedFile } from '../../src/report/checked-file.ts';
import { renderExcerpt } from '../../src/report/excerpt.ts';
import { renderText } from '../../src/report/text.ts';
import type { Finding } from '../../src/rules/finding.ts';
import { checkGolden } from '../support/golden.ts';

/** The two lines of an excerpt; the range is what stands between `«` and `»`. */
function excerptOf(marked: string): readonly string[] {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const text = marked.replace(/[«»]/g, '');
  return renderExcerpt(text, lineStartsOf(text), { start, end });
}

const excerpts: Record<string, readonly [string, string, string]> = {
  'a word': ['a\nby: «clerk»', '  2 | by: clerk', '    |     ^^^^^'],
  'an empty range': ['by:«» x', '  1 | by: x', '    |    ^'],
  'an empty range at the end': ['by:«»', '  1 | by:', '    |    ^'],
  'an empty file': ['«»', '  1 |', '    | ^'],
  'the end of the file behind a line break': ['a\n«»', '  2 |', '    | ^'],
  'tabs before and inside': ['\ta:\t«b\tc»', '  1 |   a:  b  c', '    |       ^^^^'],
  'wide characters': ['題: «日本» x', '  1 | 題: 日本 x', '    |     ^^^^'],
  'an emoji of several parts': ['x 👩‍👩‍👧 «ab»', '  1 | x 👩‍👩‍👧 ab', '    |      ^^'],
  'combining marks': ['e\u0301\u0302x «ab»', '  1 | e\u0301\u0302x ab', '    |    ^^'],
  'control characters': ['a\u001B[31m «b»', '  1 | a\uFFFD[31m b', '    |        ^'],
  'characters that turn the writing': ['a\u202Eb «c»', '  1 | a\uFFFDb c', '    |     ^'],
  'several lines': ['a:\n  «b: 1\n  c: 2\n  d:» 3', '  2 |   b: 1', '    |   ^^^^ to line 4'],
  'a range that takes in its line break': ['«a: 1\n»b: 2', '  1 | a: 1', '    | ^^^^'],
  'line breaks of another system': ['a\r\nb: «c»\r\nd', '  2 | b: c', '    |    ^'],
};
for (const [name, [marked, ...expected]] of Object.entries(excerpts)) {
  test(`carets: ${name}`, () => assert.deepEqual(excerptOf(marked), expected));
}

for (const [before, inside, after] of [
  [500, 4, 500],
  [0, 4, 500],
  [500, 4, 0],
  [10, 500, 10],
  [1_000_000, 1, 1_000_000],
] as const) {
  test(`carets: a long line, ${before} characters before, ${inside} inside, ${after} behind`, () => {
    const [source = '', carets = ''] = excerptOf(`${'a'.repeat(before)}«${'b'.repeat(inside)}»${'c'.repeat(after)}`);
    assert.ok(source.length < 115, `${source.length}`);
    assert.equal(carets.indexOf('^'), source.indexOf('b'));
    assert.equal(carets.lastIndexOf('^'), source.lastIndexOf('b'));
    assert.equal(source.includes('… '), false);
    assert.equal(source.endsWith('…'), after > 10 || inside > 100);
    assert.equal(source.includes('| …'), before > 30);
  });
}

test('carets: a cut does not fall into a pair of surrogates', () => {
  const lone = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
  for (const shift of [0, 1]) {
    const [source = ''] = excerptOf(`${'a'.repeat(shift)}${'🂡'.repeat(900)}«b»${'🂡'.repeat(900)}`);
    assert.doesNotMatch(source, lone);
  }
});

const text = `aiwf: 1
workflow: w
steps:
  draft: { task: Draft, next: check }
  check:
    review: Check
    on: { reject: draft }
`;

function at(word: string): Range {
  const start = text.indexOf(word);
  return { start, end: start + word.length };
}

const base = { verdict: 'violation', place: 'check', witness: [], clauses: [], fixes: [] } as const;
const loop: Finding = {
  ...base,
  rule: 'flow/unbounded-loop',
  severity: 'error',
  message: "The loop draft -> check -> draft has no bound.\nAdd 'max'.",
  range: at('reject: draft'),
  witness: [
    { step: 'start', edge: undefined, range: at('steps'), note: '' },
    { step: 'draft', edge: { kind: 'normal', label: '' }, range: at('draft:'), note: '' },
    { step: 'check', edge: { kind: 'normal', label: 'done' }, range: at('check:'), note: 'judges the draft' },
    { step: 'draft', edge: { kind: 'exceptional', label: 'reject' }, range: at('reject'), note: 'back where it began' },
    { step: 'check', edge: { kind: 'guarded', label: '' }, range: at('check:'), note: 'judges the draft' },
  ],
  fixes: [
    { title: 'Allow 3 rounds', edits: [], safety: 'meaning-changing' },
    { title: 'Go to the end', edits: [], safety: 'meaning-changing' },
  ],
};
const unknown: Finding = {
  ...base,
  rule: 'oversight/stop-control',
  severity: 'info',
  verdict: 'unknown',
  message: 'Whether anyone can stop it is unknown: the sub-workflow cannot be read.',
  range: at('workflow'),
  place: 'workflow',
  witness: [{ step: 'workflow', edge: undefined, range: at('workflow'), note: 'the sub-workflow cannot be read' }],
};
const long: Finding = {
  ...base,
  rule: 'structure/no-path-to-end',
  severity: 'warning',
  message: 'Far away.',
  range: at('Draft'),
  witness: Array.from({ length: 12 }, (_, index) => ({
    step: `a-step-with-a-long-name-${index}`,
    edge: index === 0 ? undefined : ({ kind: 'normal', label: '' } as const),
    range: at('draft:'),
    note: '',
  })),
};
const syntax: Finding = {
  ...base,
  rule: 'language/unknown-key',
  severity: 'error',
  message: "'titel' is not a key of a file.",
  range: at('aiwf'),
  witness: [{ step: 'workflow', edge: undefined, range: at('aiwf'), note: 'stands here' }],
};

function fileOf(path: string, findings: readonly Finding[], profile: readonly string[] = ['recommended']): CheckedFile {
  return { path, text, lineStarts: lineStartsOf(text), profile, findings };
}

test('a whole report', () => {
  const files = [fileOf('b.aiwf.yaml', [long, loop]), fileOf('a.aiwf.yaml', [syntax, unknown])];
  checkGolden('test/golden/report/findings.txt', renderText(files, { version: '1.2.3' }));
});

test('in color, the words stay the same', () => {
  const files = [fileOf('a.aiwf.yaml', [loop, unknown])];
  const colored = renderText(files, { version: '1', color: true });
  assert.match(colored, /\p{Cc}\[31merror\p{Cc}\[0m/u);
  assert.equal(colored.replaceAll(/(?!\n)\p{Cc}\[\d+m/gu, ''), renderText(files, { version: '1' }));
});

const summaries: Record<string, readonly [readonly CheckedFile[], string]> = {
  'no file': [[], '0 files, 0 errors, 0 warnings, 0 infos\n'],
  'nothing found': [
    [fileOf('a', [])],
    '1 file, 0 errors, 0 warnings, 0 infos\nno violation of recommended@2.0.0; 0 unknown; 0 waived\n',
  ],
  'no known preset': [
    [fileOf('a', [], [])],
    '1 file, 0 errors, 0 warnings, 0 infos\nno rule was asked for: no known profile is named\n',
  ],
  'several presets': [
    [fileOf('a', [], ['sox', 'recommended']), fileOf('b', [], ['sox'])],
    '2 files, 0 errors, 0 warnings, 0 infos\nno violation of recommended@2.0.0, sox@2.0.0; 0 unknown; 0 waived\n',
  ],
};
for (const [name, [files, expected]] of Object.entries(summaries)) {
  test(`summary: ${name}`, () => assert.equal(renderText(files, { version: '2.0.0' }), expected));
}

test('summary: unknown is not a violation, and a warning is', () => {
  assert.match(
    renderText([fileOf('a', [unknown])], { version: '2' }),
    /1 file, 0 errors, 0 warnings, 1 info\nno violation of recommended@2; 1 unknown; 0 waived\n$/,
  );
  assert.match(renderText([fileOf('a', [long])], { version: '2' }), /1 file, 0 errors, 1 warning, 0 infos\n$/);
});

test('no report promises compliance', () => {
  for (const findings of [[], [loop, unknown]]) {
    assert.doesNotMatch(renderText([fileOf('a', findings)], { version: '2' }), /complian/i);
  }
});

test('names of the user cannot steer a terminal', () => {
  const hostile: Finding = {
    ...loop,
    message: 'x\u001B[2J\u0007y',
    witness: [{ step: 'a\u001B[1m', edge: undefined, range: at('draft'), note: 'b\u202E' }],
  };
  assert.doesNotMatch(renderText([fileOf('c\u001B.yaml', [hostile])], { version: '2' }), /(?!\n)\p{Cc}|\u202E/u);
});

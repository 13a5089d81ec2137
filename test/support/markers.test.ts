// The marks in test texts mean what `markers.ts` says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mainFile, parseMarked } from './markers.ts';

test('cursors are taken out and their offsets kept', () => {
  const file = parseMarked('\na: <|>b\nc<|>: d\n').files.get(mainFile);
  assert.equal(file?.text, 'a: b\nc: d\n');
  assert.deepEqual(file?.cursors, [3, 6]);
});

test('carets mark the characters above, also in the first column and through several comments', () => {
  const file = parseMarked(
    '\nsteps:\n#^^^^ first\n  draft: { task: x }\n  #        ^^^^ rule/one: part\n  # ^^ rule/two\n',
  ).files.get(mainFile);
  assert.deepEqual(file?.expectations, [
    { line: 0, startColumn: 0, endColumn: 5, text: 'first' },
    { line: 2, startColumn: 11, endColumn: 15, text: 'rule/one: part' },
    { line: 2, startColumn: 4, endColumn: 6, text: 'rule/two' },
  ]);
});

test('heads begin further files', () => {
  const { files } = parseMarked('#- a.yaml\na: 1\n#- lib/b.yaml\nb: <|>2\n');
  assert.deepEqual([...files.keys()], ['a.yaml', 'lib/b.yaml']);
  assert.equal(files.get('a.yaml')?.text, 'a: 1\n');
  assert.deepEqual(files.get('lib/b.yaml')?.cursors, [3]);
});

test('text before the first head is the main file', () => {
  const { files } = parseMarked('\nuse: [./b.yaml]\n#- b.yaml\nb: 2\n');
  assert.deepEqual([...files.keys()], [mainFile, 'b.yaml']);
});

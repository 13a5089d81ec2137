// Writing files: whole or not at all, through links, with their owner and permissions.
import assert from 'node:assert/strict';
import { chmodSync, linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createText, writeText } from '../../src/cli/files.ts';
import { folderOf } from '../support/cli.ts';

const posix = { skip: process.platform === 'win32' };

test('what a link leads to is written, the link stays, and so do permissions and the byte order mark', posix, () => {
  const folder = folderOf({ 'real/a': '\uFEFFold', 'real/b': 'b' });
  chmodSync(join(folder, 'real/a'), 0o640);
  symlinkSync('real/a', join(folder, 'link'));
  assert.equal(writeText(join(folder, 'link'), 'new'), undefined);
  assert.ok(lstatSync(join(folder, 'link')).isSymbolicLink());
  assert.equal(readFileSync(join(folder, 'real/a'), 'utf8'), '\uFEFFnew');
  assert.equal(statSync(join(folder, 'real/a')).mode & 0o777, 0o640);
  assert.deepEqual(readdirSync(join(folder, 'real')).sort(), ['a', 'b']);
});

test('a file under a second name is not changed under that one, and never seen half-written', posix, () => {
  const folder = folderOf({ a: 'old' });
  linkSync(join(folder, 'a'), join(folder, 'second'));
  assert.equal(createText(join(folder, 'a'), 'new'), undefined);
  assert.deepEqual(
    ['a', 'second'].map((name) => readFileSync(join(folder, name), 'utf8')),
    ['new', 'old'],
  );
});

test('what cannot be written is said, and nothing is left behind', () => {
  const folder = folderOf({ a: 'old' });
  mkdirSync(join(folder, 'sub'));
  assert.equal(createText(join(folder, 'sub'), 'x'), 'cannot be written');
  assert.equal(createText(join(folder, 'a/b'), 'x'), 'cannot be written');
  assert.equal(createText(join(folder, 'none/b'), 'x'), 'cannot be written');
  assert.equal(writeText(join(folder, 'none'), 'x'), 'cannot be written');
  assert.deepEqual(readdirSync(folder).sort(), ['a', 'sub']);
});

test('a file that is read-only stays as it is', {
  skip: process.platform === 'win32' || process.getuid?.() === 0,
}, () => {
  const folder = folderOf({ a: 'old' });
  chmodSync(join(folder, 'a'), 0o444);
  assert.equal(createText(join(folder, 'a'), 'new'), 'cannot be written');
  assert.equal(readFileSync(join(folder, 'a'), 'utf8'), 'old');
});

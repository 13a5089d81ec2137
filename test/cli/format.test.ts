// `aiwf format` from outside: what it writes, what it lists and how it ends.
import assert from 'node:assert/strict';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { format } from '../../src/cli/format.ts';
import { bundleCli, folderOf, runCli } from '../support/cli.ts';

const messy = 'aiwf:   1\nworkflow:  w # why\n';
const tidy = 'aiwf: 1\nworkflow: w # why\n';

test('files are formatted in place, those in folders too, and listed where they changed', async () => {
  const cli = await bundleCli();
  const folder = folderOf({
    'a.aiwf.yaml': messy,
    'sub/b.aiwf.yml': messy,
    'sub/c.aiwf.yaml': tidy,
    'sub/d.yaml': messy,
  });
  const text = (name: string) => readFileSync(join(folder, name), 'utf8');
  const listed = { code: 1, output: 'a.aiwf.yaml\nsub/b.aiwf.yml\n', errors: '' };
  assert.deepEqual(runCli(cli, ['format', '--check', 'a.aiwf.yaml', 'sub'], folder), listed);
  assert.equal(text('a.aiwf.yaml'), messy);
  assert.deepEqual(runCli(cli, ['format', 'a.aiwf.yaml', 'sub'], folder), { ...listed, code: 0 });
  assert.deepEqual(['a.aiwf.yaml', 'sub/b.aiwf.yml', 'sub/c.aiwf.yaml', 'sub/d.yaml'].map(text), [
    tidy,
    tidy,
    tidy,
    messy,
  ]);
  assert.deepEqual(runCli(cli, ['format', '--check', '.'], folder), { code: 0, output: '', errors: '' });
});

test('what cannot be read stays as it is and is said, the others are formatted', () => {
  const folder = folderOf({ 'broken.aiwf.yaml': 'aiwf:   1\nsteps:  [\n', 'a.aiwf.yaml': messy });
  const at = (name: string) => join(folder, name);
  const { output, errors, exitCode } = format({
    paths: [at('broken.aiwf.yaml'), at('a.aiwf.yaml'), at('none')],
    check: false,
  });
  assert.equal(exitCode, 2);
  assert.equal(output, `${at('a.aiwf.yaml')}\n`);
  assert.deepEqual(errors.map((error) => error.split(': ').at(-1)).sort(), [
    'no such file or folder',
    'not formatted, since it has syntax errors; see `aiwf check`',
  ]);
  assert.equal(readFileSync(at('broken.aiwf.yaml'), 'utf8'), 'aiwf:   1\nsteps:  [\n');
});

test('a byte order mark and line breaks stay', () => {
  const folder = folderOf({ 'a.aiwf.yaml': '\uFEFFaiwf:   1\r\nworkflow: w\r\n' });
  format({ paths: [folder], check: false });
  assert.equal(readFileSync(join(folder, 'a.aiwf.yaml'), 'utf8'), '\uFEFFaiwf: 1\r\nworkflow: w\r\n');
});

test('a file that cannot be written is said', { skip: process.getuid?.() === 0 }, () => {
  const folder = folderOf({ 'a.aiwf.yaml': messy });
  chmodSync(join(folder, 'a.aiwf.yaml'), 0o444);
  const { errors, exitCode } = format({ paths: [folder], check: false });
  assert.deepEqual([errors.length, exitCode], [1, 2]);
});

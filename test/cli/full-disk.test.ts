// A disk that takes no more: every command that writes says so with exit code 2, and what was there stays as it was.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { bundleCli, folderOf, type Result, runCli } from '../support/cli.ts';
import { examples } from '../support/damaged-text.ts';

const cli = await bundleCli();
const posix = { skip: process.platform === 'win32' };
const [example = ''] = examples;
const files = {
  'a.aiwf.yaml': `${example}${'# words that make it long\n'.repeat(200)}`,
  'aiwf.config.yaml': 'profile: [strict]\nbaseline: ./known.json\n',
  'known.json': '{ "version": 1, "files": {} }\n',
};

/** Runs a command in a shell that sets things up first. */
function inShell(before: string, folder: string, words: readonly string[], behind = ''): Result {
  const script = `${before} exec "$0" "$@" ${behind}`;
  return runCli('-c', [script, process.execPath, cli, ...words], folder, {}, 'sh');
}

test(
  'no file grows beyond one block: reports, baselines and formatted texts are written whole or not at all',
  posix,
  () => {
    const commands: readonly (readonly string[])[] = [
      ['check', '--format', 'html', '--output', 'report.html'],
      ['check', '--format', 'sarif', '--output', 'known.json'],
      ['check', '--update-baseline'],
      ['format', 'a.aiwf.yaml'],
      ['audit', '--output', 'pack'],
      ['diagram', 'a.aiwf.yaml', '--format', 'svg', '--output', 'picture.svg'],
    ];
    for (const words of commands) {
      const folder = folderOf({ ...files, 'a.aiwf.yaml': files['a.aiwf.yaml'].replace('aiwf: 1', 'aiwf:   1') });
      const texts = () =>
        readdirSync(folder, { recursive: true })
          .map((name) => join(folder, String(name)))
          .filter((path) => statSync(path).isFile())
          .map((path) => [path, readFileSync(path, 'utf8')]);
      const before = texts();
      const { code, errors } = inShell('ulimit -f 1;', folder, words);
      assert.equal(code, 2, `${words.join(' ')}: ${errors}`);
      assert.match(errors, /^aiwf: .*cannot be written/m, words.join(' '));
      assert.doesNotMatch(errors, /\n\s+at /);
      assert.deepEqual(texts(), before, words.join(' '));
    }
  },
);

test('an output that cannot be written is one line and exit code 2', {
  skip: process.platform !== 'linux',
}, () => {
  const folder = folderOf(files);
  for (const words of [['check'], ['check', '--format', 'json'], ['diagram', 'a.aiwf.yaml'], ['waivers']]) {
    const { code, errors } = inShell('', folder, words, '> /dev/full');
    assert.equal(code, 2, words.join(' '));
    assert.match(errors, /^aiwf: cannot write the output: ENOSPC[^\n]*\n$/m, words.join(' '));
  }
});

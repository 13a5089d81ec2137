// What `npm pack` packs: the command line tool with all it reads, which works where it is unpacked, and nothing else.
// Runs after `npm run build`.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import manifest from '../package.json';
import { rules } from '../src/rules/registry.ts';
import { folderOf, runCli } from './support/cli.ts';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const folder = folderOf({});

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** What is built already, so that nothing is built while others run. */
function pack(): Packed {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const [packed]: Packed[] = JSON.parse(
    execFileSync(npm, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  return packed ?? assert.fail();
}
const packed = pack();

test('the npm package holds the command line tool, what it reads and what the law asks for, and nothing else', () => {
  const files = packed.files.map(({ path }) => path).sort();
  const needed = [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'dist/cli.js',
    'package.json',
    'syntaxes/aiwf-config.schema.json',
    'syntaxes/aiwf.schema.json',
    ...rules.map(({ id }) => `docs/rules/${id}.md`),
  ];
  assert.deepEqual(
    needed.filter((path) => !files.includes(path)),
    [],
    'missing',
  );
  // Licenses and the bill of materials are written by the build that is packed.
  const expected = /^(docs\/rules\/(README|[\w-]+\/[\w-]+)\.md|dist\/(third-party-licenses\.txt|sbom\.cdx\.json))$/;
  assert.deepEqual(
    files.filter((path) => !needed.includes(path) && !expected.test(path)),
    [],
    'not needed',
  );
  assert.ok(packed.size < 2_000_000, `${packed.size} bytes`);
});

test('unpacked somewhere else, the tool checks and shows the page of a rule', () => {
  execFileSync('tar', ['-xzf', packed.filename], { cwd: folder });
  const cli = join(folder, 'package', manifest.bin.aiwf);
  assert.equal(runCli(cli, ['--version'], folder).output, `${manifest.version}\n`);
  const page = readFileSync('docs/rules/flow/unbounded-loop.md', 'utf8');
  assert.equal(runCli(cli, ['explain', 'unbounded-loop'], folder).output, page);
  const empty = runCli(cli, ['check', '--format', 'json'], folder);
  assert.deepEqual([empty.code, JSON.parse(empty.output).files], [0, 0]);
});

test('whoever installs from the repository gets what is built, and without the tools for it no failure', () => {
  assert.equal(manifest.scripts.prepare, 'node prepare.mjs');
  const bare = folderOf({});
  copyFileSync('prepare.mjs', join(bare, 'prepare.mjs'));
  const prepare = (command: string) =>
    spawnSync(process.execPath, ['prepare.mjs'], {
      cwd: bare,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', npm_command: command },
    });
  const installed = prepare('ci');
  assert.equal(installed.status, 0);
  assert.match(installed.stderr, /^aiwf: nothing is built, since esbuild is not installed/);
  assert.equal(prepare('pack').status, 1, 'no package without its program');
});

test('npm pack prints the name of the file alone, which pre-commit takes for one', () => {
  assert.match(readFileSync('.npmrc', 'utf8'), /^foreground-scripts=false$/m);
});

// `aiwf check` in a project: its configuration, an earlier revision to compare with, and single rules.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { bundleCli, folderOf, runCli } from '../support/cli.ts';

let cli = '';
before(async () => {
  cli = await bundleCli();
});

const loop = `aiwf: 1
workflow: w
accountable: clerk
actors: { clerk: { kind: human }, lead: { kind: human } }
data: { letter: { class: internal } }
start: { next: write }
steps:
  write: { task: Write, by: clerk, writes: [letter], next: look }
  look: { review: Look, by: lead, reviews: [letter], outcomes: [good, bad], on: { good: finish, bad: write } }
  finish: { end: Finished, informed: [clerk] }
`;

interface Report {
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly file: string }[];
}

function check(cwd: string, ...args: string[]) {
  const { code, output, errors } = runCli(cli, ['check', ...args, '--format', 'json'], cwd);
  const { findings }: Report = output === '' ? { findings: [] } : JSON.parse(output);
  return { code, errors, found: findings.map(({ rule, severity, file }) => `${file} ${severity} ${rule}`) };
}

const rule = ['--rule', 'flow/unbounded-loop'];

test('the nearest configuration upwards sets severities, and a named rule runs alone', () => {
  const folder = folderOf({
    'aiwf.config.yaml': 'rules: { flow/unbounded-loop: info }\n',
    'a/w.aiwf.yaml': loop,
    'b/aiwf.config.yaml': 'rules: { flow/unbounded-loop: error }\n',
    'b/deep/w.aiwf.yaml': loop.replace('workflow: w', 'workflow: other'),
  });
  const { found, code } = check(folder, ...rule);
  assert.deepEqual(found, ['a/w.aiwf.yaml info flow/unbounded-loop', 'b/deep/w.aiwf.yaml error flow/unbounded-loop']);
  assert.equal(code, 1);
});

test('a rule that the configuration switches off is not checked, and its profile is the base', () => {
  const off = folderOf({ 'aiwf.config.yaml': 'rules: { flow/unbounded-loop: off }\n', 'w.aiwf.yaml': loop });
  assert.deepEqual(
    check(off).found.filter((line) => line.includes('unbounded-loop')),
    [],
  );
  const sox = folderOf({ 'aiwf.config.yaml': 'profile: sox\n', 'w.aiwf.yaml': loop });
  assert.deepEqual(
    check(sox).found.filter((line) => line.includes('unbounded-loop')),
    [],
  );
  assert.equal(
    check(sox, '--profile', 'recommended').found.filter((line) => line.includes('unbounded-loop')).length,
    1,
  );
});

test('files that the configuration leaves out are not searched, and are checked where they are named', () => {
  const folder = folderOf({
    'aiwf.config.yaml': 'exclude: [old, "**/*.draft.aiwf.yaml"]\n',
    'w.aiwf.yaml': loop,
    'old/w.aiwf.yaml': loop,
    'x.draft.aiwf.yaml': loop,
  });
  assert.deepEqual(check(folder, ...rule).found, ['w.aiwf.yaml warning flow/unbounded-loop']);
  assert.deepEqual(check(folder, 'old/w.aiwf.yaml', ...rule).found, ['old/w.aiwf.yaml warning flow/unbounded-loop']);
});

test('what is wrong in a configuration is a finding of that file', () => {
  const folder = folderOf({ 'aiwf.config.yaml': 'profile: recomended\n', 'w.aiwf.yaml': loop });
  const { found, code } = check(folder, ...rule);
  assert.deepEqual(found[0], 'aiwf.config.yaml error language/invalid-value');
  assert.equal(code, 1);
});

const agent = (autonomy: string) => `aiwf: 1
workflow: w
accountable: clerk
use: [./people.aiwf.yaml]
start: { next: write }
steps:
  write: { task: Write, by: bot, mode: ai-executed, next: finish, on: { error: finish, unavailable: finish } }
  finish: { end: Finished ${autonomy} }
`;
const people = (autonomy: string) =>
  `aiwf: 1\nlibrary: people\nactors: { clerk: { kind: human }, bot: { kind: agent, sponsor: clerk, autonomy: ${autonomy} } }\n`;

const regression = ['--rule', 'improvement/control-regression'];

function git(folder: string, ...args: string[]): void {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  execFileSync('git', ['-C', folder, ...who, ...args], { stdio: 'ignore' });
}

test('--base REVISION compares with what git has there, the imports as they were then', () => {
  const folder = folderOf({ 'flows/w.aiwf.yaml': agent('early'), 'flows/people.aiwf.yaml': people('L2') });
  git(folder, 'init', '-q');
  git(folder, 'add', '.');
  git(folder, 'commit', '-qm', 'first');
  writeFileSync(join(folder, 'flows/people.aiwf.yaml'), people('L5'));
  assert.deepEqual(check(folder, '--base', 'HEAD', ...regression).found, [
    'flows/people.aiwf.yaml error improvement/control-regression',
    'flows/w.aiwf.yaml error improvement/control-regression',
  ]);
  assert.deepEqual(check(folder, ...regression).found, []);
  mkdirSync(join(folder, 'new'));
  writeFileSync(join(folder, 'new/x.aiwf.yaml'), agent('new'));
  assert.deepEqual(
    check(folder, 'new', '--base', 'HEAD', ...regression).found.filter((line) => /regression/.test(line)),
    [],
  );
});

test('--base FILE compares one file with another', () => {
  const own = (autonomy: string) =>
    agent('x').replace('use: [./people.aiwf.yaml]', people(autonomy).split('\n')[2] ?? '');
  const folder = folderOf({ 'w.aiwf.yaml': own('L4'), 'before.yaml': own('L2') });
  assert.deepEqual(check(folder, 'w.aiwf.yaml', '--base', 'before.yaml', ...regression).found, [
    'w.aiwf.yaml error improvement/control-regression',
  ]);
});

test('a base that is neither a file nor a revision, or a file for many: exit code 2 and why', () => {
  const folder = folderOf({ 'a.aiwf.yaml': loop, 'b.aiwf.yaml': loop });
  for (const [args, reason] of [
    [['--base', 'nowhere'], /neither a file nor a git revision/],
    [['--base', '--output=x'], /./],
    [['--base', 'a.aiwf.yaml'], /compared with one file/],
  ] as const) {
    const { code, errors } = check(folder, ...args);
    assert.equal(code, 2);
    assert.match(errors, reason);
  }
});

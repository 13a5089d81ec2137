// `aiwf diff` on a git repository, on folders and on files: what was lost with its path, in every form, and nothing else.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { Ajv } from 'ajv';
import { bundleCli, folderOf, runCli } from '../support/cli.ts';

let cli = '';
before(async () => {
  cli = await bundleCli();
});

const paying = `aiwf: 1
workflow: pay
title: Pay | <b>invoices</b>
accountable: lead
actors:
  lead: { kind: human, holders: 2 }
  clerk: { kind: human, holders: 3 }
  bot: { kind: agent, sponsor: lead, autonomy: L2 }
data:
  invoice: { class: internal, fields: { amount: number } }
start: { on: manual, from: clerk, gives: [invoice], next: read }
steps:
  read: { task: Read the invoice, by: bot, reads: [invoice], next: check }
  check: { approval: Check it, by: clerk, covers: [invoice], on: { approve: pay, reject: refused } }
  pay: { task: Pay, by: bot, reads: [invoice], effects: [{ kind: payment, irreversible: true, external: true, uses: [invoice] }], next: done }
  refused: { end: Refused, outcome: rejected }
  done: { end: Done }
`;
const skipped = paying.replace('next: check', 'next: pay');
const configuration = 'profile: [recommended, sox]\nrules: { flow/unbounded-loop: error }\n';

function repository(files: Readonly<Record<string, string>>) {
  const folder = folderOf(files);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: folder, stdio: 'ignore' });
  git('init', '-q');
  const commit = () => {
    git('add', '-A');
    git('commit', '-qm', 'x');
  };
  commit();
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  return { folder, commit, write, diff: (...args: string[]) => runCli(cli, ['diff', ...args], folder) };
}

test('a lost approval is told with its path, and the exit code is 1; two commits, or a commit and the files', () => {
  const { folder, commit, write, diff } = repository({
    'flows/pay.aiwf.yaml': paying,
    'other.aiwf.yaml': paying.replace('workflow: pay', 'workflow: other'),
  });
  assert.deepEqual(diff('HEAD'), {
    code: 0,
    output: 'no difference in meaning between HEAD and the files as they are\n',
    errors: '',
  });
  write('flows/pay.aiwf.yaml', `# a comment\n${paying}`);
  assert.equal(diff('HEAD').code, 0);
  write('flows/pay.aiwf.yaml', skipped);
  const { code, output } = diff('HEAD');
  assert.equal(code, 1);
  assert.match(output, /^flows\/pay\.aiwf\.yaml\n {2}! lost {4}pay \(line 15\): .*approv/);
  assert.match(output, /path: .*read.* pay/);
  assert.match(output, /~ changed step read “Read the invoice”\n +next was check, is pay/);
  assert.match(output, /1 file differs between HEAD and the files as they are: [1-9] controls? lost/);
  assert.doesNotMatch(output, /other/);
  commit();
  assert.equal(
    diff('HEAD~1', 'HEAD').output,
    output.replaceAll('the files as they are', 'HEAD').replaceAll('between HEAD', 'between HEAD~1'),
  );
  assert.equal(diff('HEAD', 'HEAD~1').code, 0, 'going back loses nothing');
  assert.match(diff('HEAD', 'HEAD~1').output, /\* gained +pay:/);
  assert.equal(diff('HEAD~1', '--path', 'other.aiwf.yaml').code, 0);
  assert.equal(runCli(cli, ['diff', 'HEAD~1'], join(folder, 'flows')).code, 1, 'from a folder inside');
});

test('a file that is moved is the same file, and one that is gone is told', () => {
  const { folder, write, diff } = repository({
    'pay.aiwf.yaml': paying,
    'b.aiwf.yaml': paying.replace('workflow: pay', 'workflow: b'),
  });
  mkdirSync(join(folder, 'flows'));
  renameSync(join(folder, 'pay.aiwf.yaml'), join(folder, 'flows/payment.aiwf.yaml'));
  renameSync(join(folder, 'b.aiwf.yaml'), join(folder, 'b.txt'));
  write('c.aiwf.yaml', paying.replace('workflow: pay', 'workflow: c'));
  const { files } = JSON.parse(diff('HEAD', '--format', 'json').output);
  assert.deepEqual(
    files.map(({ path, pathBefore, changes }: { path: string; pathBefore: string; changes: { change: string }[] }) => [
      path,
      pathBefore,
      changes.map(({ change }) => change).join(),
    ]),
    [
      ['b.aiwf.yaml', null, 'removed'],
      ['c.aiwf.yaml', null, 'added'],
      ['flows/payment.aiwf.yaml', 'pay.aiwf.yaml', ''],
    ],
  );
});

test('a control lost in a file that is moved at the same time is found by the check of a change as well', () => {
  const { folder } = repository({
    'pay.aiwf.yaml': paying,
    'other.aiwf.yaml': paying.replace('workflow: pay', 'workflow: o'),
  });
  mkdirSync(join(folder, 'flows'));
  renameSync(join(folder, 'pay.aiwf.yaml'), join(folder, 'flows/payment.aiwf.yaml'));
  writeFileSync(join(folder, 'flows/payment.aiwf.yaml'), skipped);
  const asked = ['check', '--base', 'HEAD', '--rule', 'improvement/control-regression'];
  const { code, output } = runCli(cli, asked, folder);
  assert.equal(code, 1);
  assert.match(output, /flows\/payment\.aiwf\.yaml:15:.*improvement\/control-regression.*approv/);
});

test('a configuration that asks for less has lost a control', () => {
  const { write, diff } = repository({ 'aiwf.config.yaml': configuration, 'pay.aiwf.yaml': paying });
  write('aiwf.config.yaml', 'rules: { flow/unbounded-loop: warning, flow/wait-without-timeout: off }\nexclude: old\n');
  const { code, output } = diff('HEAD');
  assert.equal(code, 1);
  for (const lost of [
    "the preset 'sox' is no longer asked for",
    "findings of 'flow/unbounded-loop' were of severity error and are of severity warning",
    "the rule 'flow/wait-without-timeout' is turned off",
    "the files of 'old' are no longer checked",
  ])
    assert.ok(output.includes(lost), `${lost}: ${output}`);
});

test('folders and files are compared with their like; anything else is wrong use', () => {
  const folder = folderOf({
    'a/pay.aiwf.yaml': paying,
    'b/pay.aiwf.yaml': skipped,
    'b/new.aiwf.yaml': paying.replace('workflow: pay', 'workflow: new'),
  });
  const diff = (...args: string[]) => runCli(cli, ['diff', ...args], folder);
  assert.equal(diff('a', 'b').code, 1);
  assert.match(diff('a', 'b').output, /\+ added {3}workflow new/);
  assert.equal(diff('a/pay.aiwf.yaml', 'b/pay.aiwf.yaml').code, 1);
  for (const words of [
    ['a', 'b/pay.aiwf.yaml'],
    ['a'],
    ['no-revision'],
    ['a', 'b', 'c'],
    [],
    ['a', 'b', '--format', 'xml'],
  ]) {
    const { code, errors } = diff(...words);
    assert.equal(code, 2, words.join(' '));
    assert.match(errors, /^aiwf: diff: /);
  }
});

test('Markdown escapes what a file says, JSON fits its schema, SARIF is valid, and a report goes to a file', () => {
  const { folder, write, diff } = repository({ 'pay.aiwf.yaml': paying });
  write('pay.aiwf.yaml', skipped.replace('Pay, by', '"Pay | @all [x](y) <script>", by'));
  const markdown = diff('HEAD', '--format', 'markdown').output;
  assert.match(markdown, /^## ❌ aiwf: [1-9] controls? lost, 0 gained\n/);
  assert.doesNotMatch(markdown, /<script>|[^\\]@all|\]\(y\)/);
  const schema = JSON.parse(readFileSync('docs/diff.schema.json', 'utf8'));
  const valid = new Ajv({ strict: false }).compile(schema);
  assert.ok(valid(JSON.parse(diff('HEAD', '--format', 'json').output)), JSON.stringify(valid.errors));
  const sarif = diff('HEAD', '--format', 'sarif', '--output', 'diff.sarif');
  assert.match(sarif.output, /1 file differs/);
  const { runs } = JSON.parse(readFileSync(join(folder, 'diff.sarif'), 'utf8'));
  assert.equal(runs[0].results[0].ruleId, 'improvement/control-regression');
  assert.ok(runs[0].results[0].codeFlows.length > 0);
  const refused = diff('HEAD', '--output', 'pay.aiwf.yaml');
  assert.equal(refused.code, 2);
});

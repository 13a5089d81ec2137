// The GitHub Action: its steps, run by bash in a folder as a runner does, keep the exit code, tell the counts, write the
// reports, and run nothing that stands in an input or in the name of a file.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { before, test } from 'node:test';
import { action, runStep } from '../support/action.ts';
import { bundleCli, folderOf } from '../support/cli.ts';
import { runOf, schemaFaults } from '../support/sarif.ts';

/** Holds the program as the action finds it once it is built. */
const folder = folderOf({});
before(async () => {
  mkdirSync(join(folder, 'dist'));
  copyFileSync(await bundleCli(), join(folder, 'dist/cli.js'));
});

const template = (name: string) => readFileSync(`media/templates/${name}.aiwf.yaml`, 'utf8');
const fine = template('ai-drafts-human-approves');
/** Two steps without an end, so an error. */
const broken = 'aiwf: 1\nworkflow: broken\nstart: { next: one }\nsteps:\n  one: { task: One, next: nowhere }\n';
const check = (workspace: string, inputs: Readonly<Record<string, string>> = {}) =>
  runStep('Check', inputs, { action: folder, workspace });

test('no script holds an expression, every input is handed on, and every output is one of the step', () => {
  const { steps, using } = action.runs;
  assert.equal(using, 'composite');
  for (const { run, shell } of steps) {
    assert.doesNotMatch(run, /\$\{\{/);
    assert.equal(shell, 'bash');
  }
  const handed = steps.flatMap(({ env = {} }) => Object.values(env));
  assert.deepEqual(
    handed.sort(),
    Object.keys(action.inputs)
      .map((name) => `\${{ inputs.${name} }}`)
      .sort(),
  );
  for (const { run, env = {} } of steps)
    for (const name of Object.keys(env)) assert.ok(run.includes(`"$${name}"`), name);
  const result = check(folderOf({ 'a.aiwf.yaml': fine }), { 'sarif-file': 'a.sarif' });
  assert.deepEqual(
    Object.entries(action.outputs).map(([name, { value }]) => [name, value]),
    Object.keys(action.outputs).map((name) => [name, `\${{ steps.check.outputs.${name} }}`]),
  );
  assert.deepEqual(Object.keys(result.outputs).sort(), Object.keys(action.outputs).sort());
});

test('what is found is noted at its lines, counted, summed up and written for code scanning, and fails the step', () => {
  const workspace = folderOf({ 'flows/a.aiwf.yaml': broken });
  const result = check(workspace, { 'sarif-file': 'out.sarif' });
  assert.equal(result.code, 1);
  assert.match(result.log, /^::error file=flows\/a\.aiwf\.yaml,line=5,/m);
  const { errors = '', warnings = '', infos = '', ...others } = result.outputs;
  assert.deepEqual(others, { files: '1', accepted: '0', 'exit-code': '1', 'sarif-file': 'out.sarif' });
  const noted = (name: string) => result.commands.filter((each) => each === name).length;
  assert.deepEqual([errors, warnings, infos].map(Number), [noted('error'), noted('warning'), noted('notice')]);
  assert.ok(Number(errors) > 0);
  assert.match(result.log, /^1 file, \d+ errors?, \d+ warnings?, \d+ infos?$/m);
  assert.match(result.summary, /flows\/a\.aiwf\.yaml/);
  const log = readFileSync(join(workspace, 'out.sarif'), 'utf8');
  assert.deepEqual(schemaFaults(log), []);
  assert.equal(runOf(log).results.filter(({ level }) => level === 'error').length, Number(errors));
  assert.deepEqual(readdirSync(workspace).sort(), ['flows', 'out.sarif'], 'and nothing else is left behind');
});

test('without findings it passes, as text where no notes are wanted, and with no summary where none is', () => {
  const workspace = folderOf({ 'a.aiwf.yaml': broken, 'b.txt': '' });
  const quiet = check(workspace, { annotations: 'false', summary: 'false' });
  assert.equal(quiet.code, 1);
  assert.match(quiet.log, /^a\.aiwf\.yaml:5:\d+ error /m);
  assert.equal(quiet.summary, '');
  const none = check(folderOf({ 'b.txt': '' }), { 'max-warnings': '0' });
  assert.deepEqual([none.code, none.outputs['exit-code'], none.outputs.files], [0, '0', '0']);
});

test('presets, the most warnings and paths are those of the inputs', () => {
  const workspace = folderOf({ 'a.aiwf.yaml': broken, 'fine/b.aiwf.yaml': template('parallel-review') });
  const countsOf = (inputs: Readonly<Record<string, string>>) => {
    const { code, outputs, log } = check(workspace, { paths: '\nfine\r\n', ...inputs });
    return { code, counts: [outputs.files, outputs.errors, outputs.warnings], log };
  };
  const plain = countsOf({});
  assert.deepEqual([plain.code, plain.counts], [0, ['1', '0', '0']]);
  const presets = countsOf({ profile: 'recommended\r\nsox\n', 'max-warnings': '1' });
  assert.deepEqual([presets.code, presets.counts], [0, ['1', '0', '1']]);
  const exceeded = countsOf({ profile: 'sox', 'max-warnings': '0' });
  assert.deepEqual([exceeded.code, exceeded.counts], [1, ['1', '0', '1']]);
  assert.match(exceeded.log, /1 warnings, at most 0 are allowed/);
});

test('a change is compared with the revision that is named, and a revision that is not fetched fails the step', () => {
  const workspace = folderOf({ 'a.aiwf.yaml': fine });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: workspace, stdio: 'ignore' });
  git('init');
  git('add', '.');
  git('commit', '-m', 'before');
  const weaker = fine.replace(/^defaults:\n.*\n/m, '');
  assert.notEqual(weaker, fine);
  writeFileSync(join(workspace, 'a.aiwf.yaml'), weaker);
  assert.match(check(workspace, { base: 'HEAD' }).log, /improvement\/control-regression/);
  const unknown = check(workspace, { base: 'origin/main', 'sarif-file': 'a.sarif' });
  assert.equal(unknown.code, 2);
  assert.match(unknown.log, /'origin\/main' is neither a file nor a git revision here/);
  assert.deepEqual(unknown.outputs, { 'exit-code': '2' });
});

/** Each leaves a file behind where a shell reads it. */
const hostile = [
  '$(touch ran)',
  '`touch ran`',
  '; touch ran;',
  '" && touch ran "',
  "' || touch ran '",
  '| touch ran',
  'a b',
  '-n',
  '--fix',
  '-h',
  '*',
  '~',
  '\\',
];

test('no input is run or taken for an option', () => {
  for (const name of Object.keys(action.inputs)) {
    for (const text of ['$(touch ran)', '--fix', '-h']) {
      const workspace = folderOf({ 'a.aiwf.yaml': broken });
      const result = check(workspace, { [name]: text });
      assert.ok(!existsSync(join(workspace, 'ran')), `${name}: ${text}`);
      assert.equal(result.outputs['exit-code'], String(result.code), `${name}: ${text}\n${result.log}`);
      assert.notEqual(result.code, 0, `${name}: ${text} opens the gate`);
      assert.equal(readFileSync(join(workspace, 'a.aiwf.yaml'), 'utf8'), broken);
    }
  }
  for (const text of hostile) {
    const workspace = folderOf({ 'a.aiwf.yaml': broken });
    const inputs = Object.fromEntries(Object.keys(action.inputs).map((name) => [name, text]));
    assert.equal(check(workspace, inputs).code, 2, text);
    assert.deepEqual(readdirSync(workspace), ['a.aiwf.yaml'], text);
  }
  const lines = check(folderOf({}), { 'sarif-file': 'a\nexit-code=0' });
  assert.equal(lines.code, 2);
  assert.deepEqual(lines.outputs, {});
});

test('names of files are names, whatever they look like, and cannot command the runner', () => {
  const names = [
    ...hostile.filter((text) => !text.includes('/')),
    'x\n::set-output name=errors::0\n::error::',
    '##[add-mask]a',
  ];
  const files = Object.fromEntries(names.map((name) => [`${name}.aiwf.yaml`, broken]));
  const title = broken.replace('One', '"##[add-mask]a ::error::b"').replace('nowhere', '"::error::c"');
  const workspace = folderOf({ ...files, 'title.aiwf.yaml': title });
  for (const annotations of ['true', 'false']) {
    const whole = check(workspace, { annotations, 'sarif-file': '-out.sarif' });
    assert.equal(whole.code, 1);
    assert.equal(whole.outputs.files, String(names.length + 1));
    assert.deepEqual(
      whole.commands.filter((name) => !['error', 'warning', 'notice', 'stop-commands'].includes(name)),
      [],
    );
    const shown = whole.commands.filter((name) => name === 'error').length;
    assert.equal(shown, annotations === 'true' ? Number(whole.outputs.errors) : 0);
    assert.ok(existsSync(join(workspace, '-out.sarif')));
  }
  // Each by its name, one a line; a name cannot have the end of a line in it there.
  const named = names.filter((name) => !name.includes('\n'));
  const each = check(workspace, { paths: named.map((name) => `${name}.aiwf.yaml`).join('\n') });
  assert.deepEqual([each.code, each.outputs.files], [1, String(named.length)]);
  const gone = check(workspace, { paths: 'a.aiwf.yaml\n::error::gone\n##[add-mask]x' });
  assert.equal(gone.code, 2);
  assert.ok(!gone.commands.includes('add-mask') && !gone.commands.includes('error'));
  assert.ok(!existsSync(join(workspace, 'ran')));
});

test('a report that cannot be written fails the step', () => {
  const workspace = folderOf({ 'b.txt': '' });
  const result = check(workspace, { 'sarif-file': 'none/out.sarif' });
  assert.deepEqual([result.code, result.outputs['exit-code'], result.outputs['sarif-file']], [2, '2', undefined]);
  assert.match(result.log, /none\/out\.sarif: cannot be written/);
  const workflow = folderOf({ 'a.aiwf.yaml': broken });
  assert.equal(check(workflow, { 'sarif-file': 'a.aiwf.yaml' }).code, 2);
  assert.equal(readFileSync(join(workflow, 'a.aiwf.yaml'), 'utf8'), broken);
});

test('the action builds the tool in its own folder, once', () => {
  const own = folderOf({});
  const programs = folderOf({
    npm: '#!/bin/sh\necho "$PWD: $*" >> "$CALLS"\nif [ "$1" = run ]; then mkdir -p dist && : > dist/cli.js; fi\n',
  });
  chmodSync(join(programs, 'npm'), 0o755);
  const calls = join(programs, 'calls');
  const env = { PATH: `${programs}${delimiter}${process.env.PATH}`, CALLS: calls };
  const workspace = folderOf({});
  for (let run = 0; run < 2; run++) {
    assert.equal(runStep('Build aiwf', {}, { action: own, workspace, env }).code, 0);
    assert.equal(
      readFileSync(calls, 'utf8'),
      `${own}: ci --ignore-scripts --no-audit --no-fund\n${own}: run --silent build\n`,
    );
  }
  assert.deepEqual(readdirSync(workspace), []);
});

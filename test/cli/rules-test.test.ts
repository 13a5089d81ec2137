// `aiwf rules test`, and how the commands know the rules that a project brings.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundleCli, folderOf, runCli } from '../support/cli.ts';

const cli = await bundleCli();

const example = (title: string) => `|
      aiwf: 1
      workflow: w
      start: { next: one }
      steps:
        one: { task: ${title}, next: done }
        done: { end: Done }
`;

const rule = (id: string, pass: string, fail: string) => `  - id: ${id}
    message: "'{step.id}' has the title Bad"
    summary: No task has the title Bad.
    for: steps
    when: step.kind == "task"
    require: step.title != "Bad"
    severity: error
    pass: ${example(pass)}    fail: ${example(fail)}`;

const workflow = `aiwf: 1
workflow: desk
start: { next: one }
steps:
  one: { task: Bad, next: done }
  done: { end: Done }
`;

const files = {
  'aiwf.config.yaml': `packs: ["@acme/rules"]\nprofile: []\ncustom-rules:\n${rule('acme/title', 'Good', 'Bad')}`,
  'desk.aiwf.yaml': workflow,
  'node_modules/@acme/rules/package.json': '{ "aiwf": { "rules": "acme.rules.yaml" } }',
  'node_modules/@acme/rules/acme.rules.yaml': `pack: acme\ncustom-rules:\n${rule('acme/packed', 'Good', 'Bad')}`,
};

test('examples that are as they should be: 0', () => {
  const { code, output, errors } = runCli(cli, ['rules', 'test'], folderOf(files));
  assert.equal(output, 'ok     acme/title\nok     acme/packed\n2 rules, 4 examples, 0 failed\n');
  assert.deepEqual([code, errors], [0, '']);
});

test('examples that are not: 1, with their places, as text and as JSON', () => {
  const folder = folderOf({
    'team/aiwf.config.yaml': `custom-rules:\n${rule('acme/title', 'Bad', 'Good')}`,
    'rules/own.aiwf.rules.yaml': `pack: own\ncustom-rules:\n${rule('own/title', 'Good', 'Bad')}`,
  });
  const { code, output } = runCli(cli, ['rules', 'test'], folder);
  assert.equal(code, 1);
  assert.equal(
    output,
    `failed acme/title
  team/aiwf.config.yaml:14:9 pass 1: The rule finds something, line 5: 'one' has the title Bad
  team/aiwf.config.yaml:16:11 fail 1: The rule finds nothing.
ok     own/title
2 rules, 4 examples, 1 failed
`,
  );
  const asJson = runCli(cli, ['rules', 'test', 'team', '--format', 'json'], folder);
  const { passed, rules } = JSON.parse(asJson.output);
  assert.deepEqual([asJson.code, passed, rules.length], [1, false, 1]);
  assert.deepEqual(rules[0].examples[0].faults[0].at, { file: 'team/aiwf.config.yaml', line: 14, column: 9 });
});

test('a rule with a mistake: 1; nothing to test or nothing to read: 2', () => {
  const broken = folderOf({
    'aiwf.config.yaml': files['aiwf.config.yaml'].replace('step.title !=', 'step.titel !='),
  });
  const { code, output } = runCli(cli, ['rules', 'test'], broken);
  assert.equal(code, 1);
  assert.match(output, /^aiwf.config.yaml:1:9 error The package '@acme\/rules' is not installed/m);
  assert.match(output, /^aiwf.config.yaml:9:19 error `step` has no field 'titel'. Did you mean 'title'\?/m);
  assert.match(output, /The rule has a mistake and cannot run/);
  const none = runCli(cli, ['rules', 'test'], folderOf({ 'a.aiwf.yaml': workflow }));
  assert.equal(none.code, 2);
  assert.match(none.errors, /no rules of a project are found/);
  assert.equal(runCli(cli, ['rules', 'test', 'nowhere'], folderOf({})).code, 2);
});

test('rules lists them, explain explains them, check runs them and knows their names', () => {
  const folder = folderOf(files);
  assert.match(runCli(cli, ['rules'], folder).output, /^acme\/packed {2,}error {4}No task has the title Bad\.$/m);
  const listed = JSON.parse(runCli(cli, ['rules', '--format', 'json'], folder).output).rules;
  assert.deepEqual(listed.at(-1), {
    id: 'acme/packed',
    category: 'acme',
    severity: 'error',
    summary: 'No task has the title Bad.',
    seed: [],
    clauses: [],
    profiles: [],
    docs: null,
    custom: true,
  });
  const page = runCli(cli, ['explain', 'acme/title'], folder).output;
  assert.match(page, /^# acme\/title\n\nNo task has the title Bad\./);
  assert.match(page, /step\.title != "Bad"/);
  const checked = runCli(cli, ['check', '--rule', 'acme/title'], folder);
  assert.equal(checked.code, 1);
  assert.match(checked.output, /^desk.aiwf.yaml:5:3 error acme\/title 'one' has the title Bad$/m);
  assert.doesNotMatch(checked.output, /docs:/);
  const strange = runCli(cli, ['check', '--rule', 'acme/titel'], folder);
  assert.deepEqual([strange.code, strange.output], [2, '']);
  assert.match(strange.errors, /unknown rule 'acme\/titel'. Did you mean 'acme\/title'\?/);
});

test('mistakes of a pack are reported by check at the pack', () => {
  const folder = folderOf({
    ...files,
    'node_modules/@acme/rules/acme.rules.yaml':
      'pack: acme\ncustom-rules: [{ id: acme/p, message: M, for: steps, require: step.x }]\n',
  });
  const { code, output } = runCli(cli, ['check', '--rule', 'acme/title'], folder);
  assert.equal(code, 1);
  assert.match(
    output,
    /^node_modules\/@acme\/rules\/acme.rules.yaml:2:\d+ error language\/condition `step` has no field 'x'/m,
  );
});

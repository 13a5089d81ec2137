// Tasks: what `tasks.json` may say becomes words that the command line understands, and the problem matcher of the manifest
// finds in the text of a run what is found, and nothing else.
import assert from 'node:assert/strict';
import { isAbsolute } from 'node:path';
import { before, test } from 'node:test';
import Ajv from 'ajv';
import fc from 'fast-check';
import manifest from '../../package.json';
import { parseArguments } from '../../src/cli/arguments.ts';
import { taskType, wordsOfTask } from '../../src/extension/task-words.ts';
import { bundleCli, folderOf, runCli } from '../support/cli.ts';

const [definition] = manifest.contributes.taskDefinitions;

test('every definition that the manifest allows is a command, and what is in it stays a value', () => {
  const { required, properties } = definition ?? assert.fail();
  const isAllowed = new Ajv({ strict: false }).compile({ type: 'object', required, properties });
  const texts = fc.array(fc.oneof(fc.string(), fc.constantFrom('--help', '-h', '--fix', 'a b', '$(touch x)')), {
    maxLength: 3,
  });
  const tasks = fc.record(
    {
      task: fc.constantFrom(...(properties.task.enum as string[])),
      paths: texts,
      base: fc.oneof(fc.string(), fc.constantFrom('HEAD', '--help')),
      maxWarnings: fc.nat(1e6),
    },
    { requiredKeys: ['task'] },
  );
  fc.assert(
    fc.property(tasks, (task) => {
      assert.ok(isAllowed(task));
      const command = parseArguments(wordsOfTask(task) ?? assert.fail());
      assert.ok(command.name === 'check' || command.name === 'rules', command.name);
      assert.deepEqual(command.paths, task.paths?.length ? task.paths : ['.']);
      if (command.name === 'rules') return assert.equal(command.action, 'test');
      assert.deepEqual([command.base, command.maxWarnings], [task.base, task.maxWarnings]);
      assert.deepEqual([command.fix, command.updateBaseline, command.output], [false, false, undefined]);
    }),
  );
  const presets = parseArguments(wordsOfTask({ task: 'check', profile: ['sox', 'strict'] }) ?? []);
  assert.deepEqual(presets.name === 'check' && presets.profile, ['sox', 'strict']);
});

test('what is no definition is no task', () => {
  const wrong: readonly Record<string, unknown>[] = [
    {},
    { task: 'format' },
    { task: 'check', paths: 'a' },
    { task: 'check', paths: [1] },
    { task: 'check', profile: null },
    { task: 'check', base: 1 },
    { task: 'check', maxWarnings: '0' },
  ];
  for (const each of wrong) assert.equal(wordsOfTask(each), undefined, JSON.stringify(each));
});

test('the manifest describes the definition that the code reads', () => {
  const { type, required, properties } = definition ?? assert.fail();
  assert.equal(type, taskType);
  assert.deepEqual(required, ['task']);
  for (const task of properties.task.enum) assert.ok(wordsOfTask({ task }));
  assert.equal(properties.task.enumDescriptions.length, properties.task.enum.length);
});

let cli = '';
before(async () => {
  cli = await bundleCli();
});

test('the problem matcher finds every finding of a run, with its place, and nothing else', () => {
  const [near, far] = manifest.contributes.problemMatchers;
  assert.ok(near && far);
  assert.equal(far.fileLocation, 'absolute');
  assert.deepEqual([near.fileLocation[0], near.fileLocation[1]?.slice(2, -1)], ['relative', 'workspaceFolder']);
  for (const { owner, applyTo, pattern } of [near, far]) {
    // The owner is the collection of the language server, so that what both find is shown once.
    assert.deepEqual([owner, applyTo], ['aiwf', 'closedDocuments']);
    assert.deepEqual(
      { ...pattern, regexp: '' },
      { regexp: '', file: 1, line: 2, column: 3, severity: 4, code: 5, message: 6 },
    );
  }
  const matchedBy = ({ pattern }: typeof near | typeof far, output: string) =>
    output.split('\n').flatMap((text) => {
      const [, file, line, column, severity, rule, message] = new RegExp(pattern.regexp).exec(text) ?? [];
      return file === undefined ? [] : [{ file, line: Number(line), column: Number(column), severity, rule, message }];
    });
  // Its source line, shown below the finding, reads like a finding, and so does its message.
  const tricky = (name: string) =>
    `aiwf: 1\nworkflow: ${name}\nstart: { next: one }\nsteps:\n  one: { task: "b.aiwf.yaml:1:1 error x/y z", next: "c.aiwf.yaml:2:2 error x/y z" }\n`;
  const folder = folderOf({
    'a.aiwf.yaml': tricky('a'),
    'flows/a b (1).aiwf.yaml': tricky('b'),
    '-n.aiwf.yaml': tricky('c'),
    'ä:1.aiwf.yml': tricky('d'),
    'aiwf.config.yaml':
      'profile: [recommended, nothing]\nrules: { agent/budget-cap: info, ownership/exactly-one-accountable: warning }\n',
  });
  const words = wordsOfTask({ task: 'check', profile: ['strict'] }) ?? [];
  const { output } = runCli(cli, words, folder);
  const json = runCli(cli, [...words.slice(0, 1), '--format=json', ...words.slice(1)], folder);
  const { findings } = JSON.parse(json.output) as {
    findings: readonly {
      readonly file: string;
      readonly range: { readonly start: { readonly line: number; readonly column: number } };
      readonly severity: string;
      readonly rule: string;
      readonly message: string;
    }[];
  };
  assert.ok(findings.length > 8);
  assert.deepEqual([...new Set(findings.map(({ severity }) => severity))].sort(), ['error', 'info', 'warning']);
  const expected = findings.map(({ file, range: { start }, severity, rule, message }) => ({
    file,
    ...start,
    severity,
    rule,
    message,
  }));
  assert.deepEqual(matchedBy(near, output), expected);
  assert.deepEqual(matchedBy(far, output), []);
  // Files that are named by their whole path are found by the other one, and by that alone.
  const whole = runCli(cli, [...words.slice(0, -1), folder], folder).output;
  const named = ({ file }: { readonly file: string | undefined }) => isAbsolute(file ?? '');
  assert.deepEqual(
    matchedBy(far, whole),
    expected
      .map((each) => (/aiwf\.ya?ml$/.test(each.file) ? { ...each, file: `${folder}/${each.file}` } : each))
      .filter(named),
  );
  assert.ok(!matchedBy(near, whole).some(named));
  const windows = 'C:\\flows\\a b.aiwf.yaml:3:4 error flow/unbounded-loop Loops.';
  assert.deepEqual(
    [matchedBy(near, windows).length, matchedBy(far, windows)[0]?.file],
    [0, 'C:\\flows\\a b.aiwf.yaml'],
  );
});

// Rule packs: found by path and by package, read as text and nothing else, their mistakes at their own places.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Configuration, parseConfiguration } from '../../src/governance/configuration.ts';
import { testRule } from '../../src/governance/custom-rule-examples.ts';

const uri = 'file:///work/team/aiwf.config.yaml';

function packOf(id: string, more = ''): string {
  return `pack: acme\ncustom-rules:\n  - { id: ${id}, message: M, for: steps, require: step.id != "" }\n${more}`;
}

/** A configuration among these files, and which of them were read. */
function open(text: string, files: Readonly<Record<string, string>>) {
  const read: string[] = [];
  const configuration = parseConfiguration(uri, text, (each) => {
    read.push(each);
    return files[each];
  });
  return { configuration, read };
}

const idsOf = ({ customRules }: Configuration) => customRules.map(({ id }) => id);
const problemsOf = ({ problems }: Configuration) => problems.map(({ message }) => message);

test('a pack is named by a relative path, and its rules run after those of the configuration', () => {
  const { configuration } = open(
    'packs: ./rules/acme.rules.yaml\ncustom-rules: [{ id: acme/own, message: M, for: steps, require: "true" }]\n',
    { 'file:///work/team/rules/acme.rules.yaml': packOf('acme/shared') },
  );
  assert.deepEqual(problemsOf(configuration), []);
  assert.deepEqual(idsOf(configuration), ['acme/own', 'acme/shared']);
  assert.deepEqual(configuration.dependencies, ['file:///work/team/rules/acme.rules.yaml']);
  assert.equal(configuration.packs[0]?.name, 'acme');
});

test('a package is looked for in node_modules upwards, and its package.json says which files', () => {
  const folder = 'file:///work/node_modules/@acme/rules';
  const { configuration, read } = open('packs: ["@acme/rules"]\n', {
    [`${folder}/package.json`]: '{ "main": "./run.js", "aiwf": { "rules": ["a.rules.yaml", "./more/b.rules.yaml"] } }',
    [`${folder}/a.rules.yaml`]: packOf('acme/a'),
    [`${folder}/more/b.rules.yaml`]: packOf('acme/b'),
    [`${folder}/run.js`]: 'throw new Error("executed")',
  });
  assert.deepEqual(problemsOf(configuration), []);
  assert.deepEqual(idsOf(configuration), ['acme/a', 'acme/b']);
  assert.deepEqual(read, [
    'file:///work/team/node_modules/@acme/rules/package.json',
    `${folder}/package.json`,
    `${folder}/a.rules.yaml`,
    `${folder}/more/b.rules.yaml`,
  ]);
  assert.deepEqual(configuration.dependencies, read);
});

test('a package that says nothing has its rules in aiwf.rules.yaml', () => {
  const folder = 'file:///work/team/node_modules/rules';
  const { configuration } = open('packs: rules\n', {
    [`${folder}/package.json`]: '{}',
    [`${folder}/aiwf.rules.yaml`]: packOf('acme/a'),
  });
  assert.deepEqual(idsOf(configuration), ['acme/a']);
});

test('what is not there or leads out of its package is said at its name, and not read', () => {
  const manifest = 'file:///work/team/node_modules/p/package.json';
  const said = (packs: string, files: Readonly<Record<string, string>> = {}) => {
    const { configuration, read } = open(`packs: ${packs}\n`, files);
    return { problems: problemsOf(configuration), read };
  };
  assert.deepEqual(said('./none.rules.yaml').problems, ["'./none.rules.yaml' cannot be read."]);
  assert.match(said('none').problems.join(), /The package 'none' is not installed/);
  assert.match(said('p', { [manifest]: '{}' }).problems.join(), /there is no 'aiwf.rules.yaml' in it/);
  for (const rules of [
    '"../../secret.yaml"',
    '"%2e%2e/other.yaml"',
    '["a.rules.yaml", "/etc/x.yaml"]',
    '"https://example.com/x.yaml"',
  ]) {
    const { problems, read } = said('p', { [manifest]: `{ "aiwf": { "rules": ${rules} } }` });
    assert.match(problems.join(), /which lies outside of it/, rules);
    assert.deepEqual(read, [manifest], rules);
  }
  for (const broken of ['{', '3', '{ "aiwf": { "rules": 3 } }', '{ "aiwf": { "rules": [{}] } }'])
    assert.ok(said('p', { [manifest]: broken }).problems.length > 0, broken);
  for (const strange of ['https://example.com/x.rules.yaml', '/etc/x.rules.yaml', '../../..', 'a b', '"@a/b/../c"'])
    assert.deepEqual(said(strange).read, [], strange);
});

test('mistakes of a pack stand in the pack, and its other rules run', () => {
  const { configuration } = open('packs: ./a.rules.yaml\n', {
    'file:///work/team/a.rules.yaml': packOf(
      'acme/a',
      '  - { id: acme/b, message: M, for: steps, require: step.x }\nextra: 1\n',
    ),
  });
  assert.deepEqual(problemsOf(configuration), []);
  assert.deepEqual(
    configuration.packs[0]?.problems.map(({ message }) => message),
    ["'extra' is not a key of a rule pack.", "`step` has no field 'x'."],
  );
  assert.deepEqual(
    configuration.customRules.map(({ id, rule }) => [id, rule !== undefined]),
    [
      ['acme/a', true],
      ['acme/b', false],
    ],
  );
});

test('a rule that two packs bring is refused in the second, which says so', () => {
  const { configuration } = open('packs: [./a.rules.yaml, ./b.rules.yaml]\n', {
    'file:///work/team/a.rules.yaml': packOf('acme/a'),
    'file:///work/team/b.rules.yaml': packOf('acme/a'),
  });
  assert.deepEqual(idsOf(configuration), ['acme/a']);
  assert.deepEqual(
    configuration.packs.map(({ problems }) => problems.map(({ message }) => message)),
    [[], ["There are two rules 'acme/a'."]],
  );
});

test('a name may be that of a rule in a pack that cannot be read, so nothing is said of it', () => {
  const severities = 'rules: { acme/somewhere: off, flow/unbound-loop: off }\n';
  assert.equal(problemsOf(open(`packs: ./none.rules.yaml\n${severities}`, {}).configuration).length, 2);
  assert.equal(problemsOf(open(severities, {}).configuration).length, 2);
  assert.match(
    problemsOf(open(`packs: ./none.rules.yaml\n${severities}`, {}).configuration).join(),
    /flow\/unbound-loop/,
  );
});

const right = `aiwf: 1
workflow: w
start: { next: named }
steps:
  named: { task: Named, next: done }
  done: { end: Done }`;

/** What is said of the examples of one rule that wants every task to be called `Named`. */
function tested(pass: string, fail: string): readonly string[] {
  const block = (text: string) => (text === '' ? '' : `|\n${text.replace(/^/gm, '      ')}`);
  const text = `custom-rules:
  - id: acme/named
    message: "{step.id} is not named"
    for: steps
    when: step.kind == "task"
    require: step.title == "Named" && (step.id != "open" || step.phase == "x")
    pass: ${block(pass)}
    fail: ${block(fail)}
`.replace(/^ +(pass|fail): \n/gm, '');
  const [rule] = parseConfiguration(uri, text).customRules;
  assert.ok(rule?.rule);
  const { passed, results } = testRule(rule);
  const faults = results.flatMap(({ kind, faults: all }) =>
    all.map(({ message, range }) => `${kind}: ${message} [${text.slice(range.start, range.end).split('\n')[0]}]`),
  );
  assert.equal(passed, faults.length === 0);
  return faults;
}

const wrong = right.replace('task: Named', 'task: Other');

test('examples are as they should be, or it is said where they are not', () => {
  assert.deepEqual(tested(right, wrong), []);
  assert.deepEqual(tested(wrong, right), [
    'pass: The rule finds something, line 5: named is not named [named]',
    'fail: The rule finds nothing. [|]',
  ]);
  assert.deepEqual(tested(right, right.replaceAll('named', 'open')).length, 1);
  assert.match(
    tested(right, right.replaceAll('named', 'open')).join(),
    /^fail: The rule finds nothing that is certain: Not known for 'open'/,
  );
});

test('an example that is missing is a fault, and so is one that is no workflow', () => {
  assert.deepEqual(tested('', ''), [
    "rule: The rule has no example in which the rule finds nothing: write one under 'pass'. [acme/named]",
    "rule: The rule has no example in which the rule finds something: write one under 'fail'. [acme/named]",
  ]);
  assert.deepEqual(tested(right, `${wrong}\n  more: { tsak: T }`), [
    'fail: The example is no sound text, line 7: A step begins with its kind: task, review, approval, decision, contest, wait, disclose, route, scope, call, end. [more]',
    "fail: The example is no sound text, line 7: 'tsak' is not a key of a step. [tsak]",
  ]);
});

// Completion in aiwf.config.yaml: keys, presets, rules and their severities, parameters, duties, files and globs, also in
// half-typed text.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseConfiguration } from '../../src/governance/configuration.ts';
import { configurationKeys } from '../../src/governance/configuration-keys.ts';
import { parameters } from '../../src/rules/parameters.ts';
import { presets } from '../../src/rules/presets.ts';
import { rules } from '../../src/rules/registry.ts';
import { createLanguageService } from '../../src/service/language-service.ts';
import { completed, completionsIn, labelsIn } from '../support/service.ts';

const head = '#- aiwf.config.yaml\n';
const around = `
#- teams/claims/intake.aiwf.yaml
aiwf: 1
workflow: intake
sod: [[pay, approve]]
steps:
  a: { task: A, duty: initiate }
actors: { clerk: { kind: human } }
#- teams/returns.aiwf.yaml
aiwf: 1
workflow: returns
steps:
  b: { task: B }
#- other/nested/aiwf.config.yaml
profile: strict
#- other/nested/far.aiwf.yaml
aiwf: 1
workflow: far
#- aiwf.baseline.json
{ "version": 1, "files": {} }
#- notes.txt
`;

const labels = (text: string) => labelsIn(`${head}${text}${around}`);
const item = (text: string, label: string) => {
  const found = completionsIn(`${head}${text}${around}`).find((each) => each.label === label);
  assert.ok(found, `no completion '${label}' in ${text}`);
  return found;
};

function offers(text: string, wanted: readonly string[], others: readonly string[] = []): void {
  const found = labels(text);
  assert.deepEqual(
    wanted.filter((label) => !found.includes(label)),
    [],
    `missing in ${found.join(' ')}`,
  );
  assert.deepEqual(
    others.filter((label) => found.includes(label)),
    [],
  );
}

const documentation = (text: string, label: string) =>
  (item(text, label).documentation as { readonly value: string }).value;

describe('keys', () => {
  test('of the file, those that stand there already left out', () => {
    assert.deepEqual([...labels('<|>\n')].sort(), Object.keys(configurationKeys).sort());
    offers('profile: strict\npro<|>\n', ['rules'], ['profile', 'aiwf', 'workflow']);
  });
  test('of an override, which needs its files', () => {
    offers('overrides:\n  - <|>\n', ['files', 'rules', 'profile', 'parameters'], ['sod']);
    assert.equal(item('overrides:\n  - <|>\n', 'files').detail, 'required');
    assert.match(completed(`${head}over<|>\n`, 'overrides'), /overrides:\n {2}- files: \$1/);
  });
  test('every rule, with what it asks and how grave it is', () => {
    for (const text of [
      'rules:\n  <|>\n',
      'rules: { <|> }\n',
      'overrides:\n  - files: a\n    rules:\n      flow/unb<|>\n',
    ])
      assert.deepEqual([...labels(text)].sort(), rules.map(({ id }) => id).sort(), text);
    const loop = item('rules:\n  flow/unb<|>\n', 'flow/unbounded-loop');
    assert.equal(loop.detail, 'error');
    assert.match(documentation('rules:\n  <|>\n', 'flow/unbounded-loop'), /In the presets `recommended`/);
    offers('rules:\n  flow/unbounded-loop: error\n  <|>\n', ['flow/condition-gap'], ['flow/unbounded-loop']);
  });
  test('every parameter, with what it takes and what holds otherwise', () => {
    assert.deepEqual([...labels('parameters:\n  <|>\n')].sort(), [...parameters.keys()].sort());
    const said = documentation('parameters:\n  <|>\n', 'utilization');
    assert.match(said, /a share such as 0\.8 or 80%/);
    assert.match(said, /Default: 0\.8/);
  });
  test('risk tiers of the highest autonomy, and its levels', () => {
    offers('parameters: { max-autonomy: { <|> } }\n', ['minimal', 'limited', 'high']);
    offers('parameters: { max-autonomy: { high: <|> } }\n', ['L1', 'L5']);
  });
});

describe('values', () => {
  test('presets with what they are for', () => {
    for (const text of [
      'profile: <|>\n',
      'profile: [<|>]\n',
      'profile:\n  - <|>\n',
      'overrides: [{ files: a, profile: <|> }]',
    ])
      offers(text, [...presets.keys()]);
    assert.equal(item('profile: [<|>]\n', 'sox').detail, presets.get('sox')?.title);
    offers('profile: [sox, <|>]\n', ['strict'], ['sox']);
  });
  test('severities, and which one the rule has by itself', () => {
    assert.deepEqual(labels('rules: { flow/unbounded-loop: <|> }\n'), ['off', 'info', 'warning', 'error']);
    assert.match(item('rules: { flow/unbounded-loop: <|> }\n', 'error').detail ?? '', /unless a preset/);
  });
  test('of parameters: what each takes', () => {
    assert.deepEqual(labels('parameters: { sod-required: <|> }\n'), ['true', 'false']);
    assert.deepEqual(labels('parameters: { utilization: <|> }\n'), ['0.8', '80%']);
    assert.deepEqual(labels('parameters:\n  dual-approval: <|>\n'), ['10000 USD']);
  });
  test('duties of the workflows that it counts for', () => {
    for (const text of ['sod: [[<|>]]\n', 'sod:\n  - [approve, <|>]\n']) offers(text, ['pay', 'initiate']);
  });
  test('files for the baseline, and its usual name', () => {
    offers('baseline: <|>\n', ['./aiwf.baseline.json', './teams/'], ['./notes.txt']);
    offers('baseline: ./teams/<|>\n', ['./teams/claims/'], ['./aiwf.baseline.json']);
  });
  test('folders with workflows and the workflows as globs, those of a nearer configuration left out', () => {
    for (const text of ['include: [<|>]\n', 'exclude: <|>\n', 'overrides:\n  - files:\n      - <|>\n'])
      offers(text, ['teams', 'teams/claims', 'teams/returns.aiwf.yaml'], ['other', 'other/nested/far.aiwf.yaml']);
    assert.equal(item('include: [<|>]\n', 'teams').detail, '2 workflows');
  });
  test('the day it is', () => {
    const service = createLanguageService({ read: () => undefined, today: () => Date.UTC(2026, 10, 24) });
    service.open('file:///work/aiwf.config.yaml', 1, 'today: ');
    const items = service.completions('file:///work/aiwf.config.yaml', { line: 0, character: 7 }, { snippets: true });
    assert.deepEqual(
      items.map(({ label }) => label),
      ['2026-11-24'],
    );
  });
});

const rule = (lines: string) => `custom-rules:
  - id: acme/own-models
    for: steps
    message: "{step.title}: no"
    require: "true"
${lines}`;

describe('rules of the project itself', () => {
  test('their keys, and the kinds of what they look at', () => {
    offers(rule('    <|>\n'), ['when', 'severity', 'pass'], ['id', 'require']);
    offers('custom-rules: [{ for: <|> }]\n', ['steps', 'actors']);
  });
  test('fields, variables and functions in their conditions', () => {
    offers(rule('    when: <|>\n'), ['step', 'workflow', 'size']);
    offers(rule('    when: step.<|>\n'), ['by', 'reads', 'title'], ['step']);
    offers(rule('    when: step.by.exists(a, a.<|>)\n'), ['kind', 'model']);
    offers(rule('    when: "step.kind == 1 && step.<|>"\n'), ['by']);
    assert.match(completed(head + rule('    when: step.re<|> > 1\n'), 'reads'), /when: step\.reads > 1/);
    assert.match(completed(head + rule('    when: step.by.<|>\n'), 'exists'), /step\.by\.exists\(\$\{1:x\}, \$2\)/);
  });
  test('expressions in the braces of their messages', () => {
    const message = (text: string) => rule('').replace('{step.title}: no', text);
    offers(message('{step.<|>}: no'), ['title']);
    assert.deepEqual(labels(message('{step.title}: <|>no')), []);
  });
  test('they stand among the rules', () => {
    offers(rule('rules:\n  acme/<|>\n'), ['acme/own-models', 'flow/unbounded-loop']);
  });
  test('packs beside the project', () => {
    offers(`packs: [<|>]\n`, ['./teams/'], ['./aiwf.baseline.json']);
  });
  test('a file of shared rules has keys of its own', () => {
    const found = labelsIn('#- acme.aiwf.rules.yaml\n<|>\n');
    assert.deepEqual([...found].sort(), ['custom-rules', 'description', 'pack', 'version']);
    const inside = labelsIn(`#- acme.aiwf.rules.yaml\npack: acme\n${rule('    when: step.<|>\n')}`);
    assert.ok(inside.includes('by'));
  });
});

describe('waivers', () => {
  const waiver = (lines: string) => `waivers:\n  - in: teams/claims\n    ${lines}\n`;
  test('their keys, the rules, and the files they are for', () => {
    offers(waiver('<|>'), ['rule', 'at', 'expires'], ['in', 'when']);
    offers(waiver('rule: <|>'), ['flow/unbounded-loop']);
    offers('waivers: [{ in: <|> }]\n', ['teams/claims']);
  });
  test('the places and actors of the workflows that they are for', () => {
    offers(waiver('at: <|>'), ['a', 'actor:clerk', 'workflow'], ['b']);
    offers(waiver('owner: <|>'), ['clerk']);
    offers('waivers: [{ at: <|> }]\n', ['a', 'b']);
  });
  test('last days', () => {
    const service = createLanguageService({ read: () => undefined, today: () => Date.UTC(2026, 10, 24) });
    service.open('file:///work/aiwf.config.yaml', 1, 'waivers: [{ expires:  }]');
    const items = service.completions('file:///work/aiwf.config.yaml', { line: 0, character: 21 }, { snippets: true });
    assert.deepEqual(
      items.map(({ label }) => label),
      ['2026-12-24', '2027-02-22', '2027-05-23'],
    );
  });
});

test('nothing in comments, behind values and under keys that are none', () => {
  for (const text of ['# pro<|>\n', 'profile: strict # <|>\n', 'nonsense: <|>\n']) assert.deepEqual(labels(text), []);
});

test('whatever is chosen first for a key or value, what stands there then is understood', () => {
  const texts = ['profile: [<|>]', 'rules: { flow/unbounded-loop: <|> }', 'exclude: [<|>]', 'sod: [[pay, <|>]]'];
  for (const text of texts) {
    for (const label of labels(text).filter((each) => !/[[{]/.test(each))) {
      const written = completed(`${head}${text}${around}`, label).split('\n#-')[0] ?? '';
      const { problems } = parseConfiguration('file:///work/aiwf.config.yaml', written);
      assert.deepEqual(problems, [], written);
    }
  }
});

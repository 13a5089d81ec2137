// The generated JSON Schema of aiwf.config.yaml: takes what the reader takes, refuses what it refuses, and is committed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { parseConfiguration } from '../../src/governance/configuration.ts';
import { configurationSchema } from '../../src/report/configuration-schema.ts';
import { renderJsonSchema } from '../../src/report/json-schema.ts';
import { parameters } from '../../src/rules/parameters.ts';
import { presets } from '../../src/rules/presets.ts';
import { rules } from '../../src/rules/registry.ts';
import { checkGolden } from '../support/golden.ts';

const ajv = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true, strictTypes: false });
ajv.addVocabulary(['enumDescriptions']);
const validate = ajv.compile(configurationSchema());

/** Whether the schema takes a text, and whether its reader does. */
function verdicts(text: string): readonly [boolean, boolean] {
  const { problems } = parseConfiguration('file:///work/aiwf.config.yaml', text);
  return [validate(parse(text) ?? {}), problems.every(({ severity }) => severity === 'info')];
}

test('the schema in syntaxes/ is the generated one', () => {
  assert.deepEqual(JSON.parse(renderJsonSchema(configurationSchema())), configurationSchema());
  checkGolden('syntaxes/aiwf-config.schema.json', renderJsonSchema(configurationSchema()));
});

test('every preset, rule and parameter is in it', () => {
  const schema = JSON.stringify(configurationSchema());
  for (const id of [...presets.keys(), ...rules.map((rule) => rule.id), ...parameters.keys()])
    assert.ok(schema.includes(`"${id}"`), id);
});

const accepted = [
  '',
  'profile: strict',
  'profile: [recommended, sox]\nrules: { flow/unbounded-loop: off }\nx-team: blue',
  'parameters: { utilization: 70%, max-steps: 40, adverse-only: false, max-autonomy: { high: L3 }, dual-approval: 5k EUR }',
  'parameters: { utilization: 0.7, max-evidence-age: 180d }',
  'sod: [[initiate, approve]]\ntoday: 2026-11-24\ninclude: flows\nexclude: ["**/*.draft.aiwf.yaml"]',
  'overrides:\n  - files: [payments]\n    profile: sox\n    rules: { handoff/contract-required: error }\nbaseline: ./b.json',
];
const refused = [
  'profile: [strictest]',
  'profil: strict',
  'rules: { flow/unbounded-loop: eror }',
  'rules: [flow/unbounded-loop]',
  'parameters: { utilisation: 70% }',
  'parameters: { max-steps: many }',
  'parameters: { sod-required: yes please }',
  'parameters: { max-autonomy: { high: L9 } }',
  'overrides: [{ profile: sox }]',
  'sod: [initiate, approve]',
];

for (const text of accepted) {
  test(`the schema takes ${JSON.stringify(text)}, as the reader does`, () => {
    assert.deepEqual(verdicts(text), [true, true], JSON.stringify(validate.errors));
  });
}
for (const text of refused) {
  test(`the schema refuses ${JSON.stringify(text)}, as the reader does`, () => {
    assert.deepEqual(verdicts(text), [false, false]);
  });
}

test('the first configuration of a project, and those of the examples of the documentation, hold to it', () => {
  const page = readFileSync('docs/configuration.md', 'utf8');
  const [first = ''] = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  for (const text of [readFileSync('media/aiwf.config.yaml', 'utf8'), first])
    assert.deepEqual(verdicts(text), [true, true], JSON.stringify(validate.errors));
});

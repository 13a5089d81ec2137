// What a file is checked with: presets add up, parameters take the stricter value, severities follow the preset.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFile } from '../../src/language/parse.ts';
import { lint } from '../../src/rules/lint.ts';
import { presets } from '../../src/rules/presets.ts';
import { rules } from '../../src/rules/registry.ts';
import { type ProjectSettings, settingsOf } from '../../src/rules/settings.ts';
import { hostOf, uriOf } from '../support/check.ts';

function workflowOf(text: string) {
  return lint(parseFile(uriOf('main.aiwf.yaml'), text), hostOf(new Map()), { only: [] }).workflow;
}

const day = 24 * 60;

test('a file adds presets to those of the project and never takes one away', () => {
  const workflow = workflowOf('aiwf: 1\nworkflow: w\nprofile: [sox, nothing]\n');
  assert.deepEqual(settingsOf(workflow, {}).profile, ['recommended', 'sox']);
  assert.deepEqual(settingsOf(workflow, { profile: ['iso-42001'] }).profile, ['iso-42001', 'sox']);
});

test('of two presets the stricter parameter stands; the project wins over presets; a file can only be stricter', () => {
  const workflow = workflowOf('aiwf: 1\nworkflow: w\nparameters: { utilization: 0.6, log-retention: 30d }\n');
  const both = settingsOf(workflow, { profile: ['eu-ai-act-high-risk', 'sox'] }).parameters;
  assert.equal(both.logRetention, 7 * 365 * day);
  assert.equal(both.adverseOnly, false);
  assert.equal(both.utilization, 0.6);
  assert.deepEqual(both.maxAutonomy, { high: 3 });
  const own = settingsOf(workflow, { profile: ['sox'], parameters: { logRetention: 365 * day, utilization: 0.5 } });
  assert.equal(own.parameters.logRetention, 365 * day);
  assert.equal(own.parameters.utilization, 0.5);
});

const loop = `aiwf: 1
workflow: w
accountable: owner
use: [./people.aiwf.yaml]
RISK
start: { next: write }
steps:
  write: { task: Write, by: clerk, next: check }
  check: { review: Check, by: lead, reviews: [letter], outcomes: [good, bad], on: { good: finish, bad: write } }
  finish: { end: Finished }
`;

function severities(settings: ProjectSettings, text = loop.replace('RISK', '')): readonly string[] {
  return lint(parseFile(uriOf('main.aiwf.yaml'), text), hostOf(new Map()), { settings })
    .findings.filter(({ rule }) => rule === 'flow/unbounded-loop' || rule === 'handoff/contract-required')
    .map(({ severity }) => severity);
}

test('strict turns warnings into errors, and the project has the last word', () => {
  assert.deepEqual(severities({}), ['warning']);
  assert.deepEqual(severities({ profile: ['strict'] }), ['error']);
  const id = 'flow/unbounded-loop';
  assert.deepEqual(severities({ profile: ['strict'], severities: new Map([[id, 'info']]) }), ['info']);
  assert.deepEqual(severities({ severities: new Map([[id, 'off']]) }), []);
  assert.deepEqual(severities({ profile: ['sox'], severities: new Map([[id, 'error']]) }), ['error']);
});

test('every rule of a preset exists, and strict is all of them', () => {
  const ids = rules.map(({ id }) => id as string);
  for (const { rules: members } of presets.values())
    assert.deepEqual(
      members.filter((id) => !ids.includes(id)),
      [],
    );
  assert.deepEqual([...(presets.get('strict')?.rules ?? [])].sort(), [...ids].sort());
  assert.equal(ids.length, 90);
});

test('the presets have the sizes of the catalog', () => {
  const sizes = [...presets.values()].map(({ id, rules: members }) => [id, members.length]);
  assert.deepEqual(sizes, [
    ['recommended', 53],
    ['eu-ai-act-high-risk', 59],
    ['nist-ai-rmf', 52],
    ['iso-42001', 36],
    ['owasp-agentic', 28],
    ['sox', 23],
    ['strict', 90],
  ]);
});

test('thirty rules are those that matter most', () => {
  assert.equal(rules.filter(({ starred }) => starred).length, 30);
});

test('no clause of OWASP is cited without its year', () => {
  const cited = rules
    .flatMap(({ clauses }) => clauses)
    .filter(({ standard }) => standard.startsWith('OWASP Top 10 for LLM'));
  for (const { ref, edition } of cited) assert.match(ref, new RegExp(`:${edition}$`));
});

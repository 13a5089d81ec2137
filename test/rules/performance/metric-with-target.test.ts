// performance/metric-with-target: where AI takes part, the outcome and each AI step are measured, and somebody acts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, findingsOf, fixed } = forRules('performance/metric-with-target');

const flow = `defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: post }
  post: { task: Post, by: clerk, next: finish }
  finish: { end: Finished }
`;
const outcome =
  '{ id: reached, kind: outcome, of: workflow, source: log, target: [95%, 100%], owner: owner, on-breach: owner }';
const quality = (of: string) =>
  `{ id: good, kind: quality, of: ${of}, source: log, target: [90%, 100%], owner: owner, on-breach: owner }`;
const stores = 'stores: { log: { kind: log } }\n';

test('a workflow with AI and without metrics is one fault, at its name', () => {
  check(`
aiwf: 1
workflow: w
  #       ^ warning performance/metric-with-target: Nobody measures whether the work reaches its purpose, nor how well the AI does 'draft'. Add metrics of the kind 'outcome' and 'quality' with a target, an owner and what happens outside it.
accountable: owner
use: [./people.aiwf.yaml]
${flow}`);
});

test('an outcome that is not measured, and an AI step that no quality metric is of, are faults at metrics', () => {
  check(`${head}${stores}metrics: [${quality('draft')}]
#^^^^^^ performance/metric-with-target: Nobody measures whether the work reaches its purpose. Add a metric of the kind 'outcome'
${flow}`);
  check(`${head}${stores}metrics: [${outcome}, ${quality('post')}]
#^^^^^^ performance/metric-with-target: Nobody measures how well the AI does 'draft'. Add a metric of the kind 'quality' with a target, an owner and what happens outside it.
${flow}`);
});

test('an AI step that only an error or a timeout leads to is measured as well', () => {
  check(`${head}${stores}metrics: [${outcome}, ${quality('draft')}]
#^^^^^^ performance/metric-with-target: Nobody measures how well the AI does 'rescue'
defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, within: 1h, on: { timeout: rescue }, next: finish }
  rescue: { task: Rescue, by: helper, mode: ai-executed, next: finish }
  lost: { task: Nobody comes here, by: helper, mode: ai-executed, next: finish }
  finish: { end: Finished }
`);
});

test('a metric without source, target, owner or breach action is a fault, at its name', () => {
  check(`${head}${stores}metrics:
  - { id: reached, kind: outcome, of: workflow, source: log, target: [95%, 100%] }
  #       ^^^^^^^ performance/metric-with-target: The metric 'reached' has no 'owner' or 'on-breach', so nobody acts on it. Add them.
  - { id: good, kind: quality, of: draft, source: log, target: [], owner: owner, on-breach: owner }
  #                                                            ^^ performance/metric-with-target: The metric 'good' has no 'target', so nobody acts on it. Add it.
  - { id: spent, kind: cost }
${flow}`);
});

test('metrics of a scope or of the workflow hold for the steps inside', () => {
  check(`${head}${stores}metrics: [${outcome}, ${quality('work')}]
defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: work }
steps:
  work: { scope: Work, start: draft, steps: { draft: { task: Draft, by: bot, mode: ai-executed } }, next: finish }
  finish: { end: Finished }
`);
  check(`${head}${stores}metrics: [${outcome}, ${quality('workflow')}]\n${flow}`);
});

test('without an AI nothing has to be measured, and one that only helps a person is measured by what the person does', () => {
  check(`${head}start: { next: write }
steps:
  write: { task: Write, by: clerk, assisted-by: [bot], mode: ai-augmented, decides: clerk, next: finish }
  finish: { end: Finished }
`);
});

test('while metrics or one of them are being typed, or names resolve to nothing, no metric is missing', () => {
  for (const metrics of ['metrics:', 'metrics: [{ id: x }]', `metrics: [${outcome}, { id: q, kind: qual }]`])
    check(`${head}${stores}${metrics}\n${flow}`, { only: ['performance/metric-with-target'] });
  check(
    `${head}metrics:
  - { id: reached, kind: outcome, of: workflow, source: lgo, target: [95%, 100%], owner: onwer, on-breach: stpo }
  - { id: good, kind: quality, of: draft, source: lgo, target: , owner: onwer, on-breach: stpo }
${flow}`,
    { only: ['performance/metric-with-target'] },
  );
});

test('an agent and a store of a library count like those of this file', () => {
  check(
    `
aiwf: 1
workflow: w
  #       ^ performance/metric-with-target: nor how well the AI does 'draft'
accountable: owner
use: [./people.aiwf.yaml, ./stores.aiwf.yaml]
${flow}
#- stores.aiwf.yaml
aiwf: 1
library: stores
stores: { log: { kind: log } }
`,
  );
});

test('the metrics are added behind all else, with a store where there is none, or beside those there are', () => {
  assert.equal(
    fixed(`${head}${flow}# the end\n`, 'Add metrics to begin with'),
    `+ 
+ stores:
+   measurements: { kind: dataset }
+ metrics:
+   - { id: purpose-reached, kind: outcome, of: workflow, source: measurements, target: [95%, 100%], owner: owner, on-breach: owner }
+   - { id: ai-quality, kind: quality, of: [draft], source: measurements, target: [90%, 100%], owner: owner, on-breach: owner }`,
  );
  assert.equal(
    fixed(`${head}${stores}metrics:\n  - ${outcome} # ours\n${flow}`, 'Add a metric to begin with'),
    '+   - { id: ai-quality, kind: quality, of: [draft], source: log, target: [90%, 100%], owner: owner, on-breach: owner }',
  );
  assert.equal(
    fixed(
      `${head}${stores}metrics:\n  - ${quality('draft')}\n  - { id: reached, kind: outcome, of: workflow, source: log, target: [95%, 100%] } # ours\n${flow}`,
      "Add 'owner' and 'on-breach' to begin with",
    ),
    `-   - { id: reached, kind: outcome, of: workflow, source: log, target: [95%, 100%] } # ours
+   - { id: reached, kind: outcome, of: workflow, source: log, target: [95%, 100%], owner: owner, on-breach: owner } # ours`,
  );
});

test('where nothing is measured at all, that people overrule the AI unmeasured is said along with it', () => {
  const rules = ['performance/metric-with-target', 'improvement/override-rate-monitored'];
  const text = (metrics: string) => `${head}
${metrics}
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], on: { error: finish, unavailable: finish }, next: check }
  check: { review: Check, by: lead, reviews: [letter], on: { approve: finish, modify: finish, reject: finish } }
  finish: { end: Finished }
`;
  const found = (metrics: string) =>
    findingsOf(text(metrics), { rules }).map(({ rule, also }) => [rule, ...(also ?? []).map((folded) => folded.rule)]);
  assert.deepEqual(found(''), [rules]);
  const one =
    'metrics: [{ id: sent, kind: outcome, of: workflow, source: s, target: [1%, 2%], owner: lead, on-breach: lead }]';
  assert.deepEqual(found(`${one}\nstores: { s: { kind: log } }`), [[rules[1]], [rules[0]]]);
});

// improvement/override-rate-monitored: how people judge what an AI made is measured, with a bound on each side.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('improvement/override-rate-monitored');

const metric = (kind: string, of: string, target = '[3%, 30%]') =>
  `{ id: ${kind}-1, kind: ${kind}, of: ${of}, source: log, target: ${target}, owner: owner, on-breach: owner }`;
const stores = 'stores: { log: { kind: log } }\n';
const flow = `defaults: { accepts: quick, on: { error: by-hand, unavailable: by-hand } }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check }
  check: { approval: Check, by: lead, covers: [letter], on: { approve: finish, modify: again, reject: by-hand } }
  again: { approval: Check again, by: owner, covers: [letter], on: { approve: finish, modify: by-hand, reject: by-hand } }
  by-hand: { task: By hand, by: clerk, writes: [letter], next: finish }
  finish: { end: Finished }
`;

test('a judgment of AI output that nobody measures is a fault, one for the workflow', () => {
  const [finding] = check(`
aiwf: 1
workflow: w
  #       ^ warning improvement/override-rate-monitored: Nobody measures how often 'check' overrules the AI, nor how long 'check' takes. Add metrics of the kind 'override-rate' and 'review-time' with a lower and an upper bound.
accountable: owner
use: [./people.aiwf.yaml]
${flow}`);
  assert.deepEqual(
    finding?.witness.map(({ step, note }) => `${step}: ${note}`),
    ["draft: the AI writes 'letter'", "check: judges 'letter', which an AI made, and is not measured"],
  );
});

test('each of the two measures can be missing', () => {
  check(`${head}${stores}metrics: [${metric('override-rate', 'check')}]
#^^^^^^ improvement/override-rate-monitored: Nobody measures how long 'check' takes. Add a metric of the kind 'review-time'
${flow}`);
  check(`${head}${stores}metrics: [${metric('review-time', 'workflow', '[2m, 20m]')}, ${metric('override-rate', 'again')}]
#^^^^^^ improvement/override-rate-monitored: Nobody measures how often 'check' overrules the AI. Add a metric of the kind 'override-rate'
${flow}`);
});

test('AI output that comes by an error, a fallback or a long way round is judged as well', () => {
  check(
    `${head}${stores}metrics: [${metric('review-time', 'workflow')}, ${metric('override-rate', 'check')}]
#^^^^^^ improvement/override-rate-monitored: Nobody measures how often 'decide' overrules the AI
defaults: { accepts: quick, on: { error: rescue, unavailable: rescue } }
start: { next: write }
steps:
  write: { task: Write, by: erp, writes: [offer], on: { error: rescue }, next: decide }
  rescue: { task: Rescue, by: bot, mode: ai-executed, writes: [claim], on: { error: decide, unavailable: decide }, next: merge }
  merge: { task: Merge, by: erp, reads: [claim], writes: [offer], next: decide }
  decide: { decision: Decide, by: clerk, reviews: [offer], outcomes: [yes, no], next: finish }
  finish: { end: Finished }
`.replace(`, ${metric('override-rate', 'check')}`, ''),
  );
});

test('an AI of a library is judged like one of this file', () => {
  check(`
aiwf: 1
workflow: w
  #       ^ improvement/override-rate-monitored: Nobody measures how often 'check' overrules the AI
accountable: owner
use: [./people.aiwf.yaml, ./more.aiwf.yaml]
${flow.replace('by: bot', 'by: writer')}
#- more.aiwf.yaml
aiwf: 1
library: more
actors: { writer: { kind: agent, sponsor: boss }, boss: { kind: human, holders: 1 } }
`);
});

test('a rate that is only bounded on one side alerts nobody on the other', () => {
  check(`${head}${stores}metrics:
  - ${metric('review-time', 'check')}
  - { id: rate, kind: override-rate, of: check, source: log, target: [0%, 30%], owner: owner, on-breach: owner }
  #                                                                  ^^^^^^^^^ improvement/override-rate-monitored: The target of 'rate' has no lower bound, so people who only agree are not seen. Set a lower and an upper one, such as [3%, 30%].
  - { id: more, kind: override-rate, of: check, source: log, target: [3%, 100%], owner: owner, on-breach: owner }
  #                                                                  ^^^^^^^^^^ improvement/override-rate-monitored: The target of 'more' has no upper bound, so an AI that is no help is not seen.
  - { id: all, kind: override-rate, of: check, source: log, target: [0, 1], owner: owner, on-breach: owner }
  #                                                                 ^^^^^^ improvement/override-rate-monitored: The target of 'all' has no lower or upper bound
  - { id: one, kind: override-rate, of: check, source: log, target: [5%], owner: owner, on-breach: owner }
  #                                                                 ^^^^ improvement/override-rate-monitored: The target of 'one' has no upper bound
  - { id: odd, kind: override-rate, of: check, source: log, target: [few, many], owner: owner, on-breach: owner }
${flow}`);
});

test('what people wrote, what only people judged before, and reviews by others than people need no measure', () => {
  check(`${head}defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: write }
steps:
  write: { task: Write, by: [clerk, bot], mode: collaborative, decides: clerk, writes: [letter], next: check }
  check: { approval: Check, by: lead, covers: [letter], on: { approve: draft, modify: draft, reject: finish } }
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [offer], next: look }
  look: { review: Look, by: helper, mode: ai-executed, reviews: [offer], next: rewrite }
  rewrite: { task: Rewrite, by: clerk, reads: [offer], writes: [letter], next: confirm }
  confirm: { approval: Confirm, by: lead, covers: [letter], on: { approve: ask, modify: finish, reject: finish } }
  ask: { approval: Ask, by: customer, covers: [offer], on: { approve: finish, modify: finish, reject: finish } }
  finish: { end: Finished }
`);
});

test('measures of the workflow or of a scope hold for the judgments inside; half-typed ones may be the missing one', () => {
  for (const metrics of [
    `[${metric('override-rate', 'workflow')}, ${metric('review-time', 'check', '[2, 20]')}]`,
    `[${metric('override-rate', '[check, again]', '[3/100, 1/4]')}, ${metric('review-time', '[again, check]')}]`,
    '[{ id: x, kind: }]',
    '',
  ])
    check(`${head}${stores}metrics: ${metrics}\n${flow}`, { only: ['improvement/override-rate-monitored'] });
});

test('the metrics are added beside those there are', () => {
  assert.equal(
    fixed(`${head}${stores}metrics:\n  - { id: overruled, kind: cost } # ours\n${flow}`, 'Add metrics to begin with'),
    `+   - { id: overruled-2, kind: override-rate, of: [check], source: log, target: [3%, 30%], owner: owner, on-breach: owner }
+   - { id: time-to-judge, kind: review-time, of: [check], source: log, target: [2m, 30m], owner: owner, on-breach: owner }`,
  );
});

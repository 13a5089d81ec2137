// handoff/escalation-dead-end: every escalation ends at a person who is there, may decide, and has not had the work before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed, findingsOf } = forRules('handoff/escalation-dead-end');

const rest = `  sent: { end: Sent }
`;

test('an escalation that ends at a machine, a supplier or an empty role ends at nobody', () => {
  check(`${head}actors: { night-desk: { kind: human, holders: 0 }, nobody-yet: { kind: human, holders: [] } }
start: { next: one }
steps:
  one: { task: One, by: clerk, within: 1d, escalate: [{ to: lead, after: 2h }, { to: bot, after: 4h }], next: two, on: { timeout: two } }
  #                                                                                  ^^^ error handoff/escalation-dead-end: 'one' escalates to 'bot', who is of the kind 'agent' and no person. Let the last escalation go to a person who can act.
  two: { task: Two, by: clerk, within: 1d, escalate: [{ to: shop, after: 2h }], next: three, on: { timeout: three } }
  #                                                         ^^^^ handoff/escalation-dead-end: 'two' escalates to 'shop', who is of the kind 'vendor' and no person
  three: { task: Three, by: clerk, within: 1d, escalate: [{ to: night-desk, after: 2h }], next: four, on: { timeout: four } }
  #                                                             ^^^^^^^^^^ handoff/escalation-dead-end: 'three' escalates to 'night-desk', and nobody holds that role
  four: { task: Four, by: clerk, within: 1d, escalate: [{ to: nobody-yet, after: 2h }], next: sent, on: { timeout: sent } }
  #                                                           ^^^^^^^^^^ handoff/escalation-dead-end: 'four' escalates to 'nobody-yet', and nobody holds that role
${rest}`);
});

test('who had the work before does not get it again: the performer, someone earlier in the chain, the same person', () => {
  check(`${head}actors: { boss: { kind: human, holders: [ada] }, deputy: { kind: human, holders: [ada] } }
start: { next: one }
steps:
  one: { task: One, by: clerk, escalate: [{ to: clerk, after: 2h }], next: two }
  #                                             ^^^^^ handoff/escalation-dead-end: 'one' escalates to 'clerk', who had the work already
  two: { task: Two, by: clerk, escalate: [{ to: lead, after: 2h }, { to: owner, after: 4h }, { to: lead, after: 6h }], next: three }
  #                                                                                                ^^^^ handoff/escalation-dead-end: 'two' escalates to 'lead', who had the work already
  three: { task: Three, by: boss, escalate: [{ to: deputy, after: 2h }], next: sent }
  #                                                ^^^^^^ handoff/escalation-dead-end: 'three' escalates to 'deputy', who is the same person as 'boss'
${rest}`);
});

test('the last one may decide what the step is there to decide', () => {
  check(`${head}actors: { chief: { kind: human, holders: 1, authority: { approve: false, refund: true } } }
start: { next: one }
steps:
  one: { approval: One, by: lead, covers: [letter], escalate: [{ to: chief, after: 2h }], on: { approve: two, modify: two, reject: two } }
  #                                                                  ^^^^^ handoff/escalation-dead-end: 'one' escalates to 'chief', who has no authority to approve
  two: { decision: Two, by: lead, outcomes: [pay, deny], escalate: [{ to: chief, after: 2h }], next: three, on: { deny: three } }
  #                                                                       ^^^^^ handoff/escalation-dead-end: 'two' escalates to 'chief', who has no authority to pay or deny
  three: { decision: Three, by: lead, outcomes: [refund, deny], escalate: [{ to: chief, after: 2h }], next: four, on: { deny: four } }
  four: { task: Four, by: lead, escalate: [{ to: chief, after: 2h }], next: sent }
${rest}`);
});

test('the last one comes to work before the time is over, by imported calendars', () => {
  const text = (step: string) => `aiwf: 1
workflow: w
accountable: chief
use: [./desk.aiwf.yaml]
start: { next: one }
steps:
  ${step}
  sent: { end: Sent }
#- desk.aiwf.yaml
aiwf: 1
library: desk
calendars:
  office: { days: mon-fri, hours: 08:00-18:00 }
  night: { days: mon-sun, hours: 20:00-24:00 }
actors:
  chief: { kind: human, holders: 1, calendar: office }
  clerk: { kind: human, holders: 1, calendar: office }
  watch: { kind: human, holders: 4 }
  night-watch: { kind: human, holders: 2, calendar: night }
`;
  const on = 'next: sent, on: { timeout: sent }';
  check(
    text(`one: { task: One, by: watch, within: 8h, escalate: [{ to: chief, after: 2h }], ${on} }
  #                                                         ^^^^^ handoff/escalation-dead-end: 'one' escalates to 'chief', who works in 'office' and may not come to work in the 6h that are left`),
  );
  check(
    text(`one: { task: One, by: night-watch, within: 2h, escalate: [{ to: chief, after: 1h }], ${on} }
  #                                                               ^^^^^ handoff/escalation-dead-end: 'one' escalates to 'chief', who works in 'office' and may not come to work in what is left of 'night'`),
  );
  check(text(`one: { task: One, by: watch, within: 4d, escalate: [{ to: chief, after: 1d }], ${on} }`));
  check(text(`one: { task: One, by: clerk, within: 2h, escalate: [{ to: chief, after: 1h }], ${on} }`));
  check(text(`one: { task: One, by: night-watch, within: 5d, escalate: [{ to: chief, after: 1h }], ${on} }`));
  check(text(`one: { task: One, by: watch, escalate: [{ to: chief, after: 1h }], next: sent }`));
});

test('a time limit that ends the work as failed tells a person', () => {
  const [finding] = check(`${head}
start: { next: ask }
steps:
  ask: { task: Ask, by: clerk, within: 1d, next: listen, on: { timeout: given-up } }
  listen: { wait: Listen, until: answer, within: 9d, next: sent, on: { timeout: given-up } }
  given-up: { end: Given up, outcome: failed, informed: [bot, customer] }
  #                                   ^^^^^^ error handoff/escalation-dead-end: The time of 'ask' runs out, the work ends at 'given-up', and no person is told. Name a person under 'informed'.
${rest}`);
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['ask', 'given-up'],
  );
});

test('a circle of time limits is an escalation to nobody, and said once', () => {
  check(
    `${head}
start: { next: one }
steps:
  one: { task: One, by: clerk, within: 1d, next: sent, on: { timeout: two } }
  two: { task: Two, by: lead, within: 1d, next: sent, on: { timeout: one } }
  #                                                                  ^^^ error handoff/escalation-dead-end: When time runs out, work goes round one -> two -> one and stays with nobody.
${rest}`,
    { rules: ['handoff/escalation-dead-end', 'flow/unbounded-loop'] },
  );
});

test('silent: chains that end at someone who can act; ends that did not fail, or tell a team or someone not declared', () => {
  check(`${head}
start: { next: one }
steps:
  one: { task: One, by: bot, mode: ai-executed, within: 1d, escalate: [{ to: helper, after: 1h }, { to: lead, after: 2h }], next: two, on: { timeout: closed, error: closed, unavailable: closed } }
  two: { task: Two, by: clerk, within: 1d, escalate: [{ to: office, after: 2h }], next: three, on: { timeout: failed } }
  three: { wait: Listen, until: answer, within: 9d, next: sent, on: { timeout: closed } }
  closed: { end: Closed, outcome: cancelled }
  failed: { end: Failed, outcome: failed, informed: [office] }
  unused: { end: Unused, outcome: failed }
${rest}`);
  check(`${head}
start: { next: one }
steps:
  one: { task: One, by: clerk, within: 1d, next: sent, on: { timeout: failed } }
  failed: { end: Failed, outcome: failed, informed: [nobody] }
  #                                                  ^^^^^^ structure/unresolved-reference
${rest}`);
});

test('half-typed escalations are left to others', () => {
  for (const escalate of [
    '[]',
    '[{ after: 2h }]',
    '[{ to: nobody, after: 2h }]',
    '{ to: lead }',
    '[{ to: lead, after: claim.amount }]',
  ])
    assert.deepEqual(
      findingsOf(`${head}
start: { next: one }
steps:
  one: { task: One, by: clerk, escalate: ${escalate}, next: sent }
${rest}`).filter(({ rule }) => rule.startsWith('handoff/')),
      [],
      escalate,
    );
});

test('whoever answers for the work has it last, or is told', () => {
  assert.equal(
    fixed(
      `${head}
start: { next: one }
steps:
  one:
    task: One
    by: clerk
    within: 1d
    escalate: # quickly
      - { to: bot, after: 2h } # first
    next: sent
    on: { timeout: sent }
${rest}`,
      "Let 'owner' have it last",
    ),
    `+       - { to: owner, after: 4h }`,
  );
  assert.equal(
    fixed(
      `${head}
start: { next: one }
steps:
  one: { task: One, by: clerk, within: 1d, next: sent, on: { timeout: failed } }
  failed: { end: Failed, outcome: failed } # for now
${rest}`,
      "Tell 'owner'",
    ),
    `-   failed: { end: Failed, outcome: failed } # for now
+   failed: { end: Failed, outcome: failed, informed: [owner] } # for now`,
  );
});

test('behind a failed end inside a scope the work goes on where somebody says so', () => {
  const text = (on: string, mark: string) => `${head}
start: { next: work }
steps:
  work:
    scope: Work
    start: write
    steps:
      write: { task: Write, by: clerk, within: 1d, next: written, on: { timeout: late } }
      written: { end: Written }
      late: { end: Too late, outcome: failed }
${mark}    on: { failed: ${on} }
    next: finish
  look: { task: Look, by: lead, next: finish }
  gone: { end: Gone, outcome: failed }
  finish: { end: Finished }
`;
  check(text('look', ''));
  check(
    text(
      'gone',
      "      #                               ^^^^^^ handoff/escalation-dead-end: The time of 'write' runs out\n",
    ),
  );
});

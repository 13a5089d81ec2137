// accountability/waiver-expiry: a waiver ends on its day, and nobody approves one for their own work.
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check } = forRules('accountability/waiver-expiry');

const flow = `start: { next: work }
steps:
  work: { task: Work, by: clerk, next: finish }
  finish: { end: Finished }
`;

test('a waiver that has run out is a fault, from the day after its last one', () => {
  check(`${head}waivers:
  - { rule: flow/unbounded-loop, at: work, reason: soon gone, owner: owner, approved-by: lead, expires: 2026-11-22 }
  #                                                                                                     ^^^^^^^^^^ accountability/waiver-expiry: The waiver of 'flow/unbounded-loop' at 'work' ended on 2026-11-22. Mend what it is about, or have a new one approved.
  - { rule: flow/unbounded-loop, at: finish, reason: soon gone, owner: owner, approved-by: lead, expires: 2026-11-23 }
  - { rule: data/clearance, at: work, reason: soon gone, owner: owner, approved-by: lead, expires: 2027-01-31 }
${flow}`);
});

test('whoever owns a waiver does not approve it', () => {
  check(`${head}waivers:
  - { rule: flow/unbounded-loop, at: workflow, reason: soon gone, owner: lead, approved-by: lead, expires: 2027-01-31 }
  #                                                                                         ^^^^ accountability/waiver-expiry: The waiver of 'flow/unbounded-loop' at 'workflow' is approved by 'lead', who answers for it. Let someone else approve it.
  - { rule: flow/unbounded-loop, at: workflow, reason: soon gone, owner: Anna Berg, approved-by: Anna Berg, expires: 2027-01-31 }
  #                                                                                              ^^^^^^^^^ accountability/waiver-expiry: is approved by 'Anna Berg', who answers for it
${flow}`);
});

test('whoever does the work, or is what the finding is about, does not approve it either', () => {
  check(`${head}waivers:
  - { rule: flow/unbounded-loop, at: work, reason: soon gone, owner: owner, approved-by: clerk, expires: 2027-01-31 }
  #                                                                                      ^^^^^ accountability/waiver-expiry: The waiver of 'flow/unbounded-loop' at 'work' is approved by 'clerk', who does the work there. Let someone else approve it.
  - { rule: oversight/review-capacity, at: "actor:lead", reason: soon gone, owner: owner, approved-by: lead, expires: 2027-01-31 }
  #                                                                                                    ^^^^ accountability/waiver-expiry: is approved by 'lead', who is the one it is about there
${flow}`);
});

test('a waiver with two faults is said once: when it has run out, nobody has to approve it', () => {
  check(`${head}waivers: { rule: flow/unbounded-loop, at: work, reason: gone, owner: clerk, approved-by: clerk, expires: 2026-01-01 }
  #                                                                                                      ^^^^^^^^^^ accountability/waiver-expiry: ended on 2026-01-01
${flow}`);
});

test('an actor of a library who does the work is known', () => {
  check(`
aiwf: 1
workflow: w
accountable: owner
use: [./people.aiwf.yaml, ./more.aiwf.yaml]
waivers: [{ rule: data/clearance, at: inner, reason: gone, owner: owner, approved-by: packer, expires: 2027-01-01 }]
  #                                                                                   ^^^^^^ accountability/waiver-expiry: is approved by 'packer', who does the work there
start: { next: hold }
steps:
  hold: { scope: Hold, start: inner, steps: { inner: { task: Inner, by: [clerk, packer] } }, next: finish }
  finish: { end: Finished }
#- more.aiwf.yaml
aiwf: 1
library: more
actors: { packer: { kind: human, holders: 2 } }
`);
});

test('without a day to judge by nothing has run out; what a waiver lacks is said of the text; others may approve', () => {
  check(`${head}waivers:
  - { rule: flow/unbounded-loop, at: nowhere, reason: gone, owner: owner, approved-by: clerk, expires: 2027-01-01 }
  - { rule: flow/unbounded-loop, at: "data:claim", reason: gone, owner: owner, approved-by: clerk, expires: 2027-01-01 }
${flow}`);
  check(
    `${head}waivers: [{ rule: flow/unbounded-loop, at: , owner: , approved-by: , expires: soon }, { approved-by: clerk }, {}]
${flow}`,
    { only: ['accountability/waiver-expiry'] },
  );
});

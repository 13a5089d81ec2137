// Whoever judges has the authority for every outcome and every value that can come to them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('accountability/authority-limit');

const actors = `
actors:
  junior: { kind: human, holders: 3, authority: { approve: claim.amount <= 2000, modify: true, reject: true } }
  senior: { kind: human, holders: 2, authority: { approve: claim.amount <= 50000, modify: true, reject: true } }
  director: { kind: human, holders: 1 }
start: { gives: [claim], next: first }
`;
const ends = 'on: { approve: done, modify: done, reject: done }';
const steps = `${actors}steps:
  done: { end: Done }
  check: { approval: Check, by: junior, covers: [claim], ${ends} }`;

test('more than the approver may approve can come there', () => {
  check(`${head}${steps.replace(/\n {2}check.*/, '')}
  first: { approval: Check, by: junior, covers: [claim], ${ends} }
  #                             ^^^^^^ error accountability/authority-limit: 'junior' has authority for 'approve' only where 'claim.amount <= 2000', and on one path 'claim.amount' is above 2000. Split the branch in front of 'first' at the limit
`);
});

test('a branch that is too wide, and the witness is the way over it', () => {
  const [finding] = check(`${head}${steps}
  #                             ^^^^^^ accountability/authority-limit: 'claim.amount' is above 2000 and 5000 or less
  first: { route: R, next: [{ when: claim.amount <= 5000, to: check }, { else: done }] }
`);
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['start', 'first', 'check'],
  );
});

test('an exceptional edge brings what the branches kept away', () => {
  const [finding] = check(`${head}${steps}
  #                             ^^^^^^ accountability/authority-limit: 'claim.amount' is above 2000
  first: { route: R, next: [{ when: claim.amount <= 2000, to: check }, { else: look }] }
  look: { approval: Look, by: director, covers: [claim], within: 1d, on: { approve: done, modify: done, reject: done, timeout: check } }
`);
  assert.equal(finding?.witness.at(-1)?.edge?.label, 'timeout');
});

test('a value that is written again after the branch', () => {
  check(`${head}${steps}
  #                             ^^^^^^ accountability/authority-limit
  first: { route: R, next: [{ when: claim.amount <= 2000, to: assess }, { else: done }] }
  assess: { task: Assess, by: clerk, writes: [claim], next: check }
`);
});

test('an outcome that the authority does not include', () => {
  check(`${head}
actors:
  nurse: { kind: human, authority: { grant: true, refer: false } }
  aide: { kind: human, authority: { approve: true } }
start: { next: decide }
steps:
  decide: { decision: Decide, by: nurse, subject: customer, outcomes: [grant, deny, refer], on: { grant: check, deny: done, refer: done } }
  #                               ^^^^^ error accountability/authority-limit: 'decide' can end with 'deny' and 'refer', which the authority of 'nurse' does not include. Add it to 'authority', or let someone else judge.
  check: { approval: Check, by: clerk, covers: [claim], escalate: [{ to: aide, after: 1h }], ${ends} }
  #                                                                      ^^^^ accountability/authority-limit: 'modify' and 'reject'
  done: { end: Done }
`);
});

test('a decision that is carried out on the approval of someone who may not take it', () => {
  check(`${head}
actors: { nurse: { kind: human, authority: { approve: true, modify: true, reject: true } } }
start: { next: check }
steps:
  check: { approval: Check, by: nurse, covers: [claim], on: { approve: deny, modify: done, reject: done } }
  #                             ^^^^^ accountability/authority-limit: 'deny' decides 'refuse' on the approval of 'nurse', whose authority does not include it.
  deny: { task: Deny, by: erp, effects: [{ kind: decision, subject: customer, outcome: refuse, adverse: true, uses: [claim] }], on: { error: done }, next: done }
  done: { end: Done }
`);
});

test('a backup and an escalation need authority of their own, and an escalation a larger one', () => {
  check(`${head}
actors:
  junior: { kind: human, backup: trainee, authority: { approve: claim.amount <= 2000, modify: true, reject: true } }
  trainee: { kind: human, authority: { approve: claim.amount <= 100, modify: true, reject: true } }
  peer: { kind: human, authority: { approve: claim.amount <= 2000, modify: true, reject: true } }
  senior: { kind: human, authority: { approve: claim.amount <= 50000, modify: true, reject: true } }
start: { next: first }
steps:
  first: { route: R, next: [{ when: claim.amount <= 2000, to: check }, { else: done }] }
  check:
    approval: Check
    by: junior
    #   ^^^^^^ accountability/authority-limit: 'trainee' has authority for 'approve' only where 'claim.amount <= 100'
    covers: [claim]
    escalate: [{ to: peer, after: 1h }, { to: senior, after: 2h }]
    #                ^^^^ accountability/authority-limit: 'check' escalates from 'junior' to 'peer', whose authority for 'approve' is not larger.
    ${ends}
  done: { end: Done }
`);
});

test('an imported role, whose limit is about data of this workflow', () => {
  check(`${head.replace(']', ', ./roles.aiwf.yaml]')}
start: { next: first }
steps:
  first: { approval: Check, by: buyer, covers: [bill], ${ends} }
  #                             ^^^^^ accountability/authority-limit: 'bill.sum' is above 100
  done: { end: Done }
#- roles.aiwf.yaml
aiwf: 1
library: roles
actors: { buyer: { kind: human, authority: { approve: bill.sum <= 100, modify: true, reject: true } } }
data: { bill: { fields: { sum: number } } }
`);
});

test('silent: the conditions on every way keep to the limit', () => {
  check(`${head}${steps}
  first: { route: R, next: [{ when: claim.amount > 2000, to: second }, { else: check }] }
  second: { route: R, next: [{ when: claim.amount <= 50000 && claim.story != "", to: big }, { else: huge }] }
  big: { approval: Check, by: senior, covers: [claim], ${ends} }
  huge: { approval: Check, by: director, covers: [claim], ${ends} }
`);
});

test('silent: the bounds of the data, a condition of the start, what was accepted or ensured', () => {
  check(`${head}
actors:
  junior: { kind: human, authority: { approve: bill.sum <= 2000, modify: true, reject: true } }
  payer: { kind: human, authority: { approve: claim.amount <= 10, modify: true, reject: true } }
data: { bill: { fields: { sum: { type: number, maximum: 2000 } } } }
start: { when: claim.amount <= 10, next: first }
steps:
  first: { approval: Check, by: junior, covers: [bill], on: { approve: pay, modify: pay, reject: done } }
  pay: { approval: Pay, by: payer, covers: [claim], ${ends} }
  done: { end: Done }
`);
});

test('silent: no authority stated, a review, and an AI that helps', () => {
  check(`${head}
actors: { junior: { kind: human, authority: { approve: claim.amount <= 2000 } } }
start: { next: first }
steps:
  first: { review: Look, by: junior, reviews: [claim], on: { approve: second, modify: second, reject: done } }
  second: { approval: Check, by: clerk, covers: [claim], ${ends} }
  done: { end: Done }
`);
});

test('silent: where parallel branches meet, what each of them let through holds', () => {
  check(`${head}${steps.replace('approval: Check', 'approval: Check, join: all')}
  first: { route: R, next: { all: [amount, story] } }
  amount: { route: A, next: [{ when: claim.amount <= 2000, to: check }, { else: stop-it }] }
  story: { task: Read the story, by: clerk, reads: [claim], next: check }
  stop-it: { end: Too much, terminate: true }
`);
});

test('silent: the data is another than that of the limit only in name, since someone ensures it', () => {
  check(`${head}
actors: { junior: { kind: human, authority: { approve: offer.amount <= 2000, modify: true, reject: true } } }
start: { next: first }
steps:
  first: { route: R, next: [{ when: claim.amount <= 2000, to: write }, { else: done }] }
  write: { task: Write, by: clerk, reads: [claim], writes: [offer], ensures: [offer.amount == claim.amount], next: check }
  check: { approval: Check, by: junior, covers: [offer], ${ends} }
  done: { end: Done }
`);
});

test('unknown: the step does not cover the data, or writes it itself', () => {
  check(`${head}${actors}steps:
  first: { approval: Check, by: junior, covers: [offer], on: { approve: second, modify: done, reject: done } }
  #                             ^^^^^^ info accountability/authority-limit?: 'covers' does not name that data. Add it to 'covers'.
  second: { approval: Check, by: junior, writes: [claim], covers: [claim], ${ends} }
  #                              ^^^^^^ accountability/authority-limit?: the step writes that data itself
  done: { end: Done }
`);
});

test('unknown: a condition on the way that is not understood, or data that is not declared', () => {
  check(`${head}
actors:
  junior: { kind: human, authority: { approve: claim.amount <= 2000, modify: true, reject: true } }
  writer: { kind: human, authority: { approve: letter.pages <= 2, modify: true, reject: true } }
start: { next: first }
steps:
  first: { route: R, next: [{ when: claim.amount <= 2 * offer.amount, to: check }, { else: done }] }
  check: { approval: Check, by: junior, covers: [claim], on: { approve: post, modify: done, reject: done } }
  #                             ^^^^^^ accountability/authority-limit?: cannot all be decided. Guard the path with it.
  post: { approval: Post, by: writer, covers: [letter], ${ends} }
  #                           ^^^^^^ accountability/authority-limit?
  done: { end: Done }
`);
});

test('silent where the limit cannot be read: that is said there', () => {
  check(`${head}
actors: { junior: { kind: human, authority: { approve: claim.amonut <= 2000, modify: true, reject: true } } }
#                                                            ^^^^^^ language/condition
start: { next: first }
steps:
  first: { approval: Check, by: junior, covers: [claim], ${ends} }
  done: { end: Done }
`);
});

test('the fix splits the branch at the limit, where someone else may approve the rest', () => {
  const title = "Lead what 'junior' may not approve to 'approve-large'";
  const large = `  approve-large: { approval: Approve, by: director, covers: [claim], ${ends} } # by hand`;
  assert.equal(
    fixed(
      `${head}${steps}
${large}
  first: { task: Assess, by: clerk, writes: [claim], next: check } # the amount
`,
      title,
    ),
    `-   first: { task: Assess, by: clerk, writes: [claim], next: check } # the amount
+   first: { task: Assess, by: clerk, writes: [claim], next: [{ when: claim.amount <= 2000, to: check }, { else: approve-large }] } # the amount`,
  );
  assert.equal(
    fixed(
      `${head}${steps}
${large}
  first:
    route: R
    next:
      - when: claim.story == "x"
        to: done
      - else: check
`,
      title,
    ),
    `-       - else: check
+       - else: [{ when: claim.amount <= 2000, to: check }, { else: approve-large }]`,
  );
});

test('no fix where nobody may approve the rest', () => {
  const [finding] = check(`${head}${steps}
  #                             ^^^^^^ accountability/authority-limit
  first: { task: Assess, by: clerk, writes: [claim], next: check }
  other: { approval: Check, by: senior, covers: [claim], ${ends} }
`);
  assert.deepEqual(finding?.fixes, []);
});

// agent/untrusted-to-irreversible: untrusted data is validated or approved before an AI acts on it for good.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed, findingsOf } = forRules('agent/untrusted-to-irreversible');

const begin = `${head}
defaults: { accepts: quick, on: { error: finish, unavailable: finish, timeout: finish } }
data:
  invoice: { class: internal, trust: untrusted, fields: { iban: string, amount: number } }
  payment: { class: internal, fields: { iban: string, amount: number } }
  note: { class: internal }
  supplier: { class: internal, trusted-record: true, trust: trusted }
`;

test('what an AI reads out of untrusted data does not decide about money or anything that cannot be taken back', () => {
  const [finding] = check(`${begin}
start: { from: shop, gives: [invoice], next: read }
steps:
  read: { task: Read, by: bot, mode: ai-executed, reads: [invoice], writes: [payment], next: pay }
  pay: { task: Pay, by: erp, effects: [{ kind: payment, amount: payment.amount, uses: [payment] }, { kind: delete, irreversible: true, uses: [note] }], next: finish }
  #                                            ^^^^^^^ agent/untrusted-to-irreversible: 'payment', made of 'invoice', which cannot be relied on, goes into the payment of 'pay' by way of an AI. Add 'validates' for it to a step before that is no AI, or let a person approve exactly [payment].
  finish: { end: Finished }
`);
  assert.deepEqual(
    finding?.witness.map(({ step, note }) => `${step}: ${note}`),
    ["start: 'invoice' cannot be relied on", 'read: ', "pay: 'payment' goes into it"],
  );
});

test('an AI that reads untrusted data decides whether to act, whatever it acts with', () => {
  check(`${begin}
start: { from: shop, gives: [invoice, note], next: clean-up }
steps:
  clean-up: { task: Clean up, by: bot, mode: ai-executed, reads: [invoice, note], effects: [{ kind: delete, irreversible: true, uses: [supplier] }], next: finish }
  #                                                                                                 ^^^^^^ agent/untrusted-to-irreversible: The AI 'bot' reads 'invoice' in 'clean-up', which cannot be relied on, and decides on the delete there.
  finish: { end: Finished }
`);
});

test('a validation that some path goes around does not count there: an error, a timeout, an AI that checks itself', () => {
  check(`${begin}
start: { from: shop, gives: [invoice], next: read }
steps:
  read: { task: Read, by: bot, mode: ai-executed, reads: [invoice], validates: [invoice], writes: [payment], next: check }
  check: { task: Check, by: erp, validates: [{ data: payment, against: supplier }], within: 1h, on: { error: pay, timeout: finish }, next: pay }
  pay: { task: Pay, by: erp, effects: [{ kind: payment, uses: [payment] }], next: finish }
  #                                            ^^^^^^^ agent/untrusted-to-irreversible
  finish: { end: Finished }
`);
});

test('a policy that admits the payment does not make its data trusted', () => {
  check(`${begin}
policies: { small: { admits: [payment] } }
start: { from: shop, gives: [invoice], next: read }
steps:
  read: { task: Read, by: bot, mode: ai-executed, reads: [invoice], writes: [payment], next: pay }
  pay: { task: Pay, by: erp, effects: [{ kind: payment, uses: [payment], admitted-by: small }], next: finish }
  #                                            ^^^^^^^ agent/untrusted-to-irreversible
  finish: { end: Finished }
`);
});

test('silent: validated, approved, made by people, harmless, or passed on with what a person approved', () => {
  check(`${begin}
start: { from: shop, gives: [invoice], next: read }
steps:
  read: { task: Read, by: bot, mode: ai-executed, reads: [invoice], writes: [payment, note], effects: [{ kind: record, uses: [payment] }], next: check }
  check: { task: Check, by: erp, validates: [{ data: payment.iban, against: supplier }], next: approve }
  approve: { approval: Approve, by: lead, covers: [payment.amount], on: { approve: pay, modify: finish, reject: finish } }
  pay: { task: Pay, by: erp, effects: [{ kind: payment, amount: payment.amount, uses: [payment] }], next: by-hand }
  by-hand: { task: Pay by hand, by: clerk, reads: [invoice], writes: { letter: [invoice] }, effects: [{ kind: payment, uses: [letter, invoice] }], next: confirm }
  confirm: { approval: Confirm, by: lead, covers: [note], on: { approve: send, modify: finish, reject: finish } }
  send: { task: Send, by: bot, mode: ai-executed, reads: [invoice, note], effects: [{ kind: message, to: shop, irreversible: true, uses: [note] }], next: finish }
  finish: { end: Finished }
`);
});

test('data from outside of which nobody says whether it can be relied on is asked about, once', () => {
  check(`${begin.replace('use: [./people.aiwf.yaml]', 'use: [./people.aiwf.yaml, ./forms.aiwf.yaml]')}
start: { from: customer, gives: [form, order], next: read }
steps:
  read: { task: Read, by: bot, mode: ai-executed, reads: [form, order], writes: { payment: [form], note: [order] }, next: pay }
  pay: { task: Pay, by: erp, effects: [{ kind: payment, uses: [payment] }], next: pay-again }
  #                                            ^^^^^^^ info agent/untrusted-to-irreversible?: Whether 'form' from 'customer' can be relied on is not declared, and an AI acts on it in the payment of 'pay'. Say 'trust: trusted' or 'trust: untrusted' where 'form' is declared.
  pay-again: { task: Pay, by: erp, effects: [{ kind: payment, uses: [payment] }, { kind: payment, uses: [note] }], next: finish }
  finish: { end: Finished }
#- forms.aiwf.yaml
aiwf: 1
library: forms
data:
  form: { class: internal }
  order: { class: internal, trust: trusted }
`);
});

test('untrusted data of a library is untrusted here', () => {
  check(`${begin.replace('use: [./people.aiwf.yaml]', 'use: [./people.aiwf.yaml, ./forms.aiwf.yaml]')}
start: { from: customer, gives: [form], next: read }
steps:
  read: { task: Read, by: bot, mode: ai-executed, reads: [form], writes: { payment: [form] }, next: pay }
  pay: { task: Pay, by: erp, effects: [{ kind: payment, uses: [payment] }], next: finish }
  #                                            ^^^^^^^ agent/untrusted-to-irreversible: made of 'form'
  finish: { end: Finished }
#- forms.aiwf.yaml
aiwf: 1
library: forms
data: { form: { class: internal, trust: untrusted } }
`);
});

test('nothing is said of what is half typed', () => {
  const text = `${begin}
start: { from: , gives: [invoice], next: read }
steps:
  read: { task: Read, by: bot, mode: ai-executed, reads: , writes: [payment], next: pay }
  pay: { task: Pay, by: erp, effects: [{ kind: payment, amount: , uses: [payment] }, { irreversible: }], next: finish }
`;
  assert.deepEqual(
    findingsOf(text).filter(({ rule }) => rule === 'agent/untrusted-to-irreversible'),
    [],
  );
});

test('where no human approves it either, the rule on approvals says it and names this one', () => {
  const { check: both } = forRules('agent/untrusted-to-irreversible', 'oversight/irreversible-unapproved');
  const [finding] = both(`${begin}
start: { from: shop, gives: [invoice], next: read }
steps:
  read: { task: Read, by: bot, mode: ai-executed, reads: [invoice], writes: [payment], next: pay }
  pay: { task: Pay, by: erp, effects: [{ kind: payment, irreversible: true, uses: [payment] }], next: finish }
  #                                            ^^^^^^^ oversight/irreversible-unapproved
  finish: { end: Finished }
`);
  assert.deepEqual(
    finding?.also?.map(({ rule }) => rule),
    ['agent/untrusted-to-irreversible'],
  );
});

test('the fix lets a person approve what goes out', () => {
  assert.match(
    fixed(
      `${begin}
start: { from: shop, gives: [invoice], next: read }
steps:
  read: { task: Read, by: bot, mode: ai-executed, reads: [invoice], writes: [payment], next: pay }
  pay: { task: Pay, by: erp, effects: [{ kind: payment, uses: [payment] }], next: finish } # monthly
  finish: { end: Finished }
`,
      "Let 'owner' approve it first",
    ),
    /\+ {3}approve-pay:\n\+ {5}approval: Approve what 'pay' does\n\+ {5}by: owner\n\+ {5}covers: \[payment\]/,
  );
});

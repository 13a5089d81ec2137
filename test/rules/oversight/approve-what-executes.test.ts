// oversight/approve-what-executes: what a human approves is exactly what takes effect.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check: checkText, fixed, findingsOf } = forRules('oversight/approve-what-executes');

const frame = `${head}
defaults: { accepts: quick, on: { error: by-hand, unavailable: by-hand } }
data: { summary: { class: internal } }
start: { next: draft }
`;
const rest = `  by-hand: { task: By hand, by: owner, next: finish }
  finish: { end: Finished }
`;

/** Checks the steps between a start at `draft` and the steps `by-hand` and `finish`. */
function check(steps: string) {
  return checkText(`${frame}steps:${steps}${rest}`);
}

const approve = (covers: string) =>
  `check: { approval: Check, by: lead, covers: [${covers}], on: { approve: send, modify: by-hand, reject: by-hand } }`;
const send =
  'send: { task: Send, by: erp, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }';
const mark = '  #                                              ^^^^^^^ oversight/approve-what-executes';

test('a summary is not what goes out', () => {
  const [finding] = check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: sum-up }
  sum-up: { task: Sum up, by: bot, mode: ai-executed, writes: { summary: [letter] }, next: check }
  ${approve('summary')}
  ${send}
${mark}: 'check' approves 'summary', but the external message of 'send' uses 'letter', which nobody has approved: 'summary' is made from it. Let 'covers' of 'check' name [letter].
`);
  assert.deepEqual(
    finding?.witness.map(({ step, note }) => `${step}: ${note}`),
    ["check: 'summary' is approved", "send: uses 'letter', which nobody has approved"],
  );
});

test('nor is an earlier draft, another part, or what was written beside it', () => {
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [summary], next: check }
  check: { approval: Check, by: lead, covers: [summary], on: { approve: write, modify: by-hand, reject: by-hand } }
  write: { task: Write it out, by: bot, mode: ai-executed, writes: { letter: [summary] }, next: send }
  ${send}
${mark}: it is made from 'summary'
`);
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [offer], next: check }
  check: { approval: Check, by: lead, covers: [offer.text], on: { approve: pay, modify: by-hand, reject: by-hand } }
  pay: { task: Pay, by: erp, effects: [{ kind: payment, irreversible: true, amount: offer.amount }], next: finish }
  #                                            ^^^^^^^ oversight/approve-what-executes: 'check' approves 'offer.text', but the irreversible payment of 'pay' uses 'offer.amount', which nobody has approved: 'offer.text' is another part
`);
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: { letter: [claim], summary: [claim] }, next: check }
  ${approve('summary')}
  ${send}
${mark}: 'summary' is written beside it
`);
});

test('exactly that is approved on one way, and a summary of it on another', () => {
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: [{ when: offer.sure > 0.9, to: sum-up }, { else: other }] }
  other: { approval: Check it all, by: lead, covers: [letter], on: { approve: send, modify: by-hand, reject: by-hand } }
  sum-up: { task: Sum up, by: bot, mode: ai-executed, writes: { summary: [letter] }, next: check }
  ${approve('summary')}
  ${send}
${mark}: 'check' approves 'summary'
`);
  // The answers that lead to the wrong approval are no fault beside it.
  const all = forRules(
    'oversight/approve-what-executes',
    'oversight/irreversible-unapproved',
    'oversight/override-possible',
    'flow/timeout-fails-open',
  );
  const found = all.findingsOf(
    `${frame}steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: { letter: [claim], summary: [claim] }, next: other }
  other: { approval: Check it all, by: lead, covers: [letter], within: 1d, on: { approve: send, modify: check, reject: by-hand, timeout: check } }
  ${approve('summary')}
  ${send}
${rest}`,
  );
  assert.deepEqual(
    found.map(({ rule }) => rule),
    ['oversight/approve-what-executes'],
  );
  // What leads past both approvals is one.
  const past = all.findingsOf(
    `${frame}steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: { letter: [claim], summary: [claim] }, next: other }
  other: { approval: Check it all, by: lead, covers: [letter], within: 1d, on: { approve: send, modify: check, reject: by-hand, timeout: send } }
  ${approve('summary')}
  ${send}
${rest}`,
  );
  assert.deepEqual(
    past.map(({ rule }) => rule),
    ['flow/timeout-fails-open', 'oversight/approve-what-executes'],
  );
});

test('an AI that acts by itself, behind an exceptional edge, on data of an imported file', () => {
  checkText(`${frame.replace('./people.aiwf.yaml', './people.aiwf.yaml, ./data.aiwf.yaml')}steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: { memo: [claim], summary: [claim] }, next: finish, on: { error: check } }
  check: { approval: Check, by: lead, covers: [summary], on: { approve: send, modify: by-hand, reject: by-hand } }
  send: { task: Send, by: bot, mode: ai-executed, effects: [{ kind: message, external: true, uses: [memo] }], next: finish }
  #                                                                 ^^^^^^^ oversight/approve-what-executes: 'check' approves 'summary', but the external message of 'send' uses 'memo'
${rest}#- data.aiwf.yaml
aiwf: 1
library: data
data: { memo: { class: internal } }
`);
});

test('no fault: exactly that is approved, as a whole or field by field', () => {
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check }
  ${approve('letter')}
  ${send}
`);
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [offer], next: check }
  check: { approval: Check, by: lead, covers: [offer], on: { approve: pay, modify: by-hand, reject: by-hand } }
  pay: { task: Pay, by: erp, effects: [{ kind: payment, irreversible: true, amount: offer.amount }], next: finish }
`);
});

test('no fault: what is approved has nothing to do with it, or people wrote it', () => {
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check }
  ${approve('offer.amount')}
  ${send}
`);
  check(`
  draft: { task: Draft, by: clerk, writes: [letter], next: sum-up }
  sum-up: { task: Sum up, by: clerk, writes: { summary: [letter] }, next: check }
  ${approve('summary')}
  ${send}
`);
});

test('no fault: what a person ensures to equal what was approved', () => {
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [summary], next: check }
  check: { approval: Check, by: lead, covers: [summary], on: { approve: copy, modify: by-hand, reject: by-hand } }
  copy: { task: Copy, by: clerk, reads: [summary], writes: [letter], ensures: letter == summary, next: send }
  send: { task: Send, by: bot, mode: ai-executed, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
`);
});

test('while the approval names data that does not exist, only that is said', () => {
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check }
  check: { approval: Check, by: lead, covers: [sumary], on: { approve: send, modify: by-hand, reject: by-hand } }
  #                                            ^^^^^^ structure/unresolved-reference: No data 'sumary' is declared. Did you mean 'summary'?
  ${send}
`);
});

test('the general rule is folded into this one', () => {
  const both = forRules('oversight/approve-what-executes', 'oversight/irreversible-unapproved');
  const found = both.findingsOf(`${frame}steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: { letter: [claim], summary: [claim] }, next: check }
  ${approve('summary')}
  ${send}
${rest}`);
  assert.deepEqual(
    found.map(({ rule, also }) => [rule, ...(also ?? []).map((folded) => folded.rule)]),
    [['oversight/approve-what-executes', 'oversight/irreversible-unapproved']],
  );
});

test('the fix lets the approval cover what goes out, where that is there already', () => {
  const text = (next: string, more = '') => `${frame}steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: { letter: [claim], summary: [claim] }, next: check }
  check: { approval: Check, by: lead, covers: [summary], on: { approve: ${next}, modify: by-hand, reject: by-hand } } # short
${more}  ${send}
${rest}`;
  assert.equal(
    fixed(text('send'), "Let 'check' cover 'letter' as well"),
    `-   check: { approval: Check, by: lead, covers: [summary], on: { approve: send, modify: by-hand, reject: by-hand } } # short
+   check: { approval: Check, by: lead, covers: [summary, letter], on: { approve: send, modify: by-hand, reject: by-hand } } # short`,
  );
  const later = text(
    'polish',
    '  polish: { task: Polish, by: bot, mode: ai-executed, writes: [letter], next: send }\n',
  );
  assert.deepEqual(
    findingsOf(later).map(({ fixes }) => fixes.length),
    [0],
  );
});

// oversight/override-possible: whoever judges what an AI made can change and refuse it, and only what is approved counts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check: checkText, fixed, findingsOf } = forRules('oversight/override-possible');

const frame = `${head}
defaults: { accepts: quick, on: { error: by-hand, unavailable: by-hand } }
start: { next: draft }
`;
const rest = `  by-hand: { task: By hand, by: owner, next: finish }
  finish: { end: Finished }
`;

/** Checks the steps between a start at `draft` and the steps `by-hand` and `finish`. */
function check(steps: string, declarations = '') {
  return checkText(`${frame}${declarations}steps:${steps}${rest}`);
}

const draft = 'draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check }';
const send =
  'send: { task: Send, by: erp, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }';

test('a person who can only agree with an AI has no say', () => {
  check(`
  ${draft}
  check: { approval: Check, by: lead, covers: [letter], outcomes: [approve], on: { approve: send } }
  #                                                               ^^^^^^^^^ oversight/override-possible: 'check' can only end with 'approve', so nobody can correct what the AI 'bot' wrote in 'draft'
  ${send}
`);
});

test('to approve or to refuse is not enough where nobody can correct it', () => {
  const [finding] = check(`
  ${draft}
  check: { review: Check, by: lead, reviews: [letter], outcomes: [approve, reject], on: { approve: send, reject: draft } }
  #                                                              ^^^^^^^^^^^^^^^^^ oversight/override-possible: 'check' can end with 'approve' or 'reject' only, so nobody can correct
  ${send}
`);
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['draft', 'check'],
  );
});

test('what was refused or changed must not take effect all the same', () => {
  check(`
  ${draft}
  check: { approval: Check, by: lead, covers: [letter], on: { approve: send, modify: send, reject: by-hand } }
  #                                                                                  ^^^^ oversight/override-possible: 'modify' of 'check' leads to the external message of 'send', and nobody has approved the changed 'letter'. Lead it through a new approval, or to a person who takes the work over.
  ${send}
`);
  check(`
  ${draft}
  check: { review: Check, by: lead, reviews: [letter], on: { approve: send, modify: send, reject: by-hand } }
  ${send}
`);
  check(`
  ${draft}
  check: { approval: Check, by: lead, covers: [letter], on: { approve: send, modify: by-hand, reject: note } }
  #                                                                                                   ^^^^ oversight/override-possible: 'reject' of 'check' leads to the external message of 'send', although 'letter' was refused and nobody has approved it since
  note: { task: Note the refusal, by: erp, next: send }
  ${send}
`);
});

test('when the rounds of a refusal are used up, the work must not go out either', () => {
  check(`
  ${draft}
  check: { approval: Check, by: lead, covers: [letter], on: { approve: send, modify: by-hand, reject: { to: draft, max: 3, exhausted: send } } }
  #                                                                                                                                   ^^^^ oversight/override-possible: 'reject' of 'check' leads to
  ${send}
`);
});

test('no fault: a refusal that leads back to the same judge, who then does not answer: that is a fault of the time limit', () => {
  check(`
  ${draft}
  check: { approval: Check, by: lead, covers: [letter], within: 1d, on: { approve: send, modify: by-hand, reject: draft, timeout: send } }
  ${send}
`);
});

test('what an AI of an imported file sends in is judged alike', () => {
  check(
    `
  draft: { wait: For the draft, until: delivered, within: 5d, next: check, on: { timeout: by-hand } }
  check: { approval: Check, by: lead, covers: [letter], outcomes: [approve], on: { approve: send } }
  #                                                               ^^^^^^^^^ oversight/override-possible: so nobody can correct what the AI 'bot' sends
  ${send}
`,
    'events: { delivered: { kind: message, from: bot, gives: [letter] } }\n',
  );
});

test('no fault: the usual outcomes, more of them, and those that name other things', () => {
  check(`
  ${draft}
  check: { approval: Check, by: lead, covers: [letter], on: { approve: send, modify: again, reject: by-hand } }
  again: { approval: Look again, by: owner, covers: [letter], on: { approve: send, modify: by-hand, reject: by-hand } }
  ${send}
`);
  check(`
  ${draft}
  check: { review: Check, by: lead, reviews: [letter], outcomes: [fine, mended, useless], on: { fine: send, mended: send, useless: by-hand } }
  ${send}
`);
});

test('no fault: who approves may write in the same step, or a person corrects it after a refusal', () => {
  check(`
  ${draft}
  check: { approval: Check, by: lead, covers: [letter], writes: [letter], outcomes: [approve, reject], on: { approve: send, reject: by-hand } }
  ${send}
`);
  check(`
  ${draft}
  check: { approval: Check, by: lead, covers: [letter], outcomes: [approve, reject], on: { approve: send, reject: mend } }
  mend: { task: Mend it, by: clerk, reads: [letter], writes: [letter], next: check }
  ${send}
`);
});

test('no fault: what people wrote, what an AI judges, and a decision about a case', () => {
  check(`
  draft: { task: Draft, by: clerk, writes: [letter], next: check }
  check: { approval: Check, by: lead, covers: [letter], outcomes: [approve, reject], on: { approve: send, reject: by-hand } }
  ${send}
`);
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [offer], next: check }
  check: { decision: Decide, by: clerk, reviews: [offer], outcomes: [grant, deny], on: { grant: finish, deny: finish } }
`);
});

test('while the outcomes are half typed, nothing is said', () => {
  check(`
  ${draft}
  check: { approval: Check, by: lead, covers: [letter], outcomes: , on: { approve: send, modify: by-hand, reject: by-hand } }
  #                                                     ^^^^^^^^ language/invalid-value: 'outcomes' has no value.
  ${send}
`);
});

test('where the rules on approvals see the same path, it is said once', () => {
  const { findingsOf: both } = forRules('oversight/override-possible', 'oversight/irreversible-unapproved');
  const found = both(`${frame}steps:
  ${draft}
  check: { approval: Check, by: lead, covers: [letter], on: { approve: send, modify: send, reject: by-hand } }
  ${send}
${rest}`);
  assert.deepEqual(
    found.map(({ rule, also }) => [rule, ...(also ?? []).map((folded) => folded.rule)]),
    [['oversight/override-possible', 'oversight/irreversible-unapproved']],
  );
});

test('a refusal that is sent back and comes through at last is one fault', () => {
  const found = findingsOf(`${frame}steps:
  ${draft}
  check: { approval: Check, by: lead, covers: [letter], on: { approve: send, modify: by-hand, reject: { to: again, max: 2, exhausted: send } } }
  again: { task: Draft again, by: bot, mode: ai-executed, reads: [letter], next: check, within: 1d, on: { timeout: send, error: by-hand, unavailable: by-hand } }
  ${send}
${rest}`);
  assert.deepEqual(
    found.map(({ place }) => place),
    ['check'],
  );
});

test('the fix offers to change it, and sends what was changed where a refusal goes', () => {
  const text = (outcomes: string) => `${frame}steps:
  ${draft}
  check:
    approval: Check # by the lead
    by: lead
    covers: [letter]
    outcomes: ${outcomes}
    on: { approve: send, reject: by-hand } # no third way
  ${send}
${rest}`;
  assert.equal(
    fixed(text('[approve, reject]'), "Let it be changed as well, and go on with 'by-hand' then"),
    `-     outcomes: [approve, reject]
-     on: { approve: send, reject: by-hand } # no third way
+     outcomes: [approve, modify, reject]
+     on: { approve: send, reject: by-hand, modify: by-hand } # no third way`,
  );
  assert.deepEqual(
    findingsOf(text('[approve, back]')).flatMap(({ fixes }) => fixes),
    [],
  );
});

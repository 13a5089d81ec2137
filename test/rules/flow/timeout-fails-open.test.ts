// flow/timeout-fails-open: when nobody answers an approval or a review, nothing takes effect that it stands before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check: checkText, fixed } = forRules('flow/timeout-fails-open');

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

test('an approval whose time limit leads to the effect is no approval', () => {
  const [finding] = check(`
  ${draft}
  check: { approval: Check, by: lead, covers: [letter], within: 2d, on: { approve: send, modify: by-hand, reject: by-hand, timeout: send } }
  #                                                                                                                                 ^^^^ flow/timeout-fails-open: 'timeout' of 'check' leads to the external message of 'send', and nobody has approved 'letter' on this path. Lead it to a person who decides, or to where a refusal goes.
  ${send}
`);
  assert.deepEqual(
    finding?.witness.map(({ step, note }) => `${step}: ${note}`),
    ["check: should judge 'letter'", "send: takes effect with nobody's answer"],
  );
});

test('it is a fault among people too, over other steps, and for a review', () => {
  check(`
  draft: { task: Draft, by: clerk, writes: [letter], next: check }
  check: { approval: Check, by: lead, covers: [letter], within: 2d, on: { approve: book, modify: by-hand, reject: by-hand, timeout: book } }
  #                                                                                                                                 ^^^^ flow/timeout-fails-open
  book: { task: Book, by: erp, reads: [letter], next: send }
  ${send}
`);
  check(`
  ${draft}
  check: { review: Check, by: lead, reviews: [letter], within: 2d, on: { approve: send, modify: send, reject: by-hand, timeout: send } }
  #                                                                                                                             ^^^^ flow/timeout-fails-open
  ${send}
`);
});

test('a timer of the step, the time limit of the scope around it, and an absent judge whose backup is an AI', () => {
  check(`
  ${draft}
  check: { approval: Check, by: lead, covers: [letter], on: { approve: send, modify: by-hand, reject: by-hand }, timers: [{ after: 2d, to: send }] }
  #                                                                                                                                        ^^^^ flow/timeout-fails-open: 'timer' of 'check' leads to
  ${send}
`);
  check(`
  draft:
    scope: Draft and check
    start: write
    within: 5d
    on: { timeout: send, error: by-hand }
    #              ^^^^ flow/timeout-fails-open: 'timeout' of 'check' leads to
    steps:
      write: { task: Write, by: bot, mode: ai-executed, writes: [letter], next: check }
      check: { approval: Check, by: lead, covers: [letter], on: { approve: good, modify: by-hand, reject: by-hand } }
      good: { end: Good }
    next: send
  ${send}
`);
  check(
    `
  ${draft}
  check: { approval: Check, by: anna, covers: [letter], on: { approve: send, modify: by-hand, reject: by-hand } }
  ${send}
`,
    `actors: { anna: { kind: human, holders: 1, backup: helper } }
#                                                  ^^^^^^ flow/timeout-fails-open: 'absent' of 'check' leads to
`,
  );
});

test('what stands in an imported file is found as well', () => {
  checkText(`${frame.replace('./people.aiwf.yaml', './people.aiwf.yaml, ./data.aiwf.yaml')}steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [memo], next: check }
  check: { approval: Check, by: lead, covers: [memo], within: 2d, on: { approve: send, modify: by-hand, reject: by-hand, timeout: send } }
  #                                                                                                                               ^^^^ flow/timeout-fails-open
  send: { task: Send, by: erp, effects: [{ kind: message, external: true, uses: [memo] }], next: finish }
${rest}#- data.aiwf.yaml
aiwf: 1
library: data
data: { memo: { class: internal } }
`);
});

test('one time limit is one fault, however many effects it leads to', () => {
  check(`
  ${draft}
  check: { approval: Check, by: lead, covers: [letter], within: 2d, on: { approve: post, modify: by-hand, reject: by-hand, timeout: post } }
  #                                                                                                                                 ^^^^ flow/timeout-fails-open: leads to the external publish of 'post' and the external message of 'send'
  post: { task: Post, by: erp, effects: [{ kind: publish, external: true, uses: [letter] }], next: send }
  ${send}
`);
});

test('no fault: a time limit that leads to another judge, to a refusal, or to a person who writes it anew', () => {
  check(`
  ${draft}
  check: { approval: Check, by: clerk, covers: [letter], within: 2d, on: { approve: send, modify: by-hand, reject: by-hand, timeout: second } }
  second: { approval: Check, by: lead, covers: [letter], within: 2d, on: { approve: send, modify: by-hand, reject: by-hand, timeout: by-hand } }
  ${send}
`);
  check(`
  ${draft}
  check: { approval: Check, by: lead, covers: [letter], within: 2d, on: { approve: send, modify: by-hand, reject: by-hand, timeout: write } }
  write: { task: Answer by hand, by: lead, reads: [claim], writes: [letter], next: send }
  ${send}
`);
});

test('no fault: among people, a person who takes the work over; an escalation; a backup who may approve', () => {
  check(`
  draft: { task: Draft, by: clerk, writes: [letter], next: check }
  check: { approval: Check, by: lead, covers: [letter], within: 2d, on: { approve: send, modify: by-hand, reject: by-hand, timeout: decide } }
  decide: { task: Decide how to go on, by: owner, reads: [letter], next: send }
  ${send}
`);
  check(
    `
  ${draft}
  check: { approval: Check, by: anna, covers: [letter], escalate: [{ to: owner, after: 4h }], within: 2d, on: { approve: send, modify: by-hand, reject: by-hand, timeout: by-hand } }
  ${send}
`,
    'actors: { anna: { kind: human, holders: 1, backup: lead } }\n',
  );
});

test('no fault: an opinion that may be missing, an effect the judge does not stand before, and one that a policy admits', () => {
  check(`
  ${draft}
  check: { review: Judge the style, by: clerk, reviews: [letter], within: 2d, next: approve, on: { approve: approve, modify: approve, reject: approve, timeout: approve } }
  approve: { approval: Check, by: lead, covers: [letter], within: 2d, on: { approve: send, modify: by-hand, reject: by-hand, timeout: by-hand } }
  ${send}
`);
  check(`
  draft: { task: Draft, by: clerk, writes: [letter], next: check }
  check: { approval: Check, by: lead, covers: [letter], within: 2d, on: { approve: finish, modify: by-hand, reject: by-hand, timeout: remind } }
  remind: { task: Send it to the author again, by: erp, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
`);
  check(
    `
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [offer], next: [{ when: offer.amount <= 200, to: check }, { else: by-hand }] }
  check: { approval: Check, by: lead, covers: [offer], within: 2d, on: { approve: pay, modify: by-hand, reject: by-hand, timeout: pay } }
  pay: { task: Pay, by: erp, effects: [{ kind: payment, irreversible: true, amount: offer.amount, admitted-by: small }], next: finish }
`,
    'policies: { small: { admits: [payment], when: offer.amount <= 500, owner: owner } }\n',
  );
});

test('the general rules are folded into this one; a path past the judge is another fault', () => {
  const { findingsOf } = forRules('flow/timeout-fails-open', 'oversight/irreversible-unapproved');
  const text = (first: string) => `${frame}steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: ${first} }
  check: { approval: Check, by: lead, covers: [letter], within: 2d, on: { approve: send, modify: by-hand, reject: by-hand, timeout: send } }
  ${send}
${rest}`;
  const rulesOf = (findings: ReturnType<typeof findingsOf>) =>
    findings.map(({ rule, also }) => [rule, ...(also ?? []).map((folded) => folded.rule)].join(' + '));
  assert.deepEqual(rulesOf(findingsOf(text('check'))), ['flow/timeout-fails-open + oversight/irreversible-unapproved']);
  const two = findingsOf(text('[{ when: offer.sure > 0.9, to: send }, { else: check }]'));
  assert.deepEqual(rulesOf(two), ['flow/timeout-fails-open', 'oversight/irreversible-unapproved']);
  assert.deepEqual(
    two[1]?.witness.map(({ step }) => step),
    ['draft', 'send'],
  );
});

test('the fix sends the time limit where a refusal goes', () => {
  const text = `${frame}steps:
  ${draft}
  check: # by the lead
    approval: Check
    by: lead
    covers: [letter]
    within: 2d
    on: { approve: send, modify: by-hand, reject: by-hand, timeout: send } # never late
  ${send}
${rest}`;
  assert.equal(
    fixed(text, "On timeout go on with 'by-hand', as after a refusal"),
    `-     on: { approve: send, modify: by-hand, reject: by-hand, timeout: send } # never late
+     on: { approve: send, modify: by-hand, reject: by-hand, timeout: by-hand } # never late`,
  );
});

test('one judge of two data is one fault, and nothing else is said of the second', () => {
  const { findingsOf } = forRules('flow/timeout-fails-open', 'oversight/irreversible-unapproved');
  const found = findingsOf(`${frame}steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter, offer], next: check }
  check: { approval: Check, by: lead, covers: [letter, offer], within: 2d, on: { approve: send, modify: by-hand, reject: by-hand, timeout: send } }
  send: { task: Send, by: erp, effects: [{ kind: message, external: true, uses: [letter, offer] }], next: finish }
${rest}`);
  assert.deepEqual(
    found.map(({ rule, message }) => `${rule}: ${message.split(' on this')[0]}`),
    [
      "flow/timeout-fails-open: 'timeout' of 'check' leads to the external message of 'send', and nobody has approved 'letter' and 'offer'",
    ],
  );
});

// oversight/approval-stale: what is approved stays as it was approved until it takes effect.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check: checkText, fixed } = forRules('oversight/approval-stale');

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

const draft = 'draft: { task: Draft, by: clerk, writes: [letter], next: check }';
const approve =
  'check: { approval: Check, by: lead, covers: [letter], on: { approve: after, modify: by-hand, reject: by-hand } }';
const send =
  'send: { task: Send, by: erp, effects: [{ kind: message, irreversible: true, external: true, uses: [letter] }], next: finish }';
const mark = '  #                                              ^^^^^^^ oversight/approval-stale';

test('what a human approved and somebody then wrote again is not what was approved, whoever wrote it', () => {
  const [finding] = check(`
  ${draft}
  ${approve}
  after: { task: Shorten, by: clerk, reads: [letter], writes: [letter], next: send }
  ${send}
${mark}: 'letter' is approved in 'check', then written again in 'after', and so goes into the irreversible and external message of 'send'. Write it before the approval, or lead it from 'after' through an approval that covers [letter].
`);
  assert.deepEqual(
    finding?.witness.map(({ step, note }) => `${step}: ${note}`),
    [
      "check: 'letter' is approved",
      "after: writes 'letter', or what it is made of, again",
      "send: consumes 'letter', which is not what was approved",
    ],
  );
});

test('an edit on one branch, a failed edit, a fallback and a judge who modifies end the approval as well', () => {
  check(`
  ${draft}
  ${approve}
  after: { route: Long?, next: [{ when: offer.amount > 9, to: shorten }, { else: send }] }
  shorten: { task: Shorten, by: bot, mode: ai-executed, reads: [letter], writes: [letter], next: send }
  ${send}
${mark}
`);
  check(`
  ${draft}
  ${approve}
  after: { task: Format, by: erp, writes: [letter], next: by-hand, on: { error: send } }
  ${send}
${mark}
`);
  check(
    `
  ${draft}
  ${approve}
  after: { task: Look, by: spare, reads: [letter], next: send, on: { unavailable: rewrite } }
  rewrite: { task: Write, by: clerk, writes: [letter], next: send }
  ${send}
${mark}
`,
    'actors: { spare: { kind: agent, sponsor: owner } }\n',
  );
  check(`
  ${draft}
  ${approve}
  after: { approval: Check again, by: owner, covers: [letter], on: { approve: send, modify: send, reject: by-hand } }
  ${send}
${mark}: 'letter' is approved in 'check', then changed in 'after'
`);
});

test('what the approved data was made from counts as well', () => {
  check(`
  draft: { task: Draft, by: clerk, writes: { letter: [claim] }, next: check }
  ${approve}
  after: { task: Correct the claim, by: clerk, writes: [claim], next: send }
  ${send}
${mark}
`);
});

test('actors of an imported file, and an approval of single fields', () => {
  check(`
  draft: { task: Draft, by: clerk, writes: [offer], next: check }
  check: { approval: Check, by: lead, covers: [offer.amount, offer.text, offer.sure], on: { approve: after, modify: by-hand, reject: by-hand } }
  after: { task: Round, by: erp, writes: [offer.amount], next: pay }
  pay: { task: Pay, by: erp, effects: [{ kind: payment, irreversible: true, uses: [offer] }], next: finish }
  #                                            ^^^^^^^ oversight/approval-stale: 'offer.amount' is approved in 'check'
`);
});

test('no fault: written before the approval, approved again, other data, and another field', () => {
  check(`
  draft: { task: Draft, by: clerk, writes: [letter], next: after }
  after: { task: Shorten, by: clerk, writes: [letter], next: check }
  check: { approval: Check, by: lead, covers: [letter], on: { approve: send, modify: by-hand, reject: by-hand } }
  ${send}
`);
  check(`
  ${draft}
  ${approve}
  after: { task: Shorten, by: clerk, writes: [letter], next: again }
  again: { approval: Check again, by: lead, covers: [letter], on: { approve: send, modify: by-hand, reject: by-hand } }
  ${send}
`);
  check(`
  ${draft}
  ${approve}
  after: { task: Note, by: clerk, reads: [letter], writes: [claim], next: send }
  ${send}
`);
  check(`
  draft: { task: Draft, by: clerk, writes: [offer], next: check }
  check: { approval: Check, by: lead, covers: [offer.amount], on: { approve: after, modify: by-hand, reject: by-hand } }
  after: { task: Word it, by: clerk, writes: [offer.text], next: pay }
  pay: { task: Pay, by: erp, effects: [{ kind: payment, irreversible: true, amount: offer.amount }], next: finish }
`);
});

test('no fault: a new round in which nothing was to be approved, such as a small case after a large one', () => {
  check(`
  draft: { task: Draft, by: clerk, writes: [letter], next: [{ when: offer.amount > 500, to: check }, { else: send }] }
  check: { approval: Check, by: lead, covers: [letter], on: { approve: send, modify: by-hand, reject: by-hand } }
  send: { task: Send, by: erp, effects: [{ kind: message, external: true, uses: [letter] }], next: listen }
  listen: { wait: For an answer, until: answer, within: 5d, next: draft, on: { timeout: finish } }
`);
});

test('no fault: who does what was approved notes it in the same data', () => {
  check(`
  draft: { task: Draft, by: clerk, writes: [offer], next: check }
  check: { approval: Check, by: lead, covers: [offer], on: { approve: pay, modify: by-hand, reject: by-hand } }
  pay: { task: Pay, by: erp, writes: [offer], effects: [{ kind: payment, irreversible: true, uses: [offer] }], next: tell }
  tell: { task: Tell, by: erp, effects: [{ kind: message, external: true, uses: [offer] }], next: finish }
`);
});

test('no fault: an edit that a person reviews, and one that a policy admits', () => {
  check(`
  ${draft}
  ${approve}
  after: { task: Shorten, by: clerk, writes: [letter], next: look }
  look: { review: Look again, by: owner, reviews: [letter], on: { approve: send, modify: send, reject: by-hand } }
  ${send}
`);
  check(
    `
  draft: { task: Draft, by: clerk, writes: [offer], next: check }
  check: { approval: Check, by: lead, covers: [offer], on: { approve: after, modify: by-hand, reject: by-hand } }
  after: { task: Round, by: clerk, writes: [offer], next: [{ when: offer.amount <= 200, to: pay }, { else: by-hand }] }
  pay: { task: Pay, by: erp, effects: [{ kind: payment, irreversible: true, amount: offer.amount, admitted-by: small }], next: finish }
`,
    'policies: { small: { admits: [payment], when: offer.amount <= 500, owner: owner } }\n',
  );
});

test('the general rule is folded into this one where it is the same path, and not where another path is open too', () => {
  const { findingsOf } = forRules('oversight/approval-stale', 'oversight/irreversible-unapproved');
  const text = (first: string) => `${frame}steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: ${first} }
  ${approve}
  after: { task: Shorten, by: bot, mode: ai-executed, reads: [letter], writes: [letter], next: send }
  ${send}
${rest}`;
  const rulesOf = (findings: ReturnType<typeof findingsOf>) =>
    findings.map(({ rule, also }) => [rule, ...(also ?? []).map((folded) => folded.rule)].join(' + '));
  assert.deepEqual(rulesOf(findingsOf(text('check'))), [
    'oversight/approval-stale + oversight/irreversible-unapproved',
  ]);
  const two = text('[{ when: offer.sure > 0.9, to: send }, { else: check }]');
  assert.deepEqual(rulesOf(findingsOf(two)), ['oversight/approval-stale', 'oversight/irreversible-unapproved']);
});

test('while the approval is half typed, nothing is said', () => {
  check(`
  ${draft}
  check: { approval: Check, by: lead, on: { approve: after, modify: by-hand, reject: by-hand } }
  after: { task: Shorten, by: clerk, writes: [letter], next: send }
  ${send}
`);
});

test('the fix puts an approval between the last edit and the effect', () => {
  const text = `${frame}steps:
  ${draft}
  ${approve} # the first look
  after: { task: Shorten, by: clerk, reads: [letter], writes: [letter], next: send } # to one page
  ${send}
${rest}`;
  assert.match(
    fixed(text, "Let 'owner' approve it first"),
    /\+ {3}after: \{ task: Shorten, .* next: approve-send \} # to one page\n[\s\S]*\+ {5}covers: \[letter\]/,
  );
});

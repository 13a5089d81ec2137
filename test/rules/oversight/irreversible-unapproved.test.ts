// oversight/irreversible-unapproved: what cannot be taken back, by an AI or from its output, is approved on every path.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check: checkText, findingsOf, fixed } = forRules('oversight/irreversible-unapproved');

const frame = `${head}
defaults: { accepts: quick, on: { error: by-hand, unavailable: by-hand } }
stop: { by: owner, safe-state: by-hand, within: 60s }
start: { next: draft }
`;
const rest = `  by-hand: { task: By hand, by: owner, next: finish }
  finish: { end: Finished }
`;

/** Checks the steps between a start at `draft` and the steps `by-hand` and `finish`. */
function check(steps: string, declarations = '') {
  return checkText(`${frame}${declarations}steps:${steps}${rest}`);
}

test('an AI that does it by itself is a fault', () => {
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
  #                                                                                     ^^^^^^^ oversight/irreversible-unapproved: The AI 'bot' does the external message in 'draft' without a human approval of 'letter' on every path. Lead each path through an approval that covers [letter].
`);
});

test('what an AI wrote must not go out by another hand with nobody having looked at it', () => {
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: send }
  send: { task: Send, by: erp, effects: [{ kind: message, irreversible: true, external: true, uses: [letter] }], next: finish }
  #                                              ^^^^^^^ oversight/irreversible-unapproved: 'letter' goes into the irreversible and external message of 'send', and on one path no human has approved what the AI 'bot' wrote in 'draft'. Lead that path through an approval that covers [letter].
`);
});

test('an approval that times out into the effect approves nothing', () => {
  const [finding] = check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check }
  check: { approval: Check, by: lead, covers: [letter], within: 2d, on: { approve: send, modify: by-hand, reject: by-hand, timeout: send } }
  send: { task: Send, by: clerk, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
  #                                                ^^^^^^^ oversight/irreversible-unapproved: 'letter' goes into the external message of 'send', and on one path no human has approved what the AI 'bot' wrote in 'draft'. Lead that path through an approval that covers [letter].
`);
  assert.deepEqual(
    finding?.witness.map(({ step, edge }) => (edge?.label ? `${edge.label} -> ${step}` : step)),
    ['draft', 'check', 'timeout -> send'],
  );
});

test('edit, then approve, then execute is right; approve, then edit, then execute is not, and the path shows the edit', () => {
  const [finding] = check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check }
  check: { approval: Check, by: lead, covers: [letter], outcomes: [approve, reject], on: { reject: by-hand }, next: sort }
  sort: { route: Long?, next: [{ when: offer.sure > 0.9, to: send }, { else: shorten }] }
  shorten: { task: Shorten, by: bot, mode: ai-executed, reads: [letter], writes: [letter], next: send }
  send: { task: Send, by: bot, mode: ai-executed, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
  #                                                                 ^^^^^^^ oversight/irreversible-unapproved
`);
  assert.ok(finding?.witness.some(({ step, note }) => step === 'shorten' && note.includes('ends the approval')));
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: shorten }
  shorten: { task: Shorten, by: bot, mode: ai-executed, reads: [letter], writes: [letter], next: check }
  check: { approval: Check, by: lead, covers: [letter], on: { approve: send, modify: by-hand, reject: by-hand } }
  send: { task: Send, by: bot, mode: ai-executed, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
`);
});

test('a modified text is a new text: it needs an approval of its own', () => {
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check }
  check: { approval: Check, by: lead, covers: [letter], on: { approve: send, modify: send, reject: by-hand } }
  send: { task: Send, by: clerk, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
  #                                                ^^^^^^^ oversight/irreversible-unapproved
`);
});

test('an approval of something else, by an AI, by someone without authority, or by a backup that is an AI does not count', () => {
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check }
  check: { approval: Check, by: lead, covers: [claim], on: { approve: send, modify: by-hand, reject: by-hand } }
  send: { task: Send, by: clerk, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
  #                                                ^^^^^^^ oversight/irreversible-unapproved
`);
  check(
    `
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check }
  check: { approval: Check, by: nurse, covers: [letter], on: { approve: send, modify: by-hand, reject: by-hand } }
  send: { task: Send, by: clerk, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
  #                                                ^^^^^^^ oversight/irreversible-unapproved
`,
    `actors: { nurse: { kind: human, holders: 4, authority: { modify: true, reject: true } } }
`,
  );
  check(
    `
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check }
  check: { approval: Check, by: anna, covers: [letter], on: { approve: send, modify: by-hand, reject: by-hand } }
  send: { task: Send, by: clerk, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
  #                                                ^^^^^^^ oversight/irreversible-unapproved
`,
    `actors: { anna: { kind: human, holders: 1, backup: helper } }
`,
  );
});

test('a time limit of the scope around the approval is a way past it', () => {
  check(`
  draft:
    scope: Draft and check
    start: write
    within: 5d
    on: { timeout: send, error: by-hand }
    steps:
      write: { task: Write, by: bot, mode: ai-executed, writes: [letter], next: check }
      check: { approval: Check, by: lead, covers: [letter], on: { approve: good, modify: by-hand, reject: by-hand } }
      good: { end: Good }
    next: send
  send: { task: Send, by: clerk, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
  #                                                ^^^^^^^ oversight/irreversible-unapproved
`);
});

test('a message that a step emits to someone outside is an effect, also at an end', () => {
  check(
    `
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: told }
  told: { end: Told, emits: [reply] }
  #                          ^^^^^ oversight/irreversible-unapproved
`,
    `events: { reply: { kind: message, to: customer, gives: [letter] } }
`,
  );
});

test('what an AI wrote is not approved because another participant, woken by a message, sends it', () => {
  checkText(`${frame.replace('start: { next: draft }', 'start: [{ next: draft }, { on: drafted, next: send }]')}
events: { drafted: { kind: signal } }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], emits: [drafted], next: finish }
  send: { task: Send, by: clerk, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
  #                                                ^^^^^^^ oversight/irreversible-unapproved
${rest}`);
});

test('steps behind the safe state of the stop are looked at like any other', () => {
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: settle }
  settle: { task: Settle, by: lead, next: send }
  send: { task: Send, by: clerk, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
  #                                                ^^^^^^^ oversight/irreversible-unapproved
`);
});

test('approved field by field is approved; a field that was left out is named', () => {
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [offer], next: check }
  check: { approval: Check, by: lead, covers: [offer.amount, offer.text], on: { approve: second, modify: by-hand, reject: by-hand } }
  second: { approval: Look again, by: owner, covers: [offer.sure], on: { approve: send, modify: by-hand, reject: by-hand } }
  send: { task: Send, by: bot, mode: ai-executed, effects: [{ kind: message, external: true, uses: [offer] }], next: finish }
`);
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [offer], next: check }
  check: { approval: Check, by: lead, covers: [offer.amount], on: { approve: send, modify: by-hand, reject: by-hand } }
  send: { task: Send, by: clerk, effects: [{ kind: message, external: true, uses: [offer] }], next: pay }
  #                                                ^^^^^^^ oversight/irreversible-unapproved: 'offer.text' goes into the external message of 'send', and on one path no human has approved what the AI 'bot' wrote ('offer') in 'draft'. Lead that path through an approval that covers [offer.text].
  pay: { task: Pay, by: erp, effects: [{ kind: payment, irreversible: true, amount: offer.amount }], next: finish }
`);
});

test('approved in one of several parallel branches is approved where all of them have joined', () => {
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: { all: [check, book] } }
  check: { approval: Check, by: lead, covers: [letter], on: { approve: both, modify: by-hand, reject: by-hand } }
  book: { task: Book, by: clerk, next: both }
  both: { route: Both, join: all, next: send }
  send: { task: Send, by: bot, mode: ai-executed, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
`);
});

test('without waiting for the other branch it is not', () => {
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: { all: [check, book] } }
  check: { approval: Check, by: lead, covers: [letter], on: { approve: send, modify: by-hand, reject: by-hand } }
  book: { task: Book, by: clerk, next: send }
  send: { task: Send, by: clerk, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
  #                                                ^^^^^^^ oversight/irreversible-unapproved
`);
});

const twoParticipants = `events: { asked: { kind: signal }, granted: { kind: signal }, refused: { kind: signal } }
`;

test('an approval in another participant counts where its event is awaited, also beside a refusal; not when time is over', () => {
  const other = `  ask-for: { approval: Check, by: lead, covers: [letter], on: { approve: say-yes, modify: by-hand, reject: say-no } }
  say-yes: { route: Yes, emits: [granted], next: finish }
  say-no: { route: No, emits: [refused], next: finish }
`;
  const start = frame.replace('start: { next: draft }', 'start: [{ next: draft }, { on: asked, next: ask-for }]');
  const run = (wait: string, expected: string) =>
    checkText(`${start}${twoParticipants}steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], emits: [asked], next: listen }
  listen: ${wait}
  send: { task: Send, by: clerk, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
${expected}${other}${rest}`);
  const late = '  #                                                ^^^^^^^ oversight/irreversible-unapproved\n';
  run('{ wait: Listen, until: granted, within: 2d, next: send, on: { timeout: by-hand } }', '');
  run('{ wait: Listen, within: 2d, on: { granted: send, refused: by-hand, timeout: by-hand } }', '');
  run('{ wait: Listen, until: granted, within: 2d, next: send, on: { timeout: send } }', late);
  run('{ wait: Listen, within: 2d, on: { granted: send, refused: send, timeout: by-hand } }', late);
});

test('a review or a decision by people is enough where people or systems act, but not where an AI acts', () => {
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check }
  check: { review: Check, by: lead, reviews: [letter], on: { approve: send, modify: send, reject: by-hand } }
  send: { task: Send, by: erp, effects: [{ kind: message, external: true, uses: [letter] }], next: post }
  post: { task: Post, by: bot, mode: ai-executed, effects: [{ kind: publish, external: true, uses: [letter] }], next: finish }
  #                                                                 ^^^^^^^ oversight/irreversible-unapproved: The AI 'bot' does the external publish in 'post' without a human approval of 'letter' on every path. Lead each path through an approval that covers [letter].
`);
});

test('no fault: what an AI never touched, what can be undone inside the house, and what a person wrote anew', () => {
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [offer], effects: [{ kind: record, uses: [offer] }], next: write }
  write: { task: Write, by: clerk, writes: { letter: [claim] }, next: send }
  send: { task: Send, by: erp, effects: [{ kind: message, irreversible: true, external: true, uses: [letter] }], next: finish }
`);
});

test('what a person ensures to equal something approved is approved; what an AI ensures is not', () => {
  const steps = (by: string) => `
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [offer], next: check }
  check: { approval: Check, by: lead, covers: [offer], on: { approve: book, modify: by-hand, reject: by-hand } }
  book: { task: Book, ${by}, reads: [offer], writes: [order], ensures: order.amount == offer.amount, next: pay }
  pay: { task: Pay, by: bot, mode: ai-executed, effects: [{ kind: payment, irreversible: true, amount: order.amount }], next: finish }
`;
  const data = 'data: { order: { fields: { amount: number } } }\n';
  check(steps('by: clerk'), data);
  check(
    `${steps('by: helper, mode: ai-executed')}  #                                                               ^^^^^^^ oversight/irreversible-unapproved
`,
    data,
  );
});

const policy = `policies: { small: { admits: [payment], when: offer.amount <= 500, owner: owner } }
`;

test('a policy admits what the path proves: by its own condition, by a stricter one, or because another branch was not taken', () => {
  check(
    `
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [offer], next: [{ when: offer.amount <= 200, to: pay }, { else: by-hand }] }
  pay: { task: Pay, by: erp, effects: [{ kind: payment, irreversible: true, amount: offer.amount, admitted-by: small }], next: finish }
`,
    policy,
  );
  check(
    `
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [offer], next: [{ when: offer.amount > 500 || offer.sure < 0.9, to: by-hand }, { else: pay }] }
  pay: { task: Pay, by: erp, effects: [{ kind: payment, irreversible: true, amount: offer.amount, admitted-by: small }], next: finish }
`,
    policy,
  );
});

test('whether it admits is unknown where the path does not prove it; a policy for something else admits nothing', () => {
  check(
    `
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [offer], next: [{ when: offer.amount <= 900, to: pay }, { else: by-hand }] }
  pay: { task: Pay, by: erp, effects: [{ kind: payment, irreversible: true, amount: offer.amount, admitted-by: small }], next: finish }
  #                                            ^^^^^^^ oversight/irreversible-unapproved?: Whether the policy 'small' admits the payment of 'pay' is not known: the guards on the way do not imply its condition on every path. Guard the path with that condition, or lead it through an approval.
`,
    policy,
  );
  check(
    `
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [offer], next: [{ when: offer.amount <= 200, to: raise }, { else: by-hand }] }
  raise: { task: Raise, by: bot, mode: ai-executed, writes: [offer.amount], next: pay }
  pay: { task: Pay, by: erp, effects: [{ kind: payment, irreversible: true, amount: offer.amount, admitted-by: small }], next: finish }
  #                                            ^^^^^^^ oversight/irreversible-unapproved?
`,
    policy,
  );
  check(
    `
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [offer], next: [{ when: offer.amount <= 200, to: send }, { else: by-hand }] }
  send: { task: Send, by: erp, effects: [{ kind: message, external: true, uses: [offer], admitted-by: small }], next: finish }
  #                                              ^^^^^^^ oversight/irreversible-unapproved: 'offer' goes into the external message of 'send', and on one path no human has approved what the AI 'bot' wrote in 'draft'. Lead that path through an approval that covers [offer].
`,
    policy,
  );
});

test('while data or a target is a typing error, only that is said', () => {
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [leter], next: send }
  #                                                          ^^^^^ structure/unresolved-reference: No data 'leter' is declared. Did you mean 'letter'?
  send: { task: Send, by: clerk, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
`);
});

test('the fix leads every unapproved edge through an approval, and leaves the approved ones alone', () => {
  const text = `${frame}steps:
  draft: # by the agent
    task: Draft
    by: bot
    mode: ai-executed
    writes: [letter]
    next: [{ when: offer.sure > 0.9, to: send }, { else: check }] # the sure ones go out at once
  check: { approval: Check, by: lead, covers: [letter], outcomes: [approve, reject], on: { approve: send, reject: by-hand } }
  send: { task: Send, by: clerk, effects: [{ kind: message, external: true, uses: [letter] }], next: finish } # out
${rest}`;
  assert.equal(
    fixed(text, "Let 'owner' approve it first"),
    `-     next: [{ when: offer.sure > 0.9, to: send }, { else: check }] # the sure ones go out at once
-   check: { approval: Check, by: lead, covers: [letter], outcomes: [approve, reject], on: { approve: send, reject: by-hand } }
-   send: { task: Send, by: clerk, effects: [{ kind: message, external: true, uses: [letter] }], next: finish } # out
+     next: [{ when: offer.sure > 0.9, to: approve-send }, { else: check }] # the sure ones go out at once
+   check: { approval: Check, by: lead, covers: [letter], outcomes: [approve, reject], on: { approve: send, reject: by-hand } }
+   send: { task: Send, by: clerk, effects: [{ kind: message, external: true, uses: [letter] }], next: finish } # out
+ 
+   approve-send:
+     approval: Approve what 'send' does
+     by: owner
+     covers: [letter]
+     accepts: { payload: [letter], ack: 1d }
+     on: { approve: send, modify: not-approved, reject: not-approved }
+   not-approved: { end: Not approved, outcome: rejected }`,
  );
});

test('no fix is offered where an approval in front could not cover what goes out', () => {
  const own = `${frame}steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
${rest}`;
  const sponsored = `${frame.replace('accountable: owner', 'accountable: ai-lead')}steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: send }
  send: { task: Send, by: clerk, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
${rest}`;
  assert.deepEqual(
    findingsOf(own).map(({ fixes }) => fixes.length),
    [0],
  );
  // The one who answers for the agent does not judge its work: somebody else is asked.
  assert.deepEqual(
    findingsOf(sponsored).flatMap(({ fixes }) => fixes.map(({ title }) => title)),
    ["Let 'owner' approve it first"],
  );
});

test('what a judge writes from AI output that the same step reviews is reviewed', () => {
  const steps = (reviews: string) => `${frame}steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [offer], next: decide }
  decide: { decision: Decide, by: clerk, reads: [claim, offer], ${reviews}writes: [letter], outcomes: [grant, deny], on: { grant: send, deny: send } }
  send: { task: Send, by: erp, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
`;
  checkText(`${steps('reviews: [offer], ')}${rest}`);
  checkText(
    `${steps('')}  #                                              ^^^^^^^ oversight/irreversible-unapproved: 'letter' goes into\n${rest}`,
  );
  checkText(
    `${steps('reviews: [claim], ')}  #                                              ^^^^^^^ oversight/irreversible-unapproved: 'letter' goes into\n${rest}`,
  );
});

test('no fault: the part of the work that ends as failed or rejected is not the part that goes on', () => {
  const steps = (on: string) => `
  draft:
    scope: Draft and check
    start: write
    next: send
    on: ${on}
    steps:
      write: { task: Write, by: bot, mode: ai-executed, writes: [letter], next: check, on: { error: gone, unavailable: refused } }
      check: { approval: Check, by: lead, covers: [letter], within: 1d, on: { approve: good, modify: gone, reject: refused, timeout: gone } }
      good: { end: Good }
      gone: { end: Gone, outcome: failed }
      refused: { end: Refused, outcome: rejected }
  send: { task: Send, by: clerk, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
`;
  check(steps('{ error: by-hand, rejected: by-hand }'));
  check(
    `${steps('{ error: by-hand, rejected: send }')}  #                                                ^^^^^^^ oversight/irreversible-unapproved: 'letter' goes into\n`,
  );
});

test('while the name of the judge is a typing error, only that is said', () => {
  check(`
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check }
  check: { approval: Check, by: lea, covers: [letter], on: { approve: send, modify: by-hand, reject: by-hand } }
  #                             ^^^ structure/unresolved-reference: No actor 'lea' is declared. Did you mean 'lead'?
  send: { task: Send, by: clerk, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
`);
});

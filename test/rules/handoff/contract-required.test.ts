// handoff/contract-required: where work changes hands, someone confirms that it arrived.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('handoff/contract-required');

test('work that passes to another kind of performer, team or trust zone needs a contract', () => {
  check(`${head}
actors: { buyer: { kind: human, team: purchasing, holders: 2 }, purchasing: { kind: team, lead: buyer } }
on: { error: finish, unavailable: finish }
start: { from: customer, next: receive }
steps:
  receive: { task: Receive, by: clerk, accepts: quick, next: draft }
  draft: { task: Draft, by: bot, mode: ai-executed, next: post }
  #^^^^ handoff/contract-required
  post: { task: Post, by: erp, next: buy }
  #^^^ handoff/contract-required
  buy: { task: Buy, by: buyer, next: approve-it }
  #^^ handoff/contract-required
  approve-it: { task: Approve, by: clerk, next: make }
  #^^^^^^^^^ handoff/contract-required
  make: { task: Make, by: shop, next: finish }
  #^^^ handoff/contract-required: 'make' gets work from 'clerk' with no contract; it is performed by 'shop'. Set 'ack' in 'accepts' or on the edge.
  finish: { end: Finished }
`);
});

test('in a workflow of high risk a handoff between people and AI without a contract is a fault', () => {
  check(`${head}
risk: high
on: { error: finish, unavailable: finish }
start: { from: customer, next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, accepts: quick, next: check }
  check: { review: Check, by: lead, reviews: [letter], on: { approve: make, modify: make, reject: finish } }
  #^^^^ error handoff/contract-required
  make: { task: Make, by: shop, next: finish }
  #^^^ handoff/contract-required
  finish: { end: Finished }
`);
});

test('a handoff on an exceptional edge is one as well, and so is one into a scope and over a route', () => {
  check(`${head}
start: { from: customer, next: post }
steps:
  post: { task: Post, by: erp, accepts: quick, on: { error: by-hand }, next: work }
  by-hand: { task: By hand, by: clerk, next: finish }
  #^^^^^^ handoff/contract-required
  work:
    scope: Work
    start: sort
    steps:
      sort: { route: Sort, next: look }
      look: { task: Look, by: lead }
      #^^^ handoff/contract-required
    next: finish
  finish: { end: Finished }
`);
});

test('a design without any contract hears of it once, with what a person would have to be shown', () => {
  const none = `aiwf: 1
workflow: w
#^^^^^^^ warning handoff/contract-required: 'receive', 'draft' and 'check' get work from another kind of performer, team or trust zone, and no handoff has a contract. Set 'ack' in 'accepts' under 'defaults', or at each of them.
accountable: owner
use: [./people.aiwf.yaml]
on: { error: finish, unavailable: finish }
start: { from: customer, next: receive }
steps:
  receive: { task: Receive, by: clerk, next: draft }
  draft: { task: Draft, by: bot, mode: ai-executed, next: check }
  check: { review: Check, by: lead, reviews: [letter], on: { approve: finish, modify: finish, reject: finish } }
  finish: { end: Finished }
`;
  const [finding] = check(none, { rules: ['handoff/contract-required', 'handoff/ai-to-human-context'] });
  assert.deepEqual(
    finding?.also?.map(({ rule }) => rule),
    ['handoff/ai-to-human-context'],
  );
  assert.equal(
    fixed(none, 'Expect a confirmation within 1 day everywhere'),
    `+ 
+ defaults:
+   accepts: { ack: 1d }`,
  );
});

test('a contract on one edge is none for another, even from the same sender', () => {
  check(`${head}
on: { error: finish, unavailable: finish }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, next: { all: [{ to: check, handoff: quick }, polish] } }
  polish: { task: Polish, by: bot, mode: ai-executed, next: check }
  check: { review: Check, by: lead, reviews: [letter], on: { approve: finish, modify: finish, reject: finish } }
  #^^^^ handoff/contract-required
  finish: { end: Finished }
`);
});

test('a contract without a time to confirm does not count', () => {
  check(`${head}
start: { from: customer, next: receive }
steps:
  receive: { task: Receive, by: clerk, accepts: { payload: [claim] }, next: finish }
  #                                    ^^^^^^^ handoff/contract-required: 'receive' gets work from 'customer' with a contract that sets no 'ack', so it does not count; it is performed by 'clerk'. Set 'ack' in 'accepts' or on the edge.
  finish: { end: Finished }
`);
});

test('contracts count by name, inline, as default, laid over another, on the edge, or confirmed by themselves', () => {
  check(`${head}
on: { error: finish, unavailable: finish }
defaults: { accepts: quick }
start: { from: customer, next: receive }
steps:
  receive: { task: Receive, by: clerk, next: draft }
  draft: { task: Draft, by: bot, mode: ai-executed, accepts: [quick, { payload: [claim] }], next: look }
  look: { task: Look, by: clerk, accepts: { ack: 30m }, next: { to: post, handoff: { ack: 5m } } }
  post: { task: Post, by: erp, accepts: { auto: true }, next: finish }
  finish: { end: Finished }
`);
});

test('no handoffs: people of one team or of none, the same performer, a list that holds one of the senders, ends, backups', () => {
  check(
    `${head}
actors: { anna: { kind: human, team: office, holders: 1, backup: owner }, bert: { kind: human, holders: 1 } }
start: { next: one }
steps:
  one: { task: One, by: clerk, next: two }
  two: { task: Two, by: lead, next: three }
  three: { task: Three, by: office, next: four }
  four: { task: Four, by: [erp, office], next: five }
  five: { task: Five, by: anna, next: six }
  six: { task: Six, by: bert, informed: [bot], next: finish }
  finish: { end: Finished }
`,
    { only: ['handoff/contract-required'] },
  );
});

test('after a wait the sender of the event hands over; what a timer or a time limit sets off comes from nobody outside', () => {
  check(`${head}
start: { next: ask }
steps:
  ask: { task: Ask, by: clerk, next: await-answer }
  await-answer:
    wait: Wait for the answer
    until: answer
    within: 9d
    timers: [{ after: 3d, to: remind, keep: true }]
    on: { timeout: give-up }
    next: read
  read: { task: Read, by: lead, next: finish }
  #^^^ handoff/contract-required
  remind: { task: Remind, by: clerk, next: finish }
  give-up: { task: Give up, by: lead, next: finish }
  finish: { end: Finished }
`);
});

test('a contract whose name resolves to nothing is a typing error, not a missing contract', () => {
  check(`${head}
start: { from: customer, next: receive }
steps:
  receive: { task: Receive, by: clerk, accepts: quik, next: finish }
  #                                             ^^^^ structure/unresolved-reference: No handoff contract 'quik' is declared. Did you mean 'quick'?
  finish: { end: Finished }
`);
});

test('performers that are unknown or half typed hand over nothing that can be judged', () => {
  check(
    `${head}
start: { next: one }
steps:
  one: { task: One, by: cleark, next: two }
  two: { task: Two, by: erp, on: { error: finish }, next: three }
  three: { task: Three, by: , next: four }
  four: { task: Four, by: bot, mode: ai-executed, on: { error: finish, unavailable: finish }, next: finish }
  finish: { end: Finished }
`,
    { only: ['handoff/contract-required'] },
  );
});

test('a contract of what the receiver reads is added, or the time to one that lacks it', () => {
  assert.equal(
    fixed(
      `${head}
start: { from: customer, next: receive }
steps:
  receive:
    task: Receive
    by: clerk
    reads: [claim.story, letter] # both
    next: finish
  finish: { end: Finished }
`,
      'Expect a confirmation within 1 day',
    ),
    `+     accepts: { payload: [claim.story, letter], ack: 1d }`,
  );
  assert.equal(
    fixed(
      `${head}
start: { from: customer, next: receive }
steps:
  receive: { task: Receive, by: clerk, accepts: { payload: [claim] }, next: finish } # at the desk
  finish: { end: Finished }
`,
      'Expect a confirmation within 1 day',
    ),
    `-   receive: { task: Receive, by: clerk, accepts: { payload: [claim] }, next: finish } # at the desk
+   receive: { task: Receive, by: clerk, accepts: { payload: [claim], ack: 1d }, next: finish } # at the desk`,
  );
});

test('who performs a scope receives and hands over in its steps', () => {
  check(`${head}
defaults: { accepts: quick }
start: { from: customer, next: work }
steps:
  work:
    scope: Work
    by: office
    order: free
    done-when: offer.sure > 0.9
    steps:
      post: { task: Post, by: erp, on: { error: look } }
      look: { task: Look, by: lead }
    next: finish
  finish: { end: Finished }
`);
});

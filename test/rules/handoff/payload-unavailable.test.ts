// handoff/payload-unavailable: what a step needs is there on every path, or the path that lacks it is shown.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed, findingsOf } = forRules('handoff/payload-unavailable');

test('data that nothing provides is said once, at the step nearest to the start that needs it', () => {
  check(`${head}
start: { next: register }
steps:
  register: { task: Register, by: clerk, reads: [claim], next: look }
  #                                              ^^^^^ handoff/payload-unavailable: 'register' and 1 other step need 'claim', and nothing provides it. Let a start give it, or an earlier step write it.
  look: { task: Look, by: lead, reads: [claim.amount], writes: [offer], next: finish }
  finish: { end: Finished }
`);
});

test('a timeout, an error or an unavailable agent may have left its work unwritten', () => {
  const text = `${head}
start: { next: draft }
steps:
  draft:
    task: Draft
    by: bot
    mode: ai-executed
    writes: [letter]
    within: 1h
    next: post
    on: { error: stop-here, unavailable: stop-here, timeout: post }
  post: { task: Post, by: clerk, reads: [letter], next: finish }
  #                                      ^^^^^^ handoff/payload-unavailable: 'post' needs 'letter', and when 'draft' ends with 'timeout', it may not have been written. Write it on that path, or lead it to a step that does not need it.
  stop-here: { end: Stopped, outcome: failed }
  finish: { end: Finished }
`;
  const [finding] = check(text);
  assert.deepEqual(
    finding?.witness.map(({ step, edge, note }) => `${edge ? `${edge.kind} ` : ''}${step}${note && `: ${note}`}`),
    ['start', 'normal draft', "exceptional post: needs 'letter', which is not there on this path"],
  );
});

test('every way in counts: a fast track, a second start, a refusal that comes back before the work was done', () => {
  check(`${head}
start:
  - { gives: [claim], next: sort }
  - { on: withdrawn, next: answer-it }
steps:
  sort:
    route: Small?
    next:
      - { when: claim.amount < 100, to: pay }
      - { else: offer-it }
  offer-it: { task: Offer, by: clerk, reads: [claim], writes: [offer], next: pay }
  pay: { task: Pay, by: erp, effects: [{ kind: payment, amount: offer.amount, uses: [offer] }], on: { error: finish }, next: finish }
  #                                                                                  ^^^^^ handoff/payload-unavailable: 'pay' needs 'offer', and on one path nobody has written it by then.
  answer-it: { task: Answer, by: clerk, reads: [claim], next: finish }
  #                                             ^^^^^ handoff/payload-unavailable: 'answer-it' needs 'claim', and on one path nobody has written it by then.
  finish: { end: Finished }
`);
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, writes: [letter], within: 1h, next: check, on: { timeout: check } }
  check: { task: Check, by: shop, accepts: { ack: 1h, on-reject: read }, next: finish }
  read: { task: Read, by: lead, reads: [letter], next: finish }
  #                                     ^^^^^^ handoff/payload-unavailable: 'read' needs 'letter'
  finish: { end: Finished }
`);
});

test('what covers, reviews, guards, sub-workflows and contracts name has to be there as well', () => {
  check(`${head}
start: { next: ask }
steps:
  ask:
    task: Ask
    by: clerk
    within: 1d
    writes: [claim, offer, letter]
    next: approve
    on: { timeout: choose }
  choose:
    route: Large?
    next:
      - { when: claim.amount > 100 && offer.sure > 0.5, to: approve }
      #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ handoff/payload-unavailable: 'choose' needs 'claim.amount' and 'offer.sure', and when 'ask' ends with 'timeout', they may
      - { else: look }
  approve: { approval: Approve, by: lead, covers: [letter, offer], on: { approve: send, modify: send, reject: finish } }
  #                                                ^^^^^^ handoff/payload-unavailable: 'approve' needs 'letter'
  look: { review: Look, by: lead, reviews: [letter], on: { approve: send, modify: send, reject: finish } }
  #                                         ^^^^^^ handoff/payload-unavailable: 'look' needs 'letter'
  send: { task: Send, by: shop, accepts: { payload: [letter], accept-if: letter != null, ack: 1h }, next: finish }
  finish: { end: Finished }
`);
  check(`${head}
start: { next: ask }
steps:
  ask: { task: Ask, by: clerk, within: 1d, writes: [claim], next: send, on: { timeout: send } }
  send: { task: Send, by: shop, accepts: { payload: [claim], ack: 1h }, next: finish }
  #                                                  ^^^^^ handoff/payload-unavailable: 'send' needs 'claim', and when 'ask' ends with 'timeout', it may not have been written.
  finish: { end: Finished }
`);
});

test('a contract from a library is at fault where the step takes it on', () => {
  check(`aiwf: 1
workflow: w
accountable: owner
use: [./rules.aiwf.yaml]
start: { next: ask }
steps:
  ask: { task: Ask, by: clerk, within: 1d, writes: [paper], next: send, on: { timeout: send } }
  send: { task: Send, by: shop, accepts: [with-paper], next: finish }
  #                                      ^^^^^^^^^^^^ handoff/payload-unavailable: 'send' needs 'paper'
  finish: { end: Finished }
#- rules.aiwf.yaml
aiwf: 1
library: rules
actors:
  owner: { kind: human, holders: 1 }
  clerk: { kind: human, holders: 2 }
  shop: { kind: vendor }
data: { paper: { class: internal } }
handoffs: { with-paper: { payload: [paper], ack: 1d } }
`);
});

test('a field that is written alone is no other field, and deleted data is gone', () => {
  check(`${head}
start: { next: ask }
steps:
  ask: { task: Ask, by: clerk, writes: [claim.story], next: judge }
  judge: { task: Judge, by: lead, reads: [claim.story, claim.amount], next: erase }
  #                                                    ^^^^^^^^^^^^ handoff/payload-unavailable: 'judge' needs 'claim.amount', and nothing provides it.
  erase: { task: Erase, by: clerk, effects: [{ kind: delete, to: claim }], next: look }
  look: { task: Look, by: lead, reads: [claim.story], next: finish }
  #                                     ^^^^^^^^^^^ handoff/payload-unavailable: 'look' needs 'claim.story', and on one path 'erase' has deleted it by then.
  finish: { end: Finished }
`);
});

test('a gap is found where it is met first, and not at every step behind it', () => {
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, writes: [letter], within: 1d, next: read, on: { timeout: read } }
  read: { task: Read, by: lead, reads: [letter], next: again }
  #                                     ^^^^^^ handoff/payload-unavailable
  again: { task: Read again, by: lead, reads: [letter], next: finish }
  finish: { end: Finished }
`);
});

test('silent: master records, stored and optional data, tools that show it, and what the step itself makes', () => {
  check(`${head}
actors:
  searcher: { kind: agent, sponsor: ai-lead, tools: { search: { effect: none, returns: [letter] } } }
data:
  rates: { class: internal, trusted-record: true }
  history: { class: internal, store: archive }
  remark: { class: internal, optional: true }
stores: { archive: { kind: record } }
start: { gives: [claim], next: work }
steps:
  work:
    task: Work
    by: searcher
    mode: ai-executed
    reads: [claim, rates, history, remark, letter]
    writes: [offer]
    effects: [{ kind: record, uses: [offer], idempotency-key: offer.text }]
    gate: { on: offer.sure, at-least: 0.8, below: finish }
    next: [{ when: offer.sure > 0.9, to: finish }, { else: finish }]
    on: { error: finish, unavailable: finish }
  finish: { end: Finished }
`);
});

test('silent: what an event, a start of an event, a wait or a sub-workflow brings, and the items of a list', () => {
  check(`${head}
events:
  asked: { kind: message, from: customer, gives: [claim] }
  told: { kind: message, from: customer, gives: [offer] }
  changed: { kind: message, from: customer, gives: [letter] }
data: { lines: { class: internal, fields: { all: [{ text: string }] } } }
on: { changed: reread }
start: { on: asked, next: call-it }
steps:
  call-it: { call: ./sub.aiwf.yaml, with: { paper: claim }, returns: { lines: paper }, next: each, on: { error: finish } }
  each: { task: Each line, by: clerk, for-each: { item: line, in: lines.all }, reads: [line, claim], next: listen }
  listen: { wait: Listen, within: 3d, on: { told: read, timeout: finish } }
  read: { task: Read, by: clerk, reads: [offer], next: finish }
  reread: { task: Read again, by: clerk, reads: [letter, claim], next: finish }
  finish: { end: Finished }
#- sub.aiwf.yaml
aiwf: 1
workflow: sub
actors: { clerk: { kind: human } }
data: { paper: { class: internal } }
start: { gives: [paper], next: work }
steps:
  work: { task: Work, by: clerk, reads: [paper], next: done }
  done: { end: Done }
`);
});

test('parallel branches that meet count as both done: at a join, and at the end of a scope', () => {
  const branches = (join: string) => `${head}
start: { next: split }
steps:
  split: { route: Both, next: { all: [a, b] } }
  a: { task: A, by: clerk, writes: [offer], next: meet }
  b: { task: B, by: lead, writes: [letter], next: meet }
  meet: { task: Meet, by: owner, ${join}reads: [offer, letter], next: finish }
  finish: { end: Finished }
`;
  check(branches('join: all, '));
  check(branches('join: live, '));
  assert.equal(findingsOf(branches('')).length, 2, 'each arriving path goes on alone');
  check(`${head}
start: { next: both }
steps:
  both:
    scope: Both
    start: { all: [a, b] }
    next: meet
    steps:
      a: { task: A, by: clerk, writes: [offer], next: done-a }
      b: { task: B, by: lead, writes: [letter], next: done-b }
      done-a: { end: A }
      done-b: { end: B }
  meet: { task: Meet, by: owner, reads: [offer, letter], next: finish }
  finish: { end: Finished }
`);
});

test('the end of a scope waits for all branches, but not behind a terminate', () => {
  check(`${head}
start: { next: both }
steps:
  both:
    scope: Both
    start: { all: [a, b] }
    next: meet
    steps:
      a: { task: A, by: clerk, writes: [offer], next: done-a }
      b: { task: B, by: lead, writes: [letter], next: done-b }
      done-a: { end: A }
      done-b: { end: B, terminate: true }
  meet: { task: Meet, by: owner, reads: [letter, offer], next: finish }
  #                                              ^^^^^ handoff/payload-unavailable: 'meet' needs 'offer'
  finish: { end: Finished }
`);
});

test('a free order is picked by what is there; behind it only what it must have brought is there', () => {
  check(`${head}
start: { gives: [claim], next: work }
steps:
  work:
    scope: Work
    order: free
    done-when: offer.sure > 0.5
    steps:
      write: { task: Write, by: clerk, reads: [claim], writes: [offer] }
      refine: { task: Refine, by: clerk, reads: [offer], writes: [letter] }
    next: use
  use: { task: Use, by: lead, reads: [offer, letter], next: finish }
  #                                          ^^^^^^ handoff/payload-unavailable: 'use' needs 'letter'
  finish: { end: Finished }
`);
});

test('a fallback, a backup and a rework loop find what was there before', () => {
  check(`${head}
actors:
  anna: { kind: human, holders: 1, backup: clerk }
  drafter: { kind: agent, sponsor: ai-lead, fallback: clerk }
start: { gives: [claim], next: draft }
steps:
  draft: { task: Draft, by: drafter, mode: ai-executed, reads: [claim], writes: [letter], next: look, on: { error: finish } }
  look: { review: Look, by: anna, reviews: [letter], on: { approve: finish, modify: finish, reject: { to: draft, max: 2, exhausted: settle } } }
  settle: { task: Settle, by: owner, reads: [letter, claim], next: finish }
  finish: { end: Finished }
`);
});

test('what an agent may miss under a condition is not known, unless a guard of the path says so', () => {
  const text = (guard: string) => `${head}
data: { medical: { class: internal, optional: claim.amount < 100 } }
start: { gives: [claim], next: sort }
steps:
  sort:
    route: Which?
    next:
      - { when: ${guard}, to: judge }
      - { else: ask }
  ask: { task: Ask, by: clerk, writes: [medical], next: judge }
  judge: { task: Judge, by: lead, reads: [medical], next: finish }
  finish: { end: Finished }
`;
  check(
    text('claim.story == "x"').replace(
      '  finish:',
      "  #                                       ^^^^^^^ handoff/payload-unavailable?: Whether 'medical' is there for 'judge' is not known\n  finish:",
    ),
  );
  check(text('claim.amount < 50'));
});

test('silent while names are missing: an event or a library that cannot be read may bring anything', () => {
  check(`${head}
start: { on: aksed, next: work }
#            ^^^^^ structure/unresolved-reference
steps:
  work: { task: Work, by: clerk, reads: [claim], next: finish }
  finish: { end: Finished }
`);
  check(`aiwf: 1
workflow: w
accountable: owner
use: [./gone.aiwf.yaml]
#     ^^^^^^^^^^^^^^^^ language/import
actors: { owner: { kind: human }, clerk: { kind: human } }
data: { claim: { class: internal } }
start: { next: work }
steps:
  work: { task: Work, by: clerk, reads: [claim], next: finish }
  finish: { end: Finished }
`);
});

test('has() asks first, and a condition that held has found its data', () => {
  check(`${head}
start: { next: ask }
steps:
  ask: { task: Ask, by: clerk, within: 1d, writes: [claim], next: sort, on: { timeout: sort } }
  sort:
    route: Is there a claim?
    next:
      - { when: has(claim.amount) && claim.amount > 0, to: pay }
      - { else: finish }
  pay: { task: Pay, by: clerk, reads: [claim.amount], next: finish }
  finish: { end: Finished }
`);
});

test('the only start brings along what nothing provides', () => {
  const text = (start: string) => `${head}
start: ${start}
steps:
  register: { task: Register, by: clerk, reads: [claim, offer.text], next: finish }
  finish: { end: Finished }
`;
  assert.equal(
    fixed(text('{ on: manual, next: register } # by hand'), "Let the case begin with 'claim' and 'offer'"),
    `- start: { on: manual, next: register } # by hand
+ start: { on: manual, next: register, gives: [claim, offer] } # by hand`,
  );
  assert.equal(
    fixed(text('{ gives: [letter], next: register }'), "Let the case begin with 'claim' and 'offer'"),
    `- start: { gives: [letter], next: register }
+ start: { gives: [letter, claim, offer], next: register }`,
  );
});

test('data that is only read may be declared as possibly missing', () => {
  assert.equal(
    fixed(
      `${head}
data: { paper: { class: internal } } # what they send
start: { next: ask }
steps:
  ask: { task: Ask, by: clerk, within: 1d, writes: [paper], next: read, on: { timeout: read } }
  read: { task: Read, by: lead, reads: [paper], next: finish }
  finish: { end: Finished }
`,
      "Say that 'paper' may be missing",
    ),
    `- data: { paper: { class: internal } } # what they send
+ data: { paper: { class: internal, optional: true } } # what they send`,
  );
});

test('a sub-workflow gets what its steps need, and gives back only what it has made on every path', () => {
  const text = (given: string, timeout: string) => `${head}
start: { gives: [claim], next: call-it }
steps:
  call-it: { call: ./sub.aiwf.yaml, ${given}returns: { letter: made }, next: read, on: { error: finish } }
  read: { task: Read, by: lead, reads: [letter], next: finish }
  finish: { end: Finished }
#- sub.aiwf.yaml
aiwf: 1
workflow: sub
actors: { clerk: { kind: human } }
data: { paper: { class: internal }, made: { class: internal } }
start: { gives: [paper], next: work }
steps:
  work: { task: Work, by: clerk, reads: [paper], writes: [made], within: 1d, next: done, on: { timeout: ${timeout} } }
  done: { end: Done }
  late: { end: Too late, outcome: failed }
`;
  check(text('with: { paper: claim }, ', 'late'));
  check(text('with: { paper: claim }, ', 'late').replace('{ error: finish }', '{ failed: finish }'));
  check(
    text('', 'late').replace(
      '  read:',
      `  #                ^^^^^^^^^^^^^^^ handoff/payload-unavailable: 'call-it/work' needs 'call-it/paper', and nothing provides it.
  read:`,
    ),
  );
  check(
    text('with: { paper: claim }, ', 'done').replace(
      '  read:',
      `  #                ^^^^^^^^^^^^^^^ handoff/payload-unavailable: 'call-it' needs 'call-it/made', and when 'call-it/work' ends with 'timeout', it may not have been written.
  read:`,
    ),
  );
});

test('a scope that was completed did not end by failing, and one that failed has not made everything', () => {
  check(`${head}
start: { next: work }
steps:
  work:
    scope: Work
    start: ask
    steps:
      ask: { task: Ask, by: clerk, within: 1d, writes: [offer], next: asked, on: { timeout: late } }
      asked: { end: Asked }
      late: { end: Too late, outcome: failed }
    next: [{ when: offer.sure > 0.5, to: use }, { else: use }]
    on: { error: settle }
  use: { task: Use, by: lead, reads: [offer], next: finish }
  settle: { task: Settle, by: lead, reads: [offer], next: finish }
  #                                         ^^^^^ handoff/payload-unavailable: 'settle' needs 'offer', and when 'ask' ends with 'timeout', it may not have been written.
  finish: { end: Finished }
`);
});

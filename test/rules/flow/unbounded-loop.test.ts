// flow/unbounded-loop: every circle of steps is counted or timed, and a person gets the work when the bound is used up.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('flow/unbounded-loop');

test('rework without a bound is a warning among people, and a fault where an AI or an effect is in the circle', () => {
  check(`${head}
start: { next: write }
steps:
  write: { task: Write, by: clerk, next: check }
  check: { review: Check, by: lead, reviews: [letter], on: { approve: draft, modify: draft, reject: write } }
  #                                                                                                 ^^^^^ warning flow/unbounded-loop: The loop write -> check -> write has no bound. Add 'max' to this edge, and 'exhausted' with a step of a person.
  draft: { task: Draft, by: bot, mode: ai-executed, accepts: quick, on: { error: finish, unavailable: finish }, next: look }
  look: { review: Look, by: lead, reviews: [letter], accepts: quick, on: { approve: post, modify: post, reject: draft } }
  #                                                                                                             ^^^^^ flow/unbounded-loop: The loop draft -> look -> draft has no bound. Add 'max' to this edge, and 'exhausted' with a step of a person.
  post: { task: Post, by: clerk, effects: [{ kind: record }], next: confirm }
  confirm: { review: Confirm, by: lead, reviews: [letter], on: { approve: finish, modify: finish, reject: post } }
  #                                                                                                       ^^^^ flow/unbounded-loop: The loop post -> confirm -> post has no bound. Add 'max' to this edge, and 'exhausted' with a step of a person.
  finish: { end: Finished }
`);
});

test('a circle over an exceptional edge is one as well: a timeout that starts again, a refusal that comes back', () => {
  check(`${head}
start: { next: ask }
steps:
  ask: { task: Ask, by: clerk, next: await-answer }
  await-answer: { wait: Wait for the answer, until: answer, within: 3d, next: check, on: { timeout: ask } }
  #                                                                                                 ^^^ warning flow/unbounded-loop: The loop ask -> await-answer -> ask has no bound. Add 'max' to this edge, and 'exhausted' with a step of a person.
  check: { review: Check, by: lead, reviews: [letter], accepts: quick, on: { approve: hand-over, modify: hand-over, reject: finish } }
  hand-over: { task: Hand over, by: shop, accepts: { ack: 1d, on-reject: check }, next: finish }
  #                                                                      ^^^^^ warning flow/unbounded-loop: The loop check -> check, by a handoff that is refused, has no bound. Add 'max' to this edge, and 'exhausted' with a step of a person.
  finish: { end: Finished }
`);
});

test('a default that leads back from several steps is one fault, as grave as the worst of its circles', () => {
  check(`${head}
defaults: { accepts: { ack: 1d, on-reject: desk }, on: { error: desk } }
#                                          ^^^^ flow/unbounded-loop: The loop desk -> post -> desk, by a handoff that is refused, has no bound. Add 'max' to this edge, and 'exhausted' with a step of a person.
start: { next: desk }
steps:
  desk: { task: Work, by: clerk, next: post }
  post: { task: Post, by: erp, on: { error: finish }, effects: [{ kind: record }], next: make }
  make: { task: Make, by: shop, next: book }
  book: { task: Book, by: lead, next: finish }
  finish: { end: Finished }
`);
});

test('the rework of a whole free-order scope is a circle; going round inside it is not', () => {
  check(`${head}
start: { next: work }
steps:
  work:
    scope: Work
    order: free
    done-when: offer.sure > 0.9
    steps:
      ask: { task: Ask, by: clerk }
      search: { task: Search, by: clerk }
    next: check
  check: { review: Check, by: lead, reviews: [offer], on: { approve: finish, modify: finish, reject: work } }
  #                                                                                                  ^^^^ warning flow/unbounded-loop: The loop work -> check -> work has no bound. Add 'max' to this edge, and 'exhausted' with a step of a person.
  finish: { end: Finished }
`);
});

test('a budget bounds the circles its agent works in, and no other circle beside them', () => {
  check(`${head}
actors: { careful: { kind: agent, sponsor: ai-lead, limits: { cumulative: { per: case, amount: 5 EUR } } } }
defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: draft }
steps:
  draft: { task: Draft, by: careful, mode: ai-executed, next: check }
  check: { review: Check, by: lead, reviews: [offer], on: { approve: finish, modify: polish, reject: draft } }
  polish: { task: Polish, by: clerk, next: check }
  #                                        ^^^^^ warning flow/unbounded-loop: The loop check -> polish -> check has no bound. Add 'max' to this edge, and 'exhausted' with a step of a person.
  finish: { end: Finished }
`);
});

test('a bound that leads to nobody is a fault, as grave as its circle', () => {
  check(`${head}
defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, next: check }
  check: { review: Check, by: lead, reviews: [letter], on: { approve: write, modify: write, reject: { to: draft, max: 2 } } }
  #                                                                                                       ^^^^^ flow/unbounded-loop: The loop through 'check' ends after 2 rounds, but nobody gets the work when they are used up. Let 'exhausted' lead to a step of a person.
  write: { task: Write, by: clerk, next: look }
  look: { review: Look, by: lead, reviews: [letter], on: { approve: finish, modify: finish, reject: { to: write, max: 2, exhausted: post } } }
  #                                                                                                       ^^^^^ warning flow/unbounded-loop: The loop through 'look' ends after 2 rounds, but 'post' gets it then, and no person is there. Let 'exhausted' lead to a step of a person.
  post: { task: Post, by: erp, next: finish }
  finish: { end: Finished }
`);
  check(`${head}
start: { next: write }
steps:
  write: { task: Write, by: clerk, next: look }
  look: { review: Look, by: lead, reviews: [letter], on: { approve: finish, modify: { to: write, max: 2 }, reject: { to: write, max: 2, exhausted: by-hand } } }
  #                                                                                       ^^^^^ warning flow/unbounded-loop: nobody gets the work when they are used up
  by-hand: { task: By hand, by: owner, next: finish }
  finish: { end: Finished }
`);
});

test('bounded circles are silent: by max on the edge, on a branch or on a split, then a person or an end that tells one', () => {
  check(`${head}
start: { next: write }
steps:
  write: { task: Write, by: clerk, next: check }
  check: { review: Check, by: lead, reviews: [letter], on: { approve: sort, modify: settle, reject: { to: write, max: 3, exhausted: settle } } }
  sort:
    route: Good enough?
    next:
      - { when: offer.sure < 0.5, to: write, max: 2, exhausted: route-on }
      - { when: offer.sure < 0.7, to: { all: [write, note] }, max: 2, exhausted: given-up }
      - else: finish
  route-on: { route: On, next: settle }
  note: { task: Note, by: clerk, next: finish }
  settle: { task: Settle, by: owner, next: finish }
  given-up: { end: Given up, outcome: failed, informed: [owner] }
  finish: { end: Finished }
`);
});

test('a deadline bounds a circle: the time limit of its scope, a timer of the scope, a timer of the case in any form', () => {
  check(`${head}
start: { next: first }
steps:
  first:
    scope: First
    start: write
    within: 5d
    on: { timeout: second }
    steps:
      write: { task: Write, by: clerk, next: check }
      check: { review: Check, by: lead, reviews: [letter], outcomes: [good, bad], on: { good: done, bad: write } }
      done: { end: Done }
    next: second
  second:
    scope: Second
    start: ask
    timers: [{ after: 5d, to: { to: finish, label: too long } }]
    steps:
      ask: { task: Ask, by: clerk, next: [{ when: offer.sure > 0.9, to: asked }, { else: ask }] }
      asked: { end: Asked }
    next: finish
  finish: { end: Finished }
`);
  check(`${head}
timers: [{ after: 30d, to: { to: late, label: too long } }]
start: { next: write }
steps:
  write: { task: Write, by: clerk, next: check }
  check: { review: Check, by: lead, reviews: [letter], on: { approve: finish, modify: finish, reject: write } }
  late: { end: Too late, outcome: failed, informed: [owner] }
  finish: { end: Finished }
`);
});

test('a time limit inside a circle does not bound it: the clock starts again each round', () => {
  check(`${head}
start: { next: work }
steps:
  work:
    scope: Work
    start: write
    within: 5d
    on: { timeout: finish }
    steps:
      write: { task: Write, by: clerk }
    next: check
  check: { review: Check, by: lead, reviews: [letter], within: 1d, on: { approve: finish, modify: finish, reject: work, timeout: finish } }
  #                                                                                                               ^^^^ warning flow/unbounded-loop: The loop work -> write -> check -> work has no bound. Add 'max' to this edge, and 'exhausted' with a step of a person.
  finish: { end: Finished }
`);
});

test('no circles: events that may strike anywhere, messages between participants, people who stand in for each other', () => {
  check(`${head}
actors:
  anna: { kind: human, holders: 1, backup: bert }
  #                                        ^^^^ language/invalid-value: Those who take over lead back to where they began: anna -> bert -> anna.
  bert: { kind: human, holders: 1, backup: anna }
events: { ask: { kind: signal }, told: { kind: signal } }
on: { withdrawn: begin }
start:
  - { next: begin }
  - { on: ask, next: tell }
steps:
  begin: { task: Begin, by: anna, emits: [ask], next: listen }
  listen: { wait: Listen, until: told, within: 1d, next: finish, on: { timeout: finish } }
  tell: { task: Tell, by: bert, emits: [told], next: finish }
  finish: { end: Finished }
`);
});

test('two circles through one step are two findings, each at the step that goes back', () => {
  check(`${head}
start: { next: write }
steps:
  write: { task: Write, by: clerk, next: check }
  check: { review: Check, by: lead, reviews: [letter], on: { approve: confirm, modify: confirm, reject: write } }
  #                                                                                                     ^^^^^ warning flow/unbounded-loop
  confirm: { review: Confirm, by: owner, reviews: [letter], on: { approve: finish, modify: finish, reject: write } }
  #                                                                                                        ^^^^^ warning flow/unbounded-loop: The loop write -> check -> confirm -> write has no bound. Add 'max' to this edge, and 'exhausted' with a step of a person.
  finish: { end: Finished }
`);
});

test('the edge gets a bound and a person behind it who is not in the circle', () => {
  assert.equal(
    fixed(
      `${head}
start: { next: write }
steps:
  write: { task: Write, by: clerk, next: check }
  check:
    review: Check
    by: lead
    reviews: [letter]
    on:
      approve: finish
      modify: settle
      reject: write # as long as it takes
  settle: { task: Settle, by: owner, next: finish }
  finish: { end: Finished }
`,
      "Allow 3 rounds, then 'settle'",
    ),
    `-       reject: write # as long as it takes
+       reject: { to: write, max: 3, exhausted: settle } # as long as it takes`,
  );
  assert.equal(
    fixed(
      `${head}
start: { next: write }
steps:
  write: { task: Write, by: clerk, next: check }
  check: { review: Check, by: lead, reviews: [letter], on: { approve: finish, modify: settle, reject: { to: write, label: again } } }
  settle: { task: Settle, by: owner, next: finish }
  finish: { end: Finished }
`,
      "Allow 3 rounds, then 'settle'",
    ),
    `-   check: { review: Check, by: lead, reviews: [letter], on: { approve: finish, modify: settle, reject: { to: write, label: again } } }
+   check: { review: Check, by: lead, reviews: [letter], on: { approve: finish, modify: settle, reject: { to: { to: write, max: 3, exhausted: settle }, label: again } } }`,
  );
});

test('the person who gets it finds what the step needs', () => {
  assert.equal(
    fixed(
      `${head}
start: { gives: [claim], next: write }
steps:
  write: { task: Write, by: clerk, reads: [claim], writes: [letter], next: check }
  check:
    review: Check
    by: lead
    reviews: [letter]
    on: { approve: offer-it, modify: offer-it, reject: write }
  offer-it: { task: Offer it, by: erp, reads: [letter], writes: [offer], next: sign, on: { error: settle } }
  sign: { task: Sign, by: owner, reads: [offer], next: finish }
  settle: { task: Settle, by: owner, reads: [letter], next: finish }
  finish: { end: Finished }
`,
      "Allow 3 rounds, then 'settle'",
    ),
    `-     on: { approve: offer-it, modify: offer-it, reject: write }
+     on: { approve: offer-it, modify: offer-it, reject: { to: write, max: 3, exhausted: settle } }`,
  );
});

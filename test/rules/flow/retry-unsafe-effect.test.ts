// flow/retry-unsafe-effect: an effect that may happen again carries a key that makes the second one harmless.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('flow/retry-unsafe-effect');

const data = 'data: { order: { class: internal, fields: { text: string, order_id: string } } }';

const retried = `${head}
${data}
start: { gives: [order], next: pay }
steps:
  pay: { task: Pay, by: erp, accepts: quick, reads: [order], retry: { max: 3 }, effects: [{ kind: payment, irreversible: true }], on: { error: finish }, next: finish } # money
  #                                                                                               ^^^^^^^ flow/retry-unsafe-effect: The payment of 'pay' may happen again when it is tried again, and nothing makes a second one harmless. Add 'idempotency-key' with a field that stays the same.
  finish: { end: Finished }
`;

test('a retry does the effect again', () => {
  check(retried);
});

test('the number of what it reads becomes the key', () => {
  assert.match(
    fixed(retried, "Tell repetitions by 'order.order_id'"),
    /irreversible: true, idempotency-key: order\.order_id \}/,
  );
});

test('work that comes back, also over an exceptional edge, does it again; the circle is shown', () => {
  const [finding] = check(`${head}
start: { next: send }
steps:
  send: { task: Send, by: clerk, effects: [{ kind: message, to: customer, external: true }], next: await-answer }
  #                                                ^^^^^^^ flow/retry-unsafe-effect: The message of 'send' may happen again when work comes back to it
  await-answer: { wait: Wait, until: answer, within: 3d, next: finish, on: { timeout: { to: send, max: 2, exhausted: finish } } }
  finish: { end: Finished }
`);
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['send', 'await-answer', 'send'],
  );
});

test('a key that the step writes itself is another one each time', () => {
  check(`${head}
${data}
start: { gives: [order], next: pay }
steps:
  pay: { task: Pay, by: clerk, writes: [order], retry: { max: 3 }, effects: [{ kind: payment, irreversible: true, idempotency-key: order.order_id }], next: finish }
  #                                                                                                                                ^^^^^^^^^^^^^^ flow/retry-unsafe-effect: its 'idempotency-key' 'order.order_id' is written by the step itself, so each time is another one
  finish: { end: Finished }
`);
});

test('the retry of a scope repeats what is inside, by performers and data of a library', () => {
  check(`${head}
start: { next: work }
steps:
  work:
    scope: Work
    by: clerk
    start: post
    retry: { max: 2, on: [error] }
    steps:
      post: { task: Post, by: clerk, reads: [letter], effects: [{ kind: publish, external: true, uses: [letter] }] }
      #                                                                 ^^^^^^^ flow/retry-unsafe-effect: The publish of 'post' may happen again when 'work' is tried again
    next: finish
  finish: { end: Finished }
`);
});

test('no fault: a key, an effect that can be taken back, no repetition, another pick in free order, a reminder', () => {
  check(`${head}
${data}
start: { gives: [order], next: pay }
steps:
  pay: { task: Pay, by: clerk, reads: [order], retry: { max: 3 }, effects: [{ kind: payment, irreversible: true, idempotency-key: order.order_id }, { kind: record }], next: tell }
  tell: { task: Tell, by: clerk, effects: [{ kind: message, to: customer, external: true }], timers: [{ after: 1d, to: { to: remind, keep: true } }], next: pick }
  remind: { task: Remind, by: lead, next: reminded }
  reminded: { end: Reminded }
  pick:
    scope: Pick
    order: free
    done-when: offer.sure > 0.9
    steps:
      ask: { task: Ask, by: clerk, effects: [{ kind: message, to: customer, external: true }] }
    next: check
  check: { review: Check, by: lead, reviews: [letter], on: { approve: finish, modify: finish, reject: { to: revise, max: 2, exhausted: finish } } }
  revise: { task: Revise, by: clerk, writes: [letter], effects: [{ kind: record }], next: check }
  finish: { end: Finished }
`);
});

test('half-typed effects and keys are quiet', () => {
  check(
    `${head}
start: { next: pay }
steps:
  pay: { task: Pay, by: clerk, retry: , effects: [{ kind: , irreversible: true }], next: finish }
  finish: { end: Finished }
`,
    { only: ['flow/retry-unsafe-effect'] },
  );
});

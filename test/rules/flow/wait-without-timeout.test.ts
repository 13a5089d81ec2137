// flow/wait-without-timeout: every wait for someone or something ends after a stated time, and leads somewhere then.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('flow/wait-without-timeout');

test('a wait without a time limit is a fault, whatever it waits for', () => {
  check(`${head}
events: { paid: { kind: condition } }
defaults: { accepts: quick }
start: { next: for-an-event }
steps:
  for-an-event: { wait: Wait for the answer, until: answer, next: for-a-message }
  #                                          ^^^^^ flow/wait-without-timeout: 'for-an-event' waits for 'answer' without a time limit: a case can be forgotten here. Add 'within' and 'on.timeout'.
  for-a-message: { wait: Wait for a message, until: message, from: customer, next: for-someone }
  #                                          ^^^^^ flow/wait-without-timeout: 'for-a-message' waits for a message from 'customer' without a time limit: a case can be forgotten here. Add 'within' and 'on.timeout'.
  for-someone: { wait: Wait for someone, from: customer, next: for-several }
  #              ^^^^ flow/wait-without-timeout: 'for-someone' waits for an answer from 'customer' without a time limit: a case can be forgotten here. Add 'within' and 'on.timeout'.
  for-several: { wait: Wait for either, on: { answer: finish, paid: finish } }
  #              ^^^^ flow/wait-without-timeout: 'for-several' waits for 'answer' or 'paid' without a time limit: a case can be forgotten here. Add 'within' and 'on.timeout'.
  finish: { end: Finished }
`);
});

test('a time limit that leads nowhere is a fault', () => {
  check(`${head}
start: { next: await-answer }
steps:
  await-answer: { wait: Wait for the answer, until: answer, within: 5d, next: finish }
  #                                                         ^^^^^^ flow/wait-without-timeout: 'await-answer' has a time limit, but nothing happens when it is over: a case can be forgotten here. Add 'on.timeout'.
  finish: { end: Finished }
`);
});

test('a wait inside a scope, and one behind a timeout, is looked at as well', () => {
  check(`${head}
start: { next: work }
steps:
  work:
    scope: Work
    start: ask
    steps:
      ask: { task: Ask, by: clerk, within: 1d, on: { timeout: await-answer } }
      await-answer: { wait: Wait for the answer, until: answer }
      #                                          ^^^^^ flow/wait-without-timeout
    next: finish
  finish: { end: Finished }
`);
});

test('a limit may stand around the wait: by default, at a scope, by a timer of the step, the scope or the case', () => {
  check(`${head}
defaults: { within: 2d, on: { timeout: finish } }
start: { next: await-answer }
steps:
  await-answer: { wait: Wait for the answer, until: answer, next: finish }
  finish: { end: Finished }
`);
  check(`${head}
on: { timeout: finish }
start: { next: first }
steps:
  first: { wait: First, until: answer, timers: [{ after: 5d, to: second }], next: second }
  second: { wait: Second, until: answer, within: 5d, next: third }
  third:
    scope: Third
    within: 5d
    start: inner
    steps:
      inner: { wait: Inner, until: answer }
    next: finish
  finish: { end: Finished }
`);
  check(`${head}
timers: [{ after: 30d, to: finish }]
start: { next: await-answer }
steps:
  await-answer: { wait: Wait for the answer, until: answer, next: finish }
  finish: { end: Finished }
`);
});

test('a timer that lets the wait go on ends nothing', () => {
  check(`${head}
start: { next: await-answer }
steps:
  await-answer: { wait: Wait for the answer, until: answer, timers: [{ after: 3d, to: remind, keep: true }], next: finish }
  #                                          ^^^^^ flow/wait-without-timeout
  remind: { task: Remind, by: erp, on: { error: finish }, next: finish }
  finish: { end: Finished }
`);
});

test('a wait for time alone, a wait that is never reached and a half-typed one are no faults', () => {
  check(
    `${head}
start: { next: cool-off }
steps:
  cool-off: { wait: Cool off, for: 14d, next: listen }
  listen: { wait: Listen, for: 14d, until: answer, next: finish }
  later: { wait: Later, until: answer, next: finish }
  typing: { wait: Typing }
  finish: { end: Finished }
`,
    { only: ['flow/wait-without-timeout'] },
  );
});

test('the wait gets a limit and a task of whoever is accountable behind it, in block and in flow style', () => {
  assert.equal(
    fixed(
      `${head}
start: { next: await-answer }
steps:
  await-answer:
    wait: Wait for the answer
    until: answer # by mail
    next: settle
  settle: { task: Settle, by: owner, accepts: quick, next: finish }
  finish: { end: Finished }
`,
      "Wait 5 days at most, then 'settle'",
    ),
    `-     next: settle
+     within: 5d
+     next: settle
+     on: { timeout: settle }`,
  );
  assert.equal(
    fixed(
      `${head}
start: { next: await-answer }
steps:
  await-answer: { wait: Wait, until: answer, on: { answer: settle } } # by mail
  settle: { task: Settle, by: owner, accepts: quick, next: finish }
  finish: { end: Finished }
`,
      "Wait 5 days at most, then 'settle'",
    ),
    `-   await-answer: { wait: Wait, until: answer, on: { answer: settle } } # by mail
+   await-answer: { wait: Wait, until: answer, within: 5d, on: { answer: settle, timeout: settle } } # by mail`,
  );
  assert.equal(
    fixed(
      `${head}
start: { next: await-answer }
steps:
  await-answer: { wait: Wait, until: answer, within: 3d, next: settle }
  settle: { task: Settle, by: owner, accepts: quick, next: finish }
  finish: { end: Finished }
`,
      "On timeout go on with 'settle'",
    ),
    `-   await-answer: { wait: Wait, until: answer, within: 3d, next: settle }
+   await-answer: { wait: Wait, until: answer, within: 3d, next: settle, on: { timeout: settle } }`,
  );
});

test('work is never sent back into the wait: without another task of the accountable nothing is offered', () => {
  const findings = check(`${head}
start: { next: ask }
steps:
  ask: { task: Ask, by: owner, next: await-answer }
  await-answer: { wait: Wait for the answer, until: answer, next: finish }
  #                                          ^^^^^ flow/wait-without-timeout
  finish: { end: Finished }
`);
  assert.deepEqual(
    findings.flatMap(({ fixes }) => fixes),
    [],
  );
});

// performance/sla-overrun: on every path, time limits and waits add up to no more than the service level.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check } = forRules('performance/sla-overrun');

test('the times of the longest path are added up, in the words they were written in', () => {
  const findings = check(`${head}
sla: { max: 2d }
#           ^^ error performance/sla-overrun: The longest way from the start to 'sent' takes up to 2d6h (write 1d + 2 × check 12h + rewrite 6h), and 2d are allowed. Shorten a time limit on it, or allow more.
start: { next: write }
steps:
  write: { task: Write, by: clerk, within: 1d, next: check, on: { timeout: given-up } }
  check: { review: Check, by: lead, reviews: [letter], within: 12h, on: { approve: sent, modify: sent, reject: { to: rewrite, max: 1, exhausted: given-up }, timeout: sent } }
  rewrite: { task: Rewrite, by: clerk, within: 6h, next: check, on: { timeout: given-up } }
  sent: { end: Sent }
  given-up: { end: Given up, outcome: failed, informed: [owner] }
`);
  assert.deepEqual(
    findings[0]?.witness.map(({ step, note }) => `${step}: ${note}`),
    [
      'start: ',
      'write: write 1d, then 1d left',
      'check: check 12h, then 12h left',
      'rewrite: rewrite 6h, then 6h left',
      'check: check 12h, then 6h too late',
      'sent: the clock stops here',
    ],
  );
});

test('a timer that would fire when the time of its step is over takes no longer than the step', () => {
  check(`${head}
sla: { max: 12h }
start: { next: write }
steps:
  write: { task: Write, by: clerk, within: 4h, timers: [{ after: 2d, to: settle }], next: sent, on: { timeout: settle } }
  settle: { task: Settle, by: lead, within: 8h, next: sent, on: { timeout: sent } }
  sent: { end: Sent }
`);
});

test('a path over a timeout, a refusal or a timer counts like any other', () => {
  check(`${head}
sla: { max: 6h }
#           ^^ performance/sla-overrun: takes up to 12h (write 4h + settle 8h), and 6h are allowed
start: { next: write }
steps:
  write: { task: Write, by: clerk, within: 4h, next: sent, on: { timeout: settle } }
  settle: { task: Settle, by: lead, within: 8h, next: sent, on: { timeout: sent } }
  sent: { end: Sent }
`);
  check(`${head}
sla: { max: 4h }
#           ^^ performance/sla-overrun: takes up to 5h (ack of post 1h + settle 4h), and 4h are allowed
start: { next: sort }
steps:
  sort: { task: Sort, by: erp, next: post, on: { error: sent } }
  post: { task: Post, by: lead, within: 3h, accepts: { ack: 1h, on-reject: settle }, next: sent, on: { timeout: sent } }
  settle: { task: Settle, by: lead, within: 4h, next: sent, on: { timeout: sent } }
  sent: { end: Sent }
`);
});

test('working hours come from imported calendars: three working days can begin on a Friday evening', () => {
  check(`aiwf: 1
workflow: w
accountable: anna
use: [./hours.aiwf.yaml]
sla: { max: 4d }
#           ^^ performance/sla-overrun: takes up to 5d (write 1d of working time + check 2d of working time), and 4d are allowed
start: { next: write }
steps:
  write: { task: Write, by: anna, within: 1d, next: check, on: { timeout: sent } }
  check: { task: Check, by: anna, within: 2d, next: sent, on: { timeout: sent } }
  sent: { end: Sent }
#- hours.aiwf.yaml
aiwf: 1
library: hours
calendars: { office: { days: mon-fri, hours: 08:00-18:00 } }
actors: { anna: { kind: human, holders: 1, calendar: office } }
`);
});

test('a service level in working time is compared with working time: the weekend is not counted twice', () => {
  const text = (max: string, mark: string) => `aiwf: 1
workflow: w
accountable: anna
calendars: { office: { days: mon-fri, hours: 08:00-18:00 } }
actors: { anna: { kind: human, holders: 1, calendar: office } }
sla: { max: ${max}, calendar: office }
${mark}
start: { next: write }
steps:
  write: { task: Write, by: anna, within: 2d, next: check, on: { timeout: sent } }
  check: { task: Check, by: anna, within: 1d4h, next: sent, on: { timeout: sent } }
  sent: { end: Sent }
`;
  check(text('3d4h', ''));
  check(
    text(
      '3d3h',
      "#           ^^^^ performance/sla-overrun: takes up to 3d4h of working time in 'office' (write 2d + check 1d4h), and 3d3h are allowed",
    ),
  );
});

test('several service levels: each between its points, for its cases, and without the steps that stop its clock', () => {
  check(`${head}
sla:
  - { max: 15d, to: [check.approve] }
  - { max: 1d, when: claim.amount < 100, to: [quick-answer] }
  - { max: 3h, from: write, to: [ask] }
  #        ^^ performance/sla-overrun: from 'write' to 'ask' takes up to 4h (write 4h), and 3h are allowed
  - { max: 12h, clock-stops: [ask] }
start: { next: sort }
steps:
  sort: { route: Sort, next: [{ when: claim.amount < 100, to: quick-answer }, { else: write }] }
  write: { task: Write, by: clerk, within: 4h, next: ask, on: { timeout: ask } }
  ask: { wait: Ask the customer, until: answer, within: 14d, next: check, on: { timeout: check } }
  check: { review: Check, by: lead, reviews: [letter], within: 8h, on: { approve: sent, modify: sent, reject: sent, timeout: sent } }
  quick-answer: { task: Answer, by: clerk, within: 1h, next: sent, on: { timeout: sent } }
  sent: { end: Sent }
`);
});

test('a time that is not known leaves the whole open, unless what is known is too long already', () => {
  check(`${head}
sla: { max: 2d }
#           ^^ info performance/sla-overrun?: Whether the way from the start to 'sent' keeps to 2d is not known: 'write' has no 'within'. State it.
start: { next: write }
steps:
  write: { task: Write, by: clerk, next: check }
  check: { review: Check, by: lead, reviews: [letter], within: 12h, on: { approve: sent, modify: sent, reject: sent, timeout: sent } }
  sent: { end: Sent }
`);
  check(`${head}
sla: { max: 4h }
#           ^^ error performance/sla-overrun: takes up to 12h (check 12h), and 4h are allowed
start: { next: write }
steps:
  write: { task: Write, by: clerk, next: check }
  check: { review: Check, by: lead, reviews: [letter], within: 12h, on: { approve: sent, modify: sent, reject: sent, timeout: sent } }
  sent: { end: Sent }
`);
  check(`${head}
sla: { max: 2d }
#           ^^ info performance/sla-overrun?: the loop through 'check' has no bound
start: { next: write }
steps:
  write: { task: Write, by: clerk, within: 1h, next: check, on: { timeout: sent } }
  check: { review: Check, by: lead, reviews: [letter], within: 1h, on: { approve: sent, modify: sent, reject: write, timeout: sent } }
  sent: { end: Sent }
`);
});

test('silent: parallel work counts once, a backup works within the same limit, a reminder runs beside the step', () => {
  check(`${head}
actors:
  anna: { kind: human, holders: 1, backup: bert }
  bert: { kind: human, holders: 1 }
sla: { max: 10h }
start: { next: split }
steps:
  split: { route: Split, next: { all: [write, draw] } }
  write: { task: Write, by: anna, within: 4h, timers: [{ after: 1h, to: remind, keep: true }], escalate: [{ to: lead, after: 3h }], next: join, on: { timeout: join } }
  draw: { task: Draw, by: clerk, within: 8h, next: join, on: { timeout: join } }
  remind: { task: Remind, by: erp, next: wait-on, on: { error: wait-on } }
  wait-on: { wait: Wait, for: 30d, next: reminded }
  reminded: { end: Reminded }
  join: { route: Join, join: all, next: post }
  post: { task: Post, by: clerk, within: 2h, next: sent, on: { timeout: sent } }
  sent: { end: Sent }
`);
});

test('half-typed service levels and points that lead nowhere are left to others', () => {
  check(`${head}
sla: [{ max: claim.amount }, { max: 1h, from: sent, to: [write] }, { max: 1h, calendar: nowhere }]
#                                                                                       ^^^^^^^ structure/unresolved-reference
start: { next: write }
steps:
  write: { task: Write, by: clerk, within: 1d, next: sent, on: { timeout: sent } }
  sent: { end: Sent }
`);
});

test('the time of a called file is that of its steps, or of the limit of the call', () => {
  const text = (call: string, mark: string) => `${head}
sla: { max: 6h }
${mark}start: { next: prepare }
steps:
  prepare: { task: Prepare, by: clerk, within: 1h, next: pay, on: { timeout: pay } }
  pay: { call: ./pay.aiwf.yaml, ${call}next: sent, on: { error: sent, timeout: sent } }
  sent: { end: Sent }
#- pay.aiwf.yaml
aiwf: 1
workflow: pay
accountable: owner
use: [./people.aiwf.yaml]
start: { next: order }
steps:
  order: { task: Order, by: clerk, within: 8h, next: done, on: { timeout: done } }
  done: { end: Paid }
`;
  check(
    text(
      '',
      `#           ^^ performance/sla-overrun: The longest way from the start to 'sent' takes up to 9h (prepare 1h + pay/order 8h), and 6h are allowed
`,
    ),
  );
  check(text('within: 4h, ', ''));
});

test('who performs without a time limit may be a system, while the name is a typing error', () => {
  check(`${head}
sla: { max: 2d }
start: { next: write }
steps:
  write: { task: Write, by: erpp, next: sent, on: { error: sent } }
  #                         ^^^^ structure/unresolved-reference
  sent: { end: Sent }
`);
});

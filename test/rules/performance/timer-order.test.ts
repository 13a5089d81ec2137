// performance/timer-order: reminders, escalations and time limits come in an order in which each can do its part.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('performance/timer-order');

const rest = `  remind: { task: Remind, by: erp, next: reminded, on: { error: reminded } }
  reminded: { end: Reminded }
  sent: { end: Sent }
`;

test('an escalation or a timer at or after the time limit never comes', () => {
  check(`${head}
start: { next: one }
steps:
  one: { task: One, by: clerk, within: 4h, escalate: [{ to: lead, after: 8h }], next: two, on: { timeout: two } }
  #                                                                      ^^ warning performance/timer-order: 'one' escalates to 'lead' after 8h, when its time of 4h is over. Escalate earlier, or allow more time.
  two: { wait: Two, until: answer, within: 7d, timers: [{ after: 1w, to: remind, keep: true }], next: three, on: { timeout: three } }
  #                                                              ^^ performance/timer-order: A timer of 'two' fires after 1w, when its time of 7d is over.
  three: { wait: Three, until: answer, within: 21d, timers: [{ after: 7d, every: 7d, times: 3, to: remind, keep: true }], next: sent, on: { timeout: sent } }
  #                                                                                         ^ performance/timer-order: Of 3 firings of a timer, 'three' sees 2: 7d and then every 7d goes past its time of 21d. Fire less often, or allow more time.
${rest}`);
});

test('a reminder comes before the work is escalated for the last time', () => {
  check(`${head}
start: { next: one }
steps:
  one: { task: One, by: clerk, within: 2d, escalate: [{ to: lead, after: 8h }], timers: [{ after: 1d, to: remind, keep: true }], next: two, on: { timeout: two } }
  #                                                                                               ^^ performance/timer-order: 'one' reminds after 1d, when it has been escalated already. Remind before the escalation.
  two: { task: Two, by: clerk, within: 2d, escalate: [{ to: lead, after: 8h }, { to: owner, after: 30h }], timers: [{ after: 1d, to: remind, keep: true }], next: sent, on: { timeout: sent } }
${rest}`);
});

test('whoever gets the work has the time that it takes', () => {
  check(`${head}
start: { next: one }
steps:
  one: { review: One, by: clerk, reviews: [letter], min-minutes: 45, within: 4h, escalate: [{ to: lead, after: 3h30m }], on: { approve: sent, modify: sent, reject: sent, timeout: sent } }
  #                                                                                                            ^^^^^ performance/timer-order: 'lead' gets 'one' with 4h − 3h30m = 30m left, and the work takes 45m at least.
${rest}`);
});

test('imported calendars: a working day is what the calendar says, and both are at work at some time', () => {
  const text = (step: string) => `aiwf: 1
workflow: w
accountable: chief
use: [./desk.aiwf.yaml]
start: { next: one }
steps:
  ${step}
  sent: { end: Sent }
#- desk.aiwf.yaml
aiwf: 1
library: desk
calendars:
  office: { days: mon-fri, hours: 08:00-18:00, zone: Europe/Berlin }
  night: { days: mon-sun, hours: 20:00-24:00, zone: Europe/Berlin }
  tokyo: { days: mon-fri, hours: 08:00-18:00, zone: Asia/Tokyo }
actors:
  chief: { kind: human, holders: 1, calendar: office }
  clerk: { kind: human, holders: 1, calendar: office }
  night-watch: { kind: human, holders: 2, calendar: night }
  tokyo-desk: { kind: human, holders: 2, calendar: tokyo }
`;
  const on = 'next: sent, on: { timeout: sent }';
  check(
    text(`one: { task: One, by: clerk, within: 1d, escalate: [{ to: chief, after: 12h }], ${on} }
  #                                                                       ^^^ performance/timer-order: escalates to 'chief' after 12h, when its time of 1d is over`),
  );
  check(
    text(`one: { task: One, by: clerk, within: 1d, escalate: [{ to: night-watch, after: 2h }], ${on} }
  #                                                         ^^^^^^^^^^^ performance/timer-order: 'one' escalates to 'night-watch', who is never at work when 'clerk' is. Choose someone whose hours meet theirs.`),
  );
  // As one that leads nowhere it is one fault.
  const [finding] = forRules('handoff/escalation-dead-end', 'performance/timer-order').findingsOf(
    text(`one: { task: One, by: clerk, within: 1d, escalate: [{ to: night-watch, after: 2h }], ${on} }`),
  );
  assert.deepEqual(
    [finding?.rule, finding?.also?.map(({ rule }) => rule)],
    ['handoff/escalation-dead-end', ['performance/timer-order']],
  );
  check(text(`one: { task: One, by: clerk, within: 1d, escalate: [{ to: tokyo-desk, after: 2h }], ${on} }`));
  check(text(`one: { task: One, by: clerk, within: 1d, escalate: [{ to: chief, after: 8h }], ${on} }`));
});

test('a time limit that the scope around it cuts off', () => {
  check(`${head}
start: { next: work }
steps:
  work:
    scope: Work
    start: one
    within: 2d
    on: { timeout: sent }
    next: sent
    steps:
      one: { task: One, by: clerk, within: 3d, next: two, on: { timeout: two } }
      #                                    ^^ performance/timer-order: 'one' has 3d, and the time of 'work' around it is over after 2d. Shorten the one, or allow more for the other.
      two: { task: Two, by: clerk, within: 2d }
${rest}`);
});

test('silent: in order, without a time limit, read from data, at a date, or of the default', () => {
  check(`${head}
defaults: { within: 5d, on: { timeout: sent } }
start: { next: one }
steps:
  one: { task: One, by: clerk, within: 1d, timers: [{ after: 2h, every: 2h, to: remind, keep: true }], escalate: [{ to: lead, after: 4h }], next: two }
  two: { wait: Two, until: answer, timers: [{ at: claim.story, to: remind, keep: true }, { after: claim.amount, to: remind, keep: true }], next: work }
  work:
    scope: Work
    start: three
    within: 2d
    on: { timeout: sent }
    steps:
      three: { task: Three, by: clerk, escalate: [{ to: lead, after: 4d }] }
${rest}`);
});

test('the two times can be exchanged', () => {
  assert.equal(
    fixed(
      `${head}
start: { next: one }
steps:
  one:
    task: One
    by: clerk
    within: 4h # not more
    escalate: [{ to: lead, after: 8h }]
    next: sent
    on: { timeout: sent }
${rest}`,
      'Exchange 8h and 4h',
    ),
    `-     within: 4h # not more
-     escalate: [{ to: lead, after: 8h }]
+     within: 8h # not more
+     escalate: [{ to: lead, after: 4h }]`,
  );
});

// performance/legal-deadline: from the start of a legal clock, each path gets to a point that stops it in time.
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check } = forRules('performance/legal-deadline');

const steps = `start: { next: confirm }
steps:
  confirm: { decision: Is it one, by: lead, outcomes: [yes, no], within: 1d, next: assess, on: { no: closed, timeout: assess } }
  assess: { task: Assess, by: clerk, within: 2d, next: notify, on: { timeout: settle } }
  settle: { task: Settle, by: owner, within: 1d, next: notify, on: { timeout: notify } }
  notify: { task: Notify, by: owner, within: 12h, next: closed, on: { timeout: closed } }
  closed: { end: Closed }
`;

test('a path over a timeout that takes longer than the law allows is a fault, with its sum', () => {
  check(`${head}
obligations:
  - { from: confirm.yes, to: [notify.done], within: 72h, ref: GDPR Art. 33 }
  #                                                 ^^^ error performance/legal-deadline: The longest way from 'confirm.yes' to 'notify.done' takes up to 3d12h (assess 2d + settle 1d + notify 12h), and 72h are allowed by GDPR Art. 33. Shorten a time limit on it.
${steps}`);
});

test('silent: in time; the first point that is met ends it; a path that never meets one is another fault', () => {
  check(`${head}
obligations:
  - { from: confirm.yes, to: [notify.done], within: 84h }
  - { from: confirm.yes, to: [notify.done, assess.timeout, assess.done], within: 48h }
  - { from: confirm.no, to: [notify.done], within: 1h }
${steps}`);
});

test('the service level may stop its clock and count working days, the law does not', () => {
  check(`aiwf: 1
workflow: w
accountable: anna
calendars: { office: { days: mon-fri, hours: 08:00-18:00, holidays: [2026-12-25] } }
actors: { anna: { kind: human, holders: 1, calendar: office } }
events: { complaint: { kind: message } }
sla: { max: 1d, calendar: office, from: complaint, clock-stops: [answer] }
obligations: { from: complaint, to: [answer.done], within: 3d }
#                                                          ^^ performance/legal-deadline: from 'complaint' to 'answer.done' takes up to 4d (answer 1d of working time), and 3d are allowed
start: { on: complaint, next: answer }
steps:
  answer: { task: Answer, by: anna, within: 1d, next: done, on: { timeout: done } }
  done: { end: Done }
`);
});

test('an event that strikes anywhere starts the clock where it strikes', () => {
  check(`${head}
obligations:
  - { from: withdrawn, to: [erase.done], within: 30d }
  - { from: withdrawn, to: [erase.done], within: 3d }
  #                                              ^^ performance/legal-deadline: from 'withdrawn' to 'erase.done' takes up to 5d (erase 5d), and 3d are allowed
on: { withdrawn: erase }
start: { next: work }
steps:
  work: { task: Work, by: clerk, within: 90d, next: done, on: { timeout: done } }
  erase: { task: Erase, by: clerk, within: 5d, next: done, on: { timeout: done } }
  done: { end: Done }
`);
});

test('imported clocks: an event of another file starts one', () => {
  check(`${head}
obligations: { from: answer, to: [reply.done], within: 1d }
#                                                      ^^ performance/legal-deadline: from 'answer' to 'reply.done' takes up to 2d (reply 2d), and 1d are allowed
start: { next: listen }
steps:
  listen: { wait: Listen, until: answer, within: 20d, next: reply, on: { timeout: done } }
  reply: { task: Reply, by: clerk, within: 2d, next: done, on: { timeout: done } }
  done: { end: Done }
`);
});

test('a step without a time limit leaves it open, once for each clock', () => {
  check(`${head}
obligations: { from: ask.done, to: [reply.done], within: 30d }
#                                                        ^^^ info performance/legal-deadline?: Whether the way from 'ask.done' to 'reply.done' keeps to 30d is not known: 'reply' has no 'within'. State it.
start: { next: ask }
steps:
  ask: { task: Ask, by: clerk, next: reply }
  reply: { task: Reply, by: clerk, next: done }
  done: { end: Done }
`);
});

test('half-typed clocks are left to others', () => {
  check(`${head}
obligations:
  - { from: nowhere.done, to: [reply.done], within: 1h }
  #         ^^^^^^^^^^^^ structure/unresolved-reference
start: { next: reply }
steps:
  reply: { task: Reply, by: clerk, within: 2h, next: done }
  done: { end: Done }
`);
});

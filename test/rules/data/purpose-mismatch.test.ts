// data/purpose-mismatch: data is used for what it was collected for, and so is all that is made of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check } = forRules('data/purpose-mismatch');

const data = `data:
  order: { class: personal, purpose: [delivery, billing] }
  visit: { class: personal, purpose: [security] }
  overview: { class: personal }
`;
const end = `  finish: { end: Finished }
`;

test('a step that uses data for a purpose that is not allowed for it is a fault', () => {
  check(`${head}${data}start: { gives: [order, visit], next: bill }
steps:
  bill: { task: Bill, by: clerk, purpose: billing, reads: [order], next: advertise }
  advertise: { task: Advertise, by: clerk, purpose: marketing, reads: [order, visit], next: judge }
  #                                                                    ^^^^^ warning data/purpose-mismatch: 'advertise' is for 'marketing', but it uses 'order', which is for 'delivery' or 'billing' only and 'visit', which is for 'security' only. Leave it out, redact it before, or name the purpose at the data if it holds there.
  judge: { review: Judge, by: clerk, purpose: hiring, reviews: [visit.time], next: finish }
  #                                                             ^^^^^^^^^^ data/purpose-mismatch: 'judge' is for 'hiring', but it uses 'visit.time', which is for 'security' only
${end}`);
});

test('what is made of the data is for the same purposes, also on the way over a timeout', () => {
  const [finding] = check(`${head}${data}start: { gives: [order], next: sort }
steps:
  sort: { task: Sort, by: clerk, reads: [order], writes: [overview], next: clean }
  clean: { task: Clean, by: clerk, reads: [overview], redacts: [overview], writes: [overview], within: 1d, on: { timeout: advertise }, next: advertise }
  advertise: { task: Advertise, by: clerk, purpose: marketing, reads: [overview], next: finish }
  #                                                                    ^^^^^^^^ data/purpose-mismatch: 'advertise' is for 'marketing', but it uses 'overview', which is made from 'order', for 'delivery' or 'billing' only.
${end}`);
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['start', 'sort', 'clean', 'advertise'],
  );
});

test('an intersection counts: of two sources each has to allow it', () => {
  check(`${head}${data}start: { gives: [order, visit], next: merge }
steps:
  merge: { task: Merge, by: clerk, reads: [order, visit], writes: [overview], next: ship }
  ship: { task: Ship, by: clerk, purpose: delivery, reads: [overview], next: finish }
  #                                                         ^^^^^^^^ data/purpose-mismatch: 'overview', which is made from 'visit', for 'security' only
${end}`);
});

test('data of a library is bound to its purposes', () => {
  check(`
aiwf: 1
workflow: w
accountable: owner
use: [./people.aiwf.yaml, ./more.aiwf.yaml]
start: { gives: [badge], next: count }
steps:
  count: { task: Count, by: clerk, purpose: ranking, reads: [badge], next: finish }
  #                                                          ^^^^^ data/purpose-mismatch: 'count' is for 'ranking', but it uses 'badge', which is for 'entry' only
${end}
#- more.aiwf.yaml
aiwf: 1
library: more
data: { badge: { class: personal, purpose: entry } }
`);
});

test('an element of a list is bound like its list', () => {
  check(`${head}data: { orders: { class: personal, purpose: [delivery], fields: { lines: [{ item: string }] } } }
start: { gives: [orders], next: each }
steps:
  each: { task: Each, by: clerk, purpose: marketing, for-each: { item: line, in: orders.lines }, reads: [line], next: finish }
  #                                                                                                      ^^^^ data/purpose-mismatch: 'each' is for 'marketing', but it uses 'line', which is made from 'orders', for 'delivery' only
${end}`);
});

test('redacted data, data and steps without a purpose, and steps that nobody reaches are silent', () => {
  check(`${head}${data}start: { gives: [order], next: sort }
steps:
  sort: { task: Sort, by: clerk, reads: [order], redacts: [order], writes: [overview], next: part }
  part: { task: Part, by: clerk, reads: [order], redacts: [order.name], writes: [offer], next: advertise }
  advertise: { task: Advertise, by: clerk, purpose: marketing, reads: [overview, offer, letter], next: plain }
  plain: { task: Plain, by: clerk, reads: [order, visit], next: finish }
  lost: { task: Nobody comes here, by: clerk, purpose: marketing, reads: [order], next: finish }
${end}`);
  check(
    `${head}data: { order: { class: personal, purpose: }, visit: { class: personal, purpose: [security] } }
start: { gives: [order], next: work }
steps:
  work: { task: Work, by: clerk, purpose: , reads: [order, visit], next: more }
  more: { task: More, by: clerk, purpose: marketing, reads: [order, vist], next: finish }
${end}`,
    { only: ['data/purpose-mismatch'] },
  );
});

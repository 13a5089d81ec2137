// oversight/review-time-vs-sla: a review has the time a careful look takes; grave items are approved one by one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('oversight/review-time-vs-sla');

const on = 'on: { approve: sent, modify: sent, reject: sent, timeout: sent }';
const rest = `  sent: { end: Sent }
`;

test('a look that takes longer than allowed is a warning, for one item and for all at once', () => {
  check(`${head}
start: { next: one }
steps:
  one: { review: One, by: clerk, reviews: [letter], min-minutes: 45, within: 30m, on: { approve: two, modify: two, reject: two, timeout: two } }
  #                                                                          ^^^ warning oversight/review-time-vs-sla: A careful look in 'one' takes 45m at least, and 30m are allowed. Allow more time.
  two: { approval: Two, by: clerk, covers: [letter], min-minutes: 10, batch: 20, within: 2h, ${on} }
  #                                                                                      ^^ oversight/review-time-vs-sla: A careful look in 'two' takes 20 × 10m = 3h20m at least, and 2h are allowed. Allow more time, or look at fewer at once.
${rest}`);
});

test('the lower bound of the effort counts where there are no minutes, and time limits of the defaults', () => {
  check(`${head}
defaults: { within: 1h, on: { timeout: sent } }
start: { next: one }
steps:
  one: { decision: One, by: clerk, outcomes: [yes, no], effort: [90m, 3h], next: two, on: { no: sent } }
  #^^ oversight/review-time-vs-sla: A careful look in 'one' takes 1h30m at least, and 1h are allowed
  two: { decision: Two, by: clerk, outcomes: [yes, no], effort: [30m, 3h], next: sent, on: { no: sent } }
${rest}`);
});

test('a working day of an imported calendar is shorter than a day', () => {
  const text = (batch: number, mark: string) => `aiwf: 1
workflow: w
accountable: clerk
use: [./desk.aiwf.yaml]
start: { next: one }
steps:
  one: { review: One, by: clerk, reviews: [letter], min-minutes: 10, batch: ${batch}, within: 1d, ${on} }
${mark}${rest}#- desk.aiwf.yaml
aiwf: 1
library: desk
calendars: { office: { days: mon-fri, hours: 09:00-17:00 } }
actors: { clerk: { kind: human, holders: 1, calendar: office } }
data: { letter: { class: internal } }
`;
  check(text(48, ''));
  check(
    text(
      49,
      `  #                                                                                     ^^ oversight/review-time-vs-sla: takes 49 × 10m = 8h10m at least, and 1d are allowed
`,
    ),
  );
});

test('one approval for many items that weigh on a person, or that cannot be taken back, also behind a timeout', () => {
  check(`${head}
start: { next: one }
steps:
  one: { approval: One, by: lead, covers: [offer], significance: legal, batch: 5, on: { approve: two, modify: two, reject: sent } }
  #                                                                            ^ warning oversight/review-time-vs-sla: 'one' approves 5 items at once, and each has a legal effect on a person. Approve them one by one.
  two: { approval: Two, by: lead, covers: [letter], batch: 12, within: 1d, on: { approve: three, modify: three, reject: sent, timeout: pay } }
  #                                                        ^^ oversight/review-time-vs-sla: 'two' approves 12 items at once, and the message of 'pay' cannot be taken back. Approve them one by one.
  three: { approval: Three, by: lead, covers: [claim.story], batch: 12, on: { approve: pay, modify: pay, reject: sent } }
  pay: { task: Pay, by: clerk, effects: [{ kind: message, to: customer, irreversible: true, uses: [letter] }, { kind: payment, irreversible: true, amount: claim.amount }], next: sent }
${rest}`);
});

test('silent: enough time, nothing stated, no judgment, a single item, what can be undone', () => {
  check(`${head}
start: { next: one }
steps:
  one: { review: One, by: clerk, reviews: [letter], min-minutes: 45, within: 45m, on: { approve: two, modify: two, reject: two, timeout: two } }
  two: { task: Two, by: clerk, effort: 3h, within: 1h, next: three, on: { timeout: three } }
  three: { approval: Three, by: lead, covers: [letter], batch: 100, on: { approve: four, modify: four, reject: four } }
  four: { approval: Four, by: lead, covers: [letter], significance: legal, batch: 1, dual: true, min-minutes: 40, within: 1h, on: { approve: five, modify: five, reject: five, timeout: five } }
  five: { review: Five, by: lead, reviews: [letter], min-minutes: 40, within: claim.amount, on: { approve: six, modify: six, reject: six, timeout: six } }
  six: { task: Six, by: clerk, effects: [{ kind: record, uses: [letter] }], next: sent }
${rest}`);
});

test('half-typed numbers are no numbers', () => {
  check(`${head}
start: { next: one }
steps:
  one: { approval: One, by: lead, covers: [], batch: many, within: soon, min-minutes: 5, on: { approve: sent, modify: sent, reject: sent } }
  #                                                  ^^^^ language/invalid-value
  #                                                                ^^^^ language/invalid-value
${rest}`);
});

test('more time, fewer at once, or one by one', () => {
  const text = (keys: string) => `${head}
start: { next: one }
steps:
  one: { approval: One, by: lead, covers: [letter], ${keys}, ${on} }
${rest}`;
  const line = (keys: string) => `  one: { approval: One, by: lead, covers: [letter], ${keys}, ${on} }`;
  const late = 'min-minutes: 10, batch: 20, within: 2h';
  assert.equal(
    fixed(text(late), 'Allow 200m'),
    `- ${line(late)}
+ ${line('min-minutes: 10, batch: 20, within: 200m')}`,
  );
  assert.equal(
    fixed(text(late), 'Look at 12 at once'),
    `- ${line(late)}
+ ${line('min-minutes: 10, batch: 12, within: 2h')}`,
  );
  assert.equal(
    fixed(text('significance: significant, batch: 4'), 'Approve one by one'),
    `- ${line('significance: significant, batch: 4')}
+ ${line('significance: significant, batch: 1')}`,
  );
});

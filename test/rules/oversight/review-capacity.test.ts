// oversight/review-capacity: people who review have the time that the items need which come to them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('oversight/review-capacity');

const judges = `actors:
  checker: { kind: human, holders: 3, capacity: { minutes-per-day: 300 } }
`;
const ends = `  sent: { end: Sent }
  refused: { end: Refused, outcome: rejected, informed: [owner] }
`;

test('more items than can be looked at with care are a warning, and more than there is time at all an error', () => {
  check(`${head}${judges}volume: { per-day: [100, 200] }
start: { next: check }
steps:
  check: { review: Check, by: checker, reviews: [letter], min-minutes: 4, on: { approve: sent, modify: sent, reject: refused } }
  #                                                       ^^^^^^^^^^^ warning oversight/review-capacity: 'checker' has more to review than can be looked at with care: check 200 × 4m = 800m a day, against 3 holders × 300m × 80% = 720m. Add holders, or let fewer items come here.
${ends}`);
  check(`${head}${judges}volume: { per-day: [300, 400] }
start: { next: check }
steps:
  check: { review: Check, by: checker, reviews: [letter], min-minutes: 4, on: { approve: sent, modify: sent, reject: refused } }
  #                                                       ^^^^^^^^^^^ error oversight/review-capacity: check 400 × 4m = 1600m a day
${ends}`);
});

test('shares of branches, samples and rework decide how many items come', () => {
  const text = (share: string, again: string, mark: string) => `${head}${judges}volume: { per-day: 1000 }
start: { next: sort }
steps:
  sort: { route: Sort, next: [{ when: claim.amount < 100, to: sent, share: ${share} }, { else: check }] }
  check: { approval: Check, by: checker, covers: [letter], min-minutes: 3, on: { approve: sent, modify: sent, reject: { to: sort, share: ${again}, max: 1, exhausted: refused } } }
${mark}${ends}`;
  check(text('80%', '10%', ''));
  check(
    text(
      '75%',
      '40%',
      `  #                                                        ^^^^^^^^^^^ warning oversight/review-capacity: check 275 × 3m = 825m a day
`,
    ),
  );
});

test('all reviews of one role count together, and it is said at the largest', () => {
  check(`${head}${judges}volume: { per-day: 100 }
start: { next: check }
steps:
  check: { review: Check, by: checker, reviews: [letter], min-minutes: 3, on: { approve: decide, modify: decide, reject: decide } }
  decide: { decision: Decide, by: checker, outcomes: [yes, no], effort: [5m, 20m], next: sent, on: { no: refused } }
  #                                                             ^^^^^^ oversight/review-capacity: decide 100 × 5m + check 100 × 3m = 800m a day
${ends}`);
});

test('over an outcome that has a share, and through imported roles whose people are counted there', () => {
  check(`aiwf: 1
workflow: w
accountable: boss
use: [./desk.aiwf.yaml]
volume: { per-day: 500 }
start: { next: work }
steps:
  work: { task: Work, by: bot, mode: ai-executed, next: sent, on: { error: { to: check, share: 50% }, unavailable: sent } }
  check: { review: Check, by: boss, reviews: [letter], min-minutes: 2, on: { approve: sent, modify: sent, reject: sent } }
  #                                                    ^^^^^^^^^^^ oversight/review-capacity: check 250 × 2m = 500m a day, against 1 holder × 300m × 60% = 180m
  sent: { end: Sent }
#- desk.aiwf.yaml
aiwf: 1
library: desk
actors:
  boss: { kind: human, holders: 1, capacity: { minutes-per-day: 300, utilization: 60% } }
  bot: { kind: agent, sponsor: boss }
data: { letter: { class: internal } }
`);
});

test('shares that nobody stated leave it open, once, and only where they matter', () => {
  check(`${head}${judges}volume: { per-day: 200 }
start: { next: triage }
steps:
  triage: { decision: Triage, by: clerk, outcomes: [hard, easy], on: { hard: check, easy: sent } }
  check: { review: Check, by: checker, reviews: [letter], min-minutes: 4, on: { approve: sent, modify: sent, reject: refused } }
  #                                                       ^^^^^^^^^^^ info oversight/review-capacity?: Whether 'checker' can review with care all that comes is not known: it may be more than 3 holders × 300m × 80% = 720m. State the shares of 'hard' and 'easy' at 'triage'.
${ends}`);
  check(`${head}${judges}volume: { per-day: 100 }
start: { next: triage }
steps:
  triage: { decision: Triage, by: clerk, outcomes: [hard, easy], on: { hard: check, easy: sent } }
  check: { review: Check, by: checker, reviews: [letter], min-minutes: 4, on: { approve: sent, modify: sent, reject: refused } }
${ends}`);
});

test('silent: what only a timeout brings, work that is no review, several who can do it, nobody’s numbers', () => {
  check(`${head}${judges}volume: { per-day: 5000 }
start: { next: write }
steps:
  write: { task: Write, by: checker, effort: 1h, within: 1d, next: sent, on: { timeout: settle } }
  settle: { decision: Settle, by: checker, outcomes: [yes, no], min-minutes: 60, next: other, on: { no: refused } }
  other: { review: Other, by: [checker, clerk], reviews: [letter], min-minutes: 60, on: { approve: look, modify: look, reject: refused } }
  look: { review: Look, by: lead, reviews: [letter], min-minutes: 60, on: { approve: sent, modify: sent, reject: refused } }
${ends}`);
  check(`${head}${judges}start: { next: check }
steps:
  check: { review: Check, by: checker, reviews: [letter], min-minutes: 400, on: { approve: sent, modify: sent, reject: refused } }
${ends}`);
});

test('the stricter of the project and the role says how much of a day can be planned', () => {
  const text = `${head}${judges}volume: { per-day: 150 }
start: { next: check }
steps:
  check: { review: Check, by: checker, reviews: [letter], min-minutes: 4, on: { approve: sent, modify: sent, reject: refused } }
MARK
${ends}`;
  check(text.replace('MARK\n', ''));
  check(
    text.replace(
      'MARK',
      '  #                                                       ^^^^^^^^^^^ oversight/review-capacity: against 3 holders × 300m × 50% = 450m',
    ),
    { parameters: { utilization: 0.5 } },
  );
});

test('the fix counts the people that the busiest day needs', () => {
  assert.equal(
    fixed(
      `${head}actors:
  checker:
    kind: human
    holders: 3 # since May
    capacity: { minutes-per-day: 300, utilization: 0.8 }
volume: { per-day: [100, 400] }
start: { next: check }
steps:
  check: { review: Check, by: checker, reviews: [letter], min-minutes: 4, on: { approve: sent, modify: sent, reject: refused } }
${ends}`,
      "Let 7 people hold 'checker'",
    ),
    `-     holders: 3 # since May
+     holders: 7 # since May`,
  );
});

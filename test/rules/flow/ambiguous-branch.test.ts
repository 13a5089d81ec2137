// Branches that can never be taken.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check } = forRules('flow/ambiguous-branch');

const steps = `
start: { next: first }
steps:
  by-hand: { task: Do it by hand, by: owner, next: done }
  done: { end: Done }
`;

test('a branch that an earlier one hides', () => {
  check(`${head}${steps}
  first:
    route: R
    next:
      - when: claim.amount <= 5000
        to: done
      - when: claim.amount <= 2000
        #     ^^^^^^^^^^^^^^^^^^^^ warning flow/ambiguous-branch: The branch 'claim.amount <= 2000' is never taken: whenever it holds, an earlier branch is taken.
        to: by-hand
      - else: by-hand
`);
});

test('several earlier branches together hide it', () => {
  check(`${head}${steps}
  first: { route: R, next: [{ when: claim.amount < 5, to: done }, { when: claim.amount > 3, to: done }, { when: claim.story == "x", to: by-hand }] }
  #                                                                                                             ^^^^^^^^^^^^^^^^^^ flow/ambiguous-branch
`);
});

test('a condition that no value meets, as it stands or by what the data can be', () => {
  check(`${head}
data: { d: { fields: { share: { type: number, minimum: 0, maximum: 1 }, e: { enum: [red, green] }, n: integer } } }
${steps}
  first: { route: R, next: [{ when: claim.amount < 3 && claim.amount > 5, to: by-hand }, { else: second }] }
  #                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ flow/ambiguous-branch: no value meets this condition
  second: { route: R, next: [{ when: d.share > 1, to: by-hand }, { else: third }] }
  #                                  ^^^^^^^^^^^ flow/ambiguous-branch: no value meets
  third: { route: R, next: [{ when: d.e == "blue", to: by-hand }, { else: fourth }] }
  #                                 ^^^^^^^^^^^^^ flow/ambiguous-branch: no value meets
  fourth: { route: R, next: [{ when: d.n > 4 && d.n < 5, to: by-hand }, { else: done }] }
  #                                  ^^^^^^^^^^^^^^^^^^ flow/ambiguous-branch: no value meets
`);
});

test('a condition that was ruled out on every way there, over an exceptional edge as well', () => {
  const [finding] = check(`${head}${steps}
  first: { route: R, next: [{ when: claim.amount <= 100, to: second }, { else: by-hand }] }
  second: { task: T, by: clerk, within: 1d, next: third, on: { timeout: third } }
  third: { route: R, next: [{ when: claim.amount > 100, to: by-hand }, { else: done }] }
  #                                 ^^^^^^^^^^^^^^^^^^ flow/ambiguous-branch: no value that comes here meets it
`);
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['start', 'first', 'second', 'third'],
  );
});

test('data and conditions of an imported file', () => {
  check(`${head.replace(']', ', ./data.aiwf.yaml]')}${steps}
  first: { route: R, next: [{ when: bill.sum >= 0, to: done }, { when: bill.sum > 9, to: by-hand }] }
  #                                                                    ^^^^^^^^^^^^ flow/ambiguous-branch
#- data.aiwf.yaml
aiwf: 1
library: data
data: { bill: { fields: { sum: { type: integer, minimum: 0 } } } }
`);
});

test('silent: overlapping branches, since the first that holds is taken', () => {
  check(`${head}${steps}
  first: { route: R, next: [{ when: claim.amount <= 100, to: done }, { when: claim.amount <= 500, to: by-hand }, { when: claim.story == "x", to: by-hand }, { else: done }] }
`);
});

test('silent: an else that is not needed, and inclusive branches that hold together', () => {
  check(`${head}${steps}
  first: { route: R, next: [{ when: claim.amount <= 5, to: second }, { when: claim.amount > 5, to: second }, { else: by-hand }] }
  second: { route: R, next: { any: [{ when: claim.amount <= 50, to: done }, { when: claim.amount <= 5, to: by-hand }] } }
`);
});

test('silent: one of several ways leads there, or the data is written in between', () => {
  check(`${head}${steps}
  first: { route: R, next: [{ when: claim.amount <= 100, to: second }, { when: claim.story == "x", to: third }, { else: by-hand }] }
  second: { task: T, by: clerk, next: third }
  third: { route: R, next: [{ when: claim.amount > 100, to: fourth }, { else: done }] }
  fourth: { task: T, by: clerk, writes: [claim], next: fifth }
  fifth: { route: R, next: [{ when: claim.amount <= 100, to: by-hand }, { else: done }] }
`);
});

test('silent: a parallel path may write the data meanwhile', () => {
  check(`${head}${steps}
  first: { route: R, next: [{ when: claim.amount <= 100, to: split }, { else: by-hand }] }
  split: { route: S, next: { all: [look, write] } }
  write: { task: W, by: clerk, writes: [claim.amount], next: done }
  look: { task: L, by: clerk, next: [{ when: claim.amount > 100, to: by-hand }, { else: done }] }
`);
});

test('silent: work may be brought there from elsewhere', () => {
  check(`${head}
stop: { by: owner, safe-state: second, within: 60s }
${steps}
  first: { route: R, next: [{ when: claim.amount <= 100, to: second }, { else: by-hand }] }
  second: { task: T, by: clerk, next: [{ when: claim.amount > 100, to: by-hand }, { else: done }] }
`);
});

test('silent: a record that outlives the case, and what a reviewer may have modified', () => {
  check(`${head}
data: { account: { trusted-record: true, fields: { sum: number } } }
${steps}
  first: { route: R, next: [{ when: account.sum > 5 && claim.amount <= 100, to: look }, { else: by-hand }] }
  look: { review: Look, by: lead, reviews: [claim], on: { approve: done, modify: second, reject: by-hand } }
  second: { route: R, next: [{ when: claim.amount > 100, to: by-hand }, { when: account.sum <= 5, to: by-hand }, { else: done }] }
`);
});

test('silent: what is not understood may hold, unless it is said twice', () => {
  check(`${head}${steps}
  first: { route: R, next: [{ when: claim.amount <= 2 * offer.amount, to: done }, { when: claim.amount <= 3 * offer.amount, to: second }, { else: by-hand }] }
  second: { route: R, next: [{ when: offer.amount > 3 * claim.amount, to: done }, { when: 3 * claim.amount < offer.amount, to: by-hand }, { else: done }] }
  #                                                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ flow/ambiguous-branch: an earlier branch
`);
});

test('silent where nothing comes at all: the fault is where it was ruled out', () => {
  check(`${head}${steps}
  first: { route: R, next: [{ when: claim.amount < 3 && claim.amount > 5, to: second }, { else: by-hand }] }
  #                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ flow/ambiguous-branch
  second: { route: R, next: [{ when: offer.amount > 3, to: done }, { else: by-hand }] }
`);
});

// Values for which no branch is taken.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('flow/condition-gap');

const steps = `
start: { next: first }
steps:
  by-hand: { task: Do it by hand, by: owner, next: done }
  done: { end: Done }
`;

test('values between the branches, with the values in the message', () => {
  check(`${head}${steps}
  first:
    route: How much?
    next:
    #^^^ error flow/condition-gap: No branch is taken here when 'claim.amount' is above 100 and below 500
      - when: claim.amount <= 100
        to: done
      - when: claim.amount >= 500
        to: by-hand
`);
});

test('a bound that belongs to neither branch', () => {
  check(`${head}${steps}
  first: { route: R, next: [{ when: claim.amount < 100, to: done }, { when: claim.amount > 100, to: by-hand }] }
  #                  ^^^^ flow/condition-gap: 'claim.amount' is 100,
`);
});

test('a value of an enum, a truth value, or any other text', () => {
  check(
    `${head}
data: { sorting: { fields: { desk: { enum: [billing, technical, other] }, known: boolean, note: string } } }
${steps}
  first: { route: R, next: [{ when: sorting.desk == "billing", to: done }, { when: 'sorting.desk in ["technical"]', to: second }] }
  #                  ^^^^ flow/condition-gap: 'sorting.desk' is 'other'
  second: { route: R, next: [{ when: sorting.known && sorting.desk == "other", to: third }, { when: '!sorting.known', to: done }] }
  third: { route: R, next: [{ when: sorting.note == "a", to: done }, { when: sorting.note == "b", to: done }] }
  #                  ^^^^ flow/condition-gap: 'sorting.note' is any other text
`.replace('sorting.known && sorting.desk == "other"', 'sorting.known'),
  );
});

test('several data at once: the message names all that matter', () => {
  check(`${head}${steps}
  first:
    route: R
    next:
    #^^^ flow/condition-gap: when 'claim.amount' is above 5 and 'offer.amount' is above 7
      - { when: claim.amount <= 5, to: done }
      - { when: offer.amount <= 7, to: by-hand }
`);
});

test('on an exceptional edge, and in branches inside a branch', () => {
  check(`${head}${steps}
  first:
    task: T
    by: clerk
    within: 1d
    on:
      timeout: [{ when: claim.amount <= 5, to: done }]
      #^^^^^^ flow/condition-gap: 'claim.amount' is above 5
    next:
      - when: claim.amount <= 100
        to: [{ when: claim.amount <= 10, to: done }, { when: claim.amount > 20, to: by-hand }]
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ flow/condition-gap: is above 10 and 20 or less
      - else: by-hand
`);
});

test('data of an imported file, and a start', () => {
  check(`${head.replace(']', ', ./data.aiwf.yaml]')}
start: { next: [{ when: bill.sum > 0, to: first }] }
#        ^^^^ flow/condition-gap: 'bill.sum' is 0
steps:
  first: { route: R, next: { when: bill.paid, to: done } }
  #                  ^^^^ flow/condition-gap: 'bill.paid' is false
  done: { end: Done }
#- data.aiwf.yaml
aiwf: 1
library: data
data: { bill: { fields: { sum: { type: integer, minimum: 0 }, paid: boolean } } }
`);
});

test('silent: everything is covered, by bounds, types, enums or an else', () => {
  check(`${head}
data:
  d:
    fields:
      n: { type: integer, minimum: 0, maximum: 10 }
      share: { type: number, exclusiveMinimum: 0, maximum: 1 }
      e: { enum: [red, green] }
      b: boolean
${steps}
  first: { route: R, next: [{ when: d.n <= 4, to: a }, { when: d.n >= 5 && d.n <= 10, to: b }] }
  a: { route: R, next: [{ when: d.share > 0, to: b }] }
  b: { route: R, next: [{ when: d.e == "red", to: c }, { when: d.e == "green", to: c }] }
  c: { route: R, next: [{ when: d.b && d.n < 3, to: e }, { when: d.b, to: e }, { when: '!d.b', to: e }] }
  e: { route: R, next: [{ when: d.n < 3, to: done }, { else: by-hand }] }
`);
});

test('silent: what is left out cannot come here', () => {
  check(`${head}${steps}
  first: { route: R, next: [{ when: claim.amount <= 100, to: second }, { else: by-hand }] }
  second: { task: T, by: clerk, reads: [claim], writes: [offer], next: third }
  third: { route: R, next: [{ when: claim.amount <= 10, to: done }, { when: claim.amount <= 100, to: by-hand }] }
`);
});

test('a write in between makes it possible again, and the witness names the way', () => {
  const [finding] = check(`${head}${steps}
  first: { route: R, next: [{ when: claim.amount <= 100, to: second }, { else: by-hand }] }
  second: { task: T, by: clerk, writes: [claim], next: third }
  third: { route: R, next: [{ when: claim.amount <= 100, to: done }] }
  #                  ^^^^ flow/condition-gap: 'claim.amount' is above 100
`);
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['start', 'first', 'second', 'third'],
  );
});

test('silent: open choices, inclusive and parallel splits', () => {
  check(`${head}${steps}
  first: { task: T, by: clerk, next: [{ label: easy, to: second }, { label: hard, to: by-hand }] }
  second: { route: R, next: { any: [{ when: claim.amount > 5, to: done }, { when: claim.amount > 9, to: by-hand }] } }
`);
});

test('silent: a comparison that is not understood, and its opposite', () => {
  check(`${head}${steps}
  first: { route: R, next: [{ when: claim.amount <= 0.5 * offer.amount, to: done }, { when: claim.amount > 0.5 * offer.amount, to: by-hand }] }
`);
});

test('unknown: a comparison that is not understood', () => {
  check(`${head}${steps}
  first: { route: R, next: [{ when: claim.amount <= 0.5 * offer.amount, to: done }, { when: offer.amount > 3, to: by-hand }] }
  #                  ^^^^ info flow/condition-gap?: 'claim.amount <= 0.5 * offer.amount' is not made of comparisons
`);
});

test('unknown: not all values of the data are declared', () => {
  check(`${head}
data: { code: { fields: { v: { type: string, pattern: "a|b" } } } }
${steps}
  first: { route: R, next: [{ when: code.v == "a", to: second }, { when: code.v == "b", to: by-hand }] }
  #                  ^^^^ flow/condition-gap?: which values 'code.v' can have is not declared in full
  second: { route: R, next: [{ when: letter.amount > 3, to: done }, { when: letter.amount < 3, to: done }] }
  #                   ^^^^ flow/condition-gap?: which values 'letter.amount'
`);
});

test('unknown: an earlier condition that is not understood may rule the values out', () => {
  check(`${head}${steps}
  first: { route: R, next: [{ when: claim.amount <= 2 * offer.amount, to: second }, { else: by-hand }] }
  second: { route: R, next: [{ when: claim.amount <= 100, to: done }] }
  #                   ^^^^ flow/condition-gap?: the conditions on the way
`);
});

test('silent where a condition is wrong: that is said there', () => {
  check(`${head}${steps}
  first: { route: R, next: [{ when: claim.amount and claim.story, to: done }] }
  #                                              ^^^ language/condition
  other: { route: R, next: [{ when: claim.amonut > 3, to: done }] }
  #                                       ^^^^^^ language/condition
`);
});

test('the fix adds an else behind the last branch, to a step of a person', () => {
  const title = "Otherwise go on with 'by-hand'";
  assert.equal(
    fixed(
      `${head}${steps}
  first:
    route: R
    next:
      - when: claim.amount <= 100 # small
        to: done # paid at once
  last: { end: Last }
`,
      title,
    ),
    '+       - else: by-hand',
  );
  assert.equal(
    fixed(
      `${head}${steps}
  first: { route: R, next: [{ when: claim.amount <= 100, to: done }] } # small
`,
      title,
    ),
    `-   first: { route: R, next: [{ when: claim.amount <= 100, to: done }] } # small
+   first: { route: R, next: [{ when: claim.amount <= 100, to: done }, { else: by-hand }] } # small`,
  );
});

test('no fix where every step of a person leads back here', () => {
  const [finding] = check(`${head}
start: { next: ask }
steps:
  ask: { task: Ask, by: owner, next: first }
  first: { route: R, next: [{ when: claim.amount <= 100, to: done }] }
  #                  ^^^^ flow/condition-gap
  done: { end: Done }
`);
  assert.deepEqual(finding?.fixes, []);
});

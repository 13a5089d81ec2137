// `on.done` beside `next` says the same thing twice.
import { test } from 'node:test';
import { forRules, head } from '../support/check.ts';

const { check } = forRules();

test("'on.done' together with 'next' is an error at 'done'", () => {
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: finish, on: { done: ask } }
  #                                                    ^^^^ language/invalid-value: 'draft' says twice where work goes when it is done: with 'next' and here. Keep one of the two.
  ask: { task: Ask, by: clerk, next: finish }
  finish: { end: Finished }
`);
});

test('one of the two, a dropped one, and other outcomes beside next are right', () => {
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, on: { done: ask } }
  ask: { task: Ask, by: clerk, within: 1d, next: rest, on: { timeout: finish } }
  rest: { task: Rest, by: clerk, next: finish, on: { done: none } }
  finish: { end: Finished }
`);
});

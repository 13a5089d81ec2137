// Normal edges that would cross the border of a scope.
import { test } from 'node:test';
import { forRules, head } from '../support/check.ts';

const { check } = forRules();

test('work comes into a scope by its start only', () => {
  check(
    `${head}
start: { next: inner }
#              ^^^^^ language/invalid-value: 'inner' stands inside the scope 'work', and work comes in by its 'start' only. Lead to 'work'.
steps:
  work:
    scope: Work
    start: inner
    steps:
      inner: { task: Inside, by: owner, next: stop-here }
      stop-here: { end: Done inside }
    next: after
  after: { task: After, by: owner, next: [{ when: claim.amount > 1, to: finish }, { else: inner }] }
  #                                                                                       ^^^^^ language/invalid-value: Lead to 'work'.
  finish: { end: Finished }
`,
    { only: ['language/invalid-value'] },
  );
});

test('work leaves a scope by an end inside, and goes on by the next of the scope', () => {
  check(
    `${head}
start: { next: work }
steps:
  work:
    scope: Work
    start: finish
    #      ^^^^^^ language/invalid-value: 'finish' stands outside the scope 'work'. End the path inside, and lead on by the 'next' of 'work'.
    steps:
      inner: { task: Inside, by: owner, next: { to: finish, max: 3, exhausted: finish } }
      #                                             ^^^^^^ language/invalid-value: 'finish' stands outside the scope 'work'.
    next: finish
  finish: { end: Finished }
`,
    { only: ['language/invalid-value'] },
  );
});

test('an exceptional edge may leave, and steps of one scope lead to each other', () => {
  check(`${head}
start: { next: work }
steps:
  work:
    scope: Work
    start: outer
    steps:
      outer: { route: Outer, next: deep }
      deep: { scope: Deep, start: core, steps: { core: { task: Core, by: owner, within: 1d, on: { timeout: finish }, next: out } , out: { end: Out } }, next: closed }
      closed: { end: Closed }
    next: finish
  finish: { end: Finished }
`);
});

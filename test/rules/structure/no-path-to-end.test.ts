// structure/no-path-to-end: from every step that is reached, an end can be reached.
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check } = forRules('structure/no-path-to-end');

test('a step that nothing follows is a fault', () => {
  check(
    `${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk }
  #^^^^ structure/no-path-to-end: Work that reaches 'draft' never comes to an end: nothing follows it. Add 'next'.
  finish: { end: Finished }
`,
    { only: ['structure/no-path-to-end'] },
  );
});

test('a step reached only when something goes wrong must come to an end as well', () => {
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: erp, accepts: quick, on: { error: by-hand }, next: finish }
  by-hand: { task: By hand, by: clerk, accepts: quick }
  #^^^^^^ structure/no-path-to-end
  finish: { end: Finished }
`);
});

test('that a failure leads on does not help a step that is done and that nothing follows', () => {
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: erp, accepts: quick, on: { error: by-hand } }
  #^^^^ structure/no-path-to-end: When 'draft' is done, nothing follows, and the case never comes to an end. Add 'next'.
  by-hand: { task: By hand, by: clerk, accepts: quick, within: 1d, next: wait, on: { timeout: wait } }
  wait: { wait: For long, on: { timeout: finish }, from: customer, within: 3d }
  #^^^ structure/no-path-to-end
  finish: { end: Finished }
`);
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: erp, accepts: quick, on: { error: judge, done: judge } }
  judge: { approval: Judge, by: clerk, on: { approve: work, modify: work, reject: finish } }
  work: { scope: Work, start: inner, next: finish, on: { error: finish }, steps: { inner: { task: Inner, by: erp, accepts: quick, on: { error: gone } }, gone: { end: Gone, outcome: failed } } }
  finish: { end: Finished }
`);
});

test('a circle without a way out is one fault', () => {
  check(
    `${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: polish }
  #^^^^ structure/no-path-to-end: Work that reaches 'draft' and 'polish' goes round for ever: no end can be reached from there. Add a way out.
  polish: { task: Polish, by: lead, next: draft }
  finish: { end: Finished }
`,
    { only: ['structure/no-path-to-end'] },
  );
});

test('only ends of the case count: an end inside a scope without a next leads nowhere', () => {
  check(
    `${head}
start: { next: work }
steps:
  work:
  #^^^ structure/no-path-to-end
    scope: Work
    start: draft
    steps:
      draft: { task: Draft, by: clerk, next: drafted }
      drafted: { end: Drafted }
  finish: { end: Finished }
`,
    { only: ['structure/no-path-to-end'] },
  );
});

test('a way out by a limit, a bound, a timer of the case or an event is a way to an end', () => {
  check(
    `${head}
on: { withdrawn: dropped }
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: check }
  check: { review: Check, by: lead, reviews: [letter], on: { approve: draft, modify: draft, reject: { to: draft, max: 3, exhausted: settle } } }
  settle: { task: Settle, by: owner, within: 5d, on: { timeout: late }, next: draft }
  late: { end: Too late, outcome: failed, informed: [owner] }
  dropped: { end: Dropped, outcome: cancelled }
`,
    { only: ['structure/no-path-to-end'] },
  );
});

test('inner paths that run out, free order, compensations and what a message wakes need no end of their own', () => {
  check(`${head}
events: { ready: { kind: signal } }
start:
  - { next: work }
  - { on: ready, next: note }
steps:
  work:
    scope: Work
    order: free
    done-when: offer.sure > 0.9
    steps:
      ask: { task: Ask, by: clerk, emits: [ready], effects: [{ kind: record }] }
      search: { task: Search, by: clerk }
    next: { all: [left, right] }
  left: { task: Left, by: clerk, next: finish }
  right: { task: Right, by: clerk, next: finish }
  take-back: { task: Take back, by: clerk, compensates: ask }
  note: { task: Note, by: clerk, next: noted }
  noted: { end: Noted }
  finish: { end: Finished, undo: [ask] }
`);
});

test('a half-typed next is said once, by the language', () => {
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: }
  #                                ^^^^ language/invalid-value: 'next' has no value.
  finish: { end: Finished }
`);
});

test("a scope without 'start' is told to name its first step, although it has a next", () => {
  check(
    `${head}
start: { next: work }
steps:
  work: { scope: Work, steps: { ask: { task: Ask, by: clerk } }, next: finish }
  #^^^ structure/no-path-to-end: Work that reaches 'work' never comes to an end: none of its steps is the first. Add 'start' to it.
  finish: { end: Finished }
`,
    { only: ['structure/no-path-to-end'] },
  );
});

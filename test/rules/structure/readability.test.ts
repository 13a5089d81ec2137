// structure/readability: few steps, few branches in one place, titles that say what is done.
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check } = forRules('structure/readability');

const chain = (from: number, to: number, next: string) =>
  Array.from(
    { length: to - from },
    (_, i) =>
      `  s${from + i}: { task: Do part ${from + i}, by: clerk, next: ${from + i === to - 1 ? next : `s${from + i + 1}`} }\n`,
  ).join('');

test('more steps than can be read name a part that can be taken out', () => {
  check(
    `${head}
start: { next: s0 }
steps:
#^^^^ info structure/readability: The workflow has 7 steps, more than the 5 that can be read at a glance. The 5 steps from 's0' to 's4' have one way in and one way out: put them into a file of their own and 'call' it.
${chain(0, 6, 'finish')}  finish: { end: Finished }
`,
    { parameters: { maxSteps: 5 } },
  );
});

test('where no part has one way in and one way out, none is named', () => {
  check(
    `${head}
start: { next: a }
steps:
#^^^^ info structure/readability: The workflow has 5 steps, more than the 3 that can be read at a glance. Put a part of it into a file of its own and 'call' it.
  a: { task: Do a, by: clerk, next: [{ label: x, to: b }, { label: y, to: c }] }
  b: { task: Do b, by: clerk, next: [{ label: x, to: c }, { label: y, to: finish }] }
  c: { task: Do c, by: clerk, next: [{ label: x, to: d }, { label: y, to: finish }] }
  d: { task: Do d, by: clerk, next: finish }
  finish: { end: Finished }
`,
    { parameters: { maxSteps: 3 } },
  );
});

test('a split into too many branches, also on an exceptional edge', () => {
  const branches = ['a', 'b', 'c', 'd'].map((to) => `{ label: to ${to}, to: ${to} }`).join(', ');
  check(
    `${head}
start: { next: choose }
steps:
  choose: { task: Choose, by: clerk, within: 1d, next: [${branches}], on: { timeout: [${branches}] } }
  #                                                                                                                                                            ^^^^^^^ info structure/readability: 'choose' splits into 4 branches
  #                                              ^^^^ info structure/readability: 'choose' splits into 4 branches, more than the 3 that can be read at a glance. Decide in two steps, one after the other.
  a: { task: Do a, by: clerk, next: finish }
  b: { task: Do b, by: clerk, next: finish }
  c: { task: Do c, by: clerk, next: finish }
  d: { task: Do d, by: clerk, next: finish }
  finish: { end: Finished }
`,
    { parameters: { maxBranches: 3 } },
  );
});

test('branches of which any number may be taken are hard to follow, by people of a library too', () => {
  check(`${head}
start: { next: some }
steps:
  some: { route: Some, next: { any: [{ when: offer.sure > 0.2, to: a }, { when: offer.amount > 10, to: b }] } }
  #                    ^^^^ info structure/readability: Any number of the branches behind 'some' may be taken
  a: { task: Do a, by: clerk, next: both }
  b: { task: Do b, by: lead, next: both }
  both: { task: Do both, by: clerk, join: live, next: finish }
  finish: { end: Finished }
`);
});

test('a title that names a thing is told to begin with a verb', () => {
  check(`${head}
start: { next: a }
steps:
  a: { task: Verification of the claim, by: clerk, next: b }
  #          ^^^^^^^^^^^^^^^^^^^^^^^^^ info structure/readability: The title 'Verification of the claim' names a thing and not what is done. Begin it with a verb, as in 'Check the claim'.
  b: { task: Handling, by: clerk, next: finish }
  #          ^^^^^^^^ info structure/readability
  finish: { end: Finished }
`);
});

test('titles with a verb in front, names of routes, waits, scopes and ends, and other languages are left alone', () => {
  check(
    `${head}
start: { next: a }
steps:
  a: { task: Question the claim, by: clerk, next: b }
  b: { task: Bring the letter, by: clerk, next: c }
  c: { review: Check, by: lead, reviews: [letter], on: { approve: d, modify: d, reject: d } }
  d: { route: Sorting, next: e }
  e: { wait: Cooling off, for: 14d, next: f }
  f: { task: Schadenprüfung, by: clerk, next: g }
  g: { task: "", by: clerk, next: finish }
  finish: { end: Completion }
`,
    { only: ['structure/readability'] },
  );
});

test('what is small enough is silent, a library has no steps', () => {
  check(`${head}
start: { next: { all: [s0, s3] } }
steps:
${chain(0, 3, 'both')}${chain(3, 6, 'both')}  both: { task: Do both, by: clerk, join: all, next: finish }
  finish: { end: Finished }
`);
});

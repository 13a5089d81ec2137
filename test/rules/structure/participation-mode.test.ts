// structure/participation-mode: where an AI takes part, the step says how, and nowhere else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('structure/participation-mode');

test('a step that an AI performs or assists must say how', () => {
  check(`${head}
on: { error: finish, unavailable: finish }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, accepts: quick, next: polish }
  #                     ^^ structure/participation-mode
  polish: { task: Polish, by: clerk, assisted-by: [helper], accepts: quick, next: finish }
  #                                  ^^^^^^^^^^^ structure/participation-mode: The AI 'helper' takes part in 'polish', but the step does not say how. Add 'mode'.
  finish: { end: Finished }
`);
});

test('a step inside a scope and one reached by a timeout must say it as well', () => {
  check(`${head}
on: { error: finish, unavailable: finish }
start: { next: work }
steps:
  work:
    scope: Work
    start: read
    steps:
      read: { task: Read, by: clerk, within: 1d, on: { timeout: summarize } }
      summarize: { task: Summarize, by: bot, accepts: quick }
      #                             ^^ structure/participation-mode
    next: finish
  finish: { end: Finished }
`);
});

test('a mode without an AI is a fault', () => {
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, mode: ai-augmented, next: finish }
  #                                ^^^^ structure/participation-mode: 'draft' has the mode 'ai-augmented', but no AI takes part in it. Delete 'mode', or name the AI.
  finish: { end: Finished }
`);
});

test('nothing is said while a performer is unknown, half typed or of no known kind', () => {
  check(
    `${head}
actors: { someone: { title: Not said yet } }
start: { next: draft }
steps:
  draft: { task: Draft, by: ghostwriter, mode: ai-executed, next: polish }
  polish: { task: Polish, by: someone, mode: ai-executed, next: publish }
  publish:
    task: Publish
    by:
    mode: ai-executed
    next: finish
  finish: { end: Finished }
`,
    { only: ['structure/participation-mode', 'structure/mode-actor-mismatch'] },
  );
});

test('an AI that only backs up, is delegated to or is told needs no mode at a step of people', () => {
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, informed: [bot], consulted: [helper], next: finish }
  finish: { end: Finished }
`);
});

test('the mode that fits the performers is added behind them, in block and in flow style', () => {
  assert.equal(
    fixed(
      `${head}
on: { error: finish, unavailable: finish }
start: { next: draft }
steps:
  draft:
    task: Draft
    by: bot # the new one
    accepts: quick
    next: finish
  finish: { end: Finished }
`,
      "Add 'mode: ai-executed'",
    ),
    `+     mode: ai-executed`,
  );
  assert.equal(
    fixed(
      `${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, assisted-by: [bot], next: finish } # by hand
  finish: { end: Finished }
`,
      "Add 'mode: ai-augmented'",
    ),
    `-   draft: { task: Draft, by: clerk, assisted-by: [bot], next: finish } # by hand
+   draft: { task: Draft, by: clerk, assisted-by: [bot], mode: ai-augmented, next: finish } # by hand`,
  );
});

test('someone outside who is assisted works ai-augmented', () => {
  assert.equal(
    fixed(
      `${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: customer, assisted-by: bot, next: finish }
  finish: { end: Finished }
`,
      "Add 'mode: ai-augmented'",
    ),
    `-   draft: { task: Draft, by: customer, assisted-by: bot, next: finish }
+   draft: { task: Draft, by: customer, assisted-by: bot, mode: ai-augmented, next: finish }`,
  );
});

test('a mode without an AI is deleted with its line', () => {
  assert.equal(
    fixed(
      `${head}
start: { next: draft }
steps:
  draft:
    task: Draft
    by: clerk
    mode: ai-executed
    # Then it goes out.
    next: finish
  finish: { end: Finished }
`,
      "Delete 'mode'",
    ),
    `-     mode: ai-executed`,
  );
  assert.equal(
    fixed(
      `${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: finish, mode: ai-executed }
  finish: { end: Finished }
`,
      "Delete 'mode'",
    ),
    `-   draft: { task: Draft, by: clerk, next: finish, mode: ai-executed }
+   draft: { task: Draft, by: clerk, next: finish }`,
  );
});

// structure/mode-actor-mismatch: the mode agrees with who performs, who assists and who decides.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('structure/mode-actor-mismatch');

test('each mode is held against the performers', () => {
  check(`${head}
on: { error: finish, unavailable: finish }
defaults: { accepts: quick }
start: { next: one }
steps:
  one: { task: One, by: clerk, assisted-by: bot, mode: ai-executed, next: two }
  #                                                    ^^^^^^^^^^^ structure/mode-actor-mismatch: 'one' is ai-executed, but the human 'clerk' performs it. Use 'collaborative', or leave the work to the AI.
  two: { task: Two, by: bot, mode: ai-augmented, next: three }
  #                                ^^^^^^^^^^^^ structure/mode-actor-mismatch: 'two' is ai-augmented, but the AI 'bot' performs it. Move it to 'assisted-by', or use another mode.
  three: { task: Three, by: clerk, assisted-by: bot, mode: collaborative, decides: clerk, next: four }
  #                                                        ^^^^^^^^^^^^^ structure/mode-actor-mismatch: 'three' is collaborative, but no AI performs it. Add it under 'by', or use 'ai-augmented'.
  four: { task: Four, by: bot, mode: collaborative, decides: clerk, next: five }
  #                                  ^^^^^^^^^^^^^ structure/mode-actor-mismatch: 'four' is collaborative, but no human performs it. Add one under 'by', or use 'ai-executed'.
  five: { task: Five, by: [clerk, bot], mode: collaborative, next: six }
  #                                           ^^^^^^^^^^^^^ structure/mode-actor-mismatch: 'five' is collaborative, but nobody is named who decides. Add 'decides'.
  six: { task: Six, by: erp, assisted-by: bot, mode: ai-executed, next: seven }
  #                                                  ^^^^^^^^^^^ structure/mode-actor-mismatch: 'six' is ai-executed, but no AI performs it. Name the AI under 'by'.
  seven: { task: Seven, by: clerk, assisted-by: bot, decides: bot, mode: ai-augmented, next: finish }
  #                                                                      ^^^^^^^^^^^^ structure/mode-actor-mismatch: 'seven' is ai-augmented, but 'bot' decides, who is not human. Let 'clerk' decide.
  finish: { end: Finished }
`);
});

test('a step in a scope that only a failure reaches is held against its performers as well', () => {
  check(`${head}
start: { next: work }
steps:
  work:
    scope: Work
    start: post
    steps:
      post: { task: Post, by: erp, accepts: quick, on: { error: repair } }
      repair: { task: Repair, by: clerk, assisted-by: bot, mode: ai-executed, accepts: quick }
      #                                                          ^^^^^^^^^^^ structure/mode-actor-mismatch
    next: finish
  finish: { end: Finished }
`);
});

test('modes that fit are silent: systems beside an AI, teams, and people outside', () => {
  check(`${head}
on: { error: finish, unavailable: finish }
defaults: { accepts: quick }
start: { next: one }
steps:
  one: { task: One, by: [bot, erp], mode: ai-executed, next: two }
  two: { task: Two, by: office, assisted-by: [bot, erp], mode: ai-augmented, next: three }
  three: { task: Three, by: [clerk, bot], mode: collaborative, decides: lead, next: four }
  four: { task: Four, by: customer, assisted-by: bot, mode: ai-augmented, next: five }
  five: { task: Five, by: [shop, bot], mode: collaborative, decides: shop, next: finish }
  finish: { end: Finished }
`);
});

test('nothing is said while one of the performers is unknown, nor where the mode itself is no word', () => {
  check(
    `${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: [clrk, bot], mode: ai-executed, next: polish }
  polish: { task: Polish, by: clerk, assisted-by: bot, mode: ai-agumented, next: finish }
  finish: { end: Finished }
`,
    { only: ['structure/mode-actor-mismatch', 'structure/participation-mode'] },
  );
});

test('the mode is changed to the one that fits, in block and in flow style', () => {
  assert.equal(
    fixed(
      `${head}
start: { next: draft }
steps:
  draft:
    task: Draft
    by: clerk
    assisted-by: [bot]
    mode: ai-executed # as ordered
    next: finish
  finish: { end: Finished }
`,
      "Change the mode to 'ai-augmented'",
    ),
    `-     mode: ai-executed # as ordered
+     mode: ai-augmented # as ordered`,
  );
});

test('the person who performs is made the one who decides', () => {
  assert.equal(
    fixed(
      `${head}
on: { error: finish, unavailable: finish }
start: { next: draft }
steps:
  draft: { task: Draft, by: [clerk, bot], mode: collaborative, next: finish }
  finish: { end: Finished }
`,
      "Let 'clerk' decide",
    ),
    `-   draft: { task: Draft, by: [clerk, bot], mode: collaborative, next: finish }
+   draft: { task: Draft, by: [clerk, bot], mode: collaborative, decides: clerk, next: finish }`,
  );
  assert.equal(
    fixed(
      `${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, assisted-by: bot, mode: ai-augmented, decides: bot, next: finish }
  finish: { end: Finished }
`,
      "Let 'clerk' decide",
    ),
    `-   draft: { task: Draft, by: clerk, assisted-by: bot, mode: ai-augmented, decides: bot, next: finish }
+   draft: { task: Draft, by: clerk, assisted-by: bot, mode: ai-augmented, decides: clerk, next: finish }`,
  );
});

// visibility/monitor-unsupervised-ai: an AI whose work no human looks at is watched in operation.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('visibility/monitor-unsupervised-ai');

const alone = `${head}
stop: { by: owner, scope: workflow, safe-state: finish, within: 60s }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], accepts: quick, on: { error: finish, unavailable: finish }, next: finish }
  #                         ^^^ warning visibility/monitor-unsupervised-ai: The AI 'bot' works in 'draft' where on some path no human looks at it, and nothing watches it.
  finish: { end: Finished } # at last
`;

test('an AI that works alone and is not watched', () => {
  const [finding] = check(alone);
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['start', 'draft', 'finish'],
  );
});

test('a monitor is written down with the human who answers for the workflow', () => {
  assert.match(
    fixed(alone, "Watch 'bot' with a monitor"),
    /\+ monitors:\n\+ {3}- of: bot\n(.|\n)*responder: owner\n\+ {5}action: stop/,
  );
});

test('a review whose time runs out has not looked', () => {
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], accepts: quick, on: { error: failed, unavailable: failed }, next: check }
  #                         ^^^ warning visibility/monitor-unsupervised-ai
  check: { review: Check, by: lead, reviews: [letter], within: 1d, on: { approve: finish, modify: finish, reject: failed, timeout: finish } }
  failed: { end: Failed, outcome: failed }
  finish: { end: Finished }
`);
});

test('a review that some results pass by is no review on that path', () => {
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], accepts: quick, on: { error: failed, unavailable: failed }, next: sort }
  #                         ^^^ warning visibility/monitor-unsupervised-ai
  sort: { route: Sort, next: [{ when: offer.sure > 0.9, to: finish }, { else: check }] }
  check: { review: Check, by: lead, reviews: [letter], on: { approve: finish, modify: finish, reject: failed } }
  failed: { end: Failed, outcome: failed }
  finish: { end: Finished }
`);
});

test('one finding for each AI, with all its steps; a fallback of a library is another AI', () => {
  check(`${head}
actors: { first: { kind: agent, sponsor: ai-lead, fallback: helper } }
start: { next: draft }
steps:
  draft: { task: Draft, by: first, mode: ai-executed, writes: [letter], accepts: quick, on: { error: failed }, next: polish }
  #                         ^^^^^ warning visibility/monitor-unsupervised-ai: The AI 'first' works in 'draft' and 'polish'
  #^^^^ warning visibility/monitor-unsupervised-ai: The AI 'helper' works in 'draft' and 'polish'
  polish: { task: Polish, by: first, mode: ai-executed, writes: [letter], accepts: quick, on: { error: failed }, next: finish }
  failed: { end: Failed, outcome: failed }
  finish: { end: Finished }
`);
});

test('a monitor without alert, or to which a machine responds, does not stand in for a human', () => {
  const flow = `start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, accepts: quick, on: { error: finish, unavailable: finish }, next: finish }
  finish: { end: Finished }
`;
  check(`${head}
monitors: [{ of: draft, signal: errors, responder: lead, action: finish }]
#                ^^^^^ warning visibility/monitor-unsupervised-ai: The monitor of 'draft' does not stand in for the human who is missing in 'draft': it has no 'alert'. Add what is missing.
${flow}`);
  check(`${head}
monitors: [{ of: bot, signal: errors, alert: above 5%, responder: erp, action: finish }]
#                                                                 ^^^ warning visibility/monitor-unsupervised-ai: 'erp', which responds, is no human. Name a person or a team.
${flow}`);
});

test('watched or looked at: a complete monitor, a judge before or behind on each path, people who work with the result', () => {
  const flow = (steps: string) => `start: { next: draft }
steps:
  ${steps}
  failed: { end: Failed, outcome: failed }
  finish: { end: Finished }
`;
  const draft = (next: string) =>
    `draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], accepts: quick, on: { error: failed, unavailable: failed }, next: ${next} }`;
  check(`${head}
monitors: [{ of: bot, signal: errors, alert: above 5%, responder: lead, action: failed }]
${flow(draft('finish'))}`);
  check(`${head}
${flow(`${draft('[{ when: offer.amount > 10, to: one }, { else: two }]')}
  one: { approval: One, by: lead, covers: [letter], on: { approve: finish, modify: finish, reject: failed } }
  two: { review: Two, by: clerk, reviews: [letter], on: { approve: finish, modify: finish, reject: failed } }`)}`);
  check(`${head}
${flow(`${draft('send')}
  send: { task: Send, by: clerk, reads: [letter], next: finish }`)}`);
  check(`${head}
start: { next: decide }
steps:
  decide: { decision: Decide, by: owner, reviews: [claim], outcomes: [go], on: { go: draft } }
  ${draft('finish')}
  failed: { end: Failed, outcome: failed }
  finish: { end: Finished }
`);
});

test('where something goes wrong and a person does the work, that person is there', () => {
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], accepts: quick, on: { error: by-hand, unavailable: by-hand }, next: check }
  check: { review: Check, by: lead, reviews: [letter], within: 1d, on: { approve: finish, modify: finish, reject: by-hand, timeout: by-hand } }
  by-hand: { task: Write by hand, by: clerk, accepts: quick, next: finish }
  finish: { end: Finished }
`);
});

test('an AI that assists, or works together with a person, is watched by that person', () => {
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, assisted-by: [bot], decides: clerk, mode: ai-augmented, writes: [letter], next: write }
  write: { task: Write, by: [clerk, bot], decides: clerk, mode: collaborative, accepts: quick, on: { error: finish, unavailable: finish }, next: finish }
  finish: { end: Finished }
`);
});

test('who cannot be resolved may be the one who looks', () => {
  check(
    `${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], accepts: quick, on: { error: failed, unavailable: failed }, next: check }
  check: { review: Check, by: someone, reviews: [letter], on: { approve: finish, modify: finish, reject: failed } }
  failed: { end: Failed, outcome: failed }
  finish: { end: Finished }
`,
    { only: ['visibility/monitor-unsupervised-ai'] },
  );
});

test('people of a called file look at it there', () => {
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], accepts: quick, on: { error: finish, unavailable: finish }, next: look }
  look: { call: ./look.aiwf.yaml, with: { paper: letter }, next: finish, on: { rejected: finish, error: failed } }
  failed: { end: Failed, outcome: failed }
  finish: { end: Finished }
#- look.aiwf.yaml
aiwf: 1
workflow: look
accountable: boss
actors: { boss: { kind: human, holders: 1 } }
data: { paper: { class: internal } }
start: { gives: [paper], next: check }
steps:
  check: { review: Check, by: boss, reviews: [paper], on: { approve: yes, modify: yes, reject: no } }
  yes: { end: Yes }
  no: { end: No, outcome: rejected }
`);
});

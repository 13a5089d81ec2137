// improvement/overrides-feed-back: what people overrule of an AI is kept, and somebody reads it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('improvement/overrides-feed-back');

const kept = 'stores: { lessons: { kind: feedback } }\n';
const review = 'review: { every: 90d, last: 2026-10-01, by: owner, reads: [lessons] }\n';
const flow = `defaults: { accepts: quick, on: { error: by-hand, unavailable: by-hand } }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check }
  check: { approval: Check, by: lead, covers: [letter], on: { approve: finish, modify: finish, reject: by-hand } }
  by-hand: { task: By hand, by: clerk, writes: [letter], next: finish }
  finish: { end: Finished }
`;

test('overrides that go nowhere are a fault, one for the workflow', () => {
  check(`
aiwf: 1
workflow: w
  #       ^ warning improvement/overrides-feed-back: What people overrule of the AI at 'check.modify' and 'check.reject' goes nowhere, so nobody learns from it. Add them to 'feedback', with a store.
accountable: owner
use: [./people.aiwf.yaml]
${flow}`);
});

test('an override that is left out is a fault, at the feedback there is', () => {
  check(`${head}${kept}${review}feedback: [{ from: [check.reject], to: lessons }]
#^^^^^^^ improvement/overrides-feed-back: What people overrule of the AI at 'check.modify' goes nowhere, so nobody learns from it. Add it to 'feedback', with a store.
${flow}`);
});

test('AI output that comes by an error path and through a system is judged as well', () => {
  check(`${head}${kept}${review}feedback: [{ from: [other.reject], to: lessons }]
#^^^^^^^ improvement/overrides-feed-back: at 'check.reject' goes nowhere
defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: write }
steps:
  write: { task: Write, by: erp, writes: [offer], on: { error: rescue }, next: other }
  rescue: { task: Rescue, by: bot, mode: ai-executed, writes: [claim], next: merge }
  merge: { task: Merge, by: erp, reads: [claim], writes: [letter], next: check }
  check: { review: Check, by: lead, reviews: [letter], outcomes: [approve, reject], on: { approve: finish, reject: finish } }
  other: { review: Look, by: lead, reviews: [offer], on: { approve: finish, modify: finish, reject: finish } }
  finish: { end: Finished }
`);
});

test('of a decision with outcomes of its own, something has to feed back', () => {
  const steps = `defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: decide }
  decide: { decision: Decide, by: lead, reviews: [letter], outcomes: [grant, deny], next: finish }
  finish: { end: Finished }
`;
  check(`${head}${kept}${review}feedback: [{ from: [draft.error], to: lessons }]
#^^^^^^^ improvement/overrides-feed-back: What people overrule of the AI at 'decide' goes nowhere
${steps}`);
  check(`${head}${kept}${review}feedback: [{ from: [decide.deny], to: lessons }]\n${steps}`);
});

test('a store that nobody reads is a fault, where it is named', () => {
  check(`${head}${kept}feedback: [{ from: check, to: lessons }]
  #                           ^^^^^^^ warning improvement/overrides-feed-back: 'lessons' takes what people overrule, but nobody reads it. Name it in 'reads' of the design 'review', or as the 'source' of a metric.
${flow}`);
});

test('a store of a library is read like one of this file', () => {
  check(`
aiwf: 1
workflow: w
accountable: owner
use: [./people.aiwf.yaml, ./stores.aiwf.yaml]
feedback: [{ from: check, to: lessons }]
  #                           ^^^^^^^ improvement/overrides-feed-back: 'lessons' takes what people overrule, but nobody reads it
${flow}
#- stores.aiwf.yaml
aiwf: 1
library: stores
stores: { lessons: { kind: feedback } }
`);
});

test('it is read by the design review, a metric, a step that reads data kept in it, or whoever may read it', () => {
  const feedback = 'feedback: [{ from: [check.modify, check.reject], to: lessons }]\n';
  check(`${head}${kept}${review}${feedback}${flow}`);
  check(`${head}${kept}metrics: [{ id: q, kind: quality, source: lessons }]\n${feedback}${flow}`);
  check(
    `${head}${kept}data: { cases: { class: internal, store: lessons } }\n${feedback}${flow.replace('by: clerk,', 'by: clerk, reads: [cases],')}`,
  );
  check(
    `${head}${kept}actors: { trainer: { kind: agent, sponsor: ai-lead, grants: [lessons.read] } }\n${feedback}${flow}`,
  );
});

test('without a judgment of AI output nothing has to feed back, and half-typed feedback is not missing', () => {
  check(`${head}${flow.replace('by: bot, mode: ai-executed', 'by: clerk')}`);
  check(`${head}feedback:\n${flow}`, { only: ['improvement/overrides-feed-back'] });
  check(`${head}${kept}review: { every: 90d, reads: }\nfeedback: [{ from: check, to: lessons }]\n${flow}`, {
    only: ['improvement/overrides-feed-back'],
  });
  check(`${head}feedback: [{ from: check, to: lesons }]\n${flow}`, { only: ['improvement/overrides-feed-back'] });
});

test('the points are added to the feedback, with a store where there is none, and the review reads it', () => {
  assert.equal(
    fixed(`${head}${flow}`, "Keep them in 'feedback'"),
    `+ stores: { feedback: { kind: feedback } }
+ 
+ feedback:
+   - { from: [check.modify, check.reject], to: feedback }`,
  );
  assert.equal(
    fixed(
      `${head}${kept}${review}feedback:\n  - { from: [check.reject], to: lessons } # for the review\n${flow}`,
      "Keep them in 'lessons'",
    ),
    '+   - { from: [check.modify], to: lessons }',
  );
  assert.equal(
    fixed(
      `${head}${kept}review: { every: 90d } # ours\nfeedback: [{ from: check, to: lessons }]\n${flow}`,
      "Let the design review read 'lessons'",
    ),
    `- review: { every: 90d } # ours
+ review: { every: 90d, reads: [lessons] } # ours`,
  );
});

// flow/unhandled-outcome: however a step ends, work goes on somewhere.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('flow/unhandled-outcome');

test('failures of an AI and of a system, limits, judgments and gates that lead nowhere are faults', () => {
  check(`${head}
defaults: { accepts: quick }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [offer], gate: { on: offer.sure, at-least: 85% }, next: post }
  #                     ^^ flow/unhandled-outcome: 'error', 'unavailable' and 'low-confidence' of 'draft' lead nowhere ('bot' is an AI agent; it has a gate). Add them to 'on'.
  post: { task: Post, by: erp, next: check }
  #                   ^^ flow/unhandled-outcome: 'error' of 'post' leads nowhere ('erp' is a system). Add it to 'on'.
  check: { review: Check, by: lead, reviews: [offer], next: confirm }
  #^^^^ flow/unhandled-outcome: 'modify' and 'reject' of 'check' lead nowhere (part of every review by a human, unless 'outcomes' says otherwise). Add them to 'on'.
  confirm: { task: Confirm, by: clerk, within: 1d, next: finish }
  #                                    ^^^^^^ flow/unhandled-outcome: 'timeout' of 'confirm' leads nowhere (it has 'within'). Add it to 'on'.
  finish: { end: Finished }
`);
});

test('a declared outcome that neither on nor next takes is a fault', () => {
  check(`${head}
start: { next: decide }
steps:
  decide: { decision: Decide, by: lead, outcomes: [grant, deny, refer], on: { grant: finish } }
  #                                                                     ^^ flow/unhandled-outcome: 'deny' and 'refer' of 'decide' lead nowhere (declared under 'outcomes'). Add them to 'on'.
  finish: { end: Finished }
`);
});

test('what a fallback or a backup brings is looked at as well', () => {
  check(`${head}
actors:
  writer: { kind: agent, sponsor: ai-lead, fallback: helper }
start: { next: draft }
steps:
  draft: { task: Draft, by: writer, mode: ai-executed, on: { error: finish }, next: finish }
  #                                                    ^^ flow/unhandled-outcome: 'unavailable' of 'draft' leads nowhere ('helper' is an AI agent). Add it to 'on'.
  finish: { end: Finished }
`);
});

test('a refusal or withdrawal inside a scope does not go on by next as if it were a success', () => {
  check(`${head}
start: { next: work }
steps:
  work:
  #^^^ flow/unhandled-outcome: 'rejected' of 'work' leads nowhere ('no-end' inside it ends as rejected: the case was refused). Add it to 'on'.
    scope: Work
    start: check
    steps:
      check: { review: Check, by: lead, reviews: [offer], on: { approve: yes-end, modify: yes-end, reject: no-end } }
      yes-end: { end: Good }
      no-end: { end: Not good, outcome: rejected }
    next: finish
  finish: { end: Finished }
`);
});

test('a called workflow that can be refused says where work goes then', () => {
  check(`${head}
start: { next: revise }
steps:
  revise: { call: ./revision.aiwf.yaml, by: clerk, next: finish }
  #^^^^^ flow/unhandled-outcome
  finish: { end: Finished }
#- revision.aiwf.yaml
aiwf: 1
workflow: revision
accountable: owner
use: [./people.aiwf.yaml]
start: { next: revise-it }
steps:
  revise-it: { task: Revise, by: lead, next: [{ when: offer.sure > 0.5, to: good }, { else: bad }] }
  good: { end: Good }
  bad: { end: Bad, outcome: rejected }
`);
});

test('handlers of the file, of a scope around and of the case catch what a step does not', () => {
  check(`${head}
defaults: { accepts: quick, on: { unavailable: by-hand } }
on: { error: by-hand }
start: { next: work }
steps:
  work:
    scope: Work
    start: draft
    on: { timeout: by-hand, reject: by-hand, modify: by-hand }
    steps:
      draft: { task: Draft, by: bot, mode: ai-executed, within: 1h, next: check }
      check: { review: Check, by: lead, reviews: [offer] }
    next: finish
  by-hand: { task: By hand, by: clerk, next: finish }
  finish: { end: Finished }
`);
});

test('fallbacks, backups, gates, timers and outcomes of one own take what would else be open', () => {
  check(`${head}
actors:
  writer: { kind: agent, sponsor: ai-lead, fallback: clerk }
  anna: { kind: human, holders: 1, backup: clerk }
defaults: { accepts: quick }
start: { next: draft }
steps:
  draft: { task: Draft, by: writer, mode: ai-executed, writes: [offer], gate: { on: offer.sure, at-least: 85%, below: finish }, on: { error: finish }, next: check }
  check: { review: Check, by: anna, reviews: [offer], outcomes: [seen], next: confirm }
  confirm: { task: Confirm, by: anna, within: 2d, timers: [{ after: 1d, to: finish }], next: file }
  file: { contest: Challenge, by: lead, from: customer, next: finish }
  finish: { end: Finished }
`);
});

test('a dropped default counts as none', () => {
  check(`${head}
defaults: { accepts: quick, on: { error: by-hand, unavailable: by-hand } }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, on: { error: none }, next: finish }
  #                                                 ^^ flow/unhandled-outcome
  by-hand: { task: By hand, by: clerk, next: finish }
  finish: { end: Finished }
`);
});

test('a handler that names no step is a typing error and not an open outcome', () => {
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: erp, accepts: quick, on: { error: by-hnad }, next: finish }
  #                                                           ^^^^^^^ structure/unresolved-reference: No step 'by-hnad' is declared. Did you mean 'by-hand'?
  by-hand: { task: By hand, by: clerk, next: finish }
  finish: { end: Finished }
`);
});

test('the open outcomes go to a task of whoever is accountable, behind what is handled already', () => {
  assert.equal(
    fixed(
      `${head}
start: { next: draft }
steps:
  draft:
    task: Draft
    by: bot
    mode: ai-executed
    accepts: quick
    next: settle # and on
  settle: { task: Settle, by: owner, accepts: quick, next: finish }
  finish: { end: Finished }
`,
      "On error or unavailable go on with 'settle'",
    ),
    `+     on: { error: settle, unavailable: settle }`,
  );
  assert.equal(
    fixed(
      `${head}
start: { next: check }
steps:
  check: { review: Check, by: lead, reviews: [offer], on: { approve: settle } } # only the good case
  settle: { task: Settle, by: owner, next: finish }
  finish: { end: Finished }
`,
      "On modify or reject go on with 'settle'",
    ),
    `-   check: { review: Check, by: lead, reviews: [offer], on: { approve: settle } } # only the good case
+   check: { review: Check, by: lead, reviews: [offer], on: { approve: settle, modify: settle, reject: settle } } # only the good case`,
  );
  assert.equal(
    fixed(
      `${head}
start: { next: check }
steps:
  check:
    review: Check
    by: lead
    reviews: [offer]
    on:
      approve: settle # good
      # to be talked about
      modify: settle
  settle: { task: Settle, by: owner, next: finish }
  finish: { end: Finished }
`,
      "On reject go on with 'settle'",
    ),
    `+       reject: settle`,
  );
});

test('work is never sent back to an earlier step: that would be a loop', () => {
  const findings = check(`${head}
start: { next: order }
steps:
  order: { task: Order, by: owner, next: post }
  post: { task: Post, by: erp, accepts: quick, next: finish }
  #                   ^^ flow/unhandled-outcome
  finish: { end: Finished }
`);
  assert.deepEqual(
    findings.flatMap(({ fixes }) => fixes),
    [],
  );
});

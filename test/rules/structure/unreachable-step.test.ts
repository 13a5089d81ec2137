// structure/unreachable-step: every step is reached from a start, by whatever edge.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('structure/unreachable-step');

test('a step that nothing leads to is a fault, and what hangs on it is named with it', () => {
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: finish }
  appeal: { task: Hear the appeal, by: lead, next: answer }
  #^^^^^ structure/unreachable-step: 'appeal' is never reached from the start. 'answer' can only be reached through it. Lead a path to it, or delete it.
  answer: { task: Answer it, by: lead, next: finish }
  finish: { end: Finished }
`);
});

test('steps that lead only to each other are one fault', () => {
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: finish }
  ask: { task: Ask, by: lead, next: answer }
  #^^ structure/unreachable-step
  answer: { task: Answer, by: lead, next: ask }
  finish: { end: Finished }
`);
});

test('a workflow without a start is one fault, not one for each step', () => {
  check(`${head}
steps:
#^^^^ structure/unreachable-step: No step is ever reached: the workflow has no 'start'. Say how a case begins and which step comes first.
  draft: { task: Draft, by: clerk, next: finish }
  finish: { end: Finished }
`);
});

test('an inner step that its scope never enters is a fault', () => {
  check(`${head}
start: { next: work }
steps:
  work:
    scope: Work
    start: draft
    steps:
      draft: { task: Draft, by: clerk }
      polish: { task: Polish, by: clerk }
      #^^^^^ structure/unreachable-step: 'polish' is never reached from the start. Lead a path to it, or delete it.
    next: finish
  finish: { end: Finished }
`);
});

test('exceptional edges, timers, gates, samples, refusals, bounds and events of the case lead to steps', () => {
  check(`${head}
on: { withdrawn: by-event, error: by-error }
timers: [{ after: 30d, to: { to: by-case-timer, label: too long } }]
handoffs: { careful: { ack: 1h, on-reject: { to: by-refusal, label: refused } } }
start: { from: customer, next: draft }
steps:
  draft:
    task: Draft
    by: bot
    mode: ai-executed
    accepts: careful
    writes: [offer]
    gate: { on: offer.sure, at-least: 85%, below: by-gate }
    sample: { share: 5%, to: by-sample, keep: true }
    timers: [{ after: 1d, to: by-timer, keep: true }]
    on: { unavailable: by-absence }
    next: check
  check:
    review: Check
    by: lead
    reviews: [offer]
    accepts: quick
    on: { approve: finish, modify: finish, reject: { to: draft, max: 2, exhausted: by-bound } }
  by-event: { end: Event }
  by-error: { end: Error }
  by-case-timer: { end: Case timer }
  by-refusal: { end: Refusal }
  by-gate: { end: Gate }
  by-sample: { end: Sample }
  by-timer: { end: Timer }
  by-absence: { end: Absence }
  by-bound: { end: Bound, informed: [owner] }
  finish: { end: Finished }
`);
});

test('stop, metrics, monitors, incidents, exits and undo bring work to steps that no edge leads to', () => {
  check(`${head}
actors: { press: { kind: vendor, clearance: internal, exit: by-exit } }
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, effects: [{ kind: record }], next: print }
  print: { task: Print, by: press, accepts: quick, within: 3d, on: { timeout: failed }, next: finish }
  take-back: { task: Take back, by: clerk, compensates: draft }
  by-stop: { end: Stop }
  by-metric: { end: Metric }
  by-monitor: { end: Monitor }
  by-incident: { end: Incident }
  by-exit: { end: Exit }
  failed: { end: Failed, outcome: failed, undo: all, informed: [owner] }
  finish: { end: Finished }
stop: { by: owner, safe-state: by-stop, within: 60s }
metrics: [{ id: late, kind: outcome, of: workflow, on-breach: by-metric }]
monitors: [{ of: print, signal: delay, action: by-monitor }]
incident: { suspend: by-incident }
`);
});

test('a compensation that nothing undoes is never reached', () => {
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: finish }
  take-back: { task: Take back, by: clerk, compensates: draft }
  #^^^^^^^^ structure/unreachable-step
  finish: { end: Finished }
`);
});

test('a participant that a message of this file wakes is reached, and every inner step of a free order', () => {
  check(`${head}
events: { ready: { kind: signal } }
start:
  - { next: draft }
  - { on: ready, next: work }
steps:
  draft: { task: Draft, by: clerk, emits: [ready], next: finish }
  work:
    scope: Work
    order: free
    done-when: offer.sure > 0.9
    steps:
      ask: { task: Ask, by: clerk }
      search: { task: Search, by: clerk }
    next: finish
  finish: { end: Finished }
`);
});

test('a half-typed target, a target that names nothing and a library say nothing about steps', () => {
  check(`${head}
start: { next: draft }
steps:
  draft:
    task: Draft
    by: clerk
    next:
    #^^^ language/invalid-value: 'next' has no value.
  polish: { task: Polish, by: clerk, next: finish }
  finish: { end: Finished }
`);
  check(`${head}
start: { next: }
#        ^^^^ language/invalid-value
steps:
  draft: { task: Draft, by: clerk, next: finish }
  finish: { end: Finished }
`);
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: [{ when: offer.sure > 0.5, to: }, { else: finish }] }
  #                                                                 ^^ language/invalid-value
  polish: { task: Polish, by: clerk, next: finish }
  finish: { end: Finished }
`);
});

test('the step is deleted with its line, in block and in flow style', () => {
  assert.equal(
    fixed(
      `${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: finish } # begins
  # Appeals were planned once.
  appeal:
    task: Hear the appeal
    by: lead
    next: finish
  finish: { end: Finished }
`,
      "Delete the step 'appeal'",
    ),
    `-   appeal:
-     task: Hear the appeal
-     by: lead
-     next: finish`,
  );
  assert.equal(
    fixed(
      `${head}
start: { next: draft }
steps: { draft: { task: Draft, by: clerk, next: finish }, appeal: { end: Appeal }, finish: { end: Finished } }
`,
      "Delete the step 'appeal'",
    ),
    `- steps: { draft: { task: Draft, by: clerk, next: finish }, appeal: { end: Appeal }, finish: { end: Finished } }
+ steps: { draft: { task: Draft, by: clerk, next: finish }, finish: { end: Finished } }`,
  );
});

test('a step that something else speaks of, or that holds an anchor, is not offered for deletion', () => {
  const findings = check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: finish }
  appeal: { task: Hear the appeal, by: lead, next: finish }
  #^^^^^ structure/unreachable-step
  idea: { task: Think, by: &thinker lead, next: finish }
  #^^^ structure/unreachable-step
  finish: { end: Finished, informed: [*thinker] }
metrics: [{ id: appeals, kind: volume, of: appeal }]
`);
  assert.deepEqual(
    findings.flatMap(({ fixes }) => fixes),
    [],
  );
});

test('a scope is not deleted while a step outside leads to one inside', () => {
  const findings = check(
    `${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: ask }
  work: { scope: Work, start: ask, steps: { ask: { task: Ask, by: clerk, next: finish } } }
  #^^^ structure/unreachable-step
  finish: { end: Finished }
`,
    { only: ['structure/unreachable-step'] },
  );
  assert.deepEqual(findings[0]?.fixes, []);
});

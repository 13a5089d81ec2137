// oversight/stop-control: a human can stop every AI that works on its own or beside what cannot be taken back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('oversight/stop-control');

test('an AI that works on its own, and that nobody can stop, is a fault', () => {
  check(`
aiwf: 1
workflow: w
#^^^^^^^ oversight/stop-control: Nobody can stop the AI in this workflow, and 'pilot' works in 'draft' at autonomy L3. Add 'stop' with a human, a safe state and a time.
accountable: owner
use: [./people.aiwf.yaml]
actors: { pilot: { kind: agent, sponsor: ai-lead, autonomy: L3 } }
defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: draft }
steps:
  draft: { task: Draft, by: pilot, mode: ai-executed, next: finish }
  finish: { end: Finished }
`);
});

test('so is any AI in a workflow with an effect that cannot be undone', () => {
  check(`
aiwf: 1
workflow: w
#^^^^^^^ oversight/stop-control: Nobody can stop the AI in this workflow, and the payment of 'pay' is irreversible. Add 'stop' with a human, a safe state and a time.
accountable: owner
use: [./people.aiwf.yaml]
defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, next: pay }
  pay: { task: Pay, by: clerk, reads: [claim], effects: [{ kind: payment, irreversible: true }], next: finish }
  finish: { end: Finished }
`);
});

test('an AI that comes in only as a fallback, inside a scope, counts as well', () => {
  check(`
aiwf: 1
workflow: w
#^^^^^^^ oversight/stop-control: Nobody can stop the AI in this workflow, and 'pilot' works in 'draft' at autonomy L4.
accountable: owner
use: [./people.aiwf.yaml]
actors:
  writer: { kind: agent, sponsor: ai-lead, autonomy: L1, fallback: pilot }
  pilot: { kind: agent, sponsor: ai-lead, autonomy: L4 }
defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: work }
steps:
  work:
    scope: Work
    start: draft
    steps:
      draft: { task: Draft, by: writer, mode: ai-executed, on: { error: finish } }
    on: { unavailable: finish, error: finish }
    next: finish
  finish: { end: Finished }
`);
});

test('a stop that names no person, or does not reach every AI, is a fault', () => {
  check(`${head}
actors: { pilot: { kind: agent, sponsor: ai-lead, autonomy: L3 } }
stop: { by: erp, scope: [bot], safe-state: finish, within: 60s }
#           ^^^ oversight/stop-control: 'erp' is of the kind 'system' and cannot hold the stop control. Name a person's role.
#                       ^^^^^ oversight/stop-control: The stop control does not reach 'pilot' and 'helper'. Add them to 'scope', or stop the whole workflow.
defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: draft }
steps:
  draft: { task: Draft, by: pilot, mode: ai-executed, next: polish }
  polish: { task: Polish, by: [bot, helper], mode: ai-executed, next: finish }
  finish: { end: Finished }
`);
});

test('no stop is needed where no AI works, where it only helps at low autonomy, or where its step is never reached', () => {
  check(`${head}
start: { next: pay }
steps:
  pay: { task: Pay, by: clerk, effects: [{ kind: payment, irreversible: true }], next: finish }
  finish: { end: Finished }
`);
  check(
    `${head}
actors: { pilot: { kind: agent, sponsor: ai-lead, autonomy: L5 } }
defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, effects: [{ kind: record }], next: finish }
  never: { task: Never, by: pilot, mode: ai-executed, next: finish }
  finish: { end: Finished }
`,
    { only: ['oversight/stop-control'] },
  );
});

test('a stop by a person or a team that stops everything, or each AI by name, is enough; a half-typed one is said elsewhere', () => {
  check(`${head}
actors: { pilot: { kind: agent, sponsor: ai-lead, autonomy: L3 } }
stop: { by: office, scope: [pilot, bot], safe-state: finish, within: 60s }
defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: draft }
steps:
  draft: { task: Draft, by: pilot, mode: ai-executed, next: polish }
  polish: { task: Polish, by: bot, mode: ai-executed, next: finish }
  finish: { end: Finished }
`);
  check(
    `${head}
actors: { pilot: { kind: agent, sponsor: ai-lead, autonomy: L3 } }
stop:
defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: draft }
steps:
  draft: { task: Draft, by: pilot, mode: ai-executed, next: finish }
  finish: { end: Finished }
`,
    { only: ['oversight/stop-control'] },
  );
});

test('a stop by whoever is accountable is added at the end of the file', () => {
  assert.equal(
    fixed(
      `${head}
actors: { pilot: { kind: agent, sponsor: ai-lead, autonomy: L3 } }
defaults: { accepts: quick, on: { error: failed, unavailable: failed } }
start: { next: draft }
steps:
  draft: { task: Draft, by: pilot, mode: ai-executed, next: finish }
  finish: { end: Finished }
  failed: { end: Failed, outcome: failed } # nobody to tell
# the last line
`,
      "Let 'owner' stop the workflow",
    ),
    `+ stop: { by: owner, scope: workflow, safe-state: failed, within: 60s }`,
  );
});

test('a stop that misses an AI is widened to the whole workflow, unless a comment would be lost', () => {
  assert.equal(
    fixed(
      `${head}
actors: { pilot: { kind: agent, sponsor: ai-lead, autonomy: L3 } }
stop: { by: owner, scope: [bot], safe-state: finish, within: 60s } # the bot only
defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: draft }
steps:
  draft: { task: Draft, by: pilot, mode: ai-executed, next: finish }
  finish: { end: Finished }
`,
      'Stop the whole workflow',
    ),
    `- stop: { by: owner, scope: [bot], safe-state: finish, within: 60s } # the bot only
+ stop: { by: owner, scope: workflow, safe-state: finish, within: 60s } # the bot only`,
  );
  const findings = check(`${head}
actors: { pilot: { kind: agent, sponsor: ai-lead, autonomy: L3 } }
stop:
  by: owner
  scope:
    - bot # the first one
    #^^^^^^^^^^^^^^^^^^^^ oversight/stop-control: The stop control does not reach 'pilot'. Add it to 'scope', or stop the whole workflow.
    - helper
  safe-state: finish
  within: 60s
defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: draft }
steps:
  draft: { task: Draft, by: pilot, mode: ai-executed, next: finish }
  finish: { end: Finished }
`);
  assert.deepEqual(
    findings.flatMap(({ fixes }) => fixes),
    [],
  );
});

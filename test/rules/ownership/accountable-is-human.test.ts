// ownership/accountable-is-human: whoever answers is a person, also through teams and their leads.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('ownership/accountable-is-human');

test('an agent, a system, a supplier, a team without a lead and an empty role cannot answer', () => {
  check(`
aiwf: 1
workflow: w
accountable: bot
#            ^^^ ownership/accountable-is-human: 'bot' is accountable for the workflow, but an AI agent cannot answer for anything. Name a person's role.
use: [./people.aiwf.yaml]
actors:
  crowd: { kind: team, holders: 4 }
  vacant: { kind: human, holders: 0 }
  empty: { kind: human, holders: [] }
start: { next: one }
steps:
  one: { task: One, by: clerk, accountable: erp, next: two }
  #                                         ^^^ ownership/accountable-is-human: 'erp' is accountable for 'one', but a system cannot answer for anything. Name a person's role.
  two: { task: Two, by: clerk, accountable: shop, next: three }
  #                                         ^^^^ ownership/accountable-is-human: 'shop' is accountable for 'two', but a supplier is not a person of yours. Name a person's role.
  three: { task: Three, by: clerk, accountable: crowd, next: four }
  #                                             ^^^^^ ownership/accountable-is-human: 'crowd' is accountable for 'three', but the team 'crowd' has no lead. Name a person's role.
  four: { task: Four, by: clerk, accountable: vacant, next: five }
  #                                           ^^^^^^ ownership/accountable-is-human
  five: { task: Five, by: clerk, accountable: empty, next: finish }
  #                                           ^^^^^ ownership/accountable-is-human: 'empty' is accountable for 'five', but nobody holds this role. Name a person's role.
  finish: { end: Finished }
`);
});

test('a team answers through its lead, however many teams are between', () => {
  check(`${head}
actors:
  region: { kind: team, lead: branch }
  branch: { kind: team, lead: robot }
  robot: { kind: agent, sponsor: ai-lead }
  ring-one: { kind: team, lead: ring-two }
  ring-two: { kind: team, lead: ring-one }
  orphaned: { kind: team, lead: gone }
  gone: { kind: human, holders: 0 }
  good: { kind: team, lead: better }
  better: { kind: team, lead: owner }
start: { next: one }
steps:
  one: { task: One, by: clerk, accountable: region, next: two }
  #                                         ^^^^^^ ownership/accountable-is-human: 'region' is accountable for 'one', but the team 'branch' is led by 'robot', who is not a person. Name a person's role.
  two: { task: Two, by: clerk, accountable: ring-one, next: three }
  #                                         ^^^^^^^^ ownership/accountable-is-human: 'ring-one' is accountable for 'two', but the leads of the team 'ring-two' lead round in a circle, to no person. Name a person's role.
  three: { task: Three, by: clerk, accountable: orphaned, next: four }
  #                                             ^^^^^^^^ ownership/accountable-is-human: 'orphaned' is accountable for 'three', but the team 'orphaned' is led by 'gone', a role that nobody holds. Name a person's role.
  four: { task: Four, by: clerk, accountable: good, next: finish }
  finish: { end: Finished }
`);
});

test('a step inside a scope and one on an exceptional path is looked at as well', () => {
  check(`${head}
start: { next: work }
steps:
  work:
    scope: Work
    start: draft
    steps:
      draft: { task: Draft, by: clerk, within: 1d, on: { timeout: remind } }
      remind: { task: Remind, by: clerk, accountable: helper }
      #                                               ^^^^^^ ownership/accountable-is-human: 'helper' is accountable for 'remind', but an AI agent cannot answer for anything. Name a person's role.
    next: finish
  finish: { end: Finished }
`);
});

test('nothing is said of people outside, of unknown names and of kinds that are not said yet', () => {
  check(
    `${head}
actors:
  someone: { title: Not said yet }
  half-typed: { kind: team, lead: }
start: { next: one }
steps:
  one: { task: One, by: clerk, accountable: customer, next: two }
  two: { task: Two, by: clerk, accountable: onwer, next: three }
  three: { task: Three, by: clerk, accountable: someone, next: four }
  four: { task: Four, by: clerk, accountable: half-typed, next: finish }
  finish: { end: Finished }
`,
    { only: ['ownership/accountable-is-human'] },
  );
});

test("the agent's sponsor is put in its place", () => {
  assert.equal(
    fixed(
      `${head}
start: { next: draft }
steps:
  draft:
    task: Draft
    by: clerk
    accountable: bot # for now
    next: finish
  finish: { end: Finished }
`,
      "Make its sponsor 'ai-lead' accountable",
    ),
    `-     accountable: bot # for now
+     accountable: ai-lead # for now`,
  );
});

test('a sponsor who cannot answer either is not offered', () => {
  const findings = check(
    `${head}
actors: { wild: { kind: agent, sponsor: bot } }
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, accountable: wild, next: finish }
  #                                             ^^^^ ownership/accountable-is-human
  finish: { end: Finished }
`,
    { only: ['ownership/accountable-is-human'] },
  );
  assert.deepEqual(
    findings.flatMap(({ fixes }) => fixes),
    [],
  );
});

test('that nobody owns the work of a machine before it is confirmed is the same fault', () => {
  const { findingsOf } = forRules('ownership/accountable-is-human', 'handoff/ownership-gap');
  const found = findingsOf(`${head}
start: { from: clerk, next: post }
steps:
  post: { task: Post, by: erp, accountable: erp, accepts: quick, next: file, on: { error: finish } }
  file: { task: File, by: clerk, accepts: quick, next: finish }
  finish: { end: Finished }
`);
  assert.deepEqual(
    found.map(({ rule, also }) => [rule, ...(also ?? []).map((folded) => folded.rule)]),
    [['ownership/accountable-is-human', 'handoff/ownership-gap']],
  );
});

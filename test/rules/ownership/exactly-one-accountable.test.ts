// ownership/exactly-one-accountable: one owner for the workflow and for every step, no less and no more.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, findingsOf, fixed } = forRules('ownership/exactly-one-accountable');

test('a workflow for which nobody answers is a fault, also where every step has an owner', () => {
  check(`
aiwf: 1
workflow: w
#^^^^^^^ ownership/exactly-one-accountable: Nobody answers for the outcome of this workflow. 'draft', for one, inherits nobody. Add 'accountable' with one role.
use: [./people.aiwf.yaml]
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: finish }
  finish: { end: Finished }
`);
  check(`
aiwf: 1
workflow: w
#^^^^^^^ ownership/exactly-one-accountable: Nobody answers for the outcome of this workflow. Add 'accountable' with one role.
use: [./people.aiwf.yaml]
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, accountable: lead, next: finish }
  finish: { end: Finished, accountable: lead }
`);
});

test('two owners are as bad as none, at the workflow, at a step, in a scope and on an exceptional path', () => {
  check(`
aiwf: 1
workflow: w
accountable: [owner, lead]
#            ^^^^^^^^^^^^^ ownership/exactly-one-accountable: 'owner' and 'lead' are both accountable for the workflow, so nobody is. Keep one; the others can be 'consulted' or 'informed'.
use: [./people.aiwf.yaml]
start: { next: work }
steps:
  work:
    scope: Work
    start: draft
    steps:
      draft: { task: Draft, by: clerk, accountable: [lead, owner], within: 1d, on: { timeout: remind } }
      #                                             ^^^^^^^^^^^^^ ownership/exactly-one-accountable: 'lead' and 'owner' are both accountable for 'draft', so nobody is. Keep one; the others can be 'consulted' or 'informed'.
      remind: { task: Remind, by: clerk, accountable: [lead, owner, clerk] }
      #                                               ^^^^^^^^^^^^^^^^^^^^ ownership/exactly-one-accountable: 'lead', 'owner' and 'clerk' are all accountable for 'remind', so nobody is. Keep one; the others can be 'consulted' or 'informed'.
    next: finish
  finish: { end: Finished }
`);
});

test('an empty list names nobody', () => {
  check(`
aiwf: 1
workflow: w
accountable: []
#^^^^^^^^^^ ownership/exactly-one-accountable
use: [./people.aiwf.yaml]
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, accountable: [], next: finish }
  #                                ^^^^^^^^^^^ ownership/exactly-one-accountable: Nobody answers for 'draft': its 'accountable' names no one. Name one role, or delete the key to inherit the workflow's.
  finish: { end: Finished }
`);
});

test('one owner by list, twice the same, by alias or inherited is one owner; a library and a half-typed key need none', () => {
  check(`
aiwf: 1
workflow: w
accountable: &boss [owner]
use: [./people.aiwf.yaml]
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, accountable: *boss, next: polish }
  polish: { task: Polish, by: clerk, accountable: [lead, lead], next: finish }
  finish: { end: Finished }
`);
  check(`
aiwf: 1
library: shared
actors: { someone: { kind: human } }
`);
  check(`
aiwf: 1
workflow: w
accountable:
#^^^^^^^^^^ language/invalid-value: 'accountable' has no value.
use: [./people.aiwf.yaml]
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: finish }
  finish: { end: Finished }
`);
});

test('an owner whose name resolves to nothing is a typing error, not a missing owner', () => {
  check(`
aiwf: 1
workflow: w
accountable: onwer
#            ^^^^^ structure/unresolved-reference: No actor 'onwer' is declared. Did you mean 'owner'?
use: [./people.aiwf.yaml]
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: finish }
  finish: { end: Finished }
`);
});

test('an owner is added behind the title, and one of several kept', () => {
  assert.equal(
    fixed(
      `aiwf: 1
workflow: w
title: Draft a letter # for customers
use: [./people.aiwf.yaml]
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: finish }
  finish: { end: Finished }
`,
      "Make 'owner' accountable",
    ),
    `+ accountable: owner`,
  );
  assert.equal(
    fixed(
      `${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, accountable: [lead, owner], next: finish } # both asked for it
  finish: { end: Finished }
`,
      "Keep 'lead'",
    ),
    `-   draft: { task: Draft, by: clerk, accountable: [lead, owner], next: finish } # both asked for it
+   draft: { task: Draft, by: clerk, accountable: lead, next: finish } # both asked for it`,
  );
  assert.equal(
    fixed(
      `${head}
start: { next: draft }
steps:
  draft:
    task: Draft
    accountable:
      - lead
      - owner
    by: clerk
    next: finish
  finish: { end: Finished }
`,
      "Keep 'owner'",
    ),
    `-       - lead
-       - owner
+       owner`,
  );
});

test('where a comment stands between the names, nothing is offered that would lose it', () => {
  const findings = findingsOf(`${head}
start: { next: draft }
steps:
  draft:
    task: Draft
    accountable:
      - lead # for the text
      - owner
    by: clerk
    next: finish
  finish: { end: Finished }
`);
  assert.deepEqual(
    findings.map(({ rule, fixes }) => [rule, fixes]),
    [['ownership/exactly-one-accountable', []]],
  );
});

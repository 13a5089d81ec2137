// structure/unresolved-reference: every id names exactly one declaration; nothing is said of what cannot be known.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('structure/unresolved-reference');

test('a misspelled performer is a fault, with the nearest name', () => {
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clrk, next: finish }
  #                         ^^^^ structure/unresolved-reference: No actor 'clrk' is declared. Did you mean 'clerk'?
  finish: { end: Finished }
`);
});

test('a target that names no step is a fault, also on an exceptional edge, and brings no other findings with it', () => {
  check(`${head}
start: { next: draft }
steps:
  draft:
    task: Draft
    by: erp
    accepts: quick
    on: { error: by-hnad }
    #            ^^^^^^^ structure/unresolved-reference: No step 'by-hnad' is declared. Did you mean 'by-hand'?
    next: finish
  by-hand: { task: By hand, by: clerk, next: finish }
  finish: { end: Finished }
`);
});

test('ids inside scopes, stop, metrics and effects are looked at as well', () => {
  check(`${head}
start: { next: work }
stop: { by: nobody, safe-state: nowhere, within: 60s }
#           ^^^^^^ structure/unresolved-reference
#                               ^^^^^^^ structure/unresolved-reference: No step 'nowhere' is declared. Declare it, or name one that exists.
steps:
  work:
    scope: Work
    start: draft
    steps:
      draft: { task: Draft, by: clerk, informed: [ghost], effects: [{ kind: record, to: leger }] }
      #                                           ^^^^^ structure/unresolved-reference: No actor 'ghost' is declared. Declare it, or name one that exists.
      #                                                                                 ^^^^^ structure/unresolved-reference: No actor, store or data 'leger' is declared. Did you mean 'letter'?
    next: finish
  finish: { end: Finished }
metrics:
  - { id: quality, kind: quality, of: drfat }
  #                                   ^^^^^ structure/unresolved-reference
`);
});

test('a field that data does not have is a fault; of data without known fields nothing is said', () => {
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, reads: [claim.amuont, letter.anything], next: finish }
  #                                              ^^^^^^ structure/unresolved-reference: 'claim' has no field 'amuont'. Did you mean 'amount'?
  finish: { end: Finished }
`);
});

test('a tool that its performer does not have is a fault; grants, tools of delegates and of a fallback are known', () => {
  check(`${head}
actors:
  worker:
    kind: agent
    sponsor: ai-lead
    fallback: spare
    grants: [archive.read]
    tools: { search: { effect: none } }
  spare: { kind: agent, sponsor: ai-lead, tools: { mail: { effect: none } } }
on: { error: finish, unavailable: finish }
start: { next: draft }
steps:
  draft:
    task: Draft
    by: worker
    mode: ai-executed
    accepts: quick
    uses: [search, mail, archive.read, serach]
    #                                  ^^^^^^ structure/unresolved-reference: 'serach' is neither a tool nor a grant of 'worker'. Did you mean 'search'?
    next: finish
  finish: { end: Finished }
`);
});

test('an outcome that a step does not have is a fault; an event or an outcome of an inner end is none', () => {
  check(`${head}
start: { next: work }
steps:
  work:
    scope: Work
    start: draft
    on: { rejected: finish, withdrawn: finish, compleeted: finish }
    #                                          ^^^^^^^^^^ structure/unresolved-reference: 'compleeted' is neither an outcome of 'work' nor an event. Did you mean 'completed'?
    steps:
      draft: { task: Draft, by: clerk, next: no }
      no: { end: No, outcome: rejected }
  finish: { end: Finished }
`);
});

test('one file that cannot be read is one finding, not one for each id it should declare', () => {
  check(`
aiwf: 1
workflow: w
accountable: owner
use: [./nowhere.aiwf.yaml]
#     ^^^^^^^^^^^^^^^^^^^ language/import: The file './nowhere.aiwf.yaml' cannot be read. Check the path, relative to this file.
start: { from: customer, next: draft }
steps:
  draft: { task: Draft, by: clerk, accepts: quick, reads: [claim], next: finihs }
  #                                                                      ^^^^^^ structure/unresolved-reference
  finish: { end: Finished }
`);
});

test('an imported file that itself imports brings its declarations along', () => {
  check(`
aiwf: 1
workflow: w
accountable: owner
use: [./middle.aiwf.yaml]
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: finish }
  finish: { end: Finished }
#- middle.aiwf.yaml
aiwf: 1
library: middle
use: [./people.aiwf.yaml]
`);
});

test('a typing error behind an alias is said once, where it stands', () => {
  check(`${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, reads: &inputs [clam], next: polish }
  #                                                ^^^^ structure/unresolved-reference: No data 'clam' is declared. Did you mean 'claim'?
  polish: { task: Polish, by: clerk, reads: *inputs, next: finish }
  finish: { end: Finished }
`);
});

test('words of the language, items of for-each and data with a schema are no faults', () => {
  check(
    `${head}
actors: { worker: { kind: agent, sponsor: ai-lead, on-behalf-of: self, outbound: none } }
data: { orders: { fields: { lines: [{ price: number }] } } }
defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: each }
steps:
  each:
    task: Each line
    by: worker
    mode: ai-executed
    for-each: { item: line, in: orders.lines }
    reads: [line.price]
    on: { error: none }
    next: wait-for-answer
  wait-for-answer: { wait: Wait, until: message, from: customer, within: 3d, next: finish, on: { timeout: finish } }
  finish: { end: Finished }
`,
    { only: ['structure/unresolved-reference'] },
  );
});

test('the misspelled id is corrected in place, in quotes and with its field', () => {
  assert.equal(
    fixed(
      `${head}
start: { next: draft }
steps:
  draft:
    task: Draft
    by: clerk
    reads: ["clam.amount"] # what is asked for
    next: finish
  finish: { end: Finished }
`,
      "Change to 'claim'",
    ),
    `-     reads: ["clam.amount"] # what is asked for
+     reads: ["claim.amount"] # what is asked for`,
  );
});

test('what is missing is declared in a section that is there, or in a new one', () => {
  assert.equal(
    fixed(
      `${head}
actors: { writer: { kind: human, holders: 1 } } # only one
start: { next: draft }
steps:
  draft: { task: Draft, by: translator-in-chief, next: finish }
  finish: { end: Finished }
`,
      "Declare the actor 'translator-in-chief'",
    ),
    `- actors: { writer: { kind: human, holders: 1 } } # only one
+ actors: { writer: { kind: human, holders: 1 }, translator-in-chief: { kind: human, holders: 1 } } # only one`,
  );
  assert.equal(
    fixed(
      `${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, log: { to: journal }, next: finish }
  finish: { end: Finished } # the last step
`,
      "Declare the store 'journal'",
    ),
    `+ stores:
+   journal: { kind: record }
+ `,
  );
});

test('while a line is no YAML yet, what it swallows is not called missing', () => {
  check(
    `${head}
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: finish }
  revi
  finish: { end: Finished }
`,
    { only: ['structure/unresolved-reference', 'structure/unreachable-step', 'structure/no-path-to-end'] },
  );
});

test('presets and parameters that do not exist are said with what may have been meant', () => {
  check(`${head}
profile: [recomended]
#         ^^^^^^^^^^ error structure/unresolved-reference: There is no preset 'recomended'. Did you mean 'recommended'?
parameters: { utilisation: 0.7, adverse-only: false }
#             ^^^^^^^^^^^ error structure/unresolved-reference: There is no parameter 'utilisation'. Did you mean 'utilization'?
start: { next: finish }
steps:
  finish: { end: Finished }
`);
});

test('a library names a step of the workflow that imports it: silent there, and the step is reached', () => {
  check(
    `${head.replace('[./people', '[./vendors.aiwf.yaml, ./people')}
start: { next: translate }
steps:
  translate: { task: Translate, by: agency, within: 1d, next: finish, on: { timeout: finish } }
  by-hand: { task: Translate by hand, by: clerk, next: finish }
  finish: { end: Finished }
#- vendors.aiwf.yaml
aiwf: 1
library: vendors
actors:
  agency: { kind: vendor, exit: by-hand }
`,
    { rules: ['structure/unresolved-reference', 'structure/unreachable-step'] },
  );
});

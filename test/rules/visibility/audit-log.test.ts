// visibility/audit-log: AI steps and effects are logged with what an audit needs; a gap is said once, where it is mended.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, findingsOf, fixed } = forRules('visibility/audit-log');

const full = 'case, actor, model, version, inputs, output, decision, time';

test('where nothing is logged, that is said once for the whole workflow', () => {
  const [finding] = check(`aiwf: 1
workflow: w
#^^^^^^^ visibility/audit-log: Nothing is logged in 'draft' and 'post', where an AI works or something is done in the world. Add 'log' under 'defaults'.
accountable: owner
use: [./people.aiwf.yaml]
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, next: look, on: { error: finish, unavailable: finish } }
  look: { review: Look, by: lead, on: { approve: post, modify: post, reject: finish } }
  post: { task: Post, by: clerk, effects: [{ kind: message, to: customer, external: true }], next: finish }
  finish: { end: Finished }
`);
  assert.equal(finding?.place, 'workflow');
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['draft', 'post'],
  );
});

test('a single step without a log is at fault itself', () => {
  check(`${head}
stores: { audit: { kind: log } }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, log: { to: audit, fields: [${full}] }, next: pay, on: { error: finish, unavailable: finish } }
  pay: { task: Pay, by: erp, effects: [{ kind: payment }], next: finish, on: { error: finish } }
# ^^^ visibility/audit-log: Nothing is logged in 'pay', where something is done in the world. Add 'log' to the step or under 'defaults'.
  finish: { end: Finished }
`);
});

test('a log that lacks fields is at fault once, where the fields stand', () => {
  check(`${head}
stores: { audit: { kind: log } }
defaults:
  log: { to: audit, fields: [case, actor, time] }
  #                         ^^^^^^^^^^^^^^^^^^^ visibility/audit-log: The log under 'defaults', which 'draft' and 'pay' use, does not record model, version, inputs, output and decision. Add them to 'fields'
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, next: pay, on: { error: finish, unavailable: finish } }
  pay: { task: Pay, by: erp, effects: [{ kind: payment }], next: tell, on: { error: finish } }
  tell:
    task: Tell
    by: helper
    mode: ai-executed
    log: { to: audit, fields: [case, actor, model, inputs, output, decision, time] }
    #                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ visibility/audit-log: The log of 'tell' does not record version. Add it to 'fields'
    next: finish
    on: { error: finish, unavailable: finish }
  finish: { end: Finished }
`);
});

test('a step that drops the log is told so, also where the AI only assists or steps in', () => {
  check(`${head}
actors:
  drafter: { kind: agent, sponsor: ai-lead, fallback: helper }
  porter: { kind: system }
stores: { audit: { kind: log } }
defaults: { log: { to: audit, fields: [${full}] } }
start: { next: write }
steps:
  write: { task: Write, by: clerk, assisted-by: [helper], mode: ai-augmented, decides: clerk, log: none, next: finish }
  #                                                                                                ^^^^ visibility/audit-log: 'write' drops the log where the AI 'helper' works. Delete 'log: none', or say where it is recorded.
  finish: { end: Finished }
`);
});

test('an imported agent and an imported store count as those of the file', () => {
  check(`aiwf: 1
workflow: w
accountable: boss
use: [./team.aiwf.yaml]
defaults: { log: { to: book, fields: [case] } }
#                                    ^^^^^^ visibility/audit-log: The log under 'defaults', which 'draft' uses, does not record actor, model,
start: { next: draft }
steps:
  draft: { task: Draft, by: scribe, mode: ai-executed, next: finish, on: { error: finish, unavailable: finish } }
  finish: { end: Finished }
#- team.aiwf.yaml
aiwf: 1
library: team
actors:
  boss: { kind: human, holders: 1 }
  scribe: { kind: agent, sponsor: boss }
stores: { book: { kind: log } }
`);
});

test('silent: people at work, waits, routes and ends, and systems without an effect need no audit', () => {
  check(`${head}
start: { next: write }
steps:
  write: { task: Write, by: clerk, next: sort }
  sort: { route: Sort, next: listen }
  listen: { wait: Listen, until: answer, within: 1d, next: store-it, on: { timeout: finish } }
  store-it: { task: Store, by: erp, next: finish, on: { error: finish } }
  finish: { end: Finished }
`);
});

test('silent: without an AI no model is to be named, and copies of all inputs stand for references to them', () => {
  check(`${head}
stores: { audit: { kind: log } }
defaults: { log: { to: audit, fields: [case, actor, decision, time, inputs, output] } }
start: { gives: [claim], next: pay }
steps:
  pay: { task: Pay, by: erp, effects: [{ kind: payment }], next: draft, on: { error: finish } }
  draft:
    task: Draft
    by: bot
    mode: ai-executed
    reads: [claim.story]
    writes: [offer]
    log: { to: audit, fields: [case, actor, model, version, claim, offer, decision, time] }
    next: finish
    on: { error: finish, unavailable: finish }
  finish: { end: Finished }
`);
});

test('a name that resolves to nothing is said as that, and a half-typed log is no crash', () => {
  check(`${head}
defaults: { log: { to: adit, fields: [${full}] } }
#                      ^^^^ structure/unresolved-reference
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, next: finish, on: { error: finish, unavailable: finish } }
  finish: { end: Finished }
`);
});

test('a decision about someone is an effect as well', () => {
  check(`${head}
start: { next: decide }
steps:
  decide: { decision: Decide, by: lead, subject: customer, outcomes: { grant: favourable, deny: adverse }, next: finish }
# ^^^^^^ visibility/audit-log: Nothing is logged in 'decide', where something is done in the world.
  finish: { end: Finished }
`);
});

test('every step is logged under defaults, in a store that is there or a new one', () => {
  const text = (rest: string) => `${head}${rest}
start: { next: draft } # here
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, next: finish, on: { error: finish, unavailable: finish } }
  finish: { end: Finished }
`;
  assert.equal(
    fixed(text('stores: { book: { kind: log } }\ndefaults: { within: 1d }'), "Log every step in 'book'"),
    `- defaults: { within: 1d }
+ defaults: { within: 1d, log: { to: book, fields: [case, actor, model, version, prompt, inputs, output, decision, reason, time] } }`,
  );
  assert.equal(
    fixed(text(''), "Log every step in 'audit-log'"),
    `+ stores:
+   audit-log: { kind: log, append-only: true }
+ defaults:
+   log: { to: audit-log, fields: [case, actor, model, version, prompt, inputs, output, decision, reason, time] }
+ `,
  );
});

test('missing fields are added where the others stand, and a dropped log comes back', () => {
  const text = (log: string, defaults: string) => `${head}
stores: { audit: { kind: log } }
defaults: { log: { to: audit, ${defaults} } }
start: { next: draft }
steps:
  draft:
    task: Draft
    by: bot
    mode: ai-executed
    ${log} # see the rules of the house
    next: finish
    on: { error: finish, unavailable: finish }
  finish: { end: Finished }
`;
  assert.equal(
    fixed(
      text('sandbox: true', 'fields: [case, actor, model, version, inputs, output]'),
      'Record decision and time as well',
    ),
    `- defaults: { log: { to: audit, fields: [case, actor, model, version, inputs, output] } }
+ defaults: { log: { to: audit, fields: [case, actor, model, version, inputs, output, decision, time] } }`,
  );
  assert.equal(
    fixed(text('log: { to: audit }', `fields: [${full}]`), `Record ${full.replace(/, time$/, ' and time')} as well`),
    `-     log: { to: audit } # see the rules of the house
+     log: { to: audit, fields: [${full}] } # see the rules of the house`,
  );
  assert.equal(
    fixed(text('log: none', `fields: [${full}]`), "Log 'draft' like the other steps"),
    `-     log: none # see the rules of the house
+      # see the rules of the house`,
  );
});

test('where nothing at all is logged, ends without a record are said along with it', () => {
  const rules = ['visibility/audit-log', 'visibility/silent-outcome'];
  const found = (log: string) =>
    findingsOf(
      `${head}
stores: { notes: { kind: log } }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], on: { error: finish, unavailable: finish }, next: check }
  check: { review: Check, by: lead, reviews: [letter], on: { approve: finish, modify: finish, reject: finish } }
  tell: { task: Tell, by: clerk, ${log} next: finish }
  finish: { end: Finished }
`,
      { rules },
    ).map(({ rule, also }) => [rule, ...(also ?? []).map((folded) => folded.rule)]);
  assert.deepEqual(found(''), [rules]);
  assert.deepEqual(found('log: { to: notes, fields: [time] },'), [[rules[0]], [rules[1]]]);
});

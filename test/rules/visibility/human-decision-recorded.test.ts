// visibility/human-decision-recorded: who approved or overruled, when, which version and why.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('visibility/human-decision-recorded');

const book = 'stores: { audit: { kind: log } }\n';
const approval = (more = '') =>
  `  check: { approval: Check, by: lead, covers: [letter]${more}, on: { approve: finish, modify: finish, reject: finish } }`;
const around = (steps: string, log = 'case, actor, version, time') => `${head}
${book}defaults: { log: { to: audit, fields: [${log}] } }
start: { gives: [letter], next: check }
steps:
${steps}
  finish: { end: Finished }
`;

test('an approval that nothing records leaves all four questions open', () => {
  check(`${head}
start: { gives: [letter], next: check }
steps:
${approval()}
# ^^^^^ warning visibility/human-decision-recorded: A person decides in 'check', and it is not recorded who decided, when, which version it was and why. Add actor, time, version and reason to 'records' of the step or to its log.
  finish: { end: Finished }
`);
});

test('approvals that share a log share its gap', () => {
  check(`${head}
${book}defaults:
  log: { to: audit, fields: [case, actor, time, version] }
  #                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning visibility/human-decision-recorded: A person decides in 'check' and 'confirm', and it is not recorded why. Add reason to the log.
start: { gives: [letter], next: check }
steps:
  check: { approval: Check, by: lead, covers: [letter], on: { approve: confirm, modify: confirm, reject: finish } }
  confirm: { approval: Confirm, by: owner, covers: [letter], on: { approve: finish, modify: finish, reject: finish } }
  finish: { end: Finished }
`);
});

test('a review or decision that looks at what an AI made can overrule it', () => {
  check(`${head}
${book}start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: look, on: { error: finish, unavailable: finish } }
  look:
    review: Look
    by: lead
    reviews: [letter]
    log: { to: audit, fields: [actor, time] }
    #                         ^^^^^^^^^^^^^ warning visibility/human-decision-recorded: A person decides in 'look', and it is not recorded which version it was and why.
    on: { approve: finish, modify: finish, reject: finish }
  finish: { end: Finished }
`);
});

test('a log that a library declares the store of is judged in the file that writes it', () => {
  check(`aiwf: 1
workflow: w
accountable: boss
use: [./team.aiwf.yaml]
start: { gives: [paper], next: check }
steps:
  check: { approval: Check, by: boss, covers: [paper], log: none, on: { approve: finish, modify: finish, reject: finish } }
  #                                                         ^^^^ warning visibility/human-decision-recorded: A person decides in 'check'
  finish: { end: Finished }
#- team.aiwf.yaml
aiwf: 1
library: team
actors: { boss: { kind: human, holders: 1 } }
data: { paper: { class: internal } }
stores: { book: { kind: log } }
`);
});

test('silent: reasons among the records, reasons asked for on agreement, copies of what was judged', () => {
  check(around(approval(', records: [reason]')));
  check(around(approval(', records: [grounds-for-refusal]')));
  check(around(approval(', controls: [reason-on-agree]')));
  check(around(approval(', records: [reason]'), 'case, actor, letter, time'));
  check(around(approval(), 'case, actor, version, reason, time'));
});

test('silent: a record whose name says nothing may hold the reason', () => {
  check(around(approval(', records: [approval-form]')));
});

test('silent: reviews among people, decisions by a rule, and an AI that judges', () => {
  check(`${head}
start: { gives: [letter], next: look }
steps:
  look: { review: Look, by: lead, reviews: [letter], on: { approve: sort, modify: sort, reject: sort } }
  sort: { decision: Sort, by: erp, rule: ./sort.dmn, next: draft, on: { error: finish } }
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [offer], next: judge, on: { error: finish, unavailable: finish } }
  judge: { review: Judge, by: helper, mode: ai-executed, reviews: [offer], next: finish, on: { error: finish, unavailable: finish } }
  finish: { end: Finished }
`);
});

test('the step records what is missing, or the log that it shares', () => {
  assert.equal(
    fixed(around(`${approval(', records: [time]')} # at the desk`), "Record reason at 'check'"),
    `-   check: { approval: Check, by: lead, covers: [letter], records: [time], on: { approve: finish, modify: finish, reject: finish } } # at the desk
+   check: { approval: Check, by: lead, covers: [letter], records: [time, reason], on: { approve: finish, modify: finish, reject: finish } } # at the desk`,
  );
  assert.equal(
    fixed(around(approval()), "Record reason at 'check'"),
    `-   check: { approval: Check, by: lead, covers: [letter], on: { approve: finish, modify: finish, reject: finish } }
+   check: { approval: Check, by: lead, covers: [letter], on: { approve: finish, modify: finish, reject: finish }, records: [reason] }`,
  );
  assert.equal(
    fixed(around(approval()), 'Record reason as well'),
    `- defaults: { log: { to: audit, fields: [case, actor, version, time] } }
+ defaults: { log: { to: audit, fields: [case, actor, version, time, reason] } }`,
  );
});

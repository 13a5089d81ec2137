// accountability/reasons-recorded: a significant decision records its reasons, from what it saw, and the role of the AI.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('accountability/reasons-recorded');

const ways = 'outcomes: { grant: favourable, deny: adverse }, next: finish';
const decide = (more: string) =>
  `  decide: { decision: Decide, by: lead, subject: customer, significance: legal, reads: [claim, offer], ${ways}${more} }`;
const byPerson = '  work: { task: Work, by: clerk, reads: [claim], writes: [offer], next: decide }';
const byAi =
  '  work: { task: Work, by: bot, mode: ai-executed, reads: [claim], writes: [offer], next: decide, on: { error: finish, unavailable: finish } }';
const around = (work: string, decision: string) => `${head}
start: { gives: [claim], next: work }
steps:
${work}
${decision}
  finish: { end: Finished }
`;

test('a decision of legal weight without reasons, and without the role of the AI whose work it rests on', () => {
  const [finding] = check(`${head}
start: { gives: [claim], next: work }
steps:
${byAi}
  polish: { task: Polish, by: clerk, reads: [offer], writes: [letter], next: decide }
  decide: { decision: Decide, by: lead, subject: customer, significance: legal, reads: [letter], ${ways} }
# ^^^^^^ warning accountability/reasons-recorded: 'decide' decides about 'customer', and its record does not hold its main reasons and what the AI had to do with it. Add reasons and role-of-ai to 'records'.
  finish: { end: Finished }
`);
  assert.deepEqual(
    finding?.witness.map(({ step, note }) => `${step}: ${note}`),
    ["work: the AI 'bot' writes 'offer'", 'decide: reasons and role-of-ai are not recorded'],
  );
});

test('the records that are there are at fault, and an AI that assists has a role as well', () => {
  check(`${head}
start: { gives: [claim], next: decide }
steps:
  decide:
    decision: Decide
    by: lead
    assisted-by: [helper]
    decides: lead
    mode: ai-augmented
    subject: customer
    significance: significant
    reads: [claim]
    records: [reasons]
#   ^^^^^^^ warning accountability/reasons-recorded: 'decide' decides about 'customer', and its record does not hold what the AI had to do with it. Add role-of-ai to 'records'.
    outcomes: { grant: favourable, deny: adverse }
    next: finish
  finish: { end: Finished }
`);
});

test('an effect that decides counts like a decision', () => {
  check(
    around(
      byPerson,
      `  decide: { task: Decide, by: lead, reads: [offer], effects: [{ kind: decision, subject: customer, significance: legal, outcome: deny, adverse: true }], next: finish }
# ^^^^^^ warning accountability/reasons-recorded: 'decide' decides about 'customer', and its record does not hold its main reasons. Add reasons to the 'fields' of its log.`,
    ),
  );
});

const effect =
  'effects: [{ kind: decision, subject: customer, significance: legal, outcome: deny, adverse: true, uses: [offer] }]';
const judgedFirst = (records: string, mark = '') =>
  around(
    byAi,
    `  decide: { approval: Approve, by: lead, subject: customer, covers: [offer], records: [${records}], on: { approve: bring-about, modify: finish, reject: finish } }
  bring-about: { task: Tell, by: erp, reads: [offer], ${effect}, next: finish, on: { error: finish } }${mark}`,
  );

test('whoever brings about what was judged before has the record of the judge', () => {
  check(judgedFirst('reasons, role-of-ai'));
  check(
    judgedFirst(
      'who',
      `
# ^^^^^^^^^^^ warning accountability/reasons-recorded: 'bring-about' decides about 'customer', and its record does not hold its main reasons and what the AI had to do with it. Add reasons and role-of-ai to 'records' of 'decide'.`,
    ),
  );
  assert.match(
    fixed(judgedFirst('who'), 'Record reasons and role-of-ai'),
    /^\+ .*decide: .*records: \[who, reasons, role-of-ai\]/m,
  );
});

test('reasons that derive from nothing the decision looks at are no reasons of it', () => {
  check(`${head}
data: { notice: { class: personal, fields: { reasons: string } } }
start: { gives: [claim, letter], next: decide }
steps:
  decide:
    decision: Decide
    by: lead
    subject: customer
    significance: legal
    reads: [claim]
    writes: { notice: [letter] }
    #       ^^^^^^^^^^^^^^^^^^^^ warning accountability/reasons-recorded: The reasons in 'notice' of 'decide' derive from 'letter', which the decision does not look at.
    outcomes: { grant: favourable, deny: adverse }
    next: finish
  finish: { end: Finished }
`);
});

test('people and data of a library count, and its agents', () => {
  check(`aiwf: 1
workflow: w
accountable: boss
use: [./team.aiwf.yaml]
start: { next: score }
steps:
  score: { task: Score, by: scorer, mode: ai-executed, writes: [points], next: decide, on: { error: finish, unavailable: finish } }
  decide: { decision: Decide, by: boss, subject: applicant, significance: legal, reads: [points], records: [reasons], next: finish }
  #                                                                                               ^^^^^^^ warning accountability/reasons-recorded: what the AI had to do with it
  finish: { end: Finished }
#- team.aiwf.yaml
aiwf: 1
library: team
actors:
  boss: { kind: human, holders: 1 }
  applicant: { kind: external }
  scorer: { kind: agent, sponsor: boss }
data: { points: { class: personal } }
`);
});

test('silent: reasons and role under any name that says so, in records, in the log or in what is written', () => {
  check(around(byAi, decide(', records: [main-reasons, role-of-ai]')));
  check(around(byAi, decide(', records: [grounds, model-output]')));
  check(
    around(byAi, decide(', log: { to: book, fields: [reason] }, records: [agent]')).replace(
      'start:',
      'stores: { book: { kind: log } }\nstart:',
    ),
  );
  check(
    around(byPerson, decide(', writes: { notice: [claim] }')).replace(
      'start:',
      'data: { notice: { class: personal, fields: { reasons: string } } }\nstart:',
    ),
  );
});

test('silent: a record whose name says nothing may hold both', () => {
  check(around(byAi, decide(', records: [decision-letter]')));
});

test('silent: decisions without weight or subject, those that look at nothing that is named, and without an AI its role', () => {
  check(around(byPerson, decide('').replace('significance: legal, ', '')));
  check(around(byPerson, decide('').replace('subject: customer, ', '')));
  check(around(byPerson, decide('').replace('reads: [claim, offer], ', '')));
  check(around(byPerson, decide(', records: [reasons]')));
});

test('what is missing is added to the records', () => {
  assert.equal(
    fixed(around(byAi, `${decide(', records: [time]')} # final`), 'Record reasons and role-of-ai'),
    `-   decide: { decision: Decide, by: lead, subject: customer, significance: legal, reads: [claim, offer], outcomes: { grant: favourable, deny: adverse }, next: finish, records: [time] } # final
+   decide: { decision: Decide, by: lead, subject: customer, significance: legal, reads: [claim, offer], outcomes: { grant: favourable, deny: adverse }, next: finish, records: [time, reasons, role-of-ai] } # final`,
  );
  assert.equal(
    fixed(around(byPerson, decide('')), 'Record reasons'),
    `-   decide: { decision: Decide, by: lead, subject: customer, significance: legal, reads: [claim, offer], outcomes: { grant: favourable, deny: adverse }, next: finish }
+   decide: { decision: Decide, by: lead, subject: customer, significance: legal, reads: [claim, offer], outcomes: { grant: favourable, deny: adverse }, next: finish, records: [reasons] }`,
  );
});

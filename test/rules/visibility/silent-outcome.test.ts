// visibility/silent-outcome: every end is recorded, and what an AI closes alone is looked at in samples.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, findingsOf, fixed } = forRules('visibility/silent-outcome');

const book = 'stores: { audit: { kind: log } }\n';
const logged = 'log: { to: audit, fields: [case, decision, time] }';
const failing = 'on: { error: given-up, unavailable: given-up }';
const recorded = `  closed: { end: Closed, records: [outcome] }
  given-up: { end: Given up, outcome: failed, records: [reason] }`;

test('where nothing is recorded anywhere, that is said once; among people alone it is a warning', () => {
  const people = (ai: string, severity: string) => `aiwf: 1
workflow: w
#^^^^^^^ ${severity}visibility/silent-outcome: Cases end in 'paid' and 'refused', and nothing is recorded of any outcome. Add 'records' to each end, or 'log' under 'defaults'.
accountable: owner
use: [./people.aiwf.yaml]
start: { next: work }
steps:
  work: { task: Work, by: clerk${ai}, next: [{ label: pay, to: paid }, { label: refuse, to: refused }] }
  paid: { end: Paid }
  refused: { end: Refused, outcome: rejected }
`;
  check(people('', 'warning '));
  check(people(', assisted-by: [helper], decides: clerk, mode: ai-augmented', 'error '));
});

test('an end behind a wait, a filter or a step without a log is silent on that path', () => {
  const [dropped] = check(`${head}${book}
start: { next: sort }
steps:
  sort: { route: Ours?, next: [{ label: ours, to: work }, { label: not ours, to: skipped }] }
  work: { task: Work, by: clerk, ${logged}, next: listen }
  listen: { wait: Listen, until: answer, within: 3d, next: answer-it, on: { timeout: dropped } }
  answer-it: { task: Answer, by: clerk, next: answered }
  skipped: { end: Skipped }
# ^^^^^^^ warning visibility/silent-outcome: A case can end in 'skipped' before anything was done, and nothing records that. Add 'records' to the end.
  dropped: { end: Dropped }
# ^^^^^^^ warning visibility/silent-outcome: A case can end in 'dropped' right after the wait 'listen', and nothing records how it ended.
  answered: { end: Answered }
# ^^^^^^^^ warning visibility/silent-outcome: A case can end in 'answered' after 'answer-it', which is not logged, and nothing records the outcome.
`);
  assert.deepEqual(
    dropped?.witness.map(({ step }) => step),
    ['start', 'sort', 'skipped'],
  );
});

test('one path without a record is enough, also over a timeout', () => {
  check(`${head}${book}
start: { next: first }
steps:
  first: { task: First, by: clerk, within: 1d, next: second, on: { timeout: over } }
  second: { task: Second, by: clerk, ${logged}, next: over }
  over: { end: Over }
# ^^^^ warning visibility/silent-outcome: A case can end in 'over' after 'first'
`);
});

test('an AI that closes some cases and shows others to a person needs a sample', () => {
  check(`${head}${book}defaults: { ${logged} }
start: { gives: [claim], next: sort }
steps:
  sort:
    task: Sort
    by: bot
    mode: ai-executed
    writes: [offer]
    on: { error: given-up, unavailable: given-up }
    next:
      - { when: offer.sure > 0.9, to: post }
      #                               ^^^^ visibility/silent-outcome: The AI 'bot' decides in 'sort' which cases end in 'closed' without a person, and no sample of them is looked at. Add 'sample' with a share above 0.
      - { else: look }
  post: { task: Post, by: erp, next: closed, on: { error: given-up } }
  look: { review: Look, by: lead, reviews: [offer], on: { approve: closed, modify: closed, reject: closed } }
${recorded}
`);
  check(`${head}${book}defaults: { ${logged} }
start: { gives: [claim], next: sort }
steps:
  sort:
    task: Sort
    by: bot
    mode: ai-executed
    writes: [offer]
    sample: { share: 0%, to: look, keep: true }
    #                ^^ visibility/silent-outcome: and no sample of them is looked at
    gate: { on: offer.sure, at-least: 0.8, below: look }
    next: closed
    ${failing}
  look: { review: Look, by: lead, reviews: [offer], on: { approve: closed, modify: closed, reject: closed } }
${recorded}
`);
});

test('agents and logs of a library count', () => {
  check(`aiwf: 1
workflow: w
accountable: boss
use: [./team.aiwf.yaml]
start: { next: draft }
steps:
  draft: { task: Draft, by: scribe, mode: ai-executed, next: finish, on: { error: finish, unavailable: finish } }
  finish: { end: Finished }
# ^^^^^^ visibility/silent-outcome: A case can end in 'finish' after 'draft'
#- team.aiwf.yaml
aiwf: 1
library: team
actors:
  boss: { kind: human, holders: 1 }
  scribe: { kind: agent, sponsor: boss }
stores: { book: { kind: log } }
`);
});

test('silent: recorded ends, ends behind logged steps at any outcome, and sub-workflows that record their own', () => {
  check(`${head}${book}defaults: { ${logged} }
start: { next: work }
steps:
  work: { task: Work, by: clerk, within: 1d, next: sort, on: { timeout: late } }
  sort: { route: Sort, next: [{ label: a, to: call-it }, { label: b, to: listen }] }
  call-it: { call: ./other.aiwf.yaml, log: none, next: called, on: { error: late } }
  listen: { wait: Listen, for: 2d, next: waited }
  called: { end: Called }
  waited: { end: Waited, records: [time] }
  late: { end: Late, outcome: failed }
#- other.aiwf.yaml
aiwf: 1
workflow: other
actors: { clerk: { kind: human } }
start: { next: work }
steps:
  work: { task: Work, by: clerk, next: done }
  done: { end: Done, records: [outcome] }
`);
});

test('silent: an AI whose cases a person has judged before, sees all of, or sees a sample of', () => {
  const around = (steps: string) =>
    check(`${head}${book}defaults: { ${logged} }
start: { gives: [offer, letter], next: first }
steps:
${steps}
  look: { review: Look, by: lead, reviews: [offer], on: { approve: closed, modify: closed, reject: closed } }
${recorded}
`);
  around(`  first: { approval: First, by: lead, covers: [letter], on: { approve: sort, modify: look, reject: look } }
  sort: { task: Sort, by: bot, mode: ai-executed, next: [{ when: offer.sure > 0.9, to: closed }, { else: look }], ${failing} }`);
  around(`  first: { task: First, by: bot, mode: ai-executed, next: look, ${failing} }`);
  around(
    `  first: { task: First, by: bot, mode: ai-executed, sample: { share: 5%, to: look, keep: true }, next: [{ when: offer.sure > 0.9, to: closed }, { else: look }], ${failing} }`,
  );
  around(
    `  first: { task: First, by: bot, mode: ai-executed, next: [{ when: offer.sure > 0.9, to: given-up }, { else: look }], ${failing} }`,
  );
});

test('silent: what a person refuses is not closed by the AI before', () => {
  check(`${head}${book}defaults: { ${logged} }
start: { gives: [offer], next: first }
steps:
  first: { task: First, by: bot, mode: ai-executed, next: sort, ${failing} }
  sort: { route: Sort, next: look }
  look: { review: Look, by: lead, reviews: [offer], accepts: { ack: 1d, on-reject: closed }, on: { approve: closed, modify: closed, reject: closed } }
${recorded}
`);
});

test('silent: ends that no path leads to, and half-typed steps', () => {
  check(`${head}
start: { next: work }
steps:
  work: { task: Work, by: clerk, next: finish }
  finish: { end: Finished, records: [outcome] }
  halted: { end: Halted }
  draft: { tsk: Draft }
  #        ^^^ language/unknown-key
# ^^^^^ language/missing-key
`);
});

test('the outcome is recorded at the end, or at every end', () => {
  const text = (ends: string) => `${head}
start: { next: work }
steps:
  work: { task: Work, by: clerk, next: [{ label: a, to: paid }, { label: b, to: refused }] }
${ends}
`;
  assert.equal(
    fixed(text('  paid: { end: Paid } # at last\n  refused:\n    end: Refused'), 'Record the outcome at every end'),
    `-   paid: { end: Paid } # at last
-   refused:
-     end: Refused
+   paid: { end: Paid, records: [outcome] } # at last
+   refused:
+     end: Refused
+     records: [outcome]`,
  );
  assert.equal(
    fixed(
      text('  paid: { end: Paid, records: [money] }\n  refused: { end: Refused }'),
      "Record the outcome in 'refused'",
    ),
    `-   refused: { end: Refused }
+   refused: { end: Refused, records: [outcome] }`,
  );
});

test('a sample of what the AI closes goes to the person who sees the others', () => {
  assert.equal(
    fixed(
      `${head}${book}defaults: { ${logged} }
start: { gives: [offer], next: sort }
steps:
  sort: { task: Sort, by: bot, mode: ai-executed, next: [{ when: offer.sure > 0.9, to: closed }, { else: look }], ${failing} }
  look: { review: Look, by: lead, reviews: [offer], on: { approve: closed, modify: closed, reject: closed } }
${recorded}
`,
      "Show 5% of them to 'look'",
    ),
    `-   sort: { task: Sort, by: bot, mode: ai-executed, next: [{ when: offer.sure > 0.9, to: closed }, { else: look }], ${failing} }
+   sort: { task: Sort, by: bot, mode: ai-executed, next: [{ when: offer.sure > 0.9, to: closed }, { else: look }], ${failing}, sample: { share: 5%, to: look, keep: true } }`,
  );
});

test('that the value by which an AI closes cases is its own word is said along with it: a sample mends both', () => {
  const rules = ['visibility/silent-outcome', 'oversight/gate-self-assessed'];
  const found = (sample: string) =>
    findingsOf(
      `${head}
start: { next: sort }
steps:
  sort:
    task: Sort
    by: bot
    mode: ai-executed
    writes: [offer]
    ${sample}
    on: { error: look, unavailable: look }
    next: [{ when: offer.sure > 0.5, to: closed }, { else: look }]
  look: { task: Look, by: lead, next: closed }
  closed: { end: Closed, records: [reason] }
`,
      { rules },
    ).map(({ rule, also }) => [rule, ...(also ?? []).map((folded) => folded.rule)]);
  assert.deepEqual(found('within: 1h'), [rules]);
  assert.deepEqual(found('sample: { share: 5%, to: look }'), []);
});

test('behind an end inside a scope the work goes on; an element of a list ends there', () => {
  const text = (each: string, mark: string) => `${head}
data: { many: { class: internal, fields: { all: [{ id: string }] } } }
start: { gives: [many], next: work }
steps:
  work:
    scope: Work
    ${each}
    start: await-answer
    steps:
      await-answer: { wait: Wait, until: answer, within: 1d, next: arrived, on: { timeout: arrived } }
      arrived: { end: Arrived }
${mark}    next: tell
  tell: { task: Tell, by: clerk, log: { to: s, fields: [time] }, next: finish }
  finish: { end: Finished }
stores: { s: { kind: log } }
`;
  check(text('within: 3d', '').replace('    next: tell', '    on: { timeout: tell }\n    next: tell'));
  check(
    text(
      'for-each: { item: one, in: many.all }',
      `      #^^^^^^ visibility/silent-outcome: A case can end in 'arrived' right after the wait 'await-answer'\n`,
    ),
  );
});

// accountability/origin-laundering: data into which unreviewed output of an AI goes does not claim other makers alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed, findingsOf } = forRules('accountability/origin-laundering');

const begin = (data: string) => `${head}
defaults: { accepts: quick, on: { error: finish, unavailable: finish, timeout: finish } }
data:
${data}
`;

test('data that an AI writes, and data that people or systems make of its output, is made by AI', () => {
  const findings = check(`${begin(`
  answer: { class: internal, origin: [human] }
  #                                  ^^^^^^^ accountability/origin-laundering: 'answer' is declared as made by 'human', but the AI 'bot' writes it in 'draft'. Add 'ai' to its 'origin'.
  summary: { class: internal, origin: [human, system], fields: { text: string } }
  #                                   ^^^^^^^^^^^^^^^ accountability/origin-laundering: 'summary' is declared as made by 'human' and 'system', but what goes into it in 'convert' is made of what the AI 'bot' wrote ('answer') in 'draft', and no human has looked at that. Add 'ai' to its 'origin', or let somebody review it first.`)}
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [answer], next: edit }
  edit: { task: Edit, by: clerk, reads: [answer], writes: [offer], next: convert }
  convert: { task: Convert, by: erp, reads: [offer], writes: [summary.text], next: finish }
  finish: { end: Finished }
`);
  assert.deepEqual(
    findings[1]?.witness.map(({ step, note }) => `${step}: ${note}`),
    [
      "draft: 'answer' is made by an AI",
      'edit: ',
      "convert: 'summary.text' gets it, and is declared as made by 'human' and 'system'",
    ],
  );
});

test('a review that a timeout goes around leaves the output what it is', () => {
  check(`${begin(`
  answer: { class: internal, origin: human }
  #                                  ^^^^^ accountability/origin-laundering: what goes into it in 'edit' is made of what the AI 'bot' wrote ('offer') in 'draft'`)}
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [offer], next: check }
  check: { review: Check, by: lead, reviews: [offer], within: 1d, on: { approve: edit, modify: edit, reject: finish, timeout: edit } }
  edit: { task: Edit, by: clerk, reads: [offer], writes: [answer], next: finish }
  finish: { end: Finished }
`);
});

test('an AI that takes over as a backup writes as an AI', () => {
  check(`${begin(`
  answer: { class: internal, origin: [human] }
  #                                  ^^^^^^^ accountability/origin-laundering: the AI 'bot' writes it in 'work'`)}
actors: { anna: { kind: human, holders: 1, backup: bot } }
start: { next: work }
steps:
  work: { task: Work, by: anna, writes: [answer], next: finish }
  finish: { end: Finished }
`);
});

test('a declaration of another file is at fault where it is used: at the first place that names it', () => {
  check(`${head.replace('use: [./people.aiwf.yaml]', 'use: [./people.aiwf.yaml, ./texts.aiwf.yaml]')}
defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [minutes], next: finish }
  #                                                          ^^^^^^^ accountability/origin-laundering: 'minutes' is declared as made by 'human'
  finish: { end: Finished }
#- texts.aiwf.yaml
aiwf: 1
library: texts
data: { minutes: { class: internal, origin: [human] } }
`);
});

test('what a called file makes of it comes back as output of an AI', () => {
  check(`${begin(`
  answer: { class: internal, origin: [human] }
  #                                  ^^^^^^^ accountability/origin-laundering: 'answer' is declared as made by 'human'`)}
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: polish }
  polish: { call: ./polish.aiwf.yaml, with: { text: letter }, returns: { answer: text }, next: finish }
  finish: { end: Finished }
#- polish.aiwf.yaml
aiwf: 1
workflow: polish
accountable: owner
use: [./people.aiwf.yaml]
data: { text: { class: internal } }
start: { gives: [text], next: edit }
steps:
  edit: { task: Edit, by: clerk, reads: [text], writes: [text], next: finish }
  finish: { end: Finished }
`);
});

test('silent: reviewed or approved first, derived from something else, ai declared, nothing declared, nothing written', () => {
  check(`${begin(`
  answer: { class: internal, origin: [human] }
  verdict: { class: internal, origin: [human] }
  both: { class: internal, origin: [ai, human] }
  plain: { class: internal }
  known: { class: internal, origin: [human], trusted-record: true }`)}
start: { from: customer, gives: [claim], next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, reads: [claim, known], writes: [offer, both, plain], next: judge }
  judge: { review: Judge, by: lead, reads: [offer], reviews: [offer], writes: [verdict], outcomes: [seen], next: edit }
  edit: { task: Edit, by: clerk, reads: [offer, claim, plain], writes: { answer: [offer, claim] }, next: finish }
  finish: { end: Finished }
`);
});

test('silent: people who are assisted by an AI write themselves', () => {
  check(`${begin('  answer: { class: internal, origin: [human] }')}
start: { next: write }
steps:
  write: { task: Write, by: clerk, assisted-by: [bot], mode: ai-augmented, writes: [answer], next: finish }
  finish: { end: Finished }
`);
});

test('nothing is said of what is half typed', () => {
  const text = `${begin('  answer: { class: internal, origin: }\n  other: { origin: [hum] }')}
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [answer, other], next: }
`;
  assert.deepEqual(
    findingsOf(text).filter(({ rule }) => rule === 'accountability/origin-laundering'),
    [],
  );
});

test("the fix adds 'ai' in the style of the list", () => {
  const rest = `
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [answer], next: finish }
  finish: { end: Finished }
`;
  const title = "Declare that an AI made it as well: add 'ai'";
  const of = (origin: string) =>
    fixed(`${begin(`  answer:\n    class: internal\n    origin: ${origin}`)}${rest}`, title);
  assert.equal(of('human # we'), '-     origin: human # we\n+     origin: [human, ai] # we');
  assert.equal(of('[human, system]'), '-     origin: [human, system]\n+     origin: [human, system, ai]');
  assert.equal(of('\n      - human # we'), '+       - ai');
});

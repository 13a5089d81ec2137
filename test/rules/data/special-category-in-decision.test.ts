// data/special-category-in-decision: health and the like decide about a person only with an exception and safeguards.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check } = forRules('data/special-category-in-decision');

const data = `data:
  health: { class: special-category }
  faith: { class: special-category, basis: { ref: "GDPR Art. 9(2)(a)" } }
  consented: { class: special-category, basis: { ref: "GDPR Art. 9(2)(a)", safeguards: [explicit-consent] } }
  opinion: { class: personal }
`;
const end = `  finish: { end: Finished }
`;
const judge = 'significance: legal, outcomes: [grant, deny], next: finish';

test('a significant decision with such data is a fault, at the data', () => {
  check(`${head}${data}start: { gives: [health, faith], next: decide }
steps:
  decide: { decision: Decide, by: clerk, reads: [opinion, health, faith], ${judge} }
  #                                                       ^^^^^^ error data/special-category-in-decision: The decision in 'decide' matters to a person and uses 'health' (special-category, without an exception) and 'faith' (special-category, without safeguards for its basis). Redact it before, or declare at the data the 'basis' with its 'safeguards'.
${end}`);
});

test('what is made of it decides as well, also where only the error path leads past the redaction', () => {
  const [finding] = check(`${head}${data}start: { gives: [health], next: look }
steps:
  look: { task: Look, by: clerk, reads: [health], writes: [opinion], next: clean }
  clean: { task: Clean, by: erp, reads: [opinion], redacts: [opinion], writes: [opinion], on: { error: decide }, next: decide }
  decide: { approval: Decide, by: clerk, covers: [opinion], significance: significant, on: { approve: finish, modify: finish, reject: finish } }
  #                                               ^^^^^^^ data/special-category-in-decision: uses 'opinion', which is made from 'health' (special-category, without an exception)
${end}`);
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['start', 'look', 'clean', 'decide'],
  );
});

test('an effect that decides is a decision: by what it uses, else by what its step reads', () => {
  check(`${head}${data}start: { gives: [health], next: work }
steps:
  work: { task: Work, by: clerk, reads: [health], effects: [{ kind: decision, significance: legal, uses: [opinion] }], next: more }
  more: { task: More, by: clerk, effects: [{ kind: decision, significance: significant, uses: [health] }], next: last }
  #                                                                                            ^^^^^^ data/special-category-in-decision: The decision in 'more' matters
  last: { task: Last, by: clerk, reads: [health], effects: [{ kind: decision, significance: significant }], next: finish }
  #                                      ^^^^^^ data/special-category-in-decision: The decision in 'last' matters
${end}`);
});

test('data of a library is of the same kind', () => {
  check(`
aiwf: 1
workflow: w
accountable: owner
use: [./people.aiwf.yaml, ./more.aiwf.yaml]
start: { gives: [blood], next: decide }
steps:
  decide: { decision: Decide, by: clerk, reads: [blood], ${judge} }
  #                                              ^^^^^ data/special-category-in-decision
${end}
#- more.aiwf.yaml
aiwf: 1
library: more
data: { blood: { class: special-category } }
`);
});

test('an exception with safeguards holds for the data and for what is made of it', () => {
  check(`${head}${data}start: { gives: [consented], next: look }
steps:
  look: { task: Look, by: clerk, reads: [consented], writes: [opinion], next: decide }
  decide: { decision: Decide, by: clerk, reads: [opinion, consented], ${judge} }
${end}`);
  check(`${head}${data}start: { gives: [health], next: look }
steps:
  look: { task: Look, by: clerk, reads: [health], writes: [consented], next: decide }
  decide: { decision: Decide, by: clerk, reads: [consented], ${judge} }
${end}`);
});

test('data of that class needs no exception of its own where all of it is made of data with one', () => {
  check(`${head}data: { blood: { class: special-category }, score: { class: special-category }, consented: { class: special-category, basis: { ref: x, safeguards: [y] } } }
start: { gives: [consented], next: look }
steps:
  look: { task: Look, by: clerk, reads: [consented], writes: [blood], next: weigh }
  weigh: { task: Weigh, by: clerk, reads: [blood], writes: [score], next: decide }
  decide: { decision: Decide, by: clerk, reads: [blood, score, consented], ${judge} }
${end}`);
  // Some of it comes from elsewhere.
  check(`${head}data: { blood: { class: special-category }, note: {}, consented: { class: special-category, basis: { ref: x, safeguards: [y] } } }
start: { gives: [consented, note], next: look }
steps:
  look: { task: Look, by: clerk, reads: [consented], writes: [blood], within: 1d, on: { timeout: ask }, next: decide }
  ask: { task: Ask, by: clerk, reads: [note], writes: [blood], next: decide }
  decide: { decision: Decide, by: clerk, reads: [blood], ${judge} }
  #                                              ^^^^^ data/special-category-in-decision: uses 'blood' (special-category, without an exception)
${end}`);
});

test('redacted data, decisions of no weight, other work and half-typed exceptions are silent', () => {
  check(`${head}${data}start: { gives: [health], next: look }
steps:
  look: { task: Look, by: clerk, reads: [health], redacts: [health.name], writes: [opinion], next: sort }
  sort: { decision: Sort, by: clerk, reads: [health], outcomes: [a, b], next: none }
  none: { decision: None, by: clerk, reads: [health], significance: none, outcomes: [a, b], next: decide }
  decide: { decision: Decide, by: clerk, reads: [opinion], ${judge} }
${end}`);
  for (const basis of ['basis:', 'basis: { ref: x, safeguards: }', 'basis: { ref: , safeguards: [x] }'])
    check(
      `${head}data: { blood: { class: special-category, ${basis} } }
start: { gives: [blood], next: decide }
steps:
  decide: { decision: Decide, by: clerk, reads: [blood], ${judge} }
${end}`,
      { only: ['data/special-category-in-decision'] },
    );
});

// Where the risk is high, whoever oversees an AI has a training that is named and still valid.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check } = forRules('oversight/reviewer-competence');

const actors = (competence: string) => `
actors:
  judge: { kind: human, holders: 2${competence} }
`;
const steps = (by = 'judge', more = '') => `
defaults: { accepts: quick, on: { error: done, unavailable: done } }
start: { next: write }
steps:
  write: { task: Write, by: bot, mode: ai-executed, reads: [claim], writes: [letter], next: look }
  look: { review: Look, by: ${by}, reviews: [letter]${more}, on: { approve: done, modify: done, reject: done } }
  done: { end: Done }
`;
const high = `${head}risk: high`;

test('no competence declared: at the role, and the witness names the step', () => {
  const [finding] =
    check(`${high}${actors('')}  #^^^^ warning oversight/reviewer-competence: 'judge' oversees the AI in 'look' where the risk is high, and has no competence declared. Add 'competence' with the 'training'.
${steps()}`);
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['look', 'actor:judge'],
  );
});

test('a competence without a training', () => {
  check(`${high}${actors(', competence: { valid-to: 2027-01-01 }')}  #                                 ^^^^^^^^^^ oversight/reviewer-competence: its competence names no training
${steps()}`);
});

test('a training that is no longer valid', () => {
  check(`${high}${actors(', competence: { training: oversight, valid-to: 2026-11-22 }')}  #                                                                              ^^^^^^^^^^ oversight/reviewer-competence: the training was valid only to 2026-11-22. Renew it.
${steps()}`);
});

test('a backup, and someone who judges only after another one was away', () => {
  check(`${high}
actors:
  judge: { kind: human, backup: deputy, competence: { training: oversight } }
  deputy: { kind: human }
  #^^^^^ oversight/reviewer-competence: 'deputy' oversees the AI in 'look'
${steps()}`);
});

test('an imported role stands where it is named', () => {
  const mark = "  #                         ^^^^ oversight/reviewer-competence: 'lead' oversees the AI in 'look'";
  check(`${high}${steps('lead').replace('  done:', `${mark}\n  done:`)}`);
});

test('one finding for each role, however much it judges', () => {
  check(`${high}${actors('')}  #^^^^ oversight/reviewer-competence
${steps().replace('approve: done', 'approve: again')}  again: { task: More, by: bot, mode: ai-executed, writes: [offer], next: second }
  second: { approval: Second, by: judge, covers: [offer], on: { approve: done, modify: done, reject: done } }
`);
});

test('silent: a training that holds, to its last day or without one', () => {
  check(`${high}${actors(', competence: { training: oversight, valid-to: 2026-11-23 }')}${steps()}`);
  check(`${high}${actors(', competence: { training: oversight }')}${steps()}`);
});

test('silent: the risk is not high, or not stated', () => {
  check(`${head}risk: limited${actors('')}${steps()}`);
  check(`${head}${actors('')}${steps()}`);
});

test('silent: no AI made what is judged, or no person judges', () => {
  check(`${high}${actors('')}${steps().replace('by: bot, mode: ai-executed', 'by: clerk')}`);
  check(
    `${high}${actors('')}${steps('helper', ', mode: ai-executed').replace('approve: done, modify: done, reject: done', 'done: done')}`,
  );
  check(`${high}${actors('')}${steps('customer')}`);
});

test('silent: a competence that cannot be read is said there', () => {
  check(`${high}${actors(', competence: { training: oversight, valid-to: soon }')}  #                                                                              ^^^^ language/invalid-value
${steps()}`);
});

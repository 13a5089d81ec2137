// To whom work is escalated at last, and whether they can act; the rule's tests have the words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { circularEscalations, deadEndsOf, untoldEnds } from '../../src/analysis/escalations.ts';
import { analysesOf } from './graph-reading.ts';

const analysed = (steps: string) =>
  analysesOf(`aiwf: 1
workflow: w
actors:
  ada: { kind: human, holders: 1 }
  ben: { kind: human, holders: 1 }
  bot: { kind: agent }
start: { next: a }
steps:
${steps}
`);

test('only the last of a chain has to be able to act, in the order of time', () => {
  const analyses = analysed('  a: { task: A, by: ada, escalate: [{ to: ben, after: 4h }, { to: bot, after: 2h }] }');
  const step = analyses.workflow.steps.get('a') ?? assert.fail();
  assert.deepEqual(deadEndsOf(step, analyses.workflow), []);
});

test('each end that tells nobody is found once, with the time limit a case comes to first', () => {
  const analyses = analysed(`  a: { task: A, by: ada, within: 1h, next: b, on: { timeout: z } }
  b: { task: B, by: ada, within: 1h, next: z, on: { timeout: z } }
  z: { end: Z, outcome: failed }`);
  assert.deepEqual(
    untoldEnds(analyses).map(({ end, edge }) => `${edge.from.step?.id} ${end.id}`),
    ['a z'],
  );
});

test('a circle is one only where every way on is a time limit of a person', () => {
  const circle = (second: string) =>
    circularEscalations(
      analysed(`  a: { task: A, by: ada, within: 1h, next: z, on: { timeout: b } }
  b: { task: B, by: ben, within: 1h, next: ${second}, on: { timeout: ${second === 'a' ? 'z' : 'a'} } }
  z: { end: Z }`),
    ).length;
  assert.equal(circle('z'), 1);
  assert.equal(circle('a'), 0);
});

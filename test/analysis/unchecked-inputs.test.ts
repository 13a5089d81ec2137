// Which step could check what comes from outside before an AI works with it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uncheckedInputs } from '../../src/analysis/unchecked-inputs.ts';
import { flow } from '../language/parsing.ts';
import { analysesOf, nodeShown } from './graph-reading.ts';

function unchecked(steps: string): readonly string[] {
  const text = flow(steps).replace('start: {', 'start: { on: message, from: client, gives: [claim], ');
  return uncheckedInputs(analysesOf(text)).map(
    ({ step, agent, checker, path }) =>
      `${agent.id} in ${step.id}, ${checker?.id}: ${path.map(({ to }) => nodeShown(to)).join(' ')}`,
  );
}
const judge =
  'judge: { task: J, by: bot, reads: [claim], next: last, on: { error: last, unavailable: last } }\nlast: { end: L }';

test('the nearest step on every path that reads the data and whose finished work alone leads there', () => {
  assert.deepEqual(unchecked(`first: { task: F, by: anna, reads: [claim], next: judge }\n${judge}`), [
    'bot in judge, first: start first judge',
  ]);
  assert.deepEqual(
    unchecked(
      `first: { task: F, by: anna, reads: [claim], within: 1d, next: judge, on: { timeout: judge } }\n${judge}`,
    ),
    ['bot in judge, undefined: start first judge'],
  );
  assert.deepEqual(unchecked(`first: { task: F, by: anna, reads: [claim.amount], next: judge }\n${judge}`), [
    'bot in judge, undefined: start first judge',
  ]);
});

test('the path that is shown goes around the check', () => {
  assert.deepEqual(
    unchecked(`first: { route: R, next: [{ when: claim.ok, to: check }, { else: pass }] }
check: { task: C, by: robot, validates: [claim], next: judge, on: { error: last } }
pass: { route: P, next: judge }
${judge}`),
    ['bot in judge, undefined: start first pass judge'],
  );
});

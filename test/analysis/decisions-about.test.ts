// Decisions about someone and the AI that had a part in them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decisionsAbout } from '../../src/analysis/decisions-about.ts';
import { flow, workflowOf } from '../language/parsing.ts';

const decisions = (steps: string) =>
  decisionsAbout(workflowOf(flow(steps))).map(
    ({ step, subject, significant, byAi }) =>
      `${step.id} about ${subject}${significant ? '!' : ''}${byAi ? ` by ${byAi.agent} in ${byAi.step.id}` : ''}`,
  );

test('judgments and effects with a subject decide about someone; a contest only looks again', () => {
  assert.deepEqual(
    decisions(`first: { decision: D, by: anna, subject: client, next: a }
a: { approval: A, by: anna, subject: client, significance: legal, on: { approve: b, modify: b, reject: b } }
b: { task: B, by: anna, effects: [{ kind: decision, subject: client, significance: significant }, { kind: payment }], next: c }
c: { contest: C, by: anna, subject: client, next: d }
d: { decision: E, by: anna }`),
    ['first about client', 'a about client!', 'b about client!'],
  );
});

test('an AI has a part where it works itself, or has written what the decision derives from, at any distance', () => {
  assert.deepEqual(
    decisions(`first: { task: F, by: bot, reads: [claim.kind], writes: [claim.amount], next: mid }
mid: { task: M, by: anna, reads: [claim], writes: [offer], next: a }
a: { decision: A, by: anna, subject: client, reads: [offer], next: b }
b: { decision: B, by: anna, assisted-by: [bot], subject: client, next: c }
c: { decision: C, by: anna, subject: client, reads: [claim.kind], next: last }
last: { end: L }`),
    ['a about client by bot in first', 'b about client by bot in b', 'c about client'],
  );
});

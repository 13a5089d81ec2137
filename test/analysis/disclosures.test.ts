// Which AI meets whom before a word about it, on which path.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { undisclosed } from '../../src/analysis/disclosures.ts';
import { analysesOfSteps, nodeShown } from './graph-reading.ts';

const found = (steps: string) =>
  undisclosed(analysesOfSteps(steps)).map(
    ({ person, contact, path, open }) =>
      `${contact.agent} ${contact.how} ${person.id}: ${path.map(({ to }) => nodeShown(to)).join(' ')} (${open.length})`,
  );

const send = 'effects: [{ kind: message, to: client }]';

test('one entry a person, at the nearest contact, with the shortest path without a word and the edges it comes by', () => {
  assert.deepEqual(
    found(`first: { route: R, next: [{ when: claim.ok, to: tell }, { else: far }] }
tell: { disclose: T, by: anna, to: client, next: near }
far: { task: F, by: anna, next: near }
near: { task: N, by: bot, ${send}, next: last, on: { error: last, unavailable: last } }
last: { task: L, by: bot, ${send} }`),
    ['bot message client: start first far near (1)'],
  );
});

test('a fallback that is an AI meets the person as well, one that only assists does not', () => {
  const steps = `first: { task: F, by: anna, assisted-by: [bot], ${send}, next: last }\nlast: { end: L }`;
  assert.deepEqual(found(steps), []);
  assert.deepEqual(
    found(`first: { task: F, by: anna, ${send}, escalate: [{ to: bot, after: 1h }], next: last }\nlast: { end: L }`),
    ['bot message client: start first first/escalation (1)'],
  );
});

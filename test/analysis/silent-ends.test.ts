// Ends without a record on some path, and what an AI closes alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { autoClosing } from '../../src/analysis/auto-close.ts';
import { silentEnds } from '../../src/analysis/silent-ends.ts';
import { analysesOfSteps, nodeShown } from './graph-reading.ts';

const silent = (steps: string) =>
  silentEnds(analysesOfSteps(steps, 'stores: { book: { kind: log } }\n')).map(
    ({ end, after, path }) => `${end.id} after ${after?.id}: ${path.map(({ to }) => nodeShown(to)).join(' ')}`,
  );
const log = 'log: { to: book, fields: [decision] }';

test('the last step that did something decides, over routes and the ends of scopes', () => {
  assert.deepEqual(
    silent(`first: { task: F, by: anna, ${log}, next: in }
in: { scope: S, start: work, next: pass, steps: { work: { task: W, by: anna, next: done }, done: { end: D, records: [outcome] } } }
pass: { route: P, next: a }
a: { end: A }`),
    [],
  );
  assert.deepEqual(
    silent(`first: { task: F, by: anna, ${log}, next: in }
in: { scope: S, start: work, next: pass, steps: { work: { task: W, by: anna, next: done }, done: { end: D } } }
pass: { route: P, next: a }
a: { end: A }`),
    ['a after work: start first in work done in) pass a'],
  );
});

test('judgments that record something need no log', () => {
  assert.deepEqual(silent('first: { decision: D, by: anna, records: [reason], next: last }\nlast: { end: L }'), []);
});

const closing = (steps: string) =>
  autoClosing(analysesOfSteps(steps)).map(
    ({ agent, closing: path, person }) =>
      `${agent.id}: ${path.map(({ to }) => nodeShown(to)).join(' ')}, not ${nodeShown(person)}`,
  );

test('an AI closes what passes machines alone, while other cases go to a person', () => {
  const sorting = (end: string, more = '') =>
    `first: { task: F, by: bot${more}, next: [{ when: claim.ok, to: post }, { else: help }], on: { error: help, unavailable: help } }
post: { task: P, by: robot, next: last, on: { error: help } }
help: { task: H, by: anna, next: last }
last: { end: L, outcome: ${end} }`;
  assert.deepEqual(closing(sorting('completed')), ['bot: post last, not help']);
  assert.deepEqual(closing(sorting('failed')), []);
  assert.deepEqual(closing(sorting('rejected', ', sample: { share: 5%, to: help }')), []);
  assert.deepEqual(closing(sorting('rejected').replace('by: robot', 'by: anna')), []);
});

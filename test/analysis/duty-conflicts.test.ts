// Duty conflicts and self-reviews as analyses: which pairs of nodes, by which principal, on which way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dutyConflicts } from '../../src/analysis/duty-conflicts.ts';
import { selfReviews } from '../../src/analysis/self-reviews.ts';
import { flow } from '../language/parsing.ts';
import { analysesOf, nodeShown } from './graph-reading.ts';

const roles = `  lead: { kind: human, holders: 1 }
  clerk: { kind: human, holders: 3, backup: lead }
  a: { kind: agent, sponsor: lead, fallback: clerk }
  anna:`;

function analysed(steps: string) {
  return analysesOf(flow(steps).replace('  anna:', roles));
}

/** `earlier > later: way, agent or person`. */
function conflicts(steps: string): readonly string[] {
  return dutyConflicts(analysed(steps), [['x', 'y']]).map(
    ({ earlier, later, path, viaAgent }) =>
      `${nodeShown(earlier)} > ${nodeShown(later)}: ${path.map(({ to }) => nodeShown(to)).join(' ')}${viaAgent ? ', agent' : ''}`,
  );
}

function reviews(steps: string): readonly string[] {
  return analysed(steps)
    .derived(selfReviews)
    .map(({ author, judge, data, path }) => `${nodeShown(author)} > ${nodeShown(judge)}: ${data} in ${path.length}`);
}

test('the nearest earlier step by those it names comes before one that somebody takes over', () => {
  assert.deepEqual(
    conflicts(`first: { task: T, by: clerk, duty: x, next: two }
two: { task: T, by: clerk, duty: x, next: three }
three: { task: T, by: clerk, duty: y, next: last }
last: { end: E }`),
    ['two > three: three'],
  );
  assert.deepEqual(
    conflicts(`first: { task: T, by: clerk, duty: x, next: two }
two: { task: T, by: lead, duty: y, next: last }
last: { end: E }`),
    ['first/backup > two: two'],
  );
});

test('the same conflict on a circle is said at the step that comes second', () => {
  assert.deepEqual(
    conflicts(`first: { task: T, by: lead, duty: x, next: two }
two: { task: T, by: lead, duty: y, next: [{ label: again, to: first }, { label: on, to: last }] }
last: { end: E }`),
    ['first > two: two'],
  );
});

test('what links two steps through an agent is told apart', () => {
  assert.deepEqual(
    conflicts(`first: { task: T, by: a, mode: ai-executed, duty: x, next: two, on: { error: last } }
two: { task: T, by: lead, duty: y, next: last }
last: { end: E }`),
    ['first/backup > two: two'],
  );
  assert.deepEqual(
    conflicts(`first: { task: T, by: a, mode: ai-executed, duty: x, next: two, on: { error: last, unavailable: last } }
two: { task: T, by: lead, duty: y, next: last }
last: { end: E }`),
    ['first > two: two, agent'],
  );
});

test('a judge is paired with every author of the data whom nobody else has judged in between', () => {
  assert.deepEqual(
    reviews(`first: { task: T, by: a, mode: ai-executed, writes: [claim], next: two, on: { error: last, unavailable: last } }
two: { review: R, by: lead, reviews: [claim], next: last, on: { approve: last, modify: last, reject: last } }
last: { end: E }`),
    ['first > two: claim in 1'],
  );
  assert.deepEqual(
    reviews(`first: { task: T, by: a, mode: ai-executed, writes: [claim], next: two, on: { error: last, unavailable: last } }
two: { review: R, by: anna, reviews: [claim], next: three, on: { approve: three, modify: three, reject: three } }
three: { review: R, by: lead, reviews: [claim], next: last, on: { approve: last, modify: last, reject: last } }
last: { end: E }`),
    [],
  );
});

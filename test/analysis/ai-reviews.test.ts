// AI reviews: judgments of people about what an AI alone made and nobody judged before, with the way it came there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aiReviews } from '../../src/analysis/ai-reviews.ts';
import { flow } from '../language/parsing.ts';
import { analysesOf, nodeShown } from './graph-reading.ts';

/** `check: doc by draft` for each judgment. */
function reviews(steps: string): readonly string[] {
  return aiReviews(analysesOf(flow(steps))).map(
    ({ step, judged, path: { source } }) => `${step.id}: ${judged} by ${source ? nodeShown(source.node) : 'nobody'}`,
  );
}

test('the first judgment on each path counts, and one past it by an error', () => {
  assert.deepEqual(
    reviews(`first: { task: T, by: bot, writes: [doc], next: check, on: { error: again } }
check: { review: R, by: anna, reviews: [doc], on: { approve: again, modify: again, reject: first } }
again: { approval: A, by: anna, covers: [doc], next: last }
last: { end: E }`),
    ['check: doc by first'],
  );
  assert.deepEqual(
    reviews(`first: { task: T, by: bot, writes: [doc], next: check }
check: { review: R, by: anna, reviews: [doc], within: 1h, on: { approve: again, modify: again, reject: first, timeout: again } }
again: { approval: A, by: anna, covers: [doc], next: last }
last: { end: E }`),
    ['check: doc by first', 'again: doc by first'],
  );
});

test('a system passes on what an AI made; a person who writes makes it their own', () => {
  const steps = (by: string) => `first: { task: T, by: bot, writes: [doc], next: merge }
merge: { task: M, by: ${by}, reads: [doc], writes: [sum], next: check }
check: { decision: D, by: anna, reviews: [sum], outcomes: [yes, no], next: last }
last: { end: E }`;
  assert.deepEqual(reviews(steps('robot')), ['check: sum by first']);
  assert.deepEqual(reviews(steps('anna')), []);
  assert.deepEqual(reviews(steps('[anna, bot]')), []);
});

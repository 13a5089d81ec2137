// Unused inputs: what an AI step reads and nothing it makes or does is made of.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathOf } from '../../src/analysis/data-paths.ts';
import { unusedInputs } from '../../src/analysis/unused-inputs.ts';
import { flow } from '../language/parsing.ts';
import { analysesOf } from './graph-reading.ts';

function unused(keys: string): readonly string[] {
  const text = flow(`first: { task: T, by: bot, reads: [a, b.x, c], ${keys} }\nlast: { end: E }`);
  const analyses = analysesOf(
    `${text.replace(/\ndata:[^\n]*(\n {2}[^\n]*)*/, '')}\ndata: { a: {}, b: {}, c: {}, d: {} }\n`,
  );
  return unusedInputs(analyses).flatMap((found) => found.unused.map(pathOf));
}

test('inputs that no output derives from, and nothing else in the step names, are unused', () => {
  assert.deepEqual(unused('writes: { d: [a] }, next: last'), ['b.x', 'c']);
  assert.deepEqual(unused('writes: { d: [a, b] }, next: last'), ['c']);
  assert.deepEqual(unused('writes: { d: [a, b.y] }, next: [{ when: c.z > 1, to: last }, { else: last }]'), ['b.x']);
  assert.deepEqual(unused('effects: [{ kind: k, uses: [c] }], next: last'), ['a', 'b.x']);
});

test('where a step does not say what its outputs or effects are made of, nothing is unused', () => {
  assert.deepEqual(unused('writes: [d], next: last'), []);
  assert.deepEqual(unused('writes: { d: [a] }, effects: [{ kind: k }], next: last'), []);
  assert.deepEqual(unused('next: last'), []);
});

// Marks: declared of data, taken over by what is made of it, and gone where it is redacted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marksOf, numbered, untilRedacted } from '../../src/analysis/marks.ts';
import { flow } from '../language/parsing.ts';
import { analysesOf, nodeNamed, nodeShown } from './graph-reading.ts';

/** Whether the mark of `a` is on `path` at the step `last`, and from where. */
function markOn(steps: string, path: string): string {
  const text = flow(steps).replace(/\ndata:[^\n]*(\n {2}[^\n]*)*/, '');
  const analyses = analysesOf(`${text}\ndata: { a: {}, b: {}, c: {} }\n`);
  const node = nodeNamed(analyses, 'last');
  const marks = marksOf(analyses, {
    declared: (of) => (of === 'a' ? 1 : 0),
    keeps: (arrival, source) => untilRedacted(arrival, source, analyses.graph.workflow),
  });
  if (marks.bitsOf(node, path, 'at') === 0) return 'none';
  const way = marks.pathTo(node, path, 1, 'at');
  return way ? `from ${way.written} over ${way.edges.map(({ from }) => nodeShown(from)).join(' ')}` : 'declared';
}

const two = (first: string, second: string) =>
  `first: { task: T, by: anna, ${first}, next: two }\ntwo: { task: S, by: anna, ${second}, next: last }\nlast: { end: E }`;

test('a mark is declared, or comes from what data is made of, and stays behind what is redacted', () => {
  assert.equal(markOn(two('reads: [b]', 'reads: [b]'), 'a'), 'declared');
  assert.equal(markOn(two('reads: [b], writes: [c]', 'reads: [b]'), 'c'), 'none');
  assert.match(markOn(two('reads: [a], writes: [b]', 'reads: [b], writes: [c]'), 'c'), /^from a over .*first two$/);
  assert.equal(markOn(two('reads: [a], writes: [b]', 'reads: [b], redacts: [b.x], writes: [c]'), 'c'), 'none');
  assert.equal(markOn(two('reads: [a], redacts: [a], writes: [b]', 'reads: [b], writes: [c]'), 'c'), 'none');
  assert.equal(markOn(two('reads: [a], writes: { b: [a], c: [b] }', 'reads: [b]'), 'c'), 'none');
});

test('names get numbers, as many as there are bits', () => {
  assert.deepEqual(
    [...numbered(['x', 'y', 'x'], 3)],
    [
      ['x', 3],
      ['y', 4],
    ],
  );
  assert.equal(numbered(Array.from({ length: 99 }, (_, i) => `n${i}`)).size, 31);
});

// Values that nobody asks for again are not kept, and those that are kept are the same as if all were.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathValues, valuesOnPaths } from '../../src/analysis/path-values.ts';
import { flow } from '../language/parsing.ts';
import { workflowShapes, workflowText } from '../support/random-workflow.ts';
import { analysesOf, nodeNamed } from './graph-reading.ts';

function keptAt(steps: string, name: string): readonly string[] {
  const analyses = analysesOf(flow(steps).replace('ok: boolean', 'ok: boolean, limit: number'));
  const { at, guards } = analyses.derived(pathValues);
  const terms = at(nodeNamed(analyses, name)).flatMap((box) => box.variables);
  return [...new Set(terms)].map((term) => guards.terms[term]?.variable?.path ?? 'opaque').sort();
}

const twice = (second: string) => `
first: { route: R, next: [{ when: claim.amount <= 5, to: mid }, { else: out }] }
mid: { task: M, by: anna, next: last }
last: { route: L, next: [{ when: ${second}, to: out }, { else: out }] }
out: { end: O }`;

test('a value is kept as long as a condition behind asks for it, and no longer', () => {
  assert.deepEqual(keptAt(twice('claim.amount <= 3'), 'mid'), ['claim.amount']);
  assert.deepEqual(keptAt(twice('claim.ok'), 'mid'), []);
});

test('what a write makes unknown is not kept for those behind it', () => {
  const rewritten = twice('claim.amount <= 3').replace('by: anna', 'by: anna, writes: [claim]');
  assert.deepEqual(keptAt(rewritten, 'mid'), []);
});

test('how two values compare is kept, since it decides whether others are certain', () => {
  assert.deepEqual(keptAt(twice('claim.ok').replace('amount <= 5', 'amount <= claim.limit'), 'mid'), ['opaque']);
});

for (const shape of workflowShapes)
  test(`what is kept in a workflow of the shape '${shape}' is what all would say of it`, () => {
    const analyses = analysesOf(workflowText(shape, shape === 'choices' ? 6 : 24));
    const [some, all] = [analyses.derived(pathValues), valuesOnPaths(analyses, () => true)];
    const { space } = some.guards;
    for (const node of analyses.graph.nodes) {
      const kept = new Set(some.at(node).flatMap((box) => box.variables));
      const same = space.keep(all.at(node), (term) => kept.has(term));
      assert.equal(space.subtract(some.at(node), same)?.length, 0, `${node.index} can be more than it was`);
      assert.equal(space.subtract(same, some.at(node))?.length, 0, `${node.index} has lost something`);
    }
  });

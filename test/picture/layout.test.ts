// The laws of the layout: nothing lies on anything else, lanes hold what is theirs, and the flow goes on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sansMeasures } from '../../src/picture/font.ts';
import { layOut } from '../../src/picture/layout.ts';
import type { Picture } from '../../src/picture/picture.ts';
import { rankNodes } from '../../src/picture/rank.ts';
import { examplePictures, generatedPicture } from '../support/example-pictures.ts';
import { faultsOf, qualityOf } from '../support/picture-quality.ts';
import { workedSoFar, workflowShapes } from '../support/random-workflow.ts';

const directions = ['down', 'right'] as const;

/** Edges that lead to a lower row; all others close a loop. */
function forwardEdges(picture: Picture): Set<number> {
  const rows = rankNodes(picture);
  const row = new Map(picture.nodes.map(({ id }, at) => [id, rows[at] ?? 0]));
  return new Set(picture.edges.flatMap(({ from, to }, at) => ((row.get(from) ?? 0) < (row.get(to) ?? 0) ? [at] : [])));
}

function checkLaws(picture: Picture): number {
  let crossings = 0;
  for (const direction of directions) {
    const layout = layOut(picture, sansMeasures, direction);
    const quality = qualityOf(picture, layout, forwardEdges(picture));
    assert.deepEqual(faultsOf(quality), [], direction);
    let end = 0;
    for (const lane of layout.lanes) {
      const [start, size] = direction === 'down' ? [lane.x, lane.width] : [lane.y, lane.height];
      assert.ok(Math.abs(start - end) < 0.01, 'lanes follow each other in order, without a gap');
      end = start + size;
    }
    crossings = Math.max(crossings, quality.crossings);
  }
  return crossings;
}

test('every example keeps the laws, and its lines seldom cross', () => {
  const crossings = Object.fromEntries(examplePictures().map(([name, picture]) => [name, checkLaws(picture)]));
  const tooMany = Object.entries(crossings).filter(([name, count]) => count > (mostCrossings[name] ?? 0));
  assert.deepEqual(tooMany, []);
});

/** Of either direction; lower a number when the layout gets better. */
const mostCrossings: Readonly<Record<string, number>> = {
  'agentic-bug-fix': 20,
  'clinical-trial-recruitment': 60,
  'contract-review': 22,
  'data-breach-notification': 110,
  'grant-application': 23,
  'language-revision': 8,
  'nist-incident-handling': 65,
  'technical-translation': 55,
  'warranty-return': 54,
};

for (const shape of workflowShapes)
  test(`generated workflows of the shape '${shape}' keep the laws`, () => {
    for (const size of [10, 40, 100]) checkLaws(generatedPicture(shape, size));
  });

test('a generated workflow of 500 steps keeps the laws', () => {
  checkLaws(generatedPicture('mixed', 500));
});

test('any graph keeps the laws', () => {
  fc.assert(
    fc.property(graphs, (picture) => {
      checkLaws(picture);
    }),
    { numRuns: 150 },
  );
});

const kinds = fc.constantFrom('start', 'task', 'route', 'wait', 'end', 'approval');
const performers = fc.constantFrom('human', 'agent', 'team', 'external', 'unassigned');
const graphs: fc.Arbitrary<Picture> = fc
  .record({
    lanes: fc.integer({ min: 1, max: 5 }),
    nodes: fc.array(fc.tuple(fc.nat(), kinds, performers, fc.lorem({ maxCount: 9 })), { minLength: 1, maxLength: 20 }),
    edges: fc.array(
      fc.tuple(fc.nat(), fc.nat(), fc.boolean(), fc.constantFrom(undefined, 'timeout', 'amount > 5000 or unclear')),
      { maxLength: 30 },
    ),
  })
  .map(({ lanes, nodes, edges }) => ({
    title: 'Any',
    lanes: Array.from({ length: lanes }, (_, at) => ({ id: `l${at}`, title: `Lane ${at}`, kind: 'human' as const })),
    nodes: nodes.map(([lane, kind, performer, title], at) => ({
      id: `s${at}`,
      lane: `l${lane % lanes}`,
      title,
      kind,
      performer,
    })),
    edges: edges.map(([from, to, exceptional, label], at) => ({
      id: `e${at}`,
      from: `s${from % nodes.length}`,
      to: `s${to % nodes.length}`,
      kind: exceptional ? ('exceptional' as const) : ('normal' as const),
      handoff: 'none' as const,
      ...(label === undefined ? {} : { label }),
    })),
  }));

test('a new title moves no step to another row or place', () => {
  for (const [, picture] of examplePictures())
    for (const at of picture.nodes.keys()) {
      const nodes = picture.nodes.map((node, nth) => (nth === at ? { ...node, title: 'Another, longer title' } : node));
      assert.deepEqual(placesOf({ ...picture, nodes }), placesOf(picture));
    }
});

/** Which nodes share a row or column, whatever their sizes: the ranks of their coordinates. */
function placesOf(picture: Picture): ReadonlyMap<string, string> {
  const { nodes } = layOut(picture, sansMeasures);
  const order = (values: readonly number[]): ReadonlyMap<number, number> =>
    new Map([...new Set(values)].sort((a, b) => a - b).map((value, at) => [value, at]));
  const [columns, rows] = [order(nodes.map(({ x }) => x)), order(nodes.map(({ y }) => y))];
  return new Map(
    picture.nodes.map(({ id }, at) => [id, `${columns.get(nodes[at]?.x ?? 0)} ${rows.get(nodes[at]?.y ?? 0)}`]),
  );
}

test('five hundred steps are laid out at once', () => {
  const picture = generatedPicture('mixed', 500);
  for (let warm = 0; warm < 3; warm++) layOut(picture, sansMeasures);
  const before = workedSoFar();
  layOut(picture, sansMeasures);
  assert.ok(workedSoFar() - before < 300, `${workedSoFar() - before} ms`);
});

test('a chain of five thousand steps does not overflow', () => {
  const nodes = Array.from({ length: 5000 }, (_, at) => ({
    id: `s${at}`,
    lane: 'l',
    title: 'Do it',
    kind: 'task' as const,
    performer: 'human' as const,
  }));
  const edges = nodes.slice(1).map(({ id }, at) => ({
    id: `e${at}`,
    from: `s${at}`,
    to: id,
    kind: 'normal' as const,
    handoff: 'none' as const,
  }));
  const lanes = [{ id: 'l', title: 'Lane', kind: 'human' as const }];
  assert.equal(
    new Set(layOut({ title: 'Chain', lanes, nodes, edges }, sansMeasures).nodes.map(({ y }) => y)).size,
    5000,
  );
});

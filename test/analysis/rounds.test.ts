// Bounded loops unrolled: rounds count within one circle, and a circle with too many of them is not unrolled.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FlowEdge, FlowNode } from '../../src/analysis/flow-graph.ts';
import { boundOf, roundsOf, unused } from '../../src/analysis/rounds.ts';
import { analysesOfSteps } from './graph-reading.ts';

const circle = (reject: string) => `a: { task: A, by: anna, next: b }
b: { review: B, by: anna, on: { approve: z, modify: z, reject: ${reject} } }
z: { end: Z }`;

function roundsIn(steps: string) {
  const { graph } = analysesOfSteps(steps);
  const rounds = roundsOf<FlowEdge, FlowNode>(graph.nodes, boundOf);
  const edge = (from: string, to: string) =>
    graph.edges.find((one) => one.from.step?.id === from && one.to.step?.id === to) ?? assert.fail();
  return { rounds, edge };
}

test('an edge can be taken as often as its bound allows, and rounds are forgotten outside the circle', () => {
  const { rounds, edge } = roundsIn(circle('{ to: a, max: 2 }'));
  const once = rounds.after(unused, edge('b', 'a')) ?? assert.fail();
  const twice = rounds.after(once, edge('b', 'a')) ?? assert.fail();
  assert.equal(rounds.after(twice, edge('b', 'a')), undefined);
  assert.equal(rounds.after(twice, edge('a', 'b')), twice);
  assert.equal(rounds.after(twice, edge('b', 'z')), unused);
  assert.notEqual(rounds.key(edge('a', 'b').from, once), rounds.key(edge('a', 'b').from, twice));
});

test('a circle with thousands of rounds is left closed', () => {
  assert.equal(roundsIn(circle('{ to: a, max: 3 }')).rounds.tooMany, false);
  const { rounds, edge } = roundsIn(circle('{ to: a, max: 9000 }'));
  assert.equal(rounds.tooMany, true);
  assert.equal(rounds.isTooMany(edge('b', 'a')), true);
  assert.equal(rounds.isTooMany(edge('a', 'b')), false);
});

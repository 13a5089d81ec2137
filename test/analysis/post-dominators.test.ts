// Post-dominators against the plainest definition, on random graphs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FlowNode } from '../../src/analysis/flow-graph.ts';
import { postDominatorsOf } from '../../src/analysis/post-dominators.ts';
import { randomGraph, reachedFrom } from './random-graph.ts';

test('a node post-dominates another one if taking it out cuts the other off from every end', () => {
  fc.assert(
    fc.property(randomGraph, (graph) => {
      const { postDominates, immediate } = postDominatorsOf(graph);
      const ends = (from: FlowNode, without?: FlowNode) =>
        from !== without && [...reachedFrom(from, ({ to }) => to !== without)].some(({ out }) => out.length === 0);
      const naive = (a: FlowNode, b: FlowNode) => ends(b) && (a === b || (ends(a) && !ends(b, a)));
      for (const b of graph.nodes) {
        for (const a of graph.nodes) assert.equal(postDominates(a, b), naive(a, b), `${a.index} ${b.index}`);
        const nearest = immediate(b);
        if (nearest) {
          assert.ok(nearest !== b && naive(nearest, b));
          for (const other of graph.nodes) if (other !== b && naive(other, b)) assert.ok(naive(other, nearest));
        } else for (const other of graph.nodes) assert.ok(other === b || !naive(other, b));
      }
    }),
    { seed: 17, numRuns: 300 },
  );
});

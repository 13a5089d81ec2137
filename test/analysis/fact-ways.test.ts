// Ways with facts against the plainest search: over every node together with every set of facts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { waysWithFacts } from '../../src/analysis/fact-ways.ts';
import type { FlowEdge } from '../../src/analysis/flow-graph.ts';
import type { Facts } from '../../src/analysis/must-facts.ts';
import { wayTo } from '../../src/analysis/ways.ts';
import { randomGraph } from './random-graph.ts';

// Each edge makes or loses one of three facts, by its number.
const transfer = ({ index }: FlowEdge, facts: Facts): Facts => {
  const fact = 1 << (index % 3);
  return index % 2 === 0 ? facts | fact : facts & ~fact;
};

test('a way to a node with the wanted facts is found wherever there is one, and proves what it claims', () => {
  fc.assert(
    fc.property(randomGraph, fc.integer({ min: 0, max: 7 }), (graph, wanted) => {
      const fits = (facts: Facts) => facts === wanted;
      const states = new Set([`${graph.root.index} 0`]);
      for (const state of states) {
        const [node, facts] = state.split(' ').map(Number) as [number, number];
        for (const edge of graph.nodes[node]?.out ?? []) states.add(`${edge.to.index} ${transfer(edge, facts)}`);
      }
      const ways = waysWithFacts(graph.root, transfer, fits);
      for (const node of graph.nodes) {
        const found = ways.get(node);
        assert.equal(found !== undefined, states.has(`${node.index} ${wanted}`));
        if (!found) continue;
        const way = wayTo(found);
        assert.equal(
          way.reduce((facts, edge) => transfer(edge, facts), 0),
          wanted,
        );
        assert.equal(way.at(-1)?.to ?? graph.root, node);
        for (const [i, edge] of way.entries()) assert.equal(edge.from, way[i - 1]?.to ?? graph.root);
      }
    }),
    { seed: 41, numRuns: 300 },
  );
});

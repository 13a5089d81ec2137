// Facts on some path: against every path of random graphs, and beyond one word of facts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dominatorsOf } from '../../src/analysis/dominators.ts';
import { addFact, dropFact, hasFact, noFacts, type SetTransfer } from '../../src/analysis/fact-sets.ts';
import type { FlowEdge } from '../../src/analysis/flow-graph.ts';
import { mayFacts } from '../../src/analysis/may-facts.ts';
import { mustFactSets } from '../../src/analysis/must-facts.ts';
import { pathsTo, randomAcyclicGraph, reachedFrom } from './random-graph.ts';

/** More than two words. */
const count = 70;
const made = ({ index }: FlowEdge, seed: number) => (index * 17 + seed) % count;
const ended = ({ index }: FlowEdge, seed: number) => (index * 29 + seed * 3) % count;

const transfer =
  (seed: number): SetTransfer =>
  (edge, entry, left) => {
    left.set(entry);
    dropFact(left, ended(edge, seed));
    addFact(left, made(edge, seed));
  };

test('facts of any number hold at a node on some path, or on all, as at the end of the paths there', () => {
  fc.assert(
    fc.property(randomAcyclicGraph, fc.nat(50), (graph, seed) => {
      const may = mayFacts(graph, count, transfer(seed));
      const must = mustFactSets(graph, dominatorsOf(graph), count, transfer(seed));
      const reached = reachedFrom(graph.root);
      for (const node of reached) {
        if (node === graph.root) continue;
        const ends = pathsTo(node)
          .filter((path) => path[0]?.from === graph.root && path.every(({ from }) => reached.has(from)))
          .map((path) =>
            path.reduce((entry, edge) => {
              const left = noFacts(count);
              transfer(seed)(edge, entry, left);
              return left;
            }, noFacts(count)),
          );
        for (let fact = 0; fact < count; fact++) {
          assert.equal(
            hasFact(must.at(node), fact),
            ends.every((end) => hasFact(end, fact)),
          );
          if (ends.some((end) => hasFact(end, fact))) assert.ok(hasFact(may.at(node), fact), 'some path has it');
        }
      }
    }),
    { seed: 31, numRuns: 200 },
  );
});

test('on some path is never more than what some edge makes', () => {
  fc.assert(
    fc.property(randomAcyclicGraph, fc.nat(50), (graph, seed) => {
      const may = mayFacts(graph, count, transfer(seed));
      const makes = new Set(graph.edges.map((edge) => made(edge, seed)));
      for (const node of graph.nodes)
        for (let fact = 0; fact < count; fact++) if (hasFact(may.at(node), fact)) assert.ok(makes.has(fact));
    }),
    { seed: 32, numRuns: 100 },
  );
});

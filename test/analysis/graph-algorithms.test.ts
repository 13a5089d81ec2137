// Dominators, components, reachability and shortest paths against the plainest definition, on random graphs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cyclicComponents } from '../../src/analysis/components.ts';
import { dominatorsOf, reversePostorder } from '../../src/analysis/dominators.ts';
import type { FlowEdge, FlowNode } from '../../src/analysis/flow-graph.ts';
import { reachabilityOf, shortestPath } from '../../src/analysis/reachability.ts';
import { graphOf, pathsTo, randomAcyclicGraph, randomGraph, reachedFrom } from './random-graph.ts';

const runs = { seed: 17, numRuns: 300 };

test('a node dominates another one if taking it out cuts the other off', () => {
  fc.assert(
    fc.property(randomGraph, (graph) => {
      const { dominates, immediate } = dominatorsOf(graph);
      const reached = reachedFrom(graph.root);
      const naive = (a: FlowNode, b: FlowNode) =>
        reached.has(a) &&
        reached.has(b) &&
        (a === b || a === graph.root || !reachedFrom(graph.root, ({ to }) => to !== a).has(b));
      for (const a of graph.nodes) {
        for (const b of graph.nodes) assert.equal(dominates(a, b), naive(a, b), `${a.index} ${b.index}`);
        const nearest = immediate(a);
        if (!reached.has(a) || a === graph.root) assert.equal(nearest, undefined);
        else {
          assert.ok(nearest && nearest !== a && naive(nearest, a));
          for (const other of graph.nodes) if (other !== a && naive(other, a)) assert.ok(naive(other, nearest));
        }
      }
    }),
    runs,
  );
});

test('a component is a greatest set of nodes that reach each other over at least one edge', () => {
  fc.assert(
    fc.property(randomGraph, fc.nat(3), (graph, skipped) => {
      const counts = ({ index }: FlowEdge) => index % 4 !== skipped;
      const behind = new Map(
        graph.nodes.map((node) => {
          const next = node.out.filter(counts).flatMap(({ to }) => [...reachedFrom(to, counts)]);
          return [node, new Set(next)];
        }),
      );
      const mutual = graph.nodes.map((node) =>
        graph.nodes
          .filter((other) => behind.get(node)?.has(other) && behind.get(other)?.has(node))
          .map(({ index }) => index),
      );
      const expected = [...new Set(mutual.filter(({ length }) => length > 0).map((set) => set.join()))];
      const found = cyclicComponents(graph.nodes, counts).map((component) =>
        [...component].map(({ index }) => index).join(),
      );
      assert.deepEqual([...found].sort(), expected.sort());
    }),
    runs,
  );
});

test('components come in the order of their first node', () => {
  const graph = graphOf(5, [
    [3, 4],
    [4, 3],
    [1, 1],
    [0, 1],
    [0, 3],
  ]);
  assert.deepEqual(
    cyclicComponents(graph.nodes).map((component) => [...component].map(({ index }) => index)),
    [[1], [3, 4]],
  );
});

/** The length of a shortest path, by steps of one edge at a time. */
function distance(from: FlowNode, to: FlowNode, mayPass: (edge: FlowEdge) => boolean): number | undefined {
  let reached = new Set([from]);
  for (let length = 0; length <= 20; length++) {
    if (reached.has(to)) return length;
    reached = new Set([...reached].flatMap(({ out }) => out.filter(mayPass).map((edge) => edge.to)));
  }
  return undefined;
}

test('a shortest path is one, and as short as any', () => {
  fc.assert(
    fc.property(randomGraph, fc.nat(8), fc.nat(8), fc.nat(3), (graph, a, b, skipped) => {
      const from = graph.nodes[a % graph.nodes.length];
      const to = graph.nodes[b % graph.nodes.length];
      assert.ok(from && to);
      const mayPass = ({ index }: FlowEdge) => index % 4 !== skipped;
      const path = shortestPath([from], (node) => node === to, mayPass);
      assert.equal(path?.length, distance(from, to, mayPass));
      let at = from;
      for (const edge of path ?? []) {
        assert.ok(edge.from === at && mayPass(edge));
        at = edge.to;
      }
    }),
    runs,
  );
});

test('what is reachable is what the root reaches, with a shortest path to each', () => {
  fc.assert(
    fc.property(randomGraph, (graph) => {
      const { isReachable, pathTo } = reachabilityOf(graph);
      const reached = reachedFrom(graph.root);
      for (const node of graph.nodes) {
        assert.equal(isReachable(node), reached.has(node));
        const path = pathTo(node);
        assert.equal(
          path?.length,
          distance(graph.root, node, () => true),
        );
        let at = graph.root;
        for (const edge of path ?? []) {
          assert.equal(edge.from, at);
          at = edge.to;
        }
      }
    }),
    runs,
  );
});

test('in reverse postorder every node of a graph without circles comes behind those before it', () => {
  fc.assert(
    fc.property(randomAcyclicGraph, (graph) => {
      const order = reversePostorder(graph.root);
      assert.deepEqual(new Set(order), reachedFrom(graph.root));
      for (const node of order) for (const { to } of node.out) assert.ok(order.indexOf(node) < order.indexOf(to));
    }),
    runs,
  );
});

test('every path to a node is as long as a shortest one at least', () => {
  fc.assert(
    fc.property(randomAcyclicGraph, (graph) => {
      const { pathTo } = reachabilityOf(graph);
      for (const node of graph.nodes) {
        const lengths = pathsTo(node).map(({ length }) => length);
        assert.equal(pathTo(node)?.length, lengths.length > 0 ? Math.min(...lengths) : undefined);
      }
    }),
    { seed: 17, numRuns: 100 },
  );
});

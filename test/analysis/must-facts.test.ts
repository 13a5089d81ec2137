// Facts on all paths: against every path of random graphs, and where parallel branches meet.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dominatorsOf } from '../../src/analysis/dominators.ts';
import type { FlowEdge } from '../../src/analysis/flow-graph.ts';
import { type MustFacts, maxFacts, mustFacts } from '../../src/analysis/must-facts.ts';
import { meetingOf } from '../../src/analysis/parallel.ts';
import { analysesOfSteps, nodeNamed } from './graph-reading.ts';
import { pathsTo, randomAcyclicGraph, randomGraph, reachedFrom } from './random-graph.ts';

/** Two bits made and two bits ended, told by the number of the edge. */
const made = (edge: FlowEdge, seed: number) => ((edge.index * 7 + seed) % 5 === 0 ? 1 << ((edge.index + seed) % 3) : 0);
const ended = (edge: FlowEdge, seed: number) =>
  (edge.index * 3 + seed) % 4 === 0 ? 1 << ((edge.index * 2 + seed) % 3) : 0;
const transfer = (seed: number) => (edge: FlowEdge, entry: number) =>
  ((entry & ~ended(edge, seed)) | made(edge, seed)) >>> 0;

test('a fact holds at a node if it holds at the end of every path there', () => {
  fc.assert(
    fc.property(randomAcyclicGraph, fc.nat(50), (graph, seed) => {
      const facts = mustFacts(graph, dominatorsOf(graph), transfer(seed));
      for (const node of reachedFrom(graph.root)) {
        const reached = reachedFrom(graph.root);
        const all = pathsTo(node)
          .filter((path) => path.every(({ from }) => reached.has(from)) && (path[0]?.from ?? graph.root) === graph.root)
          .map((path) => path.reduce((entry, edge) => transfer(seed)(edge, entry), 0));
        const expected = all.reduce((a, b) => a & b, 2 ** maxFacts - 1);
        assert.equal(facts.at(node), node === graph.root ? 0 : expected);
      }
    }),
    { seed: 23, numRuns: 300 },
  );
});

test('in any graph a fact that holds survives every walk of some length', () => {
  fc.assert(
    fc.property(randomGraph, fc.nat(50), fc.array(fc.nat(20), { maxLength: 12 }), (graph, seed, choices) => {
      const facts = mustFacts(graph, dominatorsOf(graph), transfer(seed));
      let node = graph.root;
      let held = 0;
      for (const choice of choices) {
        const edge = node.out[choice % Math.max(1, node.out.length)];
        if (!edge) break;
        held = transfer(seed)(edge, held);
        node = edge.to;
        if (node !== graph.root) assert.equal(facts.at(node) & ~held, 0, 'nothing is claimed that this walk refutes');
      }
    }),
    { seed: 24, numRuns: 400 },
  );
});

/** Fact 0 is made by leaving a step whose title is `make`, and ended by one whose title is `end`. */
function factsAt(steps: string, name: string): boolean {
  const analyses = analysesOfSteps(steps);
  const facts: MustFacts = mustFacts(analyses.graph, analyses.dominators, (edge, entry) => {
    const title = edge.from.step?.title;
    return title === 'make' ? entry | 1 : title === 'break' ? entry & ~1 : entry;
  });
  return (facts.at(nodeNamed(analyses, name)) & 1) === 1;
}

const fork = (
  a: string,
  b: string,
  join = 'all',
  before = 'T',
) => `first: { task: ${before}, by: anna, next: { all: [a, b] } }
a: ${a}
b: ${b}
meet: { route: M, join: ${join}, next: last }
help: { task: H, by: anna, next: out }
out: { end: O }
last: { end: E }`;
const task = (title: string, more = '') => `{ task: ${title}, by: anna, next: meet${more} }`;

test('what one parallel branch makes holds behind the join, without a join it does not', () => {
  assert.equal(factsAt(fork(task('make'), task('T')), 'last'), true);
  assert.equal(factsAt(fork(task('T'), task('T')), 'last'), false);
  assert.equal(factsAt(fork(task('make'), task('T'), 'any'), 'last'), false);
  assert.equal(factsAt(fork(task('make'), task('make'), 'any'), 'last'), true);
});

test('what another branch may end does not hold behind the join, whichever came first', () => {
  assert.equal(factsAt(fork(task('make'), task('break')), 'last'), false);
  assert.equal(factsAt(fork(task('T'), task('break'), 'all', 'make'), 'last'), false);
  assert.equal(factsAt(fork(task('T'), task('T'), 'all', 'make'), 'last'), true);
});

test('where a join waits only for what can still arrive, a branch that may leave brings nothing', () => {
  const leaving = task('make', ', within: 1h, on: { timeout: help }');
  assert.equal(factsAt(fork(leaving, task('T'), 'all'), 'last'), true);
  assert.equal(factsAt(fork(leaving, task('T'), 'live'), 'last'), false);
  assert.equal(factsAt(fork(task('make'), task('T', ', within: 1h, on: { timeout: help }'), 'live'), 'last'), true);
  assert.equal(
    factsAt(fork(leaving, task('T'), 'live').replace('end: O', 'end: O, terminate: true'), 'last'),
    true,
    'that ends the other branch too',
  );
  assert.equal(
    factsAt(fork(leaving.replace('timeout: help', 'timeout: first'), task('T'), 'live'), 'last'),
    true,
    'that begins anew',
  );
});

test('two splits of one step are alternatives to each other', () => {
  const steps = `first: { route: F, next: [{ when: claim.ok, to: { all: [a, b] } }, { else: { all: [c, d] } }] }
a: ${task('make')}
b: ${task('T')}
c: ${task('T')}
d: ${task('T')}
meet: { route: M, join: live, next: last }
last: { end: E }`;
  assert.equal(factsAt(steps, 'last'), false);
  assert.equal(factsAt(steps.replace('c: { task: T', 'c: { task: make'), 'last'), true);
});

test('a way into the join past the split is an alternative', () => {
  const steps = `first: { route: F, next: [{ when: claim.ok, to: split }, { else: meet }] }
split: { route: S, next: { all: [a, b] } }
a: ${task('make')}
b: ${task('T')}
meet: { route: M, join: live, next: last }
last: { end: E }`;
  assert.equal(factsAt(steps, 'last'), false);
});

test('the branches that meet are those of the nearest split, with their own edges', () => {
  const analyses = analysesOfSteps(`first: { route: F, next: { all: [a, x] } }
a: { route: A, next: { all: [b, c] } }
b: { route: B, next: inner }
c: { route: C, next: [{ label: l, to: inner }, { label: r, to: d }] }
d: { route: D, next: inner }
inner: { route: I, join: all, next: outer }
x: { route: X, next: outer }
outer: { route: O, join: all, next: last }
last: { end: E }`);
  const shown = (name: string) =>
    meetingOf(nodeNamed(analyses, name), analyses.graph, analyses.dominators).splits.map((branches) =>
      branches.map(({ ends }) => ends.map(({ from }) => from.step?.id).join('+')).join(' | '),
    );
  assert.deepEqual(shown('inner'), ['b | c+d']);
  assert.deepEqual(shown('outer'), ['inner | x']);
  assert.deepEqual(shown('last'), []);
});

test('what held where an event was emitted holds where it ends a wait, not where the time is over', () => {
  const steps = `first: { route: F, next: { all: [hold, sender] } }
hold: { wait: W, until: paid, within: 1d, next: after, on: { timeout: late } }
sender: { task: make, by: anna, next: pay }
pay: { task: P, by: anna, emits: [paid], next: out }
after: { route: A, next: out }
late: { route: L, next: out }
out: { end: O }`;
  const analyses = analysesOfSteps(steps, 'events: { paid: { kind: signal } }\n');
  const facts = mustFacts(analyses.graph, analyses.dominators, (edge, entry) =>
    edge.from.step?.title === 'make' ? entry | 1 : entry,
  );
  assert.deepEqual(
    ['after', 'late'].map((name) => facts.at(nodeNamed(analyses, name)) & 1),
    [1, 0],
  );
});

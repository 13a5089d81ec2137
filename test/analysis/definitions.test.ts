// Definite assignment: against every path of small random workflows, and at the ends of scopes with parallel branches.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Analyses } from '../../src/analysis/analyses.ts';
import { completes } from '../../src/analysis/completion.ts';
import { pathOf } from '../../src/analysis/data-paths.ts';
import { definitionsOf } from '../../src/analysis/definitions.ts';
import type { FlowEdge, FlowNode } from '../../src/analysis/flow-graph.ts';
import { isList } from '../../src/language/source.ts';
import { analysesOfSteps, nodeNamed, nodeShown } from './graph-reading.ts';
import { pathsTo } from './random-graph.ts';

function definitions(analyses: Analyses, ...paths: readonly string[]) {
  return definitionsOf(paths, new Map(), analyses);
}

function isThere(steps: string, path: string, at = 'last'): boolean {
  const analyses = analysesOfSteps(steps);
  return definitions(analyses, path).holdsAt(path, nodeNamed(analyses, at));
}

test('data is there behind whoever has finished writing it', () => {
  const writing = (on: string) =>
    `first: { task: F, by: anna, writes: [claim], within: 1d, next: last, on: { timeout: ${on} } }\nout: { end: O }\nlast: { end: L }`;
  assert.equal(isThere(writing('out'), 'claim'), true);
  assert.equal(isThere(writing('last'), 'claim'), false);
  assert.equal(isThere(writing('out'), 'claim.amount'), true);
  assert.equal(isThere(writing('out'), 'offer'), false);
});

test('a receiver refuses what its sender has finished, and nothing of what the sender has not', () => {
  const refusing = (on: string) =>
    `first: { task: F, by: anna, writes: [claim], within: 1d, next: mid, on: { timeout: ${on} } }\nmid: { task: M, by: robot, accepts: { on-reject: last }, next: out, on: { error: out } }\nout: { end: O }\nlast: { end: L }`;
  assert.equal(isThere(refusing('out'), 'claim'), true);
  assert.equal(isThere(refusing('mid'), 'claim'), false);
});

test('a judge who modifies has written what is covered; whoever rejects has not', () => {
  const judged = (on: string) =>
    `first: { approval: A, by: anna, covers: [claim], on: { ${on} } }\nout: { end: O }\nlast: { end: L }`;
  assert.equal(isThere(judged('approve: out, modify: last, reject: out'), 'claim'), true);
  assert.equal(isThere(judged('approve: out, modify: out, reject: last'), 'claim'), false);
});

const scope = (steps: string) =>
  `first: { scope: S, start: { all: [a, b] }, next: last, on: { error: last }, steps: { ${steps} } }\nlast: { end: L }`;
const done = 'done-a: { end: A }, done-b: { end: B }';

test('the end of a scope waits for every branch, at any depth', () => {
  const a = 'a: { task: A, by: anna, writes: [claim], next: done-a }';
  const b = 'b: { task: B, by: anna, writes: [offer], next: done-b }';
  assert.equal(isThere(scope(`${a}, ${b}, ${done}`), 'claim'), true);
  assert.equal(isThere(scope(`${a}, ${b}, ${done}`), 'offer'), true);
  const inner = `a: { scope: I, start: { all: [c, d] }, next: done-a, steps: { c: { task: C, by: anna, writes: [claim], next: done-c }, d: { task: D, by: anna, next: done-d }, done-c: { end: C }, done-d: { end: D } } }`;
  assert.equal(isThere(scope(`${inner}, ${b}, ${done}`), 'claim'), true);
});

test('a branch that may end without it, or be ended by another, brings nothing', () => {
  const late = 'a: { task: A, by: anna, writes: [claim], within: 1d, next: done-a, on: { timeout: done-a } }';
  const b = 'b: { task: B, by: anna, writes: [offer], next: done-b }';
  assert.equal(isThere(scope(`${late}, ${b}, ${done}`), 'claim'), false);
  const a = 'a: { task: A, by: anna, writes: [claim], next: done-a }';
  const ending = 'done-a: { end: A }, done-b: { end: B, terminate: true }';
  assert.equal(isThere(scope(`${a}, ${b}, ${ending}`), 'claim'), false);
  assert.equal(isThere(scope(`${a}, ${b}, ${ending}`), 'offer'), true);
});

test('what ends a scope at one outcome was not brought by the ends of another', () => {
  const ending = (last: string) =>
    `first: { scope: S, start: a, next: ${last === 'completed' ? 'last' : 'out'}, on: { error: ${last === 'error' ? 'last' : 'out'} }, steps: { a: { task: A, by: anna, within: 1d, writes: [claim], next: done, on: { timeout: late } }, done: { end: D }, late: { end: L, outcome: failed } } }
out: { end: O }
last: { end: L }`;
  assert.equal(isThere(ending('completed'), 'claim'), true);
  assert.equal(isThere(ending('error'), 'claim'), false);
});

test('a fact is claimed only if it holds at the end of every path, and each open path is one', () => {
  const targets = fc.array(fc.nat(5), { minLength: 6, maxLength: 12 });
  fc.assert(
    fc.property(targets, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), (jumps, writers) => {
      const steps = writers.map((writes, i) => {
        const forward = (n: number) => (i + 1 + n >= 6 ? 'last' : `s${i + 1 + n}`);
        const on = `on: { timeout: ${forward((jumps[i] ?? 0) % 3)} }`;
        return `s${i}: { task: T, by: anna, within: 1d, ${writes ? 'writes: [claim], ' : ''}next: ${forward((jumps[i + 6] ?? 1) % 2)}, ${on} }`;
      });
      const analyses = analysesOfSteps(`first: { route: R, next: s0 }\n${steps.join('\n')}\nlast: { end: E }`);
      const found = definitions(analyses, 'claim');
      const last = nodeNamed(analyses, 'last');
      const paths = pathsTo(last).filter(([edge]) => edge?.from === analyses.graph.root);
      const lacking = paths.filter((path) => !path.some(provides));
      assert.equal(found.holdsAt('claim', last), lacking.length === 0);
      const shown = found.pathWithout('claim', last);
      assert.equal(shown === undefined, lacking.length === 0);
      assert.equal(shown?.length, lacking.length === 0 ? undefined : Math.min(...lacking.map(({ length }) => length)));
    }),
    { seed: 31, numRuns: 150 },
  );
});

/** The author's own words: finished work that names `claim`. */
function provides(edge: FlowEdge): boolean {
  const { writes } = edge.from.step?.fields ?? {};
  return completes(edge) && isList(writes ?? []) && writes !== undefined && named(writes).includes('claim');
}

function named(writes: NonNullable<NonNullable<FlowNode['step']>['fields']['writes']>): readonly string[] {
  return isList(writes) ? writes.map(pathOf) : [];
}

test('a gap behind one that is known already is not a second one', () => {
  const analyses = analysesOfSteps(
    'first: { task: F, by: anna, next: mid }\nmid: { task: M, by: anna, next: last }\nlast: { end: L }',
  );
  const uses = new Map([[nodeNamed(analyses, 'first'), ['claim']]]);
  const found = definitionsOf(['claim'], uses, analyses);
  assert.deepEqual(
    ['first', 'mid', 'last'].map((name) => found.holdsAt('claim', nodeNamed(analyses, name))),
    [false, true, true],
  );
  assert.deepEqual(
    found.pathWithout('claim', nodeNamed(analyses, 'first'))?.map(({ to }) => nodeShown(to)),
    ['start', 'first'],
  );
});

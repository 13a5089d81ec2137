// Data as paths: what steps write from what, what derives from what, what effects consume, and equalities.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { includes, overlap, rootOf, sourcesOf, writesOf } from '../../src/analysis/data-paths.ts';
import { effectsOf } from '../../src/analysis/effects.ts';
import { equalities } from '../../src/analysis/equalities.ts';
import { pathSteps } from '../../src/analysis/witness.ts';
import { analysesOfSteps, nodeNamed } from './graph-reading.ts';

test('paths share content where one is the other or above it', () => {
  assert.ok(includes('claim', 'claim') && includes('claim', 'claim.amount') && !includes('claim.amount', 'claim'));
  assert.ok(!includes('claim', 'claims') && !overlap('claim.a', 'claim.ab') && overlap('claim.a.b', 'claim.a'));
  assert.deepEqual(['claim', 'claim.a.b'].map(rootOf), ['claim', 'claim']);
});

test('only paths of the same data share content', () => {
  const path = fc
    .array(fc.constantFrom('a', 'b', 'ab'), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.join('.'));
  fc.assert(
    fc.property(path, path, (a, b) => {
      const [x, y] = [a.split('.'), b.split('.')];
      const shared = x.every((part, i) => y[i] === undefined || y[i] === part);
      assert.equal(overlap(a, b), shared);
      assert.ok(!overlap(a, b) || rootOf(a) === rootOf(b));
    }),
    { seed: 41, numRuns: 200 },
  );
});

const writes = (step: string, rest = '') => {
  const { workflow } = analysesOfSteps(`first: ${step}`, rest);
  const first = workflow.steps.get('first');
  assert.ok(first);
  return writesOf(first, workflow).map(({ out, from }) => `${out} from ${from.join(' ') || 'nothing'}`);
};

test('outputs derive from all reads, or from what the map form says', () => {
  assert.deepEqual(writes('{ task: T, reads: [claim, offer.amount], writes: [offer] }'), [
    'offer from claim offer.amount',
  ]);
  assert.deepEqual(writes('{ task: T, reads: [claim], writes: { offer: [claim.ok], claim.amount: offer } }'), [
    'offer from claim.ok',
    'claim.amount from offer',
  ]);
  assert.deepEqual(writes('{ task: T, writes: offer }'), ['offer from nothing']);
});

test('a call writes what it returns, a wait what its event gives', () => {
  assert.deepEqual(writes('{ call: pay, reads: [claim], returns: { offer: result } }'), ['offer from claim']);
  assert.deepEqual(
    writes('{ wait: W, until: paid, writes: [claim.ok] }', 'events: { paid: { kind: message, gives: [offer] } }\n'),
    ['claim.ok from nothing', 'offer from nothing'],
  );
});

test('sources are everything data derives from, over all steps, circles included', () => {
  const { workflow } = analysesOfSteps(
    'first: { task: T, reads: [a], writes: [b] }\nx: { task: T, writes: { c: [b.part] } }\ny: { task: T, reads: [c], writes: [a] }\nz: { task: T, reads: [q], writes: [r] }',
  );
  assert.deepEqual([...sourcesOf('c', workflow)].sort(), ['a', 'b.part']);
  assert.deepEqual([...sourcesOf('b', workflow)].sort(), ['a', 'b.part', 'c']);
  assert.deepEqual([...sourcesOf('unknown', workflow)], []);
});

const effects = (step: string, rest = '') => {
  const { workflow } = analysesOfSteps(`first: ${step}`, rest);
  const first = workflow.steps.get('first');
  assert.ok(first);
  return effectsOf(first, workflow).map(({ kind, consumes, irreversible, external }) =>
    `${kind} ${consumes.join(' ')} ${irreversible ? 'irreversible' : ''}${external ? 'external' : ''}`.trim(),
  );
};

test('an effect consumes what it uses and its amount, else what the step reads; a whole stands for its parts', () => {
  assert.deepEqual(
    effects(
      '{ task: T, reads: [offer], effects: [{ kind: payment, uses: [claim, claim.ok], amount: offer.amount, irreversible: true }] }',
    ),
    ['payment claim offer.amount irreversible'],
  );
  assert.deepEqual(effects('{ task: T, reads: [offer], effects: [{ kind: publish, external: true }] }'), [
    'publish offer external',
  ]);
});

test('a message that is emitted to someone outside is an external effect', () => {
  const event = (to: string, kind = 'message') => `events: { sent: { kind: ${kind}, to: ${to}, gives: [claim] } }\n`;
  assert.deepEqual(effects('{ task: T, emits: [sent] }', event('client')), ['message claim external']);
  assert.deepEqual(effects('{ task: T, emits: [sent] }', event('anna')), []);
  assert.deepEqual(effects('{ task: T, emits: [sent] }', event('client', 'signal')), []);
});

test('equalities that people and systems ensure are known, those of an AI are not', () => {
  const { workflow, conditions } = analysesOfSteps(
    'first: { task: T, by: anna, ensures: [offer.amount == claim.amount, offer.amount > 3] }\nb: { task: B, by: bot, ensures: [claim.amount == offer.amount] }',
  );
  assert.deepEqual(
    equalities(workflow, conditions).map(({ step, to, from }) => `${step.id}: ${to} from ${from}`),
    ['first: offer.amount from claim.amount'],
  );
});

test('a witness names the steps of a path, each with the edge that came there, without root and borders of scopes', () => {
  const analyses = analysesOfSteps(
    'first: { scope: S, start: in, next: last, steps: { in: { task: I, by: anna } } }\nlast: { end: E }',
  );
  const path = analyses.reachability.pathTo(nodeNamed(analyses, 'last')) ?? [];
  const steps = pathSteps(path, (node) => (node.step?.id === 'last' ? 'here' : ''));
  assert.deepEqual(
    steps.map(({ step, edge, note }) => [step, edge?.kind, note]),
    [
      ['start', undefined, ''],
      ['first', 'normal', ''],
      ['in', 'normal', ''],
      ['last', 'normal', 'here'],
    ],
  );
  assert.deepEqual(pathSteps([]), []);
});

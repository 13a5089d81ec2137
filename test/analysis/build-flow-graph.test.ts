// Every way work can go is an edge of the right kind, with its outcome and the text it comes from; and nothing else is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flow, slice } from '../language/parsing.ts';
import { analysesOf, analysesOfSteps, checkEdges, edgeShown, nodeNamed } from './graph-reading.ts';

test('a start, a next and an end are normal edges', () => {
  checkEdges(analysesOfSteps('first: { task: T, by: anna, next: last }\nlast: { end: E }'), [
    'root -> start',
    'start -> first',
    'first -> last: done',
  ]);
});

test('branches are guarded edges in order, else the last, each with its own text', () => {
  const steps =
    'first: { route: R, next: [{ when: claim.ok, to: a }, { when: claim.amount > 3, to: b, max: 2 }, { else: a }] }\na: { end: A }\nb: { end: B }';
  const analyses = analysesOfSteps(steps);
  checkEdges(
    analyses,
    ['first -?-> a: done', 'first -?-> a: done [claim.ok]', 'first -?-> b: done [claim.amount > 3] max 2'],
    'first',
  );
  const text = flow(steps);
  assert.deepEqual(
    analyses.graph.edges.slice(-3).map(({ range }) => slice(text, range)),
    ['a', 'b', 'a'],
  );
  assert.equal(new Set(analyses.graph.edges.slice(-3).map(({ split }) => split?.id)).size, 1);
});

test('parallel and inclusive splits leave together', () => {
  checkEdges(
    analysesOfSteps(
      'first: { route: R, next: { all: [a, { to: b, max: 2 }] } }\na: { route: A, next: { any: [{ when: claim.ok, to: b }, { else: c }] } }\nb: { end: B }\nc: { end: C }',
    ),
    [
      'root -> start',
      'start -> first',
      'first -> a: done all',
      'first -> b: done max 2 all',
      'a -?-> b: done [claim.ok] any',
      'a -?-> c: done any',
    ],
  );
});

test('a bound that is used up leads where exhausted says', () => {
  checkEdges(
    analysesOfSteps(
      'first: { approval: A, by: anna, covers: [claim], on: { approve: last, modify: last, reject: { to: first, max: 3, exhausted: last } } }\nlast: { end: E }',
    ),
    [
      'first -> last: approve',
      'first -!-> last: modify',
      'first -!-> first: reject max 3',
      'first -!-> last: reject exhausted',
    ],
    'first',
  );
});

test('outcomes go where on says, else by next if they may, else to nobody', () => {
  checkEdges(
    analysesOfSteps(
      'first: { task: T, by: bot, within: 1h, next: last, on: { error: other } }\nother: { end: O }\nlast: { end: E }',
    ),
    ['first -> last: done', 'first -!-> other: error'],
    'first',
  );
});

test('what a step does not handle is caught by the nearest scope, then by the case', () => {
  const inner =
    'first:\n  scope: S\n  start: a\n  next: last\n  ON\n  steps:\n    a: { task: A, by: robot }\nother: { end: O }\nlast: { end: E }';
  checkEdges(
    analysesOfSteps(inner.replace('ON', 'on: { error: other }')),
    ['a -!-> other: error', 'a -> first): done'],
    'a',
  );
  checkEdges(
    analysesOfSteps(inner.replace('ON', 'description: x'), 'on: { error: other }\n'),
    ['a -!-> other: error', 'a -> first): done'],
    'a',
  );
  checkEdges(analysesOfSteps(inner.replace('ON', 'description: x')), ['a -> first): done'], 'a');
});

test('a scope is entered at its start and left at its exit, by the outcomes of its ends', () => {
  checkEdges(
    analysesOfSteps(
      'first:\n  scope: S\n  start: a\n  next: last\n  on: { rejected: other }\n  steps:\n    a: { route: A, next: [{ label: x, to: ok }, { label: y, to: no }] }\n    ok: { end: O }\n    no: { end: N, outcome: rejected }\nother: { end: O }\nlast: { end: E }',
    ),
    [
      'root -> start',
      'start -> first',
      'first -> a',
      'a -?-> ok: done',
      'a -?-> no: done',
      'ok -> first): completed',
      'no -> first): rejected',
      'first) -> last: completed',
      'first) -> other: rejected',
    ].map((line) => line.replace('first) -> other', 'first) -!-> other')),
  );
});

test('each outcome of a scope has an end of its own; in parallel work, others may be completed by then', () => {
  const text = (start: string, caught: string) =>
    `first:\n  scope: S\n  start: a\n  next: last${caught}\n  steps:\n    a: { route: A, next: ${start} }\n    ok: { end: O }\n    no: { end: N, outcome: failed }\nother: { end: O }\nlast: { end: E }`;
  const into = (steps: string) => {
    const exits = analysesOfSteps(steps).graph.nodes.filter(({ kind }) => kind === 'exit');
    return exits.map((exit) => [...exit.in, ...exit.out].map(edgeShown));
  };
  const choice = '[{ label: x, to: ok }, { label: y, to: no }]';
  assert.deepEqual(into(text(choice, '\n  on: { error: other }')), [
    ['ok -> first): completed', 'first) -> last: completed'],
    ['no -> first): failed', 'first) -!-> other: error'],
  ]);
  assert.deepEqual(into(text('{ all: [ok, no] }', '\n  on: { error: other }')), [
    ['ok -> first): completed', 'first) -> last: completed'],
    ['no -> first): failed', 'ok -> first): failed', 'first) -!-> other: error'],
  ]);
  assert.deepEqual(into(text(choice, '')), [
    ['ok -> first): completed', 'first) -> last: completed'],
    ['no -> first): failed'],
  ]);
});

test('a scope that is rejected does not go on as if it were completed', () => {
  const { graph } = analysesOfSteps(
    'first:\n  scope: S\n  start: no\n  next: last\n  steps:\n    no: { end: N, outcome: rejected }\nlast: { end: E }',
  );
  assert.deepEqual(
    graph.edges.filter(({ from }) => from.kind === 'exit').map(({ outcome }) => outcome),
    ['completed'],
  );
});

test('in free order every inner step can come next, and the pick again after it', () => {
  checkEdges(
    analysesOfSteps(
      'first:\n  scope: S\n  order: free\n  done-when: claim.ok\n  next: last\n  steps:\n    a: { task: A, by: anna }\n    b: { task: B, by: anna }\nlast: { end: E }',
    ),
    [
      ...['root -> start', 'start -> first', 'first -?-> a', 'first -?-> b', 'first -?-> first): [claim.ok]'],
      ...['a -> first: done', 'b -> first: done', 'first) -> last: completed'],
    ],
  );
});

test('events of the case strike at every step but ends, timers of a scope at every step inside', () => {
  const text =
    'first: { scope: S, start: a, next: last, timers: { after: 1d, to: late }, steps: { a: { task: A, by: anna } } }\nlate: { task: L, by: anna, next: last }\nlast: { end: E }';
  const analyses = analysesOfSteps(text, 'events: { recall: { kind: signal } }\non: { recall: late }\n');
  checkEdges(analyses, ['a -> first): done', 'a -!-> late: timer', 'a -!-> late: recall interrupt'], 'a');
  checkEdges(analyses, [], 'last');
});

test('timers, samples and gates are edges of their own', () => {
  checkEdges(
    analysesOfSteps(
      'first:\n  task: T\n  by: bot\n  timers: [{ after: 1d, to: late, keep: true }, { at: claim.kind, to: late }]\n  sample: { share: 5%, to: look }\n  gate: { on: claim.amount, at-least: 0.8, below: look }\n  next: last\nlate: { end: L }\nlook: { end: K }\nlast: { end: E }',
    ),
    [
      'first -> last: done',
      'first -!-> late: timer',
      'first -!-> late: timer',
      'first -!-> look: low-confidence',
      'first -?-> look: sample',
    ],
    'first',
  );
});

test('backups, fallbacks and escalations are nodes of their own, in turn, and a circle of them ends', () => {
  const actors = 'first: { task: T, by: a, next: last, escalate: [{ to: anna, after: 4h }] }\nlast: { end: E }';
  const text = flow(actors).replace(
    '  anna:',
    '  a: { kind: human, backup: b }\n  b: { kind: human, backup: a }\n  anna:',
  );
  checkEdges(
    analysesOf(text),
    [
      'first -> last: done',
      'first -!-> first/backup: absent',
      'first -!-> first/escalation: escalation',
      'first/backup -> last: done',
      'first/escalation -> last: done',
    ],
    'first',
  );
  const own = text.replace('next: last, esc', 'next: last, on: { absent: last }, esc');
  assert.ok(!analysesOf(own).graph.edges.some(({ to }) => to.takenOver === 'backup'), 'unless on says otherwise');
});

test('a fallback of an agent takes the step over when it is unavailable', () => {
  const text = flow('first: { task: T, by: bot, next: last, on: { error: last } }\nlast: { end: E }').replace(
    'sponsor: anna',
    'sponsor: anna, fallback: anna',
  );
  checkEdges(
    analysesOf(text),
    [
      'first -> last: done',
      'first -!-> last: error',
      'first -!-> first/fallback: unavailable',
      'first/fallback -> last: done',
      'first/fallback -!-> last: error',
    ],
    'first',
  );
});

test('a receiver that refuses sends work elsewhere, before it has begun', () => {
  const text =
    'first: { task: T, by: bot, next: second }\nsecond: { task: S, by: anna, accepts: { ack: 1h, on-reject: third }, next: last }\nthird: { task: X, by: anna, next: last }\nlast: { end: E }';
  checkEdges(analysesOfSteps(text), ['first -> second: done', 'first -!-> third: refused'], 'first');
  checkEdges(
    analysesOfSteps(text.replace('next: second', 'next: { to: second, handoff: { ack: 1h, on-reject: last } }')),
    ['first -> second: done', 'first -!-> last: refused'],
    'first',
  );
});

test('what one place emits and another awaits is a message, also at a start', () => {
  const events = 'events: { paid: { kind: message }, asked: { kind: message } }\n';
  const analyses = analysesOfSteps(
    'first: { task: T, by: anna, emits: [asked], next: hold }\nhold: { wait: W, until: paid, next: last, on: { timeout: last } }\nlast: { end: E }\npay: { task: P, by: robot, emits: [paid], next: last, on: { error: last } }',
    events,
  );
  checkEdges(analyses, ['first -> hold: done'], 'first');
  checkEdges(analyses, ['pay -> last: done', 'pay -!-> last: error', 'pay ~~> hold: paid'], 'pay');
  const woken = analysesOf(
    flow(
      'first: { task: T, by: anna, emits: [asked], next: last }\nlast: { end: E }\npay: { task: P, by: anna, next: last }',
      events,
    ).replace('start: {', 'start:\n  - { on: asked, pool: robot, next: pay }\n  - {'),
  );
  assert.ok(
    woken.graph.edges.some(
      ({ from, to, kind }) => kind === 'message' && from.step?.id === 'first' && to.start?.fields.on?.name === 'asked',
    ),
  );
  assert.equal(woken.graph.root.out.length, 1, 'a start that this file wakes is no way for a case to begin');
});

test('a mention that names nothing adds no edge', () => {
  checkEdges(
    analysesOfSteps(
      'first: { task: T, by: nobody, next: nowhere, on: { error: toString }, timers: { after: 1d, to: __proto__ } }',
    ),
    ['root -> start', 'start -> first'],
  );
});

test('what stop, metrics and monitors lead to counts as reachable', () => {
  const { graph } = analysesOfSteps(
    'first: { end: E }\nsafe: { end: S }\nbreach: { end: B }',
    'stop: { by: anna, safe-state: safe, within: 60s }\nmetrics: [{ id: m, kind: cost, on-breach: breach }]\n',
  );
  assert.deepEqual(
    graph.alsoReachable.map(({ step }) => step.id),
    ['safe', 'breach'],
  );
});

test('a graph of thousands of steps in one chain exhausts nothing', () => {
  const size = 4000;
  const rows = Array.from({ length: size }, (_, i) => `s${i}: { route: R, next: s${i + 1} }`);
  const analyses = analysesOfSteps(['first: { route: F, next: s0 }', ...rows, `s${size}: { end: E }`].join('\n'));
  const end = nodeNamed(analyses, `s${size}`);
  assert.ok(analyses.reachability.isReachable(end) && analyses.dominators.dominates(analyses.graph.root, end));
  assert.equal(analyses.reachability.pathTo(end)?.length, size + 3);
});

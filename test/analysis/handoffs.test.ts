// Handoffs between kinds, teams and trust zones, over points without a performer; with the terms in force.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contractTermsOf } from '../../src/analysis/contract-terms.ts';
import { flow } from '../language/parsing.ts';
import { workedSoFar } from '../support/random-workflow.ts';
import { analysesOf, nodeNamed, nodeShown } from './graph-reading.ts';

const actors = `  ada: { kind: human, team: office }
  ben: { kind: human, team: office }
  cleo: { kind: human, team: lab }
  office: { kind: team, lead: ada }
  bot2: { kind: agent, sponsor: anna }
  shop: { kind: vendor }
  anna:`;

function text(steps: string, rest = ''): string {
  return flow(steps, rest).replace('  anna:', actors);
}

/** `anna>bot` for each handoff, with the points on its way. */
function handoffs(steps: string, rest = ''): readonly string[] {
  return analysesOf(text(steps, rest)).handoffs.map(({ senders, receiver, path }) => {
    const over = path.slice(0, -1).map(({ to }) => nodeShown(to));
    return `${senders.map(({ id }) => id).join('+')}>${receiver.performers.map(({ id }) => id).join('+')}${over.length > 0 ? ` over ${over.join(' ')}` : ''}`;
  });
}

const pair = (by: string, next: string) =>
  `first: { task: T, by: ${by}, next: second }\nsecond: { task: S, by: ${next}, next: last }\nlast: { end: E, informed: anna }`;

test('work that passes to another kind, team or trust zone is a handoff; among equals it is none', () => {
  const table: readonly (readonly [string, string, boolean])[] = [
    ['anna', 'bot', true],
    ['bot', 'anna', true],
    ['anna', 'robot', true],
    ['bot', 'robot', true],
    ['bot', 'bot2', false],
    ['anna', 'anna', false],
    ['anna', 'ada', false],
    ['ada', 'ben', false],
    ['ada', 'cleo', true],
    ['ada', 'office', false],
    ['cleo', 'office', true],
    ['anna', 'client', true],
    ['client', 'shop', true],
    ['shop', 'robot', true],
  ];
  for (const [sender, receiver, expected] of table)
    assert.deepEqual(
      handoffs(pair(sender, receiver)),
      expected ? [`${sender}>${receiver}`] : [],
      `${sender} to ${receiver}`,
    );
});

test('one of several performers on the same side makes it no handoff', () => {
  assert.deepEqual(handoffs(pair('[anna, bot]', 'bot')), []);
  assert.deepEqual(handoffs(pair('anna', '[bot, robot]')), ['anna>bot+robot']);
});

test('routes, waits and scopes are passed over, ends receive nothing', () => {
  assert.deepEqual(
    handoffs(
      'first: { task: T, by: anna, next: r }\nr: { route: R, next: w }\nw: { wait: W, for: 1d, next: s }\ns: { scope: S, start: in, next: last, steps: { in: { task: I, by: bot } } }\nlast: { task: L, by: anna, next: out }\nout: { end: O }',
    ),
    ['anna>bot over r w s', 'bot>anna over s)'],
  );
});

test('at a start the sender is from, after a wait for an event whoever sends it', () => {
  assert.deepEqual(
    analysesOf(
      text('first: { task: T, by: anna, next: first }').replace('start: {', 'start: { from: client,'),
    ).handoffs.map(({ senders }) => senders[0]?.id),
    ['client'],
  );
  assert.deepEqual(
    handoffs(
      'first: { wait: W, until: paid, next: second, within: 1d, on: { timeout: third } }\nsecond: { task: S, by: anna, next: second }\nthird: { task: T, by: anna, next: third }',
      'events: { paid: { kind: message, from: shop } }\n',
    ),
    ['shop>anna'],
  );
  assert.deepEqual(
    handoffs(
      'first: { task: T, by: bot, next: hold }\nhold: { wait: W, from: client, within: 1d, next: second, on: { timeout: third } }\nsecond: { task: S, by: anna, next: second }\nthird: { task: T, by: anna, next: third }',
    ),
    ['client>anna', 'bot>anna over hold'],
  );
});

test('a way with a contract and a way without are told apart', () => {
  const found = analysesOf(
    text(
      'first: { task: T, by: anna, next: [{ label: a, to: second, handoff: { ack: 1h } }, { label: b, to: r }] }\nr: { route: R, next: second }\nsecond: { task: S, by: bot, next: second }',
    ),
  ).handoffs;
  assert.deepEqual(found.map(({ hasContract, path }) => `${hasContract} ${path.length}`).sort(), ['false 2', 'true 1']);
});

test('terms on the edge lie over those the receiver accepts, and inline terms over named ones', () => {
  const { handoffs: found, workflow } = analysesOf(
    text(
      'first: { task: T, by: anna, next: { to: second, handoff: { label: fast } } }\nsecond: { task: S, by: bot, accepts: [std, { ack: 2h }], next: second }',
      'handoffs: { std: { ack: 1d, payload: [claim] } }\n',
    ),
  );
  const terms = found[0]?.terms;
  assert.equal((terms?.ack?.value as { minutes: number } | undefined)?.minutes, 120);
  assert.equal(terms?.label?.value, 'fast');
  assert.deepEqual(
    terms?.payload?.map(({ name }) => name),
    ['claim'],
  );
  assert.deepEqual(contractTermsOf(undefined, workflow), {});
  assert.ok(found[0]?.betweenHumanAndAi && found[0].hasContract && !found[0].isUnknown);
});

test('a contract that nothing declares is not known', () => {
  const { handoffs: found } = analysesOf(
    text('first: { task: T, by: anna, next: second }\nsecond: { task: S, by: bot, accepts: gone, next: second }'),
  );
  assert.equal(found[0]?.isUnknown, true);
});

test('a take-over of the same step and a refusal are no handoffs', () => {
  const taken = text('first: { task: T, by: bot, next: last, on: { error: last } }\nlast: { end: E }').replace(
    'agent, sponsor: anna }',
    'agent, sponsor: anna, fallback: anna }',
  );
  assert.deepEqual(analysesOf(taken).handoffs, []);
  assert.deepEqual(
    handoffs(
      'first: { task: T, by: bot, next: second }\nsecond: { task: S, by: robot, accepts: { ack: 1h, on-reject: third }, next: last }\nthird: { task: X, by: anna, next: last }\nlast: { end: E }',
    ),
    ['bot>robot'],
  );
});

test('handoffs behind a long row of routes are found in time', () => {
  const size = 2000;
  const rows = Array.from({ length: size }, (_, i) => `r${i}: { route: R, next: r${i + 1} }`);
  const analyses = analysesOf(
    text(
      ['first: { task: T, by: anna, next: r0 }', ...rows, `r${size}: { task: L, by: bot, next: r${size} }`].join('\n'),
    ),
  );
  const begin = workedSoFar();
  assert.equal(analyses.handoffs[0]?.path.length, size + 1);
  assert.ok(workedSoFar() - begin < 2000);
  assert.equal(nodeNamed(analyses, `r${size}`).performers[0]?.id, 'bot');
});

test('out of a scope of free order hands over whoever works in it, and nobody from before', () => {
  const found = handoffs(
    `first: { task: F, by: client, next: work }
work: { scope: W, order: free, done-when: "true", steps: { draft: { task: D, by: bot }, look: { task: L, by: anna } }, next: check }
check: { task: C, by: robot, next: last }
last: { end: E }`,
  );
  assert.deepEqual(found.filter((one) => one.includes('>robot')).sort(), [
    'anna>robot over work work)',
    'bot>robot over work work)',
  ]);
});

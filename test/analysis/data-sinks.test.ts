// Data sinks: who and what gets to see which data, and which of them are not cleared for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataSinks } from '../../src/analysis/data-sinks.ts';
import { overCleared, regionFault } from '../../src/analysis/over-cleared.ts';
import { flow } from '../language/parsing.ts';
import { analysesOf } from './graph-reading.ts';

const declarations = `data: { a: { class: internal }, b: { class: personal } }
stores: { box: { kind: record, clearance: internal, region: us }, log: { kind: log } }
events: { told: { kind: message, to: shop, gives: [b] } }
`;

function read(steps: string) {
  const text = flow(steps)
    .replace('  anna:', '  shop: { kind: vendor }\n  anna:')
    .replace(/\ndata:[^\n]*(\n {2}[^\n]*)*/, '');
  return analysesOf(`${text}\n${declarations}`);
}

/** `shop reads a`. */
function sinks(keys: string): readonly string[] {
  const found = dataSinks(read(`first: { task: T, ${keys}, next: last }\nlast: { end: E }`));
  return found.map(({ to, how, path }) => `${'actor' in to ? to.actor.id : to.store.id} ${how} ${path}`);
}

test('those at work see what the step reads and judges, each once', () => {
  assert.deepEqual(sinks('by: [anna, shop], reads: [a, b], reviews: [a]'), [
    'anna reads a',
    'anna reads b',
    'shop reads a',
    'shop reads b',
  ]);
  assert.deepEqual(sinks('by: anna, assisted-by: [bot], reads: [a.x]'), ['anna reads a.x', 'bot reads a.x']);
});

test('messages, events, stores and logs get what is named for them; other effects and whole readings do not go out', () => {
  assert.deepEqual(
    sinks('by: anna, effects: [{ kind: message, to: shop, uses: [a] }, { kind: payment, to: shop, uses: [b] }]'),
    ['shop is sent a'],
  );
  assert.deepEqual(sinks('by: anna, emits: [told]'), ['shop is sent b']);
  assert.deepEqual(
    sinks('by: anna, effects: [{ kind: record, to: box, uses: [b] }], log: { to: log, fields: [case, a] }'),
    ['box keeps b', 'log keeps a'],
  );
});

test('what is above the clearance is over it; a store that says nothing takes all', () => {
  const found = overCleared(
    read(`first: { task: T, by: shop, reads: [a], effects: [{ kind: record, to: box, uses: [a, b] }], log: { to: log, fields: [b] }, next: last }
last: { end: E }`),
  );
  assert.deepEqual(
    found.map(({ sink: { to, path } }) => `${'actor' in to ? to.actor.id : to.store.id} ${path}`),
    ['shop a', 'box b'],
  );
  const box = found[1]?.sink.to;
  assert.equal(box && regionFault(box), undefined);
});

// Channels: messages between machines and vendors, with the channel of the contract or of the event they come by.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingParts, zoneMessages } from '../../src/analysis/channels.ts';
import { flow } from '../language/parsing.ts';
import { analysesOf } from './graph-reading.ts';

/** `bot>shop at second: auth integrity`. */
function messages(steps: string, events = ''): readonly string[] {
  const text = flow(steps).replace('  anna:', '  shop: { kind: vendor }\n  anna:');
  return zoneMessages(analysesOf(`${text}\n${events}`)).map(({ machine, vendor, toVendor, step, channel }) => {
    const ends = toVendor ? [machine.id, vendor.id] : [vendor.id, machine.id];
    return `${ends.join('>')} at ${step.id}: ${missingParts(channel)?.join(' ') ?? 'unknown'}`;
  });
}

const pair = (one: string, two: string, accepts: string) =>
  `first: { task: T, by: ${one}, next: second }\nsecond: { task: S, by: ${two}, accepts: { ack: 1h${accepts} }, next: last }\nlast: { end: E }`;

test('work that passes between a machine and a vendor is a message; between people and a vendor it is none', () => {
  assert.deepEqual(messages(pair('bot', 'shop', '')), ['bot>shop at second: auth integrity schema']);
  assert.deepEqual(messages(pair('shop', 'robot', ', channel: { auth: a, schema: s }')), [
    'shop>robot at second: integrity',
  ]);
  assert.deepEqual(messages(pair('bot', 'shop', ', channel: queue')), ['bot>shop at second: unknown']);
  assert.deepEqual(messages(pair('anna', 'shop', '')), []);
  assert.deepEqual(messages(pair('bot', 'robot', '')), []);
});

test('an event that a machine emits to a vendor is a message with the channel of the event', () => {
  assert.deepEqual(
    messages(
      'first: { task: T, by: bot, emits: [told], next: last }\nlast: { end: E }',
      'events: { told: { kind: message, to: shop, channel: { auth: a, integrity: i, schema: s } } }',
    ),
    ['bot>shop at first: '],
  );
});

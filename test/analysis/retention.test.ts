// How long things are kept: short forms, the stricter of two, and where a minimum meets a maximum.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataRetention, periodText, retentionConflicts, storeRetention } from '../../src/analysis/retention.ts';
import { analysesOf } from './graph-reading.ts';

test('a single duration is a minimum for logs and records, and a maximum elsewhere', () => {
  const { workflow } = analysesOf(`aiwf: 1
library: l
data: { note: { retain: 30d }, both: { retain: { min: 1d, max: 2d } }, none: {} }
stores: { log: { kind: log, retain: 7y }, record: { kind: record, retain: 7y }, memory: { kind: memory, retain: 7y } }
`);
  const shown = ({ min, max }: ReturnType<typeof dataRetention>) => `${min?.text ?? '-'} ${max?.text ?? '-'}`;
  const data = (id: string) => shown(dataRetention(workflow.data.get(id) ?? assert.fail()));
  const store = (id: string) => shown(storeRetention(workflow.stores.get(id) ?? assert.fail()));
  assert.deepEqual(['note', 'both', 'none'].map(data), ['- 30d', '1d 2d', '- -']);
  assert.deepEqual(['log', 'record', 'memory'].map(store), ['7y -', '7y -', '- 7y']);
});

test('one conflict for each log that copies the data, however many steps share it', () => {
  const { workflow, graph } = analysesOf(`aiwf: 1
workflow: w
actors: { ada: { kind: human } }
data: { note: { retain: 30d } }
stores: { log: { kind: log } }
defaults: { log: { to: log, fields: [note], retain: 1y } }
start: { gives: [note], next: a }
steps:
  a: { task: A, by: ada, next: b }
  b: { task: B, by: ada, next: c }
  c: { task: C, by: ada, log: { to: log, fields: [note], retain: 2y }, next: z }
  z: { end: Z }
`);
  assert.deepEqual(
    retentionConflicts(workflow, graph).map(({ kept, deleted }) => `${kept.where} ${kept.text} > ${deleted.text}`),
    ["log of 'a' 1y > 30d", "log of 'c' 2y > 30d"],
  );
});

test('periods that nobody wrote down are written in the largest unit that fits', () => {
  const day = 24 * 60;
  assert.deepEqual([7 * 365 * day, 180 * day, 45 * day, 100].map(periodText), ['7y', '6mo', '45d', '1d']);
});

// Classes and labels of data: what is declared, and what flows there unless it is redacted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { above, classesOf, classIn } from '../../src/analysis/classes.ts';
import { flow } from '../language/parsing.ts';
import { analysesOf, nodeNamed } from './graph-reading.ts';

const data = `data:
  low: { class: internal }
  mid: { class: confidential, labels: [secret] }
  high: { class: personal }
  free: {}
`;

/** Class and labels of `path` on entry to the step `last`. */
function at(steps: string, path: string): string {
  const analyses = analysesOf(`${flow(steps).replace(/\ndata:[^\n]*(\n {2}[^\n]*)*/, '')}\n${data}`);
  const classes = classesOf(analyses);
  const bits = classes.bitsOf(nodeNamed(analyses, 'last'), path, 'at');
  return [classIn(bits), ...classes.labelsIn(bits)].join(' ');
}

const write = (keys: string) => `first: { task: T, by: anna, ${keys}, next: last }\nlast: { end: E }`;

test('data has what is declared of it, and what it is made of', () => {
  assert.equal(at(write('reads: [low]'), 'high'), 'personal');
  assert.equal(at(write('reads: [low]'), 'free'), 'public');
  assert.equal(at(write('reads: [high, mid], writes: [low]'), 'low'), 'personal secret');
  assert.equal(at(write('reads: [high, mid], writes: { low: [mid], free: [high] }'), 'low'), 'confidential secret');
  assert.equal(at(write('reads: [high, mid], writes: { low: [mid], free: [high] }'), 'free.part'), 'personal');
});

test('an error leaves data as it was, and each way that leads to a place counts', () => {
  const steps = (on: string) => `first: { task: T, by: anna, reads: [high], writes: [low], on: { ${on} }, next: second }
second: { task: S, by: anna, reads: [mid], writes: [low], next: last }
last: { end: E }`;
  assert.equal(at(steps('error: second'), 'low'), 'confidential secret');
  assert.equal(at(steps('skip: last, error: last'), 'low'), 'confidential secret');
  assert.equal(at(steps('done: last').replace(', next: second', ''), 'low'), 'personal');
});

test('what is redacted whole leaves nothing; of the rest, the class declared of the output is believed', () => {
  assert.equal(at(write('reads: [high, mid], redacts: [high], writes: [low]'), 'low'), 'confidential secret');
  assert.equal(at(write('reads: [high], redacts: [high.name], writes: [low]'), 'low'), 'internal');
  assert.equal(at(write('reads: [mid], redacts: [secret], writes: [low]'), 'low'), 'internal');
  assert.equal(at(write('reads: [high], redacts: [names], writes: [free]'), 'free'), 'public');
});

test('classes are ordered', () => {
  assert.equal(classIn(above('internal')), 'special-category');
  assert.equal(above('special-category'), 0);
});

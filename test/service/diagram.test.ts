// The diagram of a document: positions of the text, a reason where the text is broken, nothing for a library.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMarked } from '../support/service.ts';

const text = `aiwf: 1
workflow: w
title: A title
actors: { clerk: { kind: human } }
start: { on: manual, next: a }
steps:
  a: { task: Work, by: clerk, next: b }
  b: { end: B }
`;

test('nodes and edges stand where the text says', () => {
  const { service, uri } = openMarked(text);
  const answer = service.diagram(uri);
  assert.equal(answer?.version, 1);
  assert.equal(answer?.broken, undefined);
  assert.equal(answer?.diagram.title, 'A title');
  const node = answer?.diagram.nodes.find(({ id }) => id === 'a');
  assert.deepEqual(node?.range, { start: { line: 6, character: 2 }, end: { line: 6, character: 3 } });
  assert.ok(answer?.diagram.edges.some(({ from, to }) => from === 'a' && to === 'b'));
});

test('a broken text has a picture of what can be read, and says so', () => {
  const { service, uri } = openMarked(`${text}  c: { task: "open\n`);
  const answer = service.diagram(uri);
  assert.match(answer?.broken ?? '', /^Line \d+: .*quote/);
  assert.ok(answer?.diagram.nodes.some(({ id }) => id === 'a'));
});

test('a library has none', () => {
  const { service, uri } = openMarked('aiwf: 1\nlibrary: people\nactors: {}\n');
  assert.equal(service.diagram(uri), null);
});

test('an empty file has an empty one', () => {
  const { service, uri } = openMarked('');
  assert.deepEqual(service.diagram(uri)?.diagram.edges, []);
});

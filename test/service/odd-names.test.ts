// Names that mean something to a pattern are names like any others: nothing breaks, and no rule reports that it failed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMarked, renamedIn } from '../support/service.ts';

test('an id with signs of a pattern can be renamed', () => {
  const files = renamedIn(
    'aiwf: 1\nworkflow: w\ndata:\n  r(e<|>ply: {}\nsteps:\n  a: { task: A, reads: ["r(eply"] }\n',
    'reply',
  );
  assert.ok(files instanceof Map);
  assert.match(files.get('main.aiwf.yaml') ?? '', /reply: \{\}[\s\S]*reads: \["reply"\]/);
});

test('the element of a list, so named, has its fields looked for', () => {
  const { service, uri, position } = openMarked(
    'aiwf: 1\nworkflow: w\ndata: { c: { fields: { l: [{ p: number }] } } }\nsteps:\n  a: { task: A, for-each: { item: "x(", in: c.l }, reads: ["x(.<|>p"] }\n',
  );
  assert.doesNotThrow(() => service.definition(uri, position, false));
});

test('a mention, in a text that is no YAML', () => {
  const { service, uri } = openMarked('aiwf: 1\nworkflow: w\nsteps:\n  a: { task: A, by: "b(", next: "c[" }\n  d: [\n');
  const messages = service.diagnostics(uri)?.diagnostics.map(({ message }) => message) ?? [];
  assert.deepEqual(
    messages.filter((message) => /regular expression|internal/i.test(String(message))),
    [],
  );
});

// Outline: sections, what they declare, steps with the steps inside them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DocumentSymbol } from 'vscode-languageserver-types';
import { openMarked } from '../support/service.ts';

function outline(text: string): string {
  const { service, uri } = openMarked(text);
  const lines = (symbols: readonly DocumentSymbol[], indent: string): string[] =>
    symbols.flatMap(({ name, detail, children, range, selectionRange }) => {
      assert.ok(range.start.line <= selectionRange.start.line && selectionRange.end.line <= range.end.line);
      return [`${indent}${name}${detail ? ` (${detail})` : ''}`, ...lines(children ?? [], `${indent}  `)];
    });
  return lines(service.symbols(uri), '').join('\n');
}

test('sections and nested steps', () => {
  const text = `aiwf: 1
workflow: w
actors: { clerk: { kind: human }, bot: { kind: agent } }
data: { claim: { class: personal }, note: {} }
start: { next: work }
steps:
  work:
    scope: Work
    start: inner
    steps:
      inner: { task: Inner, by: [bot, clerk] }
  done: { end: Done }
`;
  assert.equal(
    outline(text),
    `workflow (w)
actors
  clerk (human)
  bot (agent)
data
  claim (personal)
  note
start
steps
  work (scope)
    inner (task · bot, clerk)
  done (end)`,
  );
});

test('half-typed files have the outline they can', () => {
  assert.equal(outline('aiwf: 1\nsteps:\n  a:\n    task: A\n    ne\n  b:'), 'steps\n  a (task)\n  b');
  assert.equal(outline('- a'), '');
  assert.equal(outline(''), '');
  assert.equal(outline('aiwf: 1\nsteps: { "": { task: x } }'), 'steps\n  (empty) (task)');
});

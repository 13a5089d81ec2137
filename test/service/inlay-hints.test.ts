// Inlay hints: what is shown where, where a click on it leads, and that each kind can be turned off.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InlayHintLabelPart } from 'vscode-languageserver-types';
import { lineStartsOf } from '../../src/language/source.ts';
import { toOffset } from '../../src/service/positions.ts';
import { openMarked } from '../support/service.ts';

const all = { accountable: true, targets: true, dataClass: true };

/** The text with its hints in ‹ ›. */
function hinted(marked: string, options = all, lines?: readonly [number, number]): string {
  const { service, uri, file } = openMarked(marked);
  const [first, last] = lines ?? [0, 9999];
  const range = { start: { line: first, character: 0 }, end: { line: last, character: 0 } };
  const at = { text: file.text, lineStarts: lineStartsOf(file.text) };
  return service.inlayHints(uri, range, options).reduceRight((text, { position, label }) => {
    const offset = toOffset(at, position);
    return `${text.slice(0, offset)}‹${(label as InlayHintLabelPart[]).map(({ value }) => value).join('')}›${text.slice(offset)}`;
  }, file.text);
}

const text = `aiwf: 1
workflow: w
use: [./people.aiwf.yaml]
accountable: lead
actors:
  bot: { kind: agent, sponsor: lead }
data:
  claim: { class: personal }
  note: { trust: trusted }
  summary: { class: internal }
  plain:
    trust: trusted
start: { on: manual, gives: [claim], next: draft }
steps:
  draft:
    task: Draft the answer
    by: bot
    reads: [claim]
    writes: [note, summary, plain]
    next: check
    on: { error: { to: check, max: 3, exhausted: done } }
  check: { approval: Look at it, by: lead, accountable: lead, on: { approve: done, reject: [{ when: true, to: draft }] } }
  send: { task: send, by: lead, next: done }
  done: { end: Done }
#- people.aiwf.yaml
aiwf: 1
library: people
actors:
  lead: { kind: human, holders: 2 }
`;

test('who answers for a step that names nobody', () => {
  const shown = hinted(text, { ...all, targets: false, dataClass: false });
  assert.ok(shown.includes('  draft:‹accountable: lead›\n'), shown);
  assert.ok(shown.includes('next: done }‹accountable: lead›\n'), shown);
  assert.equal(shown.match(/‹/g)?.length, 2, 'none where it is named, none at an end');
});

test('what a target is called, where its title says more than its id', () => {
  const shown = hinted(text, { ...all, accountable: false, dataClass: false });
  assert.ok(shown.includes('next: check‹Look at it›'), shown);
  assert.ok(shown.includes('error: { to: check‹Look at it›, max: 3, exhausted: done }'), shown);
  assert.ok(shown.includes('next: draft‹Draft the answer› }'), shown);
  assert.ok(shown.includes('approve: done, reject: [{ when: true, to: draft‹Draft the answer› }]'), shown);
  assert.equal(shown.match(/‹/g)?.length, 4);
});

test('a title stands once in a line', () => {
  const shown = hinted(
    'aiwf: 1\nsteps:\n  a: { approval: A, on: { approve: b, modify: b } }\n  b: { end: All is well }\n',
  );
  assert.ok(shown.includes('approve: b‹All is well›, modify: b }'), shown);
});

test('the class that flows into data that declares none, or a lower one', () => {
  const shown = hinted(text, { ...all, accountable: false, targets: false });
  assert.ok(shown.includes('note: { trust: trusted }‹class: personal›'), shown);
  assert.ok(shown.includes('summary: { class: internal‹computed: personal› }'), shown);
  assert.ok(shown.includes('  plain:‹class: personal›\n'), shown);
  assert.equal(shown.match(/‹/g)?.length, 3, 'what is declared high enough has none');
});

test('a click leads to the declaration, also in another file', () => {
  const { service, uri } = openMarked(text);
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const places = service
    .inlayHints(uri, range, all)
    .flatMap(({ label }) => (label as InlayHintLabelPart[]).flatMap(({ location }) => location ?? []));
  const found = new Set(
    places.map(({ uri: at, range: { start } }) => `${at.replace('file:///work/', '')}:${start.line + 1}`),
  );
  assert.deepEqual([...found].sort(), ['main.aiwf.yaml:15', 'main.aiwf.yaml:22', 'people.aiwf.yaml:4']);
});

test('only within the lines that are asked for', () => {
  assert.equal(hinted(text, all, [0, 5]).match(/‹/g), null);
  assert.equal(hinted(text, { accountable: false, targets: false, dataClass: false }).match(/‹/g), null);
});

test('half-typed steps, data and targets', () => {
  for (const broken of [
    'steps:\n  a:',
    'accountable: x\nsteps:\n  a:\n    task',
    'accountable: [\nsteps: { a: { task: A, next: ',
    'data:\n  x:\n  y: {',
    'accountable: a\nsteps:\n  a: { task: Long title, next: a',
  ])
    assert.doesNotThrow(() => hinted(`aiwf: 1\nworkflow: w\n${broken}`), broken);
  assert.match(hinted('aiwf: 1\nsteps:\n  a: { task: Long title, next: a'), /next: a‹Long title›/);
});

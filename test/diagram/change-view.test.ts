// The picture of a change: what came, what went, what is different in words, a rename as a rename, and lost controls first.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChangeView } from '../../src/picture/views.ts';
import { openMarked } from '../support/service.ts';

const text = `aiwf: 1
workflow: w
title: Reply
accountable: boss
actors:
  boss: { kind: human, title: The boss }
  clerk: { kind: human }
  bot: { kind: agent, autonomy: L3 }
data: { reply: { class: internal } }
start: { on: manual, next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [reply], within: 1h, next: sign }
  sign: { approval: Sign, by: boss, covers: [reply], on: { approve: send, reject: draft } }
  send: { task: Send, by: clerk, reads: [reply], effects: [{ kind: message-out, irreversible: true, consumes: [reply] }], next: done }
  done: { end: Sent }
`;

function change(before: string | null, after: string): ChangeView {
  const { service, uri } = openMarked(after);
  const view = service.diagram(uri, { view: 'change', base: { name: 'HEAD', text: before } })?.view;
  assert.equal(view?.view, 'change');
  return view as ChangeView;
}

function notes(view: ChangeView): readonly string[] {
  return view.notes.map((note) => `${note.kind}: ${note.text}`);
}

test('the same text has no change, whatever its white space', () => {
  const view = change(text, `${text}\n# a comment\n`);
  assert.deepEqual([view.nodes, view.edges, view.notes, view.base], [{}, {}, [], 'HEAD']);
});

test('an approval that is gone: the loss comes first, the step stays in the picture as removed', () => {
  const after = text.replace(/^ {2}sign: .*\n/m, '').replace('next: sign', 'next: send');
  const view = change(text, after);
  assert.match(notes(view)[0] ?? '', /^control-lost: The message-out of 'send' lost the approval of 'reply'/);
  assert.equal(view.notes[0]?.node, 'send');
  assert.ok(notes(view).includes('removed: “Sign” is gone.'));
  assert.equal(view.nodes.sign, 'removed');
  const ids = view.picture.nodes.map(({ id }) => id);
  assert.deepEqual(ids, ['start:0', 'draft', 'sign', 'send', 'done'], 'it stands where it stood');
  const gone = view.picture.edges.filter(({ id }) => view.edges[id] === 'removed');
  assert.deepEqual(gone.map(({ from, to }) => `${from} ${to}`).sort(), ['draft sign', 'sign draft', 'sign send']);
  const came = view.picture.edges.filter(({ id }) => view.edges[id] === 'added');
  assert.deepEqual(
    came.map(({ from, to }) => `${from} ${to}`),
    ['draft send'],
  );
  assert.ok(
    view.picture.lanes.some(({ id }) => id === 'boss'),
    'its lane is drawn as well',
  );
});

test('what is different of a step and an actor is said in words', () => {
  const after = text
    .replace('task: Draft, by: bot, mode: ai-executed', 'task: Write, by: clerk')
    .replace('within: 1h', 'within: 2h')
    .replace('autonomy: L3', 'autonomy: L4')
    .replace('clerk: { kind: human }', 'clerk: { kind: human, title: The clerk }');
  const view = change(text, after);
  assert.equal(view.nodes.draft, 'changed');
  for (const said of [
    'changed: “Write”: the title was “Draft” and is “Write”.',
    'changed: “Write”: the performer was “bot” and is “The clerk”.',
    'changed: “Write”: the mode “ai-executed” is gone.',
    'changed: “Write”: the time limit was “1h” and is “2h”.',
    'changed: “bot”: the autonomy was “L3” and is “L4”.',
    'changed: “clerk” is now called “The clerk”.',
  ])
    assert.ok(notes(view).includes(said), `${said}\n${notes(view).join('\n')}`);
});

test('another id is a rename, and no step comes or goes', () => {
  const view = change(text, text.replaceAll('sign', 'approve-reply'));
  assert.deepEqual(view.nodes, { 'approve-reply': 'changed' });
  assert.deepEqual(view.edges, {});
  assert.ok(notes(view).includes('changed: “Sign”: the id was “sign” and is “approve-reply”.'));
  assert.ok(!notes(view).some((note) => /is new|is gone/.test(note)));
});

test('a new approval is a control that came; a way that is gone is said', () => {
  const without = text.replace(/^ {2}sign: .*\n/m, '').replace('next: sign', 'next: send');
  const view = change(without, text);
  assert.equal(view.notes[0]?.kind, 'control-added');
  assert.equal(view.nodes.sign, 'added');
  assert.ok(notes(view).some((note) => /^removed: The handoff from “Draft” to “Send” is gone\.$/.test(note)));
});

test('without an earlier revision everything is new', () => {
  const view = change(null, text);
  const { nodes, edges } = view.picture;
  assert.ok(nodes.every(({ id }) => view.nodes[id] === 'added'));
  assert.ok(edges.every(({ id }) => view.edges[id] === 'added'));
  assert.ok(!view.notes.some(({ kind }) => kind === 'control-lost'));
});

test('a broken earlier revision does not throw, and no revision asked for is no view', () => {
  assert.equal(change('steps: [', text).view, 'change');
  const { service, uri } = openMarked(text);
  assert.equal(service.diagram(uri, { view: 'change' })?.view, undefined);
});

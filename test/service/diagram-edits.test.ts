// Steps appended and connected in the picture, before and after in the text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { PictureChange } from '../../src/picture/picture-change.ts';
import { openMarked } from '../support/service.ts';

const text = `aiwf: 1
workflow: claim
title: Claim
accountable: lead
actors:
  customer: { kind: external }
  lead: { kind: human }
  clerk: { kind: human }
start: { on: manual, from: customer, next: look }
steps:
  look: # first of all
    task: Look at the claim
    by: clerk
    within: 1d
    next: approve
  approve:
    approval: Approve the payout
    by: lead
    on:
      approve: done # paid by the bank
      modify: done
      reject: look
  done: { end: Settled }
`;

function change(asked: PictureChange): string {
  const { service, uri } = openMarked(text);
  const answer = service.editDiagram({ uri, version: 1, change: asked });
  return 'refused' in answer
    ? `refused: ${answer.refused}`
    : TextDocument.applyEdits(TextDocument.create(uri, 'aiwf', 1, text), [...answer.edits]);
}

/** Lines of the text after the change that were not there before, and those that are gone. */
function difference(asked: PictureChange): readonly string[] {
  const after = change(asked);
  if (after.startsWith('refused')) return [after];
  const [old, now] = [text.split('\n'), after.split('\n')];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line.trim()}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line.trim()}`),
  ];
}

test('a step is appended behind another and leads on to where that one led', () => {
  const lines = difference({ kind: 'append', node: 'look', title: 'Sort the papers' });
  assert.ok(lines.includes('- next: approve') || lines.includes('+ next: sort-the-papers'), lines.join('\n'));
  assert.ok(lines.includes('+ task: Sort the papers'), lines.join('\n'));
  const after = change({ kind: 'append', node: 'look', title: 'Sort the papers' });
  assert.ok(after.includes('# first of all') && after.includes('# paid by the bank'));
});

test('two steps are connected by an outcome that leads nowhere yet', () => {
  const lines = difference({ kind: 'connect', from: 'look', to: 'done', outcome: 'timeout' });
  assert.deepEqual(lines, ['+ on: { timeout: done }']);
});

test('an outcome that leads somewhere already is not bent without a word', () => {
  const answer = change({ kind: 'connect', from: 'approve', to: 'look', outcome: 'approve' });
  assert.match(answer, /^refused: /);
});

test('nothing leads on from an end', () => {
  assert.match(change({ kind: 'connect', from: 'done', to: 'look' }), /^refused: /);
  assert.match(change({ kind: 'append', node: 'done', title: 'More' }), /^refused: /);
});

test('a step or version that is not there is refused', () => {
  assert.match(change({ kind: 'connect', from: 'nobody', to: 'look' }), /^refused: /);
  const { service, uri } = openMarked(text);
  assert.ok('refused' in service.editDiagram({ uri, version: 7, change: { kind: 'delete', node: 'look' } }));
});

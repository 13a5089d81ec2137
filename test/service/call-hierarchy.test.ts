// Call hierarchy: from where work comes to a step, where it goes and at what, into sub-workflows and back.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CallHierarchyItem } from 'vscode-languageserver-types';
import { openMarked } from '../support/service.ts';

const files = `aiwf: 1
workflow: main
actors:
  clerk: { kind: human, holders: 2, backup: deputy }
  deputy: { kind: human, holders: 1 }
  bot: { kind: agent, sponsor: clerk, fallback: clerk }
data: { claim: { fields: { amount: number } } }
events: { paid: { kind: message, from: clerk } }
start: { on: paid, gives: [claim], next: draft }
steps:
  draft:
    task: Draft it
    by: bot
    next:
      - when: claim.amount > 3
        to: check
      - else: pay
    on: { error: check }
  check: { approval: Check it, by: clerk, covers: [claim], within: 4h, on: { approve: pay, reject: draft, timeout: draft } }
  pay: { call: ./payout.aiwf.yaml, next: done }
  again: { call: payout, next: done }
  done: { end: Done }
#- payout.aiwf.yaml
aiwf: 1
workflow: payout
start: { next: transfer }
steps:
  transfer: { task: Transfer, next: end }
  end: { end: Paid }
`;

function asked(marked: string) {
  const { service, uri, position } = openMarked(marked);
  const [item] = service.prepareCallHierarchy(uri, position) ?? [];
  const incoming = (of: CallHierarchyItem) =>
    service.incomingCalls(of).map(({ from, fromRanges }) => `${from.name} [${from.detail}] ${fromRanges.length}`);
  const outgoing = (of: CallHierarchyItem) =>
    service.outgoingCalls(of).map(({ to, fromRanges }) => `${to.name} [${to.detail}] ${fromRanges.length}`);
  return { service, item, incoming, outgoing };
}

/** Asked at the first character of \`word\` in \`where\`. */
function at(where: string, word = where) {
  assert.ok(files.includes(where), where);
  const offset = files.indexOf(where) + where.lastIndexOf(word);
  const found = asked(`${files.slice(0, offset)}<|>${files.slice(offset)}`);
  assert.ok(found.item, `no item at '${where}'`);
  return { ...found, item: found.item };
}

describe('steps', () => {
  test('where work comes from, with outcome or condition', () => {
    const { item, incoming } = at('  draft:\n', 'draft');
    assert.equal(item.name, 'draft');
    assert.equal(item.detail, 'Draft it');
    assert.deepEqual(incoming(item), ['main [start: paid] 1', 'check [reject · timeout] 2']);
  });
  test('where work goes', () => {
    const { item, outgoing } = at('to: check', 'check');
    assert.equal(item.name, 'check');
    assert.deepEqual(outgoing(item), ['pay [approve] 1', 'draft [reject · timeout] 2']);
    const draft = at('next: draft', 'draft');
    const [check, pay] = draft.outgoing(draft.item);
    assert.match(check ?? '', /^check \[.*claim\.amount > 3.*error.*\] 2$/);
    assert.match(pay ?? '', /^pay \[.+\] 1$/);
  });
  test('the step around, where the cursor names none', () => {
    assert.equal(at('by: bot\n', 'by').item.name, 'draft');
  });
  test('ranges stand in the file of the caller, and the whole step holds its name', () => {
    const { service, item } = at('done: { end', 'done');
    const calls = service.incomingCalls(item);
    assert.deepEqual(
      calls.map(({ from }) => from.name),
      ['pay', 'again'],
    );
    for (const { from, fromRanges } of calls) {
      assert.ok(
        fromRanges.every(({ start, end }) => start.line >= from.range.start.line && end.line <= from.range.end.line),
      );
      assert.ok(from.selectionRange.end.line <= from.range.end.line);
    }
  });
});

describe('sub-workflows', () => {
  test('a call leads into the workflow it names, by path or id', () => {
    for (const where of ['pay: { call', 'again: { call']) {
      const { service, item, outgoing } = at(where);
      assert.deepEqual(outgoing(item), ['payout [workflow] 1', 'done [completed] 1']);
      const callee = service.outgoingCalls(item)[0]?.to;
      assert.ok(callee);
      assert.deepEqual(outgoing(callee), ['transfer [start: manual] 1']);
    }
  });
  test('a workflow leads back to the steps that call it', () => {
    const { service, item, incoming } = at('./payout.aiwf.yaml');
    assert.equal(item.name, 'payout');
    assert.deepEqual(incoming(item), ['pay [./payout.aiwf.yaml] 1', 'again [payout] 1']);
    const [transfer] = service.outgoingCalls(item);
    assert.ok(transfer);
    assert.deepEqual(incoming(transfer.to), ['payout [start: manual] 1']);
  });
  test('the id of the workflow itself', () => {
    assert.equal(at('workflow: main', 'main').item.name, 'main');
    const { item, outgoing } = at('workflow: main', 'main');
    assert.deepEqual(outgoing(item), ['draft [start: paid] 1']);
  });
});

test('nothing where there is no step, and no trouble with what is gone or half typed', () => {
  assert.equal(asked('ai<|>wf: 1\nworkflow: w\n').item, undefined);
  const { service, item } = at('  draft:\n', 'draft');
  assert.deepEqual(service.incomingCalls({ ...item, uri: 'file:///gone.aiwf.yaml' }), []);
  assert.deepEqual(service.outgoingCalls({ ...item, data: { step: 'gone' } }), []);
  assert.deepEqual(service.outgoingCalls({ ...item, data: undefined }), service.outgoingCalls({ ...item, data: {} }));
  const half = asked('aiwf: 1\nsteps:\n  a<|>: { task: A, next: [a, { to: b');
  assert.ok(half.item);
  assert.deepEqual(half.incoming(half.item).length, 1);
});

// Whether a role may take an outcome with the values that can come to it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorityAdmits, authorityAnswer } from '../../src/analysis/authority.ts';
import { flow } from '../language/parsing.ts';
import { analysesOf, nodeNamed, nodeShown } from './graph-reading.ts';

const judge =
  'last: { approval: A, by: anna, covers: [claim], on: { approve: out, modify: out, reject: out } }\nout: { end: O }';
const guarded = (when: string, rest = judge) =>
  `first: { route: R, next: [{ when: ${when}, to: last }, { else: out }] }\n${rest}`;

function answer(steps: string, authority: string, outcome = 'approve', covered = ['claim']) {
  const analyses = analysesOf(flow(steps).replace('holders: 2', `holders: 2, authority: ${authority}`));
  const actor = analyses.workflow.actors.get('anna');
  assert.ok(actor);
  const node = nodeNamed(analyses, 'last');
  const found = authorityAnswer(actor, outcome, node, covered, analyses);
  assert.equal(authorityAdmits(actor, outcome, node, covered, analyses), found.admits);
  return found;
}

const limit = '{ approve: claim.amount <= 5 }';

test('an outcome that is named true is admitted, one that is not named or false is not', () => {
  assert.equal(answer(guarded('claim.ok'), '{ approve: true }').admits, 'yes');
  assert.equal(answer(guarded('claim.ok'), '{ approve: false }').admits, 'no');
  assert.equal(answer(guarded('claim.ok'), '{ approve: true }', 'reject').admits, 'no');
});

test('a limit admits where the conditions on every way keep to it', () => {
  assert.equal(answer(guarded('claim.amount <= 5'), limit).admits, 'yes');
  assert.equal(answer(guarded('claim.amount < 5 && claim.ok'), limit).admits, 'yes');
  assert.equal(answer(guarded('claim.amount <= 6'), limit).admits, 'no');
  assert.equal(answer(guarded('claim.ok'), limit).admits, 'no');
});

test('a no has a way on which too much comes', () => {
  const found = answer(guarded('claim.amount <= 6'), limit);
  assert.ok(found.admits === 'no' && found.reason === 'beyond');
  assert.deepEqual(
    found.way.map(({ to }) => nodeShown(to)),
    ['start', 'first', 'last'],
  );
});

test('it is not known where the step does not cover the data, sets it itself, or a condition is not understood', () => {
  assert.deepEqual(answer(guarded('claim.ok'), limit, 'approve', ['offer']), {
    admits: 'unknown',
    reason: 'not-covered',
  });
  assert.deepEqual(answer(guarded('claim.amount <= 5', judge.replace('covers', 'writes: [claim], covers')), limit), {
    admits: 'unknown',
    reason: 'written-here',
  });
  assert.deepEqual(answer(guarded('claim.amount <= 2 * offer.amount'), limit), {
    admits: 'unknown',
    reason: 'not-decided',
  });
  assert.equal(answer(guarded('size(claim.lines) > 2 && claim.amount <= 5'), limit).admits, 'yes');
});

test('a part of the authority that is not understood never makes a no by itself', () => {
  assert.equal(
    answer(guarded('claim.amount <= 5'), '{ approve: claim.amount <= 5 && size(claim.lines) < 3 }').admits,
    'unknown',
  );
  assert.equal(
    answer(guarded('claim.amount > 7'), '{ approve: claim.amount <= 5 && size(claim.lines) < 3 }').admits,
    'no',
  );
});

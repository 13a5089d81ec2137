// Which data a condition names, and which must have been there when it holds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathsIn, pathsWhereTrue } from '../../src/analysis/condition-paths.ts';
import { checkConditions } from '../../src/language/conditions.ts';
import { flow, workflowOf } from '../language/parsing.ts';

function astOf(text: string) {
  const workflow = workflowOf(
    flow(`first: { route: R, next: [{ when: '${text}', to: last }, { else: last }] }\nlast: { end: E }`),
  );
  const [condition] = checkConditions(workflow).checked.values();
  assert.ok(condition?.ast, text);
  return condition.ast;
}

test('paths are taken as far as they are written out', () => {
  assert.deepEqual(pathsIn(astOf('claim.amount > 3 && offer.ok')), ['claim.amount', 'offer.ok']);
  assert.deepEqual(pathsIn(astOf('claim.lines[0].text == "x"')), ['claim.lines']);
  assert.deepEqual(pathsIn(astOf('size(claim.lines) > 0')), ['claim.lines']);
});

test('what a macro binds is no data, what it runs over is', () => {
  assert.deepEqual(pathsIn(astOf('claim.lines.exists(line, line.amount > offer.max)')), ['claim.lines', 'offer.max']);
});

test('what has() asks for may be missing, with all that lies under it', () => {
  assert.deepEqual(pathsIn(astOf('!has(claim.a) || claim.a.b > 3')), []);
  assert.deepEqual(pathsIn(astOf('has(claim.a) && claim.c')), ['claim.c']);
});

test('a condition that held proves the data of the parts that have no second way to be true', () => {
  assert.deepEqual(pathsWhereTrue(astOf('claim.a > 3 && (claim.b || offer.c)')), ['claim.a']);
  assert.deepEqual(pathsWhereTrue(astOf('has(claim.a) && !claim.b')), ['claim.a']);
  assert.deepEqual(pathsWhereTrue(astOf('claim.a ? claim.b : claim.c')), []);
});

// What reports say of rules and problems is what their pages say.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { problemCodes } from '../../src/language/problem.ts';
import { factsOf } from '../../src/report/rule-facts.ts';
import { rules } from '../../src/rules/registry.ts';

test('the summary of a rule or problem is the first sentence of its page', () => {
  for (const id of [...rules.map((rule) => rule.id), ...problemCodes]) {
    const [, , says] = readFileSync(`docs/rules/${id}.md`, 'utf8').split('\n');
    assert.ok(says?.startsWith((factsOf(id).summary ?? '').slice(0, 60)), `${id}: ${says}`);
  }
  for (const id of problemCodes)
    assert.equal(readFileSync(`docs/rules/${id}.md`, 'utf8').split('\n')[2], factsOf(id).summary);
});

test('of a rule that is not built in only its id is known', () => {
  const facts = {
    id: 'ours/x',
    category: 'ours',
    summary: undefined,
    severity: 'warning',
    clauses: [],
    url: undefined,
  };
  assert.deepEqual(factsOf('ours/x'), facts);
  assert.equal(factsOf('constructor').url, undefined);
});

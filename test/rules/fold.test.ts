// Folding: one fault that several rules see is said once, by the most specific of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../src/rules/finding.ts';
import { foldFindings } from '../../src/rules/fold.ts';
import type { Rule } from '../../src/rules/rule.ts';

function rule(id: Rule['id'], specializes: readonly string[] = []): Rule {
  return { id, severity: 'error', summary: '', seed: [], clauses: [], specializes, check: () => {} };
}

const general = rule('flow/general');
const middle = rule('flow/middle', ['flow/general']);
const special = rule('flow/special', ['flow/middle']);

function found(of: Rule, root: string | undefined, verdict: Finding['verdict'] = 'violation') {
  const range = { start: 0, end: 0 };
  const finding: Finding = {
    ...{ rule: of.id, severity: 'error', verdict, message: '', range, place: 'workflow' },
    ...{ witness: [], clauses: [], fixes: [] },
  };
  return { rule: of, root, finding };
}

function said(all: Parameters<typeof foldFindings>[0]): readonly string[] {
  return foldFindings(all).map(({ rule: id, also }) => [id, ...(also ?? []).map((folded) => folded.rule)].join(' + '));
}

test('the general rule is folded into the specific one, also over a step between', () => {
  assert.deepEqual(said([found(general, 'a'), found(middle, 'a')]), ['flow/middle + flow/general']);
  assert.deepEqual(said([found(general, 'a'), found(middle, 'a'), found(special, 'a')]), [
    'flow/special + flow/general + flow/middle',
  ]);
});

test('another root, no root, or a verdict that is unknown folds nothing', () => {
  assert.deepEqual(said([found(general, 'a'), found(middle, 'b')]), ['flow/general', 'flow/middle']);
  assert.deepEqual(said([found(general, undefined), found(middle, undefined)]), ['flow/general', 'flow/middle']);
  assert.deepEqual(said([found(general, 'a'), found(middle, 'a', 'unknown')]), ['flow/general', 'flow/middle']);
});

test('rules that fold each other lose nothing', () => {
  const [one, two] = [rule('flow/one', ['flow/two']), rule('flow/two', ['flow/one'])];
  assert.deepEqual(said([found(one, 'a'), found(two, 'a')]), ['flow/two + flow/one']);
});

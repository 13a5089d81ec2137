// The baseline: what is known stays known while texts move, what is new is not, and what is gone is said.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyBaseline, baselineEntries, parseBaseline, renderBaseline } from '../../src/governance/baseline.ts';
import type { Finding } from '../../src/rules/finding.ts';

function finding(rule: string, place: string, message: string, start = 0): Finding {
  const range = { start, end: start + 1 };
  return { rule, severity: 'error', verdict: 'violation', message, range, place, witness: [], clauses: [], fixes: [] };
}

const findings = fc.array(
  fc
    .tuple(fc.constantFrom('a/b', 'c/d', 'e/f'), fc.constantFrom('x', 'y', 'workflow'), fc.constantFrom('m', "'x' n"))
    .map(([rule, place, message]) => finding(rule, place, message)),
);

test('all that was taken as known is known, in any order and anywhere in the text', () => {
  fc.assert(
    fc.property(findings, fc.nat(), (all, shift) => {
      const moved = all.map((each) => ({ ...each, range: { start: shift, end: shift } })).reverse();
      const { open, known, gone } = applyBaseline(moved, baselineEntries(all));
      assert.deepEqual([open, known, gone], [[], moved, []]);
    }),
  );
});

test('a finding more is open, a finding less is gone, and the two never mix', () => {
  fc.assert(
    fc.property(findings, findings, (before, now) => {
      const entries = baselineEntries(before);
      const { open, known, gone } = applyBaseline(now, entries);
      const missing = gone.reduce((sum, { count }) => sum + count, 0);
      assert.equal(open.length + known.length, now.length);
      assert.equal(known.length + missing, before.length);
    }),
  );
});

test('a step with a new id takes its finding along; another fault at that step is new', () => {
  const entries = baselineEntries([finding('a/b', 'pay', "Step 'pay' is open.")]);
  const renamed = applyBaseline([finding('a/b', 'settle', "Step 'settle' is open.")], entries);
  assert.deepEqual([renamed.open.length, renamed.gone.length], [0, 0]);
  const other = applyBaseline([finding('a/b', 'settle', "Step 'settle' is shut.")], entries);
  assert.deepEqual([other.open.length, other.gone.length], [1, 1]);
});

test('the text of a baseline is read as it was written, and is the same whatever the order', () => {
  fc.assert(
    fc.property(findings, (all) => {
      const files = new Map([
        ['b.aiwf.yaml', baselineEntries(all)],
        ['a.aiwf.yaml', baselineEntries([finding('a/b', 'x', 'm')])],
      ]);
      const text = renderBaseline(files);
      assert.equal(renderBaseline(new Map([...files].reverse())), text);
      const known = parseBaseline(text)?.get('b.aiwf.yaml') ?? [];
      assert.deepEqual(known, baselineEntries([...all].reverse()));
    }),
  );
});

test('problems of the text are never taken as known, and other texts are no baseline', () => {
  assert.deepEqual(baselineEntries([finding('language/unknown-key', 'workflow', 'm')]), []);
  const broken = ['', '{', '[]', '{}', '{"version":2,"files":{}}', '{"version":1,"files":{"a":[{"rule":1}]}}'];
  for (const text of broken) assert.equal(parseBaseline(text), undefined, text);
});

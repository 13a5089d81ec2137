// The difference of two revisions: nothing for the same said in another way, and what is lost, gained or changed otherwise.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { analyze } from '../../src/analysis/analyses.ts';
import { type Difference, differenceOf, isSame } from '../../src/governance/difference.ts';
import { checkConditions } from '../../src/language/conditions.ts';
import { parseFile } from '../../src/language/parse.ts';
import { resolveWorkflow } from '../../src/language/project.ts';
import { hostOf, mainUri } from '../language/parsing.ts';
import { damage, damagedBy, examples } from '../support/damaged-text.ts';

function analysesOf(text: string) {
  const { workflow } = resolveWorkflow(parseFile(mainUri, text), hostOf());
  return analyze(workflow, checkConditions(workflow));
}

function between(before: string, after: string): Difference {
  return differenceOf(analysesOf(before), analysesOf(after));
}

/** `change kind id: key before -> after`. */
function said({ changes }: Difference): readonly string[] {
  return changes.flatMap(({ change, kind, id, idBefore, keys }) => {
    const head = `${change} ${kind} ${idBefore === undefined ? '' : `${idBefore} as `}${id}`;
    return keys.length === 0 ? [head] : keys.map(({ key, before, after }) => `${head}: ${key} ${before} -> ${after}`);
  });
}

const paid = `aiwf: 1
workflow: pay
title: Pay invoices
accountable: lead
actors:
  lead: { kind: human, holders: 2 }
  clerk: { kind: human, holders: 3 }
  bot: { kind: agent, sponsor: lead, autonomy: L2 }
data:
  invoice: { class: internal, fields: { amount: number } }
start: { on: manual, from: clerk, gives: [invoice], next: read }
steps:
  read: { task: Read the invoice, by: bot, reads: [invoice], next: check }
  check: { approval: Check it, by: clerk, covers: [invoice], on: { approve: pay, reject: refused } }
  pay: { task: Pay, by: bot, reads: [invoice], effects: [{ kind: payment, irreversible: true, uses: [invoice] }], next: done }
  refused: { end: Refused, outcome: rejected }
  done: { end: Done }
`;

test('the same said in another way is no difference: order, comments, white space, braces, quotes, lists of one', () => {
  const other = stringify(
    Object.fromEntries(Object.entries(parse(paid)).map(([key, value]) => [key, reversed(key, value)])),
  )
    .replace('by: clerk', 'by: [clerk] # the clerk')
    .replace('title: Pay invoices', 'title: "Pay invoices"')
    .replace('steps:', '\n\nsteps:');
  assert.deepEqual(said(between(paid, other)), []);
  assert.ok(isSame(between(paid, other)));
});

function reversed(key: string, value: unknown): unknown {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value) && key !== 'start';
  return isMap ? Object.fromEntries(Object.entries(value).reverse()) : value;
}

test('every example is the same as itself', () => {
  for (const text of examples) assert.ok(isSame(between(text, text)));
});

test('an approval that a path loses is a lost control with its path; going back would gain it', () => {
  const skipped = paid.replace('next: check', 'next: pay');
  const { lost, gained, changes } = between(paid, skipped);
  assert.ok(
    lost.some(({ place, what }) => place === 'pay' && /approv/.test(what)),
    JSON.stringify(lost),
  );
  assert.ok(lost.every(({ witness }) => witness.length > 0));
  assert.deepEqual(gained, []);
  assert.ok(said({ lost, gained, changes }).includes('changed step read: next check -> pay'));
  const back = between(skipped, paid);
  assert.deepEqual(back.lost, []);
  assert.ok(back.gained.some(({ place }) => place === 'pay'));
});

test('elements that came, went, changed or have another name', () => {
  const after = paid
    .replace('clerk: { kind: human, holders: 3 }', 'clerk: { kind: human, holders: 5, title: Clerk }')
    .replaceAll('check', 'verify')
    .replace('  refused:', '  told: { task: Tell, by: lead, next: refused }\n  refused:')
    .replace('data:', 'stores: { ledger: { kind: log } }\ndata:')
    .replace('title: Pay invoices', 'title: Pay all invoices');
  assert.deepEqual(said(between(paid, after)), [
    'changed workflow pay: title Pay invoices -> Pay all invoices',
    'renamed step check as verify',
    'added step told',
    'changed actor clerk: holders 3 -> 5',
    'changed actor clerk: title undefined -> Clerk',
    'added store ledger',
  ]);
});

test('a name that another thing keeps is not taken for the new one', () => {
  const before = paid
    .replaceAll('clerk', 'check2')
    .replaceAll('check:', 'check2:')
    .replace('next: check', 'next: check2');
  const after = before
    .replace('  check2: { approval', '  verify: { approval')
    .replace('next: check2 }', 'next: verify }');
  assert.deepEqual(said(between(before, after)), ['renamed step check2 as verify']);
});

test('waivers and handoffs are told as such', () => {
  const waiver =
    '  - { rule: flow/unbounded-loop, at: read, reason: r, owner: lead, approved-by: clerk, expires: 2027-01-01 }\n';
  const with1 = `${paid}waivers:\n${waiver}`;
  assert.deepEqual(said(between(paid, with1)), ['added waiver flow/unbounded-loop at read']);
  assert.deepEqual(said(between(with1, with1.replace('2027-01-01', '2028-01-01'))), [
    'changed waiver flow/unbounded-loop at read: expires 2027-01-01 -> 2028-01-01',
  ]);
  const moved = said(between(paid, paid.replace('by: clerk, covers', 'by: lead, covers')));
  assert.ok(
    moved.includes('removed handoff bot → clerk at check') && moved.includes('added handoff bot → lead at check'),
  );
});

test('a file that came or went', () => {
  assert.deepEqual(said(differenceOf(undefined, analysesOf(paid))), ['added workflow pay']);
  assert.deepEqual(said(differenceOf(analysesOf(paid), undefined)), ['removed workflow pay']);
});

test('what is added one way is removed the other way, and ranges lie in their text', () => {
  const change = fc.tuple(fc.constantFrom(...examples), fc.array(damage, { minLength: 1, maxLength: 3 }));
  fc.assert(
    fc.property(change, ([text, all]) => {
      const other = all.reduce(damagedBy, text);
      const [there, back] = [between(text, other), between(other, text)];
      const mirrored = { added: 'removed', removed: 'added', changed: 'changed', renamed: 'renamed' } as const;
      const key = (kind: string, id: string, what: string) => `${what} ${kind} ${id}`;
      const one = there.changes.filter(({ change: what }) => what !== 'renamed' && what !== 'changed');
      const two = back.changes.filter(({ change: what }) => what !== 'renamed' && what !== 'changed');
      assert.deepEqual(
        one.map(({ kind, id, change: what }) => key(kind, id, what)).sort(),
        two.map(({ kind, id, change: what }) => key(kind, id, mirrored[what])).sort(),
      );
      assert.equal(there.lost.length, back.gained.length);
      for (const { change: what, range } of there.changes)
        assert.ok(range.start <= range.end && range.end <= (what === 'removed' ? text : other).length);
    }),
    { seed: 3, numRuns: 25 },
  );
});

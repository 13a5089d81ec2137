// The rows of a file: every finding with its state, waiver, owners and clauses, those that are accepted among them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Governance } from '../../src/service/governance.ts';
import { openMarked } from '../support/service.ts';

const mode = 'structure/participation-mode';

const files = (waivers = '', beside = '') => `aiwf: 1
workflow: main
title: Answering letters
accountable: lead
actors:
  lead: { kind: human, holders: 2 }
  boss: { kind: human, holders: 1 }
  bot: { kind: agent, sponsor: boss, identity: bot, autonomy: L2 }
${waivers}start: { on: manual, from: lead, next: draft }
steps:
  draft: { task: Draft, by: bot, next: send }
  send: { task: Send, by: bot, accountable: boss, next: nowhere }
#- aiwf.config.yaml
today: 2026-11-24
${beside}`;

const waiver = (changes: Readonly<Record<string, string>> = {}) => {
  const fields = {
    rule: mode,
    at: 'draft',
    reason: 'Trial',
    owner: 'lead',
    'approved-by': 'boss',
    expires: '2026-12-31',
  };
  const all = Object.entries({ ...fields, ...changes }).map(([key, value]) => `${key}: ${value}`);
  return `waivers: [{ ${all.join(', ')} }]\n`;
};

function governance(marked: string): Governance {
  const { service, uri } = openMarked(marked);
  const found = service.governance(uri);
  assert.ok(found);
  return found;
}

const said = ({ rows }: Governance) => rows.findings.map(({ rule, place, state }) => `${rule} at ${place}: ${state}`);
const rowOf = ({ rows }: Governance, rule: string, place: string) => {
  const row = rows.findings.find((each) => each.rule === rule && each.place === place);
  assert.ok(row, `${rule} at ${place}`);
  return row;
};

test('a row says what was found, where, who answers for it, and what proves it', () => {
  const found = governance(files());
  assert.deepEqual([found.rows.title, found.rows.profile], ['Answering letters', ['recommended']]);
  assert.ok(found.rows.asked.includes(mode));
  const draft = rowOf(found, mode, 'draft');
  assert.deepEqual([draft.state, draft.owners, draft.range.start.line], ['open', ['lead'], 10]);
  assert.ok(draft.message.includes("'draft'"));
  assert.ok(draft.witness.length > 0);
  const broken = rowOf(found, 'structure/unresolved-reference', 'send');
  assert.deepEqual([broken.severity, broken.owners], ['error', ['boss']]);
});

test('a sponsor answers for an agent, and nobody where nobody is named', () => {
  const unsafe = files().replace(
    '  bot:',
    '  aid: { kind: agent, sponsor: lead, identity: bot, autonomy: L2 }\n  bot:',
  );
  const agent = rowOf(governance(unsafe), 'ownership/agent-identity-and-sponsor', 'actor:bot');
  assert.deepEqual(agent.owners, ['boss']);
  const nobody = governance(files().replace('accountable: lead\n', ''));
  assert.deepEqual(rowOf(nobody, mode, 'draft').owners, []);
});

test('rules that are named come with their sentence and clauses, once', () => {
  const { rows, rules } = governance(files());
  const named = rows.findings.flatMap(({ rule, also }) => [rule, ...also]);
  assert.deepEqual([...rules.keys()].sort(), [...new Set(named)].sort());
  const { summary, clauses } = rules.get(mode) ?? {};
  assert.ok(summary?.endsWith('.'));
  assert.ok(clauses?.some(({ standard, ref }) => standard === 'NIST AI RMF' && ref !== ''));
});

test('what a waiver accepts is told with the waiver, and stays among the rows', () => {
  const before = governance(files());
  const after = governance(files(waiver({ ticket: 'T-1' })));
  const draft = rowOf(after, mode, 'draft');
  const { range, ...accepting } = draft.waiver ?? assert.fail();
  assert.equal(range?.start.line, 8);
  assert.deepEqual(accepting, {
    rule: mode,
    place: 'draft',
    state: 'active',
    count: 1,
    daysLeft: 37,
    expires: '2026-12-31',
    reason: 'Trial',
    owner: 'lead',
    approvedBy: 'boss',
    ticket: 'T-1',
  });
  assert.deepEqual([draft.state, draft.fixable], ['waived', false]);
  assert.deepEqual(
    said(after).sort(),
    said(before)
      .map((row) => row.replace(`${mode} at draft: open`, `${mode} at draft: waived`))
      .sort(),
  );
  assert.deepEqual(after.rows.waivers, [draft.waiver]);
});

test('a waiver that accepts nothing says why', () => {
  const [expired] = governance(files(waiver({ expires: '2026-11-20' }))).rows.waivers;
  assert.deepEqual([expired?.state, expired?.daysLeft], ['expired', -4]);
  const [refused] = governance(files(waiver({ 'approved-by': 'bot' }))).rows.waivers;
  assert.equal(refused?.state, 'refused');
  assert.match(refused?.refused ?? '', /'bot'/);
});

test('what is in the baseline is known', () => {
  const { rows } = governance(files());
  const known = rows.findings.filter(({ rule }) => rule === mode);
  const entries = known.map(({ rule, place, message }) => ({ rule, place, message, count: 1 }));
  const baseline = JSON.stringify({ version: 1, files: { 'main.aiwf.yaml': entries } });
  const after = governance(files('', `baseline: ./known.json\n#- known.json\n${baseline}\n`));
  assert.ok(entries.length > 0);
  assert.deepEqual(
    after.rows.findings.filter(({ state }) => state === 'known').map(({ rule, place }) => ({ rule, place })),
    entries.map(({ rule, place }) => ({ rule, place })),
  );
});

test('ids are those of the picture, and each stands once', () => {
  const { service, uri } = openMarked(files(waiver()));
  const { rows } = service.governance(uri) ?? assert.fail();
  const counted = rows.findings.filter(({ state }) => state === 'open' || state === 'unknown').map(({ id }) => id);
  const drawn = service.diagram(uri)?.findings.map(({ id }) => id) ?? [];
  assert.deepEqual([...counted].sort(), [...drawn].sort());
  assert.ok(counted.length > 0);
  assert.equal(new Set(rows.findings.map(({ id }) => id)).size, rows.findings.length);
});

test('diagnostics come from the same check, and a file that is not open has rows too', () => {
  const { service, uri } = openMarked(`aiwf: 1\nlibrary: people\n#- main.aiwf.yaml\n${files()}`);
  const other = uri.replace(/[^/]+$/, 'main.aiwf.yaml');
  const found = service.governance(other) ?? assert.fail();
  assert.deepEqual(
    found.diagnostics.diagnostics.map(({ code }) => code),
    found.rows.findings.filter(({ state }) => state === 'open' || state === 'unknown').map(({ rule }) => rule),
  );
  assert.equal(service.governance(uri.replace(/[^/]+$/, 'gone.aiwf.yaml')), undefined);
});

test('broken text has rows or none, and never a fault', () => {
  for (const text of [
    '',
    'waivers: [{ rule: x',
    'waivers: [~, 1, { at: }]\nsteps: { a: { task: } }',
    'steps:\n  a:\n - b',
  ])
    assert.doesNotThrow(() => governance(`${text}\n`), text);
});

test('a waiver of the configuration accepts as well, and has no place in the file', () => {
  const beside = `waivers:
  - { in: main.aiwf.yaml, rule: ${mode}, at: draft, reason: Trial, owner: lead, approved-by: boss, expires: 2026-12-31 }
`;
  const draft = rowOf(governance(files('', beside)), mode, 'draft');
  assert.deepEqual([draft.state, draft.waiver?.daysLeft, draft.waiver?.range], ['waived', 37, undefined]);
});

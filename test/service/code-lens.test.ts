// Code lenses: where they stand, what they say and do, and that each kind can be turned off.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMarked } from '../support/service.ts';

const all = { references: true, diagram: true, findings: true };
const none = { references: false, diagram: false, findings: false };

const files = `aiwf: 1
workflow: main
use: [./people.aiwf.yaml]
accountable: lead
actors:
  clerk:
    kind: human
    holders: 2
  bot: { kind: agent, sponsor: lead }
steps:
  draft:
    task: Draft
    by: bot
    next: nowhere
  check:
    approval: Check
    by: clerk
    on: { approve: done, reject: draft, modify: draft }
  done: { end: Done }
start: { next: draft }
#- people.aiwf.yaml
aiwf: 1
library: people
actors:
  lead:
    kind: human
    holders: 2
#- other.aiwf.yaml
aiwf: 1
workflow: other
use: [./people.aiwf.yaml]
accountable: lead
`;

/** `line title` of each lens, resolved. */
function lenses(marked: string, options = all): readonly string[] {
  const { service, uri } = openMarked(marked);
  return service
    .codeLenses(uri, options)
    .map((lens) => service.resolveCodeLens(lens))
    .map(({ range, command }) => `${range.start.line + 1} ${command?.title}`);
}

test('mentions, without the declaration itself, above what takes several lines', () => {
  assert.deepEqual(lenses(files, { ...none, references: true }), [
    '6 1 reference',
    '11 3 references',
    '15 0 references',
  ]);
});

test('above a waiver, how long it holds and what it accepts, or why it accepts nothing', () => {
  const waiver = (at: string, expires: string, approver = 'lead') =>
    `  - { rule: structure/participation-mode, at: ${at}, reason: r, owner: clerk, approved-by: ${approver}, expires: ${expires} }\n`;
  const titles = (today: string, lines: string) =>
    lenses(`${files.replace('steps:\n', `waivers:\n${lines}steps:\n`)}#- aiwf.config.yaml\n${today}`, {
      ...none,
      findings: true,
    }).filter((title) => /accepts|ended/.test(title));
  const one = waiver('draft', '2026-12-31');
  assert.deepEqual(titles('today: 2026-11-23\n', one + waiver('done', '2026-12-31') + waiver('done', '2026-11-20')), [
    '11 38 days left, accepts 1 finding',
    '12 accepts nothing: the rule finds nothing there',
    '13 ended 3 days ago',
  ]);
  assert.deepEqual(titles('today: 2026-12-31\n', one), ['11 last day, accepts 1 finding']);
  assert.deepEqual(titles('today: 2026-12-30\n', one), ['11 1 day left, accepts 1 finding']);
  assert.deepEqual(titles('profile: recommended\n', one), ['11 accepts 1 finding']);
  assert.match(
    titles('', waiver('draft', '2026-12-31', 'bot')).join(),
    /^11 accepts nothing: is approved by 'bot', who is no person/,
  );
  assert.deepEqual(lenses(files.replace('steps:\n', `waivers:\n${one}steps:\n`), none), []);
});

test('mentions in other files count', () => {
  const marked = `${files.slice(files.indexOf('#- people')).replace('#- people.aiwf.yaml\n', '')}\n#- main.aiwf.yaml\n${files.slice(0, files.indexOf('#- people'))}`;
  assert.deepEqual(lenses(`#- people.aiwf.yaml\n${marked}`, { ...none, references: true }), ['4 3 references']);
});

test('mentions are counted when they are asked for, and lead to their list', () => {
  const { service, uri } = openMarked(files);
  const lens = service.codeLenses(uri, { ...none, references: true })[1];
  assert.ok(lens && lens.command === undefined);
  const { command } = service.resolveCodeLens(lens);
  assert.equal(command?.command, 'aiwf.showReferences');
  const [at, position, locations] = command?.arguments ?? [];
  assert.equal(at, uri);
  assert.deepEqual(position, { line: 10, character: 2 });
  assert.equal(locations.length, 3);
  service.open(uri, 2, 'aiwf: 1\n');
  assert.equal(service.resolveCodeLens(lens).command?.command, '', 'the text has changed since');
});

test('the picture, above the workflow and not above a library', () => {
  assert.deepEqual(lenses(files, { ...none, diagram: true }), ['2 Open diagram']);
  assert.deepEqual(lenses('aiwf: 1\nlibrary: l\nactors:\n  a: {}\n', { ...none, diagram: true }), []);
});

test('what was found in a step, with the place of the first', () => {
  const { service, uri } = openMarked(files);
  const lens = service.codeLenses(uri, { ...none, findings: true }).find(({ range }) => range.start.line === 10);
  assert.match(lens?.command?.title ?? '', /^\d+ errors?(, \d+ warnings?)?/);
  assert.equal(lens?.command?.command, 'aiwf.showFindings');
  const [at, range] = lens?.command?.arguments ?? [];
  assert.equal(at, uri);
  const lines = service.diagnostics(uri)?.diagnostics.map((each) => each.range.start.line) ?? [];
  assert.ok(lines.includes(range.start.line));
});

test('all can be turned off, and half-typed text has some or none', () => {
  assert.deepEqual(lenses(files, none), []);
  for (const text of [
    '',
    'aiwf: 1\nsteps:\n  a:\n    task',
    'workflow: w\nsteps: { a: {',
    'actors:\n  x:\n    kind: [\n',
  ])
    assert.doesNotThrow(() => lenses(text), text);
});

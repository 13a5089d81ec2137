// Workspace symbols: what is found by which letters, in which order, and that there is a bound.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SymbolKind } from 'vscode-languageserver-types';
import { createLanguageService } from '../../src/service/language-service.ts';
import { fuzzyScore } from '../../src/service/workspace-symbols.ts';
import { openMarked } from '../support/service.ts';

const files = `aiwf: 1
workflow: main
actors:
  claims-clerk: { kind: human }
  bot: { kind: agent, tools: { search-web: { effect: none } } }
data: { claim: {} }
steps:
  check-claim:
    scope: Check it
    start: inner-check
    steps:
      inner-check: { approval: Look, by: claims-clerk }
  done: { end: Done }
#- people.aiwf.yaml
aiwf: 1
library: people
actors:
  approver: { kind: human }
calendars: { office: { days: mon-fri } }
stores: { audit: { kind: log } }
policies: { small: { admits: [payment] } }
events: { paid: { kind: message } }
handoffs: { standard: { ack: 1h } }
`;

/** `name (container)` of each symbol. */
function found(query: string): readonly string[] {
  return openMarked(files)
    .service.workspaceSymbols(query)
    .map(({ name, containerName }) => `${name} (${containerName})`);
}

describe('what is found', () => {
  test('everything without letters', () => {
    const names = openMarked(files)
      .service.workspaceSymbols('')
      .map(({ name }) => name);
    assert.deepEqual([...names].sort(), [
      ...['approver', 'audit', 'bot', 'check-claim', 'claim', 'claims-clerk', 'done', 'inner-check', 'main', 'office'],
      ...['paid', 'people', 'search-web', 'small', 'standard'],
    ]);
  });
  test('by how it begins, then by its words', () => {
    assert.deepEqual(found('claim'), ['claim (main)', 'claims-clerk (main)', 'check-claim (main)']);
    assert.deepEqual(found('cc'), ['claims-clerk (main)', 'check-claim (main)', 'inner-check (main)']);
  });
  test('in capitals, with blanks', () => assert.deepEqual(found('Inner Check'), ['inner-check (main)']));
  test('in files that are not open', () => assert.deepEqual(found('apprv'), ['approver (people)']));
  test('nothing', () => assert.deepEqual(found('xyz'), []));
});

test('places and kinds', () => {
  const [symbol] = openMarked(files).service.workspaceSymbols('inner');
  assert.equal(symbol?.kind, SymbolKind.Operator);
  assert.deepEqual(symbol?.location.range.start, { line: 11, character: 6 });
});

test('letters in their order, words first', () => {
  assert.equal(fuzzyScore('ab', 'ba'), undefined);
  assert.ok((fuzzyScore('ch', 'check') ?? 0) > (fuzzyScore('ch', 'inner-check') ?? 0));
  assert.ok((fuzzyScore('ic', 'inner-check') ?? 0) > (fuzzyScore('ic', 'notice') ?? 0));
});

test('a bound, and broken files', () => {
  const many = Array.from({ length: 1000 }, (_, i) => `  s${i}: { end: x }`).join('\n');
  const service = createLanguageService({ read: () => undefined });
  service.open('file:///many.aiwf.yaml', 1, `aiwf: 1\nsteps:\n${many}`);
  service.open('file:///broken.aiwf.yaml', 1, 'aiwf: 1\nsteps: { a: { task: [');
  assert.equal(service.workspaceSymbols('').length, 300);
  assert.ok(service.workspaceSymbols('a').some(({ name }) => name === 'a'));
});

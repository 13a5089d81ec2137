// What is shown of a long document while it is being checked: what is wrong with its language now, and what was found
// before at the places where it stands now; and nothing of it stays when the check is done.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Diagnostic } from 'vscode-languageserver-types';
import { problemCodes } from '../../src/language/problem.ts';
import { createLanguageService } from '../../src/service/language-service.ts';
import { type Former, movedFindings } from '../../src/service/moved-findings.ts';
import { damage, damagedBy, examples } from '../support/damaged-text.ts';
import { workflowText } from '../support/random-workflow.ts';

const uri = 'file:///work/long.aiwf.yaml';
const long = workflowText('mixed', 600);
const plain = ({ data: _data, ...diagnostic }: Diagnostic) => JSON.stringify(diagnostic);
const isOfLanguage = ({ code }: Diagnostic) => (problemCodes as readonly unknown[]).includes(code);

function opened(text: string) {
  const service = createLanguageService({ read: () => undefined });
  service.open(uri, 1, text);
  return service;
}

test('a long document has its language problems first, and then all', () => {
  const service = opened(`${long}nonsense: 1\n`);
  const first = service.firstDiagnostics(uri);
  assert.deepEqual(
    first?.diagnostics.map(({ code }) => code),
    ['language/unknown-key'],
  );
  assert.equal(first?.version, 1);
  const all = service.diagnostics(uri)?.diagnostics ?? [];
  assert.ok(all.length > 1);
  assert.deepEqual(first?.diagnostics.map(plain), all.filter(isOfLanguage).map(plain));
  assert.equal(service.firstDiagnostics(uri), undefined);
});

test('a document that is checked in a moment has no first wave', () => {
  const service = opened(examples[0] ?? '');
  assert.equal(service.firstDiagnostics(uri), undefined);
});

test('what was found before stands where its text stands, and what is edited is left out', () => {
  const service = opened(long);
  const before = service.diagnostics(uri)?.diagnostics.filter((each) => !isOfLanguage(each)) ?? [];
  assert.ok(before.length > 10);
  const middle = before[before.length >> 1];
  const line = middle?.range.start.line ?? 0;
  const rows = long.split('\n');
  const edited = [...rows.slice(0, line), '# one more line', '# and another', ...rows.slice(line)].join('\n');
  service.open(uri, 2, edited);
  const first = service.firstDiagnostics(uri)?.diagnostics ?? [];
  const lineOf = (each: Diagnostic) => edited.split('\n')[each.range.start.line];
  const lineBefore = (each: Diagnostic) => rows[each.range.start.line];
  const known = new Set(before.map((each) => `${each.message} ${lineBefore(each)}`));
  assert.ok(first.length > before.length / 2, `${first.length} of ${before.length}`);
  for (const each of first) assert.ok(known.has(`${each.message} ${lineOf(each)}`), String(each.message));
  assert.ok(first.every(({ data }) => data === undefined));
});

test('a finding whose path is edited is left out', () => {
  const range = { start: 10, end: 14 };
  const former: Former = {
    text: '0123456789abcd6789',
    findings: [
      {
        rule: 'flow/x',
        severity: 'error',
        verdict: 'violation',
        message: 'Wrong here.',
        range,
        place: 'workflow',
        witness: [{ step: 's', edge: undefined, range: { start: 2, end: 4 }, note: 'begins' }],
        clauses: [],
        fixes: [],
      },
    ],
  };
  assert.deepEqual(
    movedFindings(former, '012345-6789abcd6789').map((each) => [each.range, each.witness[0]?.range]),
    [
      [
        { start: 11, end: 15 },
        { start: 2, end: 4 },
      ],
    ],
  );
  assert.deepEqual(movedFindings(former, '01x3456789abcd6789'), []);
  assert.deepEqual(movedFindings(former, '0123456789abXcd6789'), []);
});

test('after any edit a finding that is still shown covers the text that it was found in', () => {
  fc.assert(
    fc.property(fc.constantFrom(...examples), fc.array(damage, { minLength: 1, maxLength: 3 }), (text, all) => {
      const service = createLanguageService({ read: () => undefined });
      service.open(uri, 1, text);
      const { findings } = service.inspect(uri)?.checked.lint ?? { findings: [] };
      const edited = all.reduce(damagedBy, text);
      const said = new Set(findings.map(({ message, range }) => `${message} ${text.slice(range.start, range.end)}`));
      for (const { message, range, witness } of movedFindings({ text, findings }, edited)) {
        assert.ok(said.has(`${message} ${edited.slice(range.start, range.end)}`), message);
        for (const step of witness) assert.ok(step.range.end <= edited.length);
      }
    }),
    { numRuns: 60, seed: 7 },
  );
});

test('findings of a document are known after what they were found with is forgotten', () => {
  const service = createLanguageService({ read: () => undefined });
  const uris = Array.from({ length: 120 }, (_, i) => `file:///work/${i}.aiwf.yaml`);
  const text = examples[0] ?? '';
  for (const each of uris) service.open(each, 1, text);
  const results = uris.map((each) => service.diagnostics(each));
  for (const [i, each] of uris.entries()) assert.equal(service.diagnostics(each), results[i]);
  // All else is worked out again.
  const [first = ''] = uris;
  assert.ok(service.foldingRanges(first).length > 0 && service.diagram(first) !== null);
  assert.equal(service.diagnostics(first), results[0]);
  service.open(first, 2, `${text}nonsense: 1\n`);
  assert.notEqual(service.diagnostics(first), results[0]);
  assert.equal(service.diagnostics(uris[1] ?? ''), results[1]);
});

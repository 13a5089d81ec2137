// Diagnostics and quick fixes: codes, links, the path of the witness, fixes for exactly the version they were made for,
// and a second look when an imported file changes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type CodeAction,
  type Diagnostic,
  DiagnosticSeverity,
  type TextDocumentEdit,
} from 'vscode-languageserver-types';
import { stepInWords } from '../../src/service/diagnostics.ts';
import { edited, openMarked, uriOf } from '../support/service.ts';

const everywhere = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };

function diagnosticsOf(text: string) {
  const { service, uri } = openMarked(text);
  return service.diagnostics(uri)?.diagnostics ?? [];
}

test('problems of the text have a code, a link and a place', () => {
  const [found] = diagnosticsOf('aiwf: 1\nworkflow: w\nstepz:\n  a: { end: A }\n');
  assert.equal(found?.code, 'language/unknown-key');
  assert.equal(found?.source, 'aiwf');
  assert.equal(found?.severity, DiagnosticSeverity.Error);
  assert.deepEqual(found?.range, { start: { line: 2, character: 0 }, end: { line: 2, character: 5 } });
  assert.match(found?.codeDescription?.href ?? '', /docs\/rules\/language\/unknown-key\.md$/);
  assert.equal(found?.relatedInformation, undefined);
});

const loop = `aiwf: 1
workflow: w
accountable: clerk
actors:
  clerk: { kind: human, holders: 1 }
start: { on: manual, next: draft }
steps:
  draft: { task: Draft, by: clerk, next: check }
  check: { approval: Check, by: clerk, on: { approve: done, modify: done, reject: draft } }
  done: { end: Done }
`;

test('a finding shows the path that proves it, edge by edge', () => {
  const found = diagnosticsOf(loop).find(({ code }) => code === 'flow/unbounded-loop');
  assert.ok(found, 'no loop found');
  const path = (found.relatedInformation ?? []).map(({ message }) => message);
  assert.ok(path.length >= 2, path.join('\n'));
  assert.match(path[0] ?? '', /^1\. /);
  assert.match(path.join('\n'), /—\[exceptional: reject\]→ draft/);
  for (const { location } of found.relatedInformation ?? []) assert.equal(location.uri, uriOf('main.aiwf.yaml'));
});

test('edges in words', () => {
  const range = { start: 0, end: 0 };
  const step = (kind: 'normal' | 'guarded' | 'exceptional' | 'message', label: string) => ({
    step: 'a',
    edge: { kind, label },
    range,
    note: 'n',
  });
  assert.equal(stepInWords({ step: 'start', edge: undefined, range, note: '' }), 'start');
  assert.equal(stepInWords(step('normal', '')), '→ a: n');
  assert.equal(stepInWords(step('guarded', 'x > 1')), '—[x > 1]→ a: n');
  assert.equal(stepInWords(step('exceptional', 'timeout')), '—[exceptional: timeout]→ a: n');
  assert.equal(stepInWords(step('exceptional', '')), '—[exceptional]→ a: n');
  assert.equal(stepInWords(step('message', 'paid')), '—[message: paid]→ a: n');
});

const typo = 'aiwf: 1\nworkflow: w\nstepz:\n  a: { end: A }\n';

/** The text after the edits of an action. */
function apply(text: string, { edit }: CodeAction): string {
  const [change] = (edit?.documentChanges ?? []) as TextDocumentEdit[];
  return edited(text, (change?.edits ?? []) as Parameters<typeof edited>[1]);
}

test('the safe fix is offered, preferred, and mends the text', () => {
  const { service, uri } = openMarked(typo);
  const { diagnostics = [] } = service.diagnostics(uri) ?? {};
  const [action, ...more] = service.codeActions(uri, diagnostics[0]?.range ?? everywhere, diagnostics, {
    versioned: true,
  });
  assert.ok(action);
  assert.deepEqual(more, []);
  assert.equal(action.isPreferred, true);
  assert.equal(action.kind, 'quickfix');
  const [change] = (action.edit?.documentChanges ?? []) as TextDocumentEdit[];
  assert.deepEqual(change?.textDocument, { uri, version: 1 });
  assert.match(apply(typo, action), /^steps:$/m);
});

test('without diagnostics in the request, fixes of the range are offered', () => {
  const { service, uri } = openMarked(typo);
  assert.equal(service.codeActions(uri, everywhere, [], { versioned: false }).length, 1);
  const elsewhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  assert.deepEqual(service.codeActions(uri, elsewhere, [], { versioned: false }), []);
});

test('fixes of an older version are not offered', () => {
  const { service, uri } = openMarked(typo);
  const { diagnostics = [] } = service.diagnostics(uri) ?? {};
  service.open(uri, 2, typo.replace('workflow: w', 'workflow: other'));
  assert.deepEqual(service.codeActions(uri, everywhere, diagnostics, { versioned: true }), []);
  const now = service.diagnostics(uri)?.diagnostics ?? [];
  assert.equal(service.codeActions(uri, everywhere, now, { versioned: true }).length, 1);
});

test('a client that drops the data of diagnostics still gets its fixes', () => {
  const { service, uri } = openMarked(typo);
  const shown = (service.diagnostics(uri)?.diagnostics ?? []).map(({ data: _, ...rest }) => rest);
  assert.equal(service.codeActions(uri, everywhere, shown, { versioned: true }).length, 1);
});

test('a client that asked before it had opened the document still gets its fixes', () => {
  const { service, uri } = openMarked(typo);
  const asked = (service.diagnostics(uri)?.diagnostics ?? []).map((each) => ({
    ...each,
    data: { ...each.data, version: undefined },
  }));
  assert.equal(service.codeActions(uri, everywhere, asked, { versioned: true }).length, 1);
});

test('every fix of the example loop leaves a text that can be checked', () => {
  const { service, uri, file } = openMarked(loop);
  for (const action of service.codeActions(uri, everywhere, [], { versioned: true })) {
    const { service: other, uri: otherUri } = openMarked(apply(file.text, action));
    const broken = other.diagnostics(otherUri)?.diagnostics.filter(({ code }) => code === 'language/syntax');
    assert.deepEqual(broken, [], action.title);
  }
});

test('a closed document answers nothing', () => {
  const { service, uri } = openMarked(typo);
  service.close(uri);
  assert.equal(service.diagnostics(uri), undefined);
  assert.deepEqual(service.codeActions(uri, everywhere, [], { versioned: true }), []);
  assert.deepEqual(service.completions(uri, everywhere.start, { snippets: true }), []);
  assert.equal(service.hover(uri, everywhere.start), null);
  assert.equal(service.definition(uri, everywhere.start, false), null);
  assert.deepEqual(service.symbols(uri), []);
  assert.equal(service.diagram(uri), null);
  assert.equal(service.check(uri), undefined);
});

const imports = `
aiwf: 1
workflow: w
use: [./people.aiwf.yaml]
accountable: boss
#- people.aiwf.yaml
aiwf: 1
library: people
actors:
  boss: { kind: human, holders: 1 }
`;

function unresolved(diagnostics: readonly Diagnostic[] | undefined): boolean {
  return (diagnostics ?? []).some(({ message }) => String(message).includes("'boss'"));
}

test('results are kept until the document or an imported file changes', () => {
  const { service, uri, disk } = openMarked(imports);
  const first = service.diagnostics(uri);
  assert.equal(service.diagnostics(uri), first);
  assert.ok(!unresolved(first?.diagnostics));
  disk.set(uriOf('people.aiwf.yaml'), 'aiwf: 1\nlibrary: people\nactors: {}\n');
  assert.equal(service.diagnostics(uri), first);
  service.changed(uriOf('people.aiwf.yaml'));
  assert.ok(unresolved(service.diagnostics(uri)?.diagnostics));
});

test('an imported file that is open counts with the text of the editor, saved or not', () => {
  const { service, uri } = openMarked(imports);
  service.open(uriOf('people.aiwf.yaml'), 7, 'aiwf: 1\nlibrary: people\n');
  assert.ok(unresolved(service.diagnostics(uri)?.diagnostics));
  service.open(
    uriOf('people.aiwf.yaml'),
    8,
    'aiwf: 1\nlibrary: people\nactors: { boss: { kind: human, holders: 1 } }\n',
  );
  assert.ok(!unresolved(service.diagnostics(uri)?.diagnostics));
  service.open(uriOf('people.aiwf.yaml'), 9, 'aiwf: 1\n');
  service.close(uriOf('people.aiwf.yaml'));
  assert.ok(!unresolved(service.diagnostics(uri)?.diagnostics));
});

test('editors that encode a path in another way mean the same file', () => {
  const { service, uri, disk } = openMarked(imports.replaceAll('people.aiwf', 'people(1).aiwf'));
  assert.equal(disk.size, 1);
  service.diagnostics(uri);
  service.changed(uriOf('people%281%29.aiwf.yaml'));
  service.open(uriOf('people%281%29.aiwf.yaml'), 1, 'aiwf: 1\nlibrary: people\n');
  assert.ok(unresolved(service.diagnostics(uri)?.diagnostics));
});

test('a file that is not open can be checked', () => {
  const { service } = openMarked(imports);
  const result = service.check(uriOf('people.aiwf.yaml'));
  assert.equal(result?.version, undefined);
  assert.deepEqual(result?.profile, ['recommended']);
  const unknown = openMarked('aiwf: 1\nworkflow: w\nprofile: [nonsense]\n');
  assert.deepEqual(unknown.service.check(unknown.uri)?.profile, ['recommended']);
  assert.equal(service.check(uriOf('missing.aiwf.yaml')), undefined);
});

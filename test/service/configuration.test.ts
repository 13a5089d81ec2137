// aiwf.config.yaml as a document: what is wrong with it and how it is mended, its outline, form, links and lenses, and
// that what is edited in it counts at once for the workflows around.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CodeAction, DiagnosticSeverity, type DocumentSymbol } from 'vscode-languageserver-types';
import { lensCommands } from '../../src/service/code-lens.ts';
import { createLanguageService } from '../../src/service/language-service.ts';
import { edited, openMarked, uriOf } from '../support/service.ts';

const everywhere = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };
const configuration = uriOf('aiwf.config.yaml');

/** Each expectation is at its place, and nothing else is found. */
function check(text: string): void {
  const { service, uri, file } = openMarked(`#- aiwf.config.yaml\n${text}`);
  const found = (service.diagnostics(uri)?.diagnostics ?? []).map(
    ({ range: { start, end }, message }) => `${start.line}:${start.character}-${end.character} ${message}`,
  );
  const wanted = file.expectations.map(({ line, startColumn, endColumn, text: message }) => {
    assert.ok(message);
    return `${line}:${startColumn}-${endColumn} ${message}`;
  });
  assert.deepEqual(found.sort(), wanted.sort());
}

test('what is wrong is said where it stands', () => {
  check(`
profile: [recomended]
#         ^^^^^^^^^^ There is no profile 'recomended'. Did you mean 'recommended'?
rules:
  flow/unbound-loop: error
# ^^^^^^^^^^^^^^^^^ There is no rule 'flow/unbound-loop'. Did you mean 'flow/unbounded-loop'?
  readability: info
# ^^^^^^^^^^^ There is no rule 'readability'. Did you mean 'structure/readability'?
  flow/condition-gap: eror
#                     ^^^^ 'eror' is not one of off, info, warning, error. Did you mean 'error'?
parameters:
  utilisation: 70%
# ^^^^^^^^^^^ There is no parameter 'utilisation'. Did you mean 'utilization'?
  max-steps: many
#            ^^^^ 'max-steps' is not understood. Write a whole number such as 50.
include: teams
exlude: [drafts]
#^^^^^ 'exlude' is not a key of a configuration. Did you mean 'exclude'?
`);
});

test('a configuration in which nothing is wrong has no findings, and is no workflow', () => {
  check('profile: strict\n');
  check('');
});

const typos = '#- aiwf.config.yaml\nprofile: [recomended]\nrules:\n  readability: info\n';

test('what was meant is a quick fix, and all of it at once', () => {
  const { service, uri, file } = openMarked(typos);
  const { diagnostics = [] } = service.diagnostics(uri) ?? {};
  assert.deepEqual(
    diagnostics.map(({ severity, source, code, codeDescription }) => [severity, source, code, codeDescription?.href]),
    diagnostics.map(({ codeDescription }) => [
      DiagnosticSeverity.Error,
      'aiwf',
      'language/invalid-value',
      codeDescription?.href,
    ]),
  );
  const actions = service.codeActions(uri, everywhere, diagnostics, { versioned: false, creates: false });
  assert.deepEqual(
    actions.slice(0, 2).map(({ title }) => title),
    ["Change to 'recommended'", "Change to 'structure/readability'"],
  );
  const changed = ([action]: readonly CodeAction[]) => edited(file.text, action?.edit?.changes?.[uri] ?? []);
  assert.match(changed(actions), /^profile: \[recommended\]$/m);
  const all = service.codeActions(uri, everywhere, diagnostics, {
    versioned: false,
    creates: false,
    only: ['source.fixAll.aiwf'],
  });
  assert.equal(changed(all), 'profile: [recommended]\nrules:\n  structure/readability: info\n');
});

test('no refactorings of workflows are offered', () => {
  const { service, uri } = openMarked(typos);
  const asked = { versioned: false, creates: true, only: ['refactor'], invoked: true };
  assert.deepEqual(service.codeActions(uri, everywhere, [], asked), []);
});

const workflow = `aiwf: 1
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

test('an edit that is not saved counts at once for the workflows below, and is gone when it is closed', () => {
  const disk = new Map([[configuration, 'profile: recommended\n']]);
  const service = createLanguageService({ read: (uri) => disk.get(uri) });
  const uri = uriOf('teams/w.aiwf.yaml');
  const severity = () =>
    service.diagnostics(uri)?.diagnostics.find(({ code }) => code === 'flow/unbounded-loop')?.severity;
  service.open(uri, 1, workflow);
  assert.equal(severity(), DiagnosticSeverity.Warning);
  service.open(configuration, 1, disk.get(configuration) ?? '');
  const before = service.diagnostics(uri);
  service.open(configuration, 2, 'rules: { flow/unbounded-loop: info }\n');
  assert.equal(severity(), DiagnosticSeverity.Information);
  assert.notEqual(service.diagnostics(uri), before);
  service.open(configuration, 3, 'rules: { flow/unbounded-loop: off }\n');
  assert.equal(severity(), undefined);
  assert.equal(service.inspect(uri)?.configuration?.text, 'rules: { flow/unbounded-loop: off }\n');
  service.changed(configuration);
  assert.equal(severity(), undefined, 'what is on disk does not count while it is open');
  service.close(configuration);
  assert.equal(severity(), DiagnosticSeverity.Warning);
});

test('an edit of the baseline counts as well', () => {
  const baseline = uriOf('aiwf.baseline.json');
  const disk = new Map([
    [configuration, 'baseline: ./aiwf.baseline.json\n'],
    [baseline, '{ "version": 1, "files": {} }'],
  ]);
  const service = createLanguageService({ read: (uri) => disk.get(uri) });
  service.open(configuration, 1, disk.get(configuration) ?? '');
  assert.deepEqual(service.diagnostics(configuration)?.diagnostics, []);
  disk.set(baseline, 'nonsense');
  service.changed(baseline);
  assert.match(String(service.diagnostics(configuration)?.diagnostics[0]?.message), /is no file of known findings/);
});

test('diagnostics stay the same object until something changes; a file that is not open has them as well', () => {
  const { service, uri, disk } = openMarked(typos);
  const first = service.diagnostics(uri);
  assert.equal(service.diagnostics(uri), first);
  assert.equal(first?.version, 1);
  assert.equal(first?.counts.error, 2);
  disk.set(uri, 'profile: [strict]\n');
  service.close(uri);
  assert.equal(service.diagnostics(uri), undefined);
  assert.deepEqual(service.check(uri)?.diagnostics, []);
  assert.equal(service.check(uri)?.version, undefined);
});

test('a file of shared rules is a document too, and its edits count at once', () => {
  const pack = uriOf('acme.aiwf.rules.yaml');
  const disk = new Map([
    [configuration, 'packs: [./acme.aiwf.rules.yaml]\nrules: { acme/titled: error }\n'],
    [pack, 'pack: acme\ncustom-rules: []\n'],
  ]);
  const service = createLanguageService({ read: (uri) => disk.get(uri) });
  const uri = uriOf('w.aiwf.yaml');
  service.open(uri, 1, workflow);
  const messages = () => service.diagnostics(uri)?.diagnostics.map(({ code }) => code) ?? [];
  assert.ok(!messages().includes('acme/titled'));
  const rule = '{ id: acme/titled, message: No title, for: workflow, require: has(workflow.title) }';
  service.open(pack, 1, `pack: acme\ncustom-rules:\n  - ${rule}\n`);
  assert.ok(messages().includes('acme/titled'));
  assert.deepEqual(service.diagnostics(pack)?.diagnostics, []);
  service.open(pack, 2, `pak: acme\ncustom-rules:\n  - ${rule}\n`);
  const faults = service.diagnostics(pack)?.diagnostics.map(({ message }) => String(message)) ?? [];
  assert.match(faults.join('\n'), /Did you mean 'pack'\?/);
  assert.deepEqual(
    service.symbols(pack).map(({ name }) => name),
    ['pak', 'custom-rules'],
  );
  const linked = openMarked(
    '#- aiwf.config.yaml\npacks: [./a.aiwf.rules.yaml, "@acme/rules"]\n#- a.aiwf.rules.yaml\npack: a\n',
  );
  assert.deepEqual(
    linked.service.links(linked.uri).map(({ target }) => target),
    [uriOf('a.aiwf.rules.yaml')],
  );
});

test('it has no picture, no references and nothing to rename', () => {
  const { service, uri, position } = openMarked('#- aiwf.config.yaml\npro<|>file: [strict]\n');
  assert.equal(service.diagram(uri), null);
  assert.deepEqual(service.references(uri, position, true), []);
  assert.equal(service.prepareRename(uri, position), null);
  assert.deepEqual(service.semanticTokens(uri), []);
});

test('it is formatted, and its comments stay', () => {
  const text = `# What is asked.\nprofile:   [recommended,sox] # both\nrules:\n    flow/unbounded-loop:   error\n\n\n# end\n`;
  const { service, uri } = openMarked(`#- aiwf.config.yaml\n${text}`);
  assert.equal(
    edited(text, service.formatting(uri)),
    '# What is asked.\nprofile: [recommended, sox] # both\nrules:\n  flow/unbounded-loop: error\n\n# end\n',
  );
});

const whole = `#- aiwf.config.yaml
profile: [recommended, sox]
rules:
  flow/unbounded-loop: warning
  structure/readability: off
include: [teams]
exclude: teams/old
overrides:
  - files: [teams/a.aiwf.yaml, teams/b.aiwf.yaml]
    rules: { flow/condition-gap: error }
  - files: nowhere
baseline: ./aiwf.baseline.json
#- aiwf.baseline.json
{ "version": 1, "files": { "a": [{ "rule": "r", "place": "p", "message": "m", "count": 1 }] } }
#- teams/a.aiwf.yaml
aiwf: 1
#- teams/b.aiwf.yaml
aiwf: 1
#- teams/c/aiwf.config.yaml
profile: strict
#- teams/c/d.aiwf.yaml
aiwf: 1
`;

test('it folds, and selections grow', () => {
  const { service, uri } = openMarked(whole);
  assert.deepEqual(
    service.foldingRanges(uri).map(({ startLine, endLine }) => [startLine, endLine]),
    [
      [1, 3],
      [6, 9],
      [7, 8],
    ],
  );
  const [selection] = service.selectionRanges(uri, [{ line: 2, character: 4 }]);
  assert.deepEqual(selection?.parent?.range.start, { line: 2, character: 2 });
});

test('the outline names rules, parameters and overrides', () => {
  const { service, uri } = openMarked(whole);
  const shown = (symbols: readonly DocumentSymbol[]): unknown[] =>
    symbols.map(({ name, detail, children }) =>
      children ? [name, shown(children)] : detail ? `${name}: ${detail}` : name,
    );
  assert.deepEqual(shown(service.symbols(uri)), [
    'profile: recommended, sox',
    ['rules', ['flow/unbounded-loop: warning', 'structure/readability: off']],
    'include: teams',
    'exclude: teams/old',
    ['overrides', [['teams/a.aiwf.yaml, teams/b.aiwf.yaml', ['rules']], 'nowhere']],
    'baseline: ./aiwf.baseline.json',
  ]);
});

test('every symbol holds its own name, whatever is half typed', () => {
  const inside = ({ range, selectionRange, children = [] }: DocumentSymbol): void => {
    const at = ({ line, character }: { line: number; character: number }) => line * 1000 + character;
    assert.ok(at(range.start) <= at(selectionRange.start) && at(selectionRange.end) <= at(range.end));
    children.forEach(inside);
  };
  for (const text of [
    '- ',
    'a: [{}]',
    'overrides:\n  - \n  - {}',
    '"": 1',
    'rules:\n  ? [a]\n  : b',
    whole.slice(20),
  ]) {
    const { service, uri } = openMarked(`#- aiwf.config.yaml\n${text}`);
    service.symbols(uri).forEach(inside);
  }
});

test('the baseline is a link where it is there', () => {
  const { service, uri } = openMarked(whole);
  assert.deepEqual(
    service.links(uri).map(({ target, range }) => [target, range.start.line, range.start.character]),
    [[uriOf('aiwf.baseline.json'), 10, 10]],
  );
  const missing = openMarked('#- aiwf.config.yaml\nbaseline: ./none.json\n');
  assert.deepEqual(missing.service.links(missing.uri), []);
});

test('waivers and own rules are called by rule and id, and above a waiver stands how many workflows it is for', () => {
  const { service, uri } = openMarked(`#- aiwf.config.yaml
waivers:
  - in: teams
    rule: flow/unbounded-loop
custom-rules:
  - { for: steps, id: acme/own }
#- teams/a.aiwf.yaml
aiwf: 1
`);
  assert.deepEqual(
    service.symbols(uri).map(({ children = [] }) => children.map(({ name }) => name)),
    [['flow/unbounded-loop'], ['acme/own']],
  );
  const lenses = service.codeLenses(uri, { references: true, diagram: true, findings: true });
  assert.ok(lenses.some(({ range, command }) => range.start.line === 1 && command?.title === 'names 1 workflow'));
});

test('above globs stands how many workflows they name; those of a nearer configuration do not count', () => {
  const { service, uri } = openMarked(whole);
  const lenses = service.codeLenses(uri, { references: true, diagram: true, findings: true });
  assert.deepEqual(
    lenses.map(({ range, command }) => [range.start.line, command?.title, command?.command]),
    [
      [4, 'names 2 workflows', lensCommands.references],
      [5, 'leaves out no workflow', ''],
      [7, 'names 2 workflows', lensCommands.references],
      [9, 'names no workflow', ''],
      [10, '1 known finding in 1 file', ''],
    ],
  );
  const [, , places] = lenses[0]?.command?.arguments ?? [];
  assert.deepEqual(
    (places as readonly { uri: string }[]).map((place) => place.uri),
    [uriOf('teams/a.aiwf.yaml'), uriOf('teams/b.aiwf.yaml')],
  );
  assert.deepEqual(service.codeLenses(uri, { references: false, diagram: true, findings: true }), []);
});

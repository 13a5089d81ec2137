// Refactorings of the examples: whichever is offered keeps every comment, leaves a text that can be read, and brings no
// error; one that does not say so changes no finding. A sample of all places; with AIWF_EVERY_PLACE=1 every place.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { CodeAction, Range } from 'vscode-languageserver-types';
import { Lexer } from 'yaml';
import { parseFile } from '../../src/language/parse.ts';
import { createLanguageService } from '../../src/service/language-service.ts';
import { toRange } from '../../src/service/positions.ts';
import { textsAfter } from '../support/refactored.ts';

const folder = 'file:///work/';
const names = ['shared/people.aiwf.yaml', ...readdirSync('examples').filter((name) => name.endsWith('.aiwf.yaml'))];
const disk = new Map(names.map((name) => [folder + name, readFileSync(`examples/${name}`, 'utf8')]));
const every = process.env.AIWF_EVERY_PLACE ? 1 : 43;
const seen = new Set<string>();

/** Every declaration and mention as a cursor, and each step with those behind it as selections. */
function placesIn(uri: string, text: string): readonly Range[] {
  const file = parseFile(uri, text);
  const steps = file.declarations.filter(({ kind }) => kind === 'step');
  const contract = file.references.findIndex(({ to }) => to.includes('handoff'));
  // What is rare comes first, and is in every sample.
  const mentions = [...file.references.slice(contract), ...file.references.slice(0, contract)];
  const cursors = [...mentions, ...file.declarations].map(({ range: { start } }) => ({ start, end: start }));
  const selections = steps.flatMap(({ range: { start } }, i) =>
    [0, 2, 5].flatMap((more) => {
      const last = steps[i + more];
      return last ? [{ start, end: last.range.end }] : [];
    }),
  );
  return [...cursors, ...selections].map((range) => toRange(file, range));
}

function serviceOf(texts: ReadonlyMap<string, string>) {
  return createLanguageService({
    read: (uri) => texts.get(uri),
    workflowFiles: () => [...texts.keys()].filter((uri) => uri.startsWith(folder)),
  });
}

function commentsIn(texts: ReadonlyMap<string, string>): readonly string[] {
  return [...texts.values()]
    .flatMap((text) => [...new Lexer().lex(text)].filter((token) => token.startsWith('#')))
    .map((comment) => comment.trim())
    .sort();
}

/** Severity and rule of each finding of some files. */
function findingsOf(texts: ReadonlyMap<string, string>, uris: Iterable<string>): readonly string[] {
  const service = serviceOf(texts);
  return [...uris]
    .flatMap((uri) => (texts.has(uri) ? (service.check(uri)?.diagnostics ?? []) : []))
    .map(({ severity, code }) => `${severity} ${code}`)
    .sort();
}

/** The offer to sort steps that are sorted already, of which there should be none. */
function sortedAgain(texts: ReadonlyMap<string, string>, uri: string): string | undefined {
  const service = serviceOf(texts);
  const text = texts.get(uri) ?? '';
  service.open(uri, 1, text);
  const line = text.split('\n').findIndex((each) => each.startsWith('steps:'));
  const at = { line, character: 1 };
  const options = { versioned: true, only: ['refactor.rewrite'] };
  return service.codeActions(uri, { start: at, end: at }, [], options).find(({ title }) => title.startsWith('Sort'))
    ?.title;
}

for (const [index, name] of names.entries()) {
  test(`what is offered in ${name} keeps its word`, () => {
    const uri = folder + name;
    const text = disk.get(uri) ?? '';
    const service = serviceOf(disk);
    service.open(uri, 1, text);
    const places = placesIn(uri, text).filter((_, i) => i === 0 || (i + index) % every === 0);
    assert.ok(places.length > 1);
    const offered = new Map<string, CodeAction>();
    for (const range of places) {
      const options = { versioned: true, creates: true, showsDisabled: true, only: ['refactor'] };
      for (const action of service.codeActions(uri, range, [], options)) {
        seen.add(`${action.kind} ${action.title.split(' ')[0]}`);
        if (action.disabled) assert.equal(action.edit, undefined);
        else offered.set(JSON.stringify(action.edit), action);
      }
    }
    for (const action of offered.values()) {
      const after = textsAfter(disk, action);
      const changed = [...after.keys()].filter((each) => after.get(each) !== disk.get(each));
      assert.ok(changed.length > 0, action.title);
      assert.deepEqual(commentsIn(after), commentsIn(disk), action.title);
      if (action.title.startsWith('Sort')) assert.equal(sortedAgain(after, uri), undefined);
      const [was, is] = [findingsOf(disk, changed), findingsOf(after, changed)];
      const fresh = is.filter((finding) => finding.startsWith('1 ') && !was.includes(finding));
      assert.deepEqual(fresh, [], action.title);
      if (!action.title.endsWith('(changes meaning)') && !/^(Split|Extract)/.test(action.title))
        assert.deepEqual(is, was, action.title);
    }
  });
}

test('the sample meets every refactoring', () => {
  assert.deepEqual([...seen].sort(), [
    'refactor.extract Extract',
    'refactor.extract Give',
    'refactor.inline Write',
    'refactor.move Move',
    'refactor.rewrite Insert',
    'refactor.rewrite Sort',
    'refactor.rewrite Split',
    'refactor.rewrite Write',
  ]);
});

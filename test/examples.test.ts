// The examples and templates: each yields exactly the findings its first comment names, every fix of every finding
// applies cleanly, and changes that mean nothing change no finding.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { parseFile } from '../src/language/parse.ts';
import type { ProjectHost } from '../src/language/project.ts';
import { applyEdits } from './support/apply-edits.ts';
import { checkFix, lintText } from './support/check.ts';

const folders = ['examples', 'examples/shared', 'media/templates'];
const paths = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.aiwf.yaml'))
    .map((name) => `${folder}/${name}`),
);

const host: ProjectHost = {
  text(uri) {
    try {
      return readFileSync(new URL(uri), 'utf8');
    } catch {
      return undefined;
    }
  },
  file(uri) {
    const text = host.text(uri);
    return text === undefined ? undefined : parseFile(uri, text);
  },
};

function uriOf(path: string): string {
  return pathToFileURL(path).href;
}

/** `rule at place` of each line `# - rule at place: why` in the first comment. */
function announced(text: string): readonly string[] {
  const [first = ''] = text.split(/^(?!#)/m);
  return [...first.matchAll(/^# - (\S+ at [^\s:]+(?::[\w-]+)?)/gm)].map(([, finding = '']) => finding);
}

for (const path of paths) {
  const text = readFileSync(path, 'utf8');
  const uri = uriOf(path);
  const findings = lintText(text, host, {}, uri);

  test(`${path} has the findings it announces and no other`, () => {
    assert.deepEqual(findings.map(({ rule, place }) => `${rule} at ${place}`).sort(), [...announced(text)].sort());
  });

  for (const finding of findings) {
    for (const fix of finding.fixes) {
      test(`${path}: '${fix.title}' mends ${finding.rule} at ${finding.place} and nothing else changes`, () => {
        checkFix(text, finding, fix, host, uri);
        const crlf = text.replaceAll('\n', '\r\n');
        const twin = lintText(crlf, host, {}, uri).find(
          ({ message, place }) => message === finding.message && place === finding.place,
        );
        const again = twin?.fixes.find(({ title }) => title === fix.title);
        assert.ok(twin && again);
        assert.equal(
          checkFix(crlf, twin, again, host, uri),
          checkFix(text, finding, fix, host, uri).replaceAll('\n', '\r\n'),
        );
      });
    }
  }
}

/** Changes of a text that mean nothing. */
const noOps: Readonly<Record<string, (text: string) => string>> = {
  'line breaks of Windows': (text) => text.replaceAll('\n', '\r\n'),
  'a comment before each section': (text) => text.replaceAll(/^(?=[a-z])/gm, '# Nothing new.\n'),
  'hours instead of days': (text) =>
    text.replaceAll(/\b(within|ack|after|for|max): (\d+)d\b/g, (_, key, days) => `${key}: ${Number(days) * 24}h`),
  'steps and declarations in another order': reorder,
  'outcomes in another order': (text) =>
    text.replaceAll(/\bon: \{ ([^{}#]*?) \}/g, (_, body) => `on: { ${reverse(body)} }`),
  'parallel branches in another order': (text) =>
    text.replaceAll(/\ball: \[([^[\]{}#]*)\]/g, (_, body) => `all: [${reverse(body)}]`),
  'one line of JSON': (text) => JSON.stringify(parse(text)),
};

for (const path of paths) {
  const text = readFileSync(path, 'utf8');
  const uri = uriOf(path);
  const places = (changed: string) =>
    lintText(changed, host, {}, uri)
      .map(({ rule, place, severity, verdict }) => `${severity} ${verdict} ${rule} at ${place}`)
      .sort();

  for (const [name, change] of Object.entries(noOps)) {
    test(`${path} has the same findings with ${name}`, () => assert.deepEqual(places(change(text)), places(text)));
  }

  test(`${path} has the same findings with other names`, () => {
    const renamed = rename(text, uri);
    assert.notEqual(renamed, text);
    const plain = (words: string) => words.replaceAll('-or-so', '');
    const all = (of: string) => lintText(of, host, {}, uri).map(({ rule, place, message }) => [rule, place, message]);
    assert.deepEqual(
      all(renamed).map((finding) => finding.map((words) => plain(words ?? ''))),
      all(text),
    );
  });

  test(`${path}: every fix applies as cleanly where the file is one line of JSON`, () => {
    const json = JSON.stringify(parse(text));
    for (const finding of lintText(json, host, {}, uri))
      for (const fix of finding.fixes) checkFix(json, finding, fix, host, uri);
  });
}

function reverse(list: string): string {
  return list.split(/, /).reverse().join(', ');
}

/** Steps, also those of scopes, and declarations from the last to the first. */
function reorder(text: string): string {
  const maps = new Set(['steps', 'actors', 'data', 'stores', 'events', 'handoffs', 'policies']);
  const reversed = (key: string, value: unknown): unknown =>
    maps.has(key) && value instanceof Object && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).reverse())
      : value;
  return JSON.stringify(parse(text), reversed);
}

/** Steps and actors of the file, and every mention of them, with a longer name. */
function rename(text: string, uri: string): string {
  const { declarations, references } = parseFile(uri, text);
  const ids = new Set(declarations.filter(({ kind }) => kind === 'step' || kind === 'actor').map(({ name }) => name));
  const mentions = [...declarations, ...references].filter(
    ({ name, range }) => ids.has(name) && text.startsWith(name, range.start),
  );
  const ends = new Set(mentions.map(({ name, range }) => range.start + name.length));
  return applyEdits(
    text,
    [...ends].map((end) => ({ range: { start: end, end }, text: '-or-so' })),
  );
}

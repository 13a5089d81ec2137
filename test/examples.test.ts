// The examples and templates: each yields exactly the findings its first comment names, every fix of every finding
// applies cleanly, and changes that mean nothing change no finding.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { parseFile } from '../src/language/parse.ts';
import type { ProjectHost } from '../src/language/project.ts';
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

// A law of rename, for every id in every example: under a new name the files say the same, and renamed back they are the
// same bytes.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseFile } from '../../src/language/parse.ts';
import type { ProjectHost } from '../../src/language/project.ts';
import { resolveWorkflow } from '../../src/language/project.ts';
import { lineStartsOf } from '../../src/language/source.ts';
import { createLanguageService } from '../../src/service/language-service.ts';
import { type Occurrence, occurrencesIn } from '../../src/service/occurrences.ts';
import { toPosition } from '../../src/service/positions.ts';
import { edited, uriOf } from '../support/service.ts';

const folders = ['examples', 'examples/shared', 'media/templates'];
const paths = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.aiwf.yaml'))
    .map((name) => `${folder}/${name}`),
);

type Texts = ReadonlyMap<string, string>;
const original: Texts = new Map(paths.map((path) => [uriOf(path), readFileSync(path, 'utf8')]));
/** As they are now; the service reads them as it does files on disk. */
const texts = new Map(original);
const service = createLanguageService({ read: (uri) => texts.get(uri), workflowFiles: () => [...texts.keys()] });
let version = 0;

/** The uris that changed, or why nothing did. */
function rename(uri: string, offset: number, name: string): readonly string[] | string {
  const text = texts.get(uri) ?? '';
  service.open(uri, ++version, text);
  const position = toPosition({ text, lineStarts: lineStartsOf(text) }, offset);
  const result = service.rename(uri, position, name, { versioned: false });
  service.close(uri);
  assert.ok(result, 'the file is open');
  if ('refused' in result) return result.refused;
  const changes = Object.entries(result.changes ?? {});
  for (const [at, edits] of changes) {
    texts.set(at, edited(texts.get(at) ?? '', edits));
    service.changed(at);
  }
  return changes.map(([at]) => at);
}

/** Rules with their lines, of some files: a new name moves nothing to another line. */
function findings(uris: readonly string[]): readonly string[] {
  return uris.flatMap((uri) =>
    (service.check(uri)?.diagnostics ?? [])
      .map(({ code, severity, range }) => `${uri}:${range.start.line} ${code} ${severity}`)
      .sort(),
  );
}

const before = new Map(paths.map(uriOf).map((uri) => [uri, findings([uri])]));

const host: ProjectHost = {
  text: (uri) => original.get(uri),
  file: (uri) => {
    const text = original.get(uri);
    return text === undefined ? undefined : parseFile(uri, text);
  },
};

const fresh = 'zz_fresh_name';

for (const path of paths) {
  const uri = uriOf(path);
  const file = parseFile(uri, original.get(uri) ?? '');
  const byKey = new Map<string, Occurrence>();
  for (const occurrence of occurrencesIn(file, resolveWorkflow(file, host).workflow))
    byKey.set(occurrence.entity.key, occurrence);

  test(`${path}: ${byKey.size} names, each to a new one and back`, () => {
    assert.ok(byKey.size > 5);
    for (const { entity, range } of byKey.values()) {
      const what = `${entity.kind} '${entity.name}'`;
      const changed = rename(uri, range.start, fresh);
      if (typeof changed === 'string') {
        assert.match(changed, /has a meaning in the language/, what);
        continue;
      }
      const text = texts.get(uri) ?? '';
      assert.notEqual(text, original.get(uri), what);
      // Labels, purposes and other free names mean something beyond their file: to policies, evidence, standards.
      if (entity.kind !== 'name')
        assert.deepEqual(
          findings(changed),
          changed.flatMap((at) => before.get(at) ?? []),
          what,
        );
      const back = rename(uri, text.indexOf(fresh), entity.name);
      assert.notEqual(typeof back, 'string', `${what}: ${back}`);
      assert.deepEqual(texts, original, what);
    }
  });
}

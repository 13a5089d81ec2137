// The editor and the command line find the same, in every example and in a project with overrides and a baseline.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startOfDay } from '../../src/language/values.ts';
import { createLanguageService } from '../../src/service/language-service.ts';
import { bundleCli, folderOf, runCli } from '../support/cli.ts';

let cli = '';
before(async () => {
  cli = await bundleCli();
});

interface Report {
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly message: string;
    readonly file: string;
    readonly range: { readonly start: Place; readonly end: Place };
    readonly also: readonly string[];
  }[];
}
interface Place {
  readonly line: number;
  readonly column: number;
}

const words = ['', 'error', 'warning', 'info'];

/** Every finding of the folder as the command line and as the editor say it, one line each. */
function bothOf(folder: string): { readonly terminal: readonly string[]; readonly editor: readonly string[] } {
  const { output } = runCli(cli, ['check', '--format', 'json'], folder);
  const { findings } = JSON.parse(output) as Report;
  const terminal = findings.map(({ rule, severity, message, file, range: { start, end }, also }) => {
    const more = also.length > 0 ? `\nAlso: ${also.join(', ')}.` : '';
    return `${file} ${start.line}:${start.column}-${end.line}:${end.column} ${severity} ${rule} ${message}${more}`;
  });
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.aiwf.yaml'),
  );
  const uris = names.map((name) => pathToFileURL(join(folder, name)).href).sort();
  const read = (uri: string) => (existsSync(fileURLToPath(uri)) ? readFileSync(fileURLToPath(uri), 'utf8') : undefined);
  const service = createLanguageService({
    read,
    workflowFiles: () => uris,
    workflowUri: (id) => uris.find((uri) => new RegExp(`^workflow: ${id}$`, 'm').test(read(uri) ?? '')),
    today: () => startOfDay(Date.now()),
  });
  const editor = uris.flatMap((uri) =>
    (service.check(uri)?.diagnostics ?? []).map(({ range: { start, end }, severity = 0, code, message }) => {
      const file = decodeURIComponent(uri.slice(pathToFileURL(`${folder}/`).href.length));
      const range = `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
      return `${file} ${range} ${words[severity]} ${code} ${message}`;
    }),
  );
  return { terminal: [...terminal].sort(), editor: [...editor].sort() };
}

test('in every example', () => {
  const { terminal, editor } = bothOf('examples');
  assert.ok(terminal.length > 10, `${terminal.length} findings`);
  assert.deepEqual(editor, terminal);
});

test('in a project with overrides and a baseline', () => {
  const names = readdirSync('examples').filter((name) => name.endsWith('.aiwf.yaml'));
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(join('examples', name), 'utf8')]));
  const configuration = 'baseline: ./known.json\ntoday: 2026-11-24\noverrides: [{ files: "*a*", profile: strict }]\n';
  const folder = folderOf({ ...files, 'aiwf.config.yaml': configuration });
  const all = bothOf(folder);
  assert.deepEqual(all.editor, all.terminal);
  runCli(cli, ['check', ...names.filter((_, at) => at % 2 === 0), '--update-baseline'], folder);
  const some = bothOf(folder);
  assert.ok(some.terminal.length < all.terminal.length && some.terminal.length > 0);
  assert.deepEqual(some.editor, some.terminal);
});

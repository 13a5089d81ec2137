// `aiwf check`: reads the files, checks each one with all of them at hand, and reports.
import { type ParsedFile, parseFile } from '../language/parse.ts';
import type { CheckedFile } from '../report/checked-file.ts';
import { renderJson } from '../report/json.ts';
import { renderText } from '../report/text.ts';
import { lint } from '../rules/lint.ts';
import { createHost, type Fault, findWorkflows, readText, uriOf } from './files.ts';
import { exitCodes, type Outcome } from './outcome.ts';

interface CheckOptions {
  readonly paths: readonly string[];
  readonly format: 'text' | 'json';
  readonly profile: readonly string[];
  readonly color: boolean;
  readonly version: string;
}

/** Checks all workflows the paths name. */
export function check({ paths, format, profile, color, version }: CheckOptions): Outcome {
  const found = findWorkflows(paths);
  const faults: Fault[] = [...found.faults];
  const parsed: { readonly path: string; readonly file: ParsedFile }[] = [];
  for (const path of found.paths) {
    const read = readText(path);
    if ('reason' in read) faults.push({ path, reason: read.reason });
    else parsed.push({ path, file: parseFile(uriOf(path), read.text) });
  }
  const host = createHost(workflowsById(parsed.map(({ file }) => file)));
  const files = parsed.map(({ path, file }): CheckedFile => {
    const result = lint(file, host, { settings: { profile } });
    const { text, lineStarts } = file;
    return { path, text, lineStarts, profile: result.profile, findings: result.findings };
  });
  const violated = files.some((file) => file.findings.some(({ severity }) => severity === 'error'));
  return {
    output: format === 'json' ? renderJson(files) : renderText(files, { version, color }),
    errors: faults.map((fault) => `${fault.path}: ${fault.reason}`),
    exitCode: faults.length > 0 ? exitCodes.failed : violated ? exitCodes.violated : exitCodes.ok,
  };
}

/** Files that a `call` can name by id; where two declare the same one, the first by uri. */
function workflowsById(files: readonly ParsedFile[]): ReadonlyMap<string, string> {
  const uris = new Map<string, string>();
  for (const { fields, uri } of files) {
    const id = fields?.workflow?.value;
    const known = id === undefined ? undefined : uris.get(id);
    if (id !== undefined && (known === undefined || uri < known)) uris.set(id, uri);
  }
  return uris;
}

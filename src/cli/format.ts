// `aiwf format`: formats files in place, or says which ones are not formatted.
import { applied } from '../language/edit.ts';
import { formatEdits, isReadable } from '../language/format.ts';
import { parseFile } from '../language/parse.ts';
import { type Fault, findWorkflows, readText, uriOf, writeText } from './files.ts';
import { exitCodes, type Outcome } from './outcome.ts';

interface FormatOptions {
  readonly paths: readonly string[];
  /** Writes nothing. */
  readonly check: boolean;
}

/** Formats all workflows the paths name; the output names those that were, or with `check` would be, changed. */
export function format({ paths, check }: FormatOptions): Outcome {
  const found = findWorkflows(paths);
  const faults: Fault[] = [...found.faults];
  const changed: string[] = [];
  for (const path of found.paths) {
    const read = readText(path);
    const result = 'text' in read ? formatted(path, read.text) : read;
    if ('reason' in result) faults.push({ path, reason: result.reason });
    else if ('text' in read && result.text !== read.text) {
      const reason = check ? undefined : writeText(path, result.text);
      if (reason === undefined) changed.push(path);
      else faults.push({ path, reason });
    }
  }
  return {
    output: changed.map((path) => `${path}\n`).join(''),
    errors: faults.map(({ path, reason }) => `${path}: ${reason}`),
    exitCode: faults.length > 0 ? exitCodes.failed : check && changed.length > 0 ? exitCodes.violated : exitCodes.ok,
  };
}

function formatted(path: string, text: string): { readonly text: string } | { readonly reason: string } {
  const file = parseFile(uriOf(path), text);
  if (!isReadable(file)) return { reason: 'not formatted, since it has syntax errors; see `aiwf check`' };
  return { text: applied(text, formatEdits(file)) };
}

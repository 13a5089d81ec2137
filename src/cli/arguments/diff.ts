// The words of `aiwf diff`.
import { oneOf, type Values, type Wrong, wrong, wrongValue } from './values.ts';

/** Forms of a difference; the first one is the default. */
export const diffFormats = ['text', 'markdown', 'json', 'sarif'] as const;

/** What `aiwf diff` was asked. */
export interface DiffCommand {
  readonly name: 'diff';
  /** A git revision, a file or a folder. */
  readonly base: string;
  /** Undefined: the files as they are now. */
  readonly head: string | undefined;
  /** Files and folders to compare; none: this folder. */
  readonly paths: readonly string[];
  readonly format: (typeof diffFormats)[number];
  /** File of the report; undefined: standard output. */
  readonly output: string | undefined;
  readonly color: boolean;
}

export const diffOptions = {
  format: { type: 'string' },
  output: { type: 'string' },
  path: { type: 'string', multiple: true },
  color: { type: 'boolean' },
} as const;

export function readDiff([base, head]: readonly string[], values: Values): DiffCommand | Wrong {
  const name = 'diff';
  if (base === undefined) return wrong('diff: name what to compare with: a git revision, a file or a folder');
  const format = oneOf(values.format, diffFormats);
  if (!format) return wrongValue(name, 'format', values.format, diffFormats);
  const { output, path: paths = [], color = false } = values;
  if (output === '') return wrong('diff: --output names a file');
  return { name, base, head, paths, format, output, color };
}

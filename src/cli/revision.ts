// An earlier state of files: another file, or a git revision, read from the repository without running anything in it.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ParsedFile, parseFile } from '../language/parse.ts';
import { maxTextLength } from '../language/parse-syntax.ts';
import type { ProjectHost } from '../language/project.ts';
import { readText } from './files.ts';

/** Where the earlier state of a file comes from. */
export interface Revision {
  /** The file `uri` as it was; undefined where it did not exist yet. */
  file(uri: string): ParsedFile | undefined;
  /** The files around it as they were; undefined: as they are now. */
  readonly host: ProjectHost | undefined;
  /** Tells one earlier state from another. */
  readonly key: string;
}

/** `base` as the user gave it: a file to compare the one checked file with, or a revision that git knows. */
export function openRevision(
  base: string,
  checked: readonly string[],
  now: ProjectHost,
): Revision | { readonly reason: string } {
  if (isFile(base)) {
    if (checked.length !== 1) return { reason: 'a file as --base is compared with one file; name a git revision' };
    const read = readText(base);
    if ('reason' in read) return read;
    return { file: (uri) => parseFile(uri, read.text), host: undefined, key: read.text };
  }
  const [first] = checked;
  const folder = first === undefined ? '.' : dirname(first);
  const commit = git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${base}^{commit}`])?.trim();
  if (!commit) return { reason: `'${base}' is neither a file nor a git revision here` };
  return revisionAt(commit, now);
}

/** The files as they were in a commit. A workflow that is called by its id is looked for where it stands now. */
export function revisionAt(commit: string, now: ProjectHost): Revision {
  const texts = new Map<string, string | undefined>();
  const files = new Map<string, ParsedFile | undefined>();
  const text = (uri: string) => {
    if (!texts.has(uri)) texts.set(uri, textAt(commit, uri));
    return texts.get(uri);
  };
  const file = (uri: string) => {
    const found = text(uri);
    if (!files.has(uri)) files.set(uri, found === undefined ? undefined : parseFile(uri, found));
    return files.get(uri);
  };
  return { file, key: commit, host: { file, text, workflowUri: (id) => now.workflowUri?.(id) } };
}

/** `cat-file` runs no filter that the repository may configure. */
function textAt(commit: string, uri: string): string | undefined {
  try {
    const path = fileURLToPath(uri);
    return git(dirname(path), ['cat-file', 'blob', `${commit}:./${basename(path)}`]);
  } catch {
    return undefined;
  }
}

/** What git answers in a folder; undefined where it fails or is not there. */
export function git(folder: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync('git', ['-C', folder, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 4 * maxTextLength,
    });
  } catch {
    return undefined;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

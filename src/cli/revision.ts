// An earlier state of files: another file, or a git revision, read from the repository without running anything in it.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isConfigurationName } from '../governance/configuration.ts';
import { type ParsedFile, parseFile } from '../language/parse.ts';
import { maxTextLength } from '../language/parse-syntax.ts';
import { isWorkflowName, type ProjectHost } from '../language/project.ts';
import { readText } from './files.ts';

/** Where the earlier state of a file comes from. */
export interface Revision {
  /**
   * The file `uri` as it was, also where it stood elsewhere: then a workflow of the same id was there that is there no more.
   * Undefined where it did not exist yet.
   */
  file(uri: string, id?: string): ParsedFile | undefined;
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
  let gone: ReadonlyMap<string, string | undefined> | undefined;
  const movedFrom = (id: string, uri: string) => {
    gone ??= goneWorkflows(commit, uri, file);
    return gone.get(id);
  };
  return {
    file(uri, id) {
      const found = file(uri);
      const before = found || id === undefined ? undefined : movedFrom(id, uri);
      return before === undefined ? found : file(before);
    },
    key: commit,
    host: { file, text, workflowUri: (id) => now.workflowUri?.(id) },
  };
}

/** Uris of the workflows of a commit that stand there no more, by their ids; undefined for an id that several had. */
function goneWorkflows(commit: string, uri: string, file: (uri: string) => ParsedFile | undefined) {
  const gone = new Map<string, string | undefined>();
  for (const { uri: other } of workflowsIn(commit, dirname(fileURLToPath(uri)))) {
    if (isFile(fileURLToPath(other))) continue;
    const id = file(other)?.fields?.workflow?.value;
    if (id !== undefined) gone.set(id, gone.has(id) ? undefined : other);
  }
  return gone;
}

/** Files of a commit that have the name of a workflow or a configuration, wherever they stand in the repository of `folder`. */
export function workflowsIn(
  commit: string,
  folder: string,
): readonly { readonly path: string; readonly uri: string }[] {
  const root = git(folder, ['rev-parse', '--show-toplevel'])?.trim();
  if (!root) return [];
  const listed = git(folder, ['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit])?.split('\0') ?? [];
  return listed
    .filter((name) => isWorkflowName(name) || isConfigurationName(name))
    .map((name) => ({ path: resolve(root, name), uri: pathToFileURL(resolve(root, name)).href }));
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

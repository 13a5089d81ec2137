// Files of the disk as values: finding workflows below a folder, reading and writing text, and the project host.
// Nothing here throws; what cannot be had comes with a reason of one line.

import { randomUUID } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  type Dirent,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type ParsedFile, parseFile } from '../language/parse.ts';
import { maxTextLength } from '../language/parse-syntax.ts';
import type { ProjectHost } from '../language/project.ts';
import { isWorkflowName } from '../language/project.ts';

/** Something that could not be read, and why. */
export interface Fault {
  readonly path: string;
  readonly reason: string;
}

interface Found {
  /** Paths as the user gave them, those below a folder with it in front; each file once. */
  readonly paths: readonly string[];
  /** Folders that were named. */
  readonly folders: readonly string[];
  readonly faults: readonly Fault[];
}

/** Every file named, and every workflow below a folder named. */
export function findWorkflows(given: readonly string[]): Found {
  return findFiles(given, isWorkflowName);
}

/** Every file named, and every file below a folder named whose path is wanted. */
export function findFiles(given: readonly string[], isWanted: (path: string) => boolean): Found {
  const paths = new Map<string, string>();
  const faults: Fault[] = [];
  const folders = new Set<string>();
  const named: string[] = [];
  for (const path of given) visit(path, true);
  return { paths: [...paths.values()], folders: named, faults };

  function visit(path: string, isNamed: boolean): void {
    const place = attempt(() => ({ stats: statSync(path), real: realpathSync(path) }));
    if ('reason' in place) {
      // A link into nowhere below a folder is nobody's file.
      if (isNamed || isWanted(path)) faults.push({ path, reason: place.reason });
      return;
    }
    const { stats, real } = place.value;
    if (stats.isDirectory() && isNamed) named.push(path);
    if (stats.isDirectory()) visitFolder(path, real);
    else if (!stats.isFile()) {
      if (isNamed) faults.push({ path, reason: 'not a file or a folder' });
    } else if ((isNamed || isWanted(path)) && !paths.has(real)) paths.set(real, path);
  }

  /** A folder is visited once, however many links lead to it. */
  function visitFolder(path: string, real: string): void {
    if (folders.has(real)) return;
    folders.add(real);
    const entries = attempt(() => readdirSync(path, { withFileTypes: true }));
    if ('reason' in entries) {
      faults.push({ path, reason: entries.reason });
      return;
    }
    for (const { name } of entries.value.filter((entry) => isOfInterest(entry, isWanted)).sort(linksLast)) {
      visit(path === '.' ? name : `${path.replace(/[\\/]+$/, '')}/${name}`, false);
    }
  }
}

function isOfInterest(entry: Dirent, isWanted: (path: string) => boolean): boolean {
  if (entry.name.startsWith('.') || entry.name === 'node_modules') return false;
  return entry.isDirectory() || entry.isSymbolicLink() || isWanted(entry.name);
}

/** Links come last, so that a file which is also linked to is called by its own name. */
function linksLast(a: Dirent, b: Dirent): number {
  const links = Number(a.isSymbolicLink()) - Number(b.isSymbolicLink());
  return links || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/** More bytes than the longest text that is read can have. */
export const maxBytes = 4 * maxTextLength;

/** The text of a file and its bytes, or why there is none. */
export function readText(
  path: string,
): { readonly text: string; readonly bytes: Uint8Array } | { readonly reason: string } {
  const stats = attempt((): Stats => statSync(path));
  if ('reason' in stats) return stats;
  if (!stats.value.isFile()) return { reason: 'not a file' };
  if (stats.value.size > maxBytes)
    return { reason: `too large: ${stats.value.size} bytes, at most ${maxBytes} are read` };
  const bytes = attempt(() => readFileSync(path));
  if ('reason' in bytes) return bytes;
  const text = attempt(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes.value));
  return 'reason' in text ? { reason: 'not UTF-8 text' } : { text: text.value, bytes: bytes.value };
}

/** The reason where a file cannot be written. A byte order mark, which reading leaves out, is kept. */
export function writeText(path: string, text: string): string | undefined {
  const marked = attempt(() => readFileSync(path).subarray(0, 3).equals(byteOrderMark));
  return 'reason' in marked ? notWritten : replaceFile(path, marked.value ? `\uFEFF${text}` : text);
}

/** Writes a file that need not be there yet; the reason where it cannot be. */
export function createText(path: string, text: string): string | undefined {
  return replaceFile(path, text);
}

const notWritten = 'cannot be written';

/**
 * Puts the text where `path` or the file it links to is: the whole of it or nothing, since it is written beside and then
 * takes the place. Owner and permissions stay. In a folder that takes no new file it is written over. Answers the reason
 * where neither can be done, and leaves the file as it was then.
 */
function replaceFile(path: string, text: string): string | undefined {
  const real = attempt(() => realpathSync(path));
  const target = 'value' in real ? real.value : resolve(path);
  const stats = attempt(() => statSync(target));
  const overwrite = () => ('reason' in attempt(() => writeFileSync(target, text)) ? notWritten : undefined);
  // What is no file, such as a terminal or a pipe, cannot change places with one.
  if ('value' in stats && !stats.value.isFile()) return overwrite();
  if ('value' in stats && 'reason' in attempt(() => accessSync(target, constants.W_OK))) return notWritten;
  const beside = join(dirname(target), `.${basename(target)}.${randomUUID().slice(0, 8)}`);
  const written = attempt(() => {
    const opened = openSync(beside, 'wx', 'value' in stats ? stats.value.mode : 0o666);
    try {
      writeFileSync(opened, text);
      fsyncSync(opened);
    } finally {
      closeSync(opened);
    }
    if ('value' in stats) {
      const { uid, gid, mode } = stats.value;
      attempt(() => chownSync(beside, uid, gid));
      chmodSync(beside, mode);
    }
    renameSync(beside, target);
  });
  if ('value' in written) return undefined;
  attempt(() => rmSync(beside, { force: true }));
  return 'value' in stats && written.reason === notPermitted ? overwrite() : notWritten;
}

/** Whether something is at a `file:` uri. */
export function isThere(uri: string): boolean {
  return 'value' in attempt(() => statSync(fileURLToPath(uri)));
}

const byteOrderMark = Buffer.from('\uFEFF');

/** Reads other files by `file:` uri, each once; `workflows` are the files that declare a workflow, by its id. */
export function createHost(workflows: ReadonlyMap<string, string>): ProjectHost {
  const texts = new Map<string, string | undefined>();
  const files = new Map<string, ParsedFile | undefined>();
  const textAt = (uri: string) => {
    const known = texts.get(uri);
    if (known !== undefined || texts.has(uri)) return known;
    const path = attempt(() => fileURLToPath(uri));
    const read = 'reason' in path ? path : readText(path.value);
    const text = 'text' in read ? read.text : undefined;
    texts.set(uri, text);
    return text;
  };
  return {
    text: textAt,
    file(uri) {
      const real = realUri(uri);
      if (!files.has(real)) {
        const text = textAt(real);
        files.set(real, text === undefined ? undefined : parseFile(real, text));
      }
      return files.get(real);
    },
    workflowUri: (id) => workflows.get(id),
  };
}

/** Uri of a path; one for each file, so that imports through links cannot go round in circles unseen. */
export function uriOf(path: string): string {
  const real = attempt(() => realpathSync(path));
  return pathToFileURL('reason' in real ? resolve(path) : real.value).href;
}

/** Path of a `file:` uri, relative to the current folder where it lies below it; empty for another uri. */
export function pathOf(uri: string): string {
  const path = attempt(() => fileURLToPath(uri));
  if ('reason' in path) return '';
  const below = relative('.', path.value);
  return below.startsWith('..') ? path.value : below;
}

function realUri(uri: string): string {
  const path = attempt(() => fileURLToPath(uri));
  return 'reason' in path ? uri : uriOf(path.value);
}

const notPermitted = 'not permitted';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'no such file or folder',
  EACCES: notPermitted,
  EPERM: notPermitted,
  ELOOP: 'symbolic links that lead in a circle',
  ENAMETOOLONG: 'the path is too long',
  EMFILE: 'too many open files',
  EISDIR: 'a folder, not a file',
  EIO: 'the device cannot be read',
};

/** The value, or the reason in one line. */
function attempt<T>(read: () => T): { readonly value: T } | { readonly reason: string } {
  try {
    return { value: read() };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return { reason: reasons[code] ?? `cannot be read (${code})` };
  }
}

// Results of earlier runs of `aiwf check`, in one file of a folder. Each stands with all it was made from and counts only
// while that is the same. Whatever is wrong with the file, a run goes on without it.
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, unlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { signatureOf } from './check-reader.ts';
import type { Reads } from './check-store.ts';
import { createText } from './files.ts';

/** One result. */
export interface CachedResult {
  /** Of the text it was made from. */
  readonly signature: string;
  /** Of everything else that is known before a file is read: tool, options, configuration, day. */
  readonly key: string;
  /** Id of the workflow, as far as there is one. */
  readonly id: string | null;
  readonly reads: Reads;
  /** What was found. */
  readonly record: string;
}

/** Results by the uri of their file. */
export interface CheckCache {
  find(uri: string): CachedResult | undefined;
  keep(uri: string, result: CachedResult): void;
  /** Writes what is known now; answers what a user should know of it. */
  save(): string | undefined;
}

/** Bytes of a file of results; a larger one is not read, and not written. */
const maxBytes = 256_000_000;
/** Files of results in a folder, one for each project and set of options. */
const maxFiles = 32;

const format = 'aiwf check cache 1';
const nameOf = (purpose: string) => `check-${purpose}.ndjson`;
const isOurs = (name: string) => /^check-[\w-]{22}\.ndjson$/.test(name);

/** Folder of the results of all projects: none of a project, so that nobody can hand in results with a change. */
export function defaultCacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const home = homedir();
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'aiwf', 'cache');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'aiwf');
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'aiwf');
}

/**
 * Reads the results of runs for the same `purpose`, a signature of what they have in common; `tool` is one of the program
 * that made them. Never throws; `note` says why there are none where there is something.
 */
export function openCache(
  folder: string,
  purpose: string,
  tool: string,
): { readonly cache: CheckCache; readonly note: string | undefined } {
  const path = join(folder, nameOf(purpose));
  const { lines, note } = readLines(path);
  const head = JSON.stringify({ format, tool });
  const isCurrent = lines[0] === head;
  const known = new Map<string, { readonly facts: string; readonly record: string }>();
  // Facts and record stand in two lines, so that a record is read only where it is used.
  if (isCurrent)
    for (let at = 1; at + 2 < lines.length; at += 3) {
      const [uri = '', facts = '', record = ''] = lines.slice(at, at + 3);
      known.set(uri, { facts, record });
    }
  const used = new Set<string>();
  let isChanged = false;
  const cache: CheckCache = {
    find(uri) {
      const lines = known.get(uri);
      const result = lines && parse(uri, lines.facts, lines.record);
      if (result) used.add(uri);
      return result;
    },
    keep(uri, { record, ...facts }) {
      used.add(uri);
      isChanged = true;
      known.set(uri, { facts: JSON.stringify({ sum: sumOf(uri, facts, record), ...facts }), record });
    },
    save() {
      for (const uri of known.keys()) {
        if (used.has(uri) || isThere(uri)) continue;
        known.delete(uri);
        isChanged = true;
      }
      if (!isChanged) return undefined;
      const text = [head, ...[...known].flatMap(([uri, { facts, record }]) => [uri, facts, record]), ''].join('\n');
      if (text.length > maxBytes) return undefined;
      const reason = write(folder, path, text);
      return reason === undefined ? undefined : `the cache ${path} ${reason}; the next run starts without it`;
    },
  };
  return { cache, note };
}

function readLines(path: string): { readonly lines: readonly string[]; readonly note: string | undefined } {
  const unused = (why: string) => ({ lines: [], note: `the cache ${path} is not used: ${why}` });
  try {
    const stats = lstatSync(path);
    if (!stats.isFile()) return unused('it is no file');
    if (stats.size > maxBytes) return unused('it is too large');
    const lines = readFileSync(path, 'utf8').split('\n');
    // One that another version wrote is nothing to worry about.
    return lines[0]?.startsWith(`{"format":"${format}"`)
      ? { lines, note: undefined }
      : unused('it holds something else');
  } catch (error) {
    return isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')
      ? { lines: [], note: undefined }
      : unused('it cannot be read');
  }
}

/** Undefined for lines that are not those that were written. */
function parse(uri: string, facts: string, record: string): CachedResult | undefined {
  try {
    const { sum, ...rest } = JSON.parse(facts) as Omit<CachedResult, 'record'> & { readonly sum: string };
    return sum === sumOf(uri, rest, record) ? { ...rest, record } : undefined;
  } catch {
    return undefined;
  }
}

function sumOf(uri: string, facts: Omit<CachedResult, 'record'>, record: string): string {
  return signatureOf(uri, JSON.stringify(facts), record);
}

function write(folder: string, path: string, text: string): string | undefined {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // A link in its place goes, and not what it leads to.
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) unlinkSync(path);
    const reason = createText(path, text);
    if (reason === undefined) removeOldest(folder);
    return reason;
  } catch {
    return 'cannot be written';
  }
}

function removeOldest(folder: string): void {
  const files = readdirSync(folder)
    .filter(isOurs)
    .map((name) => ({ path: join(folder, name), age: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.age - a.age);
  for (const { path } of files.slice(maxFiles)) rmSync(path, { force: true });
}

function isThere(uri: string): boolean {
  try {
    return statSync(fileURLToPath(uri), { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

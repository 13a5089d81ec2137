// Which files the globs of a configuration are about: those to check, those of an override, those of a waiver.
import picomatch from 'picomatch/posix.js';
import { scalar } from '../language/shape.ts';

/** What a configuration says of the files it is for. */
interface Scope {
  readonly uri: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** True for a file that the configuration neither excludes nor leaves out of its `include`. A folder's name stands for all in it. */
export function isIncluded({ uri: configuration, include, exclude }: Scope, uri: string): boolean {
  const path = relativePath(configuration, uri);
  if (path === undefined) return true;
  return (include.length === 0 || matches(include, path)) && !matches(exclude, path);
}

/** True for a file that one of the globs names, relative to the folder of the file `from`. */
export function isNamedBy(globs: readonly string[], from: string, uri: string): boolean {
  const path = relativePath(from, uri);
  return path !== undefined && matches(globs, path);
}

/** Path of `uri` below the folder of the file `from`; undefined for a file elsewhere. */
export function relativePath(from: string, uri: string): string | undefined {
  const folder = from.slice(0, from.lastIndexOf('/') + 1);
  if (!uri.startsWith(folder)) return undefined;
  try {
    return decodeURIComponent(uri.slice(folder.length));
  } catch {
    return uri.slice(folder.length);
  }
}

/** A glob of a configuration. */
export const glob = scalar<string>(
  'a glob of at most 200 characters such as flows/**, with at most three wildcards between two slashes',
  (text) => (isGlob(text) ? text : undefined),
  { samples: ['**/*.aiwf.yaml'] },
);

/** Matching goes back for every wildcard: more of them could keep it busy for hours on one path. */
function isGlob(text: string): boolean {
  if (text === '' || text.length > 200 || /\)[*+?{]/.test(text)) return false;
  const parts = text.split('/');
  return (
    parts.filter((part) => part === '**').length <= 5 &&
    parts.every((part) => (part.match(/\*+|\+|(?<=[\])}])\{/g) ?? []).length <= 3)
  );
}

function matches(globs: readonly string[], path: string): boolean {
  const cleaned = globs.map((each) => each.replace(/^\.\//, '').replace(/\/+$/, '')).filter(isGlob);
  if (cleaned.length === 0) return false;
  return picomatch([...cleaned, ...cleaned.map((each) => `${each}/**`)], { dot: true, noextglob: true })(path);
}

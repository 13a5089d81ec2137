// Which files a configuration is for: its `include` and `exclude` globs.
import picomatch from 'picomatch/posix.js';
import type { Configuration } from './configuration.ts';

/** True for a file that the configuration neither excludes nor leaves out of its `include`. A folder's name stands for all in it. */
export function isIncluded({ uri: configuration, include, exclude }: Configuration, uri: string): boolean {
  const path = relativePath(configuration, uri);
  if (path === undefined) return true;
  return (include.length === 0 || matches(include, path)) && !matches(exclude, path);
}

/** Path of `uri` below the folder of the configuration; undefined for a file elsewhere. */
function relativePath(configuration: string, uri: string): string | undefined {
  const folder = configuration.slice(0, configuration.lastIndexOf('/') + 1);
  if (!uri.startsWith(folder)) return undefined;
  try {
    return decodeURIComponent(uri.slice(folder.length));
  } catch {
    return uri.slice(folder.length);
  }
}

function matches(globs: readonly string[], path: string): boolean {
  const cleaned = globs.map((glob) => glob.replace(/^\.\//, '').replace(/\/+$/, ''));
  return picomatch([...cleaned, ...cleaned.map((glob) => `${glob}/**`)], { dot: true })(path);
}

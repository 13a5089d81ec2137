// What a git repository says of files without running anything of it: the commit that is checked out, and whether a file is
// as in that commit.
import { createHash } from 'node:crypto';
import { basename, dirname, resolve } from 'node:path';
import { git } from './revision.ts';

/** Answers are kept, so that a folder is asked about once. */
export interface GitState {
  /** Commit that is checked out where the file lies; undefined outside a repository. */
  commitAt(path: string): string | undefined;
  /** Whether the bytes are those of the commit, but for the ends of lines; false for a file that git does not know. */
  isAsCommitted(path: string, bytes: Uint8Array): boolean;
}

export function createGitState(): GitState {
  const commits = new Map<string, string | undefined>();
  const trees = new Map<string, ReadonlyMap<string, string>>();
  const folderOf = (path: string) => dirname(resolve(path));
  return {
    commitAt(path) {
      const folder = folderOf(path);
      if (!commits.has(folder))
        commits.set(folder, git(folder, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])?.trim() || undefined);
      return commits.get(folder);
    },
    isAsCommitted(path, bytes) {
      const folder = folderOf(path);
      const tree = trees.get(folder) ?? treeOf(folder);
      trees.set(folder, tree);
      const id = tree.get(basename(path));
      return id !== undefined && (id === blobId(bytes, id.length) || id === blobId(withoutReturns(bytes), id.length));
    },
  };
}

/** Ids of the blobs of a folder by name, as they are in the commit. */
function treeOf(folder: string): ReadonlyMap<string, string> {
  const listed = git(folder, ['ls-tree', '-z', 'HEAD', './'])?.split('\0') ?? [];
  return new Map(
    listed.flatMap((line) => {
      const [, id, path] = /^\d+ blob ([\da-f]+)\t(.*)$/s.exec(line) ?? [];
      return id !== undefined && path !== undefined ? [[basename(path), id] as const] : [];
    }),
  );
}

/** An id has 40 digits in a repository with SHA-1, and 64 in one with SHA-256. */
function blobId(bytes: Uint8Array, digits: number): string {
  return createHash(digits === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}

/** A checkout may have given lines the ends that its system likes. */
function withoutReturns(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, at) => !(byte === 13 && bytes[at + 1] === 10));
}

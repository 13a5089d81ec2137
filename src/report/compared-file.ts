// What every report of a difference is made from: the files that differ, as the user knows them, and how.
import type { Difference } from '../governance/difference.ts';

/** A text and where its lines begin. */
interface Side {
  readonly text: string;
  readonly lineStarts: readonly number[];
}

/** One file that says something else. */
export interface ComparedFile {
  readonly path: string;
  /** Of a file that was moved: where it was. */
  readonly pathBefore?: string;
  readonly difference: Difference;
  /** Undefined where it was not there. */
  readonly before: Side | undefined;
  readonly after: Side | undefined;
}

/** The two revisions in words, and what differs between them. */
export interface Comparison {
  readonly base: string;
  readonly head: string;
  /** In the order of their paths. */
  readonly files: readonly ComparedFile[];
}

/** How much differs, over all files. */
export function countDifferences({ files }: Comparison) {
  const sum = (count: (difference: Difference) => number) =>
    files.reduce((total, { difference }) => total + count(difference), 0);
  return {
    files: files.length,
    lost: sum(({ lost }) => lost.length),
    gained: sum(({ gained }) => gained.length),
    changes: sum(({ changes }) => changes.length),
  };
}

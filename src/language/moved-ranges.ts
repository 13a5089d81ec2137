// Where what an edit left alone stands in the text after it.
import type { Range } from './source.ts';

/** What became of one text: from `start` on, what ended at `before` ends at `after`. In characters from the start of the text. */
export interface Edited {
  readonly start: number;
  readonly before: number;
  readonly after: number;
}

/** The smallest edit that makes one text of the other; of equal ones an empty one at the end. */
export function editBetween(before: string, after: string): Edited {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same++;
  return { start, before: before.length - same, after: after.length - same };
}

/** Where a range stands after the edit; it grows with what it holds. Undefined for one that the edit touches at its ends. */
export function movedRange(range: Range, { start, before, after }: Edited): Range | undefined {
  if (range.end < start) return range;
  const by = after - before;
  if (range.start > before) return { start: range.start + by, end: range.end + by };
  return range.start < start && range.end > before ? { start: range.start, end: range.end + by } : undefined;
}

/** Names a place in the text as part of a key, such as that of what a finding is about; no text that a user writes holds it. */
export function keyOfPlace(offset: number): string {
  return `\u0000${offset}`;
}

/** A key with the places that it names where they stand after the edit; undefined where the edit touches one. */
export function movedKey(key: string, edited: Edited): string | undefined {
  let isTouched = false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the mark of a place.
  const moved = key.replace(/\u0000(\d+)/g, (_, offset: string) => {
    const range = movedRange({ start: Number(offset), end: Number(offset) }, edited);
    if (!range) isTouched = true;
    return keyOfPlace(range?.start ?? 0);
  });
  return isTouched ? undefined : moved;
}

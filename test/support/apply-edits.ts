// What an editor makes of the edits of a fix.
import type { TextEdit } from '../../src/language/source.ts';

/** Text with `edits` applied; the edits must not overlap and may come in any order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  // From the end to the start; what is inserted at one offset stands in the order given, as an editor does it.
  const ordered = [...edits].reverse().sort((a, b) => b.range.start - a.range.start || b.range.end - a.range.end);
  let result = text;
  for (const { range, text: inserted } of ordered) {
    result = result.slice(0, range.start) + inserted + result.slice(range.end);
  }
  return result;
}

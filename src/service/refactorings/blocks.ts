// Entries as blocks of lines: with the comments that belong to them, taken out of one map and put into another.
import { lineEnd, lineStart } from '../../language/edit.ts';
import type { Range, TextEdit } from '../../language/source.ts';
import type { MapEntry, MapNode } from '../../language/syntax.ts';

/**
 * The lines of an entry of a map in block style: comments right above it, and those below that stand further in than its
 * key. Without the line break behind.
 */
export function blockOf(text: string, map: MapNode, entry: MapEntry): Range {
  const index = map.entries.indexOf(entry);
  const before = map.entries[index - 1];
  const least = before ? lineEnd(text, before.range.end) + 1 : lineStart(text, map.range.start);
  const column = columnOf(text, entry);
  let start = lineStart(text, entry.key.range.start);
  while (start > least) {
    const above = lineStart(text, start - 1);
    const comment = /^([ \t]*)#/.exec(text.slice(above, start));
    if (above < least || !comment || (comment[1]?.length ?? 0) > column) break;
    start = above;
  }
  // Comments between the key of the map and its first entry stand before the map itself.
  if (!before) start = commentsAbove(text, start, column);
  let end = lineEnd(text, entry.range.end);
  for (;;) {
    const next = nextLine(text, end);
    const comment = /^([ \t]*)#/.exec(text.slice(next));
    if (next <= end || !comment || (comment[1]?.length ?? 0) <= column) break;
    end = lineEnd(text, next);
  }
  return { start, end };
}

function commentsAbove(text: string, from: number, column: number): number {
  let start = from;
  while (start > 0) {
    const above = lineStart(text, start - 1);
    const comment = /^([ \t]*)#/.exec(text.slice(above, start));
    if (!comment || comment[1]?.length !== column || column === 0) break;
    start = above;
  }
  return start;
}

/** The lines of a block, so far in as `indent` says. */
export function linesOf(text: string, { start, end }: Range, column: number, indent: string): readonly string[] {
  return text
    .slice(start, end)
    .split(/\r?\n/)
    .map((line) => (line.trim() === '' ? '' : indent + line.slice(Math.min(column, line.search(/\S/)))));
}

/** Takes a block out, with the line break behind it, and one of two empty lines that would meet. */
export function removeBlock(text: string, { start, end }: Range): TextEdit {
  const next = nextLine(text, end);
  const isEmptyBefore = start === 0 || /(^|\n)[ \t]*\r?\n$/.test(text.slice(Math.max(0, start - 200), start));
  const emptyBehind = /^[ \t]*\r?\n/.exec(text.slice(next));
  const to = isEmptyBefore && emptyBehind ? next + emptyBehind[0].length : next;
  return { range: { start, end: to }, text: '' };
}

/** How far in the key of an entry stands. */
export function columnOf(text: string, entry: MapEntry): number {
  return entry.key.range.start - lineStart(text, entry.key.range.start);
}

export function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Where the line behind `offset`, the end of one, begins. */
export function nextLine(text: string, offset: number): number {
  return Math.min(text.length, offset + (text[offset] === '\r' ? 2 : 1));
}

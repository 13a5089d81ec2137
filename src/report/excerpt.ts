// The line of a finding with carets under its range, as wide as a terminal shows it: tabs, wide characters and
// combining marks are measured, very long lines are cut around the range, and nothing in it can steer a terminal.
import { positionAt, type Range } from '../language/source.ts';

/** Columns of text that are shown of one line, and how many of them may stand before the range. */
const shown = 100;
const shownBefore = 30;

/** UTF-16 units that are looked at on each side of a window; more than a terminal line in any writing. */
const reach = 400;

interface Cell {
  readonly text: string;
  readonly width: number;
  /** Offset in the line. */
  readonly offset: number;
}

/** Lines of text: the source line with its number, and the carets below. */
export function renderExcerpt(text: string, lineStarts: readonly number[], range: Range): readonly string[] {
  const start = positionAt(lineStarts, Math.min(range.start, text.length));
  const end = positionAt(lineStarts, Math.min(Math.max(range.end, range.start), text.length));
  const line = lineAt(text, lineStarts, start.line);
  const from = Math.min(start.column, line.length);
  const to = end.line > start.line ? line.length : Math.min(end.column, line.length);
  const goesOn = end.line > start.line + 1 || (end.line === start.line + 1 && end.column > 0);

  const { cells, cutBefore, cutAfter } = windowOf(line, from, to);
  const before = cells.filter((cell) => cell.offset < from);
  const marked = cells.filter((cell) => cell.offset >= from && cell.offset < to);
  const number = String(start.line + 1);
  const source = `${cutBefore ? '…' : ''}${cells.map((cell) => cell.text).join('')}${cutAfter ? '…' : ''}`;
  const indent = ' '.repeat((cutBefore ? 1 : 0) + widthOf(before));
  const carets = '^'.repeat(Math.max(1, widthOf(marked)));
  return [
    `  ${number} | ${source}`.trimEnd(),
    `  ${' '.repeat(number.length)} | ${indent}${carets}${goesOn ? ` to line ${end.line + 1}` : ''}`,
  ];
}

/** Text on one line, without characters that a terminal obeys or that turn the direction of writing. */
export function printable(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(unprintable, '\uFFFD');
}

const unprintable = /[\p{Cc}\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu;

function lineAt(text: string, lineStarts: readonly number[], line: number): string {
  const next = lineStarts[line + 1] ?? text.length;
  return text.slice(lineStarts[line] ?? 0, next).replace(/[\r\n]+$/, '');
}

/** The cells of a line, or, of a long one, those around the range. */
function windowOf(
  line: string,
  from: number,
  to: number,
): { cells: readonly Cell[]; cutBefore: boolean; cutAfter: boolean } {
  const first = boundary(line, Math.max(0, from - reach));
  const last = boundary(line, Math.min(line.length, Math.max(to, from) + reach, from + 2 * reach));
  const cells = cellsOf(line.slice(first, last), first);
  if (first === 0 && last === line.length && widthOf(cells) <= shown)
    return { cells, cutBefore: false, cutAfter: false };
  const before = cells.filter((cell) => cell.offset < from);
  const kept = takeWhile(
    [...before].reverse(),
    Math.max(shownBefore, shown - widthOf(cells.slice(before.length))),
  ).reverse();
  const after = takeWhile(cells.slice(before.length), shown - widthOf(kept));
  return {
    cells: [...kept, ...after],
    cutBefore: first > 0 || kept.length < before.length,
    cutAfter: last < line.length || kept.length + after.length < cells.length - (before.length - kept.length),
  };
}

/** As many cells from the front as fit. */
function takeWhile(cells: readonly Cell[], columns: number): Cell[] {
  const taken: Cell[] = [];
  let width = 0;
  for (const cell of cells) {
    width += cell.width;
    if (width > columns) break;
    taken.push(cell);
  }
  return taken;
}

/** Moves an offset out of the middle of a surrogate pair. */
function boundary(line: string, offset: number): number {
  const code = line.charCodeAt(offset);
  return offset > 0 && code >= 0xdc00 && code <= 0xdfff ? offset - 1 : offset;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const wide =
  /\p{Emoji_Presentation}|\uFE0F|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]|[\u{20000}-\u{3FFFD}]/u;
const noWidth = /^[\p{Mark}\u200B-\u200D\u2060\uFEFF]+$/u;
const tabWidth = 2;

function cellsOf(text: string, first: number): readonly Cell[] {
  return Array.from(segmenter.segment(text), ({ segment, index }) => {
    const offset = first + index;
    if (segment === '\t') return { text: ' '.repeat(tabWidth), width: tabWidth, offset };
    if (noWidth.test(segment)) return { text: segment, width: 0, offset };
    return { text: segment.replace(unprintable, '\uFFFD'), width: wide.test(segment) ? 2 : 1, offset };
  });
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}

// Offsets, ranges and lines of a text. Everything inside the core speaks in offsets; lines and columns are for the edge.

/** Half-open range of UTF-16 offsets: `0 <= start <= end <= text.length`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A range in one of several files. */
export interface Place {
  readonly uri: string;
  readonly range: Range;
}

/** Zero-based line and UTF-16 column. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** A value and where it stands in its text. */
export interface Located<T> {
  readonly value: T;
  readonly range: Range;
}

/** Replace `range` by `text`; an empty range inserts. */
export interface TextEdit {
  readonly range: Range;
  readonly text: string;
}

/** `Array.isArray` for a list that cannot be changed, which TypeScript does not tell apart from anything else. */
export function isList<T, O>(value: readonly T[] | O): value is readonly T[] {
  return Array.isArray(value);
}

/** Offsets at which the lines of `text` begin; `\n`, `\r\n` and `\r` each end a line. */
export function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 13 && text.charCodeAt(i + 1) === 10) i++;
    if (code === 13 || code === 10) starts.push(i + 1);
  }
  return starts;
}

/** Line and column of an offset by binary search; an offset outside the text is moved to its border. */
export function positionAt(lineStarts: readonly number[], offset: number): LineColumn {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, column: Math.max(0, offset - (lineStarts[low] ?? 0)) };
}

/** True when `offset` lies in `range`, its end included, so that a cursor behind the last character still counts. */
export function contains(range: Range, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

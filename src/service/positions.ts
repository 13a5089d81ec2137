// Offsets of the core <-> positions of the Language Server Protocol. The only place where the two meet. Inside, a
// character is a UTF-16 code unit; for a client that counts bytes of UTF-8, the columns of a line are counted anew.
import type { Range as LspRange, Position } from 'vscode-languageserver-types';
import { positionAt, type Range } from '../language/source.ts';

/** A text with the offsets of its lines. */
export interface Lines {
  readonly text: string;
  readonly lineStarts: readonly number[];
}

/** An offset outside the text is moved to its border. */
export function toPosition({ lineStarts, text }: Lines, offset: number): Position {
  const { line, column } = positionAt(lineStarts, Math.min(Math.max(offset, 0), text.length));
  return { line, character: column };
}

/** Its end never comes before its start. */
export function toRange(lines: Lines, { start, end }: Range): LspRange {
  return { start: toPosition(lines, start), end: toPosition(lines, Math.max(start, end)) };
}

/** A position outside the text is moved to the nearest place inside; one behind a line stands at the line's end. */
export function toOffset({ text, lineStarts }: Lines, { line, character }: Position): number {
  if (line < 0) return 0;
  const start = lineStarts[line];
  if (start === undefined) return text.length;
  return Math.min(start + Math.max(character, 0), lineEnd({ text, lineStarts }, line));
}

/** Offset behind the last character of a line, its line break excluded. */
function lineEnd({ text, lineStarts }: Lines, line: number): number {
  let end = lineStarts[line + 1] ?? text.length;
  const start = lineStarts[line] ?? text.length;
  while (end > start && /[\r\n]/.test(text[end - 1] ?? '')) end--;
  return end;
}

const encoder = new TextEncoder();

/** Bytes of UTF-8 before a UTF-16 column; a column within a character counts as the one before it. */
export function toUtf8Column(line: string, column: number): number {
  const before = line.slice(0, Math.max(column, 0));
  const splits = isHighSurrogate(before, before.length - 1) && isLowSurrogate(line, before.length);
  return encoder.encode(splits ? before.slice(0, -1) : before).length + Math.max(column - line.length, 0);
}

/** UTF-16 column behind so many bytes of UTF-8; a byte within a character counts as the character's first. */
export function toUtf16Column(line: string, bytes: number): number {
  let column = 0;
  let passed = 0;
  for (const character of line) {
    passed += encoder.encode(character).length;
    if (passed > bytes) return column;
    column += character.length;
  }
  return column + Math.max(bytes - passed, 0);
}

function isHighSurrogate(text: string, at: number): boolean {
  return /[\uD800-\uDBFF]/.test(text[at] ?? '');
}

function isLowSurrogate(text: string, at: number): boolean {
  return /[\uDC00-\uDFFF]/.test(text[at] ?? '');
}

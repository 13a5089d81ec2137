// Offsets of the core <-> positions of the Language Server Protocol. The only place where the two meet.
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

// Where each character of a scalar's value stands in the text: through quotes, escapes, folding and indentation.
import type { ScalarNode } from './syntax.ts';

/**
 * Offsets in `text` of every character of `scalar.text`, plus one more entry for its end; always ascending.
 * A character made by an escape stands at its backslash, a space or line break made by folding at the line break.
 */
export function scalarOffsets(text: string, scalar: ScalarNode): readonly number[] {
  const { range, style, text: value } = scalar;
  const isBlock = style === 'literal' || style === 'folded';
  const { offsets, end } = isBlock ? blockOffsets(text, scalar) : flowOffsets(text, scalar);
  // Whatever a damaged scalar leads to: one entry for each character, inside the scalar.
  const result = offsets.slice(0, value.length);
  while (result.length <= value.length) result.push(end);
  return result.map((offset) => Math.min(offset, range.end));
}

interface Offsets {
  readonly offsets: readonly number[];
  /** Behind the last character of the content. */
  readonly end: number;
}

/** Decodes a plain or quoted scalar as YAML does (YAML 1.2.2, 7.3 and 6.5): each character it makes, in turn. */
function flowOffsets(text: string, { range, style }: ScalarNode): Offsets {
  const quoted = style === 'single' || style === 'double';
  const closed = quoted && range.end > range.start + 1 && text[range.end - 1] === text[range.start];
  const end = closed ? range.end - 1 : range.end;
  const offsets: number[] = [];
  let at = quoted ? range.start + 1 : range.start;
  while (at < end) {
    const char = text[at] ?? '';
    if (style === 'double' && char === '\\') {
      const { length, units } = escapeAt(text, at);
      for (let unit = 0; unit < units; unit++) offsets.push(at);
      at = units > 0 ? at + length : foldedFrom(text, at + length, end, offsets);
    } else if (style === 'single' && char === "'") {
      offsets.push(at);
      at += 2;
    } else if (isBlank(char)) {
      const next = skipBlank(text, at, end);
      const first = lineBreakIn(text, at, next);
      if (first === undefined) for (; at < next; at++) offsets.push(at);
      else {
        const before = offsets.length;
        foldedFrom(text, first + 1, end, offsets);
        // One line break alone becomes a space, each further one stays.
        if (offsets.length === before) offsets.push(first);
      }
      at = next;
    } else {
      offsets.push(at);
      at++;
    }
  }
  return { offsets, end };
}

/** Empty lines behind a line break that is dropped: each gives a line break. Answers where the next text begins. */
function foldedFrom(text: string, from: number, end: number, offsets: number[]): number {
  const next = skipBlank(text, from, end);
  for (let at = from; at < next; at++) if (text[at] === '\n') offsets.push(at);
  return next;
}

/** Of a block scalar only blanks change: indentation goes, folding turns a line break into a space (YAML 1.2.2, 8.1). */
function blockOffsets(text: string, { range, text: value }: ScalarNode): Offsets {
  const header = text.indexOf('\n', range.start);
  const start = header === -1 || header >= range.end ? range.end : header + 1;
  const offsets: number[] = [];
  let at = start;
  for (let i = 0; i < value.length; i++) {
    if (!isBlank(value[i] ?? '')) {
      at = skipBlank(text, at, range.end);
      offsets.push(at);
      at++;
      continue;
    }
    // Blanks of the value stand for the blanks here; the last ones of them are those nearest to what follows.
    offsets.push(at);
    if (at < range.end && isBlank(text[at] ?? '')) at++;
  }
  return { offsets: offsets.map((offset) => Math.min(offset, range.end)), end: Math.min(at, range.end) };
}

/** An escape of a double-quoted scalar: its length in the text and the UTF-16 units it makes, none at a line's end. */
function escapeAt(text: string, at: number): { readonly length: number; readonly units: number } {
  const letter = text[at + 1] ?? '';
  if (letter === '\n') return { length: 2, units: 0 };
  if (letter === '\r') return { length: text[at + 2] === '\n' ? 3 : 2, units: 0 };
  if (letter === 'x') return { length: 4, units: 1 };
  if (letter === 'u') return { length: 6, units: 1 };
  if (letter === 'U') return { length: 10, units: Number.parseInt(text.slice(at + 2, at + 10), 16) > 0xffff ? 2 : 1 };
  return { length: 2, units: 1 };
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\n' || char === '\r';
}

function skipBlank(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(text[at] ?? '')) at++;
  return at;
}

function lineBreakIn(text: string, from: number, to: number): number | undefined {
  const at = text.indexOf('\n', from);
  return at === -1 || at >= to ? undefined : at;
}

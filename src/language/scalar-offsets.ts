// Where each character of a scalar's value stands in the text: through quotes, escapes, folding and indentation.
import type { ScalarNode } from './syntax.ts';

/**
 * Offsets in `text` of every character of `scalar.text`, plus one more entry for its end; always ascending.
 *
 * YAML only ever changes white space and quotes: folding turns line breaks into spaces, indentation is dropped, quotes
 * are stripped and escapes decoded. So the visible characters of value and source come in the same order, and walking
 * both side by side finds each one exactly; a space made from a line break stands at that line break.
 */
export function scalarOffsets(text: string, scalar: ScalarNode): readonly number[] {
  const { range, style, text: value } = scalar;
  const offsets: number[] = [];
  let at = contentStart(text, scalar);
  for (let i = 0; i < value.length; ) {
    const escaped = style === 'double' ? escapeAt(text, at) : undefined;
    if (escaped === 'line-break') {
      at = skipBlank(text, at + 1, range.end);
      continue;
    }
    if (escaped) {
      const units = Math.min(escaped.units, value.length - i);
      for (let unit = 0; unit < units; unit++) offsets.push(at);
      i += units;
      at += escaped.length;
      continue;
    }
    const wanted = value[i] ?? '';
    if (isBlank(wanted)) {
      offsets.push(Math.min(at, range.end));
      const runEnd = blankRunEnd(value, i);
      if (runEnd === i + 1 || !isBlank(text[at] ?? '')) {
        if (isBlank(text[at] ?? '')) at++;
        // The last blank before something visible swallows the rest of the folded run.
        if (!isBlank(value[i + 1] ?? '')) at = skipBlank(text, at, range.end);
      } else at++;
      i++;
      continue;
    }
    at = skipTo(text, at, range.end, wanted);
    offsets.push(Math.min(at, range.end));
    at += style === 'single' && wanted === "'" ? 2 : 1;
    i++;
  }
  offsets.push(Math.min(at, range.end));
  return offsets;
}

function contentStart(text: string, { range, style }: ScalarNode): number {
  if (style === 'single' || style === 'double') return range.start + 1;
  if (style === 'plain') return range.start;
  const newline = text.indexOf('\n', range.start);
  return newline === -1 ? range.end : skipBlank(text, newline + 1, range.end);
}

/** An escape of a double-quoted scalar at `at`: its length in the text and the UTF-16 units it stands for. */
function escapeAt(text: string, at: number): { length: number; units: number } | 'line-break' | undefined {
  if (text[at] !== '\\') return undefined;
  const letter = text[at + 1] ?? '';
  if (letter === '\n' || letter === '\r') return 'line-break';
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

function blankRunEnd(value: string, from: number): number {
  let at = from;
  while (at < value.length && isBlank(value[at] ?? '')) at++;
  return at;
}

/** Blanks are skipped up to a visible character; anything else is where we stand already. */
function skipTo(text: string, from: number, end: number, wanted: string): number {
  let at = from;
  while (at < end && text[at] !== wanted && isBlank(text[at] ?? '')) at++;
  return at;
}

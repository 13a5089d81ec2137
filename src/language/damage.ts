// Where YAML text is damaged so that reading it loses what follows: the few characters to leave out before it is read
// again. A stray bracket, an open quote or a half-typed key must not take the rest of the file away.
import type { Range } from './source.ts';

/** What the YAML library says of a mistake. */
export interface Mistake {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** The first of `mistakes` that takes away more than itself, and what to leave out of `text`. */
export function firstDamage(
  text: string,
  mistakes: readonly Mistake[],
): { readonly mistake: Mistake; readonly range: Range } | undefined {
  for (const mistake of [...mistakes].sort((a, b) => a.pos[0] - b.pos[0])) {
    const range = damageAt(text, mistake);
    if (!range || !/\S/.test(text.slice(range.start, range.end))) continue;
    if (mistake.code !== 'MISSING_CHAR') return { mistake, range };
    // The library sees the missing quote where the file ends.
    return { mistake: { ...mistake, message: 'This quote is never closed.', pos: [range.start, range.end] }, range };
  }
  return undefined;
}

/** `text` with spaces for everything visible in `range`, so that all offsets stay. */
export function without(text: string, { start, end }: Range): string {
  return text.slice(0, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ') + text.slice(end);
}

function damageAt(text: string, { code, message, pos }: Mistake): Range | undefined {
  const [at] = pos;
  const line = { start: text.lastIndexOf('\n', at - 1) + 1, end: lineEnd(text, at) };
  switch (code) {
    case 'UNEXPECTED_TOKEN':
      // What stands behind the whole document, as the library sees it: the rest of the file follows.
      if (!/in YAML stream/.test(message)) return undefined;
      return /[\]},]/.test(text[at] ?? '') ? { start: at, end: at + 1 } : { start: at, end: line.end };
    case 'MISSING_CHAR':
      return /closing/.test(message) ? openQuote(text, at) : undefined;
    case 'BLOCK_AS_IMPLICIT_KEY':
      // `title: a: b`: the second colon makes the keys that follow part of this value.
      return /mappings/.test(message) ? colonBehind(text, at) : line;
    case 'MULTILINE_IMPLICIT_KEY':
      // `withi` on a line of its own joins the key of the next line.
      return { start: at, end: line.end };
    default:
      return undefined;
  }
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}

function colonBehind(text: string, offset: number): Range | undefined {
  const colon = /:(?=\s|$)/g;
  colon.lastIndex = offset;
  const at = colon.exec(text)?.index;
  return at === undefined ? undefined : { start: at, end: at + 1 };
}

/** The last quote before `end` that opens a value and is not closed in its line. */
function openQuote(text: string, end: number): Range | undefined {
  const opening = /(?<=^|[:,[{-][ \t]+|[[{,])(["'])/gm;
  let found: Range | undefined;
  for (const match of text.slice(0, end).matchAll(opening)) {
    const [start, quote] = [match.index, match[1] ?? ''];
    const rest = text.slice(start + 1, lineEnd(text, start));
    const closed = quote === '"' ? /^(?:[^"\\]|\\.)*"/.test(rest) : /^(?:[^']|'')*'/.test(rest);
    // The first one of those that swallow lines is at fault; what looks open behind it is its own end.
    if (!closed) found ??= { start, end: start + 1 };
  }
  return found;
}

// Formatting while typing: Enter indents the new line as far as what is expected there, and a colon moves a key that is
// one column off below its neighbors. Looks at lines, since a line that is being typed is rarely YAML yet; where it is
// not certain, it leaves the line to the author.
import type { TextEdit } from 'vscode-languageserver-types';
import { indentation } from '../language/block-columns.ts';
import { lineEnd, lineStart } from '../language/edit.ts';
import type { ParsedText } from '../language/parse.ts';
import type { SyntaxNode } from '../language/syntax.ts';
import { toRange } from './positions.ts';

/** Edits after `typed`, a line break or a colon, was typed before `offset`. */
export function formattingAfter(file: ParsedText, offset: number, typed: string): TextEdit[] {
  const { text, root } = file;
  const start = lineStart(text, offset);
  const above = start > 0 ? lineOf(text, start - 1) : undefined;
  if (!above || (root && isInside(text, root, above.start)) || (root && isInside(text, root, start))) return [];
  const line = lineOf(text, offset);
  const column =
    typed === '\n' ? columnBelow(above, line.code) : typed === ':' ? columnOfKey(text, line, offset) : undefined;
  if (column === undefined || line.white === ' '.repeat(column)) return [];
  return [{ range: toRange(file, { start, end: start + line.white.length }), newText: ' '.repeat(column) }];
}

interface Line {
  readonly start: number;
  readonly white: string;
  /** What stands in it without its comment. */
  readonly code: string;
  /** Column of its first word, behind dashes. */
  readonly column: number;
  readonly hasDash: boolean;
  /** Brackets that it opens and does not close. */
  readonly open: number;
}

function lineOf(text: string, offset: number): Line {
  const start = lineStart(text, offset);
  const [, white = '', dashes = '', rest = ''] =
    /^([ \t]*)((?:-(?: +|$))*)(.*)$/.exec(text.slice(start, lineEnd(text, offset))) ?? [];
  // Quoted text is left out, so that what looks like a bracket, colon or comment in it does not count.
  const code = rest
    .replaceAll(/"(?:[^"\\]|\\.)*"|(?<=^|[\s,[{:])'(?:[^']|'')*'/g, 'q')
    .replace(/(?:^|\s)#.*$/, '')
    .trimEnd();
  const count = (brackets: RegExp) => code.match(brackets)?.length ?? 0;
  const hasDash = dashes !== '';
  const column = white.length + (dashes.endsWith('-') ? dashes.length + 1 : dashes.length);
  return {
    start,
    white,
    code: (hasDash && code === '' ? dashes : code).trimEnd(),
    column,
    hasDash,
    open: count(/[[{]/g) - count(/[\]}]/g),
  };
}

/** What ends in a key without a value, also with an anchor, a tag or the head of a block scalar. */
const opensBlock = /^[^[\]{}]*:(?:\s+[&!]\S+)*(?:\s+[|>][-+\d]*)?$/;
const isEntry = /^[^[\]{}:]+:(?:\s|$)/;

/** Column of a new line below `above`; undefined where it has content already that is no closing bracket. */
function columnBelow(above: Line, code: string): number | undefined {
  const closes = /^[\]}]/.test(code);
  if ((code !== '' && !closes) || (above.code === '' && !above.hasDash)) return undefined;
  if (/[[{]$/.test(above.code)) return closes ? above.column : above.column + indentation;
  if (closes || (above.open < 0 && !/^[\]}]/.test(above.code))) return undefined;
  if (above.open > 0 || opensBlock.test(above.code)) return above.column + indentation;
  if (above.hasDash && /^(?:-\s*)+$/.test(above.code)) return above.column;
  // Below an item of one word comes the next item, below one with keys the next key.
  return above.hasDash && !isEntry.test(above.code) ? above.column - indentation : above.column;
}

/** The column of keys above that a key just typed misses by one; undefined where it may stand where it does. */
function columnOfKey(text: string, line: Line, offset: number): number | undefined {
  const typed = text.slice(line.start, offset);
  if (line.hasDash || !/^ *[\w.-]+:$/.test(typed) || text.slice(offset, lineEnd(text, offset)).trim() !== '')
    return undefined;
  const columns = keyColumnsAbove(text, line.start);
  const own = line.white.length;
  if (!columns || columns.includes(own)) return undefined;
  const near = columns.filter((column) => Math.abs(column - own) === 1);
  return near.length === 1 ? near[0] : undefined;
}

/** Columns of the maps that a line may go on with; undefined where the line above opens a block of its own. */
function keyColumnsAbove(text: string, start: number): readonly number[] | undefined {
  const columns: number[] = [];
  let limit = Number.POSITIVE_INFINITY;
  for (let at = start; at > 0 && limit > 0; ) {
    const above = lineOf(text, at - 1);
    at = above.start;
    if (above.code === '') continue;
    if (columns.length === 0 && opensBlock.test(above.code)) return undefined;
    if (above.white.length >= limit) continue;
    if (above.open !== 0) return undefined;
    limit = above.white.length;
    if (isEntry.test(above.code)) columns.push(above.column);
  }
  return columns;
}

/** The line that begins at `offset` goes on with a block scalar or a quoted text. */
function isInside(text: string, node: SyntaxNode, offset: number): boolean {
  if (node.range.start >= offset || offset > lineEnd(text, node.range.end)) return false;
  switch (node.kind) {
    case 'scalar':
      return node.style !== 'plain' && lineStart(text, node.range.start) < offset && offset <= node.range.end;
    case 'alias':
      return false;
    case 'list':
      return node.items.some((item) => isInside(text, item, offset));
    case 'map':
      return node.entries.some(
        ({ key, value }) => isInside(text, key, offset) || (value && isInside(text, value, offset)),
      );
  }
}

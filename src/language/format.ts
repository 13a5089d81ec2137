// Formatting: indentation by two columns, spaces in braces and behind colons, at most one empty line in a row. Only white
// space changes, and only where the tree says that it means nothing: comments, quotes, braces, line breaks, anchors and
// the content of block scalars stay as written, which printing by a YAML library would not promise. Lines are neither
// broken nor joined, however long: a declaration on one line is meant to be read as one.
import { align } from './alignment.ts';
import { type Block, type BlockColumns, indentation } from './block-columns.ts';
import { applied, lineEnd } from './edit.ts';
import { endColumn, layOut, type Placement } from './line-layout.ts';
import type { ParsedText } from './parse.ts';
import { parseSyntax } from './parse-syntax.ts';
import type { Range, TextEdit } from './source.ts';
import type { ScalarNode, SyntaxNode } from './syntax.ts';
import { contentColumn, isBlockScalar, tokensOf } from './tokens.ts';

/**
 * The edits that format a file, or the part of it that lies in `within`: in the order of the text, each as small as can
 * be. None where YAML cannot be read, and none that would change what the file says.
 */
export function formatEdits(file: ParsedText, within?: Range): readonly TextEdit[] {
  const { text, root } = file;
  if (!isReadable(file) || (root?.kind !== 'map' && root?.kind !== 'list')) return [];
  const tokens = tokensOf(text, root);
  const layout = layOut(text, root, tokens, within);
  if (!layout) return [];
  align(text, root, layout);
  const { placements, columns } = layout;
  const edits = placements.flatMap((placement, index) => [
    ...gapEdits(text, placements[index - 1], placement),
    ...innerEdits(text, placement, columns.values.get(index), within),
  ]);
  const all = [...edits, ...endEdits(text, placements.at(-1))].flatMap((edit) => smallest(text, edit));
  const wanted = within ? all.filter(({ range }) => isIn(range, within)) : all;
  // A slip here must not become a slip of the author: what would be read in another way is left alone.
  return saysTheSame(root, parseSyntax(applied(text, wanted)).root) ? wanted : [];
}

/** YAML could be read whole, whatever else is wrong. */
export function isReadable({ problems }: ParsedText): boolean {
  return !problems.some(({ code }) => code === 'language/syntax' || code === 'language/limit');
}

/** White space before a token: an edit for what ends a line, one for the empty lines, one for the indentation. */
function gapEdits(text: string, before: Placement | undefined, placement: Placement): readonly TextEdit[] {
  const { token, beginsLine, column } = placement;
  const end = token.range.start;
  if (!before) return [edit(text.startsWith('\uFEFF') ? 1 : 0, end, ' '.repeat(column))];
  const start = before.token.range.end;
  if (!beginsLine) return [edit(start, end, ' '.repeat(Math.max(0, column - endColumn(text, before))))];
  const firstLine = text.indexOf('\n', start) + 1;
  const lastLine = text.lastIndexOf('\n', end - 1) + 1;
  const empty = /\r?\n/.exec(text.slice(firstLine, lastLine))?.[0] ?? '';
  return [
    edit(start, lineEnd(text, start), ''),
    edit(firstLine, lastLine, empty),
    edit(lastLine, end, ' '.repeat(column)),
  ];
}

/** Indentation of the further lines of a scalar. Empty ones stay: in them white space may count. */
function innerEdits(
  text: string,
  { token, shift }: Placement,
  value: Value | undefined,
  within: Range | undefined,
): readonly TextEdit[] {
  const { node, range } = token;
  if (node?.kind !== 'scalar' || (within && !isIn(range, within))) return [];
  const header = lineEnd(text, range.start);
  if (header >= range.end) return [];
  if (!isBlockScalar(node)) {
    const least = value?.column ?? 1;
    return indentations(text, { start: header, end: range.end }, (old) => Math.max(least, old + shift));
  }
  const content = value?.parent && contentColumns(text, node, value.parent);
  const visible = text.slice(range.start, header).trimEnd().length;
  return [
    edit(range.start + visible, header, ''),
    ...(content
      ? indentations(text, { start: header, end: range.end }, (old) => old + content.shift, content.old)
      : []),
  ];
}

type Value = BlockColumns['values'] extends ReadonlyMap<number, infer V> ? V : never;

/** Where the content of a block scalar begins, and how far it moves: with its parent where its header tells how far in. */
function contentColumns(text: string, node: ScalarNode, parent: Block): { old: number; shift: number } | undefined {
  const told = /^[|>][-+]?(\d)/.exec(text.slice(node.range.start, node.range.end))?.[1];
  if (told !== undefined) return { old: parent.old + Number(told), shift: parent.new - parent.old };
  const old = contentColumn(text, node);
  return old === undefined ? undefined : { old, shift: parent.new + indentation - old };
}

/** Edits of the white space that begins each line behind `start`; of a line with nothing else where it is long enough. */
function indentations(
  text: string,
  { start, end }: Range,
  columnOf: (old: number) => number,
  longest = Number.POSITIVE_INFINITY,
): readonly TextEdit[] {
  return [...text.slice(start, end).matchAll(/\n([ \t]*)(?=([^ \t\r\n])?)/g)].flatMap(
    ({ index, 1: white = '', 2: visible }) => {
      const from = start + index + 1;
      const isMoved = visible !== undefined || white.length > longest;
      return isMoved ? [edit(from, from + white.length, ' '.repeat(columnOf(white.length)))] : [];
    },
  );
}

/** One line break at the end of the file, unless a block scalar keeps more of them. */
function endEdits(text: string, last: Placement | undefined): readonly TextEdit[] {
  if (!last) return [];
  const { range } = last.token;
  if (range.end === text.length && text.endsWith('\n')) return [];
  const newline = /\r?\n/.exec(text.slice(range.end))?.[0] ?? (text.includes('\r\n') ? '\r\n' : '\n');
  return [edit(range.end, text.length, newline)];
}

function edit(start: number, end: number, text: string): TextEdit {
  return { range: { start, end }, text };
}

/** An edit without what it leaves as it is; nothing where that is all. */
function smallest(text: string, { range, text: wanted }: TextEdit): readonly TextEdit[] {
  const written = text.slice(range.start, range.end);
  if (written === wanted) return [];
  const most = Math.min(written.length, wanted.length);
  let start = 0;
  while (start < most && written[start] === wanted[start]) start++;
  let end = 0;
  while (end < most - start && written.at(-1 - end) === wanted.at(-1 - end)) end++;
  return [edit(range.start + start, range.end - end, wanted.slice(start, wanted.length - end))];
}

function isIn(range: Range, within: Range): boolean {
  return within.start <= range.start && range.end <= within.end;
}

/** The same values in the same form, wherever they stand. */
function saysTheSame(one: SyntaxNode | undefined, other: SyntaxNode | undefined): boolean {
  if (!one || !other) return one === other;
  if (one.kind === 'alias') return other.kind === 'alias' && one.name === other.name;
  if (one.kind === 'scalar') return other.kind === 'scalar' && one.value === other.value && one.text === other.text;
  if (one.kind === 'list')
    return (
      other.kind === 'list' &&
      one.items.length === other.items.length &&
      one.items.every((item, index) => saysTheSame(item, other.items[index]))
    );
  return (
    other.kind === 'map' &&
    one.entries.length === other.entries.length &&
    one.entries.every(({ key, value }, index) => {
      const entry = other.entries[index];
      return entry !== undefined && key.text === entry.key.text && saysTheSame(value, entry.value);
    })
  );
}

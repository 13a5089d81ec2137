// Where the blocks of a file begin and where they should: two columns further in than what they belong to.
import { lineStart } from './edit.ts';
import type { Range } from './source.ts';
import type { ListNode, MapNode, SyntaxNode } from './syntax.ts';
import type { Token } from './tokens.ts';

/** Columns that a block is further in than the one around it. */
export const indentation = 2;

/** A map or list in block style: where its entries or dashes stand, and where they should. */
export interface Block {
  readonly old: number;
  readonly new: number;
  readonly isMap: boolean;
}

/** By index of the token. */
export interface BlockColumns {
  /** Tokens that begin an entry (its anchor if it has one) or an item (its dash). */
  readonly starts: ReadonlyMap<number, Block>;
  /** First tokens of scalars, aliases and collections in braces: the column where one stands on a line of its own. */
  readonly values: ReadonlyMap<number, { readonly column: number; readonly parent: Block | undefined }>;
  /** The token that begins at an offset. */
  readonly indexAt: ReadonlyMap<number, number>;
}

/** `within`: only blocks that lie in it whole may move; the others stay where they are. */
export function blockColumns(
  text: string,
  root: SyntaxNode,
  tokens: readonly Token[],
  within: Range | undefined,
): BlockColumns {
  const starts = new Map<number, Block>();
  const values = new Map<number, { column: number; parent: Block | undefined }>();
  const indexAt = new Map(tokens.map(({ range }, index) => [range.start, index]));
  const columnOf = (index: number) => columnAt(text, tokens[index]?.range.start ?? 0);
  visit(root, 0, undefined);
  return { starts, values, indexAt };

  function visit(node: SyntaxNode, column: number, parent: Block | undefined): void {
    if (node.kind === 'map' && !node.flow) visitMap(node, column);
    else if (node.kind === 'list' && !node.flow) visitList(node, column);
    else {
      const index = indexAt.get(node.range.start);
      if (index !== undefined) values.set(index, { column, parent });
    }
  }

  function visitMap(node: MapNode, column: number): void {
    const entries = node.entries.flatMap(({ key, value }) => {
      const index = indexAt.get(key.range.start);
      return index === undefined ? [] : [{ start: entryStart(text, tokens, index), value }];
    });
    const [first] = entries;
    if (!first) return;
    const old = columnOf(first.start);
    const block = { old, new: mayMove(node) ? column : old, isMap: true };
    for (const { start, value } of entries) {
      starts.set(start, block);
      if (value) visit(value, block.new + indentation, block);
    }
  }

  function visitList(node: ListNode, column: number): void {
    const old = columnAt(text, node.range.start);
    const block = { old, new: mayMove(node) ? column : old, isMap: false };
    const first = indexAt.get(node.range.start) ?? tokens.length;
    for (let index = first; index < tokens.length; index++) {
      const { kind, range } = tokens[index] as Token;
      if (range.start >= node.range.end) break;
      if (kind === 'indicator' && text[range.start] === '-' && columnOf(index) === old) starts.set(index, block);
    }
    for (const item of node.items) visit(item, block.new + indentation, block);
  }

  function mayMove({ range }: SyntaxNode): boolean {
    return !within || (within.start <= lineStart(text, range.start) && range.end <= within.end);
  }
}

/** The key, or the anchor before it in its line. */
export function entryStart(text: string, tokens: readonly Token[], key: number): number {
  let start = key;
  for (let before = tokens[start - 1]; before?.kind === 'property'; before = tokens[start - 1]) {
    if (text.slice(before.range.end, tokens[start]?.range.start).includes('\n')) break;
    start--;
  }
  return start;
}

/** Column of an offset in its line; a byte order mark has none. */
export function columnAt(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return offset - (start === 0 && text.startsWith('\uFEFF') ? 1 : start);
}

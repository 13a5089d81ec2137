// Where each token of a file should stand: the column of those that begin a line, the spaces before all others. Lines
// stay as the author broke them.
import { type Block, type BlockColumns, blockColumns, columnAt, indentation } from './block-columns.ts';
import type { Range } from './source.ts';
import type { SyntaxNode } from './syntax.ts';
import type { Token } from './tokens.ts';

export interface Placement {
  readonly token: Token;
  /** The first token of its line. */
  readonly beginsLine: boolean;
  /** Column now. */
  readonly old: number;
  /** Column it should have. */
  column: number;
  /** Columns that the line it stands in moves. */
  readonly shift: number;
  /** A comment that goes on below another: it stays in its column. */
  readonly continues: boolean;
}

export interface Layout {
  readonly tokens: readonly Token[];
  readonly placements: readonly Placement[];
  readonly columns: BlockColumns;
}

/** An open bracket. */
interface Bracket {
  /** Column of the line it was opened in, which a closing bracket at the start of a line returns to. */
  readonly base: number;
  /** The item in the line of the bracket, where there is one. */
  first?: { readonly old: number; readonly new: number };
}

/** Undefined where something stands that the formatter does not know. Values and comments are not aligned yet. */
export function layOut(
  text: string,
  root: SyntaxNode,
  tokens: readonly Token[],
  within: Range | undefined,
): Layout | undefined {
  const columns = blockColumns(text, root, tokens, within);
  const placements: Placement[] = [];
  const brackets: Bracket[] = [];
  /** Blocks that may have another entry here, from the outermost in. */
  const blocks: Block[] = [];
  /** The last token that is no comment. */
  let before: Token | undefined;
  let lineColumn: number | undefined;
  let depthAtLine = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'unknown' || signOf(text, token) === '?') return undefined;
    const previous = placements.at(-1);
    const beginsLine = !previous || /\n/.test(text.slice(previous.token.range.end, token.range.start));
    const old = columnAt(text, token.range.start);
    if (beginsLine) {
      lineColumn = undefined;
      depthAtLine = brackets.length;
    }
    const continues = beginsLine && previous !== undefined && isContinued(text, previous, token, old);
    const column = beginsLine
      ? brackets.length > 0
        ? columnInBrackets(index)
        : columnInBlock(index)
      : endColumn(text, previous as Placement) + spacesBetween(previous as Placement, index);
    if (column === undefined) return undefined;
    const shift = beginsLine ? column - old : (previous?.shift ?? 0);
    const sign = signOf(text, token);
    if (sign !== '-') lineColumn ??= column;
    placements.push({ token, beginsLine, old, column, shift, continues });
    enterBlock(index);
    const open = brackets.at(-1);
    const follows = previous && /^[[{]$/.test(signOf(text, previous.token)) && !beginsLine;
    if (open && follows && token.kind !== 'comment') open.first = { old, new: column };
    if (sign === '{' || sign === '[') brackets.push({ base: baseOf(lineColumn ?? column) });
    if (sign === '}' || sign === ']') brackets.pop();
    if (token.kind !== 'comment') before = token;
  }
  return { tokens, placements, columns };

  function enterBlock(index: number): void {
    const block = columns.starts.get(index);
    if (!block) return;
    const known = blocks.indexOf(block);
    if (known !== -1) blocks.splice(known + 1);
    else blocks.push(block);
  }

  /** YAML wants a bracket inside another one further in than the key they belong to; the outer one may return to it. */
  function baseOf(column: number): number {
    const isNested = brackets.length > 0 && depthAtLine === 0;
    return isNested && blocks.at(-1)?.isMap && blocks.at(-1)?.new === column ? column + indentation : column;
  }

  function columnInBrackets(index: number): number {
    const token = tokens[index] as Token;
    const { base, first } = brackets.at(-1) as Bracket;
    if (/^[\]}]$/.test(signOf(text, token))) return base;
    if (before && (before.kind === 'property' || signOf(text, before) === ':')) return base + 2 * indentation;
    return first && columnAt(text, token.range.start) === first.old ? first.new : base + indentation;
  }

  function columnInBlock(index: number): number | undefined {
    const { kind, range } = tokens[index] as Token;
    if (kind === 'marker') return 0;
    if (kind === 'comment') return commentColumn(index, columnAt(text, range.start));
    return contentColumn(index);
  }

  /** Column of what begins with the token: an entry, an item, or a value on a line of its own with its anchor. */
  function contentColumn(index: number): number | undefined {
    for (let at = index; at < tokens.length; at++) {
      const known = columns.starts.get(at)?.new ?? columns.values.get(at)?.column;
      if (known !== undefined) return known;
      if (tokens[at]?.kind !== 'property') return undefined;
    }
    return undefined;
  }

  /**
   * A comment belongs to what follows; between two blocks to the one it is indented like, so that one at the end of a
   * step stays in it.
   */
  function commentColumn(index: number, old: number): number | undefined {
    let next = index + 1;
    while (tokens[next]?.kind === 'comment') next++;
    const isEnd = next === tokens.length || tokens[next]?.kind === 'marker';
    const follows = isEnd ? blocks[0] : columns.starts.get(next);
    const level = follows ? blocks.indexOf(follows) : -1;
    if (!follows || level === -1) return isEnd ? 0 : contentColumn(next);
    if (old === follows.old) return follows.new;
    const deepest = blocks.at(-1) as Block;
    const isMissing = before && /^[:-]$/.test(signOf(text, before));
    if (isMissing && old > deepest.old) return deepest.new + indentation;
    return blocks.slice(level).findLast((block) => block.old <= old)?.new ?? follows.new;
  }

  function spacesBetween(previous: Placement, index: number): number {
    const token = tokens[index] as Token;
    const [left, right] = [signOf(text, previous.token), signOf(text, token)];
    const gap = token.range.start - previous.token.range.end;
    if (token.kind === 'comment') return gap;
    if (left === '-') {
      const block = columns.starts.get(index);
      return block ? Math.max(1, block.new - previous.column - 1) : 1;
    }
    if (left === '{') return right === '}' ? 0 : 1;
    if (left === '[' || right === ']' || right === ',') return 0;
    // A colon directly behind an anchor or an alias would belong to its name.
    if (right === ':') return previous.token.kind === 'scalar' ? 0 : gap;
    return 1;
  }
}

/** Column behind a token; of one with several lines, behind its last one. */
export function endColumn(text: string, { token, column, shift }: Placement): number {
  const written = text.slice(token.range.start, token.range.end);
  const last = written.lastIndexOf('\n');
  return last === -1 ? column + written.length : Math.max(0, written.length - last - 1 + shift);
}

/** The character of an indicator, else nothing. */
export function signOf(text: string, { kind, range }: Token): string {
  return kind === 'indicator' ? (text[range.start] ?? '') : '';
}

/** The comment `token` stands exactly below one that stands behind something, in the next line. */
function isContinued(text: string, previous: Placement, token: Token, old: number): boolean {
  if (/\n.*\n/.test(text.slice(previous.token.range.end, token.range.start))) return false;
  const isBehind = !previous.beginsLine || previous.continues;
  return token.kind === 'comment' && previous.token.kind === 'comment' && isBehind && previous.old === old;
}

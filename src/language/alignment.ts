// What stands below each other on purpose: values of neighboring entries, and comments behind them. Who aligned them
// finds them aligned after formatting, at the first column where all fit.
import { entryStart } from './block-columns.ts';
import { endColumn, type Layout, type Placement, signOf } from './line-layout.ts';
import type { MapNode, SyntaxNode } from './syntax.ts';

/** Moves the values and comments in `layout` that are aligned. */
export function align(text: string, root: SyntaxNode, layout: Layout): void {
  alignIn(text, root, layout);
  alignComments(text, layout.placements);
}

function alignIn(text: string, node: SyntaxNode, layout: Layout): void {
  if (node.kind === 'list') for (const item of node.items) alignIn(text, item, layout);
  if (node.kind !== 'map') return;
  alignValues(text, node, layout);
  for (const { value } of node.entries) if (value) alignIn(text, value, layout);
}

/** A value and the colon before it, by index, both in the one line of their entry. */
interface Row {
  readonly colon: number;
  readonly value: number;
  readonly start: number;
  readonly end: number;
  /** One space behind the colon. */
  readonly isClose: boolean;
}

/**
 * Values that begin in the same column of neighboring lines keep doing so. A comment may stand between, or an entry whose
 * key is too long to take part; a blank line not.
 */
function alignValues(text: string, map: MapNode, layout: Layout): void {
  const { placements } = layout;
  const rows = map.entries.map((entry) => rowOf(text, entry, layout));
  const oldOf = ({ value }: Row) => placements[value]?.old ?? 0;
  for (let first = 0; first < rows.length; first++) {
    const run: Row[] = [];
    let last = first;
    for (let next = first; next < rows.length; next++) {
      const [above, row] = [rows[next - 1], rows[next]];
      if (!row || (next > first && above && /\n[ \t]*\r?\n/.test(text.slice(above.end, row.start)))) break;
      if (!run[0] || oldOf(row) === oldOf(run[0])) {
        run.push(row);
        last = next;
      } else if (oldOf(row) < oldOf(run[0]) || !row.isClose) break;
    }
    if (run.length < 2) continue;
    const column = Math.max(...run.map(({ colon }) => endColumn(text, placements[colon] as Placement))) + 1;
    for (const { value } of run) moveRestOfLine(placements, value, column);
    first = last;
  }
}

/** Undefined for an entry that takes several lines, begins behind another one, or has no value. */
function rowOf(text: string, { key, range, value }: MapNode['entries'][number], layout: Layout): Row | undefined {
  const { tokens, placements, columns } = layout;
  const index = columns.indexAt.get(key.range.start);
  if (!value || index === undefined || text.slice(range.start, range.end).includes('\n')) return undefined;
  const start = entryStart(text, tokens, index);
  let first = start;
  while (first > 0 && !placements[first]?.beginsLine && signAt(first - 1) === '-') first--;
  if (!placements[first]?.beginsLine || signAt(index + 1) !== ':') return undefined;
  const isClose = (tokens[index + 2]?.range.start ?? 0) - (tokens[index + 1]?.range.end ?? 0) === 1;
  return { colon: index + 1, value: index + 2, start: range.start, end: range.end, isClose };

  function signAt(at: number): string {
    const token = tokens[at];
    return token ? signOf(text, token) : '';
  }
}

function moveRestOfLine(placements: readonly Placement[], from: number, column: number): void {
  const distance = column - (placements[from]?.column ?? column);
  for (let index = from; index === from || placements[index]?.beginsLine === false; index++) {
    const placement = placements[index];
    if (placement) placement.column += distance;
  }
}

/** A comment behind something, or below such a one. */
interface SideComment {
  readonly placement: Placement;
  readonly line: number;
  /** Spaces before it, and the column they begin at; undefined where it has a line of its own. */
  readonly gap: number | undefined;
  readonly from: number;
}

/**
 * Comments in one column of neighboring lines stay aligned. Where each is written close to its line they stay as close;
 * others stay in their column as long as the lines leave room for it.
 */
function alignComments(text: string, placements: readonly Placement[]): void {
  const comments = sideComments(text, placements);
  for (let first = 0; first < comments.length; ) {
    const group: SideComment[] = [];
    for (let next = comments[first]; next; next = comments[first + group.length]) {
      const last = group.at(-1);
      if (last && (next.line !== last.line + 1 || next.placement.old !== last.placement.old)) break;
      group.push(next);
    }
    const room = Math.max(...group.map(({ from }) => from));
    const gap = Math.min(...group.flatMap((comment) => comment.gap ?? []));
    const moved = Math.max(...group.map(({ placement }) => placement.old + placement.shift));
    const column = gap <= 2 ? room + gap : Math.max(room + 2, moved);
    for (const { placement } of group) placement.column = column;
    first += group.length;
  }
}

function sideComments(text: string, placements: readonly Placement[]): readonly SideComment[] {
  const comments: SideComment[] = [];
  let line = 0;
  let end = 0;
  for (const [index, placement] of placements.entries()) {
    const { token, beginsLine, continues } = placement;
    line += newlinesIn(text.slice(end, token.range.start));
    end = token.range.end;
    const before = placements[index - 1];
    if (token.kind === 'comment' && before && (!beginsLine || continues)) {
      const gap = beginsLine ? undefined : token.range.start - before.token.range.end;
      comments.push({ placement, line, gap, from: beginsLine ? 0 : endColumn(text, before) });
    }
    line += newlinesIn(text.slice(token.range.start, end));
  }
  return comments;
}

function newlinesIn(text: string): number {
  return text.split('\n').length - 1;
}

// Folding: everything that takes more than one line, comments, and what the author marks with `# region`. Whole lines
// only, as editors fold them; a closing bracket on a line of its own stays visible.
import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver-types';
import type { ParsedText } from '../language/parse.ts';
import { positionAt, type Range } from '../language/source.ts';
import type { SyntaxNode } from '../language/syntax.ts';
import type { Lines } from './positions.ts';

/** In the order of the text, at most one from each line. */
export function foldingRangesOf(file: ParsedText): FoldingRange[] {
  const { root } = file;
  const folds = new Map<number, FoldingRange>();
  /** Lines that go on with a scalar: what looks like a comment there is text. */
  const inner = new Set<number>();
  const lineOf = (offset: number) => positionAt(file.lineStarts, offset).line;
  if (root) visit(root);
  for (const fold of [...regionsOf(file, inner), ...commentsOf(file, inner)]) add(fold);
  return [...folds.values()].sort((a, b) => a.startLine - b.startLine);

  /** Of two that begin in one line the larger one is kept: the smaller could not be reached. */
  function add(fold: FoldingRange): void {
    const known = folds.get(fold.startLine);
    if (fold.endLine > fold.startLine && !(known && known.endLine >= fold.endLine)) folds.set(fold.startLine, fold);
  }

  function fold({ start, end }: Range, kind?: FoldingRangeKind): void {
    const last = lineOf(end);
    const closes = /^\s*[\]}]/.test(file.text.slice(file.lineStarts[last] ?? 0, end));
    add({ startLine: lineOf(start), endLine: closes ? last - 1 : last, ...(kind ? { kind } : {}) });
  }

  function visit(node: SyntaxNode): void {
    if (node.kind === 'alias') return;
    if (node.kind === 'scalar') {
      for (let line = lineOf(node.range.start) + 1; line <= lineOf(node.range.end); line++) inner.add(line);
      return;
    }
    if (node.flow) fold(node.range);
    if (node.kind === 'list') {
      for (const item of node.items) {
        fold(item.range);
        visit(item);
      }
      return;
    }
    for (const { key, value, range } of node.entries) {
      fold(range, node === root && key.text === 'use' ? FoldingRangeKind.Imports : undefined);
      if (value) visit(value);
    }
  }
}

/** From `# region` to its `# endregion`; they nest. */
function regionsOf(lines: Lines, inner: ReadonlySet<number>): readonly FoldingRange[] {
  const open: number[] = [];
  return linesOf(lines).flatMap((text, line) => {
    if (inner.has(line)) return [];
    if (isRegionStart(text)) open.push(line);
    const startLine = /^\s*#\s*endregion\b/.test(text) ? open.pop() : undefined;
    return startLine === undefined ? [] : [{ startLine, endLine: line, kind: FoldingRangeKind.Region }];
  });
}

/** Comments that fill neighboring lines. */
function commentsOf(lines: Lines, inner: ReadonlySet<number>): readonly FoldingRange[] {
  const found: FoldingRange[] = [];
  let startLine: number | undefined;
  for (const [line, text] of [...linesOf(lines), ''].entries()) {
    const isComment = /^\s*#/.test(text) && !inner.has(line) && !/^\s*#\s*(?:end)?region\b/.test(text);
    if (isComment) startLine ??= line;
    else if (startLine !== undefined) {
      found.push({ startLine, endLine: line - 1, kind: FoldingRangeKind.Comment });
      startLine = undefined;
    }
  }
  return found;
}

function isRegionStart(text: string): boolean {
  return /^\s*#\s*region\b/.test(text);
}

function linesOf({ text, lineStarts }: Lines): readonly string[] {
  return lineStarts.map((start, line) => text.slice(start, lineStarts[line + 1]));
}

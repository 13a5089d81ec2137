// A text with its values blanked out: what is left of it are comments, anchors, aliases and punctuation. Offsets stay.
import type { ParsedFile } from '../../language/parse.ts';
import type { Range } from '../../language/source.ts';
import type { SyntaxNode } from '../../language/syntax.ts';

export function bareText({ text, root }: Pick<ParsedFile, 'text' | 'root'>): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of scalarRanges(root).sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    parts.push(text.slice(at, start), text.slice(start, end).replace(/[^\r\n]/g, 'x'));
    at = end;
  }
  return parts.join('') + text.slice(at);
}

/** The comments in a part of a bare text. */
export function commentsIn(bare: string, { start, end }: Range = { start: 0, end: bare.length }): readonly string[] {
  return [...bare.slice(start, end).matchAll(/(?<![^\s,[\]{}])#[^\r\n]*/g)].map(([comment]) => comment.trim());
}

/** Anchors, aliases and tags: a value that has them cannot be written elsewhere without losing them. */
export function hasMarks(bare: string, { start, end }: Range): boolean {
  return /[&*!]/.test(bare.slice(start, end).replace(/(?<![^\s,[\]{}])#[^\r\n]*/g, ''));
}

function scalarRanges(node: SyntaxNode | undefined): Range[] {
  if (!node || node.kind === 'alias') return [];
  if (node.kind === 'scalar') return node.range.end > node.range.start ? [node.range] : [];
  if (node.kind === 'list') return node.items.flatMap(scalarRanges);
  return node.entries.flatMap(({ key, value }) => [key.range, ...scalarRanges(value)]);
}

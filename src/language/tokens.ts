// The visible pieces of a text in their order: scalars and aliases where the tree has them, and what stands between them.
// Joined with the white space between, they are the text, so whoever moves them loses nothing.
import { lineEnd } from './edit.ts';
import type { Range } from './source.ts';
import type { AliasNode, ScalarNode, SyntaxNode } from './syntax.ts';

export interface Token {
  /**
   * `property` is an anchor or a tag, `indicator` one of `{ } [ ] , : - ?`, `marker` a line such as `---`;
   * `unknown` stands where the text is damaged.
   */
  readonly kind: 'scalar' | 'alias' | 'comment' | 'property' | 'indicator' | 'marker' | 'unknown';
  readonly range: Range;
  /** Of scalars and aliases. */
  readonly node?: ScalarNode | AliasNode;
}

/** All tokens of a text whose tree is `root`. */
export function tokensOf(text: string, root: SyntaxNode | undefined): readonly Token[] {
  const leaves: (ScalarNode | AliasNode)[] = [];
  if (root) collectLeaves(root, leaves);
  const tokens: Token[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  for (const node of leaves) {
    if (node.range.start < at) continue;
    readBetween(text, at, node.range.start, tokens);
    at = node.kind === 'scalar' ? endOf(text, node) : node.range.end;
    tokens.push({ kind: node.kind, range: { start: node.range.start, end: at }, node });
  }
  readBetween(text, at, text.length, tokens);
  return tokens;
}

/** A literal or folded scalar: its content stands on lines of its own, each white space of which may count. */
export function isBlockScalar(node: SyntaxNode | undefined): boolean {
  return node?.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded');
}

/** Column at which the content of a block scalar begins, as its first line has it; undefined where there is none. */
export function contentColumn(text: string, { range }: ScalarNode): number | undefined {
  return /^[^\n]*\n(?:[ \t]*\r?\n)*( *)(?=[^ \r\n])/.exec(text.slice(range.start, range.end))?.[1]?.length;
}

function collectLeaves(node: SyntaxNode, leaves: (ScalarNode | AliasNode)[]): void {
  switch (node.kind) {
    case 'map':
      for (const { key, value } of node.entries) {
        collectLeaves(key, leaves);
        if (value) collectLeaves(value, leaves);
      }
      return;
    case 'list':
      for (const item of node.items) collectLeaves(item, leaves);
      return;
    default:
      if (node.range.end > node.range.start) leaves.push(node);
  }
}

/** Behind a scalar; the white space behind a block scalar belongs to it as far as its value has it. */
function endOf(text: string, node: ScalarNode): number {
  if (!isBlockScalar(node)) return node.range.end;
  let end = lineEnd(text, node.range.end);
  const keeps = /^.\d?\+/.test(text.slice(node.range.start, node.range.start + 3));
  const column = contentColumn(text, node);
  const blankLine = /\r?\n([ \t]*)(?=\r?\n|$)/y;
  for (let at = end; at < text.length; at = blankLine.lastIndex) {
    blankLine.lastIndex = at;
    const match = blankLine.exec(text);
    if (!match) break;
    const isContent = column !== undefined && (match[1] ?? '').length > column;
    if (keeps || isContent) end = blankLine.lastIndex;
  }
  return end;
}

const pieces: readonly (readonly [Token['kind'], RegExp])[] = [
  ['marker', /(?:---|\.\.\.)(?=\s|$)|%.*/y],
  ['comment', /#.*/y],
  ['property', /!<[^\s>]*>|[&!][^\s,[\]{}]*/y],
  ['indicator', /[{}[\],:?-]/y],
  ['unknown', /[^\s]/y],
];

/** Comments, properties and indicators between two leaves. */
function readBetween(text: string, start: number, end: number, tokens: Token[]): void {
  for (let at = start; at < end; ) {
    if (/[ \t\n]/.test(text[at] ?? '') || (text[at] === '\r' && text[at + 1] === '\n')) {
      at++;
      continue;
    }
    const [kind, length] = pieceAt(text, at);
    const written = text.slice(at, Math.min(at + length, end)).trimEnd();
    tokens.push({ kind, range: { start: at, end: at + Math.max(written.length, 1) } });
    at += Math.max(written.length, 1);
  }
}

function pieceAt(text: string, at: number): readonly [Token['kind'], number] {
  const isLineStart = at === 0 || text[at - 1] === '\n' || (at === 1 && text.startsWith('\uFEFF'));
  for (const [kind, pattern] of pieces) {
    if (kind === 'marker' && !isLineStart) continue;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return [kind, match[0].length];
  }
  return ['unknown', 1];
}

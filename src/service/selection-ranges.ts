// Growing selection: name, path, operand and condition; value, entry, declaration, section, file.
import type { ASTNode } from '@marcbachmann/cel-js';
import type { SelectionRange } from 'vscode-languageserver-types';
import { checkConditions, rangeInCondition } from '../language/conditions.ts';
import type { ParsedText } from '../language/parse.ts';
import { contains, type Range } from '../language/source.ts';
import type { ScalarNode, SyntaxNode } from '../language/syntax.ts';
import type { Checked } from './documents.ts';
import { toRange } from './positions.ts';

/** Ranges of what a scalar holds besides its words, an outer one before those inside. */
type PartsOf = (scalar: ScalarNode) => readonly Range[];

/** The innermost range at `offset`, each with the next larger one as its parent. */
export function selectionRangeAt(file: ParsedText, offset: number, partsOf: PartsOf = () => []): SelectionRange {
  const ranges: Range[] = [{ start: 0, end: file.text.length }];
  if (file.root) descend({ file, partsOf }, file.root, offset, ranges);
  const [outermost, ...inner] = growing(ranges, offset);
  let selection: SelectionRange = { range: toRange(file, outermost ?? { start: offset, end: offset }) };
  for (const range of inner) selection = { range: toRange(file, range), parent: selection };
  return selection;
}

/** From the outside in, each inside the one before it and smaller. */
function growing(ranges: readonly Range[], offset: number): readonly Range[] {
  const kept: Range[] = [];
  for (const range of ranges) {
    const around = kept.at(-1);
    if (!contains(range, offset)) continue;
    const isInside = !around || (around.start <= range.start && range.end <= around.end);
    if (isInside && !(around && around.end - around.start === range.end - range.start)) kept.push(range);
  }
  return kept;
}

interface Selecting {
  readonly file: ParsedText;
  readonly partsOf: PartsOf;
}

function descend(selecting: Selecting, node: SyntaxNode, offset: number, ranges: Range[]): void {
  ranges.push(node.range);
  if (node.kind === 'alias') return;
  if (node.kind === 'scalar') {
    ranges.push(...inScalar(selecting, node, offset));
    return;
  }
  const parts = node.kind === 'list' ? node.items : node.entries;
  const [first, last] = [parts[0], parts.at(-1)];
  // What stands in the brackets, without them.
  if (node.flow && first && last) ranges.push({ start: first.range.start, end: last.range.end });
  if (node.kind === 'list') {
    // A cursor between two items stands at the end of one and not yet in the next.
    const item = node.items.findLast(({ range }) => contains(range, offset));
    if (item) descend(selecting, item, offset, ranges);
    return;
  }
  const entry = node.entries.findLast(({ range }) => contains(range, offset));
  if (!entry) return;
  ranges.push(entry.range);
  if (contains(entry.key.range, offset)) descend(selecting, entry.key, offset, ranges);
  else if (entry.value && contains(entry.value.range, offset)) descend(selecting, entry.value, offset, ranges);
}

/** What a scalar is made of, from the outside in. */
function inScalar({ file, partsOf }: Selecting, scalar: ScalarNode, offset: number): readonly Range[] {
  const { range, style } = scalar;
  const isQuoted = style === 'single' || style === 'double';
  const content = isQuoted ? [{ start: range.start + 1, end: range.end - 1 }] : [];
  return [...content, ...partsOf(scalar), ...wordsAt(file.text, range, offset)].filter((part) =>
    contains(part, offset),
  );
}

/** The operands of a condition in a scalar. */
export function operandsIn({ file, workflow }: Checked, scalar: ScalarNode): readonly Range[] {
  const condition = file.conditions.find(({ node }) => node === scalar);
  const ast = condition && workflow.derived(checkConditions).checked.get(condition)?.ast;
  return ast ? operandsOf(ast).map((part) => rangeInCondition(file.text, condition, part)) : [];
}

/** Ranges of an expression and of all in it, an outer one before those inside. */
function operandsOf(ast: ASTNode): readonly Range[] {
  return [ast.range, ...childrenOf(ast.args).flatMap(operandsOf)];
}

function childrenOf(args: unknown): readonly ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(childrenOf);
  return typeof args === 'object' && args !== null && 'op' in args && 'range' in args ? [args as ASTNode] : [];
}

/** `claim.lines.price` and the name in it at `offset`. */
function wordsAt(text: string, { start, end }: Range, offset: number): readonly Range[] {
  const at = (characters: RegExp) => {
    let [from, to] = [offset, offset];
    while (from > start && characters.test(text[from - 1] ?? '')) from--;
    while (to < end && characters.test(text[to] ?? '')) to++;
    return { start: from, end: to };
  };
  return [at(/[\w.-]/), at(/[\w-]/)].filter((word) => word.end > word.start);
}

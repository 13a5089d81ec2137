// YAML text -> tree with exact ranges. A long text is read block by block: a mistake takes away its own block at most,
// and a block that stands in the text as before is not read again.
import type { Problem } from './problem.ts';
import type { Range } from './source.ts';
import {
  duplicateKeys,
  type MapEntry,
  type MapNode,
  type ReadText,
  readText,
  type ScalarNode,
  type SyntaxNode,
  syntaxProblem,
} from './syntax.ts';
import { textBlocks } from './text-blocks.ts';

/** The tree of a text. */
export interface SyntaxTree extends Pick<ReadText, 'root' | 'problems'> {
  /** What each block said, for reading the next version of the text. */
  readonly blocks: ReadBlocks;
}

/** By the text of the block. */
type ReadBlocks = ReadonlyMap<string, ReadBlock>;

/** A block as it was last read. */
interface ReadBlock {
  /** Offset it stood at. */
  readonly at: number;
  /** Where its last entry ends. */
  readonly end: number;
  readonly entries: readonly MapEntry[];
  readonly problems: readonly Problem[];
  /** It cannot be understood without the text around it. */
  readonly isBound: boolean;
}

/** Texts longer than this many UTF-16 units are not read: no workflow written by people comes near. */
export const maxTextLength = 5_000_000;

const maxSyntaxProblems = 50;

/**
 * Reads YAML 1.2. A broken part yields problems; every other part is in the tree. Never throws. `before` is the tree of
 * an earlier version of the text: it makes reading faster and changes nothing in the result.
 */
export function parseSyntax(text: string, before?: SyntaxTree): SyntaxTree {
  if (text.length > maxTextLength) {
    const message = `The file has ${text.length} characters; at most ${maxTextLength} are read. Split it with 'use' and 'call'.`;
    return unread({ ...syntaxProblem(message, { start: 0, end: 1 }), code: 'language/limit' });
  }
  const binary = binaryAt(text);
  if (binary !== undefined) {
    const message = 'This is not a text file: it contains a control character that YAML does not allow.';
    return unread(syntaxProblem(message, { start: binary, end: binary + 1 }));
  }
  const { root, problems, blocks } = readBlocks(text, before?.blocks) ?? { ...readText(text), blocks: new Map() };
  return { root, problems: inOrder(problems), blocks };
}

function unread(problem: Problem): SyntaxTree {
  return { root: undefined, problems: [problem], blocks: new Map() };
}

/** Offset of the first control character outside what YAML 1.2 (production c-printable) allows. */
function binaryAt(text: string): number | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  const at = text.search(/[\x00-\x08\x0b\x0c\x0e-\x1f]/);
  return at === -1 ? undefined : at;
}

/** By place; the library may say the same of one place several times. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>();
  const once = problems.filter(({ message, range }) => {
    const key = `${range.start} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
  return once.sort((a, b) => a.range.start - b.range.start).slice(0, maxSyntaxProblems);
}

/** Undefined where the text must be read whole. */
function readBlocks(text: string, before: ReadBlocks | undefined): SyntaxTree | undefined {
  const parts = textBlocks(text);
  if (!parts) return undefined;
  const blocks = new Map<string, ReadBlock>();
  const problems: Problem[] = [];
  const root = mapOf(parts, ({ start, end, inner }) => {
    const block = readPart(start, inner?.[0]?.start ?? end);
    const [entry] = block?.entries ?? [];
    if (!inner || !block || !entry) return block;
    const value = mapOf(inner, (part) => readPart(part.start, part.end));
    if (!value) return undefined;
    const range = { start: entry.range.start, end: value.range.end };
    return { entries: [{ ...entry, value, range }], end: value.range.end };
  });
  return root && { root, problems, blocks };

  /** Undefined where a part is. */
  function mapOf<T>(all: readonly T[], readOne: (part: T) => Pick<ReadBlock, 'entries' | 'end'> | undefined) {
    const entries: MapEntry[] = [];
    let last = 0;
    for (const part of all) {
      const block = readOne(part);
      if (!block) return undefined;
      for (const entry of block.entries) entries.push(entry);
      last = block.end;
    }
    problems.push(...duplicateKeys(entries));
    const range = { start: entries[0]?.range.start ?? 0, end: last };
    const map: MapNode = { kind: 'map', range, entries, flow: false };
    return map;
  }

  /** Undefined where the text of the block means nothing without what stands around it. */
  function readPart(start: number, end: number): ReadBlock | undefined {
    const piece = text.slice(start, end);
    const known = blocks.get(piece) ?? before?.get(piece);
    const block = known ? movedTo(known, start) : readBlock(piece, start);
    blocks.set(piece, block);
    for (const problem of block.problems) problems.push(problem);
    return block.isBound ? undefined : block;
  }
}

function readBlock(piece: string, at: number): ReadBlock {
  const { root, problems, isLinked } = readText(piece);
  const isOwn = !isLinked && root?.kind === 'map' && !root.flow && root.range.start === piece.search(/\S/);
  const [entries, end] = isOwn ? [root.entries, root.range.end] : [[], 0];
  return movedTo({ at: 0, end, entries, problems, isBound: !isOwn }, at);
}

/** The same block elsewhere in the text. */
function movedTo(block: ReadBlock, at: number): ReadBlock {
  const by = at - block.at;
  if (by === 0) return block;
  return {
    ...block,
    at,
    end: block.end + by,
    entries: block.entries.map((entry) => movedEntry(entry, by)),
    problems: block.problems.map((problem) => ({ ...problem, range: moved(problem.range, by) })),
  };
}

function moved({ start, end }: Range, by: number): Range {
  return { start: start + by, end: end + by };
}

function movedEntry({ key, value, range }: MapEntry, by: number): MapEntry {
  return { key: movedScalar(key, by), value: value && movedNode(value, by), range: moved(range, by) };
}

function movedScalar({ kind, range, value, text, style }: ScalarNode, by: number): ScalarNode {
  return { kind, range: moved(range, by), value, text, style };
}

function movedNode(node: SyntaxNode, by: number): SyntaxNode {
  switch (node.kind) {
    case 'scalar':
      return movedScalar(node, by);
    case 'map': {
      const { kind, range, entries, flow } = node;
      return { kind, range: moved(range, by), entries: entries.map((entry) => movedEntry(entry, by)), flow };
    }
    case 'list': {
      const { kind, range, items, flow } = node;
      return { kind, range: moved(range, by), items: items.map((item) => movedNode(item, by)), flow };
    }
    case 'alias':
      // Blocks with aliases are read with the whole text.
      return node;
  }
}

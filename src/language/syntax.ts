// One block of YAML text -> tree of maps, lists and scalars with exact ranges, plus the syntax problems. Never throws.
// With `compose.ts` the only file that knows the `yaml` package.
import { isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { compose } from './compose.ts';
import { firstDamage, type Mistake, without } from './damage.ts';
import type { Problem } from './problem.ts';
import type { Range } from './source.ts';

type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly range: Range;
  /** What YAML makes of it: text, number, boolean or null. */
  readonly value: string | number | boolean | null;
  /** The value as text, as the author wrote it (`1.10` stays `1.10`), unquoted and unfolded. */
  readonly text: string;
  readonly style: ScalarStyle;
}

export interface MapEntry {
  readonly key: ScalarNode;
  readonly value: SyntaxNode | undefined;
  /** From the key to the end of the value. */
  readonly range: Range;
}

export interface MapNode {
  readonly kind: 'map';
  readonly range: Range;
  readonly entries: readonly MapEntry[];
  /** Written in braces. */
  readonly flow: boolean;
}

export interface ListNode {
  readonly kind: 'list';
  readonly range: Range;
  readonly items: readonly SyntaxNode[];
  readonly flow: boolean;
}

export interface AliasNode {
  readonly kind: 'alias';
  readonly range: Range;
  readonly name: string;
  /** The anchored node, or undefined where no such anchor stands before. */
  readonly target: SyntaxNode | undefined;
}

export type SyntaxNode = ScalarNode | MapNode | ListNode | AliasNode;

/** What a text says, as far as it can be read. */
export interface ReadText {
  readonly root: SyntaxNode | undefined;
  readonly problems: readonly Problem[];
  /** Something in it has an anchor or stands for something that has: what it says may depend on text around it. */
  readonly isLinked: boolean;
}

/** Collections nested deeper than this are not read. */
export const maxDepth = 100;

/** Reads a text as a whole. A broken part yields problems; every other part is in the tree. */
export function readText(text: string): ReadText {
  const { document, mistakes } = readDocument(text);
  const builder = new TreeBuilder(text);
  const root = document.contents ? builder.node(document.contents, 0) : undefined;
  const reported = mistakes.map(({ pos, code, message }) => {
    const [start, end] = pos;
    const range = { start: Math.min(start, text.length), end: Math.min(Math.max(end, start + 1), text.length) };
    return syntaxProblem(sentence(message), range, code === 'RESOURCE_EXHAUSTION' ? 'language/limit' : undefined);
  });
  return { root, problems: [...reported, ...builder.problems], isLinked: builder.isLinked };
}

/** How often a text is read again because characters of it were damaged; long ones less often. */
const maxRereading = 10;
const maxRereadLength = 1_000_000;

/** The document, read again without the characters that take the rest away, and the mistakes in it. */
function readDocument(text: string) {
  let document = compose(text);
  let readable = text;
  const damage: Mistake[] = [];
  const times = Math.min(maxRereading, Math.floor(maxRereadLength / (text.length + 1)));
  for (let time = 0; time < times; time++) {
    const first = firstDamage(readable, document.errors);
    if (!first) break;
    damage.push(first.mistake);
    readable = without(readable, first.range);
    document = compose(readable);
  }
  const mistakes: readonly Mistake[] = [...damage, ...document.errors];
  return { document, mistakes: [...mistakes].sort((a, b) => a.pos[0] - b.pos[0]) };
}

/** A problem of the text itself. */
export function syntaxProblem(message: string, range: Range, code: Problem['code'] = 'language/syntax'): Problem {
  return { code, severity: 'error', message, range };
}

/** What people type half-way, in words that need no YAML. */
const plainWords: readonly (readonly [RegExp, string])[] = [
  [
    /^Implicit keys need to be on a single line/,
    "A key stands on one line: is the ':' missing behind the word before?",
  ],
  [/^Implicit map keys need to be followed by map values/, "This word is no key yet: write ':' and a value behind it."],
  [/^Nested mappings are not allowed/, 'This key is indented in another way than its neighbors, or shares its line.'],
  [/must be sufficiently indented/, 'An opening bracket above is not closed, or this line is not indented far enough.'],
];

/** The first line of a message of the YAML parser, as a sentence. */
function sentence(message: string): string {
  const line = message.split('\n')[0] ?? message;
  const stray = /^Unexpected \S+ token in YAML stream: "([^"]*)/.exec(line)?.[1];
  if (stray !== undefined) return `'${stray}' has no place here. Delete it, or complete what it should belong to.`;
  const plain = plainWords.find(([jargon]) => jargon.test(line))?.[1];
  if (plain !== undefined) return plain;
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

/** Turns the library's nodes into ours. Holds the anchors met so far, since an alias may only name an earlier one. */
class TreeBuilder {
  readonly problems: Problem[] = [];
  isLinked = false;
  readonly #anchors = new Map<string, SyntaxNode>();
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  node(node: Node, depth: number): SyntaxNode | undefined {
    if (depth > maxDepth) {
      const message = `Collections are nested more than ${maxDepth} deep. The rest of this one is not read.`;
      this.problems.push(syntaxProblem(message, this.#range(node), 'language/limit'));
      return undefined;
    }
    const result = this.#convert(node, depth);
    const anchor = isAlias(node) ? undefined : (node as { anchor?: string }).anchor;
    if (anchor || isAlias(node)) this.isLinked = true;
    if (anchor && result) this.#anchors.set(anchor, result);
    return result;
  }

  #convert(node: Node, depth: number): SyntaxNode | undefined {
    const range = this.#range(node);
    if (isAlias(node)) {
      const target = this.#anchors.get(node.source);
      if (!target) {
        this.problems.push(syntaxProblem(`No anchor '&${node.source}' stands before this alias.`, range));
      }
      return { kind: 'alias', range, name: node.source, target };
    }
    if (isMap(node)) {
      const entries = node.items.flatMap((pair) => this.#entry(pair, depth) ?? []);
      this.problems.push(...duplicateKeys(entries));
      return { kind: 'map', range, entries, flow: node.flow === true };
    }
    if (isSeq(node)) {
      const items = node.items.flatMap((item) => {
        // `- [a: b]` makes a pair inside a list: read it as a map of one entry.
        if (isPair(item)) {
          const entry = this.#entry(item as Pair, depth);
          return entry ? [{ kind: 'map', range: entry.range, entries: [entry], flow: true } as const] : [];
        }
        return this.node(item as Node, depth + 1) ?? [];
      });
      return { kind: 'list', range, items, flow: node.flow === true };
    }
    return isScalar(node) ? this.#scalar(node as ScalarLike, range) : undefined;
  }

  #entry(pair: Pair, depth: number): MapEntry | undefined {
    if (!isScalar(pair.key)) {
      const range = this.#range(pair.key as Node);
      this.problems.push(syntaxProblem('A key must be a plain word, not a collection or an alias.', range));
      return undefined;
    }
    const key = this.#scalar(pair.key as ScalarLike, this.#range(pair.key));
    if (key.text === '<<' && key.style === 'plain') {
      this.problems.push(
        syntaxProblem("Merge keys '<<' are not part of the language. Repeat the keys, or use 'defaults'.", key.range),
      );
      return undefined;
    }
    const value = pair.value ? this.node(pair.value as Node, depth + 1) : undefined;
    // An empty value is a scalar of no length for the library; for us the value is missing.
    const missing = value?.kind === 'scalar' && value.value === null && value.range.start === value.range.end;
    return {
      key,
      value: missing ? undefined : value,
      range: { start: key.range.start, end: Math.max(key.range.end, value?.range.end ?? 0) },
    };
  }

  #scalar(node: ScalarLike, range: Range): ScalarNode {
    const { value } = node;
    const style = scalarStyles[node.type ?? 'PLAIN'] ?? 'plain';
    const text = typeof value === 'string' ? value : (node.source ?? (value === null ? '' : String(value)));
    const known = typeof value === 'number' || typeof value === 'boolean' || value === null ? value : text;
    return { kind: 'scalar', range, value: known, text, style };
  }

  #range(node: Node): Range {
    const [start, end] = node.range ?? [0, 0, 0];
    // Block collections and block scalars run to the start of the next line: end at their last visible character.
    let last = Math.min(Math.max(start, end), this.#text.length);
    while (last > start && /\s/.test(this.#text[last - 1] ?? '')) last--;
    return { start, end: last };
  }
}

/** Keys that stand twice in a map. */
export function duplicateKeys(entries: readonly MapEntry[]): readonly Problem[] {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const { key } of entries) {
    if (seen.has(key.text)) {
      const message = `The key '${key.text}' stands twice in this map; only the first one counts. Delete one of them.`;
      problems.push({ code: 'language/duplicate-key', severity: 'error', message, range: key.range });
    }
    seen.add(key.text);
  }
  return problems;
}

interface ScalarLike {
  readonly value: unknown;
  readonly source?: string;
  readonly type?: string;
}

const scalarStyles: Readonly<Record<string, ScalarStyle>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

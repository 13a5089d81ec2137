// Edits of a text that keep its comments and format: set a key, remove a key, rename a word.
// Each answers the edits, or undefined where it cannot be done without losing something.
import type { Range, TextEdit } from './source.ts';
import type { ListNode, MapEntry, MapNode, ScalarNode, SyntaxNode } from './syntax.ts';

/** The text after edits that do not overlap, in any order; what is inserted at one place stands in the order given. */
export function applied(text: string, edits: readonly TextEdit[]): string {
  const ordered = [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  let result = '';
  let at = 0;
  for (const { range, text: written } of ordered) {
    result += text.slice(at, range.start) + written;
    at = range.end;
  }
  return result + text.slice(at);
}

/** Adds `key: value` behind the last entry of `map`, in the style the map is written in. `value` is YAML on one line. */
export function addEntry(
  text: string,
  map: MapNode,
  key: string,
  value: string,
  after?: string,
): readonly TextEdit[] | undefined {
  if (map.entries.some((entry) => entry.key.text === key)) return undefined;
  const anchor = map.entries.find((entry) => entry.key.text === after) ?? map.entries.at(-1);
  if (!anchor) return map.flow ? [{ range: at(map.range.start + 1), text: ` ${key}: ${value} ` }] : undefined;
  if (map.flow) return [{ range: at(anchor.range.end), text: `, ${key}: ${value}` }];
  const indent = indentAt(text, anchor.key.range.start);
  return [{ range: at(entryEnd(text, anchor)), text: `${newlineOf(text)}${indent}${key}: ${value}` }];
}

/** Adds lines of entries to a map in block style, as far in as its own, behind the entry `after` or at its end. */
export function addBlock(
  text: string,
  map: MapNode,
  lines: readonly string[],
  after?: string,
): readonly TextEdit[] | undefined {
  if (map.flow) return undefined;
  const newline = newlineOf(text);
  const anchor = map.entries.find((entry) => entry.key.text === after) ?? map.entries.at(-1);
  const place = anchor ? entryEnd(text, anchor) : text.length;
  const gap = lines.length > 1 ? newline : '';
  const indent = anchor ? indentAt(text, anchor.key.range.start) : '';
  return [{ range: at(place), text: `${newline}${gap}${lines.map((line) => indent + line).join(newline)}` }];
}

/** Adds items, each YAML on one line, behind the last one of `list`, in the style the list is written in. */
export function addItem(text: string, list: ListNode, items: readonly string[]): readonly TextEdit[] | undefined {
  const last = list.items.at(-1);
  if (!last) return list.flow ? [{ range: at(list.range.start + 1), text: items.join(', ') }] : undefined;
  if (list.flow) return [{ range: at(last.range.end), text: items.map((item) => `, ${item}`).join('') }];
  const [first = last] = list.items;
  const start = lineStart(text, first.range.start);
  const dash = text.slice(start, first.range.start).lastIndexOf('-');
  if (dash === -1 || lastScalar(last)?.style === 'literal' || lastScalar(last)?.style === 'folded') return undefined;
  const indent = text.slice(start, start + dash).replace(/[^\t ]/g, ' ');
  const lines = items.map((item) => `${newlineOf(text)}${indent}- ${item}`);
  return [{ range: at(lineEnd(text, last.range.end)), text: lines.join('') }];
}

/**
 * Removes an entry with its line; a comment behind it stays. Undefined where a comment inside would be lost, or a value
 * that an alias stands for.
 */
export function removeEntry(text: string, map: MapNode, key: string): readonly TextEdit[] | undefined {
  const index = map.entries.findIndex((entry) => entry.key.text === key);
  const entry = map.entries[index];
  if (!entry || map.entries.length === 1) return undefined;
  const written = text.slice(entry.range.start, entry.range.end);
  if (/(^|\s)#/.test(written) || isUsedBehind(text, entry.range, written)) return undefined;
  return map.flow ? removeFromFlow(text, map, index) : removeFromBlock(text, entry);
}

/** Removes some items of a list, not all. Undefined where a comment would be lost, or a value that an alias stands for. */
export function removeItems(
  text: string,
  list: ListNode,
  items: readonly SyntaxNode[],
): readonly TextEdit[] | undefined {
  if (items.length === list.items.length) return undefined;
  const isUsed = items.some(({ range }) => isUsedBehind(text, range, text.slice(range.start, range.end)));
  if (isUsed) return undefined;
  if (list.flow) {
    const written = text.slice(list.range.start, list.range.end);
    const kept = list.items.filter((item) => !items.includes(item));
    if (/(^|\s)#|[[,\s]&/.test(written)) return undefined;
    return replace(list.range, `[${kept.map(({ range }) => text.slice(range.start, range.end)).join(', ')}]`);
  }
  const edits = items.map(({ range }) => {
    const [start, end] = [lineStart(text, range.start), lineEnd(text, range.end)];
    const isAlone = text.slice(start, range.start).trim() === '-' && text.slice(range.end, end).trim() === '';
    return isAlone
      ? { range: { start, end: Math.min(text.length, end + newlineLength(text, end)) }, text: '' }
      : undefined;
  });
  return edits.some((edit) => edit === undefined) ? undefined : edits.flatMap((edit) => edit ?? []);
}

/** Some anchor in `written` has an alias behind it. */
function isUsedBehind(text: string, { end }: Range, written: string): boolean {
  const rest = text.slice(end);
  return [...written.matchAll(/(?<=^|[\s,[{])&([^\s,[\]{}]+)/g)].some(([, name]) => rest.includes(`*${name}`));
}

function removeFromFlow(text: string, map: MapNode, index: number): readonly TextEdit[] | undefined {
  const [entry, next, previous] = [map.entries[index], map.entries[index + 1], map.entries[index - 1]];
  if (!entry) return undefined;
  const range = next
    ? { start: entry.range.start, end: next.range.start }
    : { start: previous?.range.end ?? entry.range.start, end: entry.range.end };
  return text.slice(range.start, range.end).includes('#') ? undefined : [{ range, text: '' }];
}

function removeFromBlock(text: string, entry: MapEntry): readonly TextEdit[] | undefined {
  const start = lineStart(text, entry.range.start);
  const before = text.slice(start, entry.range.start);
  const end = lineEnd(text, entry.range.end);
  const comment = text.slice(entry.range.end, end).includes('#');
  if (comment) return before.trim() === '' ? [{ range: entry.range, text: '' }] : undefined;
  // `- mode: x` begins a list item: its line cannot go.
  if (before.trim() !== '') return undefined;
  return [{ range: { start, end: Math.min(text.length, end + newlineLength(text, end)) }, text: '' }];
}

/** The edit of one range. */
export function replace(range: Range, text: string): readonly TextEdit[] {
  return [{ range, text }];
}

/** End of the last line of an entry; empty lines that its text keeps (`|+`) belong to it. */
function entryEnd(text: string, entry: MapEntry): number {
  const end = lineEnd(text, entry.range.end);
  const last = lastScalar(entry.value);
  const keeps = (last?.style === 'literal' || last?.style === 'folded') && /^.\d?\+/.test(text.slice(last.range.start));
  const empty = keeps ? /^(?:\r?\n[ \t]*(?=\r?\n))*/.exec(text.slice(end))?.[0] : undefined;
  return end + (empty?.length ?? 0);
}

function lastScalar(node: SyntaxNode | undefined): ScalarNode | undefined {
  let last = node;
  while (last?.kind === 'map' || last?.kind === 'list')
    last = last.kind === 'map' ? last.entries.at(-1)?.value : last.items.at(-1);
  return last?.kind === 'scalar' ? last : undefined;
}

/** What stands before `offset` in its line as spaces, anchors and tags left out: the indentation of entries beside it. */
function indentAt(text: string, offset: number): string {
  const before = text.slice(lineStart(text, offset), offset).replace(/([&!]\S*[ \t]+)+$/, '');
  return before.replace(/[^\t ]/g, ' ');
}

/** Offset at which the line around `offset` begins. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset of the line break behind `offset`, or the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const next = text.indexOf('\n', offset);
  if (next === -1) return text.length;
  return text[next - 1] === '\r' ? next - 1 : next;
}

/** `id`, or where that is taken `id-2`, `id-3` and so on. */
export function unusedId(id: string, taken: { has(id: string): boolean }): string {
  for (let suffix = 1; ; suffix++) {
    const candidate = suffix === 1 ? id : `${id}-${suffix}`;
    if (!taken.has(candidate)) return candidate;
  }
}

function newlineLength(text: string, offset: number): number {
  return text[offset] === '\r' ? 2 : 1;
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function at(offset: number): Range {
  return { start: offset, end: offset };
}

// Sections of declarations at the top level of a file: entries come into them and go, the section with the last one.
import { addBlock, addEntry, addItem, removeEntry } from '../../language/edit.ts';
import type { TextEdit } from '../../language/source.ts';
import type { MapNode } from '../../language/syntax.ts';
import { sectionOf } from '../../language/vocabulary.ts';
import { blockOf, columnOf, linesOf, newlineOf, removeBlock } from './blocks.ts';
import type { DeclarationEntry } from './refactoring.ts';

/** A declaration in lines of its own, its id first, no further in than its comments. */
export interface Declared {
  readonly id: string;
  readonly lines: readonly string[];
}

/** Declarations that stand in one file, taken out of it. */
export interface Taken {
  readonly bySection: ReadonlyMap<string, readonly Declared[]>;
  readonly edits: readonly TextEdit[];
}

/** Adds declarations to a section, which is made where it is not there. */
export function addToSection(
  text: string,
  root: MapNode,
  section: string,
  declared: readonly Declared[],
): readonly TextEdit[] | undefined {
  const lines = declared.flatMap((each) => each.lines);
  const known = root.entries.find(({ key }) => key.text === section)?.value;
  const isSingle = declared.every((each) => each.lines.length === 1 && !/(^|\s)#/.test(each.lines[0] ?? ''));
  if (known && known.kind !== 'map') return undefined;
  if (known?.flow || root.flow) {
    if (!isSingle) return undefined;
    if (!known) return addEntry(text, root, section, `{ ${lines.join(', ')} }`, 'steps');
    const added = declared.map(({ id, lines: [line = ''] }) => addEntry(text, known, id, line.slice(id.length + 2)));
    return added.every((edits) => edits !== undefined) ? added.flatMap((edits) => edits ?? []) : undefined;
  }
  if (known) {
    const place = addBlock(text, known, ['x'])?.[0]?.range;
    const column = ' '.repeat(known.entries[0] ? columnOf(text, known.entries[0]) : 2);
    const newline = newlineOf(text);
    return place && [{ range: place, text: lines.map((line) => newline + indented(line, column)).join('') }];
  }
  const last = Object.values(sectionOf).findLast((key) => root.entries.some((entry) => entry.key.text === key));
  return addBlock(text, root, [`${section}:`, ...lines.map((line) => indented(line, '  '))], last ?? headOf(root));
}

function indented(line: string, by: string): string {
  return line === '' ? '' : by + line;
}

/** The last of the keys a file begins with. */
function headOf(root: MapNode): string | undefined {
  const head = ['aiwf', 'workflow', 'library', 'title', 'description', 'purpose', 'accountable', 'use'];
  return root.entries.findLast(({ key }) => head.includes(key.text))?.key.text;
}

/** Makes the file use another one. */
export function addUse(text: string, root: MapNode, path: string): readonly TextEdit[] | undefined {
  const use = root.entries.find(({ key }) => key.text === 'use')?.value;
  if (use?.kind === 'list') return addItem(text, use, [path]);
  if (use?.kind === 'scalar')
    return [{ range: use.range, text: `[${text.slice(use.range.start, use.range.end)}, ${path}]` }];
  const head = root.entries.find(({ key }) => key.text === 'workflow' || key.text === 'library')?.key.text;
  return use ? undefined : addEntry(text, root, 'use', `[${path}]`, head);
}

/** Takes declarations of top-level sections out of a file; undefined where a comment would be lost. */
export function takeOut(text: string, root: MapNode, entries: readonly DeclarationEntry[]): Taken | undefined {
  const bySection = new Map<string, Declared[]>();
  const edits: TextEdit[] = [];
  for (const section of root.entries) {
    const { value: map } = section;
    const own = entries.filter((each) => each.map === map);
    if (map?.kind !== 'map' || own.length === 0) continue;
    const isAll = own.length === map.entries.length;
    const declared: Declared[] = [];
    for (const { id, entry } of own) {
      if (map.flow) {
        declared.push({ id, lines: [text.slice(entry.range.start, entry.range.end).replace(/\s*\r?\n\s*/g, ' ')] });
        continue;
      }
      const block = blockOf(text, map, entry);
      declared.push({ id, lines: linesOf(text, block, columnOf(text, entry), '') });
      if (!isAll) edits.push(removeBlock(text, block));
    }
    if (isAll && !root.flow) {
      const block = blockOf(text, root, section);
      const above = text
        .slice(block.start, section.key.range.start)
        .split(/\r?\n/)
        .filter((line) => line.trim() !== '');
      const behind = /^[^\r\n]*?\s(#[^\r\n]*)/.exec(map.flow ? '' : text.slice(section.key.range.end))?.[1];
      const [first, ...rest] = declared;
      const comments = [...above.map((line) => line.trim()), ...(behind === undefined ? [] : [behind])];
      const own = first?.lines ?? [];
      // Comments right below the key of the section are part of its first entry already.
      if (first)
        declared.splice(
          0,
          declared.length,
          { id: first.id, lines: [...comments.filter((c) => !own.includes(c)), ...own] },
          ...rest,
        );
      edits.push(removeBlock(text, block));
    } else if (isAll || map.flow) {
      const removed = isAll ? removeEntry(text, root, section.key.text) : removeAll(text, map, own);
      if (!removed) return undefined;
      edits.push(...removed);
    }
    bySection.set(section.key.text, declared);
  }
  return { bySection, edits };
}

/** Some entries of a map in braces, the rest written anew. */
function removeAll(text: string, map: MapNode, own: readonly DeclarationEntry[]): readonly TextEdit[] | undefined {
  if (text.slice(map.range.start, map.range.end).includes('#')) return undefined;
  const kept = map.entries.filter((entry) => !own.some((each) => each.entry === entry));
  const written = kept.map(({ range }) => text.slice(range.start, range.end));
  return [{ range: map.range, text: `{ ${written.join(', ')} }` }];
}

// Declarations that move to a library together with what they name, and the file itself using it.
import { baseName, resolveUri } from '../../language/project.ts';
import type { Range } from '../../language/source.ts';
import { sectionOf } from '../../language/vocabulary.ts';
import { fileKey } from '../file-key.ts';
import { meaningsOf } from '../meaning.ts';
import { occurrencesIn } from '../occurrences.ts';
import { hasMarks } from './bare-text.ts';
import { newlineOf } from './blocks.ts';
import { type Change, type DeclarationEntry, hasAnchor, losesComment, type Spot } from './refactoring.ts';
import { addToSection, addUse, takeOut } from './sections.ts';

interface Closure {
  /** Of this file, in the order of the text. */
  readonly own: readonly DeclarationEntry[];
  /** Something that they name is imported. */
  readonly imports: boolean;
  /** A step or another thing of the flow that one of them names. */
  readonly stuck: string | undefined;
}

/** What the texts at `ranges` name, directly or through what they name; `steps`: those there may name steps. */
export function closureOf(
  { checked: { file, lint }, declarations }: Spot,
  ranges: readonly Range[],
  { steps }: { readonly steps: boolean },
): Closure {
  const all = occurrencesIn(file, lint.workflow);
  const own = new Set<DeclarationEntry>();
  let imports = false;
  let stuck: string | undefined;
  const queue = [...ranges];
  for (const range of queue) {
    for (const { entity, range: at } of all) {
      if (at.start < range.start || at.end > range.end || !entity.at) continue;
      if (fileKey(entity.at.uri) !== fileKey(file.uri)) {
        imports = true;
        continue;
      }
      const place = entity.at.range;
      const declared = declarations.find(
        ({ kind, entry, trail }) =>
          kind in sectionOf && trail.length === 2 && entry.range.start <= place.start && place.end <= entry.range.end,
      );
      const isInside = ranges.some(({ start, end }) => start <= place.start && place.end <= end);
      if (declared && !own.has(declared)) {
        own.add(declared);
        queue.push(declared.entry.range);
      } else if (!declared && !isInside && !(steps && ranges.includes(range))) stuck ??= entity.name;
    }
  }
  return { own: declarations.filter((each) => own.has(each)), imports, stuck };
}

/** Where declarations go: a library that is there, or one to be made. */
export interface Library {
  readonly uri: string;
  readonly path: string;
  readonly isNew: boolean;
}

export function newLibrary({ checked: { uri }, documents }: Spot): Library | undefined {
  return newFile(uri, `${stemOf(uri)}-shared`, documents);
}

/** A file beside `uri` that is not there yet. */
export function newFile(uri: string, stem: string, documents: Spot['documents']): Library | undefined {
  const project = documents.project();
  const [, extension = '.aiwf.yaml'] = /(\.aiwf\.ya?ml)$/.exec(uri) ?? [];
  for (let number = 1; number < 100; number++) {
    const path = `./${stem}${number === 1 ? '' : `-${number}`}${extension}`;
    const found = resolveUri(uri, path);
    if (found === undefined) return undefined;
    if (project.text(found) === undefined) return { uri: found, path, isNew: true };
  }
  return undefined;
}

/** `claims` of `file:///work/claims.aiwf.yaml`, as far as an id can be made of it. */
export function stemOf(uri: string): string {
  const name = baseName(uri)
    .replace(/(\.aiwf)?\.ya?ml$/, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-');
  return /^[A-Za-z_]/.test(name) ? name : `w-${name}`;
}

/** The libraries the file uses itself that lie where they can be changed. */
export function usedLibraries({ checked: { file, uri }, documents }: Spot): readonly Library[] {
  const known = new Set(documents.workflowUris().map(fileKey));
  return (file.fields?.use ?? []).flatMap(({ value: path }) => {
    const found = resolveUri(uri, path);
    const isThere = found !== undefined && known.has(fileKey(found));
    return isThere && documents.project().file(found)?.fields?.library ? [{ uri: found, path, isNew: false }] : [];
  });
}

/** The changes that move declarations; `more` are edits of the file that are made along with it. */
export function moveTo(
  library: Library,
  entries: readonly DeclarationEntry[],
  spot: Spot,
  imports: boolean,
): { readonly changes: readonly Change[] } | { readonly refused: string } {
  const { checked, documents, bare } = spot;
  const { file, uri } = checked;
  const { root, text } = file;
  if (root?.kind !== 'map') return { refused: losesComment };
  if (entries.some(({ entry }) => hasMarks(bare, entry.range))) return { refused: hasAnchor };
  if (!sameFolder(uri, library.uri) && entries.some(({ entry }) => hasPath(spot, entry.range)))
    return { refused: 'It names a file, whose path would lead elsewhere from there.' };
  const taken = takeOut(text, root, entries);
  const use = library.isNew ? addUse(text, root, library.path) : [];
  if (!taken || !use) return { refused: losesComment };
  const own: Change = { uri, edits: [...taken.edits, ...use] };
  if (library.isNew) {
    const newline = newlineOf(text);
    const uses = imports ? [`use: [${(file.fields?.use ?? []).map(({ value }) => value).join(', ')}]`] : [];
    const sections = [...taken.bySection].flatMap(([section, declared]) => [
      '',
      `${section}:`,
      ...declared.flatMap(({ lines }) => lines.map((line) => (line === '' ? '' : `  ${line}`))),
    ]);
    const lines = ['aiwf: 1', `library: ${stemOf(library.uri)}`, ...uses, ...sections, ''];
    return { changes: [own, { uri: library.uri, text: lines.join(newline) }] };
  }
  const there = documents.project().file(library.uri);
  if (there?.root?.kind !== 'map') return { refused: 'The library cannot be read.' };
  const edits = [...taken.bySection].map(([section, declared]) =>
    there.root?.kind === 'map' ? addToSection(there.text, there.root, section, declared) : undefined,
  );
  if (edits.includes(undefined)) return { refused: losesComment };
  return { changes: [own, { uri: library.uri, edits: edits.flatMap((each) => each ?? []) }] };
}

function sameFolder(one: string, other: string): boolean {
  const folder = (uri: string) => fileKey(uri).slice(0, fileKey(uri).lastIndexOf('/'));
  return folder(one) === folder(other);
}

function hasPath({ slots, checked: { file, lint } }: Spot, { start, end }: Range): boolean {
  return slots
    .filter(({ scalar }) => start <= scalar.range.start && scalar.range.end <= end)
    .some((slot) => meaningsOf(slot, file.text, lint.workflow).some(({ meaning }) => meaning.kind === 'file'));
}

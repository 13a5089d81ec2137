// Find all references and highlights: every name, here and in the other files of the project, that stands for the same.
import { type DocumentHighlight, DocumentHighlightKind, type Location } from 'vscode-languageserver-types';
import type { Workflow } from '../language/model.ts';
import type { ParsedFile } from '../language/parse.ts';
import { type ProjectHost, resolveWorkflow } from '../language/project.ts';
import type { Checked, DocumentCache } from './documents.ts';
import { fileKey } from './file-key.ts';
import { meaningAt } from './meaning.ts';
import { type Entity, entityOf, type Occurrence, occurrencesIn } from './occurrences.ts';
import { toRange } from './positions.ts';

/** A file in which something is mentioned. */
export interface Mentioning {
  readonly file: ParsedFile;
  readonly occurrences: readonly Occurrence[];
  /** Uris of the files it is made from, its own among them, by their keys. */
  readonly parts: ReadonlyMap<string, string>;
}

/** What the name at `offset` stands for. */
export function entityAt(
  checked: Checked,
  offset: number,
): { readonly entity: Entity; readonly range: Occurrence['range'] } | undefined {
  const found = meaningAt(checked, offset);
  const entity = found && entityOf(found.meaning);
  return entity && { entity, range: found.range };
}

export function highlightsAt(checked: Checked, offset: number): DocumentHighlight[] {
  const found = entityAt(checked, offset);
  if (!found) return [];
  return occurrencesIn(checked.file, checked.workflow)
    .filter(({ entity }) => entity.key === found.entity.key)
    .map(({ range, isDeclaration }) => ({
      range: toRange(checked.file, range),
      kind: isDeclaration ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
}

/** In the order of the files, this one first. */
export function referencesAt(
  checked: Checked,
  offset: number,
  documents: DocumentCache,
  includeDeclaration: boolean,
): Location[] {
  const found = entityAt(checked, offset);
  return found ? mentionsOf(found.entity, checked.uri, documents, includeDeclaration) : [];
}

/** Where an entity is mentioned, in the order of the files, `from` first. */
export function mentionsOf(
  entity: Entity,
  from: string,
  documents: DocumentCache,
  includeDeclaration: boolean,
): Location[] {
  return mentioning(entity, from, documents).flatMap(({ file, occurrences }) =>
    occurrences
      .filter(({ isDeclaration }) => includeDeclaration || !isDeclaration)
      .map(({ range }) => ({ uri: file.uri, range: toRange(file, range) })),
  );
}

/**
 * The files that mention an entity. What nothing declares, outcomes and free names, means the same in files that share
 * a library in which it stands: the files that hang together so are searched.
 */
export function mentioning(entity: Entity, from: string, documents: DocumentCache): readonly Mentioning[] {
  const project = documents.project();
  const others = documents.workflowUris().filter((uri) => fileKey(uri) !== fileKey(from));
  const files = [from, ...others].flatMap((uri) => {
    // A name that stands nowhere in the text is not mentioned: most files need not be read.
    if (!project.text(uri)?.includes(entity.name)) return [];
    const found = inFile(uri, project);
    const occurrences = found?.occurrences.filter((one) => one.entity.key === entity.key) ?? [];
    return found && occurrences.length > 0 ? [{ ...found, occurrences }] : [];
  });
  const isLocal = entity.at === undefined && entity.kind !== 'workflow';
  return isLocal ? hangingTogether(files) : files;
}

interface Found extends Mentioning {
  readonly workflow: Workflow;
}

/** A file with all it mentions; undefined where it cannot be read. */
export function inFile(uri: string, project: ProjectHost): Found | undefined {
  const file = project.file(uri);
  if (!file) return undefined;
  const { workflow, dependencies } = resolveWorkflow(file, project);
  const parts = new Map([...dependencies, file.uri].map((part) => [fileKey(part), part]));
  return { file, workflow, occurrences: occurrencesIn(file, workflow), parts };
}

/** The files that share a mentioning file with the first one, or with one that does. */
function hangingTogether(files: readonly Found[]): readonly Found[] {
  const own = new Set(files.map(({ file }) => fileKey(file.uri)));
  const shared = (one: Found, other: Found) =>
    [...one.parts.keys()].some((part) => own.has(part) && other.parts.has(part));
  const together = files.slice(0, 1);
  for (const one of together)
    together.push(...files.filter((other) => !together.includes(other) && shared(one, other)));
  return together;
}

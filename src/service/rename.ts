// Rename: every name that stands for the same gets the new one, in all files of the project and inside conditions. It is
// tried on copies first: where any name would stand for something else afterwards, nothing is changed.

import type { Range as LspRange, WorkspaceEdit } from 'vscode-languageserver-types';
import { applied } from '../language/edit.ts';
import { isWorkflowName, type ProjectHost, resolveWorkflow } from '../language/project.ts';
import { idPattern } from '../language/read-scalar.ts';
import { lineStartsOf, positionAt } from '../language/source.ts';
import type { SyntaxNode } from '../language/syntax.ts';
import { bindsName, namesIn } from './condition-text.ts';
import type { Checked, DocumentCache } from './documents.ts';
import { fileKey, fileName } from './file-key.ts';
import { meaningAt } from './meaning.ts';
import { type Entity, entityOf, type Occurrence } from './occurrences.ts';
import { toRange } from './positions.ts';
import { inFile, type Mentioning, mentioning } from './references.ts';
import { formOf, slotsIn } from './slot.ts';
import { type FileEdit, toWorkspaceEdit } from './workspace-edit.ts';

/** Why something cannot be renamed, as a sentence for the user. */
export interface Refusal {
  readonly refused: string;
}

/** The name that would be renamed, and its text to begin with. */
export function prepareRename(checked: Checked, offset: number): { range: LspRange; placeholder: string } | Refusal {
  const found = renamable(checked, offset);
  if ('refused' in found) return found;
  return { range: toRange(checked.file, found.range), placeholder: found.entity.name };
}

export function renameAt(
  checked: Checked,
  offset: number,
  name: string,
  documents: DocumentCache,
  options: { readonly versioned: boolean },
): WorkspaceEdit | Refusal {
  const found = renamable(checked, offset);
  if ('refused' in found) return found;
  const { entity } = found;
  const refused = wrongName(entity, name);
  if (refused !== undefined) return { refused };
  if (name === entity.name) return { changes: {} };
  if (entity.family === 'duty' && documents.configuredDuties(checked.uri).includes(entity.name))
    return {
      refused: `The configuration of the project names the duty '${entity.name}'. Rename it there as well, by hand.`,
    };
  const files = mentioning(entity, checked.uri, documents);
  const broken = files.flatMap(({ file }) => brokenAt(file.uri, documents.project()));
  if (broken.length > 0) return { refused: `${broken.join(' ')} Correct that first, so that no mention is missed.` };
  const edits = files.map(({ file, occurrences }) => ({
    uri: file.uri,
    text: file.text,
    version: documents.versionOf(file.uri),
    edits: occurrences.map(({ range }) => ({ range, text: name })),
  }));
  const clash = namedByLibrary(entity, files, documents) ?? clashOf(entity, name, edits, documents);
  return clash === undefined ? toWorkspaceEdit(edits, options) : { refused: clash };
}

function renamable(checked: Checked, offset: number): { entity: Entity; range: Occurrence['range'] } | Refusal {
  const found = meaningAt(checked, offset);
  if (!found) return { refused: 'There is no name here that can be renamed.' };
  const { meaning, range } = found;
  const entity = entityOf(meaning);
  if (!entity) {
    if (meaning.kind === 'outcome')
      return { refused: `'${meaning.outcome}' is an outcome of the language and keeps its name.` };
    if (meaning.kind === 'declaration')
      return { refused: `Nothing declares '${meaning.id}', so it is not known what it stands for.` };
    return { refused: 'This is not a name: only ids, fields, outcomes and labels can be renamed.' };
  }
  if (entity.at && !isWorkflowName(entity.at.uri) && fileKey(entity.at.uri) !== fileKey(checked.uri))
    return {
      refused: `'${entity.name}' is declared in ${fileName(entity.at.uri)}, which is not a workflow file. Rename it there.`,
    };
  if (
    entity.kind === 'name' &&
    (fixedNames.has(entity.name) || entity.family === 'effect kind' || entity.family === 'log field')
  )
    return { refused: `'${entity.name}' has a meaning in the language and keeps its name.` };
  return { entity, range };
}

/** Free names that rules know. */
const fixedNames: ReadonlySet<string> = new Set(['deep-fake', 'public-interest', 'none']);

/** What is wrong with a new name; undefined where nothing is. */
function wrongName({ kind }: Entity, name: string): string | undefined {
  const { pattern, rule } = kind === 'data' || kind === 'field' || kind === 'name' ? patterns[kind] : patterns.id;
  if (!pattern.test(name)) return `'${name}' cannot be a name here: ${rule}.`;
  if (fixedNames.has(name)) return `'${name}' has a meaning in the language. Choose another name.`;
  return /^(true|false|null|yes|no|on|off|in|self|none|all|stop|workflow|message|manual|schedule)$/i.test(name)
    ? `'${name}' is a word of the language. Choose another name.`
    : undefined;
}

const patterns = {
  id: { pattern: idPattern, rule: 'a letter or _ first, then letters, digits, - and _' },
  data: {
    pattern: /^[a-z_]\w*$/,
    rule: 'a small letter or _ first, then letters, digits and _, since conditions use it',
  },
  field: {
    pattern: /^[A-Za-z_]\w*$/,
    rule: 'a letter or _ first, then letters, digits and _, since conditions use it',
  },
  name: { pattern: /^\w[\w.@/+-]*$/, rule: 'a letter, a digit or _ first, then also . @ / + and -' },
};

/** A file with YAML that cannot be read in full may hold mentions that nobody sees. */
function brokenAt(uri: string, project: ProjectHost): readonly string[] {
  const file = project.file(uri);
  const [problem] =
    file?.problems.filter(({ code, severity }) => code === 'language/syntax' && severity === 'error') ?? [];
  if (!file || !problem) return [];
  const { line } = positionAt(lineStartsOf(file.text), problem.range.start);
  return [`Line ${line + 1} of ${fileName(uri)} cannot be read as YAML.`];
}

/**
 * A condition of a library, an authority or a policy, names data of every file that imports it: a new name in one of
 * them would part it from the others.
 */
function namedByLibrary({ kind, name, at }: Entity, files: readonly Mentioning[], documents: DocumentCache) {
  if (kind !== 'data' && kind !== 'field') return undefined;
  const project = documents.project();
  const libraries = new Map(files.flatMap(({ parts }) => [...parts])).values();
  for (const uri of libraries) {
    const file = project.file(uri);
    if (!file?.fields?.library || fileKey(file.uri) === fileKey(at?.uri ?? '')) continue;
    const { workflow } = resolveWorkflow(file, project);
    const names = conditionsIn(file.root).flatMap((text) => namesIn(text));
    const isNamed = names.some(
      ({ path }) =>
        path.at(-1) === name && path.length > (kind === 'field' ? 1 : 0) && !workflow.data.has(path[0] ?? ''),
    );
    if (isNamed)
      return `A condition in ${fileName(uri)} names '${name}' for every file that imports it. Change it there first.`;
  }
  return undefined;
}

/** The texts of all conditions. */
function conditionsIn(root: SyntaxNode | undefined): readonly string[] {
  return slotsIn(root).flatMap(({ form, expected, scalar }) =>
    form === 'value' && expected && formOf(expected, 'scalar')?.kind === 'condition' ? [scalar.text] : [],
  );
}

/**
 * Undefined where, in all files that hold the old name or the new one, every name stands for the same as before and no
 * problem is new; otherwise why not.
 */
function clashOf(
  entity: Entity,
  name: string,
  edits: readonly FileEdit[],
  documents: DocumentCache,
): string | undefined {
  const before = documents.project();
  const changed = new Map(edits.map((edit) => [fileKey(edit.uri), applied(edit.text, edit.edits)]));
  const after = documents.project(changed);
  const taken = `'${name}' already stands for something else`;
  const affected = new Set([
    ...edits.map(({ uri }) => uri),
    ...documents.workflowUris().filter((uri) => before.text(uri)?.includes(name)),
  ]);
  const [numbersBefore, numbersAfter] = [new Map<string, number>(), new Map<string, number>()];
  for (const uri of affected) {
    const [one, other] = [inFile(uri, before), inFile(uri, after)];
    if (!one || !other) continue;
    if (isBound(entity, name, one))
      return `A condition in ${fileName(uri)} uses '${entity.name}' or '${name}' for an element of a list. Rename that first.`;
    const [was, is] = [numbered(uri, one.occurrences, numbersBefore), numbered(uri, other.occurrences, numbersAfter)];
    if (was.join() !== is.join() || problemsOf(uri, after) > problemsOf(uri, before))
      return `${taken} in ${fileName(uri)}. Choose another name.`;
  }
  return undefined;
}

/** Each thing by the number of its first mention, so that places may move. */
function numbered(uri: string, occurrences: readonly Occurrence[], numbers: Map<string, number>): readonly number[] {
  return occurrences.map(({ entity }) => {
    // What nothing declares is told apart by its name alone, in each file for itself.
    const key = entity.at ? entity.key : `${uri} ${entity.key}`;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
}

function problemsOf(uri: string, project: ProjectHost): number {
  const file = project.file(uri);
  return file ? file.problems.length + resolveWorkflow(file, project).problems.length : 0;
}

/** The macro of some condition gives an element the old name or the new one, which hides data so called. */
function isBound({ kind, name: old }: Entity, name: string, { file }: Mentioning): boolean {
  return kind === 'data' && (bindsName(file.text, name) || bindsName(file.text, old));
}

// A file and the files it names: imports by `use`, sub-workflows by `call`, JSON Schemas by `schema`.
import { doneTwice } from './done-twice.ts';
import {
  buildWorkflow,
  type Declarations,
  declarationsOf,
  mergeDeclarations,
  noDeclarations,
  type Step,
  type Surroundings,
  type Workflow,
} from './model.ts';
import type { ParsedFile } from './parse.ts';
import { parseSyntax } from './parse-syntax.ts';
import type { DataField } from './parts.ts';
import type { Problem } from './problem.ts';
import { readFields } from './read-fields.ts';
import { newReading } from './reading.ts';
import { crossedBorders } from './scope-borders.ts';
import type { Located, Range } from './source.ts';
import { takeOverCircles } from './take-over-circles.ts';
import { importableKeys } from './vocabulary.ts';

/** Where files come from. Answers are values: a file that cannot be read is undefined. */
export interface ProjectHost {
  /** Another file of the language, parsed. */
  file(uri: string): ParsedFile | undefined;
  /** The text of any file. */
  text(uri: string): string | undefined;
  /** The file that declares `workflow: ID`, where that is known. */
  workflowUri?(id: string): string | undefined;
}

export interface Resolved {
  readonly workflow: Workflow;
  readonly problems: readonly Problem[];
  /** Uris this result was made from, besides the file itself; also those that could not be read. */
  readonly dependencies: ReadonlySet<string>;
}

/** The model of `file` with everything it imports. Never throws. What it was made from is added to `dependencies`; `observe` as in `buildWorkflow`. */
export function resolveWorkflow(
  file: ParsedFile,
  host: ProjectHost,
  dependencies: Set<string> = new Set<string>(),
  observe?: (step: Step) => Step,
): Resolved {
  const problems: Problem[] = [];
  const imported = importsOf(file, { host, dependencies, known: new Map() }, [file.uri], problems);
  reportDuplicates(file, imported, problems);
  const workflow = buildWorkflow(file, imported, surroundingsOf(file, host, dependencies), observe);
  reportMissingFiles(workflow, host, dependencies, problems);
  problems.push(...takeOverCircles(workflow), ...doneTwice(workflow), ...crossedBorders(workflow));
  return { workflow, problems, dependencies };
}

function surroundingsOf(file: ParsedFile, host: ProjectHost, dependencies: Set<string>): Surroundings {
  const callees = new Map<string, Workflow | undefined>();
  const schemas = new Map<string, ReadonlyMap<string, DataField> | undefined>();
  const lookUp = <T>(
    cache: Map<string, T | undefined>,
    uri: string | undefined,
    read: (uri: string) => T | undefined,
  ) => {
    if (uri === undefined) return undefined;
    dependencies.add(uri);
    if (!cache.has(uri)) cache.set(uri, read(uri));
    return cache.get(uri);
  };
  return {
    subWorkflow: (call) =>
      lookUp(callees, isPath(call) ? resolveUri(file.uri, call) : host.workflowUri?.(call), (uri) => {
        const callee = host.file(uri);
        return callee && resolveWorkflow(callee, host, dependencies).workflow;
      }),
    schemaFields: (path, from) =>
      lookUp(schemas, path === undefined ? undefined : resolveUri(from ?? file.uri, path), (uri) =>
        schemaFields(uri, host),
      ),
  };
}

/**
 * Uri of a relative path named in the file `from`; undefined where `from` has no place, such as an unsaved file, and
 * where the path leads to another host or protocol.
 */
export function resolveUri(from: string, path: string): string | undefined {
  try {
    const [base, uri] = [new URL(from), new URL(path, from)];
    return uri.protocol === base.protocol && uri.host === base.host ? uri.href : undefined;
  } catch {
    return undefined;
  }
}

/** A file of the language, by the end of its path or uri. */
export function isWorkflowName(path: string): boolean {
  return /\.aiwf\.ya?ml$/.test(path);
}

/** `call` names a file by a path and anything else by id. */
export function isPath(call: string): boolean {
  return call.startsWith('.') || call.includes('/') || /\.ya?ml$/.test(call);
}

/** What following the imports of one file needs and gathers. */
interface Importing {
  readonly host: ProjectHost;
  readonly dependencies: Set<string>;
  /** Files read so far, each once however many lead to it. */
  readonly known: Map<string, { readonly found: Declarations; readonly circle: string | undefined }>;
}

function importsOf(
  file: ParsedFile,
  importing: Importing,
  trail: readonly string[],
  problems: Problem[],
): Declarations {
  let all = noDeclarations;
  for (const path of file.fields?.use ?? []) {
    const uri = resolveUri(file.uri, path.value);
    if (uri === undefined && !hasPlace(file.uri)) continue;
    if (uri !== undefined) importing.dependencies.add(uri);
    if (uri !== undefined && trail.includes(uri)) {
      problems.push(importProblem(path, circleMessage([...trail.slice(trail.indexOf(uri)), uri])));
      continue;
    }
    const library = uri === undefined ? undefined : importing.host.file(uri);
    if (uri === undefined || !library) {
      problems.push(importProblem(path, unreadable(path)));
      continue;
    }
    const { found, circle } = importing.known.get(uri) ?? readLibrary(library, uri, importing, trail);
    if (circle) problems.push(importProblem(path, circle));
    reportClashes(path, all, found, problems);
    all = mergeDeclarations(all, found);
  }
  return all;
}

/** Its own declarations and those it imports; of what is wrong there, only a circle is told to whoever imports it. */
function readLibrary(library: ParsedFile, uri: string, importing: Importing, trail: readonly string[]) {
  const inner: Problem[] = [];
  const transitive = importsOf(library, importing, [...trail, uri], inner);
  const circle = inner.find(({ message }) => message.startsWith(circleWords))?.message;
  const result = { found: mergeDeclarations(transitive, declarationsOf(library)), circle };
  importing.known.set(uri, result);
  return result;
}

const circleWords = 'These files import each other';

function circleMessage(uris: readonly string[]): string {
  return `${circleWords}: ${uris.map(baseName).join(' -> ')}. Move what they share to a file of its own.`;
}

function unreadable({ value }: Located<string>): string {
  return `The file '${value}' cannot be read. Check the path, relative to this file.`;
}

/** False for a file that is not saved: where its relative paths lead is not known yet. */
function hasPlace(uri: string): boolean {
  return resolveUri(uri, './x') !== undefined;
}

function reportClashes(path: Located<string>, known: Declarations, added: Declarations, problems: Problem[]): void {
  for (const key of importableKeys) {
    for (const [id, { uri }] of added[key]) {
      const other = known[key].get(id);
      if (!other || other.uri === uri) continue;
      const message = `'${path.value}' declares '${id}' under '${key}', and so does ${baseName(other.uri)}. Rename one of them.`;
      problems.push(importProblem(path, message));
    }
  }
}

function reportDuplicates(file: ParsedFile, imported: Declarations, problems: Problem[]): void {
  const own = declarationsOf(file);
  for (const key of importableKeys) {
    for (const [id, { range }] of own[key]) {
      const other = imported[key].get(id);
      if (!other) continue;
      const message = `'${id}' is already declared in ${baseName(other.uri)}, which this file uses. Rename or delete one of them.`;
      problems.push({ code: 'language/import', severity: 'error', message, range });
    }
  }
  const stepRanges = new Map<string, Range>();
  for (const { kind, name, range } of file.declarations) {
    if (kind !== 'step') continue;
    const first = stepRanges.get(name);
    stepRanges.set(name, first ?? range);
    if (first && first.start !== range.start) {
      const message = `The step '${name}' is declared twice. Ids of steps are unique in a file, those inside scopes included.`;
      problems.push({ code: 'language/duplicate-key', severity: 'error', message, range });
    }
  }
}

function reportMissingFiles(
  workflow: Workflow,
  host: ProjectHost,
  dependencies: Set<string>,
  problems: Problem[],
): void {
  const { file } = workflow;
  const check = (path: Located<string> | undefined, read: (uri: string) => unknown) => {
    if (!path || !isPath(path.value) || !hasPlace(file.uri)) return;
    const uri = resolveUri(file.uri, path.value);
    if (uri !== undefined) dependencies.add(uri);
    if (uri === undefined || read(uri) === undefined) problems.push(importProblem(path, unreadable(path)));
  };
  for (const step of workflow.steps.values())
    if (step.kind === 'call') check(step.fields.call, (uri) => host.file(uri));
  for (const data of workflow.data.values())
    if (data.uri === file.uri) check(data.fields.schema, (uri) => host.text(uri));
}

function schemaFields(uri: string, host: ProjectHost): ReadonlyMap<string, DataField> | undefined {
  const text = host.text(uri);
  const root = text === undefined ? undefined : parseSyntax(text).root;
  const properties =
    root?.kind === 'map' ? root.entries.find(({ key }) => key.text === 'properties')?.value : undefined;
  return properties && readFields(properties, newReading());
}

function importProblem(path: Located<string>, message: string): Problem {
  return { code: 'language/import', severity: 'error', message, range: path.range };
}

/** Last part of a uri, for messages. */
export function baseName(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

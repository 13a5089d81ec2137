// A file and the files it names: imports by `use`, sub-workflows by `call`, JSON Schemas by `schema`.
import {
  buildWorkflow,
  type Declarations,
  declarationsOf,
  mergeDeclarations,
  noDeclarations,
  type Workflow,
} from './model.ts';
import type { ParsedFile } from './parse.ts';
import type { Problem } from './problem.ts';
import { readFields } from './read-fields.ts';
import { newReading } from './reading.ts';
import type { DataField } from './shape.ts';
import type { Located, Range } from './source.ts';
import { parseSyntax } from './syntax.ts';
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

/** The model of `file` with everything it imports. Never throws. */
export function resolveWorkflow(file: ParsedFile, host: ProjectHost): Resolved {
  const dependencies = new Set<string>();
  const problems: Problem[] = [];
  const imported = importsOf(file, host, [file.uri], dependencies, problems);
  reportDuplicates(file, imported, problems);
  const surroundings = {
    subWorkflow: (call: string) => {
      const uri = isPath(call) ? resolveUri(file.uri, call) : host.workflowUri?.(call);
      if (uri === undefined) return undefined;
      dependencies.add(uri);
      const callee = host.file(uri);
      return callee && resolveWorkflow(callee, host).workflow;
    },
    schemaFields: (path: string | undefined, from: string | undefined) =>
      path === undefined ? undefined : schemaFields(resolveUri(from ?? file.uri, path), host, dependencies),
  };
  const workflow = buildWorkflow(file, imported, surroundings);
  reportMissingFiles(workflow, host, dependencies, problems);
  return { workflow, problems, dependencies };
}

/** Uri of a relative path named in the file `from`; undefined where `from` has no place, such as an unsaved file. */
export function resolveUri(from: string, path: string): string | undefined {
  try {
    return new URL(path, from).href;
  } catch {
    return undefined;
  }
}

/** `call` names a file by a path and anything else by id. */
export function isPath(call: string): boolean {
  return call.startsWith('.') || call.includes('/') || /\.ya?ml$/.test(call);
}

function importsOf(
  file: ParsedFile,
  host: ProjectHost,
  trail: readonly string[],
  dependencies: Set<string>,
  problems: Problem[] | undefined,
): Declarations {
  let all = noDeclarations;
  for (const path of file.fields?.use ?? []) {
    const uri = resolveUri(file.uri, path.value);
    if (uri === undefined) continue;
    dependencies.add(uri);
    if (trail.includes(uri)) {
      const circle = [...trail.slice(trail.indexOf(uri)), uri].map(baseName).join(' -> ');
      problems?.push(
        importProblem(path, `These files import each other: ${circle}. Move what they share to a file of its own.`),
      );
      continue;
    }
    const library = host.file(uri);
    if (!library) {
      problems?.push(
        importProblem(path, `The file '${path.value}' cannot be read. Check the path, relative to this file.`),
      );
      continue;
    }
    const inner: Problem[] = [];
    const transitive = importsOf(library, host, [...trail, uri], dependencies, inner);
    const circle = inner.find(({ message }) => message.startsWith('These files import each other'));
    if (circle && problems) problems.push(importProblem(path, circle.message));
    const found = mergeDeclarations(transitive, declarationsOf(library));
    if (problems) reportClashes(path, all, found, problems);
    all = mergeDeclarations(all, found);
  }
  return all;
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
    if (first && first.start !== range.start && !sameMapReported(file, range)) {
      const message = `The step '${name}' is declared twice. Ids of steps are unique in a file, those inside scopes included.`;
      problems.push({ code: 'language/duplicate-key', severity: 'error', message, range });
    }
  }
}

function sameMapReported(file: ParsedFile, range: Range): boolean {
  return file.problems.some(
    (problem) => problem.code === 'language/duplicate-key' && problem.range.start === range.start,
  );
}

function reportMissingFiles(
  workflow: Workflow,
  host: ProjectHost,
  dependencies: Set<string>,
  problems: Problem[],
): void {
  const { file } = workflow;
  const check = (path: Located<string> | undefined, read: (uri: string) => unknown) => {
    const uri = path && isPath(path.value) ? resolveUri(file.uri, path.value) : undefined;
    if (!path || uri === undefined) return;
    dependencies.add(uri);
    if (read(uri) === undefined) {
      problems.push(
        importProblem(path, `The file '${path.value}' cannot be read. Check the path, relative to this file.`),
      );
    }
  };
  for (const step of workflow.steps.values())
    if (step.kind === 'call') check(step.fields.call, (uri) => host.file(uri));
  for (const data of workflow.data.values())
    if (data.uri === file.uri) check(data.fields.schema, (uri) => host.text(uri));
}

function schemaFields(
  uri: string | undefined,
  host: ProjectHost,
  dependencies: Set<string>,
): ReadonlyMap<string, DataField> | undefined {
  if (uri === undefined) return undefined;
  dependencies.add(uri);
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
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
}

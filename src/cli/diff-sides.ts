// The two sides of a comparison: all workflows and configurations of the files as they are, of a folder, or of a git revision.
import { statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { configurationName, isConfigurationName } from '../governance/configuration.ts';
import { type ParsedFile, parseFile } from '../language/parse.ts';
import { isWorkflowName, type ProjectHost } from '../language/project.ts';
import { createHost, type Fault, findWorkflows, readText, uriOf } from './files.ts';
import { git, revisionAt, workflowsIn } from './revision.ts';

/** One state of the files. */
export interface Side {
  /** For people. */
  readonly name: string;
  /** Workflows by what both sides know them as. */
  readonly workflows: ReadonlyMap<string, { readonly path: string; readonly file: ParsedFile }>;
  /** Texts of configurations, likewise, with their uris. */
  readonly configurations: ReadonlyMap<string, { readonly path: string; readonly uri: string; readonly text: string }>;
  readonly host: ProjectHost;
  readonly faults: readonly Fault[];
}

/** What `spec` names, as far as it lies under the paths. A folder's files are known by their path in it, a single file as itself. */
export function openSide(
  spec: string | undefined,
  paths: readonly string[],
  now: ProjectHost,
): Side | { readonly reason: string } {
  if (spec === undefined) return onDisk('the files as they are', paths.length > 0 ? paths : ['.'], keyByUri);
  const kind = kindOf(spec);
  if (kind === 'folder') return onDisk(spec, [spec], (path) => relative(spec, path) || '.');
  if (kind === 'file') return onDisk(spec, [spec], () => '.');
  return atRevision(spec, paths, now);
}

/** Files and folders are compared with their like. */
export function kindOf(spec: string | undefined): 'file' | 'folder' | 'revision' {
  try {
    const stats = statSync(spec ?? '.');
    return spec === undefined ? 'revision' : stats.isDirectory() ? 'folder' : 'file';
  } catch {
    return 'revision';
  }
}

function keyByUri(path: string): string {
  return uriOf(path);
}

function onDisk(name: string, paths: readonly string[], keyOf: (path: string) => string): Side {
  const found = findWorkflows(paths);
  const faults: Fault[] = [...found.faults];
  const workflows = new Map<string, { path: string; file: ParsedFile }>();
  const configurations = new Map<string, { path: string; uri: string; text: string }>();
  const folders = new Set(paths.filter((path) => kindOf(path) === 'folder'));
  for (const path of found.paths) {
    const read = readText(path);
    if ('reason' in read) faults.push({ path, reason: read.reason });
    else workflows.set(keyOf(path), { path, file: parseFile(uriOf(path), read.text) });
    folders.add(dirname(path));
  }
  for (const folder of folders) {
    const path = folder === '.' ? configurationName : `${folder}/${configurationName}`;
    const read = readText(path);
    if ('text' in read) configurations.set(keyOf(path), { path, uri: uriOf(path), text: read.text });
  }
  const byId = [...workflows.values()].map(({ file }) => [file.fields?.workflow?.value ?? '', file.uri] as const);
  return { name, workflows, configurations, host: createHost(new Map(byId)), faults };
}

function atRevision(spec: string, paths: readonly string[], now: ProjectHost): Side | { readonly reason: string } {
  const [first = '.'] = paths;
  const folder = kindOf(first) === 'file' ? dirname(first) : first;
  const commit = git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${spec}^{commit}`])?.trim();
  if (!commit) return { reason: `'${spec}' is no file, no folder and no git revision here` };
  const places = (paths.length > 0 ? paths : ['.']).map((path) => pathToFileURL(resolve(path)).href.replace(/\/$/, ''));
  const revision = revisionAt(commit, now);
  const workflows = new Map<string, { path: string; file: ParsedFile }>();
  const configurations = new Map<string, { path: string; uri: string; text: string }>();
  for (const { path: whole, uri } of workflowsIn(commit, folder)) {
    if (!places.some((place) => uri === place || uri.startsWith(`${place}/`))) continue;
    const path = relative('.', whole);
    const file = isWorkflowName(path) ? revision.file(uri) : undefined;
    if (file) workflows.set(uri, { path, file });
    const text = isConfigurationName(path) ? revision.host?.text(uri) : undefined;
    if (text !== undefined) configurations.set(uri, { path, uri, text });
  }
  return { name: spec, workflows, configurations, host: revision.host ?? now, faults: [] };
}

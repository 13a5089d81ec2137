// The workflows that the user named, with all that counts for them: what every command that judges starts from.
import { type Configuration, configurationUris, parseConfiguration } from '../governance/configuration.ts';
import { isIncluded } from '../governance/included.ts';
import { type ParsedFile, parseFile } from '../language/parse.ts';
import type { ProjectHost } from '../language/project.ts';
import { createHost, type Fault, findWorkflows, pathOf, readText, uriOf } from './files.ts';

/** Where one workflow or library is, not read yet. */
export interface Place {
  /** As the user gave it. */
  readonly path: string;
  readonly uri: string;
  /** The nearest configuration upwards. */
  readonly nearest: ReadConfiguration | undefined;
}

/** A configuration with the texts it was read from, so that somebody else can read the same. */
export interface ReadConfiguration {
  readonly configuration: Configuration;
  readonly texts: ConfigurationTexts;
}

/** Plain data. */
export interface ConfigurationTexts {
  readonly uri: string;
  readonly text: string;
  /** Other files it was made from, by uri; undefined: nothing was there. */
  readonly others: ReadonlyMap<string, string | undefined>;
}

/** What was found under the paths. */
export interface FoundProject {
  readonly places: readonly Place[];
  /** What could not be read. */
  readonly faults: readonly Fault[];
}

/** One workflow or library. */
export interface Input {
  /** As the user gave it. */
  readonly path: string;
  readonly file: ParsedFile;
  /** The nearest one upwards. */
  readonly configuration: Configuration | undefined;
}

/** What was found under the paths, read. */
export interface OpenedProject {
  readonly inputs: readonly Input[];
  /** What could not be read. */
  readonly faults: readonly Fault[];
  /** The files around. */
  readonly host: ProjectHost;
}

/** Finds every workflow that the paths name and the configurations do not leave out, and reads none. Never throws. */
export function findProject(paths: readonly string[]): FoundProject {
  const found = findWorkflows(paths);
  const known = new Map<string, ReadConfiguration | undefined>();
  const places = found.paths
    .map((path) => placeOf(path, known))
    // A file that is named is checked, whatever the configuration leaves out.
    .filter(({ path, uri, nearest }) => paths.includes(path) || !nearest || isIncluded(nearest.configuration, uri));
  return { places, faults: found.faults };
}

/** A file that need not be there, such as one that an editor has not saved yet. */
export function placeOf(path: string, known = new Map<string, ReadConfiguration | undefined>()): Place {
  const uri = uriOf(path);
  return { path, uri, nearest: nearest(uri, known) };
}

/** Reads every workflow that the paths name and the configurations do not leave out. Never throws. */
export function openProject(paths: readonly string[]): OpenedProject {
  const { places, faults: notFound } = findProject(paths);
  const faults: Fault[] = [...notFound];
  const inputs: Input[] = [];
  for (const { path, uri, nearest } of places) {
    const read = readText(path);
    if ('reason' in read) faults.push({ path, reason: read.reason });
    else inputs.push({ path, file: parseFile(uri, read.text), configuration: nearest?.configuration });
  }
  return { inputs, faults, host: hostOf(inputs) };
}

/** Reads other files by uri; the inputs are found by the id of their workflow. */
export function hostOf(inputs: readonly Input[]): ProjectHost {
  return createHost(workflowsById(inputs.map(({ file }) => [file.fields?.workflow?.value, file.uri])));
}

/** Each configuration that counts for one of the inputs, once. */
export function configurationsOf(
  inputs: readonly { readonly configuration: Configuration | undefined }[],
): readonly Configuration[] {
  return [...new Set(inputs.flatMap(({ configuration }) => configuration ?? []))];
}

/** Files that a `call` can name by id; where two declare the same one, the first by uri. */
export function workflowsById(
  files: Iterable<readonly [id: string | undefined, uri: string]>,
): ReadonlyMap<string, string> {
  const uris = new Map<string, string>();
  for (const [id, uri] of files) {
    const known = id === undefined ? undefined : uris.get(id);
    if (id !== undefined && (known === undefined || uri < known)) uris.set(id, uri);
  }
  return uris;
}

/** The nearest configuration of a file upwards, there or not. */
export function nearestConfiguration(uri: string): Configuration | undefined {
  return nearest(uri, new Map())?.configuration;
}

/** The nearest configuration upwards; each is read once. */
function nearest(uri: string, known: Map<string, ReadConfiguration | undefined>): ReadConfiguration | undefined {
  for (const candidate of configurationUris(uri)) {
    if (!known.has(candidate)) {
      const text = textOf(candidate);
      known.set(candidate, text === undefined ? undefined : readConfiguration(candidate, text));
    }
    const configuration = known.get(candidate);
    if (configuration) return configuration;
  }
  return undefined;
}

function readConfiguration(uri: string, text: string): ReadConfiguration {
  const others = new Map<string, string | undefined>();
  const configuration = parseConfiguration(uri, text, (other) => {
    if (!others.has(other)) others.set(other, textOf(other));
    return others.get(other);
  });
  return { configuration, texts: { uri, text, others } };
}

function textOf(uri: string): string | undefined {
  const read = readText(pathOf(uri));
  return 'text' in read ? read.text : undefined;
}

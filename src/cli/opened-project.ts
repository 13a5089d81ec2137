// The workflows that the user named, read with all that counts for them: what every command that judges starts from.
import { type Configuration, configurationUris, parseConfiguration } from '../governance/configuration.ts';
import { isIncluded } from '../governance/included.ts';
import { type ParsedFile, parseFile } from '../language/parse.ts';
import type { ProjectHost } from '../language/project.ts';
import { createHost, type Fault, findWorkflows, pathOf, readText, uriOf } from './files.ts';

/** One workflow or library. */
export interface Input {
  /** As the user gave it. */
  readonly path: string;
  readonly file: ParsedFile;
  /** The nearest one upwards. */
  readonly configuration: Configuration | undefined;
}

/** What was found under the paths. */
export interface OpenedProject {
  readonly inputs: readonly Input[];
  /** What could not be read. */
  readonly faults: readonly Fault[];
  /** The files around. */
  readonly host: ProjectHost;
}

/** Reads every workflow that the paths name and the configurations do not leave out. Never throws. */
export function openProject(paths: readonly string[]): OpenedProject {
  const found = findWorkflows(paths);
  const faults: Fault[] = [...found.faults];
  const configurations = new Map<string, Configuration | undefined>();
  const inputs: Input[] = [];
  for (const path of found.paths) {
    const uri = uriOf(path);
    const configuration = nearest(uri, configurations);
    // A file that is named is checked, whatever the configuration leaves out.
    if (!paths.includes(path) && configuration && !isIncluded(configuration, uri)) continue;
    const read = readText(path);
    if ('reason' in read) faults.push({ path, reason: read.reason });
    else inputs.push({ path, file: parseFile(uri, read.text), configuration });
  }
  return { inputs, faults, host: hostOf(inputs) };
}

/** Reads other files by uri; the inputs are found by the id of their workflow. */
export function hostOf(inputs: readonly Input[]): ProjectHost {
  return createHost(workflowsById(inputs.map(({ file }) => file)));
}

/** Each configuration that counts for one of the inputs, once. */
export function configurationsOf(inputs: readonly Input[]): readonly Configuration[] {
  return [...new Set(inputs.flatMap(({ configuration }) => configuration ?? []))];
}

/** The nearest configuration upwards; each is read once. */
function nearest(uri: string, known: Map<string, Configuration | undefined>): Configuration | undefined {
  for (const candidate of configurationUris(uri)) {
    if (!known.has(candidate)) {
      const text = textOf(candidate);
      known.set(candidate, text === undefined ? undefined : parseConfiguration(candidate, text, textOf));
    }
    const configuration = known.get(candidate);
    if (configuration) return configuration;
  }
  return undefined;
}

function textOf(uri: string): string | undefined {
  const read = readText(pathOf(uri));
  return 'text' in read ? read.text : undefined;
}

/** Files that a `call` can name by id; where two declare the same one, the first by uri. */
function workflowsById(files: readonly ParsedFile[]): ReadonlyMap<string, string> {
  const uris = new Map<string, string>();
  for (const { fields, uri } of files) {
    const id = fields?.workflow?.value;
    const known = id === undefined ? undefined : uris.get(id);
    if (id !== undefined && (known === undefined || uri < known)) uris.set(id, uri);
  }
  return uris;
}

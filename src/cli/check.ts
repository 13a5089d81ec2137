// `aiwf check`: reads the files, checks each one with all of them at hand, and reports.
import { type Configuration, configurationUris, parseConfiguration } from '../governance/configuration.ts';
import { isIncluded } from '../governance/included.ts';
import { type ParsedFile, parseFile } from '../language/parse.ts';
import type { ProjectHost } from '../language/project.ts';
import { startOfDay } from '../language/values.ts';
import type { CheckedFile } from '../report/checked-file.ts';
import { renderJson } from '../report/json.ts';
import { renderText } from '../report/text.ts';
import { lint, problemFinding } from '../rules/lint.ts';
import { fixAll } from '../service/fix-all.ts';
import { createHost, type Fault, findWorkflows, pathOf, readText, uriOf, writeText } from './files.ts';
import { exitCodes, failed, type Outcome } from './outcome.ts';
import { openRevision, type Revision } from './revision.ts';

interface CheckOptions {
  readonly paths: readonly string[];
  readonly format: 'text' | 'json';
  /** Presets in place of those of the configuration. */
  readonly profile: readonly string[];
  /** Ids of the rules to run alone. */
  readonly rules: readonly string[];
  /** A file or a git revision to compare with. */
  readonly base: string | undefined;
  readonly color: boolean;
  /** Safe fixes are made in the files first. */
  readonly fix: boolean;
  readonly version: string;
}

interface Input {
  readonly path: string;
  readonly file: ParsedFile;
  readonly configuration: Configuration | undefined;
}

/** Checks all workflows the paths name. */
export function check(options: CheckOptions): Outcome {
  const { paths, format, color, version, base, fix } = options;
  const found = findWorkflows(paths);
  const faults: Fault[] = [...found.faults];
  const configurations = new Map<string, Configuration | undefined>();
  const notes: string[] = [];
  let inputs: Input[] = [];
  for (const path of found.paths) {
    const uri = uriOf(path);
    const configuration = nearest(uri, configurations);
    // A file that is named is checked, whatever the configuration leaves out.
    if (!paths.includes(path) && configuration && !isIncluded(configuration, uri)) continue;
    const read = readText(path);
    if ('reason' in read) faults.push({ path, reason: read.reason });
    else inputs.push({ path, file: parseFile(uri, read.text), configuration });
  }
  let host = createHost(workflowsById(inputs.map(({ file }) => file)));
  const checkedPaths = inputs.map(({ path }) => path);
  const revision = base === undefined ? undefined : openRevision(base, checkedPaths, host);
  if (revision && 'reason' in revision) return failed(`check: ${revision.reason}`);
  if (fix) {
    inputs = inputs.map((input) => fixed(input, host, revision, options, faults, notes));
    host = createHost(workflowsById(inputs.map(({ file }) => file)));
  }
  const files = [
    ...inputs.map((input) => checkFile(input, host, revision, options)),
    ...[...new Set(inputs.map(({ configuration }) => configuration))].flatMap((configuration) =>
      configuration && configuration.problems.length > 0 ? [asChecked(configuration)] : [],
    ),
  ];
  const violated = files.some((file) => file.findings.some(({ severity }) => severity === 'error'));
  return {
    output: format === 'json' ? renderJson(files) : renderText(files, { version, color }),
    errors: [...notes, ...faults.map((fault) => `${fault.path}: ${fault.reason}`)],
    exitCode: faults.length > 0 ? exitCodes.failed : violated ? exitCodes.violated : exitCodes.ok,
  };
}

function checkFile(
  { path, file, configuration }: Input,
  host: ProjectHost,
  revision: Revision | undefined,
  { profile, rules }: CheckOptions,
): CheckedFile {
  const settings = {
    today: startOfDay(Date.now()),
    ...configuration?.settings,
    ...(profile.length > 0 ? { profile } : {}),
  };
  const before = revision?.file(file.uri);
  const result = lint(file, host, {
    settings,
    ...(rules.length > 0 ? { only: rules } : {}),
    ...(before ? { base: before, baseHost: revision?.host ?? host } : {}),
  });
  const { text, lineStarts } = file;
  return { path, text, lineStarts, profile: rules.length > 0 ? rules : result.profile, findings: result.findings };
}

/** The input after all its safe fixes, which are written to the file. */
function fixed(
  input: Input,
  host: ProjectHost,
  revision: Revision | undefined,
  options: CheckOptions,
  faults: Fault[],
  notes: string[],
): Input {
  const { path, file } = input;
  const findingsOf = (text: string) =>
    checkFile({ ...input, file: parseFile(file.uri, text) }, host, revision, options).findings;
  const { text, count } = fixAll(file.text, findingsOf);
  if (count === 0) return input;
  const reason = writeText(path, text);
  if (reason !== undefined) {
    faults.push({ path, reason });
    return input;
  }
  notes.push(`${path}: ${count === 1 ? '1 fix' : `${count} fixes`} made`);
  return { ...input, file: parseFile(file.uri, text) };
}

/** The nearest configuration upwards; each is read once. */
function nearest(uri: string, known: Map<string, Configuration | undefined>): Configuration | undefined {
  for (const candidate of configurationUris(uri)) {
    if (!known.has(candidate)) {
      const read = readText(pathOf(candidate));
      known.set(candidate, 'text' in read ? parseConfiguration(candidate, read.text) : undefined);
    }
    const configuration = known.get(candidate);
    if (configuration) return configuration;
  }
  return undefined;
}

/** A configuration with problems is reported like a file that was checked. */
function asChecked({ uri, text, lineStarts, problems }: Configuration): CheckedFile {
  const findings = problems.map((problem) => problemFinding(problem, 'workflow'));
  return { path: pathOf(uri), text, lineStarts, profile: [], findings };
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

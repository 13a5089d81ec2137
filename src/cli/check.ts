// `aiwf check`: reads the files, checks each one with all of them at hand, and reports.
import { type Assessment, assess } from '../governance/assess.ts';
import { type BaselineEntry, baselineEntries, renderBaseline } from '../governance/baseline.ts';
import {
  type Configuration,
  configurationName,
  configurationUris,
  parseConfiguration,
} from '../governance/configuration.ts';
import { isIncluded, relativePath } from '../governance/included.ts';
import { type ParsedFile, parseFile } from '../language/parse.ts';
import type { ProjectHost } from '../language/project.ts';
import { startOfDay } from '../language/values.ts';
import { type CheckedFile, countFindings } from '../report/checked-file.ts';
import { renderGithub } from '../report/github.ts';
import { renderJson } from '../report/json.ts';
import { renderText } from '../report/text.ts';
import { problemFinding } from '../rules/lint.ts';
import { fixAll } from '../service/fix-all.ts';
import {
  createHost,
  createText,
  type Fault,
  findWorkflows,
  isThere,
  pathOf,
  readText,
  uriOf,
  writeText,
} from './files.ts';
import { exitCodes, failed, type Outcome } from './outcome.ts';
import { openRevision, type Revision } from './revision.ts';

/** Forms of the report; the first one is the default. */
export const checkFormats = ['text', 'json', 'github'] as const;
export type CheckFormat = (typeof checkFormats)[number];

interface CheckOptions {
  readonly paths: readonly string[];
  readonly format: CheckFormat;
  /** Presets in place of those of the configuration. */
  readonly profile: readonly string[];
  /** Ids of the rules to run alone. */
  readonly rules: readonly string[];
  /** A file or a git revision to compare with. */
  readonly base: string | undefined;
  readonly color: boolean;
  /** Safe fixes are made in the files first. */
  readonly fix: boolean;
  /** More warnings than this are a failure; undefined: no number is. */
  readonly maxWarnings: number | undefined;
  /** What is found now becomes the baseline. */
  readonly updateBaseline: boolean;
  readonly version: string;
}

interface Input {
  readonly path: string;
  readonly file: ParsedFile;
  readonly configuration: Configuration | undefined;
}

interface Checked extends CheckedFile {
  /** Known findings that are no longer there. */
  readonly gone: Assessment['gone'];
}

/** Checks all workflows the paths name. */
export function check(options: CheckOptions): Outcome {
  const { paths, base, fix, maxWarnings, updateBaseline } = options;
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
  const checked = inputs.map((input) => ({ input, file: checkFile(input, host, revision, options) }));
  if (updateBaseline) return writeBaselines(checked, faults);
  for (const { file } of checked) {
    const gone = file.gone.reduce((sum, { count }) => sum + count, 0);
    if (gone > 0 && options.rules.length === 0 && options.profile.length === 0)
      notes.push(
        `${file.path}: ${gone} of the baseline ${gone === 1 ? 'is' : 'are'} no longer found; aiwf check --update-baseline takes ${gone === 1 ? 'it' : 'them'} out`,
      );
  }
  const files = [
    ...checked.map(({ file }) => file),
    ...[...new Set(inputs.map(({ configuration }) => configuration))].flatMap((configuration) =>
      configuration && configuration.problems.length > 0 ? [asChecked(configuration)] : [],
    ),
  ];
  const { errors, warnings } = countFindings(files);
  const isExceeded = maxWarnings !== undefined && warnings > maxWarnings;
  if (isExceeded) notes.push(`${warnings} warnings, at most ${maxWarnings} are allowed`);
  return {
    output: rendered(files, options),
    errors: [...notes, ...faults.map((fault) => `${fault.path}: ${fault.reason}`)],
    exitCode: faults.length > 0 ? exitCodes.failed : errors > 0 || isExceeded ? exitCodes.violated : exitCodes.ok,
  };
}

function rendered(files: readonly CheckedFile[], { format, version, color }: CheckOptions): string {
  switch (format) {
    case 'text':
      return renderText(files, { version, color });
    case 'json':
      return renderJson(files);
    case 'github':
      return renderGithub(files);
  }
}

/** Writes what was found to the baseline that the configuration of each file names; entries of other files stay. */
function writeBaselines(
  checked: readonly { readonly input: Input; readonly file: Checked }[],
  faults: readonly Fault[],
): Outcome {
  const baselines = new Map<string, Map<string, readonly BaselineEntry[]>>();
  let count = 0;
  for (const { input, file } of checked) {
    const { configuration, path } = input;
    const uri = configuration?.baselineUri;
    const key = uri === undefined ? undefined : relativePath(uri, input.file.uri);
    if (!configuration || uri === undefined || key === undefined)
      return failed(
        `check: no baseline is named for ${path}: write 'baseline: ./aiwf.baseline.json' in an ${configurationName} in its folder or above`,
      );
    const baseline = baselines.get(uri) ?? new Map(configuration.baseline);
    const entries = baselineEntries(file.findings);
    count += entries.reduce((sum, entry) => sum + entry.count, 0);
    baselines.set(uri, baseline.set(key, entries));
  }
  const unwritten = [...baselines].flatMap(([uri, files]) => {
    for (const key of files.keys())
      if (!isThere(new URL(key.split('/').map(encodeURIComponent).join('/'), uri).href)) files.delete(key);
    const path = pathOf(uri);
    const reason = createText(path, renderBaseline(files));
    return reason === undefined ? [] : [{ path, reason }];
  });
  const all = [...faults, ...unwritten];
  return {
    output:
      unwritten.length > 0
        ? ''
        : `${count} ${count === 1 ? 'finding' : 'findings'} of ${checked.length} ${checked.length === 1 ? 'file' : 'files'} taken as known\n`,
    errors: all.map(({ path, reason }) => `${path}: ${reason}`),
    exitCode: all.length > 0 ? exitCodes.failed : exitCodes.ok,
  };
}

function checkFile(
  { path, file, configuration }: Input,
  host: ProjectHost,
  revision: Revision | undefined,
  { profile, rules, updateBaseline }: CheckOptions,
): Checked {
  const before = revision?.file(file.uri);
  const result = assess(file, host, {
    configuration,
    today: startOfDay(Date.now()),
    profile,
    ignoreBaseline: updateBaseline,
    ...(rules.length > 0 ? { only: rules } : {}),
    ...(before ? { base: before, baseHost: revision?.host ?? host } : {}),
  });
  const { text, lineStarts } = file;
  const { findings, accepted, gone } = result;
  return { path, text, lineStarts, profile: rules.length > 0 ? rules : result.profile, findings, accepted, gone };
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
      known.set(candidate, 'text' in read ? parseConfiguration(candidate, read.text, textOf) : undefined);
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

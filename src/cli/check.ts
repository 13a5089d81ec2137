// `aiwf check`: reads the files, checks each one with all of them at hand, and reports.
import { type Assessment, assess } from '../governance/assess.ts';
import { type BaselineEntry, baselineEntries, renderBaseline } from '../governance/baseline.ts';
import { type Configuration, configurationName } from '../governance/configuration.ts';
import { relativePath } from '../governance/included.ts';
import { parseFile } from '../language/parse.ts';
import type { ProjectHost } from '../language/project.ts';
import { startOfDay } from '../language/values.ts';
import { type CheckedFile, countFindings } from '../report/checked-file.ts';
import { renderReport } from '../report/render.ts';
import { problemFinding } from '../rules/lint.ts';
import { fixAll } from '../service/fix-all.ts';
import type { CheckCommand } from './arguments/check.ts';
import { createText, type Fault, isThere, pathOf, writeText } from './files.ts';
import { configurationsOf, hostOf, type Input, openProject } from './opened-project.ts';
import { exitCodes, failed, type Outcome } from './outcome.ts';
import { openRevision, type Revision } from './revision.ts';

/** The words of the command, and the version of this tool. */
type CheckOptions = Omit<CheckCommand, 'name'> & { readonly version: string };

interface Checked extends CheckedFile {
  /** Known findings that are no longer there. */
  readonly gone: Assessment['gone'];
}

/** Checks all workflows the paths name. */
export function check(options: CheckOptions): Outcome {
  const { paths, base, fix, maxWarnings, updateBaseline } = options;
  const project = openProject(paths);
  const faults: Fault[] = [...project.faults];
  const notes: string[] = [];
  let { inputs, host } = project;
  const checkedPaths = inputs.map(({ path }) => path);
  const revision = base === undefined ? undefined : openRevision(base, checkedPaths, host);
  if (revision && 'reason' in revision) return failed(`check: ${revision.reason}`);
  if (fix) {
    inputs = inputs.map((input) => fixed(input, host, revision, options, faults, notes));
    host = hostOf(inputs);
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
    ...configurationsOf(inputs)
      .filter(({ problems }) => problems.length > 0)
      .map(asChecked),
  ];
  const { errors, warnings } = countFindings(files);
  const isExceeded = maxWarnings !== undefined && warnings > maxWarnings;
  if (isExceeded) notes.push(`${warnings} warnings, at most ${maxWarnings} are allowed`);
  return {
    output: renderReport(options.format, files, options),
    errors: [...notes, ...faults.map((fault) => `${fault.path}: ${fault.reason}`)],
    exitCode: faults.length > 0 ? exitCodes.failed : errors > 0 || isExceeded ? exitCodes.violated : exitCodes.ok,
  };
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

/** A configuration with problems is reported like a file that was checked. */
function asChecked({ uri, text, lineStarts, problems }: Configuration): CheckedFile {
  const findings = problems.map((problem) => problemFinding(problem, 'workflow'));
  return { path: pathOf(uri), text, lineStarts, profile: [], findings };
}

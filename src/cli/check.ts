// `aiwf check`: finds the files, judges each one with all of them at hand, or takes what an earlier run found, and reports.
import type { Configuration } from '../governance/configuration.ts';
import { configuredWaiverFindings } from '../governance/configured-waivers.ts';
import type { RulePack } from '../governance/rule-packs.ts';
import { startOfDay } from '../language/values.ts';
import { type CheckedFile, countFindings } from '../report/checked-file.ts';
import type { Finding } from '../rules/finding.ts';
import { byPlace, problemFinding } from '../rules/lint.ts';
import type { CheckCommand } from './arguments/check.ts';
import { goneNotes, type Judged, shrinkBaselines, writeBaselines } from './check-baseline.ts';
import { type CheckCache, openCache } from './check-cache.ts';
import { type CheckInput, createComparison, keysFor, readInputs, workflowsOf } from './check-inputs.ts';
import type { Answer, Job, Setup } from './check-judge.ts';
import { judgeAll } from './check-pool.ts';
import type { Progress } from './check-progress.ts';
import { type GivenText, signatureOf } from './check-reader.ts';
import { decodeRecord } from './check-record.ts';
import { writeReport, wrongOutput } from './check-report.ts';
import { createHost, type Fault, pathOf, uriOf, writeText } from './files.ts';
import {
  type ConfigurationTexts,
  configurationsOf,
  type FoundProject,
  findProject,
  type Place,
  placeOf,
} from './opened-project.ts';
import { exitCodes, failed, type Outcome } from './outcome.ts';
import { openRevision } from './revision.ts';
import { unknownRule } from './rules-brought.ts';

/** The words of the command. */
type CheckOptions = Omit<CheckCommand, 'name'>;

/** What the process gives. */
export interface Surroundings {
  /** Of this tool. */
  readonly version: string;
  /** The file of this program, which workers run as well. */
  readonly program: string;
  /** A signature of the program. */
  tool(): string;
  /** Folder of the cache where none is named. */
  readonly cacheFolder: string;
  /** Nobody keeps what a run would write. */
  readonly isCi: boolean;
  /** How many things can happen at once. */
  readonly cores: number;
  readonly progress: Progress;
  /** Text in the place of that of the file `--stdin-filename`. */
  readonly input: string | undefined;
}

/** Files that keep a thread busy for as long as it takes to start one. */
const filesPerThread = 40;

/** Checks all workflows the paths name. */
export async function check(options: CheckOptions, surroundings: Surroundings): Promise<Outcome> {
  const { stdinFilename, updateBaseline } = options;
  const wrong = wrongOutput(options.output);
  if (wrong !== undefined) return failed(wrong);
  const given: GivenText | undefined =
    stdinFilename === undefined ? undefined : { uri: uriOf(stdinFilename), text: surroundings.input ?? '' };
  const project: FoundProject =
    stdinFilename === undefined ? findProject(options.paths) : { places: [placeOf(stdinFilename)], faults: [] };
  const strange = unknownRule(options.rules, project.places);
  if (strange !== undefined) return failed(`check: ${strange}`);
  const faults: Fault[] = [...project.faults];
  const notes: string[] = [];
  const run = prepare(options, surroundings, project.places, given);
  if ('reason' in run) return failed(`check: ${run.reason}`);
  notes.push(...run.notes);

  let read = readInputs(project.places, run.keyOf, run.cache, given);
  let written: string | undefined;
  if (options.fix) {
    const fixes = await run.judge('fix', read.inputs, given);
    for (const [at, answer] of fixes.entries()) {
      const path = read.inputs[at]?.path ?? '';
      if (answer.kind !== 'fixed' || answer.count === 0) continue;
      if (given) written = answer.text;
      const reason = given ? undefined : writeText(path, answer.text);
      if (reason !== undefined) faults.push({ path, reason });
      else if (!given) notes.push(`${path}: ${answer.count === 1 ? '1 fix' : `${answer.count} fixes`} made`);
    }
    read = readInputs(project.places, run.keyOf, run.cache, after(given, written));
  }
  faults.push(...read.faults);
  const checked = await judged(run, read.inputs, after(given, written), faults);
  surroundings.progress.end();
  const unsaved = run.cache?.save();
  if (unsaved !== undefined) notes.push(unsaved);

  if (updateBaseline) return writeBaselines(checked, faults);
  notes.push(...baselineNotes(options, surroundings, checked));
  const outcome = report(options, surroundings, checked, faults, notes);
  if (!given || !options.fix) return outcome;
  return { ...outcome, output: written ?? given.text, report: outcome.output };
}

function after(given: GivenText | undefined, written: string | undefined): GivenText | undefined {
  return given && written !== undefined ? { ...given, text: written } : given;
}

/** What all files of a run have in common. */
interface Run {
  readonly keyOf: (place: Place) => string;
  readonly cache: CheckCache | undefined;
  readonly notes: readonly string[];
  judge(kind: Job['kind'], inputs: readonly CheckInput[], given: GivenText | undefined): Promise<readonly Answer[]>;
}

function prepare(
  { profile, rules, base, updateBaseline, threads, cache: isCached, cacheLocation }: CheckOptions,
  { program, tool, cacheFolder, cores, progress }: Surroundings,
  places: readonly Place[],
  given: GivenText | undefined,
): Run | { readonly reason: string } {
  const today = startOfDay(Date.now());
  const paths = places.map(({ path }) => path);
  const revision = base === undefined ? undefined : openRevision(base, paths, createHost(new Map()));
  if (revision && 'reason' in revision) return revision;
  const configurations = [...new Set(places.flatMap(({ nearest }) => nearest ?? []))];
  const texts: readonly ConfigurationTexts[] = configurations.map((each) => each.texts);
  // A text that no file holds is no result of a file.
  const purpose = signatureOf(process.cwd(), JSON.stringify([profile, rules, base ?? null, updateBaseline]));
  const opened =
    isCached && !given
      ? openCache(cacheLocation ?? cacheFolder, purpose, tool())
      : { cache: undefined, note: undefined };
  return {
    keyOf: keysFor({ today }, revision?.key ?? ''),
    cache: opened.cache,
    notes: opened.note === undefined ? [] : [opened.note],
    judge(kind, inputs, given) {
      const setup: Setup = {
        profile,
        rules,
        ignoreBaseline: updateBaseline,
        today,
        base,
        paths,
        configurations: texts,
        workflows: workflowsOf(inputs),
        given,
      };
      const todo = inputs.filter(({ earlier }) => kind === 'fix' || !earlier);
      const jobs = todo.map(({ path, uri, nearest }): Job => {
        const configuration = nearest && configurations.indexOf(nearest);
        return { kind, path, uri, configuration };
      });
      const useful = Math.max(1, Math.min(cores, Math.floor(jobs.length / filesPerThread)));
      const onDone = (done: number) => progress.show(done, jobs.length);
      return judgeAll(jobs, setup, { threads: threads ?? useful, program, onDone });
    },
  };
}

/** Every file with what was found in it, now or earlier; what could not be judged becomes a fault. */
async function judged(
  { cache, judge }: Run,
  inputs: readonly CheckInput[],
  given: GivenText | undefined,
  faults: Fault[],
): Promise<readonly Judged[]> {
  const isSame = createComparison(inputs, workflowsOf(inputs));
  const current = inputs.map((input) =>
    input.earlier && isSame(input.earlier.result) ? input : { ...input, earlier: undefined },
  );
  const answers = (await judge('check', current, given)).values();
  return current.flatMap((input) => {
    const { path, uri, nearest, earlier, key, id = null } = input;
    let file = earlier && decodeRecord(earlier.result.record, path, earlier.text);
    if (!earlier) {
      const answer: Answer | undefined = answers.next().value;
      if (answer?.kind === 'checked') {
        const { signature, record, reads, text } = answer;
        // One that changed since its id was read says nothing about the next run.
        if (signature === input.signature) cache?.keep(uri, { signature, key, id, reads, record });
        file = decodeRecord(record, path, text);
      }
      if (!file) faults.push({ path, reason: answer?.kind === 'fault' ? answer.reason : 'could not be checked' });
    }
    return file ? [{ path, uri, configuration: nearest?.configuration, file }] : [];
  });
}

/** Only a whole check tells what is gone, and only a person who sees the file of known findings change can keep it. */
function baselineNotes(
  { rules, profile, base, keepBaseline, stdinFilename }: CheckOptions,
  { isCi }: Surroundings,
  checked: readonly Judged[],
): readonly string[] {
  if (rules.length > 0 || profile.length > 0) return [];
  const isKept = isCi || keepBaseline || base !== undefined || stdinFilename !== undefined;
  return isKept ? goneNotes(checked) : shrinkBaselines(checked);
}

function report(
  options: CheckOptions,
  surroundings: Surroundings,
  checked: readonly Judged[],
  unread: readonly Fault[],
  notes: readonly string[],
): Outcome {
  const { maxWarnings } = options;
  const configurations = configurationsOf(checked);
  const { rules, profile, paths, stdinFilename } = options;
  const isNarrow = rules.length > 0 || profile.length > 0 || stdinFilename !== undefined || unread.length > 0;
  const today = startOfDay(Date.now());
  const packs = new Map(configurations.flatMap((each) => each.packs).map((pack) => [pack.uri, pack]));
  const others: readonly CheckedFile[] = [
    ...configurations.map((configuration) => {
      const uses = checked.flatMap((each) => (each.configuration === configuration ? each.file.uses : []));
      const isWhole = !isNarrow && isBelow(configuration.uri, paths);
      return asChecked(configuration, configuredWaiverFindings(configuration, today, { uses, isWhole }));
    }),
    ...[...packs.values()].map((pack) => asChecked(pack, [])),
  ];
  const files = [...checked.map(({ file }) => file), ...others.filter(({ findings }) => findings.length > 0)];
  const { errors, warnings } = countFindings(files);
  const isExceeded = maxWarnings !== undefined && warnings > maxWarnings;
  const { text, fault } = writeReport(options, surroundings, files, unread);
  const faults = fault ? [...unread, fault] : unread;
  const tooMany = isExceeded ? [`${warnings} warnings, at most ${maxWarnings} are allowed`] : [];
  return {
    output: text,
    errors: [...notes, ...tooMany, ...faults.map((fault) => `${fault.path}: ${fault.reason}`)],
    exitCode: faults.length > 0 ? exitCodes.failed : errors > 0 || isExceeded ? exitCodes.violated : exitCodes.ok,
  };
}

/** A configuration or a file of rules with problems is reported like a file that was checked. */
function asChecked(
  { uri, text, lineStarts, problems }: Configuration | RulePack,
  complaints: readonly Finding[],
): CheckedFile {
  const findings = [...problems.map((problem) => problemFinding(problem, 'configuration')), ...complaints].sort(
    byPlace,
  );
  return { path: pathOf(uri), text, lineStarts, profile: [], findings };
}

/** One of the paths is the folder of the file, or one that it lies in: all that the file is for was checked. */
function isBelow(uri: string, paths: readonly string[]): boolean {
  const folder = uri.slice(0, uri.lastIndexOf('/') + 1);
  return paths.some((path) => folder.startsWith(`${uriOf(path).replace(/\/$/, '')}/`));
}

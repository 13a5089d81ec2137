// Text -> findings: problems of the text and every rule of the chosen presets, in one sorted list.
import { type Analyses, analyze } from '../analysis/analyses.ts';
import { noting } from '../language/asked-keys.ts';
import { type Conditions, checkConditions } from '../language/conditions.ts';
import type { Workflow } from '../language/model.ts';
import { observed } from '../language/observed-steps.ts';
import type { ParsedFile } from '../language/parse.ts';
import { placeAt } from '../language/places.ts';
import type { Problem } from '../language/problem.ts';
import { type ProjectHost, resolveUri, resolveWorkflow } from '../language/project.ts';
import type { Finding } from './finding.ts';
import { foldFindings } from './fold.ts';
import { rules } from './registry.ts';
import { checkedBy, findingsThatHold, type Remembered, rememberedOf } from './remembered.ts';
import type { Rule } from './rule.ts';
import { runRule } from './run-rule.ts';
import { type ProjectSettings, type Settings, settingsOf } from './settings.ts';
import { isAskedFor } from './severity.ts';

/** What was found in one file, and what it was found by. */
export interface LintResult {
  readonly workflow: Workflow;
  readonly analyses: Analyses;
  /** Sorted by position, then rule. */
  readonly findings: readonly Finding[];
  /** Uris of the files this result depends on. */
  readonly dependencies: ReadonlySet<string>;
  /** Ids of the presets it was checked with. */
  readonly profile: readonly string[];
  readonly settings: Settings;
  /** Ids of the rules that were run. */
  readonly asked: readonly string[];
  /** Those of them that the project brings itself. */
  readonly own: readonly Rule[];
  /** Where it was asked for. */
  readonly remembered?: Remembered;
}

export interface LintOptions {
  /** What the project asks for; the file may add to it. */
  readonly settings?: ProjectSettings;
  /** Runs just the rules with these ids, whatever the presets say. */
  readonly only?: readonly string[];
  /** Rules that the project brings. They are run unless it turns them off. */
  readonly additional?: readonly Rule[];
  /** The same file at an earlier revision, for the rules that judge a change; its imports come from `baseHost`. */
  readonly base?: ParsedFile | undefined;
  /** Where the files around `base` come from, as they were then; default: as they are now. */
  readonly baseHost?: ProjectHost;
  /**
   * Keeps what makes the next check of the same file faster: `true` for the first, or what was kept of an earlier one. The
   * files around, and what is asked, must be the same as then. Changes nothing in the findings.
   */
  readonly remember?: true | Remembered;
}

/** Checks one file. The same text and options give the same findings, byte for byte. Never throws. */
export function lint(file: ParsedFile, host: ProjectHost, options: LintOptions = {}): LintResult {
  const { settings: project = {}, only, additional = [], base, baseHost = host } = options;
  const remember = base ? undefined : options.remember;
  const { workflow, problems, dependencies } = resolveWorkflow(file, host, undefined, remember && observed);
  const { answer: conditions, asked: askedByConditions } = noting(() => checkConditions(workflow));
  const analyses = analysesOf(file, workflow, conditions, host, base && analysesAt(base, baseHost));
  const settings = settingsOf(workflow, project);
  const asked = [...rules, ...additional].filter((rule) =>
    only ? only.includes(rule.id) : isAskedFor(rule, settings, project),
  );
  const run = (rule: Rule) => runRule(rule, analyses, settings, project);
  const known = typeof remember === 'object' ? findingsThatHold(remember, analyses, run) : undefined;
  const checked = asked.map((rule) => known?.get(rule) ?? checkedBy(rule, run));
  const found = checked.flatMap((each) => each.found);
  const ofText = [...file.problems, ...problems, ...analyses.conditions.problems];
  // Before folding, which adds to findings what is folded into them.
  const remembered = remember && rememberedOf(analyses, askedByConditions, checked, remember);
  const findings = [
    ...ofText.map((problem) => problemFinding(problem, placeAt(workflow, problem.range))),
    ...foldFindings(found),
  ];
  findings.sort(byPlace);
  const asking = asked.map(({ id }) => id);
  const own = asked.filter((rule) => rule.own !== undefined);
  const profile = settings.profile;
  const result = { workflow, analyses, findings, dependencies, profile, settings, asked: asking, own };
  return remembered ? { ...result, remembered } : result;
}

/** The order of findings: by position, then rule and message. */
export function byPlace(a: Finding, b: Finding): number {
  return (
    a.range.start - b.range.start ||
    a.range.end - b.range.end ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  );
}

function analysesOf(
  file: ParsedFile,
  workflow: Workflow,
  conditions: Conditions,
  host: ProjectHost,
  base?: Analyses,
): Analyses {
  return analyze(workflow, conditions, { isIncomplete: lacksImport(file, host), base });
}

/** The analyses of a file with the files around it. */
export function analysesAt(base: ParsedFile, host: ProjectHost): Analyses {
  const { workflow } = resolveWorkflow(base, host);
  return analysesOf(base, workflow, checkConditions(workflow), host);
}

/** A file that this one uses, or that one of those uses, cannot be read. */
function lacksImport(file: ParsedFile, host: ProjectHost, seen = new Set<string>()): boolean {
  return (file.fields?.use ?? []).some(({ value }) => {
    const uri = resolveUri(file.uri, value);
    if (uri === undefined || seen.has(uri)) return false;
    seen.add(uri);
    const library = host.file(uri);
    return !library || lacksImport(library, host, seen);
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A problem of the text as a finding; it is its own proof. */
export function problemFinding({ code, severity, message, range, fixes }: Problem, place: string): Finding {
  return {
    rule: code,
    severity,
    verdict: 'violation',
    message,
    range,
    place,
    witness: [{ step: place, edge: undefined, range, note: 'stands here' }],
    clauses: [],
    fixes: fixes ?? [],
  };
}

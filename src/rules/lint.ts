// Text -> findings: problems of the text and every rule of the chosen presets, in one sorted list.
import { type Analyses, analyze } from '../analysis/analyses.ts';
import { checkConditions } from '../language/conditions.ts';
import type { Workflow } from '../language/model.ts';
import type { ParsedFile } from '../language/parse.ts';
import { placeAt } from '../language/places.ts';
import type { Problem } from '../language/problem.ts';
import { type ProjectHost, resolveUri, resolveWorkflow } from '../language/project.ts';
import { checkAcross } from './across.ts';
import type { Finding } from './finding.ts';
import { type Found, foldFindings } from './fold.ts';
import { rules } from './registry.ts';
import type { Report, Rule } from './rule.ts';
import { type ProjectSettings, type Settings, settingsOf } from './settings.ts';
import { isAskedFor, severityOf } from './severity.ts';

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
}

/** Checks one file. The same text and options give the same findings, byte for byte. Never throws. */
export function lint(file: ParsedFile, host: ProjectHost, options: LintOptions = {}): LintResult {
  const { settings: project = {}, only, additional = [], base, baseHost = host } = options;
  const { workflow, problems, dependencies } = resolveWorkflow(file, host);
  const analyses = analysesOf(file, workflow, host, base && analysesAt(base, baseHost));
  const settings = settingsOf(workflow, project);
  const asked = [...rules, ...additional].filter((rule) =>
    only ? only.includes(rule.id) : isAskedFor(rule, settings, project),
  );
  const found = asked.flatMap((rule) => runRule(rule, analyses, settings, project));
  const ofText = [...file.problems, ...problems, ...analyses.conditions.problems];
  const findings = [
    ...ofText.map((problem) => problemFinding(problem, placeAt(workflow, problem.range))),
    ...foldFindings(found),
  ];
  findings.sort(byPlace);
  const asking = asked.map(({ id }) => id);
  const own = asked.filter((rule) => rule.own !== undefined);
  return { workflow, analyses, findings, dependencies, profile: settings.profile, settings, asked: asking, own };
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

function analysesOf(file: ParsedFile, workflow: Workflow, host: ProjectHost, base?: Analyses): Analyses {
  return analyze(workflow, checkConditions(workflow), { isIncomplete: lacksImport(file, host), base });
}

/** The analyses of a file with the files around it. */
export function analysesAt(base: ParsedFile, host: ProjectHost): Analyses {
  return analysesOf(base, resolveWorkflow(base, host).workflow, host);
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

/** Fixes that are given as a function are worked out once, when they are asked for; one that fails offers none. */
function withFixes(finding: Omit<Finding, 'fixes'>, fixes: Finding['fixes'] | (() => Finding['fixes'])): Finding {
  if (typeof fixes !== 'function') return Object.assign(finding, { fixes });
  let known: Finding['fixes'] | undefined;
  const ask = () => {
    try {
      return fixes();
    } catch {
      return [];
    }
  };
  return Object.defineProperty(finding as Finding, 'fixes', {
    enumerable: true,
    get() {
      known ??= ask();
      return known;
    },
  });
}

/** A rule that fails becomes a finding of its own and takes nothing else away. */
function runRule(rule: Rule, analyses: Analyses, settings: Settings, project: ProjectSettings): readonly Found[] {
  const found: Found[] = [];
  const report: Report = ({
    range,
    place,
    message,
    witness,
    severity = rule.severity,
    verdict = 'violation',
    fixes = [],
    root,
  }) => {
    const { id, clauses } = rule;
    const grave = severityOf(rule, severity, verdict, analyses.workflow, settings, project);
    const finding = {
      rule: id,
      severity: grave,
      verdict,
      message,
      range,
      place,
      witness,
      clauses,
      ...(rule.own ? { own: rule.own } : {}),
    };
    found.push({ rule, root, finding: withFixes(finding, fixes) });
  };
  try {
    if (rule.across) checkAcross(rule, analyses, report, settings);
    else rule.check(analyses, report, settings);
    return found;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const range = { start: 0, end: 0 };
    const finding: Finding = {
      rule: rule.id,
      severity: 'info',
      verdict: 'unknown',
      message: `Internal: the rule '${rule.id}' failed on this file (${reason}). The other rules ran. Please report it with the file.`,
      range,
      place: 'workflow',
      witness: [{ step: 'workflow', edge: undefined, range, note: 'not checked' }],
      clauses: rule.clauses,
      fixes: [],
      ...(rule.own ? { own: rule.own } : {}),
    };
    return [{ rule, root: undefined, finding }];
  }
}

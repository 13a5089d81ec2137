// Text -> findings: problems of the text and every rule of the chosen presets, in one sorted list.
import { type Analyses, analyze } from '../analysis/analyses.ts';
import { checkConditions } from '../language/conditions.ts';
import type { Workflow } from '../language/model.ts';
import type { ParsedFile } from '../language/parse.ts';
import { placeAt } from '../language/places.ts';
import type { Problem } from '../language/problem.ts';
import { type ProjectHost, resolveUri, resolveWorkflow } from '../language/project.ts';
import type { Finding } from './finding.ts';
import { presets } from './presets.ts';
import { rules } from './registry.ts';
import type { Report, Rule } from './rule.ts';

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
}

interface LintOptions {
  /** Presets to check with, `recommended` where none is named. Those the file names come on top. */
  readonly profile?: readonly string[];
}

/** Checks one file. The same text and options give the same findings, byte for byte. Never throws. */
export function lint(file: ParsedFile, host: ProjectHost, options: LintOptions = {}): LintResult {
  const { workflow, problems, dependencies } = resolveWorkflow(file, host);
  const conditions = checkConditions(workflow);
  const analyses = analyze(workflow, conditions, lacksImport(file, host));
  const findings: Finding[] = [...file.problems, ...problems, ...conditions.problems].map((problem) =>
    fromProblem(problem, workflow),
  );
  const profile = profileOf(workflow, options);
  for (const rule of rulesOf(profile)) runRule(rule, analyses, findings);
  findings.sort(
    (a, b) =>
      a.range.start - b.range.start ||
      a.range.end - b.range.end ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message),
  );
  return { workflow, analyses, findings, dependencies, profile };
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

/** Presets of the options and those the file adds; a file can ask for more, never for less. */
function profileOf(workflow: Workflow, { profile = [] }: LintOptions): readonly string[] {
  const base = profile.length > 0 ? profile : ['recommended'];
  const added = (workflow.fields?.profile ?? []).map(({ value }) => value);
  return [...new Set([...base, ...added])].filter((id) => presets.has(id));
}

function rulesOf(profile: readonly string[]): readonly Rule[] {
  const ids = new Set(profile.flatMap((id) => presets.get(id)?.rules ?? []));
  return rules.filter((rule) => ids.has(rule.id));
}

function fromProblem({ code, severity, message, range, fixes }: Problem, workflow: Workflow): Finding {
  const place = placeAt(workflow, range);
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

/** A rule that fails becomes a finding of its own and takes nothing else away. */
function runRule(rule: Rule, analyses: Analyses, findings: Finding[]): void {
  const found: Finding[] = [];
  const report: Report = ({
    range,
    place,
    message,
    witness,
    severity = rule.severity,
    verdict = 'violation',
    fixes = [],
  }) => {
    found.push({
      rule: rule.id,
      severity: verdict === 'unknown' ? 'info' : severity,
      verdict,
      message,
      range,
      place,
      witness,
      clauses: rule.clauses,
      fixes,
    });
  };
  try {
    rule.check(analyses, report);
    findings.push(...found);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    findings.push({
      rule: rule.id,
      severity: 'info',
      verdict: 'unknown',
      message: `Internal: the rule '${rule.id}' failed on this file (${reason}). The other rules ran. Please report it with the file.`,
      range: { start: 0, end: 0 },
      place: 'workflow',
      witness: [{ step: 'workflow', edge: undefined, range: { start: 0, end: 0 }, note: 'not checked' }],
      clauses: rule.clauses,
      fixes: [],
    });
  }
}

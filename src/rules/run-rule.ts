// One rule over one workflow: what it finds, as grave as the project has it.
import type { Analyses } from '../analysis/analyses.ts';
import { checkAcross } from './across.ts';
import type { Finding } from './finding.ts';
import type { Found } from './fold.ts';
import type { Report, Rule } from './rule.ts';
import type { ProjectSettings, Settings } from './settings.ts';
import { severityOf } from './severity.ts';

/** Fixes that are given as a function are worked out once, when they are asked for; one that fails offers none. */
export function withFixes(
  finding: Omit<Finding, 'fixes'>,
  fixes: Finding['fixes'] | (() => Finding['fixes']),
): Finding {
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
export function runRule(
  rule: Rule,
  analyses: Analyses,
  settings: Settings,
  project: ProjectSettings,
): readonly Found[] {
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

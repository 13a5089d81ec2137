// Which rules a file is checked with, and how grave what they find is in this project.
import type { Workflow } from '../language/model.ts';
import type { Severity } from '../language/problem.ts';
import type { Verdict } from './finding.ts';
import { presets } from './presets.ts';
import type { Rule } from './rule.ts';
import type { ProjectSettings, Settings } from './settings.ts';

/** True where some preset of the profile, or the project by name, asks for the rule; one that the project brings is asked for. */
export function isAskedFor(rule: Rule, settings: Settings, project: ProjectSettings): boolean {
  const own = project.severities?.get(rule.id);
  if (own !== undefined) return own !== 'off';
  if (rule.own) return true;
  return settings.profile.some((id) => presets.get(id)?.rules.includes(rule.id));
}

const rank: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/**
 * How grave a finding is in this project: what the project says for the rule, else the gravest that a preset makes of it.
 * An unknown is information, and a warning under `strict`.
 */
export function severityOf(
  rule: Rule,
  reported: Severity,
  verdict: Verdict,
  workflow: Workflow,
  settings: Settings,
  project: ProjectSettings,
): Severity {
  if (verdict === 'unknown') return settings.profile.includes('strict') ? 'warning' : 'info';
  const own = project.severities?.get(rule.id);
  if (own !== undefined && own !== 'off') return own;
  const asking = settings.profile.filter((id) => presets.get(id)?.rules.includes(rule.id));
  const severities = asking.map((id) => inPreset(id, rule, reported, workflow, settings.today));
  return severities.reduce((worst, next) => (rank[next] > rank[worst] ? next : worst), severities[0] ?? reported);
}

function inPreset(id: string, rule: Rule, reported: Severity, workflow: Workflow, today: number | undefined): Severity {
  if (id === 'strict') return reported === 'warning' ? 'error' : reported;
  // Voluntary, so that only what matters most is an error.
  if (id === 'nist-ai-rmf') return rule.starred ? reported : capped(reported);
  if (id !== 'eu-ai-act-high-risk') return reported;
  const severity = workflow.fields?.risk?.tier?.value === 'high' ? 'error' : reported;
  return today !== undefined && isAhead(rule, today) ? capped(severity) : severity;
}

function capped(severity: Severity): Severity {
  return severity === 'error' ? 'warning' : severity;
}

/** Every duty of European law behind the rule begins after `today`. */
function isAhead({ clauses }: Rule, today: number): boolean {
  const duties = clauses.filter(({ standard }) => standard === 'EU AI Act' || standard === 'GDPR');
  return (
    duties.length > 0 && duties.every(({ appliesFrom }) => appliesFrom !== undefined && Date.parse(appliesFrom) > today)
  );
}

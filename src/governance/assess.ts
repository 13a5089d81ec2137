// One file under all that its project asks: rules, waivers, and the findings known before.
// Editor, command line and AI tools come here, and so find the same.
import type { ParsedFile } from '../language/parse.ts';
import type { ProjectHost } from '../language/project.ts';
import type { WaiverFields } from '../language/vocabulary.ts';
import { unusedWaiver, waiverExpiry } from '../rules/accountability/waiver-expiry.ts';
import type { Finding } from '../rules/finding.ts';
import { byPlace, type LintOptions, type LintResult, lint } from '../rules/lint.ts';
import { applyBaseline, type BaselineEntry } from './baseline.ts';
import { type Configuration, settingsFor } from './configuration.ts';
import { applyWaivers, type JudgedWaiver } from './waivers.ts';

/** A finding that does not count, and why. */
export interface AcceptedFinding {
  readonly finding: Finding;
  /** Undefined: it is in the baseline. */
  readonly waiver: WaiverFields | undefined;
}

/** `findings` are those that count. */
export interface Assessment extends LintResult {
  readonly accepted: readonly AcceptedFinding[];
  /** Every waiver of the file, in its order. */
  readonly waivers: readonly JudgedWaiver[];
  /** Known findings that are no longer there. */
  readonly gone: readonly BaselineEntry[];
}

export interface AssessOptions extends Pick<LintOptions, 'only' | 'base' | 'baseHost'> {
  readonly configuration: Configuration | undefined;
  /** Day that dates are judged by where the configuration names none. */
  readonly today: number | undefined;
  /** Presets in place of those of the configuration. */
  readonly profile?: readonly string[];
  /** Findings of the baseline count like any other. */
  readonly ignoreBaseline?: boolean;
}

/** Checks one file as its project asks. The same text and options give the same result, byte for byte. Never throws. */
export function assess(file: ParsedFile, host: ProjectHost, options: AssessOptions): Assessment {
  const { configuration, today, profile = [], ignoreBaseline = false, ...rest } = options;
  const settings = {
    ...(today === undefined ? {} : { today }),
    ...(configuration ? settingsFor(configuration, file.uri) : {}),
    ...(profile.length > 0 ? { profile } : {}),
  };
  const additional = (configuration?.customRules ?? []).flatMap(({ rule }) => rule ?? []);
  const result = lint(file, host, { settings, additional, ...rest });
  const { open, accepted, waivers } = waive(result);
  const entries = ignoreBaseline ? [] : (configuration?.baselineOf(file.uri) ?? []);
  const { open: findings, known, gone } = applyBaseline(open, entries);
  return {
    ...result,
    findings,
    accepted: [...accepted, ...known.map((finding) => ({ finding, waiver: undefined }))].sort((a, b) =>
      byPlace(a.finding, b.finding),
    ),
    waivers,
    gone,
  };
}

function waive({ workflow, analyses, settings, findings, asked }: LintResult) {
  const own = workflow.fields?.waivers ?? [];
  if (own.length === 0) return { open: findings, accepted: [], waivers: [] };
  const waived = applyWaivers(findings, own, analyses, settings.today);
  // A rule that was not run has found nothing: that its waivers are unused says nothing.
  const unused = waived.waivers.filter(
    ({ state, fields }) => state === 'unused' && asked.includes(fields.rule?.value ?? ''),
  );
  const complaints = asked.includes(waiverExpiry.id) ? unused.map(({ fields }) => unusedWaiver(fields)) : [];
  return { ...waived, open: [...waived.open, ...complaints].sort(byPlace) };
}

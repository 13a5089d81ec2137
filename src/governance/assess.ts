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
import { isNamedBy } from './included.ts';
import { applyWaivers, type JudgedWaiver } from './waivers.ts';

/** A finding that does not count, and why. */
export interface AcceptedFinding {
  readonly finding: Finding;
  /** Undefined: it is in the baseline. */
  readonly waiver: WaiverFields | undefined;
  /** The waiver stands in the configuration. */
  readonly isConfigured?: true;
}

/** `findings` are those that count. */
export interface Assessment extends LintResult {
  readonly accepted: readonly AcceptedFinding[];
  /** Every waiver of the file, in its order, then those of the configuration that are for it. */
  readonly waivers: readonly JudgedWaiver[];
  /** Known findings that are no longer there. */
  readonly gone: readonly BaselineEntry[];
}

export interface AssessOptions extends Pick<LintOptions, 'only' | 'base' | 'baseHost' | 'remember'> {
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
  const { open, accepted, waivers } = waive(result, configuration);
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

function waive(
  { workflow, analyses, settings, findings, asked }: LintResult,
  configuration: Configuration | undefined,
): Pick<Assessment, 'accepted' | 'waivers'> & { readonly open: readonly Finding[] } {
  const own = workflow.fields?.waivers ?? [];
  const configured = (configuration?.waivers ?? []).filter(({ files }) =>
    isNamedBy(files, configuration?.uri ?? '', workflow.file.uri),
  );
  if (own.length === 0 && configured.length === 0) return { open: findings, accepted: [], waivers: [] };
  const all = [...own, ...configured.map(({ fields }) => fields)];
  const positions = new Map<WaiverFields, number>(configured.map(({ fields, position }) => [fields, position]));
  const waived = applyWaivers(findings, all, analyses, settings.today);
  // A rule that was not run has found nothing: that its waivers are unused says nothing. Those of the configuration are
  // for several files.
  const unused = waived.waivers.filter(
    ({ state, fields }) => state === 'unused' && !positions.has(fields) && asked.includes(fields.rule?.value ?? ''),
  );
  const complaints = asked.includes(waiverExpiry.id) ? unused.map(({ fields }) => unusedWaiver(fields)) : [];
  return {
    open: [...waived.open, ...complaints].sort(byPlace),
    accepted: waived.accepted.map((each) => (positions.has(each.waiver) ? { ...each, isConfigured: true } : each)),
    waivers: waived.waivers.map((judged) => {
      const position = positions.get(judged.fields);
      return position === undefined ? judged : { ...judged, configured: position };
    }),
  };
}

// Waivers: accepted findings, each with a reason, someone who answers for it, someone else who approved, and a last day.
import type { Analyses } from '../analysis/analyses.ts';
import { pathValues } from '../analysis/path-values.ts';
import type { WaiverFields } from '../language/vocabulary.ts';
import { waiverFault } from '../rules/accountability/waiver-expiry.ts';
import type { Finding } from '../rules/finding.ts';

/**
 * `active`: it holds. `expired`: its last day is over. `refused`: it does not count, see the reason. `unused`: it would
 * hold, and there is no finding to accept.
 */
type WaiverState = 'active' | 'expired' | 'refused' | 'unused';

/** A waiver against the findings of its file. */
export interface JudgedWaiver {
  /** It stands in the configuration, at this position from 0; undefined: in the file. */
  readonly configured?: number;
  readonly fields: WaiverFields;
  readonly state: WaiverState;
  /** Findings it accepts, or would if it held. */
  readonly count: number;
  /** Days from today to its last day: 0 on that day, negative when it is over; undefined where dates are not judged. */
  readonly daysLeft: number | undefined;
  /** Why it does not hold, as the end of a sentence. */
  readonly reason?: string;
}

/** What waivers make of the findings of one file. */
interface Waived {
  readonly open: readonly Finding[];
  readonly accepted: readonly { readonly finding: Finding; readonly waiver: WaiverFields }[];
  readonly waivers: readonly JudgedWaiver[];
}

/** Sorts findings into open and accepted ones; `today` undefined: dates are not judged. A problem of the text cannot be waived. */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly WaiverFields[],
  analyses: Analyses,
  today: number | undefined,
): Waived {
  const acceptedBy = new Map<Finding, WaiverFields>();
  const judged = waivers.map((fields): JudgedWaiver => {
    const { rule, at, expires } = fields;
    const daysLeft = expires && today !== undefined ? dayOf(expires.value) - dayOf(today) : undefined;
    const matching = findings.filter(
      (finding) => finding.rule === rule?.value && finding.place === at?.value && !acceptedBy.has(finding),
    );
    const known = { fields, count: matching.length, daysLeft };
    if (daysLeft !== undefined && daysLeft < 0) return { ...known, state: 'expired' };
    const reason = reasonAgainst(fields, analyses);
    if (reason !== undefined) return { ...known, state: 'refused', reason };
    for (const finding of matching) acceptedBy.set(finding, fields);
    return { ...known, state: matching.length > 0 ? 'active' : 'unused' };
  });
  return {
    open: findings.filter((finding) => !acceptedBy.has(finding)),
    accepted: [...acceptedBy].map(([finding, waiver]) => ({ finding, waiver })),
    waivers: judged,
  };
}

/** Why a waiver that has not run out accepts nothing. */
function reasonAgainst(fields: WaiverFields, analyses: Analyses): string | undefined {
  const { rule, at, reason, owner, approvedBy, expires, when } = fields;
  const missing = Object.entries({ rule, at, reason, owner, 'approved-by': approvedBy, expires }).find(
    ([, value]) => value === undefined,
  );
  if (missing) return `'${missing[0]}' is missing`;
  if (rule?.value.startsWith('language/')) return 'what is wrong with the text itself is mended, not accepted';
  if (rule?.value === 'accountability/waiver-expiry') return 'a waiver cannot accept what is said of waivers';
  const fault = waiverFault(fields, analyses.workflow, undefined);
  if (fault) return fault.words;
  return when && !holdsAt(at?.value ?? '', fields, analyses)
    ? 'the condition under `when` is not shown to hold there'
    : undefined;
}

/** True where all values that can come to the step meet the condition. */
function holdsAt(at: string, { when }: WaiverFields, analyses: Analyses): boolean {
  const nodes = analyses.graph.nodes.filter(({ step }) => step?.id === at);
  if (!when || nodes.length === 0) return false;
  const { guards, at: valuesAt } = analyses.derived(pathValues);
  const { holds } = guards.formula(when);
  return nodes.every((node) => {
    const values = valuesAt(node);
    return values.length > 0 && guards.space.subtract(values, holds)?.length === 0;
  });
}

function dayOf(moment: number): number {
  return Math.floor(moment / 86_400_000);
}

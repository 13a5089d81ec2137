// The register of accepted findings: every waiver of every workflow and configuration with who answers for it and until when.
import type { Assessment } from '../governance/assess.ts';
import type { Configuration } from '../governance/configuration.ts';
import { configuredWaiverFindings, type WaiverUse } from '../governance/configured-waivers.ts';
import type { JudgedWaiver } from '../governance/waivers.ts';
import type { WaiverFields } from '../language/vocabulary.ts';

/** One waiver; a key that it lacks is null. Plain data. */
export interface RegisteredWaiver {
  /** File it stands in. */
  readonly file: string;
  readonly line: number;
  readonly rule: string | null;
  readonly at: string | null;
  readonly reason: string | null;
  readonly owner: string | null;
  readonly approvedBy: string | null;
  readonly ticket: string | null;
  /** Last day, `2026-11-24`. */
  readonly expires: string | null;
  /** From today to the last day: 0 on that day, negative when it is over; null where there is none. */
  readonly daysLeft: number | null;
  readonly state: JudgedWaiver['state'];
  /** Findings it accepts. */
  readonly count: number;
  /** Why it accepts nothing. */
  readonly because: string | null;
  /** Globs of the files it is for; null for one that stands in its workflow. */
  readonly in: readonly string[] | null;
}

/** A file with its waivers as they were judged. */
export interface WaivedFile {
  readonly path: string;
  readonly lineOf: (offset: number) => number;
  readonly waivers: Assessment['waivers'];
}

/** A configuration, and what its waivers came to in the files it counts for. */
export interface WaivingConfiguration {
  readonly path: string;
  readonly lineOf: (offset: number) => number;
  readonly configuration: Configuration;
  readonly uses: readonly WaiverUse[];
}

/** By last day, those without one first; then by file and line. */
export function waiverRegister(
  files: readonly WaivedFile[],
  configurations: readonly WaivingConfiguration[],
  today: number | undefined,
): readonly RegisteredWaiver[] {
  const own = files.flatMap(({ path, lineOf, waivers }) =>
    waivers
      .filter(({ configured }) => configured === undefined)
      .map(({ fields, state, count, daysLeft, reason }) => ({
        ...said(fields, path, lineOf),
        daysLeft: daysLeft ?? null,
        state,
        count: state === 'active' ? count : 0,
        because: reason ?? null,
        in: null,
      })),
  );
  const configured = configurations.flatMap(({ path, lineOf, configuration, uses }) =>
    configuration.waivers.map(({ fields, position, files: globs }): RegisteredWaiver => {
      const day = configuration.settings.today ?? today;
      const its = uses.filter((use) => use.position === position);
      const count = its.reduce((sum, use) => sum + (use.state === 'active' ? use.count : 0), 0);
      const daysLeft = fields.expires && day !== undefined ? dayOf(fields.expires.value) - dayOf(day) : null;
      const refused = its.find(({ state }) => state === 'refused');
      const fault = configuredWaiverFindings(
        { ...configuration, waivers: [{ fields, position, files: globs }] },
        day,
      )[0];
      const isOver = daysLeft !== null && daysLeft < 0;
      const because = isOver ? null : (refused?.reason ?? fault?.message ?? null);
      const state = isOver ? 'expired' : because !== null ? 'refused' : count > 0 ? 'active' : 'unused';
      return { ...said(fields, path, lineOf), daysLeft, state, count, because, in: globs };
    }),
  );
  return [...own, ...configured].sort(
    (a, b) => compare(a.expires ?? '', b.expires ?? '') || compare(a.file, b.file) || a.line - b.line,
  );
}

function said(
  { rule, at, reason, owner, approvedBy, ticket, expires, $: origin }: WaiverFields,
  file: string,
  lineOf: WaivedFile['lineOf'],
) {
  return {
    file,
    line: lineOf(origin.range.start),
    rule: rule?.value ?? null,
    at: at?.value ?? null,
    reason: reason?.value ?? null,
    owner: owner?.name ?? null,
    approvedBy: approvedBy?.name ?? null,
    ticket: ticket?.value ?? null,
    expires: expires ? new Date(expires.value).toISOString().slice(0, 10) : null,
  };
}

function dayOf(moment: number): number {
  return Math.floor(moment / 86_400_000);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

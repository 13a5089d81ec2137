// Findings, waivers and the baseline of one file for an audit, each finding under a number of its own, with the path that
// proves it.
import type { Assessment } from '../governance/assess.ts';
import type { WaiverFields } from '../language/vocabulary.ts';
import type { Finding } from '../rules/finding.ts';
import { dayOf, textOf } from './audit-values.ts';
import { type CheckedFile, placeOf } from './checked-file.ts';
import { edgeInWords, pathsOf } from './witness-paths.ts';

/** One finding, open or accepted. */
export interface FindingRecord {
  /** `F1`, `F2`, …: over the whole pack. */
  readonly id: string;
  /** `known`: in the baseline. */
  readonly state: 'open' | 'waived' | 'known';
  readonly rule: string;
  /** More general rules that the same fault breaks as well. */
  readonly also: readonly string[];
  readonly severity: string;
  /** `unknown`: could not be decided, for the reason in the message. */
  readonly verdict: 'violation' | 'unknown';
  readonly message: string;
  readonly place: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** Paths that prove it. */
  readonly witness: readonly (readonly WitnessRecord[])[];
  /** Clauses of its rules. */
  readonly clauses: readonly ClauseRecord[];
  /** Number of the waiver that accepts it. */
  readonly waiver?: string;
}

export interface WitnessRecord {
  readonly step: string;
  /** How the path came here. */
  readonly edge?: string;
  readonly line: number;
  readonly note: string;
}

export interface ClauseRecord {
  readonly standard: string;
  readonly edition: string;
  readonly ref: string;
}

/** One waiver, as it stands on the day of the check. */
export interface WaiverRecord {
  /** `W1`, `W2`, …: over the whole pack; one of a configuration has the same in each file it is for. */
  readonly id: string;
  /** Where it stands. */
  readonly in: 'workflow' | 'configuration';
  readonly rule?: string;
  readonly at?: string;
  readonly when?: string;
  readonly reason?: string;
  readonly owner?: string;
  readonly approvedBy?: string;
  readonly ticket?: string;
  readonly expires?: string;
  readonly state: 'active' | 'expired' | 'refused' | 'unused';
  /** Why it does not hold. */
  readonly because?: string;
  /** From the day of the check to its last day. */
  readonly daysLeft?: number;
  /** Findings it accepts, or would if it held. */
  readonly count: number;
}

/** What was found in one file. */
export interface FoundRecord {
  readonly findings: readonly FindingRecord[];
  readonly waivers: readonly WaiverRecord[];
  /** Known findings that are no longer there. */
  readonly gone: readonly { readonly rule: string; readonly place: string; readonly count: number }[];
}

/** Gives findings and waivers numbers over the whole pack; a waiver of a configuration has one, however many files it is for. */
export interface Numbering {
  finding(): string;
  waiver(fields: WaiverFields): string;
}

export function createNumbering(): Numbering {
  const waivers = new Map<WaiverFields, string>();
  let last = 0;
  return {
    finding() {
      last += 1;
      return `F${last}`;
    },
    waiver(fields) {
      const known = waivers.get(fields) ?? `W${waivers.size + 1}`;
      waivers.set(fields, known);
      return known;
    },
  };
}

/** Open findings and accepted ones by their place in the text. */
export function foundIn(file: CheckedFile, assessment: Assessment, number: Numbering): FoundRecord {
  const ids = new Map(assessment.waivers.map(({ fields }) => [fields, number.waiver(fields)]));
  const all = [
    ...assessment.findings.map((finding) => ({ finding, state: 'open' as const, waiver: undefined })),
    ...assessment.accepted.map(({ finding, waiver }) => ({
      finding,
      state: waiver ? ('waived' as const) : ('known' as const),
      waiver: waiver && ids.get(waiver),
    })),
  ];
  all.sort((a, b) => a.finding.range.start - b.finding.range.start);
  return {
    findings: all.map(({ finding, state, waiver }) => findingOf(finding, state, waiver, file, number)),
    waivers: assessment.waivers.map(({ fields, state, count, daysLeft, reason, configured }): WaiverRecord => {
      const said = {
        rule: textOf(fields.rule),
        at: textOf(fields.at),
        when: fields.when?.text,
        reason: textOf(fields.reason),
        owner: fields.owner?.name,
        approvedBy: fields.approvedBy?.name,
        ticket: textOf(fields.ticket),
        expires: fields.expires && dayOf(fields.expires.value),
        because: reason,
      };
      const given = Object.entries(said).filter(([, value]) => value !== undefined);
      return {
        id: ids.get(fields) ?? '',
        in: configured === undefined ? 'workflow' : 'configuration',
        ...Object.fromEntries(given),
        state,
        ...(daysLeft === undefined ? {} : { daysLeft }),
        count,
      };
    }),
    gone: assessment.gone.map(({ rule, place, count }) => ({ rule, place, count })),
  };
}

function findingOf(
  { rule, severity, verdict, message, place, range, witness, clauses, also = [] }: Finding,
  state: FindingRecord['state'],
  waiver: string | undefined,
  file: CheckedFile,
  number: Numbering,
): FindingRecord {
  const { line, column } = placeOf(file, range.start);
  const cited = new Map(
    [...clauses, ...also.flatMap((one) => one.clauses)].map(({ standard, edition, ref }) => [
      JSON.stringify([standard, edition, ref]),
      { standard, edition, ref },
    ]),
  );
  return {
    id: number.finding(),
    state,
    rule,
    also: also.map((one) => one.rule),
    severity,
    verdict,
    message,
    place,
    line,
    column,
    witness: pathsOf(witness).map((path) =>
      path.map((step): WitnessRecord => {
        const way = step.edge ? edgeInWords(step.edge) : '';
        return {
          step: step.step,
          ...(way === '' ? {} : { edge: way }),
          line: placeOf(file, step.range.start).line,
          note: step.note,
        };
      }),
    ),
    clauses: [...cited.values()],
    ...(waiver === undefined ? {} : { waiver }),
  };
}

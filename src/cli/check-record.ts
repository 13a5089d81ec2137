// What was found in one file as a line of text, and back: the same whether it comes from a worker or out of the cache.

import type { AcceptedFinding, Assessment } from '../governance/assess.ts';
import type { BaselineEntry } from '../governance/baseline.ts';
import { type WaiverUse, waiverUses } from '../governance/configured-waivers.ts';
import { lineStartsOf } from '../language/source.ts';
import type { CheckedFile } from '../report/checked-file.ts';
import type { Clause, Finding } from '../rules/finding.ts';

/** A checked file, and what the baseline should know of it. */
export interface Checked extends CheckedFile {
  readonly findings: readonly Finding[];
  /** Known findings that are no longer there, of rules that looked for them in the whole file. */
  readonly gone: readonly BaselineEntry[];
  /** What the waivers of the configuration came to. */
  readonly uses: readonly WaiverUse[];
}

/** Clauses stand once in a record, however many findings name them. */
type Short<T extends { readonly clauses: readonly Clause[] }> = Omit<T, 'clauses'> & { readonly clauses: number };
type ShortFinding = Omit<Short<Finding>, 'also'> & {
  readonly also?: readonly Short<NonNullable<Finding['also']>[number]>[];
};

interface Record extends Pick<CheckedFile, 'title' | 'sha256'> {
  readonly profile: readonly string[];
  /** Ids in lines. */
  readonly asked: string;
  readonly clauses: readonly (readonly Clause[])[];
  readonly findings: readonly ShortFinding[];
  readonly accepted: readonly (Pick<AcceptedFinding, 'isConfigured'> & {
    readonly finding: ShortFinding;
    readonly waiver: AcceptedFinding['waiver'] | null;
  })[];
  readonly gone: readonly BaselineEntry[];
  readonly uses: readonly WaiverUse[];
}

/** One line. Fixes that are worked out late are worked out here. */
export function encodeRecord(assessment: Assessment, profile: readonly string[], sha256: string): string {
  const { findings, accepted, gone, asked, workflow } = assessment;
  const indices = new Map<string, number>();
  const clauses: (readonly Clause[])[] = [];
  const indexOf = (some: readonly Clause[]): number => {
    const key = JSON.stringify(some);
    const index = indices.get(key) ?? clauses.push(some) - 1;
    indices.set(key, index);
    return index;
  };
  const short = (finding: Finding): ShortFinding => {
    const { also, ...rest } = finding;
    return {
      ...rest,
      clauses: indexOf(finding.clauses),
      ...(also ? { also: also.map((each) => ({ ...each, clauses: indexOf(each.clauses) })) } : {}),
    };
  };
  const isWhole = findings.every(({ rule, severity, message }) =>
    rule.startsWith('language/') ? severity !== 'error' : !message.startsWith('Internal: '),
  );
  const title = workflow.fields?.title?.value;
  const record: Record = {
    profile,
    asked: asked.join('\n'),
    sha256,
    ...(title === undefined ? {} : { title }),
    findings: findings.map(short),
    accepted: accepted.map(({ finding, waiver, isConfigured }) => ({
      finding: short(finding),
      ...(isConfigured ? { isConfigured } : {}),
      waiver: waiver === undefined ? null : (JSON.parse(JSON.stringify(waiver, withoutNodes)) as typeof waiver),
    })),
    // What hides a part of the file or stops a rule may hide a known finding as well.
    uses: waiverUses(assessment),
    gone: isWhole ? gone.filter(({ rule }) => asked.includes(rule)) : [],
    clauses,
  };
  return JSON.stringify(record);
}

/** The file of a record, or undefined for a line that is none. */
export function decodeRecord(line: string, path: string, text: string): Checked | undefined {
  try {
    const { profile, asked, clauses, findings, accepted, gone, uses, title, sha256 } = JSON.parse(line) as Record;
    const clausesAt = (index: number): readonly Clause[] => clauses[index] ?? [];
    const long = (finding: ShortFinding): Finding => {
      const { also, ...rest } = finding;
      return {
        ...rest,
        clauses: clausesAt(finding.clauses),
        ...(also ? { also: also.map((each) => ({ ...each, clauses: clausesAt(each.clauses) })) } : {}),
      };
    };
    let lineStarts: readonly number[] | undefined;
    return {
      path,
      text,
      get lineStarts() {
        lineStarts ??= lineStartsOf(text);
        return lineStarts;
      },
      profile,
      get asked() {
        return asked === '' ? [] : asked.split('\n');
      },
      ...(title === undefined ? {} : { title }),
      ...(sha256 === undefined ? {} : { sha256 }),
      findings: findings.map(long),
      accepted: accepted.map(({ finding, waiver, ...rest }) => ({
        ...rest,
        finding: long(finding),
        waiver: waiver ?? undefined,
      })),
      gone,
      uses,
    };
  } catch {
    return undefined;
  }
}

/** Places in the tree are for editing; a report has no use for them. */
function withoutNodes(key: string, value: unknown): unknown {
  return key === '$' || key === 'node' ? undefined : value;
}

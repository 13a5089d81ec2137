// What every report is made from: the files that were checked, as the user named them, and their findings.
import type { AcceptedFinding } from '../governance/assess.ts';
import { type LineColumn, positionAt } from '../language/source.ts';
import type { Finding } from '../rules/finding.ts';

/** One file and its findings. */
export interface CheckedFile {
  /** As the user gave it. */
  readonly path: string;
  readonly text: string;
  readonly lineStarts: readonly number[];
  /** Presets it was checked with. */
  readonly profile: readonly string[];
  /** Those that count, sorted by position. */
  readonly findings: readonly Finding[];
  /** Waived ones and those of the baseline. */
  readonly accepted?: readonly AcceptedFinding[];
  /** Ids of the rules that were run; undefined for a file that no rule is about. */
  readonly asked?: readonly string[];
  /** Title of the workflow. */
  readonly title?: string;
  /** SHA-256 of its bytes, in hexadecimal digits. */
  readonly sha256?: string;
}

/** What could not be read, and why. */
export interface UnreadFile {
  readonly path: string;
  readonly reason: string;
}

interface Counts {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** Findings that could not be decided; part of the infos. */
  readonly unknown: number;
  /** Accepted ones, by waiver and by baseline. */
  readonly waived: number;
  readonly known: number;
}

/** In the order of their paths, by code unit, so that no locale has a say. */
export function inOrder(files: readonly CheckedFile[]): readonly CheckedFile[] {
  return [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** Over all files. */
export function countFindings(files: readonly CheckedFile[]): Counts {
  const findings = files.flatMap((file) => file.findings);
  const accepted = files.flatMap((file) => file.accepted ?? []);
  const count = (holds: (finding: Finding) => boolean) => findings.filter(holds).length;
  return {
    files: files.length,
    errors: count(({ severity }) => severity === 'error'),
    warnings: count(({ severity }) => severity === 'warning'),
    infos: count(({ severity }) => severity === 'info'),
    unknown: count(({ verdict }) => verdict === 'unknown'),
    waived: accepted.filter(({ waiver }) => waiver).length,
    known: accepted.filter(({ waiver }) => !waiver).length,
  };
}

/** Line and column as people count them, from 1. */
export function placeOf(file: CheckedFile, offset: number): LineColumn {
  const { line, column } = positionAt(file.lineStarts, Math.min(offset, file.text.length));
  return { line: line + 1, column: column + 1 };
}

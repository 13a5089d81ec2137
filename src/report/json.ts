// Findings as JSON, for programs. A contract: what is here stays; what is new comes with a new `version` or a new key.
import type { Range } from '../language/source.ts';
import type { WaiverFields } from '../language/vocabulary.ts';
import { type CheckedFile, inOrder, placeOf } from './checked-file.ts';

/** One object with all findings, files in order. */
export function renderJson(files: readonly CheckedFile[]): string {
  return `${JSON.stringify(reportAsData(files), undefined, 2)}\n`;
}

/** Accepted findings stand apart, each with its waiver, or null for one of the baseline; the key is absent where there are none. */
function reportAsData(files: readonly CheckedFile[]) {
  const accepted = inOrder(files).flatMap((file) =>
    (file.accepted ?? []).map(({ finding: { rule, severity, message, range, place }, waiver }) => ({
      rule,
      severity,
      message,
      file: file.path,
      range: rangeOf(file, range),
      place,
      waiver: waiver ? waiverAsData(waiver) : null,
    })),
  );
  const findings = findingsAsData(files);
  return { version: 1, files: files.length, findings, ...(accepted.length > 0 ? { accepted } : {}) };
}

function waiverAsData({ reason, owner, approvedBy, ticket, expires }: WaiverFields) {
  return {
    reason: reason?.value ?? null,
    owner: owner?.name ?? null,
    approvedBy: approvedBy?.name ?? null,
    ticket: ticket?.value ?? null,
    expires: expires ? new Date(expires.value).toISOString().slice(0, 10) : null,
  };
}

/** The findings of all files as plain data, files in order. */
export function findingsAsData(files: readonly CheckedFile[]) {
  return inOrder(files).flatMap((file) =>
    file.findings.map(({ rule, severity, verdict, message, range, place, witness, clauses, fixes, also = [] }) => ({
      rule,
      severity,
      verdict,
      message,
      file: file.path,
      range: rangeOf(file, range),
      place,
      witness: witness.map(({ step, edge, range: at, note }) => ({
        step,
        edge: edge ? { kind: edge.kind, label: edge.label } : null,
        range: rangeOf(file, at),
        note,
      })),
      clauses: clauses.map(({ standard, edition, ref, status, appliesFrom }) => ({
        standard,
        edition,
        ref,
        status,
        ...(appliesFrom === undefined ? {} : { appliesFrom }),
      })),
      fixes: fixes.map(({ title, safety, edits }) => ({
        title,
        safety,
        edits: edits.map((edit) => ({ range: rangeOf(file, edit.range), text: edit.text })),
      })),
      also: also.map((folded) => folded.rule),
    })),
  );
}

/** Lines and columns from 1, columns in UTF-16 units. */
function rangeOf(file: CheckedFile, { start, end }: Range) {
  return { start: placeOf(file, start), end: placeOf(file, Math.max(start, end)) };
}

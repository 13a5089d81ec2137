// What was found in a text, at the places where it stands after an edit. A finding that the edit touches, or whose path it
// touches, is left out: whether it is still true nobody knows before the next check.
import type { Range } from '../language/source.ts';
import type { Finding } from '../rules/finding.ts';

/** What was found by the last check that came to its end. */
export interface Former {
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** Its own copies without fixes, so that nothing that the check was made with is held. */
export function formerOf(text: string, findings: readonly Finding[]): Former {
  return { text, findings: findings.map((finding) => at(finding, finding.range, finding.witness)) };
}

/** Those of its findings that an edit to `text` left alone. */
export function movedFindings({ text: before, findings }: Former, text: string): readonly Finding[] {
  const move = moving(before, text);
  return findings.flatMap((finding) => {
    const range = move(finding.range);
    const witness = finding.witness.flatMap((step) => {
      const moved = move(step.range);
      return moved ? [{ ...step, range: moved }] : [];
    });
    return range && witness.length === finding.witness.length ? [at(finding, range, witness)] : [];
  });
}

/** Where a range of the text before stands now; undefined for one that touches what is not the same. */
function moving(before: string, text: string): (range: Range) => Range | undefined {
  if (before === text) return (range) => range;
  const shorter = Math.min(before.length, text.length);
  let start = 0;
  while (start < shorter && before[start] === text[start]) start++;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === text[text.length - 1 - same]) same++;
  const end = before.length - same;
  const by = text.length - before.length;
  return (range) => {
    if (range.end < start) return range;
    return range.start > end ? { start: range.start + by, end: range.end + by } : undefined;
  };
}

/** Fixes belong to a check: their edits are for its text. */
function at(finding: Finding, range: Range, witness: Finding['witness']): Finding {
  const { rule, severity, verdict, message, place, clauses, own, also } = finding;
  const known = { rule, severity, verdict, message, range, place, witness, clauses, fixes: [] };
  return { ...known, ...(own ? { own } : {}), ...(also ? { also } : {}) };
}

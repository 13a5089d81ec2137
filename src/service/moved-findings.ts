// What was found in a text, at the places where it stands after an edit. A finding that the edit touches, or whose path it
// touches, is left out: whether it is still true nobody knows before the next check.
import { editBetween, movedRange } from '../language/moved-ranges.ts';
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
  if (before === text) return findings;
  const edited = editBetween(before, text);
  const move = (range: Range) =>
    range.end < edited.start || range.start > edited.before ? movedRange(range, edited) : undefined;
  return findings.flatMap((finding) => {
    const range = move(finding.range);
    const witness = finding.witness.flatMap((step) => {
      const moved = move(step.range);
      return moved ? [{ ...step, range: moved }] : [];
    });
    return range && witness.length === finding.witness.length ? [at(finding, range, witness)] : [];
  });
}

/** Fixes belong to a check: their edits are for its text. */
function at(finding: Finding, range: Range, witness: Finding['witness']): Finding {
  const { rule, severity, verdict, message, place, clauses, own, also } = finding;
  const known = { rule, severity, verdict, message, range, place, witness, clauses, fixes: [] };
  return { ...known, ...(own ? { own } : {}), ...(also ? { also } : {}) };
}

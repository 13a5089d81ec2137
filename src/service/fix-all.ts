// Every safe fix of a file at once: those that do not overlap, then those of the text they leave, until none is left.
// What comes out is one list of edits of the text as it was.

import { applied } from '../language/edit.ts';
import type { TextEdit } from '../language/source.ts';
import type { Finding } from '../rules/finding.ts';

/** Fixes may make room for others, so many times at most. */
const maxRounds = 10;

export interface FixedText {
  readonly text: string;
  /** Of the text as it was. */
  readonly edits: readonly TextEdit[];
  /** How many fixes were made. */
  readonly count: number;
}

/** `findingsOf` answers what is found in a text; of one rule alone where `rule` is named. */
export function fixAll(text: string, findingsOf: (text: string) => readonly Finding[], rule?: string): FixedText {
  let current: FixedText = { text, edits: [], count: 0 };
  let findings = findingsOf(text);
  for (let round = 0; round < maxRounds; round++) {
    const fixes = findings.map((finding) => safeFix(finding, rule)).filter((edits) => edits !== undefined);
    const chosen = withoutOverlaps(fixes);
    if (chosen.length === 0) break;
    // Each fix is safe on its own; where several together are not, one of them is made.
    const made = [chosen, ...(chosen.length > 1 ? chosen.map((each) => [each]) : [])]
      .map((some) => ({ some, next: applied(current.text, some.flat()) }))
      .find(({ next }) => next !== current.text && errorsIn(findingsOf(next)) <= errorsIn(findings));
    if (!made) break;
    const { some, next } = made;
    current = { text: next, edits: composed(text, current.edits, some.flat()), count: current.count + some.length };
    findings = findingsOf(next);
  }
  return current;
}

/** The one fix of a finding that keeps what the author stated; undefined where there is none, or a choice. */
export function safeFix({ fixes, rule: own }: Finding, rule = own): readonly TextEdit[] | undefined {
  const [fix, ...more] = fixes.filter(({ safety }) => safety === 'safe');
  return fix && more.length === 0 && own === rule ? fix.edits : undefined;
}

/** Those that touch no edit of one before; the same fix of two findings is made once. */
function withoutOverlaps(fixes: readonly (readonly TextEdit[])[]): readonly (readonly TextEdit[])[] {
  const taken: TextEdit[] = [];
  return fixes.filter((edits) => {
    const free = edits.every((edit) => taken.every((other) => !touches(edit, other)));
    if (free) taken.push(...edits);
    return free && edits.length > 0;
  });
}

function touches({ range: a }: TextEdit, { range: b }: TextEdit): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function errorsIn(findings: readonly Finding[]): number {
  return findings.filter(({ severity }) => severity === 'error').length;
}

/** A part of a text: of the first one, or written since. */
type Piece = { readonly start: number; readonly end: number } | { readonly written: string };

/** Edits of the first text that say the same as `first` and then `second`, which is about the text after `first`. */
export function composed(text: string, first: readonly TextEdit[], second: readonly TextEdit[]): readonly TextEdit[] {
  const pieces = replacedIn(replacedIn([{ start: 0, end: text.length }], first), second);
  const edits: TextEdit[] = [];
  let at = 0;
  let written = '';
  for (const piece of [...pieces, { start: text.length, end: text.length }]) {
    if ('written' in piece) {
      written += piece.written;
      continue;
    }
    if (piece.start === piece.end && piece.start < text.length) continue;
    if (written !== '' || piece.start > at) edits.push({ range: { start: at, end: piece.start }, text: written });
    at = piece.end;
    written = '';
  }
  return edits;
}

function replacedIn(pieces: readonly Piece[], edits: readonly TextEdit[]): readonly Piece[] {
  const ordered = [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  let left = pieces;
  const result: Piece[] = [];
  let at = 0;
  for (const { range, text } of ordered) {
    const [before, rest] = cut(left, range.start - at);
    result.push(...before, { written: text });
    left = cut(rest, range.end - range.start)[1];
    at = range.end;
  }
  return [...result, ...left];
}

/** The first `length` characters, and what is behind. */
function cut(pieces: readonly Piece[], length: number): readonly [readonly Piece[], readonly Piece[]] {
  const before: Piece[] = [];
  let needed = length;
  for (const [index, piece] of pieces.entries()) {
    const size = 'written' in piece ? piece.written.length : piece.end - piece.start;
    if (size > needed) {
      const [head, tail] = halves(piece, needed);
      return [needed > 0 ? [...before, head] : before, [tail, ...pieces.slice(index + 1)]];
    }
    before.push(piece);
    needed -= size;
  }
  return [before, []];
}

function halves(piece: Piece, at: number): readonly [Piece, Piece] {
  if ('written' in piece) return [{ written: piece.written.slice(0, at) }, { written: piece.written.slice(at) }];
  return [
    { start: piece.start, end: piece.start + at },
    { start: piece.start + at, end: piece.end },
  ];
}

// "Did you mean": the known word nearest to a mistyped one.
import { distance } from 'fastest-levenshtein';

/**
 * The nearest of `known` within one edit of a short word, two of a longer one, three of a long one (Levenshtein; two
 * swapped letters are two edits), or undefined. Ties go to the first.
 */
export function suggest(word: string, known: Iterable<string>): string | undefined {
  const limit = word.length < 5 ? 1 : word.length < 9 ? 2 : 3;
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const edits = distance(word.toLowerCase(), candidate.toLowerCase());
    if (edits < bestDistance) {
      best = candidate;
      bestDistance = edits;
    }
  }
  return best;
}

/** ` Did you mean 'x'?`, or nothing. */
export function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : ` Did you mean '${suggestion}'?`;
}

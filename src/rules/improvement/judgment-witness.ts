// The witness of a fault about judgments of AI output: for each, how the output comes there, and what is missing.
import type { AiReview } from '../../analysis/ai-reviews.ts';
import { along, here } from '../evidence.ts';
import type { WitnessStep } from '../finding.ts';

/** The first few judgments show the whole way; of the others, the step says enough. */
const shownWhole = 3;

/** `what` is missing, such as `and is not measured`. */
export function judgmentWitness(reviews: readonly AiReview[], what: string): readonly WitnessStep[] {
  return reviews.flatMap((review, i) => {
    const { step, judged } = review;
    const note = `judges '${judged}', which an AI made, ${what}`;
    const way = i < shownWhole ? review.path : undefined;
    if (!way || way.edges.length === 0) return here(step.id, step.range, note);
    return along(way.edges, note, (node) => (node === way.source?.node ? `the AI writes '${way.written}'` : ''));
  });
}

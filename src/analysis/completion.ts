// Whether a step ended by itself, so that what it writes and ensures has happened, or something struck meanwhile.
import type { Step } from '../language/model.ts';
import { declaredOutcomes } from '../language/outcomes.ts';
import { builtInOutcomes, endOutcomes } from '../language/vocabulary.ts';
import type { FlowEdge } from './flow-graph.ts';

const unjudged = new Set(['timeout', 'error', 'unavailable', 'absent', 'cancel', 'timer', 'escalation', 'refused']);

/** True at outcomes at which the step's writes have happened: it ended by itself and not by what struck meanwhile. */
export function completes(edge: Pick<FlowEdge, 'outcome' | 'interrupt' | 'from'>): boolean {
  const { outcome, interrupt, from } = edge;
  if (outcome === undefined || interrupt || unjudged.has(outcome)) return false;
  return from.step === undefined || from.step.kind === 'wait' || isResult(outcome, from.step);
}

const results: ReadonlySet<string> = new Set([
  ...Object.keys(builtInOutcomes),
  ...Object.keys(endOutcomes),
  ...['uphold', 'reverse', 'sample'],
]);

/** An outcome of the language or of the step; anything else in `on` is an event that strikes while it is at work. */
function isResult(outcome: string, step: Step): boolean {
  return results.has(outcome) || declaredOutcomes(step).some(({ value }) => value === outcome);
}

/**
 * People judge what an AI made, and nobody sees how they do it: near zero, an override rate says that they only stamp;
 * high, that the AI is no help. Measure the rate with a bound on each side, and the time they take.
 */
import { type AiReview, aiReviews } from '../../analysis/ai-reviews.ts';
import type { Workflow } from '../../language/model.ts';
import { parseNumber, parseShare } from '../../language/values.ts';
import { joined, quoted } from '../../language/wording.ts';
import { here } from '../evidence.ts';
import { addMetrics, type Metric, measures, metricsOf, metricsRange, rootOfNone } from '../performance/metrics.ts';
import type { Report, Rule } from '../rule.ts';
import { euAiAct, mgf, nistAiRmf } from '../standards.ts';
import { judgmentWitness } from './judgment-witness.ts';

export const overrideRateMonitored: Rule = {
  id: 'improvement/override-rate-monitored',
  severity: 'warning',
  summary:
    'How often people overrule an AI is measured with a lower and an upper bound, and so is the time they take to judge.',
  seed: ['S7', 'S15'],
  clauses: [mgf('2.2.2'), euAiAct('14(4)(b)'), euAiAct('26(5)'), nistAiRmf('MEASURE 1.2')],
  check(analyses, report) {
    const { workflow } = analyses;
    const [rates, times] = [metricsOf('override-rate', workflow), metricsOf('review-time', workflow)];
    if (!rates || !times) return;
    // Steps of a called file are measured there.
    const reviews = analyses.derived(aiReviews).filter(({ step }) => workflow.steps.has(step.id));
    const lacks = (metrics: readonly Metric[]) =>
      reviews.filter(({ step }) => !metrics.some((metric) => measures(metric, step, workflow)));
    const [unrated, untimed] = [lacks(rates), lacks(times)];
    checkMissing(unrated, untimed, workflow, report);
    const first = reviews.find(({ step }) => rates.some((metric) => measures(metric, step, workflow)));
    for (const rate of first ? rates : []) checkBounds(rate, report);
  },
};

/** What is not measured at all is one fault, however many judgments it is about. */
function checkMissing(
  unrated: readonly AiReview[],
  untimed: readonly AiReview[],
  workflow: Workflow,
  report: Report,
): void {
  const open = [...new Set([...unrated, ...untimed])];
  if (open.length === 0) return;
  const missing = [
    ...(unrated.length > 0 ? [`how often ${namesOf(unrated)} overrules the AI`] : []),
    ...(untimed.length > 0 ? [`how long ${namesOf(untimed)} takes`] : []),
  ];
  const kinds = [...(unrated.length > 0 ? ["'override-rate'"] : []), ...(untimed.length > 0 ? ["'review-time'"] : [])];
  const wanted = [
    { id: 'overruled', kind: 'override-rate', of: unrated.map(({ step }) => step), target: '[3%, 30%]' },
    { id: 'time-to-judge', kind: 'review-time', of: untimed.map(({ step }) => step), target: '[2m, 30m]' },
  ].filter(({ of }) => of.length > 0);
  const edits = addMetrics(wanted, workflow);
  const what = kinds.length > 1 ? 'metrics' : 'a metric';
  report({
    range: metricsRange(workflow),
    place: 'workflow',
    message: `Nobody measures ${missing.join(', nor ')}. Add ${what} of the kind ${joined(kinds)} with a lower and an upper bound.`,
    witness: judgmentWitness(open, 'and is not measured'),
    fixes: edits ? [{ title: `Add ${what} to begin with`, edits, safety: 'meaning-changing' }] : [],
    ...rootOfNone(workflow),
  });
}

function namesOf(reviews: readonly AiReview[]): string {
  return quoted(
    reviews.map(({ step }) => step.id),
    'or',
  );
}

/** A rate is never below nothing or above all: such a bound alerts nobody. */
function checkBounds({ id, target, $: origin }: Metric, report: Report): void {
  const bounds = (target ?? []).map((bound) =>
    bound.kind === 'scalar' ? (parseShare(bound.text) ?? parseNumber(bound.text)) : undefined,
  );
  const [lower, upper] = bounds;
  const isKnown = bounds.every((bound) => bound !== undefined);
  const missing = [
    ...(lower !== undefined && lower <= 0 ? ['lower'] : []),
    ...(bounds.length === 1 || (upper !== undefined && upper >= 1 && lower !== undefined && lower <= 1)
      ? ['upper']
      : []),
  ];
  if (!target || !isKnown || missing.length === 0) return;
  const range = origin.valueRange('target') ?? origin.range;
  const name = id ? `'${id.value}'` : 'this metric';
  const blind = missing.includes('lower') ? 'people who only agree are not seen' : 'an AI that is no help is not seen';
  report({
    range,
    place: 'workflow',
    message: `The target of ${name} has no ${joined(missing, 'or')} bound, so ${blind}. Set a lower and an upper one, such as [3%, 30%].`,
    witness: here('workflow', range, `alerts nobody on the ${joined(missing)} side`),
  });
}

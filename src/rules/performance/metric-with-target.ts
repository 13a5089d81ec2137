/**
 * AI takes part, and nobody can tell whether the work still reaches its purpose: the outcome, or the quality of what the
 * AI does, is not measured, or not against a target with someone who acts. Add the metric, or what it lacks.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { addEntry } from '../../language/edit.ts';
import { isAi, type Step, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { joined, quoted } from '../../language/wording.ts';
import { here } from '../evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { euAiAct, iso42001, nistAiRmf, nistGenAi } from '../standards.ts';
import { addMetrics, type Metric, measures, metricsOf, metricsRange, rootOfNone, valueFor } from './metrics.ts';

export const metricWithTarget: Rule = {
  id: 'performance/metric-with-target',
  severity: 'warning',
  summary:
    'The outcome of a workflow with AI and the quality of each AI step are measured, against a target and with someone who acts.',
  seed: ['S7', 'S21'],
  clauses: [
    nistAiRmf('MEASURE 1.1'),
    nistAiRmf('MEASURE 2.3'),
    nistAiRmf('MANAGE 1.1'),
    iso42001('9.1'),
    iso42001('A.9.3'),
    euAiAct('15(3)'),
    euAiAct('9(8)'),
    nistGenAi('GV-1.3-002'),
  ],
  specializes: ['improvement/override-rate-monitored'],
  check(analyses, report) {
    const { workflow } = analyses;
    checkMissing(aiSteps(analyses), workflow, report);
    for (const metric of workflow.fields?.metrics ?? []) {
      if (metric.kind?.value === 'outcome' || metric.kind?.value === 'quality') checkMetric(metric, workflow, report);
    }
  },
};

/** Steps that an AI performs and a case can reach. */
function aiSteps({ workflow, graph, reachability }: Analyses): readonly Step[] {
  return [...workflow.steps.values()].filter((step) => {
    const node = graph.nodeOf(step);
    return step.performers.some(isAi) && step.kind !== 'scope' && node !== undefined && reachability.isReachable(node);
  });
}

/** What is not measured at all is one fault, however many metrics it takes. */
function checkMissing(steps: readonly Step[], workflow: Workflow, report: Report): void {
  const [outcomes, qualities] = [metricsOf('outcome', workflow), metricsOf('quality', workflow)];
  if (steps.length === 0 || !outcomes || !qualities) return;
  const open = steps.filter((step) => !qualities.some((metric) => measures(metric, step, workflow)));
  const noOutcome = outcomes.length === 0;
  if (!noOutcome && open.length === 0) return;
  const names = quoted(open.map(({ id }) => id));
  const missing = [
    ...(noOutcome ? ['whether the work reaches its purpose'] : []),
    ...(open.length > 0 ? [`how well the AI does ${names}`] : []),
  ];
  const kinds = [...(noOutcome ? ["'outcome'"] : []), ...(open.length > 0 ? ["'quality'"] : [])];
  const range = metricsRange(workflow);
  const wanted = [
    ...(noOutcome ? [{ id: 'purpose-reached', kind: 'outcome', of: 'workflow', target: '[95%, 100%]' } as const] : []),
    ...(open.length > 0 ? [{ id: 'ai-quality', kind: 'quality', of: open, target: '[90%, 100%]' }] : []),
  ];
  const edits = addMetrics(wanted, workflow);
  const metric = kinds.length > 1 ? 'metrics' : 'a metric';
  report({
    range,
    place: 'workflow',
    message: `Nobody measures ${missing.join(', nor ')}. Add ${metric} of the kind ${joined(kinds)} with a target, an owner and what happens outside it.`,
    witness: [
      ...here('workflow', range, noOutcome ? "has no metric of the kind 'outcome'" : 'has metrics'),
      ...open.flatMap(({ id, range: at }) =>
        here(id, at, "an AI works here, and no metric of the kind 'quality' is of it"),
      ),
    ],
    fixes: edits ? [{ title: `Add ${metric} to begin with`, edits, safety: 'meaning-changing' }] : [],
    ...rootOfNone(workflow),
  });
}

const parts = ['source', 'target', 'owner', 'on-breach'];

function checkMetric({ id, kind, target, $: origin }: Metric, workflow: Workflow, report: Report): void {
  const missing = parts.filter((key) => !origin.keyRange(key));
  const isEmpty = target?.length === 0;
  if (missing.length === 0 && !isEmpty) return;
  const range = isEmpty ? (origin.valueRange('target') ?? origin.range) : (id?.range ?? origin.range);
  const all = [...missing, ...(isEmpty ? ['target'] : [])].map((key) => `'${key}'`);
  const name = id ? `The metric '${id.value}'` : 'A metric';
  report({
    range,
    place: 'workflow',
    message: `${name} has no ${joined(all, 'or')}, so nobody acts on it. Add ${all.length > 1 ? 'them' : 'it'}.`,
    witness: here('workflow', range, `is a metric without ${joined(all, 'and')}`),
    fixes: isEmpty ? [] : complete(missing, kind?.value, origin.node, workflow),
  });
}

function complete(
  missing: readonly string[],
  kind: string | undefined,
  node: Metric['$']['node'],
  workflow: Workflow,
): readonly Fix[] {
  const edits = missing.map((key) => {
    const value = valueFor(key, kind, workflow);
    return node && value ? addEntry(workflow.file.text, node, key, value) : undefined;
  });
  if (edits.some((edit) => edit === undefined)) return [];
  const title = `Add ${quoted(missing)} to begin with`;
  return [{ title, edits: edits.flatMap((edit) => edit ?? []), safety: 'meaning-changing' }];
}

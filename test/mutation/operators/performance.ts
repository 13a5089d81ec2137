// Faults of performance: promises that do not hold, numbers that nobody watches, evidence that is stale, queues that grow.
import {
  type Design,
  drop,
  eachElement,
  eachEntry,
  eachStep,
  isAiStep,
  kindOf,
  listOf,
  mutant,
  type Operator,
  stepsOf,
} from '../operator.ts';
import { timeOperators } from './performance-times.ts';
import { agentsAtWork, namesIn } from './work.ts';

const measured = (metric: Design) => metric.kind === 'outcome' || metric.kind === 'quality';

const metrics: readonly Operator[] = [
  {
    rule: 'performance/metric-with-target',
    name: 'no longer measures the outcome or the quality of an AI',
    mutants: (design) =>
      eachElement(design, 'metrics', (metric, index, copy) => {
        if (!measured(metric) || !stepsOf(copy).some(({ step }) => step.mode)) return false;
        copy.metrics.splice(index, 1);
      }),
  },
  ...['source', 'target', 'owner', 'on-breach'].map(
    (key): Operator => ({
      rule: 'performance/metric-with-target',
      name: `drops '${key}' of a metric`,
      mutants: (design) => eachElement(design, 'metrics', (metric) => measured(metric) && drop(metric, key)),
    }),
  ),
  {
    rule: 'performance/metric-with-target',
    name: 'measures the work of someone else',
    mutants: (design) =>
      eachElement(design, 'metrics', (metric, _index, copy) => {
        const other = stepsOf(copy).find(({ step }) => kindOf(step) === 'task' && !isAiStep(step, copy));
        if (metric.kind !== 'quality' || !other) return false;
        metric.of = other.id;
      }),
  },
];

/** Mutants for evidence of agents at work, each the only one for its agent. */
const eachEvidence = (design: Design, change: (evidence: Design, index: number, copy: Design) => unknown) =>
  eachElement(design, 'evidence', (evidence, index, copy) => {
    const others = listOf<Design>(copy.evidence).filter(({ of }) => of === evidence.of);
    if (others.length > 1 || !agentsAtWork(copy).includes(evidence.of)) return false;
    return change(evidence, index, copy);
  });

const evidence: readonly Operator[] = [
  {
    rule: 'performance/eval-evidence-stale',
    name: 'has evidence of another version',
    // What an AI says of its own work is calibrated by the same evidence.
    also: ['oversight/gate-self-assessed'],
    mutants: (design) =>
      eachEvidence(design, (one) => {
        one.model = `${one.model}-old`;
      }),
  },
  {
    rule: 'performance/eval-evidence-stale',
    name: 'has evidence of no model in particular',
    mutants: (design) => eachEvidence(design, (one) => drop(one, 'model')),
  },
  {
    rule: 'performance/eval-evidence-stale',
    name: 'has no evidence at high risk',
    mutants: (design) =>
      eachEvidence(design, (_one, index, copy) => {
        if (copy.risk?.tier !== 'high') return false;
        copy.evidence.splice(index, 1);
      }),
  },
  {
    rule: 'performance/eval-evidence-stale',
    name: 'has evidence from another use',
    mutants: (design) =>
      eachEvidence(design, (one) => {
        one.context = ['a-trial'];
      }),
  },
  {
    rule: 'performance/eval-evidence-stale',
    name: 'is used for more than was tested',
    mutants: (design) =>
      mutant(design, 'context', (copy) => {
        if (!copy.context || !copy.evidence) return false;
        copy.context.push('abroad');
      }),
  },
  {
    rule: 'performance/eval-evidence-stale',
    name: 'has evidence that is too old',
    mutants: (design) =>
      eachEvidence(design, (one, _index, copy) => {
        one.date = '2020-01-01';
        copy.parameters = { ...copy.parameters, 'max-evidence-age': '2000d' };
      }),
  },
];

const queues: readonly Operator[] = [
  {
    rule: 'performance/queue-unstable',
    name: 'gets more work than people can do',
    mutants: (design) =>
      mutant(design, 'volume', (copy) => {
        const isBounded = Object.values<Design>(copy.actors ?? {}).some(({ capacity }) => capacity);
        if (!copy.volume || !isBounded) return false;
        copy.volume['per-day'] = [90000, 90000];
      }),
  },
  {
    rule: 'performance/queue-unstable',
    name: 'leaves those who judge a minute a day',
    mutants: (design) =>
      eachEntry(design, 'actors', (actor, id, copy) => {
        const judges = stepsOf(copy).some(
          ({ step }) => step.by === id && step['min-minutes'] && kindOf(step) !== 'task',
        );
        if (!copy.volume || !actor.capacity || !judges) return false;
        actor.capacity = { 'minutes-per-day': 1 };
      }),
  },
  {
    rule: 'performance/queue-unstable',
    name: 'takes long for work that nobody judges',
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        // How often work comes that something went wrong with is not known.
        const isUsual = stepsOf(copy).some(({ step: other }) => namesIn(other.next).includes(id));
        if (!copy.volume || !step.effort || !copy.actors?.[step.by]?.capacity || !isUsual) return false;
        step.effort = '90000m';
      }),
  },
  {
    rule: 'performance/queue-unstable',
    name: 'does too few at once',
    mutants: (design) =>
      eachStep(design, (step) => {
        if (!step.batch) return false;
        step.batch = 2;
      }),
  },
];

export const performanceOperators: readonly Operator[] = [...timeOperators, ...metrics, ...evidence, ...queues];

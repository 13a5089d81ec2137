// Faults of improvement: what people overrule goes nowhere, nobody watches how they judge, agents change unmeasured.
import {
  type Design,
  drop,
  eachElement,
  isAiStep,
  kindOf,
  listOf,
  mutant,
  type Operator,
  type Step,
  stepsOf,
} from '../operator.ts';
import { dataIn } from './data-classes.ts';
import { regressionOperators } from './regression.ts';
import { addKept, agentsAtWork, aiWork, derivations, namesIn, stepIn } from './work.ts';

/** Where people reject or change what an AI made, and nobody has made it again by hand or changed it just before. */
function overrules(design: Design, point: string): boolean {
  const [id = '', outcome] = point.split('.');
  const step = stepIn(design, id);
  const made = aiWork(design).flatMap((work) => derivations(work.step).map(([out]) => out));
  const judged = dataIn(step.reviews, step.covers).filter((data) => made.includes(data));
  const before = stepsOf(design).filter((site) =>
    namesIn([site.step.next, { ...site.step.on, modify: undefined }]).includes(id),
  );
  const redone = (work: Step) =>
    !isAiStep(work, design) && judged.every((data) => derivations(work).some(([out]) => out === data));
  const isOverruling = (outcome === 'modify' || outcome === 'reject') && !isAiStep(step, design);
  return isOverruling && judged.length > 0 && !before.every((site) => redone(site.step));
}

const pointsOf = (design: Design) => listOf<Design>(design.feedback).flatMap(({ from }) => listOf<string>(from));

const learning: readonly Operator[] = [
  {
    rule: 'improvement/overrides-feed-back',
    name: 'forgets what people overrule',
    mutants: (design) =>
      pointsOf(design).flatMap((point) =>
        mutant(design, point, (copy) => {
          if (!overrules(copy, point)) return false;
          for (const entry of copy.feedback) entry.from = listOf<string>(entry.from).filter((one) => one !== point);
        }),
      ),
  },
  {
    rule: 'improvement/overrides-feed-back',
    name: 'keeps nothing of what people overrule',
    mutants: (design) =>
      mutant(
        design,
        'feedback',
        (copy) => pointsOf(copy).some((point) => overrules(copy, point)) && drop(copy, 'feedback'),
      ),
  },
  {
    rule: 'improvement/overrides-feed-back',
    name: 'keeps what people overrule where nobody looks',
    mutants: (design) =>
      eachElement(design, 'feedback', (entry, _index, copy) => {
        if (!pointsOf(copy).some((point) => overrules(copy, point))) return false;
        copy.stores = { ...copy.stores, attic: { kind: 'feedback' } };
        entry.to = 'attic';
      }),
  },
];

/** Metrics of how people judge what an AI made. */
const ofJudging = (metric: Design) => metric.kind === 'override-rate' || metric.kind === 'review-time';

const watching: readonly Operator[] = [
  {
    rule: 'improvement/override-rate-monitored',
    name: 'no longer measures how people judge an AI',
    mutants: (design) =>
      eachElement(design, 'metrics', (metric, index, copy) => {
        if (!ofJudging(metric)) return false;
        copy.metrics.splice(index, 1);
      }),
  },
  {
    rule: 'improvement/override-rate-monitored',
    name: 'measures how people judge an AI at some other step',
    mutants: (design) =>
      eachElement(design, 'metrics', (metric, _index, copy) => {
        const other = stepsOf(copy).find(({ step }) => kindOf(step) === 'task');
        if (!ofJudging(metric) || !other) return false;
        metric.of = other.id;
      }),
  },
  ...[
    ['0%', '30%'],
    ['3%', '100%'],
    ['0%', '100%'],
  ].map(
    (target): Operator => ({
      rule: 'improvement/override-rate-monitored',
      name: `accepts any override rate from ${target.join(' to ')}`,
      mutants: (design) =>
        eachElement(design, 'metrics', (metric) => {
          if (metric.kind !== 'override-rate') return false;
          metric.target = target;
        }),
    }),
  ),
];

/** What makes another agent of it, for each agent at work. */
const changes: Readonly<Record<string, (agent: Design, id: string, design: Design) => unknown>> = {
  'another provider of the model': (agent) => {
    for (const model of listOf<Design>(agent.model)) model.provider = 'other-provider';
  },
  'other instructions': (agent) => {
    agent.instructions = 'Be brief.';
  },
  'another version of a tool': (agent) => {
    const [tool] = Object.values<Design>(agent.tools ?? {});
    if (!tool) return false;
    tool.version = `${tool.version}.9`;
  },
  'other data': (_agent, id, design) => {
    const work = aiWork(design).find(({ step }) => listOf(step.by).includes(id) && derivations(step).length > 0);
    if (!work) return false;
    addKept(design, 'table', { class: 'public' });
    work.step.reads = [...listOf(work.step.reads), 'table'];
    work.step.writes = Object.fromEntries(derivations(work.step).map(([out, from]) => [out, [...from, 'table']]));
  },
};

/** A new entry beside the evidence that there is. */
function evaluate(id: string, design: Design): void {
  const old = listOf<Design>(design.evidence).find(({ of }) => of === id);
  design.evidence = [...listOf(design.evidence), { ...old, of: id, ref: 'eval/new', date: '2026-11-20' }];
}

const answers: readonly (readonly [name: string, answer: (id: string, design: Design) => unknown])[] = [
  ['and tells nobody', () => true],
  ['evaluates it, and reviews nothing', evaluate],
  [
    'reviews the design, and evaluates nothing',
    (_id, design) => {
      design.review.last = '2026-11-20';
    },
  ],
];

const reevaluation: readonly Operator[] = [
  ...Object.entries(changes).flatMap(([change, make]) =>
    answers.map(
      ([answer, give]): Operator => ({
        rule: 'improvement/change-without-reeval',
        name: `gives an agent ${change}, ${answer}`,
        againstBase: true,
        mutants: (design) =>
          agentsAtWork(design).flatMap((id) =>
            mutant(design, id, (copy) => {
              if (!copy.review?.last || make(copy.actors[id], id, copy) === false) return false;
              give(id, copy);
            }),
          ),
      }),
    ),
  ),
  {
    rule: 'improvement/change-without-reeval',
    name: 'writes another version into the model and its evidence',
    againstBase: true,
    mutants: (design) =>
      agentsAtWork(design).flatMap((id) =>
        mutant(design, id, (copy) => {
          const [model] = listOf<Design>(copy.actors[id].model);
          const entry = listOf<Design>(copy.evidence).find(({ of }) => of === id);
          if (!model || !entry) return false;
          model.version = 'new-1';
          entry.model = `${model.id}@new-1`;
        }),
      ),
  },
];

const cadence: readonly Operator[] = [
  {
    rule: 'improvement/review-cadence',
    name: 'plans no review of the design',
    // The review was also what read the store of what people overrule.
    also: ['improvement/overrides-feed-back'],
    mutants: (design) => mutant(design, 'review', (copy) => drop(copy, 'review')),
  },
  ...['every', 'by'].map(
    (key): Operator => ({
      rule: 'improvement/review-cadence',
      name: `drops '${key}' of the review`,
      mutants: (design) => mutant(design, 'review', (copy) => drop(copy.review, key)),
    }),
  ),
  {
    rule: 'improvement/review-cadence',
    name: 'is overdue for its review',
    mutants: (design) =>
      mutant(design, 'review', (copy) => {
        if (!copy.review) return false;
        copy.review.last = '2024-01-01';
      }),
  },
  {
    rule: 'improvement/review-cadence',
    name: 'was to be reviewed more often than it was',
    mutants: (design) =>
      mutant(design, 'review', (copy) => {
        if (!copy.review?.last) return false;
        copy.review.every = '1d';
      }),
  },
];

export const improvementOperators: readonly Operator[] = [
  ...learning,
  ...watching,
  ...reevaluation,
  ...regressionOperators,
  ...cadence,
];

// Times that are promised, owed by law, or out of order.
import {
  type Design,
  eachElement,
  eachStep,
  kindOf,
  listOf,
  mutant,
  type Operator,
  type Step,
  stepsOf,
} from '../operator.ts';
import { firstPoint, stepIn } from './work.ts';

/** Service levels for all cases, from the start to whatever end. */
const plainPromise = (design: Design) =>
  listOf<Design>(design.sla).some(({ from, to, when, calendar }) => !from && !to && !when && !calendar);

/** A limit that is longer than everything that is promised. */
const tooLong = '900d';

const promises: readonly Operator[] = [
  {
    rule: 'performance/sla-overrun',
    name: 'promises an hour',
    mutants: (design) =>
      eachElement(design, 'sla', (sla) => {
        sla.max = '1h';
      }),
  },
  {
    rule: 'performance/sla-overrun',
    name: 'lets a step take longer than the whole',
    // What is promised may be a legal duty as well.
    also: ['performance/legal-deadline'],
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        if (!plainPromise(copy) || !copy.steps[id] || !step.within || kindOf(step) === 'scope') return false;
        step.within = tooLong;
      }),
  },
  {
    rule: 'performance/sla-overrun',
    name: 'goes round more often than there is time for',
    // What comes back so often may be more than people can review, too.
    also: ['performance/legal-deadline', 'oversight/review-capacity'],
    mutants: (design) =>
      stepsOf(design).flatMap(({ id, step }) =>
        [...Object.keys(step.on ?? {}).map((key) => ['on', key]), ['next']].flatMap((path) => {
          const targetIn = (own: Step) => path.reduce<Design | undefined>((at, key) => at?.[key], own);
          return targetIn(step)?.max && !targetIn(step)?.when
            ? mutant(design, `${id} ${path.join('.')}`, (copy) => {
                const target = targetIn(stepIn(copy, id));
                if (!plainPromise(copy) || !target) return false;
                target.max = 60;
              })
            : [];
        }),
      ),
  },
  {
    rule: 'performance/legal-deadline',
    name: 'has a legal duty within the hour',
    mutants: (design) =>
      eachElement(design, 'obligations', (obligation) => {
        obligation.within = '1h';
      }),
  },
  {
    rule: 'performance/legal-deadline',
    name: 'lets the step before a legal duty take longer than the law',
    // Also longer than is promised.
    also: ['performance/sla-overrun'],
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        const points = listOf<Design>(copy.obligations).flatMap(({ to }) => listOf<string>(to));
        if (!step.within || !points.some((point) => point.startsWith(`${id}.`))) return false;
        step.within = tooLong;
      }),
  },
  {
    rule: 'performance/legal-deadline',
    name: 'has to be approved by law in a minute',
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        const from = firstPoint(copy);
        if (!from || kindOf(step) !== 'approval' || !step.within) return false;
        copy.obligations = [...listOf(copy.obligations), { from, to: [`${id}.approve`], within: '1m', ref: 'Act 1' }];
      }),
  },
];

const timers: readonly Operator[] = [
  {
    rule: 'performance/timer-order',
    name: 'escalates when the time is over',
    mutants: (design) =>
      eachStep(design, (step) => {
        if (!step.escalate || !step.within) return false;
        step.escalate[0].after = tooLong;
      }),
  },
  {
    rule: 'performance/timer-order',
    name: 'escalates when no time is left for the work',
    mutants: (design) =>
      eachStep(design, (step) => {
        if (!step.escalate || !step.within) return false;
        step['min-minutes'] = 10;
        step.within = '4h';
        step.escalate[0].after = '3h55m';
        delete step.timers;
      }),
  },
  {
    rule: 'performance/timer-order',
    name: 'fires a timer when the time is over',
    mutants: (design) =>
      eachStep(design, (step) => {
        if (!step.timers || !step.within) return false;
        step.timers[0].after = tooLong;
      }),
  },
  {
    rule: 'performance/timer-order',
    name: 'adds a timer that never fires',
    mutants: (design) =>
      eachStep(design, (step) => {
        const to = step.on?.timeout;
        if (kindOf(step) !== 'task' || typeof to !== 'string' || !step.within || step.timers) return false;
        step.timers = [{ after: tooLong, to }];
      }),
  },
  {
    rule: 'performance/timer-order',
    name: 'escalates to someone who is never there then',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const [first] = listOf<Design>(step.escalate);
        const calendar = copy.calendars?.[copy.actors?.[listOf<string>(step.by)[0] ?? '']?.calendar];
        if (!first || calendar?.days !== 'mon-fri') return false;
        copy.calendars.weekend = { ...calendar, days: 'sat-sun' };
        copy.actors['weekend-shift'] = { ...copy.actors[first.to], holders: ['zelda'], calendar: 'weekend' };
        first.to = 'weekend-shift';
      }),
  },
  {
    rule: 'performance/timer-order',
    name: 'ends a scope before its steps can',
    mutants: (design) =>
      eachStep(design, (step) => {
        const inner = Object.values<Step>(step.steps ?? {}).some(({ within }) => within);
        if (!inner || typeof step.on?.error !== 'string') return false;
        step.within = '1m';
        step.on.timeout = step.on.error;
      }),
  },
];

export const timeOperators: readonly Operator[] = [...promises, ...timers];

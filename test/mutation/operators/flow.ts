// Faults of flow: choices with gaps, circles and waits without an end, outcomes that lead nowhere.
import { type Design, drop, eachStep, kindOf, listOf, type Operator, type Step, stepsOf } from '../operator.ts';
import { branchesOf, reaches, stepOf, waysOf, waysTo } from '../ways.ts';
import { flowControlOperators } from './flow-controls.ts';

export const flowOperators: readonly Operator[] = [
  {
    rule: 'flow/condition-gap',
    name: 'drops the else',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const other = branchesOf(step).find((link) => 'else' in link);
        if (!other || typeof other.else !== 'string' || waysTo(other.else, copy) < 2) return false;
        step.next = step.next.filter((link: Design) => link !== other);
      }),
  },
  {
    rule: 'flow/condition-gap',
    name: 'leaves out the value at the limit',
    mutants: (design) =>
      eachStep(design, (step) => {
        const [first, other, ...more] = branchesOf(step);
        const limit = /^(\S+) (<=|<|>|>=) (\S+)$/.exec(first?.when ?? '');
        if (!first || !limit || more.length > 0 || !other || !('else' in other)) return false;
        const [, name, sign = '', value] = limit;
        const { else: to, ...rest } = other;
        first.when = `${name} ${sign[0]} ${value}`;
        step.next[1] = { ...rest, when: `${name} ${sign[0] === '<' ? '>' : '<'} ${value}`, to };
      }),
  },
  {
    rule: 'flow/ambiguous-branch',
    name: 'asks the same a second time',
    mutants: (design) =>
      eachStep(design, (step) => {
        const [first] = branchesOf(step);
        if (!first?.when || typeof first.to !== 'string') return false;
        step.next = [{ ...first }, { when: first.when, to: first.to }, ...step.next.slice(1)];
        for (const link of step.next) delete link.share;
      }),
  },
  {
    rule: 'flow/ambiguous-branch',
    name: 'asks for what cannot be',
    mutants: (design) =>
      eachStep(design, (step) => {
        const [first] = branchesOf(step);
        if (!first?.when || typeof first.to !== 'string') return false;
        step.next = [{ when: `${first.when} && !(${first.when})`, to: first.to }, ...step.next];
        for (const link of step.next) delete link.share;
      }),
  },
  {
    rule: 'flow/unbounded-loop',
    name: 'drops the bound of a circle',
    // How long that takes is not known, nor how often a judge gets it back where no shares are stated.
    also: ['oversight/review-capacity', 'performance/sla-overrun', 'performance/legal-deadline'],
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const bounded = links(step).find(({ max, exhausted }) => max && typeof exhausted === 'string');
        if (!bounded || waysTo(bounded.exhausted, copy) < 2) return false;
        delete bounded.max;
        delete bounded.exhausted;
      }),
  },
  {
    rule: 'flow/unbounded-loop',
    name: 'gives what was refused back to whoever sent it',
    // As above.
    also: ['oversight/review-capacity', 'performance/sla-overrun', 'performance/legal-deadline'],
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        const before = stepsOf(copy).find((other) => kindOf(other.step) === 'task' && other.step.next === id);
        if (!before || typeof step.on?.reject !== 'string' || waysTo(step.on.reject, copy) < 2) return false;
        if (before.around !== stepOf(id, copy)?.around || reaches(step.on.reject, id, copy)) return false;
        step.on.reject = before.id;
      }),
  },
  {
    rule: 'flow/unbounded-loop',
    name: 'says nobody who goes on when the bound is used up',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const bounded = links(step).find(({ max, exhausted }) => max && typeof exhausted === 'string');
        if (!bounded || waysTo(bounded.exhausted, copy) < 2) return false;
        delete bounded.exhausted;
      }),
  },
  {
    rule: 'flow/wait-without-timeout',
    name: 'waits as long as it takes',
    // Nobody knows how long that is.
    also: ['performance/sla-overrun', 'performance/legal-deadline'],
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const goal = step.on?.timeout;
        if (kindOf(step) !== 'wait' || !step.until || !step.within || waysTo(goal, copy) < 2) return false;
        delete step.within;
        delete step.on.timeout;
      }),
  },
  {
    rule: 'flow/wait-without-timeout',
    name: 'asks somebody outside and waits for the answer',
    // As above; and what the AI did is looked at who knows when.
    also: ['performance/sla-overrun', 'performance/legal-deadline', 'visibility/monitor-unsupervised-ai'],
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        const around = stepOf(id, copy)?.around;
        const outside = Object.keys(copy.actors ?? {}).find((name) => copy.actors[name].kind === 'external');
        if (!outside || !around || around.within || kindOf(step) !== 'task' || typeof step.next !== 'string')
          return false;
        if (stepOf(step.next, copy)?.step.join) return false;
        around.steps['wait-here'] = { wait: 'Wait for the answer', until: 'message', from: outside, next: step.next };
        step.next = 'wait-here';
      }),
  },
  {
    rule: 'flow/unhandled-outcome',
    name: 'forgets an outcome',
    // What was denied leads no longer to the contest.
    also: ['oversight/contest-route'],
    mutants: (design) =>
      stepsOf(design).flatMap(({ id, step, around }) =>
        Object.keys(step.on ?? {}).flatMap((outcome) => {
          // A time limit may also be written as a timer.
          const timed = outcome === 'timeout' && listOf<Design>(step.timers).some(({ keep }) => !keep);
          const implied = timed || ['absent', 'done', 'approve', 'not-filed', 'cancel'].includes(outcome);
          const caught = [design, design.defaults, around].some((outer) => outer !== step && outer?.on?.[outcome]);
          const goals = waysOf(step).filter(({ at }) => at === outcome);
          const only = goals.some(({ to }) => waysTo(to, design) < 2);
          const own = step.next && listOf(step.outcomes && Object.keys(step.outcomes)).includes(outcome);
          if (implied || caught || only || own || kindOf(step) === 'wait') return [];
          if (kindOf(step) === 'call' || (kindOf(step) === 'scope' && outcome !== 'error')) return [];
          return eachStep(design, (copy, name) => (name === id ? drop(copy.on, outcome) : false), `${outcome} of`);
        }),
      ),
  },
  ...flowControlOperators,
];

/** Branches and bounded edges of a step. */
function links(step: Step): Design[] {
  return [step.next, ...Object.values(step.on ?? {})]
    .flatMap((target) => listOf(target as Design))
    .filter((link) => typeof link === 'object' && link !== null);
}

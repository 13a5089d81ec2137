// Faults of approvals: left out, made stale, of something else, without a way to refuse, by one person where it needs two.
import { type Design, drop, eachStep, kindOf, listOf, mutant, type Operator, type Step, stepsOf } from '../operator.ts';
import {
  consumed,
  containerOf,
  dataOf,
  effectBehind,
  exitsOf,
  failedEnd,
  isByAgent,
  isGrave,
  judgesOfAi,
  lead,
  madeByAi,
  stepAt,
  targetOf,
  written,
} from './sites.ts';

export const approvalOperators: readonly Operator[] = [
  {
    rule: 'oversight/irreversible-unapproved',
    name: 'leads the work of an AI past the approval',
    // Where two have to approve, neither has; and agents whose work nobody sees have to be watched.
    also: [
      'oversight/two-person',
      'structure/unreachable-step',
      'oversight/autonomy-within-tier',
      'visibility/monitor-unsupervised-ai',
    ],
    mutants: (design) =>
      stepsOf(design).flatMap(({ id, step: original }) =>
        exitsOf(original).flatMap(({ to }, number) =>
          mutant(design, `step ${id} to ${to}`, (copy) => {
            const step = stepAt(copy, id);
            const judge = stepAt(copy, to);
            const effect = judge && effectBehind(copy, targetOf(judge, 'approve'));
            if (!step || !effect || kindOf(judge) !== 'approval' || isJudgment(step)) return false;
            const made = madeByAi(copy);
            if (!isGrave(effect.step) || !consumed(effect.step).some((data) => made.has(data))) return false;
            // What people alone have written needs nobody's approval.
            if (kindOf(step) !== 'route' && !isByAgent(step, copy)) return false;
            exitsOf(step)[number]?.set(effect.id);
          }),
        ),
      ),
  },
  {
    rule: 'oversight/irreversible-unapproved',
    name: 'lets an AI do something without the policy that admitted it',
    // No person sees it then, nor what other agents have done before.
    also: ['oversight/autonomy-within-tier'],
    mutants: (design) => admittedToAi(design, (effect) => drop(effect, 'admitted-by')),
  },
  {
    rule: 'oversight/irreversible-unapproved',
    name: 'names a policy that admits something else',
    also: ['oversight/autonomy-within-tier'],
    mutants: (design) =>
      admittedToAi(design, (effect, copy) => {
        copy.policies[effect['admitted-by']].admits = ['something-else'];
      }),
  },
  {
    rule: 'oversight/approval-stale',
    name: 'writes again what was approved',
    // Two have approved something else than what is paid.
    also: ['oversight/two-person'],
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        const effect = effectBehind(copy, targetOf(step, 'approve'));
        const [data] = dataOf(step.covers).filter((one) => effect && consumed(effect.step).includes(one));
        if (kindOf(step) !== 'approval' || !effect || !data) return false;
        const instead = failedEnd(copy, id);
        // Beside a second judge it would be a race.
        if (stepAt(copy, targetOf(step, 'approve'))?.join) return false;
        const isSystem = copy.actors?.[effect.step.by]?.kind === 'system';
        // Whoever acts next polishes it first, so that no handoff comes in between.
        containerOf(copy, id)[`polish-${id}`] = {
          task: 'Polish it',
          by: effect.step.by,
          purpose: effect.step.purpose,
          reads: [data],
          writes: { [data]: [data] },
          ...(isSystem ? { on: { error: instead } } : { within: '1h', on: { timeout: instead } }),
          next: targetOf(step, 'approve'),
        };
        lead(step, 'approve', `polish-${id}`);
      }),
  },
  {
    rule: 'oversight/approve-what-executes',
    name: 'approves what the work is made from',
    // Two have approved something else than what is paid.
    also: ['oversight/two-person'],
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const made = madeByAi(copy);
        const effect = effectBehind(copy, targetOf(step, 'approve'));
        const [data] = dataOf(step.covers).filter((one) => made.has(one));
        if (kindOf(step) !== 'approval' || !effect || !data || !consumed(effect.step).includes(data)) return false;
        const [source] = stepsOf(copy).flatMap((site) => dataOf(site.step.writes?.[data]));
        if (!source || source === data) return false;
        // What one of two desks approves is approved, if only once.
        if (stepAt(copy, targetOf(step, 'approve'))?.join) return false;
        // Whoever changes what comes back to them would judge their own change.
        if (typeof step.on?.modify === 'object' || typeof step.on?.reject === 'object') return false;
        step.covers = [source];
        // Looking at it as well would be a review of it.
        if (step.reviews) step.reviews = dataOf(step.reviews).filter((one) => one !== data);
      }),
  },
  {
    rule: 'oversight/override-possible',
    name: 'leaves only yes or no to whoever judges an AI',
    // A second judge to whom only changes led.
    also: ['structure/unreachable-step'],
    mutants: (design) =>
      judgesOfAi(design, 'approval', 'review').flatMap(({ id }) =>
        mutant(design, `step ${id}`, (copy) => {
          const step = stepAt(copy, id);
          if (!step?.on?.modify || step.outcomes || !comesUnjudged(copy, id)) return false;
          step.outcomes = ['approve', 'reject'];
          delete step.on.modify;
          // Who rewrites it after a refusal corrects it.
          return !correctsAfter(copy, targetOf(step, 'reject'));
        }),
      ),
  },
  {
    rule: 'oversight/override-possible',
    name: 'goes on with what was refused',
    // Nor have two approved it, where it needs two.
    also: ['oversight/two-person'],
    mutants: (design) => judgedEffects(design, 'reject'),
  },
  {
    rule: 'oversight/override-possible',
    name: 'goes on with what was changed',
    // Nor have two approved it, where it needs two; and a second judge to whom only changes led.
    also: ['oversight/two-person', 'structure/unreachable-step'],
    mutants: (design) => judgedEffects(design, 'modify'),
  },
  {
    rule: 'oversight/two-person',
    name: 'lets one person approve alone',
    mutants: (design) => eachStep(design, (step) => drop(step, 'dual')),
  },
  {
    rule: 'oversight/two-person',
    name: 'asks only one of two desks',
    mutants: (design) =>
      design.parameters?.['dual-approval']
        ? eachStep(design, (step, _id, copy) => {
            const all = listOf<string>(step.next?.all);
            if (all.length < 2 || !all.every((id) => kindOf(stepAt(copy, id) ?? {}) === 'approval')) return false;
            step.next = all[0];
            const other = all[1] ?? '';
            const joined = targetOf(stepAt(copy, other) ?? {}, 'approve') ?? '';
            delete copy.steps[other];
            drop(stepAt(copy, joined), 'join');
            removeMentions(copy, other);
          })
        : [],
  },
  {
    rule: 'oversight/two-person',
    name: 'has only one holder where two judge',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const judge = copy.actors?.[step.by];
        if (!step.dual || !judge) return false;
        judge.holders = listOf(judge.holders).slice(0, 1);
      }),
  },
  {
    rule: 'oversight/two-person',
    name: 'gives both desks to the same person',
    mutants: (design) =>
      bothDesks(design, (first, second, copy) => {
        if (!first.by || !second.by || first.by === second.by) return false;
        copy.actors[second.by].holders = copy.actors[first.by].holders;
        for (const by of [first.by, second.by]) drop(copy.actors[by], 'distinct-from');
      }),
  },
  {
    rule: 'oversight/two-person',
    name: 'lets one person sit at both desks',
    mutants: (design) =>
      bothDesks(design, (first, second) => {
        second.by = first.by;
      }),
  },
  {
    rule: 'oversight/two-person',
    name: 'asks for two from a smaller sum on',
    mutants: (design) =>
      mutant(design, 'threshold', (copy) => {
        if (!copy.parameters?.['dual-approval']) return false;
        copy.parameters['dual-approval'] = '100 EUR';
      }),
  },
  {
    rule: 'oversight/two-person',
    name: 'lets the large ones go to pay when time is over',
    // Nobody has answered then.
    also: ['flow/timeout-fails-open'],
    mutants: (design) =>
      eachStep(design, (step) => {
        const to = targetOf(step, 'approve');
        if (!step.dual || !to || !step.on?.timeout) return false;
        step.on.timeout = to;
      }),
  },
  {
    rule: 'oversight/two-person',
    name: 'sends large payments to one person',
    // Their authority ends where two are needed.
    also: ['accountability/authority-limit'],
    mutants: (design) =>
      design.parameters?.['dual-approval']
        ? eachStep(design, (step) => {
            const branches = Array.isArray(step.next) ? step.next : [];
            if (branches.length < 2 || !branches[0].when) return false;
            branches[0].when = branches[0].when.replace('<', '<=');
          })
        : [],
  },
];

function isJudgment(step: Step): boolean {
  return ['approval', 'review', 'decision', 'contest'].includes(kindOf(step));
}

/** Two approvals that have to come together. */
function bothDesks(design: Design, change: (first: Step, second: Step, copy: Design) => unknown) {
  if (!design.parameters?.['dual-approval']) return [];
  return eachStep(design, (step, _id, copy) => {
    const [first, second] = listOf<string>(step.next?.all).map((id) => stepAt(copy, id) ?? {});
    return first && second && [first, second].every((one) => kindOf(one) === 'approval')
      ? change(first, second, copy)
      : false;
  });
}

/** An effect that a policy admits and an AI brings about. */
function admittedToAi(design: Design, change: (effect: Design, copy: Design) => unknown) {
  return eachStep(design, (step, _id, copy) => {
    const effect = listOf<Design>(step.effects).find((one) => one['admitted-by']);
    return effect && isByAgent(step, copy) ? change(effect, copy) : false;
  });
}

/** Something else than a judge leads there, so that nobody has judged what comes. */
function comesUnjudged(design: Design, id: string): boolean {
  return stepsOf(design).some(({ step }) => !isJudgment(step) && exitsOf(step).some(({ to }) => to === id));
}

function correctsAfter(design: Design, id: string | undefined): boolean {
  const step = stepAt(design, id);
  return step !== undefined && kindOf(step) === 'task' && written(step).length > 0;
}

/** An answer that is not yes leads where yes leads, and an effect that weighs comes there. */
function judgedEffects(design: Design, outcome: string) {
  return judgesOfAi(design, 'approval').flatMap(({ id }) =>
    mutant(design, `step ${id}`, (copy) => {
      const step = stepAt(copy, id);
      const to = step && targetOf(step, 'approve');
      const effect = effectBehind(copy, to);
      if (!step || !to || !effect || !isGrave(effect.step) || !targetOf(step, outcome)) return false;
      // A join of all waits for each of its edges.
      if (stepAt(copy, to)?.join) return false;
      if (!dataOf(step.covers).some((data) => consumed(effect.step).includes(data))) return false;
      lead(step, outcome, to);
    }),
  );
}

/** Takes a step out of what is measured and fed back. */
function removeMentions(design: Design, id: string): void {
  for (const metric of listOf(design.metrics)) metric.of = listOf(metric.of).filter((one) => one !== id);
  for (const feedback of listOf(design.feedback))
    feedback.from = listOf<string>(feedback.from).filter((point) => !point.startsWith(`${id}.`));
}

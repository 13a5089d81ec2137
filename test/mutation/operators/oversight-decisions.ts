// Faults of decisions about people: made by machines or by nobody, or with no way to challenge them.
import { type Design, drop, eachStep, kindOf, listOf, mutant, type Operator, type Step, stepsOf } from '../operator.ts';
import { consumed, effectBehind, exitsOf, isByAgent, isGrave, stepAt, stepsOfKind, targetOf } from './sites.ts';

export const decisionOperators: readonly Operator[] = [
  {
    rule: 'oversight/solely-automated-decision',
    name: 'lets a system decide about a person',
    // What an AI has made before is seen by nobody then, and whoever stood in for the person has nothing to do.
    also: [
      'oversight/irreversible-unapproved',
      'oversight/autonomy-within-tier',
      'flow/timeout-fails-open',
      'structure/unreachable-step',
    ],
    mutants: (design) =>
      decisions(design).flatMap(({ id }) =>
        mutant(design, `step ${id}`, (copy) => {
          const step = stepAt(copy, id);
          if (!step) return false;
          copy.actors = {
            ...copy.actors,
            decider: { kind: 'system', clearance: 'special-category', identity: 'decider' },
          };
          step.by = 'decider';
          for (const key of [
            'min-minutes',
            'controls',
            'within',
            'duty',
            'mode',
            'assisted-by',
            'decides',
            'timers',
            'escalate',
          ])
            drop(step, key);
          step.on = { ...step.on, error: step.on.timeout };
          drop(step.on, 'timeout');
          drop(step.on, 'absent');
          for (const metric of listOf<Design>(copy.metrics))
            metric.of = Array.isArray(metric.of) ? metric.of.filter((one: string) => one !== id) : metric.of;
          copy.metrics = listOf<Design>(copy.metrics).filter(({ of }) => of !== id && of?.length !== 0);
        }),
      ),
  },
  {
    rule: 'oversight/solely-automated-decision',
    name: 'lets time run out and counts it as a refusal',
    // Nobody comes to whoever decided then.
    also: ['structure/unreachable-step'],
    mutants: (design) =>
      decisions(design).flatMap(({ id }) =>
        ['timeout', 'absent'].flatMap((outcome) =>
          mutant(design, `${outcome} of step ${id}`, (copy) => {
            const step = stepAt(copy, id);
            if (!step?.on?.[outcome]) return false;
            copy.steps.expired = {
              end: 'Expired',
              outcome: 'rejected',
              informed: [copy.accountable],
              records: ['reason'],
            };
            step.on[outcome] = 'expired';
          }),
        ),
      ),
  },
  {
    rule: 'oversight/solely-automated-decision',
    name: 'brings a decision about past whoever approves it',
    // The reasons stand in the record of that approval.
    also: ['accountability/reasons-recorded', 'structure/unreachable-step'],
    mutants: (design) =>
      stepsOf(design).flatMap(({ id, step: original }) =>
        exitsOf(original).flatMap(({ to }, number) =>
          mutant(design, `step ${id} to ${to}`, (copy) => {
            const step = stepAt(copy, id);
            const judge = stepAt(copy, to);
            if (!step || !judge || kindOf(judge) !== 'approval') return false;
            const effects = exitsOf(judge).flatMap((exit) => effectBehind(copy, exit.to) ?? []);
            const behind = [effectBehind(copy, targetOf(judge, 'approve')), ...effects].find(
              (one) => one && decides(one.step),
            );
            if (!behind) return false;
            exitsOf(step)[number]?.set(behind.id);
          }),
        ),
      ),
  },
  {
    rule: 'oversight/contest-route',
    name: 'ends without a way to challenge the decision',
    // Nobody comes to the contest, nor to what only follows it.
    also: ['structure/unreachable-step'],
    mutants: (design) =>
      stepsOfKind(design, 'contest').flatMap(({ id, step }) =>
        mutant(design, `contest ${id}`, (copy) => {
          const end = targetOf(step, 'not-filed') ?? targetOf(step, 'uphold');
          if (!end) return false;
          for (const site of stepsOf(copy)) for (const exit of exitsOf(site.step)) if (exit.to === id) exit.set(end);
        }),
      ),
  },
  {
    rule: 'oversight/contest-route',
    name: 'says nothing of how long an objection can be filed',
    mutants: (design) => eachStep(design, (step) => drop(step, 'file-within')),
  },
  {
    rule: 'oversight/contest-route',
    name: 'lets nobody reverse the decision',
    mutants: (design) => eachStep(design, (step) => drop(step, 'may-reverse')),
  },
  {
    rule: 'oversight/contest-route',
    name: 'lets whoever decided look at it again',
    // Their authority and their time are for deciding.
    also: ['accountability/authority-limit', 'oversight/review-capacity'],
    mutants: (design) =>
      stepsOfKind(design, 'contest').flatMap(({ id }) =>
        decisions(design)
          .filter(({ step }) => typeof step.by === 'string')
          .slice(0, 1)
          .flatMap(({ id: decision, step: { by } }) =>
            mutant(design, `contest ${id} by ${by} of ${decision}`, (copy) => {
              const contest = stepAt(copy, id);
              if (!contest) return false;
              contest.by = by;
              drop(contest, 'distinct-from');
              contest.on = { ...contest.on, absent: contest.on?.timeout };
            }),
          ),
      ),
  },
  {
    rule: 'oversight/contest-route',
    name: 'tells nobody of the decision',
    mutants: (design) =>
      stepsOfKind(design, 'contest').length === 0
        ? []
        : mutant(design, 'every notice', (copy) => {
            const subject = stepsOfKind(copy, 'contest')[0]?.step.from;
            let told = 0;
            for (const { step } of stepsOf(copy)) {
              const effects = listOf<Design>(step.effects);
              if (!effects.some(({ to, kind }) => to === subject && kind === 'message')) continue;
              told++;
              step.effects = effects.filter(({ to, kind }) => to !== subject || kind !== 'message');
            }
            return told > 0;
          }),
  },
];

/** Decisions of people that weigh on a person. */
function decisions(design: Design) {
  return stepsOfKind(design, 'decision').filter(
    ({ step }) => step.subject && ['legal', 'significant'].includes(step.significance) && !isByAgent(step, design),
  );
}

function decides(step: Step): boolean {
  return isGrave(step) && consumed(step).length > 0 && step.effects.some(({ kind }: Design) => kind === 'decision');
}

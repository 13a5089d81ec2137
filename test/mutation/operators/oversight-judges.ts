// Faults of those who watch over an AI: no time, no training, nothing against just agreeing, no stop.
import { type Design, drop, eachEntry, listOf, mutant, type Operator, stepsOf } from '../operator.ts';
import { agentsAtWork, dataOf, exitsOf, isByAgent, judgesOfAi, stepAt, stepsOfKind } from './sites.ts';

export const judgeOperators: readonly Operator[] = [
  {
    rule: 'oversight/stop-control',
    name: 'lets nobody stop the AI',
    mutants: (design) =>
      mutant(design, 'stop', (copy) => {
        if (!drop(copy, 'stop')) return false;
        // Whoever answers is called instead, and work goes on where it would have come to rest.
        const [owner, rest] = [copy.accountable, design.stop['safe-state']];
        for (const metric of listOf<Design>(copy.metrics))
          if (metric['on-breach'] === 'stop') metric['on-breach'] = owner;
        for (const monitor of listOf<Design>(copy.monitors)) if (monitor.action === 'stop') monitor.action = rest;
        if (copy.incident) copy.incident.suspend = rest;
      }),
  },
  {
    rule: 'oversight/stop-control',
    name: 'lets the stop miss an agent',
    mutants: (design) =>
      agentsAtWork(design).flatMap((agent) =>
        mutant(design, `agent ${agent}`, (copy) => {
          if (!copy.stop) return false;
          const others = agentsAtWork(copy).filter((other) => other !== agent);
          copy.stop.scope = others.length > 0 ? others : [Object.keys(copy.actors).find((id) => id !== agent)];
        }),
      ),
  },
  {
    rule: 'oversight/stop-control',
    name: 'gives the stop to a machine',
    mutants: (design) =>
      Object.entries<Design>(design.actors ?? {})
        .filter(([, { kind }]) => kind === 'agent' || kind === 'system')
        .flatMap(([id]) =>
          mutant(design, `by ${id}`, (copy) => {
            if (!copy.stop) return false;
            copy.stop.by = id;
          }),
        ),
  },
  {
    rule: 'oversight/review-capacity',
    name: 'lets far more cases arrive',
    // Whoever else has a capacity has too much to do as well.
    also: ['performance/queue-unstable', 'performance/single-point'],
    mutants: (design) =>
      mutant(design, 'volume', (copy) => {
        if (!copy.volume || !hasReviewersWithCapacity(copy)) return false;
        copy.volume['per-day'] = listOf<number>(copy.volume['per-day']).map((count) => count * 1000);
      }),
  },
  {
    rule: 'oversight/review-capacity',
    name: 'leaves the judges no time',
    also: ['performance/queue-unstable'],
    mutants: (design) =>
      eachEntry(design, 'actors', (actor, id, copy) => {
        const judges = stepsOfKind(copy, 'approval', 'review', 'decision').some(
          ({ step }) => step.by === id && step['min-minutes'] && step.on,
        );
        if (!actor.capacity || !judges || !copy.volume || Number(listOf(copy.volume['per-day']).at(-1)) < 4)
          return false;
        actor.capacity['minutes-per-day'] = 1;
      }),
  },
  {
    rule: 'oversight/review-time-vs-sla',
    name: 'allows a minute for a careful look',
    // In a calendar such a minute may be over before work begins.
    also: ['handoff/escalation-dead-end', 'handoff/ownership-gap'],
    mutants: (design) =>
      stepsOfKind(design, 'approval', 'review', 'decision').flatMap(({ id }) =>
        mutant(design, `step ${id}`, (copy) => {
          const step = stepAt(copy, id);
          if (!step?.within || !step['min-minutes']) return false;
          step.within = '1m';
          drop(step, 'escalate');
          drop(step, 'timers');
        }),
      ),
  },
  {
    rule: 'oversight/review-time-vs-sla',
    name: 'approves many grave items at once',
    also: ['oversight/automation-bias-controls'],
    mutants: (design) =>
      stepsOfKind(design, 'approval').flatMap(({ id }) =>
        mutant(design, `step ${id}`, (copy) => {
          const step = stepAt(copy, id);
          const grave = stepsOf(copy).some(({ step: acts }) =>
            listOf<Design>(acts.effects).some(
              ({ irreversible, uses }) =>
                irreversible && dataOf(uses).some((data) => dataOf(step?.covers).includes(data)),
            ),
          );
          if (!step || !grave) return false;
          step.batch = 10;
        }),
      ),
  },
  {
    rule: 'oversight/reviewer-competence',
    name: 'names no training of a judge',
    mutants: (design) => highRiskJudges(design, (actor) => drop(actor, 'competence')),
  },
  {
    rule: 'oversight/reviewer-competence',
    name: 'lets the training of a judge run out',
    mutants: (design) =>
      highRiskJudges(design, (actor) => {
        if (!actor.competence) return false;
        actor.competence['valid-to'] = '2025-01-31';
      }),
  },
  {
    rule: 'oversight/automation-bias-controls',
    name: 'does nothing against just agreeing',
    mutants: (design) => highRiskJudgments(design, (step) => drop(step, 'controls')),
  },
  {
    rule: 'oversight/automation-bias-controls',
    name: 'judges five at once',
    also: ['oversight/review-time-vs-sla'],
    mutants: (design) =>
      highRiskJudgments(design, (step) => {
        step.batch = 5;
      }),
  },
];

function hasReviewersWithCapacity(design: Design): boolean {
  return judgesOfAi(design, 'approval', 'review', 'decision').some(
    ({ step }) => step['min-minutes'] && design.actors?.[step.by]?.capacity,
  );
}

function highRiskJudgments(design: Design, change: (step: Design) => unknown) {
  if (design.risk?.tier !== 'high') return [];
  return judgesOfAi(design, 'approval', 'review', 'decision')
    .filter(({ id }) =>
      stepsOf(design).some(({ step }) => isByAgent(step, design) && exitsOf(step).some(({ to }) => to === id)),
    )
    .flatMap(({ id }) => mutant(design, `step ${id}`, (copy) => change(stepAt(copy, id) ?? {})));
}

function highRiskJudges(design: Design, change: (actor: Design) => unknown) {
  return highRiskJudgments(design, () => true).length === 0
    ? []
    : eachEntry(design, 'actors', (actor, id, copy) =>
        highRiskJudgments(copy, () => true).some(({ what }) => stepAt(copy, what.replace('step ', ''))?.by === id)
          ? change(actor)
          : false,
      );
}

// Faults where an AI watches over itself: its own confidence, its own sponsor or model as judge, more autonomy than is said.
import { type Design, drop, eachEntry, eachStep, kindOf, listOf, mutant, type Operator, stepsOf } from '../operator.ts';
import { addPerson, agentsAtWork, dataOf, exitsOf, isByAgent, stepAt, stepsOfKind, written } from './sites.ts';

export const independenceOperators: readonly Operator[] = [
  {
    rule: 'oversight/gate-self-assessed',
    name: 'takes the confidence of an AI as it is',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        if (step.gate?.source !== 'calibrated' || !skipsPeople(copy, step.next)) return false;
        step.gate.source = 'self';
      }),
  },
  {
    rule: 'oversight/gate-self-assessed',
    name: 'has no evidence that the confidence is calibrated',
    // The agent has no evidence at all then.
    also: ['agent/eval-evidence', 'agent/evidence-matches-model', 'performance/evidence-fits'],
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        if (step.gate?.source !== 'calibrated' || !skipsPeople(copy, step.next)) return false;
        copy.evidence = listOf<Design>(copy.evidence).filter(({ of }) => of !== step.by);
      }),
  },
  {
    rule: 'oversight/gate-self-assessed',
    name: 'looks at no sample of what an AI sorts out',
    also: ['visibility/silent-outcome'],
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const exits = exitsOf(step);
        if (!isByAgent(step, copy) || exits.length < 2 || !exits.some(({ to }) => skipsPeople(copy, to))) return false;
        return drop(step, 'sample');
      }),
  },
  {
    rule: 'oversight/self-review',
    name: 'lets the sponsor of an agent judge its work',
    // Sponsors have neither the training nor the authority for it, and their duty is another one.
    also: ['oversight/reviewer-competence', 'accountability/authority-limit', 'accountability/sod-via-agent'],
    mutants: (design) =>
      authorsJudged(design).flatMap(({ agent, judge }) =>
        mutant(design, `${agent} judged in ${judge}`, (copy) => {
          const step = stepAt(copy, judge);
          const by = copy.actors?.[agent]?.sponsor;
          if (!step || !by) return false;
          step.by = by;
          drop(step, 'dual');
          drop(step.on, 'absent');
        }),
      ),
  },
  {
    rule: 'oversight/self-review',
    name: 'lets an AI approve',
    // What an AI approves is approved by nobody, and nobody else sees it.
    also: [
      'oversight/irreversible-unapproved',
      'accountability/unreviewed-ai-to-sink',
      'oversight/two-person',
      'oversight/autonomy-within-tier',
      'visibility/silent-outcome',
      'visibility/monitor-unsupervised-ai',
    ],
    mutants: (design) =>
      stepsOfKind(design, 'approval').flatMap(({ id }) =>
        mutant(design, `step ${id}`, (copy) => {
          const step = stepAt(copy, id);
          const [model] = agentsAtWork(copy);
          if (!step || !model || step.subject || comesBack(step) || comesFromJudge(copy, id)) return false;
          addAgent(copy, 'approver', model, id);
          Object.assign(step, { by: 'approver', mode: 'ai-executed', uses: [] });
          step.on = { ...step.on, error: step.on.timeout, unavailable: step.on.timeout };
          for (const key of ['dual', 'escalate', 'timers', 'needs']) drop(step, key);
          drop(step.on, 'absent');
        }),
      ),
  },
  {
    rule: 'oversight/self-review',
    name: 'lets an AI judge what its own model has made',
    mutants: (design) =>
      stepsOfKind(design, 'review').flatMap(({ id, step: original }) =>
        authorsOf(design, dataOf(original.reviews)).flatMap((author) =>
          mutant(design, `${author} in ${id}`, (copy) => {
            const step = stepAt(copy, id);
            const judge = copy.actors?.[step?.by];
            if (!step || judge?.kind !== 'agent' || !isByAgent(step, copy)) return false;
            judge.model = { ...judge.model, family: copy.actors[author].model.family };
          }),
        ),
      ),
  },
  {
    rule: 'oversight/autonomy-within-tier',
    name: 'declares less autonomy than an agent has',
    mutants: (design) =>
      eachEntry(design, 'actors', (actor, id, copy) => {
        if (!actor.autonomy || !agentsAtWork(copy).includes(id)) return false;
        actor.autonomy = 'L1';
      }),
    // Nobody need stop what only assists.
  },
  {
    rule: 'oversight/autonomy-within-tier',
    name: 'declares more autonomy than the risk allows',
    mutants: (design) =>
      eachEntry(design, 'actors', (actor, id, copy) => {
        const most = copy.parameters?.['max-autonomy']?.[copy.risk?.tier];
        if (!most || most === 'L5' || !actor.autonomy || !agentsAtWork(copy).includes(id)) return false;
        actor.autonomy = 'L5';
      }),
  },
];

/** An effect or an end is reached from `id` before any person. */
function skipsPeople(design: Design, id: unknown): boolean {
  const step = typeof id === 'string' ? stepAt(design, id) : undefined;
  if (!step) return false;
  if (kindOf(step) === 'end') return true;
  return design.actors?.[step.by]?.kind === 'system' && listOf(step.effects).length > 0;
}

/** Agents whose output comes to a judge, with the step in which it is judged first. */
function authorsJudged(design: Design): { agent: string; judge: string }[] {
  return stepsOf(design).flatMap(({ step }) =>
    isByAgent(step, design)
      ? exitsOf(step).flatMap(({ to }) => {
          const judge = stepAt(design, to);
          const judged = [...dataOf(judge?.covers), ...dataOf(judge?.reviews)];
          if (!judge || kindOf(judge) !== 'approval' || !written(step).some((data) => judged.includes(data))) return [];
          return listOf<string>(step.by).map((agent) => ({ agent, judge: to }));
        })
      : [],
  );
}

/** An answer leads back to an earlier step. */
function comesBack(step: Design): boolean {
  return Object.values(step.on ?? {}).some((target) => typeof target === 'object');
}

/** What another judge has changed, or not judged in time, comes there. */
function comesFromJudge(design: Design, id: string): boolean {
  return stepsOfKind(design, 'approval').some(({ step }) => Object.values(step.on ?? {}).includes(id));
}

/** An agent of its own like `model`, sponsored by nobody else's sponsor, with all that is wanted of agents. */
function addAgent(design: Design, id: string, model: string, at: string): void {
  const like = design.actors[model];
  addPerson(design, `${id}-owner`);
  design.actors[id] = {
    ...structuredClone(like),
    sponsor: `${id}-owner`,
    identity: `svc-${id}`,
    'on-behalf-of': 'self',
    autonomy: 'L3',
    clearance: { ...like.clearance, max: 'special-category' },
    model: { ...like.model, id, family: id },
  };
  for (const key of ['delegates', 'fallback', 'tools', 'grants']) drop(design.actors[id], key);
  const evidence = {
    ref: id,
    of: id,
    model: `${id}@${like.model.version}`,
    date: '2026-01-10',
    context: design.context,
  };
  design.evidence = [...listOf(design.evidence), evidence];
  const source = listOf<Design>(design.metrics)[0]?.source;
  const measured = { kind: 'quality', of: at, source, target: ['80%', '100%'], owner: design.accountable };
  design.metrics = [...listOf(design.metrics), { id, ...measured, 'on-breach': design.accountable }];
  const watch = { of: at, signal: 'what it approves', alert: 'above 90%', responder: design.accountable };
  design.monitors = [...listOf(design.monitors), { ...watch, action: design.stop['safe-state'] }];
  if (Array.isArray(design.stop.scope)) design.stop.scope = 'workflow';
}

function authorsOf(design: Design, data: readonly string[]): string[] {
  return stepsOf(design).flatMap(({ step }) =>
    isByAgent(step, design) && written(step).some((one) => data.includes(one)) ? listOf<string>(step.by) : [],
  );
}

// Faults of visibility: ends and judgments that nobody can tell later, AIs that nobody sees, incidents without a path.
import {
  type Design,
  drop,
  eachElement,
  eachStep,
  isAiStep,
  kindOf,
  listOf,
  mutant,
  type Operator,
  type Step,
  stepsOf,
} from '../operator.ts';
import { isHigh, logOperators } from './visibility-logs.ts';
import { agentsAtWork, aiWork, humanWork, isUnseen, stepIn } from './work.ts';

/** Edges to ends from tasks of people, whatever the outcome. */
function lastTasks(design: Design): { readonly task: string; readonly end: string }[] {
  const ends = new Set(Object.keys(design.steps ?? {}).filter((id) => kindOf(design.steps[id]) === 'end'));
  return humanWork(design).flatMap(({ id, step }) => {
    if (kindOf(step) !== 'task' || listOf(step.effects).length > 0) return [];
    const targets = [step.next, ...Object.values(step.on ?? {})].filter((to) => typeof to === 'string' && ends.has(to));
    return [...new Set(targets as string[])].map((end) => ({ task: id, end }));
  });
}

/** Judgments of people over what is not a decision about someone, which others rules look at as well. */
function plainJudgments(design: Design) {
  return humanWork(design).filter(
    ({ step }) => ['approval', 'review'].includes(kindOf(step)) && !step.subject && listOf(step.effects).length === 0,
  );
}

const outcomes: readonly Operator[] = [
  {
    rule: 'visibility/silent-outcome',
    name: 'records neither the end nor the task before it',
    mutants: (design) =>
      lastTasks(design).flatMap(({ task, end }) =>
        mutant(design, `${task}, ${end}`, (copy) => {
          stepIn(copy, task).log = 'none';
          return drop(stepIn(copy, end), 'records');
        }),
      ),
  },
  {
    rule: 'visibility/silent-outcome',
    name: 'does not record how a wait ended',
    mutants: (design) =>
      stepsOf(design).flatMap(({ id, step }) =>
        kindOf(step) === 'wait' && typeof step.on?.timeout === 'string'
          ? mutant(design, id, (copy) => {
              copy.steps['gave-up'] = { end: 'Gave up', outcome: 'cancelled', informed: [copy.accountable] };
              if (!copy.steps[id]) return false;
              copy.steps[id].on.timeout = 'gave-up';
            })
          : [],
      ),
  },
  {
    rule: 'visibility/silent-outcome',
    name: 'lets an AI close cases without a sample',
    // The sample is also what lets its own word decide whether a person sees the case.
    also: ['oversight/gate-self-assessed'],
    mutants: (design) => eachStep(design, (step, _id, copy) => closesCases(step, copy) && drop(step, 'sample')),
  },
  {
    rule: 'visibility/silent-outcome',
    name: 'lets an AI close cases with an empty sample',
    // As without any: its own word decides whether a person sees the case.
    also: ['oversight/gate-self-assessed'],
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        if (!closesCases(step, copy)) return false;
        step.sample.share = '0%';
      }),
  },
  ...['who', 'when', 'version'].map(
    (word): Operator => ({
      rule: 'visibility/human-decision-recorded',
      name: `does not record ${word === 'version' ? 'which version was judged' : `${word} judged`}`,
      mutants: (design) =>
        plainJudgments(design).flatMap(({ id }) =>
          mutant(design, id, (copy) => {
            const step = stepIn(copy, id);
            const named = { who: 'actor', when: 'time', version: 'version' }[word];
            if (!copy.defaults?.log || !listOf(step.records).includes(word)) return false;
            step.records = step.records.filter((one: string) => one !== word);
            step.log = {
              ...copy.defaults.log,
              fields: copy.defaults.log.fields.filter((one: string) => one !== named),
            };
          }),
        ),
    }),
  ),
];

/** An AI whose result sends cases straight to an end, or to a person. */
function closesCases(step: Step, design: Design): boolean {
  const branches = listOf<Design>(Array.isArray(step.next) ? step.next : []);
  const kinds = branches.map(({ to, else: other }) => kindOf(stepIn(design, to ?? other)));
  return (
    isAiStep(step, design) && step.sample !== undefined && kinds.includes('end') && kinds.some((kind) => kind !== 'end')
  );
}

/** The monitor is of an AI step, or of the agent there, from which some case comes to an end that no person sees. */
function unseen(design: Design, monitor: Design): boolean {
  return aiWork(design).some(
    ({ id, step }) =>
      (monitor.of === id || listOf(step.by).includes(monitor.of)) &&
      !listOf(step.effects).length &&
      isUnseen(design, id),
  );
}

const watching: readonly Operator[] = [
  {
    rule: 'visibility/monitor-unsupervised-ai',
    name: 'drops the monitor of an AI that nobody sees',
    mutants: (design) =>
      eachElement(design, 'monitors', (monitor, index, copy) => {
        if (!unseen(copy, monitor)) return false;
        copy.monitors.splice(index, 1);
      }),
  },
  ...['alert', 'responder', 'action'].map(
    (key): Operator => ({
      rule: 'visibility/monitor-unsupervised-ai',
      name: `drops '${key}' of the monitor of an AI that nobody sees`,
      mutants: (design) =>
        eachElement(design, 'monitors', (monitor, _index, copy) => unseen(copy, monitor) && drop(monitor, key)),
    }),
  ),
  {
    rule: 'visibility/monitor-unsupervised-ai',
    name: 'lets a system respond to an AI that nobody sees',
    mutants: (design) =>
      eachElement(design, 'monitors', (monitor, _index, copy) => {
        const system = Object.keys(copy.actors ?? {}).find((id) => copy.actors[id].kind === 'system');
        if (!unseen(copy, monitor) || !system) return false;
        monitor.responder = system;
      }),
  },
  {
    rule: 'visibility/incident-path',
    name: 'drops the incident path',
    mutants: (design) => mutant(design, 'incident', (copy) => isHigh(copy) && drop(copy, 'incident')),
  },
  ...['detect', 'suspend', 'notify', 'correct'].map(
    (key): Operator => ({
      rule: 'visibility/incident-path',
      name: `drops '${key}' of the incident path`,
      mutants: (design) => mutant(design, key, (copy) => isHigh(copy) && drop(copy.incident, key)),
    }),
  ),
  {
    rule: 'visibility/incident-path',
    name: 'tells someone of an incident too late',
    mutants: (design) =>
      listOf<Design>(design.incident?.notify).flatMap((note, index) =>
        mutant(design, `notify ${index + 1}`, (copy) => {
          copy.incident.notify[index].within = `${Number.parseInt(note.within, 10) + 1}d`;
          return isHigh(copy);
        }),
      ),
  },
  {
    rule: 'visibility/incident-path',
    name: 'lets an agent correct the cause of an incident',
    mutants: (design) =>
      mutant(design, 'correct', (copy) => {
        const [agent] = agentsAtWork(copy);
        if (!isHigh(copy) || !copy.incident || !agent) return false;
        copy.incident.correct.by = agent;
      }),
  },
];

export const visibilityOperators: readonly Operator[] = [...logOperators, ...outcomes, ...watching];

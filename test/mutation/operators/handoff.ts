// Faults of handoff: contracts that say too little, data that is not there, work that nobody owns or can refuse.
import {
  type Design,
  drop,
  eachStep,
  kindOf,
  listOf,
  mutant,
  type Operator,
  performersOf,
  type Step,
  stepsOf,
} from '../operator.ts';
import { actorOf, stepOf, waysOf } from '../ways.ts';

export const handoffOperators: readonly Operator[] = [
  {
    rule: 'handoff/contract-required',
    name: 'says nowhere when work is confirmed',
    mutants: (design) =>
      mutant(
        design,
        'defaults',
        (copy) =>
          stepsOf(copy).some(({ id }) => changesHands(id, copy) && !stepOf(id, copy)?.step.accepts) &&
          drop(copy.defaults?.accepts, 'ack'),
      ),
  },
  {
    rule: 'handoff/contract-required',
    name: 'drops the time to confirm',
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        if (!changesHands(id, copy) || !termsOf(step, copy).ack) return false;
        const { ack: _ack, ...rest } = termsOf(step, copy);
        step.accepts = rest;
      }),
  },
  {
    rule: 'handoff/payload-unavailable',
    name: 'no longer writes what others read',
    mutants: (design) =>
      stepsOf(design).flatMap(({ id }) =>
        outputsOf(stepOf(id, design)?.step).flatMap((data) => {
          const others = stepsOf(design).filter((other) => other.id !== id);
          const isRead = others.some(({ step }) => listOf<string>(step.reads).includes(data));
          const isOnly = !others.some(({ step }) => outputsOf(step).includes(data)) && !isGiven(data, design);
          if (!isRead || !isOnly) return [];
          return mutant(design, `${data} of ${id}`, (copy) => {
            const step = stepOf(id, copy)?.step ?? {};
            if (Array.isArray(step.writes)) step.writes = step.writes.filter((name: string) => name !== data);
            else delete step.writes[data];
            if (outputsOf(step).length === 0) delete step.writes;
          });
        }),
      ),
  },
  {
    rule: 'handoff/payload-unavailable',
    name: 'goes on after an error as if the work had been done',
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        const next = stepOf(step.next, copy);
        const reads = [...listOf<string>(next?.step.reads), ...listOf<string>(next?.step.covers)];
        const needs = outputsOf(step).filter((data) => reads.includes(data) && !isGiven(data, copy));
        if (
          !next ||
          needs.length === 0 ||
          typeof step.on?.error !== 'string' ||
          listOf<string>(step.reads).some((data) => needs.includes(data))
        )
          return false;
        // Out of a sandbox more than data would be missing.
        if (next.around !== stepOf(id, copy)?.around || step.sandbox) return false;
        step.on.error = step.next;
      }),
  },
  {
    rule: 'handoff/payload-unavailable',
    name: 'reads at the start what is made later',
    mutants: (design) =>
      Object.keys(design.data ?? {}).flatMap((data) =>
        mutant(design, data, (copy) => {
          const first = Array.isArray(copy.start) ? undefined : stepOf(copy.start?.next, copy)?.step;
          const isMade = stepsOf(copy).some(({ step }) => step !== first && outputsOf(step).includes(data));
          const isWorking = first && ['human', 'system'].includes(kindsOf(first, copy) ?? '');
          // What is written as a list is made of all that is read.
          if (!isMade || isGiven(data, copy) || !isWorking || kindOf(first) === 'disclose') return false;
          if (Array.isArray(first.writes)) return false;
          first.reads = [...listOf(first.reads), data];
        }),
      ),
  },
  {
    rule: 'handoff/payload-unavailable',
    name: 'gives a called file nothing to work with',
    mutants: (design) => eachStep(design, (step) => drop(step, 'with')),
  },
  {
    rule: 'handoff/rejectable',
    name: 'hands the work of an AI to a person who cannot refuse it',
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        const around = stepOf(id, copy)?.around;
        const person = actorOf('human', copy);
        const isAi =
          kindsOf(step, copy) === 'agent' && typeof step.next === 'string' && typeof step.on?.error === 'string';
        if (!around || !person || !isAi || kindOf(step) !== 'task') return false;
        const { purpose, next } = step;
        around.steps['take-note'] = {
          ...{
            task: 'Take note of it',
            by: person,
            reads: outputsOf(step),
            within: '1h',
            accepts: { ack: '10m' },
            next,
          },
          ...(purpose ? { purpose } : {}),
          on: { timeout: step.on.error },
        };
        step.next = 'take-note';
      }),
  },
  {
    rule: 'handoff/rejectable',
    name: 'lets a person not refuse the work of an AI',
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        const offered = sendersOf(id, copy).some(({ kind, at }) => kind === 'agent' && at === 'next');
        const { 'on-reject': refusal, ...rest } = termsOf(step, copy);
        if (kindOf(step) !== 'task' || !offered || !refusal || kindsOf(step, copy) !== 'human') return false;
        step.accepts = rest;
      }),
  },
  {
    rule: 'handoff/ownership-gap',
    name: 'leaves the work with a role that nobody holds',
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        if (!changesHands(id, copy) || !termsOf(step, copy).ack) return false;
        copy.actors['empty-chair'] = { kind: 'human', holders: [] };
        step.accepts = { ...termsOf(step, copy), 'owner-until-ack': 'empty-chair' };
      }),
  },
  ...['proposal', 'evidence', 'confidence', 'actions', 'limits'].map(
    (part): Operator => ({
      rule: 'handoff/ai-to-human-context',
      name: `does not show the ${part}`,
      mutants: (design) =>
        eachStep(design, (step, id, copy) => {
          const { context } = termsOf(step, copy);
          const judged = ['approval', 'review', 'decision'].includes(kindOf(step)) && kindsOf(step, copy) === 'human';
          if (!judged || !context || !sendersOf(id, copy).some(({ kind }) => kind === 'agent')) return false;
          step.accepts = { ...termsOf(step, copy), context: context.filter((name: string) => name !== part) };
        }),
    }),
  ),
  {
    rule: 'handoff/escalation-dead-end',
    name: 'tells nobody that the time is over',
    // What ends so is seen by nobody, and a loop that is used up goes to nobody.
    also: ['visibility/silent-outcome', 'flow/unbounded-loop'],
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        const late = stepsOf(copy).some(({ step: other }) =>
          waysOf(other).some(({ at, to }) => at === 'timeout' && to === id),
        );
        return stepOf(id, copy)?.around === copy && step.outcome === 'failed' && late && drop(step, 'informed');
      }),
  },
  {
    rule: 'handoff/escalation-dead-end',
    name: 'escalates to whoever has the work already',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        if (kindsOf(step, copy) !== 'human' || typeof step.by !== 'string' || !step.within) return false;
        step.escalate = [...listOf<Design>(step.escalate), { to: step.by, after: '10m' }];
      }),
  },
  {
    rule: 'handoff/escalation-dead-end',
    name: 'escalates to a system',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const system = actorOf('system', copy);
        if (!system || kindsOf(step, copy) !== 'human' || kindOf(step) !== 'task' || !step.within) return false;
        step.escalate = [{ to: system, after: '10m' }];
        // The system can fail as well.
        step.on = { error: step.on?.timeout, ...step.on };
      }),
  },
];

/** Terms of what a step accepts, by its own contract, a named one or the default. */
function termsOf(step: Step, design: Design): Design {
  const terms = listOf<Design | string>(step.accepts ?? design.defaults?.accepts);
  return Object.assign({}, ...terms.map((term) => (typeof term === 'string' ? design.handoffs?.[term] : term)));
}

/** The one kind of who performs a step; undefined where nobody of this file does, or several do. */
function kindsOf(step: Step, design: Design): string | undefined {
  const kinds = new Set(performersOf(step, design).map(({ actor }) => actor.kind as string));
  return kinds.size === 1 && performersOf(step, design).length === listOf(step.by).length ? [...kinds][0] : undefined;
}

/** Who hands over to a step directly, and by which way. */
function sendersOf(id: string, design: Design): { readonly kind: string; readonly at: string }[] {
  return stepsOf(design).flatMap(({ step }) => {
    const kind = kindsOf(step, design);
    return kind
      ? waysOf(step)
          .filter(({ to }) => to === id)
          .map(({ at }) => ({ kind, at }))
      : [];
  });
}

/** Some direct way to the step comes from another kind of performer. */
function changesHands(id: string, design: Design): boolean {
  const step = stepOf(id, design)?.step;
  const kind = step && !['end', 'scope', 'call'].includes(kindOf(step)) ? kindsOf(step, design) : undefined;
  return kind !== undefined && sendersOf(id, design).some((sender) => sender.kind !== kind);
}

function outputsOf(step: Step | undefined): string[] {
  return Array.isArray(step?.writes) ? step.writes : Object.keys(step?.writes ?? {});
}

/** Brought by a start, an event or a call, or there anyway. */
function isGiven(data: string, design: Design): boolean {
  const given = JSON.stringify([
    design.start,
    design.events,
    stepsOf(design).map(({ step }) => [step.returns, step['for-each'], step.covers]),
  ]);
  const { store, optional, 'trusted-record': record } = design.data?.[data] ?? {};
  return given.includes(`"${data}"`) || Boolean(store || optional || record);
}

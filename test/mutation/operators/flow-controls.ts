// Faults of flow past a control: time limits and fallbacks around the approval, effects that happen twice, races.
import {
  type Design,
  drop,
  eachEntry,
  eachStep,
  kindOf,
  listOf,
  mutant,
  type Operator,
  performersOf,
  type Step,
  stepsOf,
} from '../operator.ts';
import { approvedTo, isParallel, reaches, stepOf, waysOf, waysTo } from '../ways.ts';

export const flowControlOperators: readonly Operator[] = [
  {
    rule: 'flow/timeout-fails-open',
    name: 'goes on as if approved when nobody answers in time',
    // The same path brings about more than the approved effect.
    also: ['visibility/monitor-unsupervised-ai', 'agent/generated-code-unsandboxed', 'oversight/two-person'],
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        const open = approvedTo(step);
        const guards = kindOf(step) === 'approval' && typeof open === 'string' && leadsToEffect(open, copy);
        if (!guards || typeof step.on?.timeout !== 'string' || waysTo(step.on.timeout, copy) < 2) return false;
        // Beside another approval it does not fail open, and a join waits for one way of two.
        if (isBranch(id, copy) || stepOf(open, copy)?.step.join) return false;
        step.on.timeout = open;
      }),
  },
  {
    rule: 'flow/timeout-fails-open',
    name: 'goes on as if approved when the judge is away',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const open = approvedTo(step);
        const away = performersOf(step, copy).some(({ actor }) => actor.backup);
        if (kindOf(step) !== 'approval' || typeof open !== 'string' || !away || !leadsToEffect(open, copy))
          return false;
        step.on = { ...step.on, absent: open };
      }),
  },
  {
    rule: 'flow/fallback-drops-control',
    name: 'leads what is done by hand past the approval',
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        const judge = stepOf(step.next, copy)?.step;
        const open = judge && approvedTo(judge);
        if (!judge || kindOf(judge) !== 'approval' || typeof open !== 'string' || !onlyWhenItFails(id, copy))
          return false;
        if (judge.by === step.by || waysTo(step.next, copy) < 2) return false;
        step.next = open;
      }),
  },
  {
    rule: 'flow/fallback-drops-control',
    name: 'lets a quick way by hand around the approval',
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        const judge = stepOf(step.next, copy);
        const open = judge && approvedTo(judge.step);
        const someone = bystander(copy);
        if (!judge || kindOf(judge.step) !== 'approval' || typeof open !== 'string' || !someone) return false;
        if (stepOf(open, copy)?.step.join) return false;
        if (typeof step.on?.error !== 'string' || waysTo(step.on.error, copy) < 2 || !leadsToEffect(open, copy))
          return false;
        const { reads, writes, purpose } = step;
        const quick: Step = { task: 'Do it quickly', by: someone, reads, writes, within: '1h', next: open };
        if (purpose) quick.purpose = purpose;
        quick.on = { timeout: step.on.error };
        judge.around.steps[`${id}-quickly`] = quick;
        step.on.error = `${id}-quickly`;
      }),
  },
  {
    rule: 'flow/fallback-drops-control',
    name: 'drops the check of what is done by hand',
    mutants: (design) => eachStep(design, (step, id, copy) => onlyWhenItFails(id, copy) && drop(step, 'validates')),
  },
  {
    rule: 'flow/retry-unsafe-effect',
    name: 'tries again what cannot be undone, without a key',
    // What was read for the key alone.
    also: ['data/unused-input'],
    mutants: (design) =>
      eachStep(design, (step) => {
        const grave = listOf<Design>(step.effects).filter(({ irreversible, external }) => irreversible || external);
        if (grave.length === 0) return false;
        step.retry = { max: 2 };
        for (const effect of grave) delete effect['idempotency-key'];
      }),
  },
  {
    rule: 'flow/retry-unsafe-effect',
    name: 'drops the key of what happens again',
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        const again = step.retry !== undefined || reaches(id, id, copy);
        const keyed = listOf<Design>(step.effects).filter((effect) => effect['idempotency-key']);
        if (!again || keyed.length === 0) return false;
        for (const effect of keyed) delete effect['idempotency-key'];
      }),
  },
  {
    rule: 'flow/race-on-artifact',
    name: 'lets two branches write one note',
    mutants: (design) =>
      pairsInSplits(design).flatMap(([one, other]) =>
        mutant(design, `${one} and ${other}`, (copy) => {
          const pair = [one, other].map((id) => stepOf(id, copy)?.step);
          copy.data.side_note = { class: 'internal', origin: ['ai', 'human', 'system'] };
          return pair.every((step) => step && kindOf(step) === 'task' && write(step, 'side_note'));
        }),
      ),
  },
  {
    rule: 'flow/race-on-artifact',
    name: 'writes what is judged beside it',
    // What was judged is not what goes on.
    also: ['oversight/approval-stale', 'agent/generated-code-unsandboxed'],
    mutants: (design) =>
      pairsInSplits(design).flatMap(([one, other]) =>
        mutant(design, `${other} beside ${one}`, (copy) => {
          const [judge, writer] = [stepOf(one, copy)?.step, stepOf(other, copy)?.step];
          const [data] = listOf<string>(judge?.covers).filter((name) => !copy.data[name]?.merge);
          return data && writer && kindOf(writer) === 'task' ? write(writer, data) : false;
        }),
      ),
  },
  {
    rule: 'flow/race-on-artifact',
    name: 'writes one record for all elements at once',
    mutants: (design) =>
      stepsOf(design).flatMap(({ step: scope }) =>
        Object.keys(scope['for-each']?.mode === 'parallel' ? (scope.steps ?? {}) : {}).flatMap((id) =>
          mutant(design, `step ${id}`, (copy) => {
            const step = stepOf(id, copy)?.step;
            const [store] = Object.keys(copy.stores ?? {}).filter((name) => copy.stores[name].kind === 'record');
            copy.data.side_note = { class: 'internal', origin: ['ai', 'human', 'system'], store };
            return store && step && kindOf(step) === 'task' ? write(step, 'side_note') : false;
          }),
        ),
      ),
  },
  {
    rule: 'flow/race-on-artifact',
    name: 'says no longer how versions are merged',
    mutants: (design) =>
      eachEntry(design, 'data', (data, id, copy) => {
        const writers = pairsInSplits(copy).filter((pair) =>
          pair.every((step) => outputsOf(stepOf(step, copy)?.step).includes(id)),
        );
        return writers.length > 0 && drop(data, 'merge');
      }),
  },
];

/** Adds data to what a step writes. */
function write(step: Step, data: string): boolean {
  step.writes =
    step.writes && !Array.isArray(step.writes) ? { ...step.writes, [data]: [] } : [...listOf(step.writes), data];
  return true;
}

/** Every two steps that a parallel split begins with. */
function pairsInSplits(design: Design): [string, string][] {
  const splits = stepsOf(design).map(({ step }) => listOf<string>(step.next?.all));
  return splits.flatMap((all) =>
    all.flatMap((one) => all.flatMap((other): [string, string][] => (one === other ? [] : [[one, other]]))),
  );
}

/** A person who judges nothing in this file, stands in for nobody and answers for no AI. */
function bystander(design: Design): string | undefined {
  const actors: Record<string, Design> = design.actors ?? {};
  const busy = [
    ...stepsOf(design).flatMap(({ step }) => (kindOf(step) === 'task' ? [] : listOf<string>(step.by))),
    ...Object.values(actors).flatMap(({ backup, sponsor }) => [backup, sponsor]),
  ];
  return Object.keys(actors).find((id) => actors[id]?.kind === 'human' && !busy.includes(id));
}

/** One of the branches of a parallel split. */
function isBranch(id: string, design: Design): boolean {
  return stepsOf(design).some(({ step }) => listOf<string>(step.next?.all).includes(id));
}

/** An effect that needs approval comes behind here by the usual way. */
function leadsToEffect(id: string, design: Design): boolean {
  for (let at = stepOf(id, design), i = 0; at && i < 20; i++) {
    if (listOf<Design>(at.step.effects).some(({ irreversible, external }) => irreversible || external)) return true;
    const next = 'end' in at.step ? stepIdOf(at.around, design) && at.around.next : at.step.next;
    at = stepOf(typeof next === 'string' ? next : (next?.all?.[0] ?? next?.[0]?.to), design);
  }
  return false;
}

function stepIdOf(around: Design, design: Design): string | undefined {
  return stepsOf(design).find(({ step }) => step === around)?.id;
}

const failures = new Set(['error', 'unavailable', 'timeout', 'absent', 'low-confidence']);

/** Work comes to this step only where something failed. */
function onlyWhenItFails(id: string, design: Design): boolean {
  const ways = stepsOf(design).flatMap(({ step }) => waysOf(step).filter(({ to }) => to === id));
  return ways.length > 0 && ways.every(({ at }) => failures.has(at)) && !isParallel({ start: design.start });
}

function outputsOf(step: Step | undefined): string[] {
  return Array.isArray(step?.writes) ? step.writes : Object.keys(step?.writes ?? {});
}

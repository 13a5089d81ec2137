// Faults of structure: names that name nothing, steps nobody reaches, paths without an end, joins and modes that are wrong.
import {
  type Design,
  drop,
  eachStep,
  isAiStep,
  kindOf,
  mutant,
  type Operator,
  performersOf,
  stepsOf,
} from '../operator.ts';
import { actorOf, failedEnd, isParallel, stepOf, waysOf, waysTo } from '../ways.ts';

export const structureOperators: readonly Operator[] = [
  {
    rule: 'structure/unresolved-reference',
    name: 'misspells the next step',
    // What a join no longer waits for is missing behind it.
    also: ['oversight/irreversible-unapproved'],
    mutants: (design) =>
      eachStep(design, (step) => {
        if (typeof step.next !== 'string') return false;
        step.next = `${step.next}x`;
      }),
  },
  {
    rule: 'structure/unresolved-reference',
    name: 'misspells where an outcome leads',
    mutants: (design) =>
      eachStep(design, (step) => {
        const way = waysOf(step).find(({ at }) => at !== 'next' && at !== 'start');
        if (!way) return false;
        way.lead(`${way.to}x`);
      }),
  },
  {
    rule: 'structure/unresolved-reference',
    name: 'misspells the performer',
    mutants: (design) =>
      eachStep(design, (step) => {
        if (typeof step.by !== 'string') return false;
        step.by = `${step.by}x`;
      }),
  },
  {
    rule: 'structure/unresolved-reference',
    name: 'misspells what is read',
    mutants: (design) =>
      eachStep(design, (step) => {
        if (!step.reads?.length) return false;
        step.reads = [...step.reads.slice(1), `${step.reads[0]}x`];
      }),
  },
  {
    rule: 'structure/unreachable-step',
    name: 'adds a step that nothing leads to',
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        if (kindOf(step) !== 'task' || typeof step.next !== 'string' || !copy.steps[id]) return false;
        copy.steps[`${id}-twin`] = { route: 'Nobody comes here', next: step.next };
      }),
  },
  {
    rule: 'structure/unreachable-step',
    name: 'adds a task that two others lead to and nothing else',
    mutants: (design) =>
      eachStep(design, (_step, id, copy) => {
        const person = actorOf('human', copy);
        const end = failedEnd(copy);
        if (!copy.steps[id] || !person || !end) return false;
        copy.steps[`${id}-a`] = { route: 'An island', next: `${id}-b` };
        copy.steps[`${id}-b`] = { route: 'Back and forth', next: [{ label: 'again', to: `${id}-a` }, { else: end }] };
      }),
  },
  {
    rule: 'structure/no-path-to-end',
    name: 'leads a time limit to a task that nothing follows',
    // What was the only way to where it led leaves that behind.
    also: ['structure/unreachable-step'],
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        if (!copy.steps[id] || typeof step.on?.timeout !== 'string' || isParallel(copy)) return false;
        copy.steps.limbo = { route: 'It stays here' };
        step.on.timeout = 'limbo';
      }),
  },
  {
    rule: 'structure/no-path-to-end',
    name: 'lets nothing follow a step that is done',
    // All that came behind it: steps, a contest, and what the end of another branch no longer waits for.
    also: ['structure/unreachable-step', 'oversight/contest-route', 'structure/unsound-join'],
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        const follows = typeof step.next === 'string' && waysTo(step.next, copy) > 1;
        return copy.steps[id] && kindOf(step) === 'task' && follows ? drop(step, 'next') : false;
      }),
  },
  {
    rule: 'structure/unsound-join',
    name: 'lets the branches of a split go on one by one',
    // What only one branch brings is not there when the other goes on.
    also: ['handoff/payload-unavailable', 'oversight/two-person', 'agent/generated-code-unsandboxed'],
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        // Where only the end of a scope follows, it does not matter how often.
        const isInCase = stepOf(id, copy)?.around === copy;
        return isInCase && kindOf(step) !== 'end' && isParallel(copy) && drop(step, 'join');
      }),
  },
  {
    rule: 'structure/unsound-join',
    name: 'waits for all of what only one of comes',
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        if (step.join || isParallel(copy) || kindOf(step) === 'end' || waysTo(id, copy) < 2) return false;
        step.join = 'all';
      }),
  },
  {
    rule: 'structure/unsound-join',
    name: 'ends the case while the other branch is at work',
    // Nor does it end what the others write and wait for.
    also: ['flow/race-on-artifact', 'handoff/payload-unavailable', 'agent/generated-code-unsandboxed'],
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        const branches = stepsOf(copy).flatMap((other) => other.step.next?.all ?? []);
        const isLeft = branches.some((branch) => waysOf(stepOf(branch, copy)?.step ?? {}).some(({ to }) => to === id));
        return isLeft && drop(step, 'terminate');
      }),
  },
  {
    rule: 'structure/participation-mode',
    name: 'drops the mode of a step with an AI',
    mutants: (design) => eachStep(design, (step) => drop(step, 'mode')),
  },
  {
    rule: 'structure/participation-mode',
    name: 'gives a mode to the work of people',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const known = performersOf(step, copy);
        if (step.mode || known.length === 0 || kindOf(step) === 'call' || isAiStep(step, copy)) return false;
        step.mode = 'ai-augmented';
      }),
  },
  {
    rule: 'structure/mode-actor-mismatch',
    name: 'calls the work of an AI augmented',
    mutants: (design) => eachStep(design, (step, _id, copy) => isExecuted(step, copy) && set(step, 'ai-augmented')),
  },
  {
    rule: 'structure/mode-actor-mismatch',
    name: 'calls the work of an AI collaborative, with nobody beside it',
    mutants: (design) => eachStep(design, (step, _id, copy) => isExecuted(step, copy) && set(step, 'collaborative')),
  },
  {
    rule: 'structure/readability',
    name: 'names a thing instead of what is done',
    mutants: (design) =>
      eachStep(design, (step) => {
        const kind = kindOf(step);
        if (!['task', 'review', 'approval', 'decision'].includes(kind)) return false;
        step[kind] = `Preparation of ${step[kind]}`;
      }),
  },
  {
    rule: 'structure/readability',
    name: 'puts fifty points in between',
    mutants: (design) => {
      const [first] = Object.keys(design.steps ?? {});
      return mutant(design, `in front of ${first}`, (copy) => {
        const start = Array.isArray(copy.start) ? undefined : copy.start;
        if (!start || typeof start.next !== 'string') return false;
        for (let i = 0; i < 50; i++)
          copy.steps[`point-${i}`] = { route: `Point ${i}`, next: i === 49 ? start.next : `point-${i + 1}` };
        start.next = 'point-0';
      });
    },
  },
  {
    rule: 'structure/readability',
    name: 'lets the performer choose among six ways',
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        const around = stepOf(id, copy)?.around;
        if (kindOf(step) !== 'route' || !around || typeof step.next !== 'string') return false;
        if (stepOf(step.next, copy)?.step.join) return false;
        const { next } = step;
        step.next = ['a', 'b', 'c', 'd', 'e', 'f'].map((label) => ({ label, to: `${id}-${label}`, share: '1/6' }));
        for (const { to } of step.next) around.steps[to] = { route: 'One of six', next };
      }),
  },
];

function isExecuted(step: Design, design: Design): boolean {
  return isAiStep(step, design) && step.mode === 'ai-executed';
}

function set(step: Design, mode: string): void {
  step.mode = mode;
}

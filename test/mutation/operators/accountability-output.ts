// Faults with what an AI makes: unseen, unmarked, without provenance, declared as made by people, told to nobody.
import { type Design, drop, eachEntry, eachStep, kindOf, listOf, mutant, type Operator, stepsOf } from '../operator.ts';
import {
  consumed,
  dataOf,
  effectBehind,
  exitsOf,
  isByAgent,
  isGrave,
  madeByAi,
  stepAt,
  targetOf,
  written,
} from './sites.ts';

export const outputOperators: readonly Operator[] = [
  {
    rule: 'accountability/unreviewed-ai-to-sink',
    name: 'lets what an AI made pass whoever looks at it',
    // Whoever looked at it may have nothing left to do; and the AI works unseen then.
    also: [
      'structure/unreachable-step',
      'oversight/autonomy-within-tier',
      'oversight/irreversible-unapproved',
      'visibility/monitor-unsupervised-ai',
      'visibility/silent-outcome',
    ],
    mutants: (design) =>
      stepsOf(design).flatMap(({ id, step: original }) =>
        exitsOf(original).flatMap(({ to }, number) =>
          mutant(design, `step ${id} to ${to}`, (copy) => {
            const step = stepAt(copy, id);
            const judge = stepAt(copy, to);
            const effect = judge && soonest(copy, targetOf(judge, 'approve'));
            if (!step || !judge || !effect || !isByAgent(step, copy)) return false;
            if (!['approval', 'review'].includes(kindOf(judge))) return false;
            if (!consumed(effect.step).some((data) => madeByAi(copy).has(data))) return false;
            if (!sinks.has(effect.step.effects[0].kind)) return false;
            makeMild(effect.step);
            exitsOf(step)[number]?.set(targetOf(judge, 'approve') ?? '');
          }),
        ),
      ),
  },
  {
    rule: 'accountability/unreviewed-ai-to-sink',
    name: 'sends what an AI made before anybody looks at it',
    // So the AI does more by itself than it is said to.
    also: ['oversight/autonomy-within-tier'],
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        const outside = Object.keys(copy.actors ?? {}).find((actor) => copy.actors[actor].kind === 'system');
        if (!isByAgent(step, copy) || typeof step.next !== 'string' || !copy.steps[id] || !outside) return false;
        const [data] = written(step);
        const judge = stepAt(copy, step.next);
        // What is of public interest has to be marked as well.
        if (!data || copy.data?.[data]?.labels || !judge || !['approval', 'review'].includes(kindOf(judge)))
          return false;
        copy.steps.upload = {
          task: 'Upload the draft',
          by: outside,
          purpose: step.purpose,
          reads: [data],
          effects: [{ kind: 'publish', to: outside, uses: [data] }],
          next: step.next,
          on: { error: step.on?.error ?? step.next },
        };
        step.next = 'upload';
      }),
  },
  {
    rule: 'accountability/provenance-required',
    name: 'records no prompt',
    mutants: (design) =>
      mutant(design, 'defaults', (copy) => {
        const log = copy.defaults?.log;
        if (!log?.fields?.includes('prompt') || madeByAi(copy).size === 0) return false;
        log.fields = log.fields.filter((field: string) => field !== 'prompt');
      }),
  },
  {
    rule: 'accountability/provenance-required',
    name: 'records no prompt at one step',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const log = copy.defaults?.log;
        if (!log || step.log || !isByAgent(step, copy) || written(step).length === 0) return false;
        step.log = { ...log, fields: log.fields.filter((field: string) => field !== 'prompt') };
      }),
  },
  {
    rule: 'accountability/origin-laundering',
    name: 'declares what an AI made as made by people',
    mutants: (design) =>
      eachEntry(design, 'data', (data, id, copy) => {
        if (!listOf(data.origin).includes('ai') || !madeByAi(copy).has(id)) return false;
        data.origin = ['human'];
      }),
  },
  {
    rule: 'accountability/origin-laundering',
    name: 'puts what an AI made into a copy that is declared as made by a system',
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        const system = Object.keys(copy.actors ?? {}).find((actor) => copy.actors[actor].kind === 'system');
        const [data] = written(step);
        if (!isByAgent(step, copy) || !data || !system || typeof step.next !== 'string' || !copy.steps[id])
          return false;
        copy.data.clean_copy = { ...copy.data[data], origin: ['system'] };
        drop(copy.data.clean_copy, 'labels');
        copy.steps.convert = {
          task: 'Convert it',
          by: system,
          purpose: step.purpose,
          reads: [data],
          writes: { clean_copy: [data] },
          next: step.next,
          on: { error: step.on?.error ?? step.next },
        };
        step.next = 'convert';
      }),
  },
  {
    rule: 'accountability/disclosure-first',
    name: 'tells nobody that an AI takes part',
    mutants: (design) =>
      eachStep(design, (step, id, copy) => {
        if (kindOf(step) !== 'disclose' || !matters(copy, step.to) || typeof step.next !== 'string') return false;
        for (const start of listOf<Design>(copy.start)) if (start.next === id) start.next = step.next;
        for (const site of stepsOf(copy))
          for (const exit of exitsOf(site.step)) if (exit.to === id) exit.set(step.next);
        delete copy.steps[id];
      }),
  },
  {
    rule: 'accountability/disclosure-first',
    name: 'goes on with an AI where nobody could be told',
    also: ['flow/fallback-drops-control', 'data/input-quality-gate'],
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        if (kindOf(step) !== 'disclose' || !matters(copy, step.to) || !step.on?.error) return false;
        step.on.error = step.next;
      }),
  },
  {
    rule: 'accountability/disclosure-first',
    name: 'tells it somebody else',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        if (kindOf(step) !== 'disclose' || !matters(copy, step.to)) return false;
        step.to = copy.accountable;
      }),
  },
  {
    rule: 'accountability/ai-content-marked',
    name: 'marks nothing',
    mutants: (design) => eachStep(design, (step) => listOf(step.marks).length > 0 && drop(step, 'marks')),
  },
  {
    rule: 'accountability/ai-content-marked',
    name: 'leaves one thing unmarked',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const marks = dataOf(step.marks);
        const media = marks.filter((data) => ['image', 'audio', 'video'].includes(copy.data?.[data]?.media));
        if (media.length === 0) return false;
        step.marks = marks.filter((data) => data !== media[0]);
      }),
  },
  {
    rule: 'accountability/ai-content-marked',
    name: 'goes past the step that marks',
    also: ['structure/unreachable-step', 'flow/fallback-drops-control'],
    mutants: (design) =>
      stepsOf(design).flatMap(({ id, step: marker }) =>
        dataOf(marker.marks).length === 0
          ? []
          : mutant(design, `step ${id}`, (copy) => {
              const next = stepAt(copy, id)?.next;
              if (typeof next !== 'string') return false;
              for (const { step } of stepsOf(copy)) if (targetOf(step, 'approve') === id) replaceTarget(step, id, next);
            }),
      ),
  },
  {
    rule: 'accountability/ai-content-marked',
    name: 'shows a deep fake and says nothing',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const fakes = consumed(step).filter((data) => listOf(copy.data?.[data]?.labels).includes('deep-fake'));
        return fakes.length > 0 && drop(step, 'says');
      }),
  },
];

const sinks: ReadonlySet<string> = new Set(['publish', 'message', 'payment', 'decision', 'deploy', 'train']);

/** The first step with an effect behind `id`; a split leads to the first of its branches. */
function soonest(design: Design, id: string | undefined) {
  const at = stepAt(design, id);
  const split = listOf<string>(at?.next?.all)[0];
  return effectBehind(design, split ?? id);
}

/** As if it could be taken back and stayed in the house. */
function makeMild(step: Design): void {
  if (!isGrave(step)) return;
  for (const effect of listOf<Design>(step.effects)) {
    drop(effect, 'irreversible');
    drop(effect, 'external');
  }
}

/** An AI writes to this person or works toward a decision about them. */
function matters(design: Design, person: unknown): boolean {
  return stepsOf(design).some(
    ({ step }) =>
      (step.subject === person && step.subject && kindOf(step) !== 'contest') ||
      listOf<Design>(step.effects).some((effect) => effect.kind === 'decision' && effect.subject === person),
  );
}

function replaceTarget(step: Design, from: string, to: string): void {
  if (step.next === from) step.next = to;
  for (const [outcome, target] of Object.entries(step.on ?? {})) if (target === from) step.on[outcome] = to;
}

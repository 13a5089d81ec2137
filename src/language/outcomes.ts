// Which outcomes a step has, why, and which of them go on by `next`.
import { addTo } from './groups.ts';
import type { Actor, Step, Workflow } from './model.ts';
import { isList, type Located, type Range } from './source.ts';
import { contestOutcomes, endOutcomes } from './vocabulary.ts';

/** One way a step can end. */
export interface Outcome {
  readonly name: string;
  /** Why the step has it, as the second half of a sentence. */
  readonly because: string;
  /** Goes on by `next` where `on` does not name it. */
  readonly byNext: boolean;
  /** The key that brings it, or undefined for what every step of the kind has. */
  readonly range: Range | undefined;
}

const never = new Set(['modify', 'reject', 'error', 'timeout', 'low-confidence', 'unavailable', 'absent']);

/** A scope or call goes on by `next` only when it was completed: what else ends it is for `on`, here or further out. */
function goesByNext(name: string, kind: Step['kind']): boolean {
  if (kind === 'scope' || kind === 'call')
    return name === 'completed' || (!never.has(name) && !Object.hasOwn(endOutcomes, name));
  return !never.has(name);
}

/** The outcomes of `step` when `performers` do it; a fallback or backup changes them. */
export function outcomesOf(step: Step, performers: readonly Actor[], workflow: Workflow): readonly Outcome[] {
  const { kind, fields } = step;
  if (kind === undefined || kind === 'end') return [];
  const outcomes = new Map<string, Outcome>();
  const add = (name: string, because: string, range?: Range) => {
    if (!outcomes.has(name)) outcomes.set(name, { name, because, byNext: goesByNext(name, kind), range });
  };
  if (kind === 'scope' || kind === 'call') addEndOutcomes(step, workflow, add);
  else addResults(step, performers, add);
  const key = (name: string) => fields.$.keyRange(name);
  if (step.within) add('timeout', "it has 'within'", key('within'));
  if (kind === 'wait' && awaitsEvent(step)) add('timeout', 'it waits for an event', key('until'));
  for (const actor of performers) {
    if (actor.kind === 'agent') {
      add('error', `'${actor.id}' is an AI agent`, key('by'));
      add('unavailable', `'${actor.id}' is an AI agent`, key('by'));
    }
    if (actor.kind === 'system') add('error', `'${actor.id}' is a system`, key('by'));
    if (actor.fields.backup) add('absent', `'${actor.id}' has a backup and can be away`, key('by'));
  }
  if (fields.gate?.atLeast) add('low-confidence', 'it has a gate', key('gate'));
  return [...outcomes.values()];
}

/** Events a `wait` names under its own `on`. */
function awaitedEvents(step: Step): readonly { name: string; range: Range }[] {
  const entries = [...(step.fields.on?.values() ?? [])];
  return entries
    .map(({ key }) => ({ name: key.value, range: key.range }))
    .filter(({ name }) => !['timeout', 'cancel', 'done'].includes(name));
}

/** True for a `wait` that ends by an event and has no `for` that ends it as well. */
export function awaitsEvent(step: Step): boolean {
  const { until, for: period, from } = step.fields;
  return period === undefined && (until !== undefined || from !== undefined || awaitedEvents(step).length > 0);
}

/** The outcomes a step declares, as a list or as the keys of a map. */
export function declaredOutcomes({ fields }: Step): readonly Located<string>[] {
  const declared = fields.outcomes ?? [];
  return isList(declared) ? declared : [...declared.values()].map(({ key }) => key);
}

type Add = (name: string, because: string, range?: Range) => void;

function addResults(step: Step, performers: readonly Actor[], add: Add): void {
  const { kind, fields } = step;
  if (fields.outcomes) {
    for (const { value, range } of declaredOutcomes(step)) add(value, "declared under 'outcomes'", range);
    return;
  }
  if (kind === 'contest') {
    for (const name of [...Object.keys(contestOutcomes), 'not-filed']) add(name, 'part of every contest');
    return;
  }
  const byMachine =
    performers.length > 0 && performers.every((actor) => actor.kind === 'agent' || actor.kind === 'system');
  // Who reviews is not known yet: what `on` names is one of its outcomes.
  const isOpen = kind === 'review' && performers.length === 0 && (fields.by ?? []).length > 0;
  if (kind === 'approval' || (kind === 'review' && !byMachine && !isOpen)) {
    for (const name of ['approve', 'modify', 'reject'])
      add(name, `part of every ${kind} by a human, unless 'outcomes' says otherwise`);
    return;
  }
  if (kind === 'wait') {
    for (const { name, range } of awaitedEvents(step)) add(name, 'it is waited for', range);
    if (awaitedEvents(step).length > 0 && !fields.until && !fields.for) return;
  }
  add('done', 'the step is done');
}

/** Those of the ends reached inside; a scope whose paths run out without an end is completed. */
function addEndOutcomes(step: Step, workflow: Workflow, add: Add): void {
  const ends =
    step.kind === 'scope'
      ? workflow.derived(endsByScope).get(step)
      : calleeOf(step, workflow)?.derived(endsByScope).get(undefined);
  add('completed', 'its work can be completed');
  for (const end of ends ?? []) {
    const outcome = end.fields.outcome?.value ?? 'completed';
    if (outcome === 'completed') continue;
    const name = outcome === 'failed' && !step.handlers.has('failed') ? 'error' : outcome;
    add(name, `'${end.id}' inside it ends as ${outcome}: ${endOutcomes[outcome].toLowerCase().replace(/\.$/, '')}`);
  }
}

/** The ends of each scope; those of the case by undefined. */
export function endsByScope({ steps }: Workflow): ReadonlyMap<Step | undefined, readonly Step[]> {
  const ends = new Map<Step | undefined, Step[]>();
  for (const step of steps.values()) if (step.kind === 'end') addTo(ends, step.scope, step);
  return ends;
}

function calleeOf(step: Step, workflow: Workflow): Workflow | undefined {
  return step.fields.call && workflow.subWorkflow(step.fields.call.value);
}

// What is recorded of a step: its own log or that of the file's defaults, the store it goes to and the fields it has.
import { type Actor, isAi, type Step, type Store, type Workflow } from '../language/model.ts';
import type { StepFields } from '../language/vocabulary.ts';
import { pathOf, rootOf, writesOf } from './data-paths.ts';
import { effectsOf } from './effects.ts';

type LogRecord = Extract<NonNullable<StepFields['log']>, { readonly $: unknown }>;

/** The log of one step. */
export interface StepLog {
  /** As written; undefined where nothing is logged. */
  readonly record: LogRecord | undefined;
  /** `own`: at the step; `defaults`: of the file; `dropped`: the step says `none`; `missing`: nobody says anything. */
  readonly from: 'own' | 'defaults' | 'dropped' | 'missing';
  /** Undefined where the name resolves to nothing. */
  readonly store: Store | undefined;
  /** What is recorded, in the words of the language, or data ids. */
  readonly fields: ReadonlySet<string>;
}

/** The log in force at `step` (language.md, 9.1: a step's own log replaces the default whole). */
export function logOf(step: Step, workflow: Workflow): StepLog {
  return workflow.derived(logsBySteps).get(step) ?? logAt(step, workflow);
}

function logsBySteps(workflow: Workflow): ReadonlyMap<Step, StepLog> {
  return new Map([...workflow.steps.values()].map((step) => [step, logAt(step, workflow)]));
}

function logAt(step: Step, { fields, stores }: Workflow): StepLog {
  const own = step.fields.log;
  const inherited = own === undefined && takesDefault(step) ? fields?.defaults?.log : undefined;
  const log = own ?? inherited;
  const record = log && '$' in log ? log : undefined;
  const from = own ? (record ? 'own' : 'dropped') : record ? 'defaults' : 'missing';
  const names = (record?.fields ?? []).map(({ value }) => value);
  return { record, from, store: stores.get(record?.to?.name ?? ''), fields: new Set(names) };
}

const undefaulted: ReadonlySet<string> = new Set(['scope', 'route', 'end', 'wait']);

/** Kinds for which `defaults.log` counts. */
function takesDefault({ kind }: Step): boolean {
  return kind !== undefined && !undefaulted.has(kind);
}

/** The step may have a log of its own. */
export function canLog({ kind }: Step): boolean {
  return kind !== undefined && (kind === 'scope' || !undefaulted.has(kind));
}

/** Agents at work in `step`: who performs or assists, takes over, or may be passed the work. */
export function agentsIn(step: Step, workflow: Workflow): readonly Actor[] {
  return workflow.derived(agentsBySteps).get(step) ?? agentsAt(step, workflow);
}

function agentsBySteps(workflow: Workflow): ReadonlyMap<Step, readonly Actor[]> {
  return new Map([...workflow.steps.values()].map((step) => [step, agentsAt(step, workflow)]));
}

function agentsAt(step: Step, { actors }: Workflow): readonly Actor[] {
  const { delegatesTo = [], escalate = [] } = step.fields;
  const named = [...delegatesTo, ...escalate.flatMap(({ to }) => (to ? [to] : []))];
  const all = new Set([...step.performers, ...step.assistants, ...named.flatMap(({ name }) => actors.get(name) ?? [])]);
  for (const { fields } of all) {
    for (const taker of [fields.fallback, fields.backup]) {
      const actor = taker && actors.get(taker.name);
      if (actor) all.add(actor);
    }
  }
  return [...all].filter(isAi);
}

/** The step does something in the world, or decides about someone. */
export function hasEffect(step: Step, workflow: Workflow): boolean {
  return effectsOf(step, workflow).length > 0 || (step.kind === 'decision' && step.fields.subject !== undefined);
}

/** Of `wanted`, what the log of the step does not hold. Copies of all that a step reads or writes stand for references to it. */
export function notLogged(wanted: readonly string[], step: Step, { fields }: StepLog, workflow: Workflow) {
  const { reads = [], covers = [], reviews = [] } = step.fields;
  const copies: Readonly<Record<string, readonly string[]>> = {
    inputs: [...reads, ...covers, ...reviews].map((read) => rootOf(pathOf(read))),
    output: writesOf(step, workflow).map(({ out }) => rootOf(out)),
  };
  return wanted.filter((field) => {
    const copied = copies[field] ?? [];
    return !fields.has(field) && (copied.length === 0 || copied.some((data) => !fields.has(data)));
  });
}

/** Steps whose log lacks the same: those that share the defaults' log, those without any, or one with a log of its own. */
export interface LogGap {
  readonly steps: readonly Step[];
  readonly log: StepLog;
  /** In the order they are wanted; all of them where nothing is logged. */
  readonly missing: readonly string[];
}

/** What the logs of `steps` lack, one entry for each place where it can be mended. */
export function logGaps(
  steps: Iterable<Step>,
  missingAt: (step: Step, log: StepLog) => readonly string[],
  workflow: Workflow,
): readonly LogGap[] {
  const gaps = new Map<unknown, { steps: Step[]; log: StepLog; missing: Set<string> }>();
  for (const step of steps) {
    const log = logOf(step, workflow);
    const missing = missingAt(step, log);
    if (missing.length === 0) continue;
    const place = log.from === 'own' || log.from === 'dropped' ? step : log.from;
    const known = gaps.get(place) ?? { steps: [], log, missing: new Set() };
    gaps.set(place, known);
    known.steps.push(step);
    for (const field of missing) known.missing.add(field);
  }
  return [...gaps.values()].map((gap) => ({ ...gap, missing: [...gap.missing] }));
}

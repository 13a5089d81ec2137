// A workflow with the sub-workflows it calls put in place: each call becomes a scope that holds the steps of the file it
// calls, under names such as `payout/send`, so that every analysis of paths and data sees through the border.
//
// Substitution in place of summaries: a summary has to foresee every question of every analysis, and this is exact for
// all of them. Its cost is bounded by `maxSteps`; a call past it stays closed, like one whose file cannot be read.
import { type Condition, type Conditions, checkConditions } from '../language/conditions.ts';
import type { Actor, Declarations, Declared, Step, Workflow } from '../language/model.ts';
import type { ConditionText } from '../language/parts.ts';
import type { StepFields } from '../language/vocabulary.ts';
import { bordersOf } from './call-borders.ts';
import { type Names, type Renaming, renamed, renamedAst, renamedHandlers } from './rename.ts';

/** A workflow and its conditions. */
export interface Opened {
  readonly workflow: Workflow;
  readonly conditions: Conditions;
}

/** Steps that a workflow may come to by opening calls. */
const maxSteps = 2000;

/** `workflow` with its calls opened, those inside them too; the same objects where there is nothing to open. */
export function openCalls(workflow: Workflow, conditions: Conditions): Opened {
  return open(workflow, conditions, [workflow.file.uri], { left: maxSteps });
}

function open(workflow: Workflow, conditions: Conditions, trail: readonly string[], budget: { left: number }): Opened {
  let opened: Opened = { workflow, conditions };
  for (const call of workflow.steps.values()) {
    const callee = calleeOf(call, workflow);
    if (!callee || trail.includes(callee.file.uri) || callee.steps.size > budget.left) continue;
    budget.left -= callee.steps.size;
    const inner = open(callee, callee.derived(checkConditions), [...trail, callee.file.uri], budget);
    opened = placed(opened, call, inner);
  }
  return opened;
}

/** The workflow a step calls; undefined where it cannot be had, or where messages of its own wake parts of it. */
function calleeOf(call: Step, workflow: Workflow): Workflow | undefined {
  if (call.kind !== 'call' || !call.fields.call) return undefined;
  const callee = workflow.subWorkflow(call.fields.call.value);
  if (!callee || callee.library || callee.starts.length === 0 || callee.steps.size === 0) return undefined;
  const emitted = new Set([...callee.steps.values()].flatMap(({ fields }) => (fields.emits ?? []).map((e) => e.name)));
  return callee.starts.some(({ fields }) => fields.on && emitted.has(fields.on.name)) ? undefined : callee;
}

/** `outer` with the steps of `inner` in place of `call`. */
function placed(outer: Opened, call: Step, inner: Opened): Opened {
  const { workflow } = outer;
  const at = call.fields.call?.range ?? call.range;
  const names = namesFor(call.id, workflow, inner.workflow);
  const renaming: Renaming = { names, at, conditions: new Map() };
  const borders = bordersOf(workflow.steps.get(call.id) ?? call, inner.workflow, renaming);
  const declarations = declarationsWith(workflow, inner.workflow, renaming);
  const added = [...borders.steps, ...copySteps(inner.workflow, borders.inside, declarations, renaming)];
  const steps = new Map(workflow.steps).set(call.id, borders.scope);
  for (const step of added) steps.set(step.id, step);
  const checked = new Map(outer.conditions.checked);
  for (const [copied, original] of renaming.conditions) {
    const condition = inner.conditions.checked.get(original);
    if (condition) checked.set(copied, renamedCondition(condition, copied, names.data));
  }
  for (const { condition, ast } of borders.equalities) checked.set(condition, { source: condition, ast, type: 'bool' });
  return {
    workflow: withSteps(workflow, steps, declarations),
    conditions: { ...outer.conditions, checked },
  };
}

function renamedCondition(condition: Condition, source: ConditionText, names: ReadonlyMap<string, string>): Condition {
  return { ...condition, source, ast: condition.ast && renamedAst(condition.ast, names) };
}

function withSteps(workflow: Workflow, steps: ReadonlyMap<string, Step>, declarations: Declarations): Workflow {
  const answers = new Map<(of: Workflow) => unknown, unknown>();
  const result: Workflow = {
    ...workflow,
    ...declarations,
    steps,
    derived<T>(compute: (of: Workflow) => T): T {
      if (!answers.has(compute)) answers.set(compute, compute(result));
      return answers.get(compute) as T;
    },
  };
  return result;
}

const kinds = ['actors', 'stores', 'events', 'calendars', 'handoffs', 'policies'] as const;
const singular = {
  actors: 'actor',
  stores: 'store',
  events: 'event',
  calendars: 'calendar',
  handoffs: 'handoff',
  policies: 'policy',
} as const;

/** Declarations of one file are the same on both sides; data belongs to one run of the sub-workflow unless it is stored. */
function namesFor(call: string, outer: Workflow, inner: Workflow): Names {
  const inside = (id: string) => `${call}/${id}`;
  const shared = (key: (typeof kinds)[number]) => {
    const [ours, theirs] = [outer[key], inner[key]] as ReadonlyMap<string, Declared<unknown>>[];
    const taken = [...(theirs ?? [])].filter(([id, { uri }]) => ours?.has(id) && ours.get(id)?.uri !== uri);
    return new Map(taken.map(([id]) => [id, inside(id)]));
  };
  const isShared = (id: string) => {
    const [ours, theirs] = [outer.data.get(id), inner.data.get(id)];
    const lasts = theirs?.fields.store !== undefined || theirs?.fields.trustedRecord?.value === true;
    return lasts && (ours === undefined || ours.uri === theirs.uri);
  };
  const items = [...inner.steps.values()].flatMap(({ fields }) => fields.forEach?.item?.value ?? []);
  const data = [...inner.data.keys(), ...items].filter((id) => !isShared(id));
  const byKind = Object.fromEntries(kinds.map((key) => [singular[key], shared(key)]));
  return {
    ...(byKind as unknown as Omit<Names, 'step' | 'data'>),
    step: new Map([...inner.steps.keys()].map((id) => [id, inside(id)])),
    data: new Map(data.map((id) => [id, inside(id)])),
  };
}

function declarationsWith(outer: Workflow, inner: Workflow, renaming: Renaming): Declarations {
  const merged = <T extends Declared<unknown>>(
    ours: ReadonlyMap<string, T>,
    theirs: ReadonlyMap<string, T>,
    names: ReadonlyMap<string, string>,
  ): ReadonlyMap<string, T> => {
    const result = new Map(ours);
    for (const [id, declared] of theirs) {
      const name = names.get(id) ?? id;
      if (!result.has(name)) result.set(name, { ...renamed(declared, renaming), id: name });
    }
    return result;
  };
  const of = <K extends (typeof kinds)[number]>(key: K) =>
    merged(outer[key] as ReadonlyMap<string, Declared<unknown>>, inner[key], renaming.names[singular[key]]);
  return {
    ...(Object.fromEntries(kinds.map((key) => [key, of(key)])) as unknown as Omit<Declarations, 'data'>),
    data: merged(outer.data, inner.data, renaming.names.data),
  };
}

function copySteps(inner: Workflow, scope: Step, { actors }: Declarations, renaming: Renaming): readonly Step[] {
  // An actor is one object, however many files name it.
  const same = ({ id }: Actor) => actors.get(renaming.names.actor.get(id) ?? id) ?? [];
  const copies = new Map<string, Step>();
  const { defaults, accountable } = inner.fields ?? {};
  for (const step of inner.steps.values()) {
    const fields = renamed<StepFields>(step.fields, renaming);
    const log = step.fields.log ?? defaults?.log;
    const copy: Step = {
      ...step,
      id: renaming.names.step.get(step.id) ?? step.id,
      range: renaming.at,
      fields: {
        ...fields,
        ...(log ? { log: renamed(log, renaming) } : {}),
        ...(fields.accountable || !accountable ? {} : { accountable: renamed(accountable, renaming) }),
      },
      scope: (step.scope && copies.get(step.scope.id)) ?? scope,
      performers: step.performers.flatMap(same),
      assistants: step.assistants.flatMap(same),
      handlers: renamedHandlers(step.handlers, renaming),
      within: renamed(step.within, renaming),
      accepts: renamed(step.accepts, renaming),
    };
    copies.set(step.id, copy);
  }
  return [...copies.values()];
}

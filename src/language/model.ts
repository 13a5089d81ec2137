// The model of one workflow: declarations of the file and its imports, steps of all scopes, defaults applied.
import { derivedFrom, note, numberOf } from './asked-keys.ts';
import type { ParsedFile } from './parse.ts';
import type { Contract, ContractTerms, DataField, Entry, Reference, Target } from './parts.ts';
import { contractOf } from './read-target.ts';
import type { Range } from './source.ts';
import {
  type ActorFields,
  type ActorKind,
  type CalendarFields,
  type DataFields,
  type EventFields,
  type FileFields,
  type PolicyFields,
  type StartFields,
  type StepFields,
  type StepKind,
  type StepMap,
  type StoreFields,
  stepKinds,
} from './vocabulary.ts';

/** Something declared under an id, in this file or an imported one. */
export interface Declared<F> {
  readonly id: string;
  readonly fields: F;
  /** Of the id. */
  readonly range: Range;
  /** File it stands in. */
  readonly uri: string;
}

/** Someone or something that takes part. */
export interface Actor extends Declared<ActorFields> {
  /** Undefined where the kind is missing or unknown. */
  readonly kind: ActorKind | undefined;
}
export type Data = Declared<DataFields>;
export type Store = Declared<StoreFields>;
export type Event = Declared<EventFields>;
export type Calendar = Declared<CalendarFields>;
export type Handoff = Declared<ContractTerms>;
export type Policy = Declared<PolicyFields>;

/** A step with the defaults of its file applied. */
export interface Step {
  readonly id: string;
  /** Of the id. */
  readonly range: Range;
  /** Undefined where the first key is not a kind. */
  readonly kind: StepKind | undefined;
  readonly title: string;
  readonly fields: StepFields;
  /** The scope step around it. */
  readonly scope: Step | undefined;
  /** Declared actors of `by`; unresolved ones are left out. */
  readonly performers: readonly Actor[];
  readonly assistants: readonly Actor[];
  /** `on` with the file's defaults; `none` entries are gone. The step's own entries first. */
  readonly handlers: ReadonlyMap<string, Handler>;
  /** `within` with the file's default. */
  readonly within: StepFields['within'];
  /** `accepts` with the file's default. */
  readonly accepts: Contract | undefined;
}

/** Where work goes at an outcome or event. */
export interface Handler {
  readonly outcome: string;
  readonly target: Target | undefined;
  /** Of the key. */
  readonly range: Range;
  /** Comes from the file's `defaults`. */
  readonly inherited: boolean;
}

/** One way a case begins. */
export interface Start {
  /** Position in the file, from 0. */
  readonly index: number;
  readonly fields: StartFields;
}

/** The map of an id to its declaration, for each kind. */
export interface Declarations {
  readonly actors: ReadonlyMap<string, Actor>;
  readonly data: ReadonlyMap<string, Data>;
  readonly stores: ReadonlyMap<string, Store>;
  readonly events: ReadonlyMap<string, Event>;
  readonly calendars: ReadonlyMap<string, Calendar>;
  readonly handoffs: ReadonlyMap<string, Handoff>;
  readonly policies: ReadonlyMap<string, Policy>;
}

/** One file with all that it imports. */
export interface Workflow extends Declarations {
  readonly file: ParsedFile;
  /** Id of the workflow or library; undefined while it is missing. */
  readonly id: string | undefined;
  readonly library: boolean;
  readonly fields: FileFields | undefined;
  /** Every mention of something in the file. */
  readonly references: readonly Reference[];
  readonly starts: readonly Start[];
  /** Steps of all scopes, in file order. */
  readonly steps: ReadonlyMap<string, Step>;
  /** Handlers of the whole case. */
  readonly handlers: ReadonlyMap<string, Handler>;
  /** Fields of a JSON Schema file that data names, or undefined. */
  schemaFields(path: string | undefined, from: string | undefined): ReadonlyMap<string, DataField> | undefined;
  /** A sub-workflow by what `call` says; undefined where it cannot be had. */
  subWorkflow(call: string): Workflow | undefined;
  /** What `compute` answers for this workflow, worked out once however often it is asked for. */
  derived<T>(compute: (workflow: Workflow) => T): T;
}

const everything = numberOf('(everything)');

/** Nothing declared. */
export const noDeclarations: Declarations = {
  actors: new Map(),
  data: new Map(),
  stores: new Map(),
  events: new Map(),
  calendars: new Map(),
  handoffs: new Map(),
  policies: new Map(),
};

/** What a workflow can ask of the files around it. */
export type Surroundings = Pick<Workflow, 'subWorkflow' | 'schemaFields'>;

/**
 * Builds the model of `file`; `imported` are the declarations it uses, the file's own win over them. `observe` may put
 * steps in place of its own that note what is asked of them.
 */
export function buildWorkflow(
  file: ParsedFile,
  imported: Declarations,
  surroundings: Surroundings,
  observe: (step: Step) => Step = (step) => step,
): Workflow {
  const { fields } = file;
  const declarations = mergeDeclarations(imported, declarationsOf(file));
  const workflow: Workflow = {
    ...declarations,
    file,
    id: fields?.workflow?.value ?? fields?.library?.value,
    library: fields?.library !== undefined && fields.workflow === undefined,
    fields,
    get references() {
      note(everything);
      return file.references;
    },
    starts: (fields?.start ?? []).map((start, index) => ({ index, fields: start })),
    steps: buildSteps(fields, declarations, observe),
    handlers: handlersOf(fields?.on),
    ...surroundings,
    derived: derivedFrom((): Workflow => workflow),
  };
  return workflow;
}

/** What a file declares itself. */
export function declarationsOf(file: ParsedFile): Declarations {
  const { fields, uri } = file;
  return {
    actors: mapEntries(fields?.actors, (entry) => ({
      ...declared(entry, uri),
      kind: entry.value?.kind?.value,
    })),
    data: mapEntries(fields?.data, (entry) => declared(entry, uri)),
    stores: mapEntries(fields?.stores, (entry) => declared(entry, uri)),
    events: mapEntries(fields?.events, (entry) => declared(entry, uri)),
    calendars: mapEntries(fields?.calendars, (entry) => declared(entry, uri)),
    handoffs: mapEntries(fields?.handoffs, (entry) => declared(entry, uri)) as ReadonlyMap<string, Handoff>,
    policies: mapEntries(fields?.policies, (entry) => declared(entry, uri)),
  };
}

/** Both together; where they share an id, that of `second` stands. */
export function mergeDeclarations(first: Declarations, second: Declarations): Declarations {
  const merge = <T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>) => (a.size === 0 ? b : new Map([...a, ...b]));
  return {
    actors: merge(first.actors, second.actors),
    data: merge(first.data, second.data),
    stores: merge(first.stores, second.stores),
    events: merge(first.events, second.events),
    calendars: merge(first.calendars, second.calendars),
    handoffs: merge(first.handoffs, second.handoffs),
    policies: merge(first.policies, second.policies),
  };
}

function mapEntries<F, T>(
  entries: ReadonlyMap<string, Entry<F>> | undefined,
  build: (entry: Entry<F>) => T,
): ReadonlyMap<string, T> {
  return new Map([...(entries ?? [])].map(([id, entry]) => [id, build(entry)]));
}

function declared<F>(entry: Entry<F>, uri: string): Declared<F> {
  const empty = { $: { range: entry.range, node: undefined, keyRange: () => undefined, valueRange: () => undefined } };
  return { id: entry.key.value, fields: entry.value ?? (empty as F), range: entry.key.range, uri };
}

function buildSteps(
  fields: FileFields | undefined,
  declarations: Declarations,
  observe: (step: Step) => Step,
): ReadonlyMap<string, Step> {
  const steps = new Map<string, Step>();
  const add = (map: StepMap | undefined, scope: Step | undefined) => {
    for (const entry of map?.values() ?? []) {
      if (!entry.value || steps.has(entry.key.value)) continue;
      const step = observe(
        buildStep(entry.key.value, entry.key.range, entry.value, scope, fields?.defaults, declarations),
      );
      steps.set(step.id, step);
      add(entry.value.steps, step);
    }
  };
  add(fields?.steps, undefined);
  return steps;
}

function buildStep(
  id: string,
  range: Range,
  fields: StepFields,
  scope: Step | undefined,
  defaults: FileFields['defaults'],
  { actors }: Declarations,
): Step {
  const kind = kindOf(fields);
  const resolve = (references: StepFields['by']) => (references ?? []).flatMap(({ name }) => actors.get(name) ?? []);
  const takesDefaults = kind !== undefined && kind !== 'scope' && kind !== 'route' && kind !== 'end';
  const waits = kind === 'wait';
  const within = fields.within ?? (takesDefaults && !(waits && fields.for) ? defaults?.within : undefined);
  const own = contractOf(fields.accepts);
  const accepts = own ?? (takesDefaults && !waits ? contractOf(defaults?.accepts) : undefined);
  const title = kind === undefined ? undefined : kind === 'call' ? (fields.title ?? fields.call) : fields[kind];
  const step: Step = {
    id,
    range,
    kind,
    title: title?.value.trim() || id,
    fields,
    scope,
    performers: resolve(fields.by),
    assistants: resolve(fields.assistedBy),
    handlers: handlersOf(fields.on),
    within,
    accepts: accepts?.names.some(({ word }) => word) ? undefined : accepts,
  };
  return takesDefaults && defaults?.on ? { ...step, handlers: withDefaults(step, defaults.on) } : step;
}

/** The kind its first key says, else that of any key that is a kind. */
export function kindOf(fields: StepFields): StepKind | undefined {
  const first = fields.$.node?.entries.find(({ key }) => Object.hasOwn(stepKinds, key.text))?.key.text;
  return (first ?? (Object.keys(stepKinds) as StepKind[]).find((kind) => fields[kind] !== undefined)) as
    | StepKind
    | undefined;
}

function handlersOf(on: StepFields['on']): ReadonlyMap<string, Handler> {
  const handlers = new Map<string, Handler>();
  for (const { key, value } of on?.values() ?? []) {
    if (isDropped(value)) continue;
    handlers.set(key.value, { outcome: key.value, target: value, range: key.range, inherited: false });
  }
  return handlers;
}

/** Default handlers for outcomes the step does not handle itself; never back to the step. */
function withDefaults(step: Step, defaults: NonNullable<StepFields['on']>): ReadonlyMap<string, Handler> {
  const handlers = new Map(step.handlers);
  for (const { key, value } of defaults.values()) {
    const dropped = step.fields.on?.has(key.value) || isDropped(value);
    if (dropped || leadsTo(value, step.id)) continue;
    handlers.set(key.value, { outcome: key.value, target: value, range: key.range, inherited: true });
  }
  return handlers;
}

/** `on: { timeout: none }`. */
function isDropped(target: Target | undefined): boolean {
  return target?.kind === 'step' && target.step.word;
}

function leadsTo(target: Target | undefined, id: string): boolean {
  if (!target) return false;
  if (target.kind === 'step') return target.step.name === id;
  return target.kind === 'link'
    ? leadsTo(target.link.to, id) || leadsTo(target.link.exhausted, id)
    : target.links.some((link) => leadsTo(link.to, id) || leadsTo(link.exhausted, id));
}

/** An agent. */
export function isAi(actor: Actor): boolean {
  return actor.kind === 'agent';
}

/** A role of people, or a team of them. */
export function isHuman(actor: Actor): boolean {
  return actor.kind === 'human' || actor.kind === 'team';
}

/** Someone of this organization or outside, but no AI, no software and no supplier. */
export function isPerson(actor: Actor): boolean {
  return isHuman(actor) || actor.kind === 'external';
}

/** Somebody judges there: the work, or what was decided before. */
export function isJudgment({ kind }: Pick<Step, 'kind'>): boolean {
  return kind === 'approval' || kind === 'review' || kind === 'decision' || kind === 'contest';
}

/** `step` stands in `scope`, at any depth; without a scope, in the case itself, which holds everything. */
export function isInside(step: Step | undefined, scope: Step | undefined): boolean {
  return scope === undefined || (step?.scope !== undefined && (step.scope === scope || isInside(step.scope, scope)));
}

// One field of the model that custom rules see: its type, its meaning, and how its value is found.
// Types, values, the page and completion all come from tables of these.
import type { Analyses } from '../analysis/analyses.ts';
import { rootOf } from '../analysis/data-paths.ts';
import type { Effect } from '../analysis/effects.ts';
import type { Handoff } from '../analysis/handoffs.ts';
import type { Actor, Data, Step, Store, Workflow } from '../language/model.ts';
import type { FromData, Reference } from '../language/parts.ts';
import type { Located } from '../language/source.ts';
import type { Duration } from '../language/values.ts';
import type { ActorFields } from '../language/vocabulary.ts';

/** What each type of the model is made from. */
export interface Subjects {
  readonly Workflow: Analyses;
  readonly Step: Step;
  readonly Actor: Actor;
  readonly Model: NonNullable<ActorFields['model']>[number];
  readonly Tool: { readonly name: string; readonly fields: ToolFields | undefined };
  readonly Data: Data;
  readonly Store: Store;
  readonly Handoff: Handoff;
  readonly Effect: Effect;
}

type ToolFields =
  NonNullable<NonNullable<ActorFields['tools']> extends ReadonlyMap<string, infer E> ? E : never> extends {
    readonly value: infer T;
  }
    ? NonNullable<T>
    : never;

export type TypeName = keyof Subjects;

/** Types of values: those of CEL, those of the model, and lists of them. */
export type FieldType = Simple | TypeName | `list<${'string' | TypeName}>`;
type Simple = 'string' | 'double' | 'bool';

/** One field of a type. */
export interface Field<S> {
  readonly type: FieldType;
  readonly doc: string;
  /** When it has no value, as the end of "not stated"; undefined: it always has one. */
  readonly absent?: string;
  /** The value: text, number, truth, subjects of other types as they are in the model, or undefined where it is absent. */
  readonly read: (subject: S, analyses: Analyses) => unknown;
}

/** Fields of one type by name. */
export interface TypeTable<S> {
  readonly doc: string;
  readonly fields: Readonly<Record<string, Field<S>>>;
}

/** A field that always has a value. */
export function always<S>(type: FieldType, doc: string, read: Field<S>['read']): Field<S> {
  return { type, doc, read };
}

/** A field that may be absent; `absent` says when, if not simply where the author states nothing. */
export function maybe<S>(
  type: FieldType,
  doc: string,
  read: Field<S>['read'],
  absent = 'where it is not written',
): Field<S> {
  return { type, doc, read, absent };
}

/** The texts of a list; none where the list is missing. */
export function values(list: readonly Located<string>[] | undefined): readonly string[] {
  return (list ?? []).map(({ value }) => value);
}

/** Names as they are written, fields with them. */
export function namesOf(list: readonly Reference[] | undefined): readonly string[] {
  return (list ?? []).map(({ name, field }) => (field === undefined ? name : `${name}.${field}`));
}

/** Calendar minutes; undefined where the time is read from data. */
export function minutesOf(time: Located<Duration | FromData> | undefined): number | undefined {
  return time && 'minutes' in time.value ? time.value.minutes : undefined;
}

/** Calendar days; undefined where the time is read from data. */
export function daysOf(time: Located<Duration | FromData> | undefined): number | undefined {
  const minutes = minutesOf(time);
  return minutes === undefined ? undefined : minutes / (24 * 60);
}

/** The actor that is named; undefined for none, for a word of the language and for one that is not declared. */
export function actorOf(reference: Reference | undefined, { actors }: Workflow): Actor | undefined {
  return reference && !reference.word ? actors.get(reference.name) : undefined;
}

/** The actors that are named; undefined where one of them is not declared, so that nothing is concluded from the rest. */
export function actorsOf(list: readonly Reference[] | undefined, { actors }: Workflow): readonly Actor[] | undefined {
  return complete((list ?? []).filter(({ word }) => !word).map(({ name }) => actors.get(name)));
}

/** The data that is named, each once, an item of a `for-each` as the list it is of; undefined where some is not declared. */
export function dataOf(
  list: readonly (Reference | string)[] | undefined,
  workflow: Workflow,
): readonly Data[] | undefined {
  const items = workflow.derived(itemsOf);
  const ids = (list ?? []).map((each) => rootOf(typeof each === 'string' ? each : each.name));
  return complete([...new Set(ids.map((id) => items.get(id) ?? id))].map((id) => workflow.data.get(id)));
}

/** The list that each item of a `for-each` is taken from. */
function itemsOf({ steps, data }: Workflow): ReadonlyMap<string, string> {
  const lists = new Map<string, string>();
  for (const { fields } of steps.values()) {
    const { item, in: list } = fields.forEach ?? {};
    if (item && list && !data.has(item.value)) lists.set(item.value, lists.get(list.name) ?? list.name);
  }
  return lists;
}

/** The list, or undefined where something of it is missing. */
export function complete<T>(list: readonly (T | undefined)[]): readonly T[] | undefined {
  const known = list.filter((each) => each !== undefined);
  return known.length === list.length ? known : undefined;
}

// The model that custom rules see: every type with its fields, and what a rule can be for. Type declarations, values,
// completion and the page of the model are made from this.
import type { Analyses } from '../analysis/analyses.ts';
import type { Field, FieldType, Subjects, TypeName, TypeTable } from './custom-rule-field.ts';
import { allEffects, effectTable, handoffTable, workflowTable } from './custom-rule-flow.ts';
import { actorTable, dataTable, modelTable, storeTable, toolTable } from './custom-rule-parties.ts';
import { stepTable } from './custom-rule-step.ts';

/** Every type by its name. */
export const modelTypes: { readonly [T in TypeName]: TypeTable<Subjects[T]> } = {
  Workflow: workflowTable,
  Step: stepTable,
  Actor: actorTable,
  Model: modelTable,
  Tool: toolTable,
  Data: dataTable,
  Store: storeTable,
  Handoff: handoffTable,
  Effect: effectTable,
};

/** What rules of one kind look at, one after the other. */
export interface RuleKind<T extends TypeName = TypeName> {
  /** The name of it in an expression. */
  readonly variable: string;
  readonly type: T;
  readonly doc: string;
  /** Those of one file; what is imported is looked at in the file that declares it. */
  readonly subjects: (analyses: Analyses) => readonly Subjects[T][];
}

function kind<T extends TypeName>(
  variable: string,
  type: T,
  doc: string,
  subjects: RuleKind<T>['subjects'],
): RuleKind<T> {
  return { variable, type, doc, subjects };
}

/** By the word under `for`. */
export const ruleKinds = {
  workflow: kind('workflow', 'Workflow', 'The workflow as a whole; libraries are left out.', (analyses) =>
    analyses.workflow.library ? [] : [analyses],
  ),
  steps: kind('step', 'Step', 'Each step.', ({ workflow }) => [...workflow.steps.values()]),
  actors: kind('actor', 'Actor', 'Each actor that the file declares.', ({ workflow }) =>
    own(workflow.actors, workflow.file.uri),
  ),
  data: kind('data', 'Data', 'Each data that the file declares.', ({ workflow }) =>
    own(workflow.data, workflow.file.uri),
  ),
  stores: kind('store', 'Store', 'Each store that the file declares.', ({ workflow }) =>
    own(workflow.stores, workflow.file.uri),
  ),
  handoffs: kind('handoff', 'Handoff', 'Each handoff.', ({ handoffs }) => handoffs),
  effects: kind('effect', 'Effect', 'Each effect of a step.', ({ workflow }) => allEffects(workflow)),
} as const;

export type RuleKindName = keyof typeof ruleKinds;

/** Names that an expression of a rule can begin with, and their types. */
export function variablesOfKind(name: RuleKindName): ReadonlyMap<string, TypeName> {
  const { variable, type } = ruleKinds[name];
  return new Map<string, TypeName>([
    [variable, type],
    ['workflow', 'Workflow'],
  ]);
}

/** The type whose fields a value of `type` has: of a list, that of its elements. */
export function typeNamed(type: string): TypeName | undefined {
  const inner = /^list<(.+)>$/.exec(type)?.[1] ?? type;
  return Object.hasOwn(modelTypes, inner) ? (inner as TypeName) : undefined;
}

/** A field by the name of its type. */
export function fieldOf(type: TypeName, name: string): Field<never> | undefined {
  const { fields } = modelTypes[type];
  return Object.hasOwn(fields, name) ? (fields[name] as Field<never>) : undefined;
}

export function isListType(type: FieldType): boolean {
  return type.startsWith('list<');
}

function own<T extends { readonly uri: string }>(map: ReadonlyMap<string, T>, uri: string): readonly T[] {
  return [...map.values()].filter((each) => each.uri === uri);
}

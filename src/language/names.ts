// What a mentioned id means: the one declaration it resolves to, here or in an imported file.
import type { Workflow } from './model.ts';
import type { DeclarationKind, Reference } from './parts.ts';
import type { Range } from './source.ts';
import { sectionOf } from './vocabulary.ts';

/** The declaration behind a mention. */
export interface Resolution {
  readonly kind: DeclarationKind;
  readonly id: string;
  /** Of the id in its declaration. */
  readonly range: Range;
  readonly uri: string;
}

/** The declaration a mention resolves to, or undefined. Words of the language (`self`, `none`) resolve to nothing. */
export function resolve(reference: Reference, workflow: Workflow): Resolution | undefined {
  if (reference.word) return undefined;
  for (const kind of reference.to) {
    const found = declarationOf(kind, reference.name, workflow);
    if (found) return { kind, id: reference.name, range: found.range, uri: found.uri };
  }
  return undefined;
}

/** Ids a mention could stand for, for completion and suggestions. */
export function candidates(kinds: readonly DeclarationKind[], workflow: Workflow): readonly string[] {
  return kinds.flatMap((kind) => [...idsOf(kind, workflow)]);
}

function declarationOf(
  kind: DeclarationKind,
  id: string,
  workflow: Workflow,
): { range: Range; uri: string } | undefined {
  const { uri } = workflow.file;
  switch (kind) {
    case 'step':
      return found(workflow.steps.get(id)?.range, uri);
    case 'data':
      return workflow.data.get(id) ?? found(forEachItems(workflow).get(id), uri);
    case 'tool':
      return tools(workflow).get(id);
    case 'metric':
    case 'workflow':
      return undefined;
    default:
      return workflow[sectionOf[kind]].get(id);
  }
}

function idsOf(kind: DeclarationKind, workflow: Workflow): Iterable<string> {
  switch (kind) {
    case 'step':
      return workflow.steps.keys();
    case 'data':
      return [...workflow.data.keys(), ...forEachItems(workflow).keys()];
    case 'tool':
      return tools(workflow).keys();
    case 'metric':
    case 'workflow':
      return [];
    default:
      return workflow[sectionOf[kind]].keys();
  }
}

function found(range: Range | undefined, uri: string): { range: Range; uri: string } | undefined {
  return range && { range, uri };
}

/** The element that `for-each` names is data inside its step. */
function forEachItems(workflow: Workflow): ReadonlyMap<string, Range> {
  return workflow.derived(computeItems);
}

function computeItems(workflow: Workflow): ReadonlyMap<string, Range> {
  const items = [...workflow.steps.values()].flatMap(({ fields }) => fields.forEach?.item ?? []);
  return new Map(items.map(({ value, range }) => [value, range]));
}

/** Tools of all actors by name; the first actor that declares one stands for it. */
function tools(workflow: Workflow): ReadonlyMap<string, { range: Range; uri: string }> {
  return workflow.derived(computeTools);
}

function computeTools(workflow: Workflow): ReadonlyMap<string, { range: Range; uri: string }> {
  const all = new Map<string, { range: Range; uri: string }>();
  for (const { fields, uri } of workflow.actors.values()) {
    for (const [name, { key }] of fields.tools ?? []) if (!all.has(name)) all.set(name, { range: key.range, uri });
  }
  return all;
}

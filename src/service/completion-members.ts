// Completion behind the dot: fields of data, outcomes of a step at a point, permissions on a store.
import { CompletionItemKind } from 'vscode-languageserver-types';
import { variablesOf } from '../language/conditions.ts';
import { outcomesOf } from '../language/outcomes.ts';
import type { ReferenceShape } from '../language/shape.ts';
import { typeOf } from './condition-text.ts';
import { fieldInWords, outcomeMeaning } from './describe-language.ts';
import { unmarked } from './markdown.ts';
import { type Cursor, isTyped, type Suggestion } from './suggestion.ts';

const permissions = {
  read: 'May read it.',
  write: 'May write to it.',
  delete: 'May delete from it.',
  admin: 'May change it.',
};

/** What can follow `DATA.`, `STEP.` or `STORE.`; each label is the whole mention, since that is what is replaced. */
export function suggestMembers({ to }: ReferenceShape, { typing, workflow }: Cursor): readonly Suggestion[] {
  const owner = typing.before.slice(0, typing.before.lastIndexOf('.'));
  const member = (
    name: string,
    kind: CompletionItemKind,
    detail: string | undefined,
    documentation?: string,
  ): Suggestion => ({
    label: `${owner}.${name}`,
    insert: `${owner}.${name}`,
    kind,
    detail,
    documentation,
    group: 3,
  });
  if (to.includes('data')) {
    const fields = typeOf(owner, variablesOf(workflow))?.fields ?? new Map();
    const found = [...fields.values()].filter(({ name }) => !isTyped(name.value));
    if (found.length > 0)
      return found.map((field) => member(field.name.value, CompletionItemKind.Field, unmarked(fieldInWords(field))));
  }
  const step = to.includes('step') ? workflow.steps.get(owner) : undefined;
  if (step) {
    return outcomesOf(step, step.performers, workflow).map(({ name, because }) =>
      member(name, CompletionItemKind.EnumMember, because, outcomeMeaning(name)),
    );
  }
  if ((to.includes('store') || to.includes('tool')) && workflow.stores.has(owner)) {
    return Object.entries(permissions).map(([name, doc]) =>
      member(name, CompletionItemKind.EnumMember, 'permission', doc),
    );
  }
  return [];
}

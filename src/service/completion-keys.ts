// Completion of keys: the record's own for its kind, ids that are mentioned but not declared yet, outcomes of a step.
import { CompletionItemKind } from 'vscode-languageserver-types';
import { resolve } from '../language/names.ts';
import { outcomesOf } from '../language/outcomes.ts';
import type { DeclarationKind } from '../language/parts.ts';
import type { KeyTable, MapShape, RecordShape, Shape } from '../language/shape.ts';
import type { MapNode } from '../language/syntax.ts';
import { builtInOutcomes, type StepKind, stepKinds } from '../language/vocabulary.ts';
import { listRecordKeys, presentKeys, recordKeys } from './completion-records.ts';
import { declarationDocumentation } from './describe-declaration.ts';
import { outcomeMeaning } from './describe-language.ts';
import { schemaShape } from './field-shapes.ts';
import { keyInsert } from './key-insert.ts';
import { declarationAround, formOf } from './slot.ts';
import { actorSnippets, dataSnippets, fileSnippets, indented, stepSnippet } from './snippets.ts';
import { type Cursor, isTyped, type Suggestion } from './suggestion.ts';
import type { Typing } from './typing.ts';

export function suggestKeys(cursor: Cursor): readonly Suggestion[] {
  const { slot, alone } = cursor.typing;
  const crumb = slot.trail.at(-1);
  if (crumb?.node.kind !== 'map') return [];
  const map = crumb.node;
  const shape = crumb.shape;
  const present = presentKeys(map, cursor.typing);
  if (shape?.kind === 'record') return keysOf(shape, map, present, cursor);
  if (shape?.kind === 'map') return mapKeys(shape, present, cursor);
  if (shape?.kind === 'fields' && present.size === 0 && formOf(crumb.expected, 'map') === schemaShape) {
    return recordKeys(schemaShape, map, present, cursor.typing);
  }
  return alone ? listRecordKeys(crumb.expected, map, present, cursor.typing) : [];
}

/** Keys of a record; a file of its own begins as a whole. */
function keysOf(
  shape: RecordShape<KeyTable>,
  map: MapNode,
  present: ReadonlySet<string>,
  { typing, workflow }: Cursor,
): readonly Suggestion[] {
  const whole = shape.name === 'file' && present.size === 0 ? fileSnippets(workflow.file.uri) : [];
  return [...whole, ...recordKeys(shape, map, present, typing)];
}

function mapKeys(shape: MapShape<Shape>, present: ReadonlySet<string>, cursor: Cursor): readonly Suggestion[] {
  const { keys } = shape;
  const named = (names: readonly Suggestion[]) => names.filter(({ label }) => !present.has(label) && !isTyped(label));
  if (keys.kind === 'declares') return named(declarationKeys(keys.declares, shape, cursor));
  const { workflow } = cursor;
  if (keys.kind === 'mentions') {
    return named(
      [...workflow.data.keys()].map((id) =>
        mapKey(id, shape, cursor, CompletionItemKind.Variable, declarationDocumentation('data', id, workflow)),
      ),
    );
  }
  if (keys.called === 'outcome') return named(outcomeKeys(shape, cursor));
  if (keys.called !== 'data of the sub-workflow') return [];
  const step = workflow.steps.get(declarationAround(cursor.typing.slot, 'step') ?? '');
  const callee = step?.fields.call && workflow.subWorkflow(step.fields.call.value);
  return named(
    [...(callee?.data.keys() ?? [])].map((id) => mapKey(id, shape, cursor, CompletionItemKind.Variable, undefined)),
  );
}

function mapKey(
  label: string,
  shape: MapShape<Shape>,
  { typing }: Cursor,
  kind: CompletionItemKind,
  documentation: string | undefined,
): Suggestion {
  const { text, again } = keyInsert(label, shape.of, typing);
  return { label, insert: text, again, kind, documentation };
}

/** Ids that something mentions and nothing declares, and whole declarations to fill in. */
function declarationKeys(declares: DeclarationKind, shape: MapShape<Shape>, cursor: Cursor): readonly Suggestion[] {
  const { typing, workflow } = cursor;
  const missing = new Set(
    workflow.file.references
      .filter(
        (reference) => reference.to[0] === declares && !reference.word && resolve(reference, workflow) === undefined,
      )
      .map(({ name }) => name),
  );
  const ids = [...missing].map(
    (id): Suggestion => ({
      ...mapKey(
        id,
        shape,
        cursor,
        CompletionItemKind.Reference,
        `\`${id}\` is mentioned in this file and not declared yet.`,
      ),
      detail: 'not declared yet',
      group: 1,
    }),
  );
  if (typing.hasColon) return ids;
  return [...ids, ...(wholeDeclarations[declares]?.(typing) ?? [])];
}

const wholeDeclarations: Partial<Record<DeclarationKind, (typing: Typing) => readonly Suggestion[]>> = {
  step: stepSnippets,
  actor: actorSnippets,
  data: dataSnippets,
};

function stepSnippets(typing: Typing): readonly Suggestion[] {
  return (Object.keys(stepKinds) as StepKind[]).map((kind) => ({
    label: kind,
    insert: indented(stepSnippet(kind, typing.flow), typing.column),
    kind: CompletionItemKind.Snippet,
    detail: `new step: ${kind}`,
    documentation: stepKinds[kind],
    group: 3,
  }));
}

/** Outcomes a step has first, then events, then the rest where the step is not known. */
function outcomeKeys(shape: MapShape<Shape>, cursor: Cursor): readonly Suggestion[] {
  const { typing, workflow } = cursor;
  const parent = typing.slot.trail.at(-2);
  const under = parent?.entry?.key.text;
  const step = workflow.steps.get(declarationAround(typing.slot, 'step') ?? '');
  if (under === 'outcomes') return [];
  const own = step ? outcomesOf(step, step.performers, workflow) : [];
  const known = own.map(
    ({ name, because }): Suggestion => ({
      ...mapKey(
        name,
        shape,
        cursor,
        CompletionItemKind.EnumMember,
        [outcomeMeaning(name), `The step has it: ${because}.`].filter(Boolean).join('\n\n'),
      ),
      detail: 'outcome of this step',
      group: 1,
    }),
  );
  const events =
    under === 'on' && parent?.shape?.kind === 'record' && parent.shape.name !== 'defaults'
      ? [...workflow.events.keys()]
      : [];
  const eventKeys = events.map(
    (id): Suggestion => ({
      ...mapKey(id, shape, cursor, CompletionItemKind.Event, declarationDocumentation('event', id, workflow)),
      detail: 'event',
      group: 2,
    }),
  );
  const declared = [...workflow.steps.values()].flatMap((other) =>
    outcomesOf(other, other.performers, workflow).map(({ name }) => name),
  );
  const others = step ? ['cancel'] : [...new Set([...Object.keys(builtInOutcomes), ...declared])];
  const rest = others
    .filter((name) => !own.some((outcome) => outcome.name === name))
    .map(
      (name): Suggestion => ({
        ...mapKey(name, shape, cursor, CompletionItemKind.EnumMember, outcomeMeaning(name)),
        detail: 'outcome',
      }),
    );
  return [...known, ...eventKeys, ...rest];
}

// Completion of values: words, ids of the right kind, samples of durations, names in use, rules and places of waivers.
import { CompletionItemKind } from 'vscode-languageserver-types';
import { variablesOf } from '../language/conditions.ts';
import type { Workflow } from '../language/model.ts';
import { candidates } from '../language/names.ts';
import { outcomesOf } from '../language/outcomes.ts';
import type { DeclarationKind } from '../language/parts.ts';
import { type NameShape, type ReferenceShape, reference, type ScalarShape, type Shape } from '../language/shape.ts';
import { duration } from '../language/vocabulary.ts';
import { actorRank, fitsActor } from './completion-actors.ts';
import { suggestFiles } from './completion-files.ts';
import { suggestMembers } from './completion-members.ts';
import { suggestPresets, suggestRules } from './completion-rules.ts';
import { fittingValues, value, words } from './completion-shapes.ts';
import { typeOf } from './condition-text.ts';
import { declarationDetail, declarationDocumentation } from './describe-declaration.ts';
import { declarationAround, formOf, keyOf, recordAround, slotsIn } from './slot.ts';
import type { Cursor, Suggestion } from './suggestion.ts';
import { usableTools } from './tools.ts';

export function suggestValues(cursor: Cursor): readonly Suggestion[] {
  return fittingValues(cursor.typing, (shape) => suggestFiles(cursor) ?? (shape ? scalarValues(shape, cursor) : []));
}

function scalarValues(shape: Shape, cursor: Cursor): readonly Suggestion[] {
  switch (shape.kind) {
    case 'word':
      return words(shape.words, cursor.typing);
    case 'reference':
      return mentions(shape, cursor);
    case 'name':
      return names(shape, cursor);
    case 'scalar':
      return samples(shape, cursor);
    default:
      return [];
  }
}

function mentions(shape: ReferenceShape, cursor: Cursor): readonly Suggestion[] {
  const { typing, workflow } = cursor;
  if (shape.field && typing.before.includes('.')) return suggestMembers(shape, cursor);
  const own = words(shape.words, typing);
  if (shape.to[0] === 'tool') return usableTools(declarationAround(typing.slot, 'step'), workflow).map(toolSuggestion);
  const ids = shape.to.flatMap((kind) =>
    candidates([kind], workflow)
      .filter((id) => kind !== 'actor' || fitsActor(id, cursor))
      .map((id) => idSuggestion(kind, id, shape, cursor)),
  );
  const unique = new Map(ids.map((suggestion) => [suggestion.label, suggestion]));
  return [...unique.values(), ...own];
}

function toolSuggestion({ name, detail, documentation }: ReturnType<typeof usableTools>[number]): Suggestion {
  return { label: name, insert: name, kind: CompletionItemKind.Function, detail, documentation, group: 3 };
}

const itemKinds: Readonly<Record<DeclarationKind, CompletionItemKind>> = {
  actor: CompletionItemKind.Class,
  data: CompletionItemKind.Variable,
  store: CompletionItemKind.Folder,
  event: CompletionItemKind.Event,
  calendar: CompletionItemKind.Constant,
  handoff: CompletionItemKind.Interface,
  policy: CompletionItemKind.Constant,
  step: CompletionItemKind.Method,
  tool: CompletionItemKind.Function,
  workflow: CompletionItemKind.Module,
  metric: CompletionItemKind.Value,
};

function idSuggestion(kind: DeclarationKind, id: string, shape: ReferenceShape, cursor: Cursor): Suggestion {
  const { workflow } = cursor;
  return {
    label: id,
    insert: id,
    kind: itemKinds[kind],
    detail: declarationDetail(kind, id, workflow),
    documentation: declarationDocumentation(kind, id, workflow),
    group: rank(kind, id, cursor),
    commit: shape.field && hasMembers(kind, id, cursor) ? ['.'] : [],
  };
}

/** Who and what usually stands here comes first; the step itself is rarely where it goes next. */
function rank(kind: DeclarationKind, id: string, cursor: Cursor): number {
  const { typing, workflow } = cursor;
  const around = declarationAround(typing.slot, 'step');
  const step = workflow.steps.get(around ?? '');
  if (kind === 'step') {
    const scope = step?.scope;
    return id === around ? 6 : workflow.steps.get(id)?.scope === scope ? 3 : 4;
  }
  return kind === 'actor' ? actorRank(id, cursor) : 3;
}

/** Something can follow its dot, so that the dot can only mean it. */
function hasMembers(kind: DeclarationKind, id: string, { workflow }: Cursor): boolean {
  if (kind === 'data') return (typeOf(id, variablesOf(workflow))?.fields?.size ?? 0) > 0;
  return kind === 'step';
}

/** Names that the rules know a meaning of, by family. */
const knownNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'log field': {
    case: 'Which case it was.',
    actor: 'Who did it.',
    model: 'Which model took part.',
    version: 'Which version of the model and of the workflow.',
    prompt: 'What the model was told.',
    inputs: 'References to what was used.',
    output: 'A reference to what was made.',
    decision: 'What was decided.',
    reason: 'Why it was decided so.',
    time: 'When it happened.',
  },
  'effect kind': {
    payment: 'Money moves.',
    message: 'Someone is told something.',
    publish: 'Anyone can see it.',
    record: 'It is written into a store or register.',
    deploy: 'Software goes live.',
    delete: 'Something is gone.',
    decision: 'Something is decided about someone.',
    train: 'A model learns from it.',
  },
  label: {
    'deep-fake': 'Made by AI and could be taken for real (AI Act, Art. 50).',
    'public-interest': 'Informs the public on matters of public interest.',
  },
  host: { none: 'Nothing may be reached.' },
};

/** Free names: those with a meaning, and those that stand in the file already. */
function names({ family }: NameShape, cursor: Cursor): readonly Suggestion[] {
  const { typing, workflow } = cursor;
  if (family === 'profile') return suggestPresets();
  const used = new Set<string>();
  for (const { form, scalar, expected } of slotsIn(typing.file.root)) {
    const shape = form === 'value' && expected ? formOf(expected, 'scalar') : undefined;
    if (shape?.kind === 'name' && shape.family === family) used.add(scalar.text);
  }
  if (family === 'capability') {
    for (const { fields } of workflow.actors.values())
      for (const { value } of fields.capabilities ?? []) used.add(value);
  }
  if (family === 'outcome') {
    for (const step of workflow.steps.values())
      for (const { name } of outcomesOf(step, step.performers, workflow)) used.add(name);
  }
  const copied = family === 'log field' ? [...workflow.data.keys()] : [];
  const known = knownNames[family] ?? {};
  return [...new Set([...Object.keys(known), ...used, ...copied])].map((label) => ({
    label,
    insert: label,
    kind: CompletionItemKind.Value,
    detail: copied.includes(label) && !Object.hasOwn(known, label) ? 'data, copied' : family,
    documentation: Object.hasOwn(known, label) ? known[label] : undefined,
  }));
}

function samples(shape: ScalarShape<unknown>, cursor: Cursor): readonly Suggestion[] {
  if (shape.jsonType === 'boolean') return [value('true'), value('false')];
  if (shape.fromData && cursor.typing.before.includes('.')) {
    return suggestMembers(reference('data', { field: true }), cursor);
  }
  if (shape === duration) return shape.samples.map((label) => value(label, 'duration'));
  const around = recordAround(cursor.typing.slot);
  if (around?.name === 'waiver' && around.key === 'rule') return suggestRules();
  if (around?.name === 'waiver' && around.key === 'at')
    return placesIn(cursor.workflow).map((place) => value(place, 'place'));
  const crumb = cursor.typing.slot.trail.findLast(({ node }) => node.kind === 'map');
  const example =
    crumb?.shape?.kind === 'record' && crumb.entry ? keyOf(crumb.shape, crumb.entry.key.text)?.example : undefined;
  const fits = example !== undefined && !/^[[{]/.test(example);
  return fits ? [value(example, 'example')] : shape.samples.map((label) => value(label, 'example'));
}

/** Every PLACE a finding can stand at. */
export function placesIn(workflow: Workflow): readonly string[] {
  const ids = (kind: string, of: ReadonlyMap<string, unknown>) => [...of.keys()].map((id) => `${kind}:${id}`);
  return [
    ...workflow.steps.keys(),
    ...ids('actor', workflow.actors),
    ...ids('data', workflow.data),
    ...ids('store', workflow.stores),
    ...ids('policy', workflow.policies),
    'stop',
    'workflow',
  ];
}

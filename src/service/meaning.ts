// What the keys, values and names of a file mean: hover says it, go to definition leads to it, references and rename
// find all that mean the same.
import { rangeInCondition } from '../language/conditions.ts';
import type { Step, Workflow } from '../language/model.ts';
import { resolve } from '../language/names.ts';
import type { DeclarationKind } from '../language/parts.ts';
import { isPath } from '../language/project.ts';
import { scalarOffsets } from '../language/scalar-offsets.ts';
import { type Key, type ReferenceShape, reference, type Shape } from '../language/shape.ts';
import { contains, type Place, type Range } from '../language/source.ts';
import { type Duration, parseDuration } from '../language/values.ts';
import { duration, file, moment } from '../language/vocabulary.ts';
import { celFunctions, namesIn } from './condition-text.ts';
import type { Checked } from './documents.ts';
import { declaredField, type FieldMeaning, fieldMeaning } from './field-meaning.ts';
import { declarationAround, formOf, keyOf, recordAround, type Slot, slotAt } from './slot.ts';
import { toolDeclaration } from './tools.ts';

export type Meaning =
  | { readonly kind: 'key'; readonly name: string; readonly key: Key }
  | { readonly kind: 'word'; readonly word: string; readonly doc: string }
  | DeclarationMeaning
  | FieldMeaning
  | { readonly kind: 'outcome'; readonly outcome: string; readonly step: Step | undefined }
  /** A free name that nothing declares: a label, a duty. */
  | { readonly kind: 'name'; readonly family: string; readonly name: string }
  | { readonly kind: 'function'; readonly name: string; readonly doc: string }
  | { readonly kind: 'rule'; readonly id: string }
  | { readonly kind: 'preset'; readonly id: string }
  | { readonly kind: 'duration'; readonly duration: Duration }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'workflow'; readonly id: string };

interface DeclarationMeaning {
  readonly kind: 'declaration';
  readonly declares: DeclarationKind;
  readonly id: string;
  /** Of the id where it is declared; undefined where it is not. */
  readonly at: Place | undefined;
  /** The workflow that knows it: this one, or the sub-workflow whose data a call names. */
  readonly workflow: Workflow;
}

export interface Located {
  readonly meaning: Meaning;
  /** Of the text that has the meaning. */
  readonly range: Range;
}

/** A scalar of a file, and the model of that file. */
interface Context {
  readonly slot: Slot;
  readonly text: string;
  readonly workflow: Workflow;
}

export function meaningAt({ file: parsed, workflow }: Checked, offset: number): Located | undefined {
  const slot = slotAt(parsed.root, offset);
  if (!slot) return undefined;
  const all = meaningsOf(slot, parsed.text, workflow);
  const found = all.find(({ range }) => contains(range, offset));
  // A value that says one thing says it in all its characters; a condition does not.
  const isCondition = slot.expected !== undefined && formOf(slot.expected, 'scalar')?.kind === 'condition';
  return found ?? (slot.form === 'value' && isCondition ? undefined : all[0]);
}

/** What a key or scalar says: one thing, or each part of `DATA.field`, `STEP.OUTCOME` and of a condition for itself. */
export function meaningsOf(slot: Slot, text: string, workflow: Workflow): readonly Located[] {
  const context = { slot, text, workflow };
  if (slot.form === 'key') return keyMeanings(context);
  const shape = slot.expected && formOf(slot.expected, 'scalar');
  return shape?.kind === 'condition' ? inCondition(context) : valueMeanings(context, shape);
}

/** Without the quotes around it. */
function whole(context: Context, meaning: Meaning | undefined): readonly Located[] {
  const { scalar } = context.slot;
  if (!meaning) return [];
  return [{ meaning, range: scalar.style === 'plain' ? scalar.range : partOf(context, 0, scalar.text.length) }];
}

/** Characters `start` to `end` of the value of a scalar, in the text. */
function partOf({ text, slot: { scalar } }: Context, start: number, end: number): Range {
  const offsets = scalarOffsets(text, scalar);
  return { start: offsets[start] ?? scalar.range.start, end: offsets[end] ?? scalar.range.end };
}

function keyMeanings(context: Context): readonly Located[] {
  const { slot, workflow } = context;
  const name = slot.scalar.text;
  const shape = slot.trail.at(-1)?.shape;
  if (shape?.kind === 'record') {
    const key = keyOf(shape, name);
    return whole(context, key && { kind: 'key', name, key });
  }
  if (shape?.kind === 'fields') return whole(context, declaredField(slot, workflow));
  if (shape?.kind !== 'map') return [];
  const { keys } = shape;
  if (keys.kind === 'declares') return whole(context, declaration(keys.declares, name, context));
  if (keys.kind === 'mentions') return mention(keys.reference, context);
  if (keys.called === 'outcome') return whole(context, outcome(name, declarationAround(slot, 'step'), context));
  return keys.called === calleeData ? whole(context, inCallee(context)) : [];
}

function valueMeanings(context: Context, shape: Shape | undefined): readonly Located[] {
  const { slot, workflow } = context;
  const { text } = slot.scalar;
  switch (shape?.kind) {
    case 'word': {
      const doc = Object.hasOwn(shape.words, text) ? shape.words[text] : undefined;
      return whole(context, doc === undefined ? undefined : { kind: 'word', word: text, doc });
    }
    case 'reference':
      return mention(shape, context);
    case 'name':
      return whole(context, named(shape.family, context));
    case 'scalar':
      return scalarMeanings(context, shape);
    default:
      return [];
  }

  function named(family: string, { slot: { trail } }: Context): Meaning | undefined {
    if (text === '') return undefined;
    if (family === 'profile') return { kind: 'preset', id: text };
    if (family === 'workflow') return { kind: 'workflow', id: text };
    if (family === 'outcome') return outcome(text, declarationAround(slot, 'step'), context);
    if (family === calleeData) return inCallee(context);
    if (family === 'log field' && workflow.data.has(text)) return declaration('data', text, context);
    const around = recordAround({ trail });
    if (family === 'item' || (family === 'metric' && around?.key === 'id')) {
      const at = { uri: workflow.file.uri, range: slot.scalar.range };
      return { kind: 'declaration', declares: family === 'item' ? 'data' : 'metric', id: text, at, workflow };
    }
    return { kind: 'name', family, name: text };
  }
}

function scalarMeanings(context: Context, shape: Shape): readonly Located[] {
  const { slot, workflow } = context;
  const { text } = slot.scalar;
  if (shape === duration || shape === moment) {
    const parsed = shape === duration ? parseDuration(text) : undefined;
    if (parsed) return whole(context, { kind: 'duration', duration: parsed });
    return workflow.data.has(text.split('.')[0] ?? '') ? mention(dataField, context) : [];
  }
  if (shape === file) return whole(context, { kind: 'file', path: text });
  const around = recordAround(slot);
  if (around?.name === 'waiver' && around.key === 'rule') return whole(context, { kind: 'rule', id: text });
  if (around?.name === 'waiver' && around.key === 'at') return place(context);
  if (around?.name === 'step' && around.key === 'call') {
    return whole(context, isPath(text) ? { kind: 'file', path: text } : { kind: 'workflow', id: text });
  }
  if (around && ['instructions', 'rule'].includes(around.key) && /^\.{1,2}\/\S+$/.test(text))
    return whole(context, { kind: 'file', path: text });
  return [];
}

const dataField = reference('data', { field: true });

/** What the names in `with` and `returns` of a call are that belong to the sub-workflow. */
const calleeData = 'data of the sub-workflow';

function inCallee(context: Context): Meaning | undefined {
  const { slot, workflow } = context;
  const step = workflow.steps.get(declarationAround(slot, 'step') ?? '');
  const call = step?.fields.call?.value;
  const callee = call === undefined ? undefined : workflow.subWorkflow(call);
  const name = slot.scalar.text.split('.')[0] ?? '';
  const data = callee?.data.get(name);
  return callee && data
    ? { kind: 'declaration', declares: 'data', id: name, at: { uri: data.uri, range: data.range }, workflow: callee }
    : undefined;
}

/** A PLACE of a waiver: `actor:ID` or a step. */
function place(context: Context): readonly Located[] {
  const { slot, workflow } = context;
  const { text } = slot.scalar;
  const [, kind, id = text] = /^(actor|data|store|policy):(.+)$/.exec(text) ?? [];
  if (kind === undefined && !workflow.steps.has(text)) return [];
  const meaning = declaration((kind ?? 'step') as DeclarationKind, id, context);
  return [{ meaning, range: kind === undefined ? slot.scalar.range : partOf(context, kind.length + 1, text.length) }];
}

/** The declaration `id` leads to from here; the element of a `for-each` around comes before other data. */
function declaration(declares: DeclarationKind, id: string, { slot, workflow }: Context): DeclarationMeaning {
  const item = declares === 'data' ? itemAround(slot, id, workflow) : undefined;
  const at =
    item ??
    (declares === 'tool'
      ? (ownTool(slot, id, workflow) ?? toolDeclaration(id, declarationAround(slot, 'step'), workflow))
      : resolve({ to: [declares], name: id, range: { start: 0, end: 0 }, word: false }, workflow));
  return { kind: 'declaration', declares, id, at: at && { uri: at.uri, range: at.range }, workflow };
}

/** The tool whose declaration the slot is. */
function ownTool({ trail, form, scalar }: Slot, id: string, { file: { uri } }: Workflow): Place | undefined {
  const { shape, entry } = trail.at(-1) ?? {};
  const isTool = shape?.kind === 'map' && shape.keys.kind === 'declares' && shape.keys.declares === 'tool';
  return form === 'key' && isTool && entry?.key.text === id ? { uri, range: scalar.range } : undefined;
}

/** The element `name` of the innermost step around that runs over a list. */
function itemAround({ trail }: Slot, name: string, workflow: Workflow): Place | undefined {
  for (const { shape, entry } of trail.toReversed()) {
    if (shape?.kind !== 'map' || shape.keys.kind !== 'declares' || shape.keys.declares !== 'step') continue;
    const item = workflow.steps.get(entry?.key.text ?? '')?.fields.forEach?.item;
    if (item?.value === name) return { uri: workflow.file.uri, range: item.range };
  }
  return undefined;
}

/** What a mention names; behind the dot the field, outcome or permission. */
function mention(shape: ReferenceShape, context: Context): readonly Located[] {
  const { slot, workflow } = context;
  const { scalar, trail } = slot;
  const { text } = scalar;
  if (Object.hasOwn(shape.words, text))
    return whole(context, { kind: 'word', word: text, doc: shape.words[text] ?? '' });
  const [name = '', ...path] = shape.field ? text.split('.') : [text];
  const found = resolve({ to: shape.to, name, range: scalar.range, word: false }, workflow);
  const isItem = shape.to.includes('data') && itemAround(slot, name, workflow) !== undefined;
  const kind = isItem ? 'data' : (found?.kind ?? (shape.to.includes('tool') && workflow.stores.has(name) && 'store'));
  if (kind) {
    const meaning = declaration(kind, name, context);
    if (path.length === 0) return whole(context, meaning);
    const first = { meaning, range: partOf(context, 0, name.length) };
    if (kind === 'step') {
      const behind = outcome(path.join('.'), name, context);
      return [first, { meaning: behind, range: partOf(context, name.length + 1, text.length) }];
    }
    return kind === 'data' ? [first, ...fieldsBehind(name, path, context)] : [first];
  }
  // The step that a target without a declaration is written in says nothing about it.
  return trail.length > 0 && shape.to.includes('event') ? whole(context, outcome(text, undefined, context)) : [];
}

/** Each field of `DATA.field.field`, as far as they are declared. */
function fieldsBehind(name: string, path: readonly string[], context: Context): readonly Located[] {
  let at = name.length + 1;
  return path.flatMap((part, i) => {
    const range = partOf(context, at, at + part.length);
    at += part.length + 1;
    const meaning = fieldMeaning([name, ...path.slice(0, i + 1)], '', context.workflow);
    return meaning ? [{ meaning, range }] : [];
  });
}

function outcome(name: string, stepId: string | undefined, context: Context): Meaning {
  const { workflow } = context;
  if (workflow.events.has(name)) return declaration('event', name, context);
  return { kind: 'outcome', outcome: name, step: workflow.steps.get(stepId ?? '') };
}

function inCondition(context: Context): readonly Located[] {
  const { slot, text, workflow } = context;
  const { scalar } = slot;
  const condition = { text: scalar.text, range: scalar.range, node: scalar };
  return namesIn(scalar.text).flatMap(({ path, range, called }) => {
    const meaning = nameMeaning(path, called, context);
    return meaning ? [{ meaning, range: rangeInCondition(text, condition, range) }] : [];
  });

  function nameMeaning(path: readonly string[], called: boolean, { slot: around }: Context): Meaning | undefined {
    const last = path.at(-1) ?? '';
    if (called) {
      const known = Object.hasOwn(celFunctions, last) ? celFunctions[last] : undefined;
      return known && { kind: 'function', name: last, doc: known.doc };
    }
    const isData = workflow.data.has(last) || itemAround(around, last, workflow) !== undefined;
    if (path.length === 1 && isData) return declaration('data', last, context);
    return fieldMeaning(path, scalar.text, workflow);
  }
}

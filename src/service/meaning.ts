// What the key or value at an offset means: hover says it, go to definition leads to it.
import { rangeInCondition } from '../language/conditions.ts';
import type { Step, Workflow } from '../language/model.ts';
import { resolve } from '../language/names.ts';
import type { DataField, DeclarationKind } from '../language/parts.ts';
import { isPath } from '../language/project.ts';
import { scalarOffsets } from '../language/scalar-offsets.ts';
import { type Key, type ReferenceShape, reference, type Shape } from '../language/shape.ts';
import type { Range } from '../language/source.ts';
import type { ScalarNode } from '../language/syntax.ts';
import { type Duration, parseDuration } from '../language/values.ts';
import { duration, file } from '../language/vocabulary.ts';
import { celFunctions, nameAt, namesOf, typeOf } from './condition-text.ts';
import type { Checked } from './documents.ts';
import { declarationAround, formOf, keyOf, recordAround, type Slot, slotAt } from './slot.ts';

export type Meaning =
  | { readonly kind: 'key'; readonly name: string; readonly key: Key }
  | { readonly kind: 'word'; readonly word: string; readonly doc: string }
  | { readonly kind: 'declaration'; readonly declares: DeclarationKind; readonly id: string }
  /** A field of data, or of what a macro or `for-each` names; `path` begins with that name. */
  | { readonly kind: 'field'; readonly path: readonly string[]; readonly field: DataField; readonly condition: string }
  | { readonly kind: 'outcome'; readonly outcome: string; readonly step: Step | undefined }
  | { readonly kind: 'function'; readonly name: string; readonly doc: string }
  | { readonly kind: 'rule'; readonly id: string }
  | { readonly kind: 'preset'; readonly id: string }
  | { readonly kind: 'duration'; readonly duration: Duration }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'workflow'; readonly id: string };

export interface Located {
  readonly meaning: Meaning;
  /** Of the text that has the meaning. */
  readonly range: Range;
}

export function meaningAt({ file: parsed, lint }: Checked, offset: number): Located | undefined {
  const slot = slotAt(parsed.root, offset);
  if (!slot) return undefined;
  const { workflow } = lint;
  const { scalar } = slot;
  const shape = slot.expected && formOf(slot.expected, 'scalar');
  if (slot.form === 'value' && shape?.kind === 'condition') return inCondition(scalar, offset, parsed.text, workflow);
  const meaning =
    slot.form === 'key' ? keyMeaning(slot, offset, workflow) : valueMeaning(slot, shape, offset, workflow);
  return meaning && { meaning, range: scalar.range };
}

function keyMeaning(slot: Slot, offset: number, workflow: Workflow): Meaning | undefined {
  const name = slot.scalar.text;
  const shape = slot.trail.at(-1)?.shape;
  if (shape?.kind === 'record') {
    const key = keyOf(shape, name);
    return key && { kind: 'key', name, key };
  }
  if (shape?.kind === 'fields') return fieldMeaning(slot, workflow);
  if (shape?.kind !== 'map') return undefined;
  const { keys } = shape;
  if (keys.kind === 'declares') return { kind: 'declaration', declares: keys.declares, id: name };
  if (keys.kind === 'mentions') return mention(keys.reference, slot, offset, workflow);
  return keys.called === 'outcome' ? outcome(name, declarationAround(slot, 'step'), workflow) : undefined;
}

/** The field whose declaration the key is. */
function fieldMeaning({ trail }: Slot, workflow: Workflow): Meaning | undefined {
  const data = trail.findLastIndex(({ shape }) => shape?.kind === 'map' && shape.keys.kind === 'declares');
  const path = trail
    .slice(data)
    .flatMap(({ shape, entry }) => (entry && shape?.kind !== 'record' ? [entry.key.text] : []));
  const field = typeOf(path.join('.'), namesOf('', workflow));
  return field && path.length > 1 ? { kind: 'field', path, field, condition: '' } : undefined;
}

function valueMeaning(slot: Slot, shape: Shape | undefined, offset: number, workflow: Workflow): Meaning | undefined {
  const { text } = slot.scalar;
  switch (shape?.kind) {
    case 'word': {
      const doc = Object.hasOwn(shape.words, text) ? shape.words[text] : undefined;
      return doc === undefined ? undefined : { kind: 'word', word: text, doc };
    }
    case 'reference':
      return mention(shape, slot, offset, workflow);
    case 'name':
      return shape.family === 'profile'
        ? { kind: 'preset', id: text }
        : shape.family === 'outcome'
          ? outcome(text, declarationAround(slot, 'step'), workflow)
          : undefined;
    case 'scalar':
      return scalarMeaning(slot, shape, offset, workflow);
    default:
      return undefined;
  }
}

function scalarMeaning(slot: Slot, shape: Shape, offset: number, workflow: Workflow): Meaning | undefined {
  const { text } = slot.scalar;
  if (shape === duration) {
    const parsed = parseDuration(text);
    return parsed ? { kind: 'duration', duration: parsed } : mention(dataField, slot, offset, workflow);
  }
  if (shape === file) return { kind: 'file', path: text };
  const around = recordAround(slot);
  if (around?.name === 'waiver' && around.key === 'rule') return { kind: 'rule', id: text };
  if (around?.name === 'waiver' && around.key === 'at') return place(text, workflow);
  if (around?.name === 'step' && around.key === 'call') {
    return isPath(text) ? { kind: 'file', path: text } : { kind: 'workflow', id: text };
  }
  if (around && ['instructions', 'rule'].includes(around.key) && /^\.{1,2}\/\S+$/.test(text))
    return { kind: 'file', path: text };
  return undefined;
}

const dataField = reference('data', { field: true });

/** A PLACE of a waiver: `actor:ID` or a step. */
function place(text: string, workflow: Workflow): Meaning | undefined {
  const [, kind, id = text] = /^(actor|data|store|policy):(.+)$/.exec(text) ?? [];
  if (kind === undefined && !workflow.steps.has(text)) return undefined;
  return { kind: 'declaration', declares: (kind ?? 'step') as DeclarationKind, id };
}

/** What a mention names; behind the dot the field, outcome or permission. */
function mention(
  shape: ReferenceShape,
  { scalar, trail }: Slot,
  offset: number,
  workflow: Workflow,
): Meaning | undefined {
  const { text } = scalar;
  if (Object.hasOwn(shape.words, text)) return { kind: 'word', word: text, doc: shape.words[text] ?? '' };
  const [name = '', ...path] = shape.field ? text.split('.') : [text];
  const found = resolve({ to: shape.to, name, range: scalar.range, word: false }, workflow);
  const quote = scalar.style === 'single' || scalar.style === 'double' ? 1 : 0;
  const behindDot = path.length > 0 && offset > scalar.range.start + quote + name.length;
  if (found?.kind === 'data' && behindDot) {
    const field = typeOf(text, namesOf('', workflow));
    return field && { kind: 'field', path: [name, ...path], field, condition: '' };
  }
  if (found?.kind === 'step' && behindDot) return outcome(path.join('.'), name, workflow);
  if (found) return { kind: 'declaration', declares: found.kind, id: name };
  if (shape.to.includes('tool') && workflow.stores.has(name))
    return { kind: 'declaration', declares: 'store', id: name };
  // The step that a target without a declaration is written in says nothing about it.
  return trail.length > 0 && shape.to.includes('event') ? outcome(text, undefined, workflow) : undefined;
}

function outcome(name: string, stepId: string | undefined, workflow: Workflow): Meaning | undefined {
  if (workflow.events.has(name)) return { kind: 'declaration', declares: 'event', id: name };
  return { kind: 'outcome', outcome: name, step: workflow.steps.get(stepId ?? '') };
}

function inCondition(scalar: ScalarNode, offset: number, text: string, workflow: Workflow): Located | undefined {
  const offsets = scalarOffsets(text, scalar);
  const index = offsets.findLastIndex((at) => at <= offset);
  const name = index < 0 ? undefined : nameAt(scalar.text, index);
  if (!name) return undefined;
  const range = rangeInCondition(text, { text: scalar.text, range: scalar.range, node: scalar }, name.range);
  const last = name.path.at(-1) ?? '';
  if (name.called) {
    const known = Object.hasOwn(celFunctions, last) ? celFunctions[last] : undefined;
    return known && { meaning: { kind: 'function', name: last, doc: known.doc }, range };
  }
  if (name.path.length === 1 && workflow.data.has(last))
    return { meaning: { kind: 'declaration', declares: 'data', id: last }, range };
  const field = typeOf(name.path.join('.'), namesOf(scalar.text, workflow));
  return field && { meaning: { kind: 'field', path: name.path, field, condition: scalar.text }, range };
}

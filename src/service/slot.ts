// What stands at an offset of the text and what the language expects there: the way from the root through the
// vocabulary's shapes. Completion, hover and go to definition all begin here.
import { type Key, type KeyTable, list, type RecordShape, reference, type Shape } from '../language/shape.ts';
import { contains } from '../language/source.ts';
import type { ListNode, MapEntry, MapNode, ScalarNode, SyntaxNode } from '../language/syntax.ts';
import { linkShape, stepKinds, topLevelShape } from '../language/vocabulary.ts';
import { fieldShape, isSchema, schemaShape } from './field-shapes.ts';

/** One collection on the way to the offset. */
export interface Crumb {
  readonly node: MapNode | ListNode;
  /** What may stand where it stands. */
  readonly expected: Shape;
  /** What that is for a collection of this form; undefined where the language expects none. */
  readonly shape: Shape | undefined;
  /** The entry the way goes through; undefined in a list. */
  readonly entry: MapEntry | undefined;
}

/** A key or a value at an offset. */
export interface Slot {
  readonly form: 'key' | 'value';
  readonly scalar: ScalarNode;
  /** What may stand as a value here; for a key, where its map stands. Undefined below an unknown key. */
  readonly expected: Shape | undefined;
  /** From the root inwards; for a key the last one is its map. */
  readonly trail: readonly Crumb[];
}

/** The key or scalar at `offset` in a file of the table `shape`; undefined between them. */
export function slotAt(root: SyntaxNode | undefined, offset: number, shape: Shape = topLevelShape): Slot | undefined {
  return root && descend(root, shape, offset, []);
}

function descend(
  node: SyntaxNode,
  expected: Shape | undefined,
  offset: number,
  trail: readonly Crumb[],
): Slot | undefined {
  if (!contains(node.range, offset) || node.kind === 'alias') return undefined;
  if (node.kind === 'scalar') return { form: 'value', scalar: node, expected, trail };
  const shape = collectionShape(node, expected);
  const crumb = { node, expected: expected ?? anything, shape };
  if (node.kind === 'list') {
    for (const item of node.items) {
      const found = descend(item, shape?.kind === 'list' ? shape.of : undefined, offset, [
        ...trail,
        { ...crumb, entry: undefined },
      ]);
      if (found) return found;
    }
    return undefined;
  }
  for (const entry of node.entries) {
    const inner = [...trail, { ...crumb, entry }];
    if (contains(entry.key.range, offset)) return { form: 'key', scalar: entry.key, expected, trail: inner };
    const found = entry.value && descend(entry.value, entryShape(shape, entry.key.text), offset, inner);
    if (found) return found;
  }
  return undefined;
}

const anything: Shape = { kind: 'any' };

/** What a collection is read as where `expected` may stand. */
function collectionShape(node: MapNode | ListNode, expected: Shape | undefined): Shape | undefined {
  const shape = expected && formOf(expected, node.kind);
  if (shape === schemaShape && node.kind === 'map' && !isSchema(node)) return { kind: 'fields' };
  return shape;
}

/** What the value of `key` may be in a map of this shape. */
export function entryShape(shape: Shape | undefined, key: string): Shape | undefined {
  if (shape?.kind === 'record') return keyOf(shape, key)?.shape;
  if (shape?.kind === 'map') return shape.of;
  return shape?.kind === 'fields' ? fieldShape : undefined;
}

/** The form `shape` takes as a scalar, list or map of YAML; undefined where it cannot be one. */
export function formOf(shape: Shape, form: 'scalar' | 'list' | 'map'): Shape | undefined {
  switch (shape.kind) {
    case 'lazy':
      return formOf(shape.of(), form);
    case 'choice': {
      const chosen = shape[form];
      return chosen && formOf(chosen, form);
    }
    case 'list':
      return form === 'list' ? shape : shape.single ? formOf(shape.of, form) : undefined;
    case 'record': {
      if (form === 'map') return shape;
      const short = shape.short === undefined ? undefined : keyOf(shape, shape.short);
      return short && formOf(short.shape, form);
    }
    case 'target':
      return form === 'map' ? linkShape : form === 'list' ? list(shape) : reference('step', { words: shape.words });
    case 'map':
    case 'fields':
      return form === 'map' ? shape : undefined;
    case 'any':
      return shape;
    default:
      return form === 'scalar' ? shape : undefined;
  }
}

/** The key `name` of a record. */
export function keyOf(shape: RecordShape<KeyTable>, name: string): Key | undefined {
  return Object.hasOwn(shape.keys, name) ? shape.keys[name] : undefined;
}

/** Kind of the record that `map` holds (`task`, `agent`); keys in `ignored` do not count. */
export function recordKind(shape: RecordShape<KeyTable>, map: MapNode, ignored?: ScalarNode): string | undefined {
  const { kindBy } = shape;
  const entries = map.entries.filter(({ key }) => key !== ignored);
  if (kindBy === undefined) return undefined;
  if (kindBy === 'first-key') return entries.find(({ key }) => Object.hasOwn(stepKinds, key.text))?.key.text;
  const value = entries.find(({ key }) => key.text === kindBy.key)?.value;
  return value?.kind === 'scalar' ? value.text : undefined;
}

/** Id of the innermost declaration of `kind` around the slot, the slot's own key included. */
export function declarationAround({ trail }: Pick<Slot, 'trail'>, kind: 'step' | 'actor' | 'data'): string | undefined {
  const crumb = trail.findLast(
    ({ shape }) => shape?.kind === 'map' && shape.keys.kind === 'declares' && shape.keys.declares === kind,
  );
  return crumb?.entry?.key.text;
}

/** The innermost record around a value, and the key of it that the value stands under. */
export function recordAround({
  trail,
}: Pick<Slot, 'trail'>): { readonly name: string; readonly key: string; readonly map: MapNode } | undefined {
  const crumb = trail.findLast(({ node }) => node.kind === 'map');
  if (crumb?.shape?.kind !== 'record' || crumb.node.kind !== 'map' || !crumb.entry) return undefined;
  return { name: crumb.shape.name, key: crumb.entry.key.text, map: crumb.node };
}

/** Every key and scalar of a file of the table `shape`, in the order of the text. Aliases are not followed. */
export function slotsIn(root: SyntaxNode | undefined, shape: Shape = topLevelShape): readonly Slot[] {
  const found: Slot[] = [];
  if (root) collect(root, shape, [], found);
  return found;
}

function collect(node: SyntaxNode, expected: Shape | undefined, trail: readonly Crumb[], found: Slot[]): void {
  if (node.kind === 'alias') return;
  if (node.kind === 'scalar') {
    found.push({ form: 'value', scalar: node, expected, trail });
    return;
  }
  const shape = collectionShape(node, expected);
  const crumb = { node, expected: expected ?? anything, shape };
  if (node.kind === 'list') {
    const inner = [...trail, { ...crumb, entry: undefined }];
    for (const item of node.items) collect(item, shape?.kind === 'list' ? shape.of : undefined, inner, found);
    return;
  }
  for (const entry of node.entries) {
    const inner = [...trail, { ...crumb, entry }];
    found.push({ form: 'key', scalar: entry.key, expected, trail: inner });
    if (entry.value) collect(entry.value, entryShape(shape, entry.key.text), inner, found);
  }
}

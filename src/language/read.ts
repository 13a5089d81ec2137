// Syntax tree + vocabulary -> values, and what a person should hear about the form of the text.
// Every part is read on its own: what is missing or wrong is undefined, the rest is there.
import type { DeclarationKind, Entry } from './parts.ts';
import { readFields } from './read-fields.ts';
import { readRecord } from './read-record.ts';
import { idPattern, readCondition, readName, readReference, readScalar, readWord, wrongForm } from './read-scalar.ts';
import { readTarget } from './read-target.ts';
import { mayFollowAlias, type Reading, readOnce, report } from './reading.ts';
import type { ChoiceShape, ListShape, MapShape, Shape, ValueOf } from './shape.ts';
import type { Range } from './source.ts';
import type { AliasNode, MapEntry, MapNode, SyntaxNode } from './syntax.ts';
import { article } from './wording.ts';

/** Reads `node` as `shape`; undefined where it is not one, with a problem that says why. */
export function read<S extends Shape>(
  node: SyntaxNode,
  shape: S,
  reading: Reading,
  called?: Range,
): ValueOf<S> | undefined {
  return readShape(node, shape, reading, called) as ValueOf<S> | undefined;
}

function readShape(node: SyntaxNode, shape: Shape, reading: Reading, called?: Range): unknown {
  if (node.kind === 'alias') return readAlias(node, shape, reading, called);
  if (reading.at && reading.budget.left-- <= 0) return undefined;
  switch (shape.kind) {
    case 'scalar':
      return readScalar(node, shape, reading);
    case 'word':
      return readWord(node, shape.words, reading);
    case 'name':
      return readName(node, reading);
    case 'reference':
      return readReference(node, shape, reading);
    case 'condition':
      return readCondition(node, reading);
    case 'list':
      return readList(node, shape, reading);
    case 'record':
      return readRecord(node, shape, reading, readShape, called);
    case 'map':
      return readMap(node, shape, reading);
    case 'choice':
      return readChoice(node, shape, reading, called);
    case 'target':
      return readTarget(node, shape, reading, read);
    case 'fields':
      return readFields(node, reading);
    case 'lazy':
      return readShape(node, shape.of(), reading, called);
    case 'any':
      return node;
  }
}

function readAlias(node: AliasNode, shape: Shape, reading: Reading, called?: Range): unknown {
  if (!node.target || !mayFollowAlias(reading, node.range)) return undefined;
  return readShape(node.target, shape, { ...reading, at: reading.at ?? node.range }, called);
}

function readList(node: SyntaxNode, shape: ListShape<Shape>, reading: Reading): readonly unknown[] | undefined {
  if (node.kind === 'list') {
    return node.items.flatMap((item) => {
      const value = readShape(item, shape.of, reading);
      return value === undefined ? [] : [value];
    });
  }
  if (!shape.single) return wrongForm(node, 'a list', reading);
  const value = readShape(node, shape.of, reading);
  return value === undefined ? undefined : [value];
}

function readChoice(
  node: SyntaxNode,
  shape: ChoiceShape<Shape | undefined, Shape | undefined, Shape | undefined>,
  reading: Reading,
  called?: Range,
): unknown {
  const form = node.kind === 'alias' ? undefined : shape[node.kind];
  if (form) return readShape(node, form, reading, called);
  const allowed = (['scalar', 'list', 'map'] as const).filter((kind) => shape[kind]);
  return wrongForm(node, allowed.map((kind) => (kind === 'scalar' ? 'a value' : `a ${kind}`)).join(' or '), reading);
}

function readMap(
  node: SyntaxNode,
  shape: MapShape<Shape>,
  reading: Reading,
): ReadonlyMap<string, Entry<unknown>> | undefined {
  const { keys } = shape;
  const called =
    keys.kind === 'declares' ? `${article(keys.declares)} id` : keys.kind === 'free' ? keys.called : 'an id';
  if (node.kind !== 'map') {
    if (node.kind === 'scalar' && node.value === null) return undefined;
    return wrongForm(node, `a map from ${called} to a value`, reading);
  }
  const entries = new Map<string, Entry<unknown>>();
  for (const entry of node.entries) {
    const name = entry.key.text;
    if (name.startsWith('x-') || entries.has(name)) continue;
    const range = reading.at ?? entry.key.range;
    const readEntry = () => {
      if (keys.kind === 'declares') declare(entry, keys.declares, keys.identifier, reading);
      if (keys.kind === 'mentions') readReference(entry.key, keys.reference, reading);
      return entry.value ? readShape(entry.value, shape.of, reading, range) : emptyValue(shape.of, range, reading);
    };
    const value = keys.kind === 'declares' ? readOnce(entry, shape, reading, readEntry) : readEntry();
    entries.set(name, { key: { value: name, range }, value, range: reading.at ?? entry.range });
  }
  return entries;
}

function declare(entry: MapEntry, kind: DeclarationKind, identifier: 'kebab' | 'cel', reading: Reading): void {
  const { text: name, range } = entry.key;
  const pattern = identifier === 'cel' ? /^[a-z_][a-zA-Z0-9_]*$/ : idPattern;
  if (!pattern.test(name)) {
    const form =
      identifier === 'cel'
        ? 'a small letter or underscore, then letters, digits and underscores, so that conditions can use it'
        : 'a letter, then letters, digits, hyphens and underscores';
    report(
      reading,
      'language/invalid-value',
      reading.at ?? range,
      `'${name}' cannot be ${article(kind)} id. Write ${form}.`,
    );
  }
  reading.declarations.push({ kind, name, range: reading.at ?? range, full: reading.at ?? entry.range });
}

/** A record that is declared but still empty (`draft:`) is a record without keys. */
function emptyValue(shape: Shape, called: Range, reading: Reading): unknown {
  if (shape.kind !== 'record') return undefined;
  const empty: MapNode = { kind: 'map', range: { start: called.end, end: called.end }, entries: [], flow: false };
  return readRecord(empty, shape, reading, readShape, called);
}

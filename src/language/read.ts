// Syntax tree + vocabulary -> values, and what a person should hear about the form of the text.
// Every part is read on its own: what is missing or wrong is undefined, the rest is there.
import type { Problem } from './problem.ts';
import { readFields } from './read-fields.ts';
import { readTarget } from './read-target.ts';
import { mayFollowAlias, type Reading, rangeOf, report } from './reading.ts';
import type {
  ChoiceShape,
  ConditionText,
  DeclarationKind,
  Entry,
  KeyTable,
  ListShape,
  MapShape,
  Origin,
  RecordShape,
  Reference,
  ReferenceShape,
  ScalarShape,
  Shape,
  ValueOf,
} from './shape.ts';
import type { Located, Range } from './source.ts';
import { didYouMean, suggest } from './suggest.ts';
import type { AliasNode, MapEntry, MapNode, ScalarNode, SyntaxNode } from './syntax.ts';

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
    case 'condition': {
      if (node.kind !== 'scalar') return wrongForm(node, 'a condition in CEL', reading);
      const condition: ConditionText = {
        text: node.text,
        range: rangeOf(node, reading),
        node: reading.at ? undefined : node,
      };
      reading.conditions.push(condition);
      return condition;
    }
    case 'list':
      return readList(node, shape, reading);
    case 'record':
      return readRecord(node, shape, reading, called);
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
  if (!node.target) return undefined;
  if (!mayFollowAlias(reading, node.range)) return undefined;
  const result = readShape(node.target, shape, { ...reading, at: reading.at ?? node.range }, called);
  return result;
}

function wrongForm(node: SyntaxNode, expected: string, reading: Reading): undefined {
  const found = node.kind === 'map' ? 'a map' : node.kind === 'list' ? 'a list' : `'${(node as ScalarNode).text}'`;
  report(reading, 'language/invalid-value', rangeOf(node, reading), `Expected ${expected}, found ${found}.`);
  return undefined;
}

const dataPath = /^[a-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)+$/;

function readScalar(node: SyntaxNode, shape: ScalarShape<unknown>, reading: Reading): unknown {
  if (node.kind !== 'scalar' || node.value === null) return wrongForm(node, shape.expected, reading);
  const value = shape.parse(node.text, node.value);
  const range = rangeOf(node, reading);
  if (value !== undefined) return { value, range };
  if (shape.expected.startsWith('a duration') && dataPath.test(node.text)) {
    const [name = '', ...path] = node.text.split('.');
    const field: Reference = { to: ['data'], name, field: path.join('.'), range, word: false };
    reading.references.push(field);
    return { value: { field }, range };
  }
  return wrongForm(node, shape.expected, reading);
}

function readWord(
  node: SyntaxNode,
  words: Readonly<Record<string, string>>,
  reading: Reading,
): Located<string> | undefined {
  const known = Object.keys(words);
  if (node.kind !== 'scalar') return wrongForm(node, `one of ${known.join(', ')}`, reading);
  const range = rangeOf(node, reading);
  if (Object.hasOwn(words, node.text)) return { value: node.text, range };
  const nearest = suggest(node.text, known);
  report(
    reading,
    'language/invalid-value',
    range,
    `'${node.text}' is not one of ${known.join(', ')}.${didYouMean(nearest)}`,
    replacement(nearest, range),
  );
  return undefined;
}

function readName(node: SyntaxNode, reading: Reading): Located<string> | undefined {
  if (node.kind !== 'scalar' || node.text.trim() === '') return wrongForm(node, 'a name', reading);
  return { value: node.text, range: rangeOf(node, reading) };
}

const idPattern = /^[A-Za-z_][\w-]*$/;
const pathPattern = /^([A-Za-z_][\w-]*)(?:\.([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*))?$/;

export function readReference(node: SyntaxNode, shape: ReferenceShape, reading: Reading): Reference | undefined {
  if (node.kind !== 'scalar') return wrongForm(node, `the id of ${article(shape.to[0] ?? 'step')}`, reading);
  const range = rangeOf(node, reading);
  if (Object.hasOwn(shape.words, node.text)) return { to: shape.to, name: node.text, range, word: true };
  const match = shape.field ? pathPattern.exec(node.text) : idPattern.exec(node.text);
  if (!match) {
    if (shape.open) return { to: shape.to, name: node.text, range, word: true };
    return wrongForm(node, `the id of ${article(shape.to[0] ?? 'step')}`, reading);
  }
  const name = shape.field ? (match[1] ?? '') : match[0];
  const field = shape.field ? match[2] : undefined;
  const reference: Reference = { to: shape.to, name, range, word: false, ...(field === undefined ? {} : { field }) };
  if (!shape.open) reading.references.push(reference);
  return reference;
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
    if (keys.kind === 'declares') declare(entry, keys.declares, keys.identifier, reading);
    if (keys.kind === 'mentions') readReference(entry.key, keys.reference, reading);
    const value = entry.value ? readShape(entry.value, shape.of, reading, range) : emptyValue(shape.of, range, reading);
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
  return readRecord(empty, shape, reading, called);
}

function readRecord(node: SyntaxNode, shape: RecordShape<KeyTable>, reading: Reading, called?: Range): unknown {
  if (node.kind !== 'map') {
    const short = shape.short === undefined ? undefined : shape.keys[shape.short];
    if (!short || !shape.short) return wrongForm(node, `a map of the keys of ${article(shape.name)}`, reading);
    const value = readShape(node, short.shape, reading);
    const origin: Origin = {
      range: rangeOf(node, reading),
      node: undefined,
      keyRange: () => undefined,
      valueRange: (key) => (key === shape.short ? rangeOf(node, reading) : undefined),
    };
    return { [camel(shape.short)]: value, $: origin };
  }
  const kind = kindOf(node, shape, reading, called);
  const fields: Record<string, unknown> = { $: originOf(node, reading) };
  const seen = new Set<string>();
  const missing = once(() => missingKeys(node, shape, kind));
  for (const entry of node.entries) {
    const name = entry.key.text;
    if (name.startsWith('x-') || seen.has(name)) continue;
    seen.add(name);
    const key = Object.hasOwn(shape.keys, name) ? shape.keys[name] : undefined;
    const range = reading.at ?? entry.key.range;
    if (!key) {
      reportUnknownKey(entry, kind ?? shape.name, missing(), reading);
      continue;
    }
    if (kind !== undefined && key.on && !key.on.includes(kind)) {
      const message = `'${name}' is not a key of ${article(kind)}; it belongs to ${listed(key.on)}.`;
      report(reading, 'language/unknown-key', range, message);
    }
    if (!entry.value) {
      if (
        key.shape.kind !== 'map' &&
        key.shape.kind !== 'lazy' &&
        !(shape.kindBy === 'first-key' && key.on?.[0] === name)
      ) {
        report(reading, 'language/invalid-value', range, `'${name}' has no value.`);
      }
      continue;
    }
    const value = readShape(entry.value, key.shape, reading, range);
    if (value !== undefined) fields[camel(name)] = value;
  }
  if (shape.limits) limitCondition(fields, shape.limits, reading);
  for (const [name, key] of Object.entries(shape.keys)) {
    if (key.required && !seen.has(name) && (!key.on || kind === undefined || key.on.includes(kind))) {
      report(
        reading,
        'language/missing-key',
        placeOf(node, reading, called),
        `${upper(article(shape.name))} needs the key '${name}': ${key.doc}`,
      );
    }
  }
  return fields;
}

/** Notes on the condition which data it may name. */
function limitCondition(
  fields: Record<string, unknown>,
  limits: { condition: string; to: string },
  reading: Reading,
): void {
  const condition = fields[camel(limits.condition)] as ConditionText | undefined;
  const named = fields[camel(limits.to)] as readonly Reference[] | undefined;
  if (!condition || !named) return;
  const limited: ConditionText = { ...condition, only: named.map(({ name }) => name) };
  fields[camel(limits.condition)] = limited;
  reading.conditions[reading.conditions.lastIndexOf(condition)] = limited;
}

/** Where to say that something is missing: at the key the record belongs to, else at the record's first line. */
function placeOf(node: MapNode, reading: Reading, called?: Range): Range {
  if (reading.at) return reading.at;
  return called ?? node.entries[0]?.key.range ?? { start: node.range.start, end: node.range.start + 1 };
}

function kindOf(node: MapNode, shape: RecordShape<KeyTable>, reading: Reading, called?: Range): string | undefined {
  if (!shape.kindBy) return undefined;
  if (shape.kindBy !== 'first-key') {
    const { key } = shape.kindBy;
    const value = node.entries.find((entry) => entry.key.text === key)?.value;
    const kinds = shape.keys[key]?.shape;
    const known = value?.kind === 'scalar' && kinds?.kind === 'word' && Object.hasOwn(kinds.words, value.text);
    return known ? value.text : undefined;
  }
  const kinds = Object.keys(shape.keys).filter(
    (name) => shape.keys[name]?.on?.[0] === name && shape.keys[name]?.on?.length === 1,
  );
  const stated = node.entries.filter((entry) => kinds.includes(entry.key.text));
  const first = stated[0];
  if (!first) {
    const message = `${upper(article(shape.name))} begins with its kind: ${kinds.join(', ')}.`;
    report(reading, 'language/missing-key', placeOf(node, reading, called), message);
    return undefined;
  }
  if (first !== node.entries[0]) {
    const message = `The first key says the kind of the ${shape.name}. Move '${first.key.text}' to the top.`;
    report(reading, 'language/invalid-value', reading.at ?? first.key.range, message);
  }
  return first.key.text;
}

function originOf(node: MapNode, reading: Reading): Origin {
  const find = (key: string) => node.entries.find((entry) => entry.key.text === key);
  return {
    range: rangeOf(node, reading),
    node: reading.at ? undefined : node,
    keyRange: (key) => (find(key) ? (reading.at ?? find(key)?.key.range) : undefined),
    valueRange: (key) => (find(key)?.value ? (reading.at ?? find(key)?.value?.range) : undefined),
  };
}

/** Keys that the record could have and does not: what an unknown one may have been meant to be. */
function missingKeys(node: MapNode, shape: RecordShape<KeyTable>, kind: string | undefined): readonly string[] {
  const present = new Set(node.entries.map(({ key }) => key.text));
  return Object.entries(shape.keys).flatMap(([name, { on }]) =>
    !present.has(name) && (kind === undefined || !on || on.includes(kind)) ? [name] : [],
  );
}

function once<T>(compute: () => T): () => T {
  let value: { readonly result: T } | undefined;
  return () => {
    value ??= { result: compute() };
    return value.result;
  };
}

function reportUnknownKey(entry: MapEntry, owner: string, possible: readonly string[], reading: Reading): void {
  const range = reading.at ?? entry.key.range;
  const nearest = suggest(entry.key.text, possible);
  const message = `'${entry.key.text}' is not a key of ${article(owner)}.${didYouMean(nearest)}`;
  report(reading, 'language/unknown-key', range, message, replacement(nearest, range));
}

function replacement(nearest: string | undefined, range: Range): Problem['fixes'] {
  return nearest === undefined
    ? undefined
    : [{ title: `Change to '${nearest}'`, edits: [{ range, text: nearest }], safety: 'safe' }];
}

/** `accept-if` -> `acceptIf`. */
export function camel(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** With `a` or `an`, as the sound asks for. */
export function article(noun: string): string {
  return noun === 'data' ? 'a data' : `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

function upper(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

// Reads a record: a map with keys of the language. Says which keys are unknown, misplaced or missing.
import type { ConditionText, Origin, Reference } from './parts.ts';
import { replacement, wrongForm } from './read-scalar.ts';
import { type Reading, rangeOf, report } from './reading.ts';
import { type KeyTable, namesItsKind, type RecordShape, type Shape } from './shape.ts';
import type { Range } from './source.ts';
import { didYouMean, suggest } from './suggest.ts';
import type { MapEntry, MapNode, SyntaxNode } from './syntax.ts';
import { article, capitalized, joined } from './wording.ts';

/** The general reader, handed in so that the files form no circle. */
type ReadAny = (node: SyntaxNode, shape: Shape, reading: Reading, called?: Range) => unknown;

/** Its keys by their name in camel case; `called` is where the record is named, to say there what is missing. */
export function readRecord(
  node: SyntaxNode,
  shape: RecordShape<KeyTable>,
  reading: Reading,
  read: ReadAny,
  called?: Range,
): unknown {
  if (node.kind !== 'map') {
    const short = shape.short === undefined ? undefined : shape.keys[shape.short];
    if (!short || !shape.short) return wrongForm(node, `a map of the keys of ${article(shape.name)}`, reading);
    const value = read(node, short.shape, reading);
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
  let possible: readonly string[] | undefined;
  for (const entry of node.entries) {
    const name = entry.key.text;
    if (name.startsWith('x-') || seen.has(name)) continue;
    seen.add(name);
    const key = Object.hasOwn(shape.keys, name) ? shape.keys[name] : undefined;
    const range = reading.at ?? entry.key.range;
    if (!key) {
      possible ??= missingKeys(node, shape, kind);
      reportUnknownKey(entry, kind ?? shape.name, possible, reading);
      continue;
    }
    if (kind !== undefined && key.on && !key.on.includes(kind)) {
      const message = `'${name}' is not a key of ${article(kind)}; it belongs to ${joined(key.on)}.`;
      report(reading, 'language/unknown-key', range, message);
    }
    if (!entry.value) {
      const mayBeEmpty = key.shape.kind === 'map' || key.shape.kind === 'lazy' || namesItsKind(name, key);
      if (!mayBeEmpty) report(reading, 'language/invalid-value', range, `'${name}' has no value.`);
      continue;
    }
    const value = read(entry.value, key.shape, reading, range);
    if (value !== undefined) fields[camel(name)] = value;
  }
  if (shape.limits) limitCondition(fields, shape.limits, reading);
  for (const [name, key] of Object.entries(shape.keys)) {
    if (key.required && !seen.has(name) && (!key.on || kind === undefined || key.on.includes(kind))) {
      report(
        reading,
        'language/missing-key',
        placeOf(node, reading, called),
        `${capitalized(article(shape.name))} needs the key '${name}': ${key.doc}`,
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
  const { kinds = [] } = shape;
  const stated = node.entries.filter((entry) => kinds.includes(entry.key.text));
  const first = stated[0];
  if (!first) {
    const message = `${capitalized(article(shape.name))} begins with its kind: ${kinds.join(', ')}.`;
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

function reportUnknownKey(entry: MapEntry, owner: string, possible: readonly string[], reading: Reading): void {
  const range = reading.at ?? entry.key.range;
  const nearest = suggest(entry.key.text, possible);
  const message = `'${entry.key.text}' is not a key of ${article(owner)}.${didYouMean(nearest)}`;
  report(reading, 'language/unknown-key', range, message, replacement(nearest, range));
}

/** `accept-if` -> `acceptIf`. */
export function camel(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

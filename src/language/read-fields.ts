// Reads the fields of data: JSON Schema properties, also in their short form.
import { type DataField, fieldTypes } from './parts.ts';
import { replacement } from './read-scalar.ts';
import { mayFollowAlias, type Reading, rangeOf, report } from './reading.ts';
import type { Range } from './source.ts';
import { didYouMean, suggest } from './suggest.ts';
import type { MapNode, SyntaxNode } from './syntax.ts';

const schemaKeywords = new Set([
  ...['type', 'enum', 'const', 'format', 'properties', 'items', 'required'],
  ...['title', 'description', 'default', 'examples'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength', 'pattern'],
  ...['minItems', 'maxItems', 'uniqueItems', 'additionalProperties', '$ref', 'anyOf', 'oneOf', 'allOf', 'not'],
]);

const numericBounds = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const;

/** Keywords that admit fewer values and are not read. */
const narrowing = ['pattern', 'minLength', 'maxLength', 'multipleOf', '$ref', 'anyOf', 'oneOf', 'allOf', 'not'];

/** Fields nested deeper are not read; also how many aliases of aliases are followed. */
const maxFieldDepth = 20;

/** The fields by name; undefined where the node is no map. */
export function readFields(node: SyntaxNode, outer: Reading, depth = 0): ReadonlyMap<string, DataField> | undefined {
  const { value: map, reading } = follow(node, outer);
  if (!map) return undefined;
  if (map.kind !== 'map') {
    const message = 'Expected fields such as { amount: number, note: string }.';
    report(reading, 'language/invalid-value', rangeOf(node, reading), message);
    return undefined;
  }
  const fields = new Map<string, DataField>();
  if (depth > maxFieldDepth) return fields;
  for (const { key, value } of map.entries) {
    if (key.text.startsWith('x-') || fields.has(key.text)) continue;
    const name = { value: key.text, range: reading.at ?? key.range };
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key.text)) {
      const message = `'${key.text}' cannot be the name of a field: write letters, digits and underscores, so that conditions can use it.`;
      report(reading, 'language/invalid-value', name.range, message);
    }
    fields.set(key.text, value ? readField(value, name, reading, depth + 1) : { name, type: 'any' });
  }
  return fields;
}

function readField(node: SyntaxNode, name: DataField['name'], outer: Reading, depth: number): DataField {
  const { value, reading } = follow(node, outer);
  if (depth > maxFieldDepth || !value || value.kind === 'alias') return { name, type: 'any' };
  if (value.kind === 'scalar') return { name, type: typeNamed(value.text, rangeOf(node, reading), reading) };
  if (value.kind === 'list') {
    const element = value.items[0];
    const items = element ? readField(element, name, reading, depth + 1) : undefined;
    return { name, type: 'array', ...(items ? { items } : {}) };
  }
  const isSchema = value.entries.length > 0 && value.entries.every(({ key }) => schemaKeywords.has(key.text));
  if (!isSchema) {
    const fields = readFields(value, reading, depth);
    return { name, type: 'object', ...(fields ? { fields } : {}) };
  }
  return readSchema(value, name, reading, depth);
}

function readSchema(map: MapNode, name: DataField['name'], reading: Reading, depth: number): DataField {
  const written = (key: string) => map.entries.find((entry) => entry.key.text === key)?.value;
  const at = (key: string) => {
    const value = written(key);
    return value && resolve(value);
  };
  const type = at('type');
  const values = at('enum');
  const constant = at('const');
  const properties = written('properties');
  const items = written('items');
  const format = at('format');
  const number = (key: string) => {
    const bound = at(key);
    return bound?.kind === 'scalar' && typeof bound.value === 'number' ? bound.value : undefined;
  };
  const texts =
    values?.kind === 'list'
      ? values.items.flatMap((item) => (item.kind === 'scalar' && typeof item.value === 'string' ? [item.value] : []))
      : constant?.kind === 'scalar' && typeof constant.value === 'string'
        ? [constant.value]
        : undefined;
  const allTexts = texts && (values?.kind !== 'list' || texts.length === values.items.length) ? texts : undefined;
  const fields = at('properties')?.kind === 'map' && properties ? readFields(properties, reading, depth) : undefined;
  const element = items ? readField(items, name, reading, depth + 1) : undefined;
  const bounds = numericBounds.flatMap((key) => {
    const bound = number(key);
    return bound === undefined ? [] : [[key, bound] as const];
  });
  const isNarrowed =
    narrowing.some((key) => written(key) !== undefined) || ((values ?? constant) !== undefined && !allTexts);
  return {
    name,
    type: schemaType(
      type,
      { texts: allTexts !== undefined, fields: fields !== undefined, items: items !== undefined },
      reading,
    ),
    ...(allTexts ? { values: allTexts } : {}),
    ...Object.fromEntries(bounds),
    ...(isNarrowed ? { narrowed: true as const } : {}),
    ...(format?.kind === 'scalar' ? { format: format.text } : {}),
    ...(fields ? { fields } : {}),
    ...(element ? { items: element } : {}),
  };
}

function schemaType(
  type: SyntaxNode | undefined,
  known: { readonly texts: boolean; readonly fields: boolean; readonly items: boolean },
  reading: Reading,
): DataField['type'] {
  if (type?.kind === 'scalar') return typeNamed(type.text, rangeOf(type, reading), reading);
  if (type) return 'any';
  return known.texts ? 'string' : known.fields ? 'object' : known.items ? 'array' : 'any';
}

function typeNamed(text: string, range: Range, reading: Reading): DataField['type'] {
  const known = fieldTypes.find((type) => type === text);
  if (known) return known;
  const nearest = suggest(text, fieldTypes);
  report(
    reading,
    'language/invalid-value',
    range,
    `'${text}' is not a type of JSON Schema: ${fieldTypes.join(', ')}.${didYouMean(nearest)}`,
    replacement(nearest, range),
  );
  return 'any';
}

function resolve(node: SyntaxNode): SyntaxNode | undefined {
  let current: SyntaxNode | undefined = node;
  for (let hops = 0; current?.kind === 'alias' && hops < maxFieldDepth; hops++) current = current.target;
  return current;
}

/** What stands behind aliases; what is found there is reported at the first of them. */
function follow(node: SyntaxNode, reading: Reading): { value: SyntaxNode | undefined; reading: Reading } {
  let value: SyntaxNode | undefined = node;
  let at = reading.at;
  for (let hops = 0; value?.kind === 'alias' && hops < maxFieldDepth; hops++) {
    if (!mayFollowAlias(reading, value.range)) return { value: undefined, reading };
    reading.budget.left--;
    at ??= value.range;
    value = value.target;
  }
  return { value, reading: at === reading.at ? reading : { ...reading, at } };
}

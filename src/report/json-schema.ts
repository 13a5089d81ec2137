// The language as JSON Schema (draft 7), for editors and tools that know YAML and nothing of ours. Made from the
// vocabulary: `syntaxes/aiwf.schema.json` is what this answers. What the language server checks is more and exact.
import { fieldTypes } from '../language/parts.ts';
import {
  firstKeyKinds,
  type Key,
  type KeyTable,
  type MapShape,
  namesItsKind,
  type RecordShape,
  type ReferenceShape,
  type ScalarShape,
  type Shape,
  type WordShape,
} from '../language/shape.ts';
import { linkShape, topLevelShape } from '../language/vocabulary.ts';

export type JsonSchema = { readonly [keyword: string]: unknown };

/** Names that a table leaves open and a project knows, each with its meaning. */
export interface KnownNames {
  /** All names of a family of free names; undefined: any may stand there. */
  family(family: string): Readonly<Record<string, string>> | undefined;
  /** Keys of a map with free keys; others may stand beside them. */
  keys(called: string): Readonly<Record<string, string>> | undefined;
}

/** Each record and each of its keys is a definition, so that records may hold each other and kinds share keys. */
interface Definitions {
  readonly schemas: Map<string, JsonSchema | true>;
  readonly known: KnownNames;
}

const nothingKnown: KnownNames = { family: () => undefined, keys: () => undefined };

const anything: JsonSchema = {};
const extension = { '^x-': anything };
const id = '[A-Za-z_][\\w-]*';

/** The schema of a file. */
export function jsonSchema(): JsonSchema {
  const schemas: Definitions['schemas'] = new Map();
  const definitions: Definitions = { schemas, known: nothingKnown };
  const file = recordObject(topLevelShape, 'file', definitions);
  recordSchema(linkShape, definitions);
  schemas.set('step-id', { type: 'string', pattern: `^${id}$` });
  schemas.set('field', fieldSchema());
  schemas.set('fields', fieldsSchema());
  schemas.set('target', targetSchema());
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'aiwf workflow, language version 1',
    ...file,
    anyOf: [{ required: ['workflow'] }, { required: ['library'] }],
    definitions: sorted(schemas),
  };
}

/** The schema of a file of another table. */
export function schemaOfTable(title: string, shape: RecordShape<KeyTable>, known: KnownNames): JsonSchema {
  const schemas: Definitions['schemas'] = new Map();
  const file = recordObject(shape, 'file', { schemas, known });
  return { $schema: 'http://json-schema.org/draft-07/schema#', title, ...file, definitions: sorted(schemas) };
}

function sorted(schemas: Definitions['schemas']): JsonSchema {
  return Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A schema as text, one definition a line. */
export function renderJsonSchema(schema = jsonSchema()): string {
  const { definitions, ...rest } = schema;
  const lines = Object.entries(definitions as JsonSchema).map(
    ([name, schema]) => `    ${JSON.stringify(name)}: ${JSON.stringify(schema)}`,
  );
  const head = JSON.stringify(rest, undefined, 2).slice(0, -2);
  return `${head},\n  "definitions": {\n${lines.join(',\n')}\n  }\n}\n`;
}

function schemaOf(shape: Shape, definitions: Definitions): JsonSchema {
  switch (shape.kind) {
    case 'scalar':
      return scalarSchema(shape);
    case 'word':
      return wordSchema(shape.words);
    case 'name': {
      const names = definitions.known.family(shape.family);
      return names ? wordSchema(names) : { type: ['string', 'number', 'boolean'] };
    }
    case 'condition':
      return { type: ['string', 'number', 'boolean'] };
    case 'reference':
      return withWords(
        shape.words,
        shape.open ? { type: 'string' } : { type: 'string', pattern: referencePattern(shape) },
      );
    case 'list': {
      const item = schemaOf(shape.of, definitions);
      const list = { type: 'array', items: item };
      return shape.single ? { anyOf: [item, list] } : list;
    }
    case 'record':
      return recordSchema(shape, definitions);
    case 'map':
      return mapSchema(shape, definitions);
    case 'choice': {
      const forms = [shape.scalar, shape.list, shape.map].flatMap((form) =>
        form ? [schemaOf(form, definitions)] : [],
      );
      return forms.length === 1 ? (forms[0] ?? anything) : { anyOf: forms };
    }
    case 'target':
      return withWords(shape.words, reference('target'));
    case 'fields':
      return reference('fields');
    case 'lazy':
      return schemaOf(shape.of(), definitions);
    case 'any':
      return anything;
  }
}

/** A bound that the parser of a whole number keeps is found by asking it. */
function scalarSchema({ jsonType, expected, parse }: ScalarShape<unknown>): JsonSchema {
  const plain = jsonType === 'boolean' || jsonType.includes('boolean');
  const schema = { type: jsonType, ...(plain ? {} : { description: `Expected: ${expected}.` }) };
  if (jsonType !== 'integer') return schema;
  const accepted = [0, 1, 2].filter((value) => parse(String(value), value) !== undefined);
  return accepted.length === 1 ? { ...schema, const: accepted[0] } : { ...schema, minimum: accepted[0] ?? 0 };
}

/** `enumDescriptions` is what editors show beside each value. */
function wordSchema(words: WordShape<string>['words']): JsonSchema {
  return { type: 'string', enum: Object.keys(words), enumDescriptions: Object.values(words) };
}

function withWords(words: Readonly<Record<string, string>>, schema: JsonSchema): JsonSchema {
  return Object.keys(words).length === 0 ? schema : { anyOf: [wordSchema(words), schema] };
}

function referencePattern({ field }: ReferenceShape): string {
  return field ? `^${id}(\\.${id})*$` : `^${id}$`;
}

function reference(definition: string): JsonSchema {
  return { $ref: `#/definitions/${definition}` };
}

function mapSchema({ of, keys }: MapShape<Shape>, definitions: Definitions): JsonSchema {
  const empty = of.kind === 'record' && (of.kindBy || Object.values(of.keys).some(({ required }) => required));
  const value = schemaOf(of, definitions);
  const entry = empty ? value : { anyOf: [value, { type: 'null' }] };
  const name =
    keys.kind === 'free'
      ? '.'
      : keys.kind === 'mentions'
        ? referencePattern(keys.reference).slice(1)
        : keys.identifier === 'cel'
          ? '[a-z_][a-zA-Z0-9_]*$'
          : `${id}$`;
  const known = keys.kind === 'free' ? definitions.known.keys(keys.called) : undefined;
  const type = ['object', 'null'];
  if (!known) {
    return {
      type,
      patternProperties: { ...extension, [`^(?!x-)${name}`]: entry },
      additionalProperties: false,
    };
  }
  const named = Object.entries(known).map(([key, description]) => [key, { ...entry, description }]);
  return {
    type,
    properties: Object.fromEntries(named),
    patternProperties: extension,
    additionalProperties: entry,
  };
}

function recordSchema(shape: RecordShape<KeyTable>, definitions: Definitions): JsonSchema {
  const name = shape.name.replaceAll(' ', '-');
  if (!definitions.schemas.has(name)) {
    definitions.schemas.set(name, true);
    definitions.schemas.set(name, recordObject(shape, name, definitions));
  }
  const short = shape.short === undefined ? undefined : shape.keys[shape.short];
  return short ? { anyOf: [schemaOf(short.shape, definitions), reference(name)] } : reference(name);
}

function recordObject(shape: RecordShape<KeyTable>, name: string, definitions: Definitions): JsonSchema {
  if (shape.kindBy) return recordOfKinds(shape, shape.kindBy, name, definitions);
  const properties = Object.entries(shape.keys).map(([key, value]) => [key, keySchema(key, value, definitions)]);
  return closedObject(Object.fromEntries(properties), requiredKeys(shape.keys), waysOf(shape.keys));
}

/** A branch says in exactly one way where work goes. */
function waysOf(keys: KeyTable): JsonSchema {
  const ways = ['to', 'else', 'all', 'any'];
  return ways.every((way) => keys[way]) ? { oneOf: ways.map((way) => ({ required: [way] })) } : {};
}

/** A record whose kind decides about its keys: told by the key that bears the kind's name, or by the value of a key. */
function recordOfKinds(
  { keys }: RecordShape<KeyTable>,
  kindBy: NonNullable<RecordShape<KeyTable>['kindBy']>,
  name: string,
  definitions: Definitions,
): JsonSchema {
  const kinds = kindBy === 'first-key' ? firstKeyKinds(keys) : wordsOf(keys[kindBy.key]);
  for (const [key, value] of Object.entries(keys))
    definitions.schemas.set(`${name}.${key}`, keySchema(key, value, definitions));
  const refer = (names: readonly string[]) =>
    Object.fromEntries(names.map((key) => [key, reference(`${name}.${key}`)]));
  for (const kind of kinds) {
    const own = Object.entries(keys).filter(([, { on }]) => !on || on.includes(kind));
    const required = [...requiredKeys(Object.fromEntries(own)), ...(kindBy === 'first-key' ? [kind] : [])];
    definitions.schemas.set(`${name}:${kind}`, closedObject(refer(own.map(([key]) => key)), required, {}));
  }
  const known = kindBy === 'first-key' ? kinds : [kindBy.key];
  return {
    type: 'object',
    properties: refer(known),
    anyOf: known.map((key) => ({ required: [key] })),
    allOf: kinds.map((kind) => ({
      if:
        kindBy === 'first-key'
          ? { required: [kind] }
          : { properties: { [kindBy.key]: { const: kind } }, required: [kindBy.key] },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: reference(`${name}:${kind}`),
    })),
  };
}

function wordsOf(key: Key | undefined): readonly string[] {
  return key?.shape.kind === 'word' ? Object.keys(key.shape.words) : [];
}

function requiredKeys(keys: KeyTable): readonly string[] {
  return Object.entries(keys).flatMap(([name, { required }]) => (required ? [name] : []));
}

function closedObject(properties: JsonSchema, required: readonly string[], more: JsonSchema): JsonSchema {
  return {
    type: 'object',
    properties,
    patternProperties: extension,
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
    ...more,
  };
}

/** The title of a step may still be missing; a key that names a kind needs no value. */
function keySchema(name: string, key: Key, definitions: Definitions): JsonSchema {
  const schema = schemaOf(key.shape, definitions);
  const description = [
    key.doc,
    ...(typeof schema.description === 'string' ? [schema.description] : []),
    ...(key.default === undefined ? [] : [`Default: ${key.default}.`]),
    ...(key.example === undefined ? [] : [`Example: \`${key.example}\`.`]),
  ].join(' ');
  const value = namesItsKind(name, key) ? { anyOf: [schema, { type: 'null' }] } : schema;
  // Keywords beside `$ref` do not count in draft 7.
  return value.$ref === undefined ? { ...value, description } : { description, allOf: [value] };
}

function targetSchema(): JsonSchema {
  return {
    description: 'Where work goes: a step, a list of branches, a split, or a step with keys of the edge.',
    anyOf: [reference('step-id'), { type: 'array', items: reference('target') }, reference('branch')],
  };
}

function fieldsSchema(): JsonSchema {
  return {
    type: 'object',
    description: 'Fields by name: a type, a list of one type, or a JSON Schema.',
    patternProperties: { ...extension, '^(?!x-)[A-Za-z_][A-Za-z0-9_]*$': reference('field') },
    additionalProperties: false,
  };
}

function fieldSchema(): JsonSchema {
  const written = ['type', 'enum', 'const', 'properties', 'items', 'format'].map((keyword) => ({
    required: [keyword],
  }));
  return {
    anyOf: [
      { type: 'string', enum: fieldTypes },
      { type: 'null' },
      { type: 'array', items: reference('field') },
      reference('fields'),
      {
        type: 'object',
        properties: { type: { anyOf: [{ enum: fieldTypes }, { type: 'array', items: { enum: fieldTypes } }] } },
        anyOf: written,
      },
    ],
  };
}

// Fields of data as shapes: JSON Schema properties in their short and long form, so that completion and hover know them.
import { choice, key, lazy, list, oneOrMore, record, type Shape, scalar, word } from '../language/shape.ts';
import type { MapNode } from '../language/syntax.ts';

const types = word({
  string: 'Text.',
  number: 'A number.',
  integer: 'A whole number.',
  boolean: 'True or false.',
  object: 'Fields of its own, under `properties`.',
  array: 'A list, its elements under `items`.',
  null: 'Nothing.',
});

const any: Shape = { kind: 'any' };
const number = scalar<number>('a number', (_, value) => (typeof value === 'number' ? value : undefined), {
  jsonType: 'number',
});
const inner = lazy<unknown>((): Shape => fieldShape);
const text = scalar<string>('text', (raw) => raw);

/** The keywords of JSON Schema that the language reads. */
export const schemaShape = record('field', {
  type: key(types, 'Type of the field.'),
  enum: key(list(any), 'The values it can have.', { example: '[low, high]' }),
  const: key(any, 'The only value it can have.'),
  format: key(text, 'Format of a text.', { example: 'date' }),
  minimum: key(number, 'Smallest value.'),
  maximum: key(number, 'Largest value.'),
  properties: key({ kind: 'fields' }, 'Fields of an object.'),
  items: key(inner, 'What the elements of a list are.'),
  required: key(oneOrMore(text), 'Fields that an object always has.'),
  description: key(text, 'For the reader.'),
});

/** One field: a type by name, a list with what its elements are, or a schema. */
export const fieldShape: Shape = choice({ scalar: types, list: list(inner), map: schemaShape });

/** True where the keys are keywords of JSON Schema and not names of fields; one key may still be half typed. */
export function isSchema(map: MapNode): boolean {
  const keywords = map.entries.filter(({ key: { text: name } }) => Object.hasOwn(schemaShape.keys, name)).length;
  return keywords > 0 && keywords >= map.entries.length - 1;
}

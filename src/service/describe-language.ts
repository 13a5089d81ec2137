// Words of the language for hover and completion: what a key means, what may stand behind it, what a duration says.
import type { DataField } from '../language/parts.ts';
import type { Key, Shape } from '../language/shape.ts';
import type { Duration, DurationUnit } from '../language/values.ts';
import { builtInOutcomes, contestOutcomes, endOutcomes } from '../language/vocabulary.ts';
import { code, paragraphs, plain } from './markdown.ts';

/** Meaning, type in words, default and example of a key. */
export function keyDocumentation(key: Key): string {
  return paragraphs(
    key.doc,
    `Value: ${shapeInWords(key.shape)}.${key.required ? ' Required.' : ''}`,
    key.default === undefined ? undefined : `Default: ${plain(key.default)}.`,
    key.example === undefined ? undefined : `Example: ${code(key.example)}`,
  );
}

/** A type in words: `a list of ids of data`. */
function shapeInWords(shape: Shape): string {
  switch (shape.kind) {
    case 'lazy': {
      // A shape that holds itself: its name is enough.
      const inner = shape.of();
      return inner.kind === 'map' ? shapeInWords(inner) : 'the same again';
    }
    case 'scalar':
      return shape.expected;
    case 'word':
      return `one of ${codes(Object.keys(shape.words))}`;
    case 'name':
      return `a free name (${shape.family})`;
    case 'reference': {
      const words = Object.keys(shape.words);
      const ids = `the id of ${shape.to.map((kind) => declarationNouns[kind]).join(' or ')}${shape.field ? ', or a field of it' : ''}`;
      return words.length === 0 ? ids : `${ids}, or ${codes(words)}`;
    }
    case 'condition':
      return 'a condition in CEL';
    case 'list':
      return shape.single ? `${shapeInWords(shape.of)}, or a list of such` : `a list, each ${shapeInWords(shape.of)}`;
    case 'record':
      return `a ${shape.name} with the keys ${codes(Object.keys(shape.keys))}`;
    case 'map':
      return shape.keys.kind === 'declares'
        ? `a map of ids to declarations`
        : `a map from ${shape.keys.kind === 'free' ? shape.keys.called : 'an id'} to ${shapeInWords(shape.of)}`;
    case 'choice': {
      const forms = [shape.scalar, shape.list, shape.map].flatMap((form) => (form ? [shapeInWords(form)] : []));
      return [...new Set(forms)].join(', or ');
    }
    case 'target':
      return 'a step, a list of branches, `all` or `any` of several, or `{ to: STEP, … }`';
    case 'fields':
      return 'fields such as `{ amount: number, note: string }`';
    case 'any':
      return 'anything';
  }
}

function codes(words: readonly string[]): string {
  const shown = words.slice(0, 12).map(code).join(', ');
  return words.length > 12 ? `${shown}, …` : shown;
}

/** Nouns for what an id names. */
const declarationNouns = {
  actor: 'an actor',
  data: 'data',
  store: 'a store',
  event: 'an event',
  calendar: 'a calendar',
  handoff: 'a handoff contract',
  policy: 'a policy',
  step: 'a step',
  tool: 'a tool',
  workflow: 'a workflow',
  metric: 'a metric',
} as const;

/** What an outcome means, where the language itself knows it. */
export function outcomeMeaning(name: string): string | undefined {
  const meanings: Readonly<Record<string, string>> = { ...builtInOutcomes, ...contestOutcomes, ...endOutcomes };
  return Object.hasOwn(meanings, name) ? meanings[name] : undefined;
}

const unitNames: Readonly<Record<DurationUnit, string>> = {
  s: 'second',
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  mo: 'month',
  y: 'year',
};

/** `1 day 12 hours`. */
export function durationInWords({ parts }: Duration): string {
  return parts.map(({ amount, unit }) => `${amount} ${unitNames[unit]}${amount === 1 ? '' : 's'}`).join(' ');
}

/** Type of a field, for people: `number, 0 to 1`, `one of "low", "high"`, `list of string`. */
export function fieldInWords(field: DataField): string {
  if (field.values) return `one of ${codes(field.values.map((value) => JSON.stringify(value)))}`;
  if (field.type === 'array') return field.items ? `list of ${fieldInWords(field.items)}` : 'list';
  if (field.type === 'object' && field.fields) return `object with ${codes([...field.fields.keys()])}`;
  const { minimum, maximum } = field;
  const bounds =
    minimum !== undefined && maximum !== undefined
      ? `, ${minimum} to ${maximum}`
      : minimum !== undefined
        ? `, at least ${minimum}`
        : maximum !== undefined
          ? `, at most ${maximum}`
          : '';
  return `${field.type === 'any' ? 'any type' : field.type}${field.format ? ` (${plain(field.format)})` : ''}${bounds}`;
}

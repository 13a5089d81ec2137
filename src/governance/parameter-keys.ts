// The parameters of rules as keys of a table, each with the form of its values: what editors and the JSON Schema offer
// where the reader of a configuration takes any parameter and says itself what is wrong with one.
import {
  type Key,
  type KeyTable,
  key,
  type ListShape,
  type MapShape,
  type RecordShape,
  record,
  type Shape,
  scalar,
  word,
} from '../language/shape.ts';
import type { MapNode, ScalarNode } from '../language/syntax.ts';
import { actorKeys, topLevelKeys } from '../language/vocabulary.ts';
import { defaultParameters, type Parameter, parameters } from '../rules/parameters.ts';
import { configurationShape } from './configuration-keys.ts';

const nowhere = { start: 0, end: 0 };

const levelsShape = record(
  'level by risk tier',
  Object.fromEntries(
    Object.entries(topLevelKeys.risk.shape.keys.tier.shape.words).map(([tier, doc]) => [
      tier,
      key(word(actorKeys.autonomy.shape.words), doc),
    ]),
  ),
);

/** Every parameter as a key. */
export const parameterKeys: KeyTable = Object.fromEntries(
  [...parameters.values()].map((parameter) => [parameter.name, parameterKey(parameter)]),
);

/** The table of a configuration, parameters by name in it. */
export const namedConfigurationShape: RecordShape<KeyTable> = {
  ...configurationShape,
  keys: withParametersIn(configurationShape.keys),
};

function parameterKey(parameter: Parameter): Key {
  const standard = defaultParameters[parameter.key];
  const isOpen = standard === undefined || (typeof standard === 'object' && Object.keys(standard).length === 0);
  return key(valueShape(parameter), parameter.doc, {
    ...(isOpen || typeof standard === 'object' ? {} : { default: String(standard) }),
    ...(isOpen ? { default: 'not judged' } : {}),
  });
}

/** What the reader of the parameter takes, found by asking it. */
function valueShape({ expected, read }: Parameter): Shape {
  if (read(levels('high', 'L3')) !== undefined) return levelsShape;
  const takes = (text: string) => read(scalarNode(text)) !== undefined;
  const jsonType = takes('true')
    ? 'boolean'
    : takes('50%')
      ? (['number', 'string'] as const)
      : takes('1')
        ? 'integer'
        : 'string';
  return scalar(expected, (text) => read(scalarNode(text)), { jsonType, samples: samplesIn(expected) });
}

/** `a share such as 0.8 or 80%` names two. */
function samplesIn(expected: string): readonly string[] {
  return /such as (.+)$/.exec(expected)?.[1]?.split(' or ') ?? [];
}

function scalarNode(text: string): ScalarNode {
  return { kind: 'scalar', range: nowhere, value: text, text, style: 'plain' };
}

function levels(tier: string, level: string): MapNode {
  const entry = { key: scalarNode(tier), value: scalarNode(level), range: nowhere };
  return { kind: 'map', range: nowhere, entries: [entry], flow: true };
}

/** The shape with `parameters` as a record of those there are, wherever they stand in it. */
function withParameters(shape: Shape): Shape {
  switch (shape.kind) {
    case 'map':
      return isOfParameters(shape) ? record('map of parameters', parameterKeys) : shape;
    case 'list': {
      const named: ListShape<Shape> = { ...shape, of: withParameters(shape.of) };
      return named.of === shape.of ? shape : named;
    }
    case 'record': {
      const keys = withParametersIn(shape.keys);
      const named: RecordShape<KeyTable> = { ...shape, keys };
      return Object.entries(keys).every(([name, each]) => each.shape === shape.keys[name]?.shape) ? shape : named;
    }
    default:
      return shape;
  }
}

function withParametersIn(keys: KeyTable): KeyTable {
  const named = Object.entries(keys).map(([name, each]) => [name, { ...each, shape: withParameters(each.shape) }]);
  return Object.fromEntries(named);
}

function isOfParameters({ keys }: MapShape<Shape>): boolean {
  return keys.kind === 'free' && keys.called === 'parameter';
}

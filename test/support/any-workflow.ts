// Workflows and configurations drawn from the tables of keys: every key, kind and form the language has may come, with
// values that fit for the most part, and ids out of a few, so that they meet.
import type { GeneratorValue } from 'fast-check';
import fc from 'fast-check';
import { stringify } from 'yaml';
import type { DeclarationKind } from '../../src/language/parts.ts';
import {
  firstKeyKinds,
  type KeyTable,
  type RecordShape,
  type ReferenceShape,
  type Shape,
} from '../../src/language/shape.ts';

/** Deeper than this only plain values are drawn. */
const maxDrawnDepth = 7;

/** A text in the form of `shape`. */
export function drawText(shape: Shape, draw: GeneratorValue): string {
  const value = drawValue(shape, draw, 0);
  return stringify(value, { aliasDuplicateObjects: false, ...(draw(fc.boolean) ? { lineWidth: 0 } : {}) });
}

function drawValue(shape: Shape, draw: GeneratorValue, depth: number): unknown {
  // Now and then something that does not belong here.
  if (depth > 1 && draw(fc.nat, { max: 60 }) === 0) return draw(fc.constantFrom, ...strange);
  switch (shape.kind) {
    case 'scalar': {
      const samples = shape.samples.length > 0 ? shape.samples : plainValues;
      return draw(fc.constantFrom, ...samples, ...plainValues.slice(0, 2));
    }
    case 'word':
      return draw(fc.constantFrom, ...Object.keys(shape.words));
    case 'name':
      return draw(fc.constantFrom, 'initiate', 'approve', 'review', 'payment', 'record.write');
    case 'reference':
      return drawReference(shape, draw);
    case 'condition':
      return draw(fc.constantFrom, ...conditions);
    case 'list':
      return depth > maxDrawnDepth ? [] : drawMany(draw, 3, () => drawValue(shape.of, draw, depth + 1));
    case 'record':
      return drawRecord(shape, draw, depth);
    case 'map': {
      if (depth > maxDrawnDepth) return {};
      const { keys } = shape;
      const name = () =>
        keys.kind === 'declares'
          ? draw(fc.constantFrom, ...ids[keys.declares])
          : keys.kind === 'mentions'
            ? drawReference(keys.reference, draw)
            : draw(fc.constantFrom, ...outcomes);
      return Object.fromEntries(drawMany(draw, 6, () => [name(), drawValue(shape.of, draw, depth + 1)]));
    }
    case 'choice': {
      const forms = [shape.scalar, shape.list, shape.map].filter((form) => form !== undefined);
      return drawValue(draw(fc.constantFrom, ...forms), draw, depth);
    }
    case 'target':
      return drawTarget(shape.words, draw, depth);
    case 'fields':
      return { amount: 'number', ok: 'boolean', kind: { type: 'string', enum: ['a', 'b'] } };
    case 'lazy':
      return drawValue(shape.of(), draw, depth + 1);
    case 'any':
      return draw(fc.constantFrom, ...strange);
  }
}

function drawRecord(shape: RecordShape<KeyTable>, draw: GeneratorValue, depth: number): unknown {
  const { keys, kindBy } = shape;
  if (depth > maxDrawnDepth) return {};
  const kindKey = kindBy === 'first-key' ? draw(fc.constantFrom, ...firstKeyKinds(keys)) : kindBy?.key;
  const entry = (name: string) => [name, keys[name] ? drawValue(keys[name].shape, draw, depth + 1) : null] as const;
  const first = kindKey === undefined ? [] : [entry(kindKey)];
  const kind = kindBy === 'first-key' ? kindKey : first[0]?.[1];
  const allowed = Object.entries(keys).filter(
    ([name, { on }]) => name !== kindKey && (!on || on.includes(String(kind))),
  );
  // What must be there mostly is, and what leads on as well: a workflow that goes nowhere is soon judged.
  const rest = allowed.filter(
    ([name, { required }]) => draw(fc.nat, { max: 9 }) < (required ? 9 : usual.has(name) ? 6 : depth < 1 ? 5 : 1),
  );
  return Object.fromEntries([...first, ...rest.map(([name]) => entry(name))]);
}

const usual = new Set([
  'next',
  'by',
  'start',
  'steps',
  'actors',
  'data',
  'reads',
  'writes',
  'covers',
  'effects',
  'accountable',
]);

function drawTarget(words: Readonly<Record<string, string>>, draw: GeneratorValue, depth: number): unknown {
  const step = () => draw(fc.constantFrom, ...ids.step, ...Object.keys(words));
  const form = depth > maxDrawnDepth ? 0 : draw(fc.nat, { max: 6 });
  if (form === 4) return [{ when: draw(fc.constantFrom, ...conditions), to: step() }, { else: step() }];
  if (form === 5) return { all: [step(), step()], join: step() };
  if (form === 6) return { to: step(), max: 3, exhausted: step() };
  return step();
}

function drawReference({ to, field, words }: ReferenceShape, draw: GeneratorValue): string {
  const known = [...to.flatMap((kind) => ids[kind]), ...Object.keys(words)];
  const id = draw(fc.constantFrom, ...(known.length > 0 ? known : ['x']));
  return field && draw(fc.boolean) ? `${id}.amount` : id;
}

function drawMany<T>(draw: GeneratorValue, most: number, one: () => T): T[] {
  return Array.from({ length: draw(fc.nat, { max: most }) }, one);
}

/** Few names of each kind, so that what is mentioned is often there. */
const ids: Readonly<Record<DeclarationKind, readonly string[]>> = new Proxy({} as Record<DeclarationKind, string[]>, {
  get: (_target, kind) =>
    kind === 'step'
      ? ['s1', 's2', 's3', 's4', 'done', 'constructor']
      : kind === 'actor'
        ? ['anna', 'bob', 'bot', 'ledger']
        : ['one', 'two', 'three'],
});

const outcomes = ['approve', 'reject', 'modify', 'error', 'timeout', 'unavailable', 'x-own'];
const conditions = [
  'one.amount > 5',
  'one.ok',
  '!two.ok && one.amount <= 2',
  'three.kind == "a"',
  'one.amount >',
  'true',
];
const plainValues = [
  'text',
  'Ein “Titel” 🙂',
  4,
  true,
  '2026-09-01',
  '4h',
  '',
  '__proto__',
  '<b onclick="x()">&amp;</b>',
];
const strange: readonly unknown[] = [null, [], {}, 'x', -1, 1e99, [[]], { constructor: 1 }, '\u0000', 'a: b', '*x'];

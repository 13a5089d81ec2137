// Laws of the one table of the language: every key is explained, readable, and its example and words hold.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSyntax } from '../../src/language/parse-syntax.ts';
import { read } from '../../src/language/read.ts';
import { newReading, type Reading } from '../../src/language/reading.ts';
import type { Key, KeyTable, Shape } from '../../src/language/shape.ts';
import type { SyntaxNode } from '../../src/language/syntax.ts';
import {
  actorKinds,
  builtInOutcomes,
  importableKeys,
  stepKinds,
  topLevelKeys,
  topLevelShape,
} from '../../src/language/vocabulary.ts';

interface Found {
  readonly record: string;
  readonly name: string;
  readonly key: Key;
}

/** Every shape the language is made of, each once, and every key of its records. */
function walk(): {
  readonly shapes: ReadonlySet<Shape>;
  readonly keys: readonly Found[];
  readonly tables: ReadonlyMap<KeyTable, string>;
} {
  const shapes = new Set<Shape>();
  const keys: Found[] = [];
  const tables = new Map<KeyTable, string>();
  const visit = (shape: Shape | undefined) => {
    if (!shape || shapes.has(shape)) return;
    shapes.add(shape);
    switch (shape.kind) {
      case 'list':
      case 'map':
        visit(shape.of);
        break;
      case 'lazy':
        visit(shape.of());
        break;
      case 'choice':
        for (const form of [shape.scalar, shape.list, shape.map]) visit(form);
        break;
      case 'record':
        tables.set(shape.keys, shape.name);
        for (const [name, key] of Object.entries(shape.keys)) {
          keys.push({ record: shape.name, name, key });
          visit(key.shape);
        }
        break;
    }
  };
  visit(topLevelShape);
  return { shapes, keys, tables };
}

const { shapes, keys, tables } = walk();

test('the table holds the whole language', () => {
  assert.ok(tables.size > 30 && keys.length > 250, `${tables.size} records, ${keys.length} keys`);
});

test('every key is explained in sentences and since a version', () => {
  for (const { record, name, key } of keys) {
    assert.match(key.doc, /^\S.{3,}\.$/s, `${record}.${name}`);
    assert.equal(key.since, 1);
  }
});

test('every key is a word in kebab-case that no other key of its record is read into', () => {
  for (const [table, record] of tables) {
    const fields = Object.keys(table).map((name) => name.replaceAll('-', '').toLowerCase());
    assert.equal(new Set(fields).size, fields.length, record);
    for (const name of Object.keys(table)) assert.match(name, /^[a-z]+(-[a-z]+)*$/, `${record}.${name}`);
  }
});

test('a key for some kinds names kinds that exist, each once', () => {
  const kinds: Readonly<Record<string, readonly string[]>> = {
    step: Object.keys(stepKinds),
    actor: Object.keys(actorKinds),
  };
  for (const { record, name, key } of keys) {
    // `defaults` borrows keys of steps and is told their kinds by the steps themselves.
    if (!key.on || record === 'defaults') continue;
    assert.ok(key.on.length > 0 && kinds[record], `${record}.${name}`);
    assert.deepEqual(
      key.on.filter((kind) => !kinds[record]?.includes(kind)),
      [],
      `${record}.${name}`,
    );
    assert.equal(new Set(key.on).size, key.on.length, `${record}.${name}`);
  }
});

test('every kind of step is a key that only it has', () => {
  const step = [...tables].find(([, name]) => name === 'step')?.[0];
  for (const kind of Object.keys(stepKinds)) assert.deepEqual(step?.[kind]?.on, [kind]);
});

/** The general reader, without the type that the shape carries: a union of all shapes is too much to work out. */
const readAny = read as (node: SyntaxNode, shape: Shape, reading: Reading) => unknown;

/** A value that a reader of the shape should take. */
function sampleOf(shape: Shape, depth = 0): string | undefined {
  switch (shape.kind) {
    case 'scalar':
      return ['1', 'true', 'text', '4h', '200 EUR', '25%', '2026-09-01', 'mon-fri', '08:00-18:00'].find(
        (text) => shape.parse(text, text === 'true' ? true : text === '1' ? 1 : text) !== undefined,
      );
    case 'word':
      return Object.keys(shape.words)[0];
    case 'name':
    case 'reference':
      return 'name';
    case 'condition':
      return '"true"';
    case 'target':
      return 'step';
    case 'fields':
      return '{ amount: number }';
    case 'any':
      return 'anything';
    case 'list':
      return `[${sampleOf(shape.of, depth + 1)}]`;
    case 'map':
      return `{ name: ${sampleOf(shape.of, depth + 1)} }`;
    case 'lazy':
      return '{}';
    case 'choice': {
      const form = shape.scalar ?? shape.list ?? shape.map;
      return form && sampleOf(form, depth + 1);
    }
    case 'record': {
      const wanted = Object.entries(shape.keys).filter(
        ([name, { required, on }]) => required || (shape.kindBy === 'first-key' && on?.[0] === name && name === 'task'),
      );
      const first = Object.entries(shape.keys)[0];
      const given = wanted.length > 0 ? wanted : first ? [first] : [];
      if (shape.name === 'branch') return '{ to: step }';
      return `{ ${given.map(([name, key]) => `${name}: ${sampleOf(key.shape, depth + 1)}`).join(', ')} }`;
    }
  }
}

function problemsOf(text: string, shape: Shape): readonly string[] {
  const { root } = parseSyntax(text);
  const reading = newReading();
  const value: unknown = root && readAny(root, shape, reading);
  assert.ok(value !== undefined || reading.problems.length > 0, text);
  return reading.problems.map(({ message }) => message);
}

test('every shape can be written and is read without a problem', () => {
  for (const shape of shapes) {
    const text = sampleOf(shape);
    assert.ok(text, shape.kind);
    assert.deepEqual(problemsOf(text, shape), [], `${shape.kind}: ${text}`);
  }
});

test('the example of a key is read without a problem', () => {
  for (const { record, name, key } of keys.filter(({ key: { example } }) => example)) {
    assert.deepEqual(problemsOf(key.example ?? '', key.shape), [], `${record}.${name}: ${key.example}`);
  }
});

test('every shape answers each form of YAML with a value or a problem, never with neither', () => {
  const forms = [
    'x',
    '1',
    'true',
    '""',
    '"a b"',
    '[]',
    '[x]',
    '[[x]]',
    '{}',
    '{ x: 1 }',
    '{ to: x }',
    '[{ when: "true", to: x }]',
    'null',
    '*missing',
  ];
  for (const shape of shapes) {
    for (const form of forms) {
      const { root } = parseSyntax(form);
      assert.ok(root);
      const reading = newReading();
      const value = readAny(root, shape, reading);
      const silent = value === undefined && reading.problems.length === 0;
      // A declaration list that is still empty is no mistake, and the syntax tree tells of a missing anchor.
      assert.ok(!silent || form === 'null' || form === '*missing' || shape.kind === 'target', `${shape.kind}: ${form}`);
      for (const { message, range } of reading.problems) {
        assert.match(message, /^\S.*[.?]$/s);
        assert.ok(range.start >= 0 && range.end <= form.length && range.start <= range.end, `${shape.kind}: ${form}`);
      }
    }
  }
});

test('words and outcomes are explained', () => {
  for (const shape of shapes) {
    if (shape.kind !== 'word') continue;
    for (const [word, doc] of Object.entries(shape.words)) assert.match(String(doc), /\.$/, word);
  }
  for (const doc of Object.values(builtInOutcomes)) assert.match(doc, /\.$/);
});

test('what can be imported is declared at the top level', () => {
  for (const key of importableKeys) {
    const { shape } = topLevelKeys[key];
    assert.equal(shape.kind, 'map');
    assert.equal(shape.keys.kind, 'declares');
  }
});

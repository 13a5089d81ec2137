// Files that are too deep, too long or that grow beyond measure behind aliases: an end in time, and few words about it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flow, slice } from './parsing.ts';
import { around, survive } from './surviving.ts';

const deep = 5000;
const huge: Readonly<Record<string, string>> = {
  'lists in lists': around(`x-a: ${'['.repeat(deep)}${']'.repeat(deep)}`),
  'lists that never end': `x-a: ${'['.repeat(deep)}`,
  'maps in maps': around(`x-a: ${'{ a: '.repeat(deep)}1${' }'.repeat(deep)}`),
  'maps that never end': `x-a: ${'{ a: '.repeat(deep)}`,
  'block maps in block maps': Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
  'block lists in block lists': '- '.repeat(deep),
  'keys in keys': '? '.repeat(deep),
  'scopes in scopes': flow(
    `first:\n${Array.from({ length: 150 }, (_, i) => `${' '.repeat(2 * i + 2)}scope: S\n${' '.repeat(2 * i + 2)}steps: \n${' '.repeat(2 * i + 3)}s${i}:`).join('\n')}`,
  ),
  'targets in targets': flow(`first: { task: T, by: anna, next: ${'{ to: '.repeat(90)}first${' }'.repeat(90)} }`),
  'anchors on everything': flow(
    `first: &a { &b task: &c T, &d by: &e [&f anna], &g next: &h { &i all: &j [&k first, &l first] } }`,
  ),
  'aliases that grow tenfold': around(bomb('x-a', (name) => `[${Array(9).fill(name).join(', ')}]`, 'x')),
  'steps that grow eightfold': around(
    `${bomb(
      'x-a',
      (name) =>
        `{ ${'abcdefgh'
          .split('')
          .map((key) => `${key}: ${name}`)
          .join(', ')} }`,
      '{ task: T }',
    )}\nx-b: 1`,
  ).replace('  first:', '  bomb: *x-a12\n  first:'),
  'fields that grow eightfold': around(
    `${bomb(
      'x-a',
      (name) =>
        `{ ${'abcdefgh'
          .split('')
          .map((key) => `${key}: ${name}`)
          .join(', ')} }`,
      'number',
    )}\ndata: { d: { fields: *x-a12 } }`,
  ),
  'targets that grow eightfold': around(
    bomb('x-a', (name) => `{ all: [${Array(8).fill(name).join(', ')}] }`, 'last'),
  ).replace('next: last', 'next: *x-a12'),
  'many aliases of one step': around('x-s: &s { task: T, by: anna, next: last }').replace(
    '  last:',
    `${Array.from({ length: 20_000 }, (_, i) => `  a${i}: *s`).join('\n')}\n  last:`,
  ),
  'many unknown keys': around(Array.from({ length: 20_000 }, (_, i) => `key${i}: 1`).join('\n')),
  'one key many times': around('title: x\n'.repeat(20_000).trimEnd()),
  'many steps without a kind': around('x-a: 1').replace(
    '  last:',
    `${Array.from({ length: 5000 }, (_, i) => `  a${i}: { foo: 1 }`).join('\n')}\n  last:`,
  ),
  'many empty lines': around('\n'.repeat(300_000)),
  'a very long line': around(`title: ${'x'.repeat(2_000_000)}`),
  'a very long list': around(`context: [${'x, '.repeat(30_000)}x]`),
  'a very long condition': flow(
    `first: { task: T, by: anna, next: [{ when: ${Array(3000).fill('claim.ok').join(' && ')}, to: first }, { else: first }] }`,
  ),
};

function bomb(name: string, more: (alias: string) => string, first: string): string {
  return Array.from(
    { length: 13 },
    (_, i) => `${name}${i}: &${name}${i} ${i === 0 ? first : more(`*${name}${i - 1}`)}`,
  ).join('\n');
}

for (const [name, text] of Object.entries(huge)) {
  test(`${name} end in time, with few words about what is too much`, () => {
    const { findings } = survive(text, 8000);
    assert.ok(findings.filter(({ rule }) => rule === 'language/limit' || rule === 'language/syntax').length <= 120);
    if (text.includes('withn'))
      assert.ok(
        findings.some(({ range }) => slice(text, range) === 'withn'),
        'the rest is checked',
      );
  });
}

test('twenty thousand steps are read and checked', () => {
  const steps = Array.from({ length: 20_000 }, (_, i) => `  s${i}: { task: T, by: anna, next: s${i + 1} }`).join('\n');
  const { workflow } = survive(around('x-a: 1').replace('  last:', `${steps}\n  s20000: { end: Z }\n  last:`), 20_000);
  assert.equal(workflow.steps.size, 20_003);
});

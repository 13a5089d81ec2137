// Snippets: each one, with its defaults kept, is YAML without errors and holds what its name promises.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from 'yaml';
import { expandSnippet, readSnippets } from '../support/snippets.ts';

const snippets = Object.entries(readSnippets());
const stepKinds = [
  'task',
  'review',
  'approval',
  'decision',
  'contest',
  'wait',
  'disclose',
  'route',
  'scope',
  'call',
  'end',
];

for (const [name, { body, description }] of snippets) {
  test(`snippet '${name}'`, () => {
    const text = expandSnippet(body);
    const document = parseDocument(text, { strict: true, uniqueKeys: true });
    assert.deepEqual([...document.errors, ...document.warnings], [], text);
    assert.match(description, /^[A-Z].*[^.]$/, 'a description starts with a capital and has no full stop');
    assert.doesNotMatch(text, /\$|\t| $/m);
    assert.equal(body.join('\n').match(/\$0/g)?.length, 1, 'the cursor ends at one place');
  });

  test(`snippet '${name}' numbers its tab stops in the order they are visited, without a hole`, () => {
    const stops = [...body.join('\n').matchAll(/\$\{?(\d+)/g)]
      .map((match) => Number(match[1]))
      .filter((stop) => stop > 0);
    const first = [...new Set(stops)];
    assert.deepEqual(
      first,
      first.map((_, index) => index + 1),
    );
  });
}

test('every step kind has a snippet, and the first key of the step is its kind', () => {
  const firstKeys = snippets.map(
    ([, { body }]) => /^\$\{1:[\w-]+\}: *(?:\{ )?\n? *([\w-]+):/.exec(body.join('\n'))?.[1],
  );
  for (const kind of stepKinds) assert.ok(firstKeys.includes(kind), `no snippet for '${kind}'`);
});

test('no snippet has a prefix: VS Code would offer it in the middle of a title, and Enter would put it there', () => {
  for (const [name, snippet] of snippets) assert.ok(!Object.hasOwn(snippet, 'prefix'), name);
});

test('expanding keeps defaults, first choices, twins and escapes', () => {
  const stop = (inside: string) => `$\{${inside}}`;
  const body = [
    `a: $1 ${stop('1:x')} ${stop('1')}`,
    `b: ${stop('2|one,two|')} $2`,
    `c: \\${stop('3')} ${stop('4:\\}')}$0`,
  ];
  assert.equal(expandSnippet(body), ['a: x x x', 'b: one one', `c: ${stop('3')} }`].join('\n'));
});

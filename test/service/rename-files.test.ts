// Files that move take the paths that lead to them along, and those in them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { edited, openMarked, uriOf } from '../support/service.ts';

const files = `
aiwf: 1
workflow: main
use: [./people.aiwf.yaml, "./sub/more.aiwf.yaml"]
data:
  order: { schema: ./schemas/order.schema.json } # as agreed
  other: { schema: '../outside.json' }
steps:
  pay: { call: ./sub/payout.aiwf.yaml, next: again }
  again: { call: payout, next: pay }
#- people.aiwf.yaml
aiwf: 1
library: people
#- sub/more.aiwf.yaml
aiwf: 1
library: more
use: ../people.aiwf.yaml
#- sub/payout.aiwf.yaml
aiwf: 1
workflow: payout
use: [../people.aiwf.yaml, ./more.aiwf.yaml]
`;

/** As an editor writes it in a uri. */
function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Lines that change when files or folders move, by the names they have before. */
function changes(...moves: readonly (readonly [from: string, to: string])[]): readonly string[] {
  const { service, disk, uri, file } = openMarked(files);
  const { changes: all = {} } = service.renameFiles(
    moves.map(([from, to]) => ({ oldUri: uriOf(encodePath(from)), newUri: uriOf(encodePath(to)) })),
    { versioned: false },
  );
  return Object.entries(all).flatMap(([at, edits]) => {
    const old = at === uri ? file.text : (disk.get(at) ?? '');
    const lines = old.split('\n');
    return edited(old, edits)
      .split('\n')
      .flatMap((line, i) => (line === lines[i] ? [] : [`${decodeURI(at).replace(uriOf(''), '')}: ${line.trim()}`]));
  });
}

test('a library that moves into a folder, quotes kept', () => {
  assert.deepEqual(changes(['people.aiwf.yaml', 'shared/people.aiwf.yaml']), [
    'main.aiwf.yaml: use: [./shared/people.aiwf.yaml, "./sub/more.aiwf.yaml"]',
    'sub/more.aiwf.yaml: use: ../shared/people.aiwf.yaml',
    'sub/payout.aiwf.yaml: use: [../shared/people.aiwf.yaml, ./more.aiwf.yaml]',
  ]);
});

test('a file that moves itself finds its imports from its new place', () => {
  assert.deepEqual(changes(['main.aiwf.yaml', 'flows/new/main.aiwf.yaml']), [
    'main.aiwf.yaml: use: [../../people.aiwf.yaml, "../../sub/more.aiwf.yaml"]',
    'main.aiwf.yaml: order: { schema: ../../schemas/order.schema.json } # as agreed',
    "main.aiwf.yaml: other: { schema: '../../../outside.json' }",
    'main.aiwf.yaml: pay: { call: ../../sub/payout.aiwf.yaml, next: again }',
  ]);
});

test('a folder takes all in it along; paths between its files stay', () => {
  assert.deepEqual(changes(['sub', 'parts']), [
    'main.aiwf.yaml: use: [./people.aiwf.yaml, "./parts/more.aiwf.yaml"]',
    'main.aiwf.yaml: pay: { call: ./parts/payout.aiwf.yaml, next: again }',
  ]);
});

test('a path that YAML would read as something else is put in quotes', () => {
  assert.deepEqual(
    changes(['people.aiwf.yaml', 'the people #1.aiwf.yaml'])[0],
    `main.aiwf.yaml: use: ['./the people %231.aiwf.yaml', "./sub/more.aiwf.yaml"]`,
  );
});

test('a JSON Schema that moves', () => {
  assert.deepEqual(changes(['schemas/order.schema.json', 'order.json']), [
    'main.aiwf.yaml: order: { schema: ./order.json } # as agreed',
  ]);
});

test('what moves elsewhere and nobody names changes nothing', () => {
  assert.deepEqual(changes(['readme.md', 'docs/readme.md']), []);
});

// Document links: what leads to a file that is there, with what the editor says of it, and addresses in texts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineStartsOf } from '../../src/language/source.ts';
import { toOffset } from '../../src/service/positions.ts';
import { openMarked } from '../support/service.ts';

/** `text -> target` of each link. */
function links(marked: string): readonly string[] {
  const { service, uri, file } = openMarked(marked);
  const lines = { text: file.text, lineStarts: lineStartsOf(file.text) };
  return service.links(uri).map(({ range, target, tooltip }) => {
    assert.ok(tooltip, 'a link says what it does');
    const shown = file.text.slice(toOffset(lines, range.start), toOffset(lines, range.end));
    return `${shown} -> ${target?.replace('file:///work/', '')}`;
  });
}

const others = `
#- people.aiwf.yaml
aiwf: 1
library: people
#- other.aiwf.yaml
aiwf: 1
workflow: other
#- claim.schema.json
{ "type": "object" }
#- card.json
{}
#- prompt.md
Be kind.
#- evidence.md
Measured.
`;

test('use, call by path and by id, schema, card, instructions', () => {
  assert.deepEqual(
    links(`aiwf: 1
workflow: w
use: [./people.aiwf.yaml, ./gone.aiwf.yaml]
actors:
  bot: { kind: agent, card: "./card.json", instructions: ./prompt.md }
data:
  claim: { schema: ./claim.schema.json }
steps:
  a: { call: ./other.aiwf.yaml }
  b: { call: other }
  c: { call: nowhere }
  d: { task: D, by: bot, instructions: ./gone.md }
${others}`),
    [
      './people.aiwf.yaml -> people.aiwf.yaml',
      './card.json -> card.json',
      './prompt.md -> prompt.md',
      './claim.schema.json -> claim.schema.json',
      './other.aiwf.yaml -> other.aiwf.yaml',
      'other -> other.aiwf.yaml',
    ],
  );
});

test('references to files and to the web', () => {
  assert.deepEqual(
    links(`aiwf: 1
workflow: w
description: See https://example.org/a(b), and (https://example.org/c).
evidence:
  - { ref: ./evidence.md, of: bot }
  - { ref: "https://example.org/report?x=1", of: bot }
  - { ref: EV-2026-031, of: bot }
obligations: [{ from: a, ref: ./gone.md }]
${others}`),
    [
      'https://example.org/a(b -> https://example.org/a(b',
      'https://example.org/c -> https://example.org/c',
      './evidence.md -> evidence.md',
      'https://example.org/report?x=1 -> https://example.org/report?x=1',
    ],
  );
});

test('addresses over escapes stand where they are written', () => {
  assert.deepEqual(links('aiwf: 1\ndescription: "a \\"b\\" https://example.org/x"\n'), [
    'https://example.org/x -> https://example.org/x',
  ]);
});

test('nothing leads to another host or protocol, and half-typed text to nothing', () => {
  assert.deepEqual(links('aiwf: 1\nuse: [//host/x.aiwf.yaml, "http://host/y.aiwf.yaml", ./'), []);
  assert.deepEqual(links('aiwf: 1\ndescription: https://\n'), []);
  assert.deepEqual(links(''), []);
});

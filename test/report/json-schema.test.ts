// The generated JSON Schema: takes every workflow of the project, refuses what the language refuses, and is committed.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { parseFile } from '../../src/language/parse.ts';
import type { Shape } from '../../src/language/shape.ts';
import { linkShape, topLevelShape } from '../../src/language/vocabulary.ts';
import { jsonSchema, renderJsonSchema } from '../../src/report/json-schema.ts';
import { checkGolden } from '../support/golden.ts';

const ajv = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true, strictTypes: false });
ajv.addVocabulary(['enumDescriptions']);
const validate = ajv.compile(jsonSchema());

function errorsOf(text: string): string[] {
  validate(parse(text, { uniqueKeys: false }));
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

test('the schema in syntaxes/ is the generated one', () => {
  assert.deepEqual(JSON.parse(renderJsonSchema()), jsonSchema());
  checkGolden('syntaxes/aiwf.schema.json', renderJsonSchema());
});

for (const folder of ['media/templates', 'examples', 'examples/shared']) {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.aiwf.yaml'))) {
    test(`${folder}/${name} holds to the schema`, () => {
      assert.deepEqual(errorsOf(readFileSync(`${folder}/${name}`, 'utf8')), []);
    });
  }
}

const workflow = (more: string) => `aiwf: 1\nworkflow: w\n${more}`;
const step = (more: string) => workflow(`steps:\n  s:\n    task: Work\n${more.replaceAll(/^/gm, '    ')}\n`);

const accepted: Record<string, string> = {
  'a library': 'aiwf: 1\nlibrary: people\nactors: { a: { kind: human } }',
  'keys of extensions, anywhere': workflow(
    'x-team: [1]\nactors:\n  x-base: 1\n  a: { kind: human, x-floor: 3 }\nsteps: { s: { end: Done, x-a: b } }',
  ),
  'short forms': workflow(
    'risk: high\nactors: { a: { kind: agent, clearance: personal, model: { id: m } } }\nstart: { next: s }',
  ),
  'long forms': workflow(
    'risk: { tier: high }\nactors: { a: { kind: agent, clearance: { max: personal }, model: [{ id: m }] } }\nstart: [{ next: s }]',
  ),
  'declarations that are still empty': workflow('actors:\ndata:\n  question:\nsteps:\n  s:\n    task:\n'),
  'targets in each other': step(
    'next:\n  - when: a.b > 1\n    to: { all: [a, { to: b, handoff: { ack: 1h, on-reject: sender } }] }\n  - else: [{ label: x, to: c }, { label: y, to: { any: [{ when: c, to: d }] } }]',
  ),
  'words beside ids': step('on: { timeout: none }\nlog: none\naccepts: none'),
  'fields in each form': workflow(
    'data:\n  d:\n    fields:\n      a: number\n      b: [{ c: string }]\n      e: { f: { type: integer, minimum: 0 } }\n      g: { enum: [x, y] }\n      h:\n      type: string',
  ),
  'contracts in each form': workflow(
    'handoffs: { h: { payload: d } }\nsteps:\n  s: { task: T, accepts: [h, { ack: 1h }] }\n  t: { task: T, accepts: h }',
  ),
  'a mention of a field': step('reads: [claim.amount, claim]\nwrites: { out.x: claim }'),
};

const refused: Record<string, string> = {
  'no version': 'workflow: w',
  'another version': 'aiwf: 2\nworkflow: w',
  'neither workflow nor library': 'aiwf: 1',
  'an unknown key': workflow('titel: x'),
  'an unknown key of a step': step('nxet: t'),
  'a key of another kind of step': step('covers: [d]'),
  'a step without kind': workflow('steps: { s: { next: t } }'),
  'a step of two kinds': workflow('steps: { s: { task: A, review: B } }'),
  'a key of another kind of actor': workflow('actors: { a: { kind: human, sponsor: b } }'),
  'an actor without kind': workflow('actors: { a: { title: A } }'),
  'an unknown kind of actor': workflow('actors: { a: { kind: robot } }'),
  'a value outside its words': step('mode: ai-exeuted'),
  'text where true or false belongs': step('detached: perhaps'),
  'a missing key of a record': step('effects: [{ to: a }]'),
  'a count below one': step('batch: 0'),
  'a target with two ways': step('next: { to: a, all: [b, c] }'),
  'a target without a way': step('next: [{ when: x }]'),
  'an id with a space': step('by: some one'),
  'data with a hyphen': workflow('data: { my-data: { class: public } }'),
  'a type that does not exist': workflow('data: { d: { fields: { amount: nubmer } } }'),
  'a fault inside a scope': workflow('steps: { s: { scope: S, steps: { t: { task: T, untli: x } } } }'),
  'a list at the top': '- aiwf: 1',
};

for (const [name, text] of Object.entries(accepted))
  test(`accepted: ${name}`, () => assert.deepEqual(errorsOf(text), []));

for (const [name, text] of Object.entries(refused)) {
  test(`refused, by the language too: ${name}`, () => {
    assert.notDeepEqual(errorsOf(text), []);
    assert.notDeepEqual(parseFile('file:///w.aiwf.yaml', text).problems, []);
  });
}

test('each record of the vocabulary has a name of its own', () => {
  const shapes = new Map<string, Shape>();
  const seen = new Set<Shape>();
  const visit = (shape: Shape | undefined): void => {
    if (!shape || seen.has(shape)) return;
    seen.add(shape);
    if (shape.kind === 'record') {
      assert.ok(!shapes.has(shape.name), `two records are called '${shape.name}'`);
      shapes.set(shape.name, shape);
      for (const { shape: inner } of Object.values(shape.keys)) visit(inner);
    } else if (shape.kind === 'list' || shape.kind === 'map') visit(shape.of);
    else if (shape.kind === 'lazy') visit(shape.of());
    else if (shape.kind === 'choice') for (const form of [shape.scalar, shape.list, shape.map]) visit(form);
  };
  visit(topLevelShape);
  visit(linkShape);
  assert.ok(shapes.size > 20);
});

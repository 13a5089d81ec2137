// Rename: all mentions and nothing else, in every file; refused with a reason where a name would stand for something else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMarked, renamedIn, uriOf } from '../support/service.ts';

const main = `
aiwf: 1
workflow: main
use: [./people.aiwf.yaml]
actors:
  bot: { kind: agent, sponsor: clerk }
data:
  claim: { fields: { amount: number, "kind of": string } }
  order: { schema: ./order.schema.json }
start: { gives: [claim, order], next: draft }
steps:
  draft: # the first step
    task: 'draft is not the title'
    by: bot
    reads: [claim.amount, order.total]
    ensures: ["claim.amount > 1 && size('claim') == 5", 'claim.amount  <  9']
    next: check
  check:
    decision: Check
    by: clerk
    outcomes: { grant: favourable, deny: adverse }
    on: { grant: end, deny: "draft" }
  end: { end: Done }
waivers: { rule: flow/x, at: 'actor:bot', reason: r, owner: clerk, approved-by: clerk, expires: 2027-01-01 }
#- people.aiwf.yaml
aiwf: 1
library: people
actors:
  clerk: { kind: human, authority: { grant: true, deny: true } }
  chief: { kind: human }
#- other.aiwf.yaml
aiwf: 1
workflow: other
use: [./people.aiwf.yaml]
data: { order: {} }
start: { gives: [order], next: check }
steps:
  check: { decision: Check, by: clerk, outcomes: [grant], next: end }
  end: { end: Done }
#- order.schema.json
{ "properties": { "total": { "type": "number" } } }
`;

/** `main` with the cursor in the name between bars of `around`. */
function at(around: string): string {
  const [before = '', word = '', after = ''] = around.split('|');
  assert.ok(main.includes(before + word + after), around);
  return main.replace(before + word + after, `${before}<|>${word}${after}`);
}

/** Lines that differ, of all files. */
function changed(around: string, name: string): readonly string[] {
  const result = renamedIn(at(around), name);
  if (typeof result === 'string') return [result];
  const before = openMarked(main);
  return [...result].flatMap(([file, text]) => {
    const old = (uriOf(file) === before.uri ? before.file.text : (before.disk.get(uriOf(file)) ?? '')).split('\n');
    return text.split('\n').flatMap((line, i) => (line === old[i] ? [] : [`${file}: ${line.trim()}`]));
  });
}

test('a step, its comments and quotes kept, the same word elsewhere untouched', () => {
  assert.deepEqual(changed('next: |draft|', 'write'), [
    'main.aiwf.yaml: start: { gives: [claim, order], next: write }',
    'main.aiwf.yaml: write: # the first step',
    'main.aiwf.yaml: on: { grant: end, deny: "write" }',
  ]);
});

test('an actor of a library in all files that import it, and in places of waivers', () => {
  assert.deepEqual(changed('sponsor: |clerk|', 'officer'), [
    'main.aiwf.yaml: bot: { kind: agent, sponsor: officer }',
    'main.aiwf.yaml: by: officer',
    "main.aiwf.yaml: waivers: { rule: flow/x, at: 'actor:bot', reason: r, owner: officer, approved-by: officer, expires: 2027-01-01 }",
    'people.aiwf.yaml: officer: { kind: human, authority: { grant: true, deny: true } }',
    'other.aiwf.yaml: check: { decision: Check, by: officer, outcomes: [grant], next: end }',
  ]);
  assert.deepEqual(changed('|bot|: { kind', 'helper'), [
    'main.aiwf.yaml: helper: { kind: agent, sponsor: clerk }',
    'main.aiwf.yaml: by: helper',
    "main.aiwf.yaml: waivers: { rule: flow/x, at: 'actor:helper', reason: r, owner: clerk, approved-by: clerk, expires: 2027-01-01 }",
  ]);
});

test('data inside conditions, not in the texts they hold', () => {
  assert.deepEqual(changed('|claim|: { fields', 'request'), [
    'main.aiwf.yaml: request: { fields: { amount: number, "kind of": string } }',
    'main.aiwf.yaml: start: { gives: [request, order], next: draft }',
    'main.aiwf.yaml: reads: [request.amount, order.total]',
    "main.aiwf.yaml: ensures: [\"request.amount > 1 && size('claim') == 5\", 'request.amount  <  9']",
  ]);
});

test('a field', () => {
  assert.deepEqual(changed('reads: [claim.|amount|', 'sum'), [
    'main.aiwf.yaml: claim: { fields: { sum: number, "kind of": string } }',
    'main.aiwf.yaml: reads: [claim.sum, order.total]',
    "main.aiwf.yaml: ensures: [\"claim.sum > 1 && size('claim') == 5\", 'claim.sum  <  9']",
  ]);
});

test('an outcome, in the authority of whoever judges and in the files that share that actor', () => {
  assert.deepEqual(changed('{ |grant|: favourable', 'accept'), [
    'main.aiwf.yaml: outcomes: { accept: favourable, deny: adverse }',
    'main.aiwf.yaml: on: { accept: end, deny: "draft" }',
    'people.aiwf.yaml: clerk: { kind: human, authority: { accept: true, deny: true } }',
    'other.aiwf.yaml: check: { decision: Check, by: clerk, outcomes: [accept], next: end }',
  ]);
});

const refusals: readonly (readonly [where: string, name: string, reason: RegExp])[] = [
  ['next: |draft|', 'check', /'check' already stands for something else in main\.aiwf\.yaml/],
  ['sponsor: |clerk|', 'bot', /'bot' already stands for something else/],
  ['sponsor: |clerk|', 'chief', /'chief' already stands for something else in people\.aiwf\.yaml/],
  ['{ |grant|: favourable', 'deny', /'deny' already stands/],
  ['{ |grant|: favourable', 'approve', /'approve' already stands for something else/],
  ['|claim|: { fields', 'my-claim', /'my-claim' cannot be a name here: .* since conditions use it/],
  ['next: |draft|', 'two words', /cannot be a name here/],
  ['next: |draft|', '', /cannot be a name here/],
  ['next: |draft|', 'null', /is a word of the language/],
  ['order.|total|', 'sum', /'total' is declared in order\.schema\.json, which is not a workflow file/],
  ['kind: |agent|', 'robot', /This is not a name/],
  ['aiwf: |1|', 'robot', /no name here/],
  ['|workflow|: main', 'robot', /This is not a name/],
];

for (const [where, name, reason] of refusals)
  test(`${where} to '${name}' is refused with a reason`, () =>
    assert.match(String(renamedIn(at(where), name)), reason));

test('nothing is renamed while a file that mentions it cannot be read as YAML', () => {
  const broken = at('sponsor: |clerk|').replace('data: { order: {} }', 'data: { order: {}');
  assert.match(String(renamedIn(broken, 'officer')), /^Line \d+ of other\.aiwf\.yaml cannot be read as YAML/);
});

test('data that a condition of a library names for all that import it keeps its name', () => {
  const shared = at('|claim|: { fields').replace('grant: true', 'grant: claim.amount < 5');
  assert.match(String(renamedIn(shared, 'request')), /A condition in people\.aiwf\.yaml names 'claim'/);
});

test('data is not renamed to what a condition calls an element of a list, nor from it', () => {
  const text = (name: string) => `
aiwf: 1
workflow: main
data: { cl<|>aim: { fields: { lines: [{ price: number }] } } }
steps: { a: { task: A, ensures: "claim.lines.exists(${name}, ${name}.price > 1)", next: a } }
`;
  assert.match(String(renamedIn(text('line'), 'line')), /for an element of a list/);
  assert.match(String(renamedIn(text('claim'), 'request')), /for an element of a list/);
});

test('an imported file that declares the new name itself keeps its meaning', () => {
  const clash = at('sponsor: |clerk|').replace(
    'data: { order: {} }',
    'data: { order: {} }\nactors: { officer: { kind: human } }',
  );
  assert.match(String(renamedIn(clash, 'officer')), /'officer' already stands for something else in other\.aiwf\.yaml/);
});

test('a duty that the configuration names as well keeps its name', () => {
  const duty = (config: string) => `
aiwf: 1
workflow: main
steps: { a: { task: A, duty: [pr<|>epare], next: a } }
#- aiwf.config.yaml
${config}
`;
  assert.match(
    String(renamedIn(duty('sod: [[prepare, approve]]'), 'draft')),
    /The configuration .* names the duty 'prepare'/,
  );
  assert.notEqual(typeof renamedIn(duty('profile: [strict]'), 'draft'), 'string');
});

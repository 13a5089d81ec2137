// Go to definition of every kind of mention, in this file and in imported ones.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definitionIn } from '../support/service.ts';

const files = `
aiwf: 1
workflow: main
use: [./people.aiwf.yaml]
actors:
  bot:
    kind: agent
    sponsor: clerk
    tools: { search: { effect: none } }
data:
  claim: { class: personal, fields: { amount: number, lines: [{ price: number }] } }
  order: { schema: ./order.schema.json }
stores:
  audit: { kind: log }
events:
  paid: { kind: message, from: clerk }
handoffs:
  standard: { ack: 1h }
steps:
  draft:
    task: Draft
    by: [bot, clerk]
    uses: [search]
    reads: [claim.amount]
    accepts: standard
    ensures: ["claim.amount > 1 && order.total > 2"]
    log: { to: audit, fields: [case] }
    next: { to: check, max: 3, exhausted: sub }
    on: { paid: sub }
  check:
    decision: Check
    by: clerk
    outcomes: [grant, deny]
    on: { grant: sub, deny: draft }
  sub:
    call: ./other.aiwf.yaml
    next: more
  more:
    call: other
obligations: [{ from: check.deny, to: [paid], within: 3d }]
#- people.aiwf.yaml
aiwf: 1
library: people
actors:
  clerk: { kind: human, holders: 2 }
#- other.aiwf.yaml
aiwf: 1
workflow: other
#- order.schema.json
{ "properties": {
  "total": { "type": "number" } } }
`;

/** Definition of the first character of \`word\` inside \`where\`. */
function definition(where: string, word: string): string | undefined {
  const at = files.indexOf(where) + where.lastIndexOf(word);
  assert.ok(files.includes(where), where);
  return definitionIn(`${files.slice(0, at)}<|>${files.slice(at)}`);
}

for (const [where, word, expected] of [
  ['by: [bot, clerk]', 'bot', 'main.aiwf.yaml:5 bot'],
  ['by: [bot, clerk]', 'clerk', 'people.aiwf.yaml:4 clerk'],
  ['sponsor: clerk', 'clerk', 'people.aiwf.yaml:4 clerk'],
  ['uses: [search]', 'search', 'main.aiwf.yaml:8 search'],
  ['reads: [claim.amount]', 'claim', 'main.aiwf.yaml:10 claim'],
  ['reads: [claim.amount]', 'amount', 'main.aiwf.yaml:10 amount'],
  ['accepts: standard', 'standard', 'main.aiwf.yaml:17 standard'],
  ['to: audit', 'audit', 'main.aiwf.yaml:13 audit'],
  ['{ to: check', 'check', 'main.aiwf.yaml:29 check'],
  ['exhausted: sub', 'sub', 'main.aiwf.yaml:34 sub'],
  ['on: { paid', 'paid', 'main.aiwf.yaml:15 paid'],
  ['from: check.deny', 'check', 'main.aiwf.yaml:29 check'],
  ['from: check.deny', 'deny', 'main.aiwf.yaml:32 deny'],
  ['on: { grant', 'grant', 'main.aiwf.yaml:32 grant'],
  ['to: [paid]', 'paid', 'main.aiwf.yaml:15 paid'],
  ['"claim.amount', 'claim', 'main.aiwf.yaml:10 claim'],
  ['"claim.amount', 'amount', 'main.aiwf.yaml:10 amount'],
  ['order.total', 'total', 'order.schema.json:2 "total"'],
  ['./people.aiwf.yaml', './people', 'people.aiwf.yaml:1'],
  ['call: ./other', './other', 'other.aiwf.yaml:1'],
  ['call: other', 'other', 'other.aiwf.yaml:1'],
  ['schema: ./order.schema.json', './order', 'order.schema.json:1'],
] as const) {
  test(`${word} in ${where}`, () => assert.equal(definition(where, word), expected));
}

test('nothing at keys, free names and ids nobody declares', () => {
  assert.equal(definition('task: Draft', 'task'), undefined);
  assert.equal(definition('fields: [case]', 'case'), undefined);
  assert.equal(definitionIn('aiwf: 1\nstart: { next: no<|>where }\n'), undefined);
  assert.equal(definitionIn('aiwf: 1\nuse: [./gone<|>.aiwf.yaml]\n'), undefined);
});

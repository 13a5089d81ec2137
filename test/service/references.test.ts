// References and highlights: every mention of what stands at the cursor, here and in other files, and of nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { highlightsIn, referencesIn } from '../support/service.ts';

const files = `
aiwf: 1
workflow: main
use: [./people.aiwf.yaml]
actors:
  bot: { kind: agent, sponsor: clerk, tools: { search: { effect: none } } }
  aid: { kind: agent, sponsor: clerk, tools: { search: { effect: none } } }
data:
  claim: { labels: [urgent], fields: { amount: number, lines: [{ price: number }] } }
  batch: { labels: [urgent], fields: { parts: [{ amount: number }] } }
events:
  paid: { kind: message, from: clerk }
start: { on: paid, gives: [claim, batch], next: draft }
steps:
  draft:
    task: Draft
    by: bot
    uses: [search]
    reads: [claim.amount]
    ensures: ["claim.amount > 1 && claim.lines.exists(l, l.price > 2)"]
    next: check
  each:
    task: Each part
    by: aid
    uses: [search]
    for-each: { item: part, in: batch.parts, until: part.amount > 3 }
    reads: [part]
    next: other
  other: { call: ./other.aiwf.yaml, with: { order: claim }, returns: { batch: result }, next: each }
  check:
    decision: Check
    by: clerk
    outcomes: [grant, deny]
    on: { grant: draft, deny: each }
waivers: { rule: flow/x, at: draft, reason: r, owner: clerk, approved-by: clerk, expires: 2027-01-01 }
obligations: [{ from: check.deny, to: [paid], within: 3d }]
#- people.aiwf.yaml
aiwf: 1
library: people
actors:
  clerk: { kind: human, holders: 2, authority: { grant: claim.amount < 5, deny: true } }
#- other.aiwf.yaml
aiwf: 1
workflow: other
use: [./people.aiwf.yaml]
data: { order: {}, result: {} }
start: { gives: [order], next: work }
steps:
  work: { task: Work, by: clerk, reads: [order], writes: [result], next: end }
  end: { end: Done }
#- stranger.aiwf.yaml
aiwf: 1
workflow: stranger
actors: { clerk: { kind: human } }
steps:
  draft: { decision: Own, by: clerk, outcomes: [grant], next: draft }
`;

/** References of the word in the middle of `around`, as `file:line word`. */
function references(around: string): readonly string[] {
  const [before = '', word = '', after = ''] = around.split('|');
  const [first = '', ...rest] = files.split(`${before}${word}${after}`);
  assert.ok(rest.length > 0, around);
  return referencesIn(`${first}${before}<|>${word}${after}${rest.join(`${before}${word}${after}`)}`);
}

test('an imported actor is found in every file that imports it, and no other of the same name', () => {
  assert.deepEqual(references('agent, sponsor: |clerk|, tools: { search: { effect: none } } }\n  aid'), [
    'main:5 clerk',
    'main:6 clerk',
    'main:11 clerk',
    'main:31 clerk',
    'main:34 clerk',
    'main:34 clerk',
    'people:4 clerk (declared)',
    'other:7 clerk',
  ]);
});

test('a step is found as a target, in waivers and in points', () => {
  assert.deepEqual(references('next: |draft|'), [
    'main:12 draft',
    'main:14 draft (declared)',
    'main:33 draft',
    'main:34 draft',
  ]);
  assert.deepEqual(references('next: |check|'), ['main:20 check', 'main:29 check (declared)', 'main:35 check']);
});

test('data and fields are found inside conditions, each field by where it is declared', () => {
  assert.deepEqual(references('reads: [|claim|'), [
    'main:8 claim (declared)',
    'main:12 claim',
    'main:18 claim',
    'main:19 claim',
    'main:19 claim',
    'main:28 claim',
  ]);
  assert.deepEqual(references('claim.|amount| > 1'), ['main:8 amount (declared)', 'main:18 amount', 'main:19 amount']);
  assert.deepEqual(references('part.|amount| >'), ['main:9 amount (declared)', 'main:25 amount']);
  assert.deepEqual(references('l.|price|'), ['main:8 price (declared)', 'main:19 price']);
});

test('the element of a for-each is known inside its step', () => {
  assert.deepEqual(references('item: |part|'), ['main:25 part (declared)', 'main:25 part', 'main:26 part']);
});

test('a tool is that of the actor who performs the step', () => {
  assert.deepEqual(references('bot\n    uses: [|search|'), ['main:5 search (declared)', 'main:17 search']);
  assert.deepEqual(references('aid\n    uses: [|search|'), ['main:6 search (declared)', 'main:24 search']);
});

test('data of a sub-workflow is found in the calls that name it', () => {
  assert.deepEqual(references('with: { |order|'), [
    'main:28 order',
    'other:4 order (declared)',
    'other:5 order',
    'other:7 order',
  ]);
  assert.deepEqual(references('batch: |result|'), ['main:28 result', 'other:4 result (declared)', 'other:7 result']);
});

test('an outcome is found in the files that share an actor with authority over it', () => {
  assert.deepEqual(references('check.|deny|'), [
    'main:32 deny (declared)',
    'main:33 deny',
    'main:35 deny',
    'people:4 deny',
  ]);
});

test('an event is found as a start, a target of time and where it is declared', () => {
  assert.deepEqual(references('on: |paid|'), ['main:11 paid (declared)', 'main:12 paid', 'main:35 paid']);
});

test('free names of one family belong together', () => {
  assert.deepEqual(references('labels: [|urgent|'), ['main:8 urgent', 'main:9 urgent']);
});

test('words of the language, values and what nothing declares have no references', () => {
  assert.deepEqual(references('kind: |message|'), []);
  assert.deepEqual(references('within: |3d|'), []);
  assert.deepEqual(referencesIn('aiwf: 1\nworkflow: a\nsteps:\n  a: { task: A, by: no<|>body, next: a }\n'), []);
});

test('highlights are the mentions in this file, the declaration as a write', () => {
  assert.deepEqual(highlightsIn(files.replace('aid: { kind: agent', 'a<|>id: { kind: agent')), [
    '6 aid (write)',
    '23 aid',
  ]);
});

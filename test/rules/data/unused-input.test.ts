// data/unused-input: an AI reads only what it needs for what it makes and does.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('data/unused-input');

const end = `  finish: { end: Finished }
`;
const start = `defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: draft }
`;

test('data that no output and no effect of an AI step is made from is too much', () => {
  check(`${head}${start}steps:
  draft: { task: Draft, by: bot, mode: ai-executed, reads: [offer, claim], writes: { letter: [offer] }, next: send }
  #                                                                ^^^^^ info data/unused-input: The AI in 'draft' reads 'claim', but no output is made from it. Take it out of 'reads', or say in 'writes' what is made from it.
  send: { task: Send, by: bot, mode: ai-executed, reads: [letter, claim], effects: [{ kind: message, to: customer, uses: [letter] }], next: finish }
  #                                                               ^^^^^ info data/unused-input: The AI in 'send' reads 'claim', but no effect uses it.
${end}`);
});

test('a step that only an error leads to needs no more either', () => {
  check(`${head}${start}steps:
  draft: { task: Draft, by: bot, mode: ai-executed, on: { error: rescue }, next: finish }
  rescue: { task: Rescue, by: helper, mode: ai-executed, reads: [claim.story, offer.text], writes: { letter: [offer] }, next: finish }
  #                                                              ^^^^^^^^^^^ data/unused-input: The AI in 'rescue' reads 'claim.story'
${end}`);
});

test('data of a library is judged like that of this file', () => {
  check(`
aiwf: 1
workflow: w
accountable: owner
use: [./people.aiwf.yaml, ./more.aiwf.yaml]
${start}steps:
  draft: { task: Draft, by: bot, mode: ai-executed, reads: [file, offer], writes: { letter: [offer] }, next: finish }
  #                                                         ^^^^ data/unused-input
${end}
#- more.aiwf.yaml
aiwf: 1
library: more
data: { file: { class: personal } }
`);
});

test('what a guard, an effect, a contract, a log, an event or another key of the step names is used', () => {
  for (const keys of [
    'next: [{ when: claim.amount > 5, to: finish }, { else: finish }]',
    'effects: [{ kind: payment, amount: claim.amount, uses: [letter] }], next: finish',
    'accepts: { payload: [claim], ack: 1h }, next: finish',
    'accepts: named, next: finish',
    'next: { to: finish, handoff: { payload: [claim] } }',
    'emits: [told], next: finish',
    'log: { to: journal, fields: [case, claim] }, next: finish',
    'redacts: [claim.story], next: finish',
    'gate: { on: claim.amount, at-least: 5, below: finish }, next: finish',
    'next: [{ label: good, to: finish }, { label: bad, to: finish }]',
    'next: [{ when: claim.amount >, to: finish }, { else: finish }]',
  ])
    check(
      `${head}${start}events: { told: { kind: message, to: customer, gives: [claim] } }
handoffs: { named: { payload: [claim], ack: 1h } }
stores: { journal: { kind: log } }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, reads: [offer, claim], writes: { letter: [offer] }, ${keys} }
${end}`,
      { only: ['data/unused-input'] },
    );
});

test('the list form of writes is made from all reads; judgments, people and steps that say nothing are not judged', () => {
  check(`${head}${start}steps:
  draft: { task: Draft, by: bot, mode: ai-executed, reads: [offer, claim], writes: [letter], next: one }
  one: { task: One, by: bot, mode: ai-executed, reads: [offer, claim], writes: letter, next: look }
  look: { review: Look, by: bot, mode: ai-executed, reads: [offer, claim], writes: { letter: [offer] }, next: write }
  write: { task: Write, by: clerk, reads: [offer, claim], writes: { letter: [offer] }, next: help }
  help: { task: Help, by: [clerk, bot], mode: collaborative, decides: clerk, reads: [offer, claim], writes: { letter: [offer] }, next: say }
  say: { task: Say nothing, by: bot, mode: ai-executed, reads: [offer, claim], next: tell }
  tell: { task: Tell, by: bot, mode: ai-executed, reads: [offer, claim], effects: [{ kind: message }], next: finish }
${end}`);
});

test('an unresolved name, an alias and half-typed outputs are not judged', () => {
  check(
    `${head}${start}x-inputs: &inputs [offer, claim]
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, reads: [offer, clam], writes: { letter: [offer] }, next: next }
  next: { task: Next, by: bot, mode: ai-executed, reads: [offer, claim], writes: , next: finish }
${end}`,
    { only: ['data/unused-input'] },
  );
});

test('it is taken out of the list, or with the list', () => {
  const text = (reads: string) => `${head}${start}steps:
  draft: # by the agent
    task: Draft
    by: bot
    mode: ai-executed
${reads}    writes: { letter: [offer] }
    next: finish
${end}`;
  assert.equal(
    fixed(text('    reads: [claim, offer] # both\n'), "Take 'claim' out of 'reads'"),
    `-     reads: [claim, offer] # both
+     reads: [offer] # both`,
  );
  assert.equal(
    fixed(text('    reads:\n      - offer\n      - claim\n'), "Take 'claim' out of 'reads'"),
    '-       - claim',
  );
  assert.equal(fixed(text('    reads: claim\n'), "Take 'claim' out of 'reads'"), '-     reads: claim');
});

// Sub-workflows: what a called file does with what it is given is seen from the caller, and said once, at the call.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules } from '../support/check.ts';

const { check, findingsOf } = forRules('oversight/irreversible-unapproved');

const caller = (call: string, before = 'pay') => `aiwf: 1
workflow: w
accountable: owner
use: [./people.aiwf.yaml]
data: { paid: { class: internal } }
start: { next: write }
steps:
  write: { task: Write, by: bot, mode: ai-executed, writes: [offer], next: ${before}, on: { error: finish, unavailable: finish } }
  judge: { approval: Judge, by: lead, covers: [offer], on: { approve: pay, modify: finish, reject: finish } }
  pay: ${call}
  finish: { end: Finished }
`;

const payout = (steps: string) => `#- payout.aiwf.yaml
aiwf: 1
workflow: payout
accountable: owner
use: [./people.aiwf.yaml]
data: { bill: { class: internal } }
start: { gives: [bill], next: first }
steps:
${steps}
`;

const send =
  '  send: { task: Send, by: clerk, reads: [bill], effects: [{ kind: payment, irreversible: true, uses: [bill] }], next: done }\n  done: { end: Done }';

test('AI output that is handed into a sub-workflow and used there is found at the call, with the path through both files', () => {
  const [finding, ...more] = findingsOf(
    `${caller('{ call: ./payout.aiwf.yaml, with: { bill: offer }, next: finish }')}${payout(`  first: { task: Look, by: clerk, next: send }\n${send}`)}`,
  );
  assert.equal(more.length, 0);
  assert.equal(finding?.place, 'pay');
  assert.match(finding?.message ?? '', /^'pay\/bill' goes into the irreversible payment of 'pay\/send'/);
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['write', 'pay', 'pay/first', 'pay/send'],
  );
});

test('an approval before the call counts inside it, and one inside counts as well', () => {
  check(
    `${caller('{ call: ./payout.aiwf.yaml, with: { bill: offer }, next: finish }', 'judge')}${payout(`  first: { task: Look, by: clerk, next: send }\n${send}`)}`,
  );
  check(
    `${caller('{ call: ./payout.aiwf.yaml, with: { bill: offer }, next: finish }')}${payout(
      `  first: { approval: Look, by: lead, covers: [bill], on: { approve: send, modify: done, reject: done } }\n${send}`,
    )}`,
  );
});

test('what the called file shows by itself is said there and not again at the call', () => {
  const inner = payout(
    `  first: { task: Write, by: bot, mode: ai-executed, writes: [bill], next: send, on: { error: done, unavailable: done } }\n${send}`,
  );
  const files = `${caller('{ call: ./payout.aiwf.yaml, next: finish }')}${inner}`;
  assert.deepEqual(findingsOf(files), []);
  assert.deepEqual(
    findingsOf(files, {}, 'payout.aiwf.yaml').map(({ place }) => place),
    ['send'],
  );
});

test('AI output that comes back by returns is AI output still, and approved inside it is approved outside', () => {
  const outer = (body: string) => `aiwf: 1
workflow: w
accountable: owner
use: [./people.aiwf.yaml]
start: { next: make }
steps:
  make: { call: ./make.aiwf.yaml, returns: { letter: text }, next: post, on: { error: finish } }
  post: { task: Post, by: clerk, reads: [letter], effects: [{ kind: message, external: true, to: customer, uses: [letter] }], next: finish }
  #                                                                 ^^^^^^^ error oversight/irreversible-unapproved
  finish: { end: Finished }
#- make.aiwf.yaml
aiwf: 1
workflow: make
accountable: owner
use: [./people.aiwf.yaml]
data: { text: { class: internal } }
start: { next: write }
steps:
  write: { task: Write, by: bot, mode: ai-executed, writes: [text], next: ${body} }
  judge: { approval: Judge, by: lead, covers: [text], on: { approve: done, modify: dropped, reject: dropped } }
  dropped: { end: Dropped, outcome: failed }
  done: { end: Done }
`;
  const open = outer('done, on: { error: dropped, unavailable: dropped }');
  check(open);
  const [finding] = findingsOf(open);
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['make/write', 'make/done', 'post'],
  );
  check(outer('judge, on: { error: dropped, unavailable: dropped }').replace(/^ {2}# +\^.*\n/m, ''));
});

test('files that call each other, or call themselves, end', () => {
  check(`aiwf: 1
workflow: w
accountable: owner
use: [./people.aiwf.yaml]
start: { next: again }
steps:
  again: { call: ./main.aiwf.yaml, next: other }
  other: { call: ./other.aiwf.yaml, next: finish }
  finish: { end: Finished }
#- other.aiwf.yaml
aiwf: 1
workflow: other
accountable: owner
use: [./people.aiwf.yaml]
start: { next: back }
steps:
  back: { call: ./main.aiwf.yaml, next: finish }
  finish: { end: Finished }
`);
});

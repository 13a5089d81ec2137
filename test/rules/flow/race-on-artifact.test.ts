// flow/race-on-artifact: nobody writes what someone else writes or judges at the same time, unless it is merged.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('flow/race-on-artifact');

const race = `${head}
data: { plan: { class: internal, fields: { text: string, cost: number } } } # one plan
start: { next: { all: [left, right] } }
steps:
  left: { task: Left, by: clerk, writes: [plan], next: both }
  right: { task: Right, by: lead, writes: [plan], next: both }
  #                               ^^^^^^ flow/race-on-artifact: 'right' may write 'plan' while 'left' writes it. Do one after the other, or add 'merge' to 'plan'.
  both: { task: Both, by: owner, join: all, next: finish }
  finish: { end: Finished }
`;

test('two branches that write the same are a race, at the later one', () => {
  const [finding] = check(race);
  assert.deepEqual(
    finding?.witness.map(({ step, note }) => `${step} ${note}`),
    ['start ', "right writes 'plan'", 'left writes it at the same time'],
  );
});

test('a person can be asked to merge what two have written', () => {
  assert.equal(
    fixed(race, "Let a person merge 'plan'"),
    `- data: { plan: { class: internal, fields: { text: string, cost: number } } } # one plan
+ data: { plan: { class: internal, fields: { text: string, cost: number }, merge: manual } } # one plan`,
  );
});

test('judging what is being written judges a version that is gone, also where a library declares the data', () => {
  check(`${head}
start: { next: { any: [{ when: offer.sure > 0.2, to: check }, { when: offer.amount > 10, to: write }] } }
steps:
  check: { review: Check, by: lead, reviews: [letter], on: { approve: both, modify: both, reject: both } }
  write: { task: Write, by: clerk, writes: [letter], next: both }
  #                                ^^^^^^ flow/race-on-artifact: 'write' may write 'letter' while 'check' judges it
  both: { task: Both, by: owner, join: live, next: finish }
  finish: { end: Finished }
`);
});

test('a path that begins when time runs out, while the step goes on, runs beside it', () => {
  check(`${head}
start: { next: write }
steps:
  write: { task: Write, by: clerk, writes: [letter], timers: [{ after: 1d, to: { to: help, keep: true } }], next: finish }
  help: { task: Help, by: lead, writes: [letter], next: helped }
  #                             ^^^^^^ flow/race-on-artifact: 'help' may write 'letter' while 'write' writes it
  helped: { end: Helped }
  finish: { end: Finished }
`);
});

test('a sample is taken of what is done: whoever looks at it meets what follows, and not the step itself', () => {
  check(`${head}
on: { error: finish, unavailable: finish }
start: { next: write }
steps:
  write:
    task: Write
    by: bot
    mode: ai-executed
    writes: [letter]
    sample: { share: 5%, to: check, keep: true }
    next: shorten
  check: { review: Check, by: lead, reviews: [letter], on: { approve: checked, modify: checked, reject: checked } }
  shorten: { task: Shorten, by: clerk, writes: [letter], next: finish }
  #                                    ^^^^^^ flow/race-on-artifact: 'shorten' may write 'letter' while 'check' judges it
  checked: { end: Checked }
  finish: { end: Finished }
`);
});

test('whoever approves with the right to modify writes as well', () => {
  check(`${head}
start: { next: { all: [one, two] } }
steps:
  one: { approval: One, by: lead, covers: [letter], outcomes: [approve, reject], on: { approve: both, reject: both } }
  two: { approval: Two, by: owner, covers: [letter], on: { approve: both, modify: both, reject: both } }
  #                                         ^^^^^^ flow/race-on-artifact: 'two' may write 'letter' while 'one' judges it
  both: { task: Both, by: owner, join: live, next: finish }
  finish: { end: Finished }
`);
});

test('two who approve at the same time do not race where a change by one of them ends the whole case', () => {
  const judges = (end: string, mark = '') => `${head}
start: { next: { all: [first, second] } }
steps:
  first: { approval: First, by: lead, covers: [offer], on: { approve: both, modify: stopped, reject: stopped } }
  second: { approval: Second, by: owner, covers: [offer], on: { approve: both, modify: ${end}, reject: stopped } }
${mark && `  #                                               ^^^^^ ${mark}\n`}  both: { task: Both, by: clerk, join: all, next: finish }
  stopped: { end: Stopped, outcome: failed, terminate: true }
  changed: { end: Changed }
  finish: { end: Finished }
`;
  check(judges('stopped'));
  check(judges('changed', "flow/race-on-artifact: 'second' may write 'offer' while 'first' judges it"));
});

test('instances of one step race on what outlives the case, and on nothing else', () => {
  check(`${head}
stores: { book: { kind: record } }
data:
  entries: { class: internal, store: book }
  note: { class: internal }
  lines: { class: internal, fields: { all: { type: array, items: { type: string } } } }
start: { gives: [lines], next: each }
steps:
  each:
    scope: Each line
    for-each: { item: line, in: lines.all, mode: parallel }
    start: jot
    steps:
      jot: { task: Jot down, by: clerk, writes: [note], next: enter }
      enter: { task: Enter, by: clerk, reads: [note], writes: [entries] }
      #                                               ^^^^^^ flow/race-on-artifact: 'enter' runs for several elements at once, and each run writes 'entries', which outlives the case
    next: finish
  finish: { end: Finished }
`);
});

test('no race: one after the other, alternatives, other fields, merged data, free order, elements in sequence', () => {
  check(`${head}
stores: { book: { kind: record } }
data:
  plan: { class: internal, merge: union }
  entries: { class: internal, store: book }
  lines: { class: internal, fields: { all: { type: array, items: { type: string } } } }
start:
  - { next: split }
  - { next: late }
steps:
  split: { route: Split, next: { all: [left, right] } }
  left: { task: Left, by: clerk, writes: [plan, offer.text], next: left-too }
  left-too: { task: Left too, by: clerk, writes: [letter], next: both }
  right: { task: Right, by: lead, writes: [plan, offer.amount], next: [{ label: a, to: both }, { label: b, to: both }] }
  both: { task: Both, by: owner, join: live, writes: [letter], next: choose }
  choose: { route: Choose, next: [{ when: offer.sure > 0.5, to: write }, { else: rewrite }] }
  write: { task: Write, by: clerk, writes: [letter], next: pick }
  rewrite: { task: Rewrite, by: lead, writes: [letter], next: pick }
  late: { task: Late, by: lead, writes: [letter], next: pick }
  pick:
    scope: Pick
    order: free
    done-when: offer.sure > 0.9
    steps:
      ask: { task: Ask, by: clerk, writes: [letter] }
      search: { task: Search, by: clerk, writes: [letter] }
    next: each
  each: { task: Each, by: clerk, for-each: { item: line, in: lines.all }, writes: [entries], next: finish }
  finish: { end: Finished }
`);
});

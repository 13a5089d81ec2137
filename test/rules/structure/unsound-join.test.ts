// structure/unsound-join: parallel work meets again, nothing runs twice, and the case ends once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('structure/unsound-join');

test("a join that waits for all of several alternatives waits for ever, and can be 'live' instead", () => {
  const text = `${head}
start: { next: choose }
steps:
  choose: { route: Which way?, next: [{ when: offer.sure > 0.5, to: write }, { else: ask }] }
  write: { task: Write, by: clerk, next: check }
  ask: { task: Ask, by: clerk, next: check }
  check: { task: Check, by: lead, join: all, next: finish } # both
  #                               ^^^^ structure/unsound-join: 'check' waits for ever: it has 'join: all', and on this path waits for work that never comes from 'ask'. Use 'join: live', which waits for what can still arrive.
  finish: { end: Finished }
`;
  check(text);
  assert.equal(
    fixed(text, 'Wait for every path that can still arrive'),
    `-   check: { task: Check, by: lead, join: all, next: finish } # both
+   check: { task: Check, by: lead, join: live, next: finish } # both`,
  );
});

test('two outcomes of one step are alternatives too, and each is an arrow of its own', () => {
  check(`${head}
start: { next: { all: [left, right] } }
steps:
  left: { review: Left, by: lead, reviews: [letter], outcomes: [good, fair], on: { good: both, fair: both } }
  right: { task: Right, by: clerk, next: both }
  both: { task: Both, by: owner, join: all, next: finish }
  #                              ^^^^ structure/unsound-join: waits for work that never comes from 'left'
  finish: { end: Finished }
`);
});

test('siblings that come one by one to a step without a join make it run twice', () => {
  const text = `${head}
start: { next: split }
steps:
  split: { route: Both, next: { all: [left, right] } }
  left: { task: Left, by: clerk, next: pay }
  right: { task: Right, by: lead, next: pay }
  pay: { task: Pay, by: owner, effects: [{ kind: payment }], next: finish }
  #^^ structure/unsound-join: 'pay' runs twice: parallel branches come to it one by one, and each goes on. Let it wait for them with 'join: live'.
  finish: { end: Finished }
`;
  const [finding] = check(text);
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['start', 'split', 'left', 'right', 'pay', 'pay'],
  );
  assert.equal(
    fixed(text, 'Wait for every path that can still arrive'),
    `-   pay: { task: Pay, by: owner, effects: [{ kind: payment }], next: finish }
+   pay: { task: Pay, join: live, by: owner, effects: [{ kind: payment }], next: finish }`,
  );
});

test('an effect twice is a fault also where the scope around it waits for both', () => {
  check(`${head}
start: { next: work }
steps:
  work:
    scope: Work
    start: { all: [left, right] }
    steps:
      left: { task: Left, by: clerk, next: tell }
      right: { task: Right, by: lead, next: tell }
      tell: { route: Tell, next: post }
      #^^^ structure/unsound-join: 'tell' runs twice, and with it the effect of 'post'
      post: { task: Post, by: owner, effects: [{ kind: message, to: customer, external: true }] }
    next: finish
  finish: { end: Finished }
`);
});

test('a case that ends over an exceptional edge ends what goes on beside it, or is at fault', () => {
  const text = `${head}
start: { next: { all: [left, right] } }
steps:
  left: { task: Left, by: clerk, within: 1d, next: both, on: { timeout: given-up } }
  right: { task: Right, by: lead, next: both }
  both: { task: Both, by: owner, join: live, next: finish }
  given-up: { end: Given up, outcome: failed, informed: [owner] }
  #                          ^^^^^^^ structure/unsound-join: The case ends at 'given-up' while 'right' is still at work. Add 'terminate: true' to end that as well.
  finish: { end: Finished }
`;
  check(text);
  assert.equal(
    fixed(text, 'End the other work as well'),
    `-   given-up: { end: Given up, outcome: failed, informed: [owner] }
+   given-up: { end: Given up, outcome: failed, informed: [owner], terminate: true }`,
  );
});

test('two ends that are both reached are a warning: the case has no one outcome', () => {
  check(`${head}
start: { next: { any: [{ when: offer.sure > 0.2, to: left }, { when: offer.sure > 0.5, to: right }] } }
steps:
  left: { task: Left, by: clerk, next: written }
  right: { task: Right, by: lead, next: told }
  written: { end: Written }
  #^^^^^^ warning structure/unsound-join: The case ends at 'written' while 'right' is still at work. Let the branches meet in a step with 'join: all' before the end.
  told: { end: Told }
`);
});

test('performers of a library change nothing: who is away or taken over comes to the same join by the same arrow', () => {
  check(
    `${head}
use: [./more.aiwf.yaml]
start: { next: { all: [left, right] } }
steps:
  left: { task: Left, by: anna, next: both }
  right: { task: Right, by: lead, escalate: [{ to: owner, after: 1d }], next: both }
  both: { task: Both, by: owner, join: all, next: choose }
  choose: { route: Choose, next: [{ label: one, to: first }, { label: two, to: second }] }
  first: { task: First, by: anna, next: late }
  second: { task: Second, by: anna, next: late }
  late: { task: Late, by: anna, join: all, next: finish }
  #                             ^^^^ structure/unsound-join
  finish: { end: Finished }
#- more.aiwf.yaml
aiwf: 1
library: more
actors:
  anna: { kind: human, holders: 1, backup: bert }
  bert: { kind: human, holders: 1 }
`
      .replace('use: [./people.aiwf.yaml]\n', '')
      .replace('./more.aiwf.yaml]', './people.aiwf.yaml, ./more.aiwf.yaml]'),
  );
});

test('sound: joins of all kinds, nested splits, loops through them, reminders that keep the step', () => {
  check(`${head}
start: { next: split }
steps:
  split: { route: Both, next: { all: [left, { to: { all: [right, third] } }] } }
  left: { task: Left, by: clerk, timers: [{ after: 1d, to: remind, keep: true }], next: both }
  remind: { task: Remind, by: lead, next: reminded }
  reminded: { end: Reminded }
  right: { task: Right, by: lead, next: inner }
  third: { task: Third, by: lead, next: inner }
  inner: { route: Inner, join: all, next: both }
  both: { review: Both, by: owner, reviews: [letter], join: all, on: { approve: finish, modify: finish, reject: { to: split, max: 2, exhausted: some } } }
  some: { route: Some, next: { any: [{ when: offer.sure > 0.2, to: one }, { when: offer.sure > 0.5, to: two }] } }
  one: { task: One, by: clerk, next: last }
  two: { task: Two, by: clerk, within: 1d, next: last, on: { timeout: last } }
  last: { task: Last, by: owner, join: live, next: finish }
  finish: { end: Finished }
`);
});

test('sound: siblings that meet only over exceptional edges whose ends terminate', () => {
  check(`${head}
on: { withdrawn: dropped }
start: { next: { all: [left, right] } }
steps:
  left: { task: Left, by: clerk, within: 1d, next: both, on: { timeout: late } }
  right: { task: Right, by: lead, within: 1d, next: both, on: { timeout: late } }
  late: { end: Too late, outcome: failed, terminate: true, informed: [owner] }
  both: { task: Both, by: owner, join: all, next: finish }
  dropped: { end: Dropped, outcome: cancelled }
  finish: { end: Finished }
`);
});

test('sound: branches of a scope end each on its own, leave it, or are ended; free order is one at a time', () => {
  check(`${head}
start: { next: work }
steps:
  work:
    scope: Work
    start: { all: [left, right] }
    within: 5d
    on: { timeout: help }
    steps:
      left: { task: Left, by: clerk, within: 1d, next: left-done, on: { timeout: help } }
      right: { task: Right, by: lead, next: [{ when: offer.sure > 0.5, to: enough }, { else: right-done }] }
      left-done: { end: Left }
      right-done: { end: Right }
      enough: { end: Enough, terminate: true }
    next: pick
  pick:
    scope: Pick
    order: free
    done-when: offer.sure > 0.9
    steps:
      ask: { task: Ask, by: clerk, effects: [{ kind: message }] }
      search: { task: Search, by: clerk }
    next: finish
  help: { task: Help, by: owner, next: finish }
  finish: { end: Finished }
`);
});

test('branches of an inclusive split that exclude each other never meet', () => {
  check(`${head}
start: { next: { any: [{ when: offer.amount > 500, to: left }, { when: offer.amount <= 500, to: right }] } }
steps:
  left: { task: Left, by: clerk, next: pay }
  right: { task: Right, by: lead, next: pay }
  pay: { task: Pay, by: owner, effects: [{ kind: payment }], next: finish }
  finish: { end: Finished }
`);
});

test('starts are alternatives, and what a message wakes is another participant', () => {
  check(`${head}
events: { ready: { kind: signal } }
start:
  - { next: one }
  - { next: two }
  - { on: ready, next: two }
steps:
  one: { task: One, by: clerk, emits: [ready], next: pay }
  two: { task: Two, by: lead, next: pay }
  pay: { task: Pay, by: owner, effects: [{ kind: payment }], next: finish }
  finish: { end: Finished }
`);
});

test('what cannot be searched through is said once', () => {
  const branches = [...'abcdefgh'];
  check(
    `${head}
start: { next: some }
steps:
  some: { route: Some, next: { any: [${branches.map((id) => `{ when: offer.text.contains('${id}'), to: ${id}-step }`).join(', ')}] } }
${branches.map((id) => `  ${id}-step: { task: Do ${id}, by: clerk, next: last }`).join('\n')}
  last: { task: Last, by: owner, join: live, next: finish }
  finish: { end: Finished }
`.replace('steps:\n', "steps:\n#^^^^ structure/unsound-join?: is not known: 'some' splits into any of 8 branches\n"),
  );
});

test('a branch that leads nowhere is said as that, and not as a join that waits', () => {
  check(`${head}
start: { next: { all: [left, right] } }
steps:
  left: { task: Left, by: clerk }
  right: { task: Right, by: lead, next: both }
  both: { task: Both, by: owner, join: all, next: finish }
  finish: { end: Finished }
`);
});

test('a join that no longer waits for work that went another way proves it with that way', () => {
  check(`${head}
start: { next: both }
steps:
  both: { route: Both, next: { all: [watch, write] } }
  watch: { task: Watch, by: clerk, next: close }
  write: { task: Write, by: lead, within: 2d, next: close, on: { timeout: call } }
  call: { task: Call, by: owner, next: taken-over }
  close: { route: Close, join: live, next: closed }
  closed: { end: Closed }
  #^^^^^ structure/unsound-join: The case ends at 'closed' while 'call' is still at work. Add 'terminate: true' to end that as well.
  taken-over: { end: Taken over, terminate: true }
`);
});

// oversight/two-person: what needs two people is approved by two different ones, independently, on every path.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('oversight/two-person');

const from10k = { parameters: { dualApproval: { value: 10_000, currency: 'EUR' } } };
const payment = '{ kind: payment, amount: offer.amount }';
const pay = (mark = '') => `  pay: { task: Pay, by: erp, effects: [${payment}], next: finish, on: { error: finish } }
${mark && `  #                                            ^^^^^^^ ${mark}\n`}  finish: { end: Finished }
`;
const approval = (id: string, by: string, next: string, more = '') =>
  `  ${id}: { approval: Approve, by: ${by}, covers: [offer]${more}, on: { approve: ${next}, modify: finish, reject: finish } }\n`;
const start = (id: string) => `${head}\nstart: { next: ${id} }\nsteps:\n`;

test('a large payment with one approval, or none', () => {
  check(
    start('first') +
      approval('first', 'lead', 'pay') +
      pay(
        "error oversight/two-person: The payment of 'pay' can be 10000 EUR or more, and on one path only one person has approved 'offer.amount' for sure. Lead every path through approvals by two different people, or one with 'dual: true'.",
      ),
    from10k,
  );
  check(start('pay') + pay("oversight/two-person: on one path nobody has approved 'offer.amount'."), from10k);
});

test('two different people, one after the other or at the same time, are two', () => {
  check(start('first') + approval('first', 'lead', 'second') + approval('second', 'owner', 'pay') + pay(), from10k);
  check(
    `${start('both')}  both: { route: Both, next: { all: [first, second] } }
${approval('first', 'lead', 'joined')}${approval('second', 'owner', 'joined')}  joined: { route: Joined, join: all, next: pay }
${pay()}`,
    from10k,
  );
  check(start('first') + approval('first', 'clerk', 'pay', ', dual: true') + pay(), from10k);
});

test('alternatives are two where each of them is', () => {
  const sort = '  sort: { route: Which?, next: [{ when: claim.amount < 5, to: first }, { else: third }] }\n';
  const two = approval('first', 'lead', 'second') + approval('second', 'owner', 'pay');
  check(start('sort') + sort + two + approval('third', 'clerk', 'pay', ', dual: true') + pay(), from10k);
  check(
    start('sort') + sort + two + approval('third', 'clerk', 'pay') + pay('oversight/two-person: only one person'),
    from10k,
  );
});

test('a small payment that one has approved and a large one that two have may meet before they are paid', () => {
  const split = '  sort: { route: Which?, next: [{ when: offer.amount < 10000, to: small }, { else: first }] }\n';
  const two = approval('first', 'lead', 'second') + approval('second', 'owner', 'meet');
  const meet = '  meet: { route: Meet, next: pay }\n';
  check(start('sort') + split + approval('small', 'clerk', 'meet') + two + meet + pay(), from10k);
  check(
    start('sort') +
      split +
      approval('small', 'clerk', 'meet') +
      approval('first', 'lead', 'meet') +
      meet +
      pay('oversight/two-person: only one person'),
    from10k,
  );
  // What is written behind the meeting was approved by nobody.
  const meetAndWrite = '  meet: { task: Write, by: clerk, writes: [offer], next: pay }\n';
  check(
    start('sort') +
      split +
      approval('small', 'clerk', 'meet') +
      two +
      meetAndWrite +
      pay('oversight/two-person: nobody'),
    from10k,
  );
});

test('whoever approves first, another one approves after them', () => {
  const first = (escalated: string) =>
    `  first: { approval: Approve, by: clerk, covers: [offer], escalate: [{ to: ${escalated}, after: 1d }], on: { approve: second, modify: finish, reject: finish } }\n`;
  const second = approval('second', 'owner', 'pay');
  check(start('first') + first('lead') + second + pay(), from10k);
  check(start('first') + first('owner') + second + pay('oversight/two-person: only one person'), from10k);
});

test('the same person twice is one, and so is one of several holders of a role', () => {
  for (const role of ['lead', 'clerk'])
    check(
      start('first') +
        approval('first', role, 'second') +
        approval('second', role, 'pay') +
        pay('oversight/two-person: only one person has approved'),
      from10k,
    );
  check(
    start('first') +
      approval('first', 'clerk', 'second') +
      approval('second', 'clerk', 'pay', ', distinct-from: [first]') +
      pay(),
    from10k,
  );
});

test('an exceptional edge that leaves one approval out: the second one runs out of time', () => {
  check(
    start('first') +
      approval('first', 'lead', 'second') +
      '  second: { approval: Approve, by: owner, covers: [offer], within: 1d, on: { approve: pay, modify: finish, reject: finish, timeout: pay } }\n' +
      pay('oversight/two-person: only one person has approved'),
    from10k,
  );
});

test('a change between the two ends the first; what one judge writes for the other is not independent', () => {
  check(
    start('first') +
      approval('first', 'lead', 'edit') +
      '  edit: { task: Edit, by: clerk, writes: [offer], next: second }\n' +
      approval('second', 'owner', 'pay') +
      pay('oversight/two-person'),
    from10k,
  );
  check(
    start('first') +
      approval('first', 'lead', 'second', ', writes: [letter]') +
      approval('second', 'owner', 'pay', ', reads: [letter]') +
      pay('oversight/two-person'),
    from10k,
  );
});

test('silent where the amount stays below: by a guard, by its declaration, by the bound of the effect; or a policy admits it', () => {
  check(
    `${start('sort')}  sort: { route: Large?, next: [{ when: offer.amount < 10000, to: pay }, { else: finish }] }\n${pay()}`,
    from10k,
  );
  check(
    `${start('sort')}  sort: { route: Large?, next: [{ when: offer.amount >= 10000, to: finish }, { else: pay }] }\n${pay()}`,
    from10k,
  );
  check(
    `${start('sort')}  sort: { route: Large?, next: [{ when: offer.amount < 20000, to: pay }, { else: finish }] }\n${pay('oversight/two-person')}`,
    from10k,
  );
  const other = (effect: string, top = '') => `${head}${top}
start: { next: pay }
steps:
  pay: { task: Pay, by: clerk, effects: [${effect}], next: finish }
  finish: { end: Finished }
`;
  check(
    other(
      '{ kind: payment, amount: bill.sum }',
      'data: { bill: { class: internal, fields: { sum: { type: number, maximum: 9999 } } } }',
    ),
    from10k,
  );
  check(other('{ kind: payment, max: 500 EUR }'), from10k);
  check(other('{ kind: payment, max: 90000 USD }'), from10k);
  check(other('{ kind: payment, max: 1 }'), from10k);
  check(
    other(
      '{ kind: payment, amount: offer.amount, admitted-by: routine }',
      'policies: { routine: { admits: [payment], owner: owner } }',
    ),
    from10k,
  );
});

test('without a threshold nobody asks for two', () => {
  check(start('pay') + pay());
});

test('what rests on identifying people at a distance needs two who have verified it, by approval or review', () => {
  const text = (verify: string, mark = '') => `${head}
data: { match: { class: special-category }, order: { class: personal } }
start: { next: identify }
steps:
  identify: { task: Identify, by: erp, biometric: remote-identification, writes: [match], next: first, on: { error: finish } }
${verify}  act: { task: Act, by: clerk, reads: [match], writes: [order], next: send }
  send: { task: Send, by: clerk, effects: [{ kind: message, uses: [order] }], next: finish }
${mark && `  #                                                ^^^^^^^ ${mark}\n`}  finish: { end: Finished }
`;
  const one =
    '  first: { approval: Verify, by: lead, covers: [match], on: { approve: act, modify: finish, reject: finish } }\n';
  check(
    text(
      one,
      "oversight/two-person: The message of 'send' rests on the identification in 'identify', and on one path only one person has approved 'match'",
    ),
  );
  check(
    text(
      one.replace('act,', 'second,') +
        one
          .replace('first', 'second')
          .replace('lead', 'owner')
          .replace('approval', 'review')
          .replace('covers', 'reviews'),
    ),
  );
  check(text(one).replace('remote-identification', 'verification'));
});

test('two holders are to judge, and the role has only one', () => {
  check(
    `${start('first')}  first: { approval: Approve, by: lead, dual: true, covers: [offer], on: { approve: finish, modify: finish, reject: finish } }
  #                                     ^^^^ oversight/two-person: Two people are to judge in 'first', and only one person holds 'lead'. Give the role a second holder, or name another role in 'by'.
  finish: { end: Finished }
`,
  );
  check(
    `${start('first') + approval('first', '[lead, owner]', 'finish', ', dual: true')}  finish: { end: Finished }\n`,
  );
  check(
    start('first') +
      approval('first', 'somebody', 'finish', ', dual: true').replace('somebody', 'customer') +
      '  finish: { end: Finished }\n',
  );
});

test('roles of an imported file are counted as they are there', () => {
  check(
    `aiwf: 1
workflow: w
accountable: boss
use: [./roles.aiwf.yaml]
start: { next: first }
steps:
  first: { approval: Approve, by: board, dual: true, covers: [offer], on: { approve: finish, modify: finish, reject: finish } }
  #                                      ^^^^ oversight/two-person: nobody holds 'board'
  finish: { end: Finished }
#- roles.aiwf.yaml
aiwf: 1
library: roles
actors: { boss: { kind: human, holders: 1 }, board: { kind: human, holders: 0 } }
data: { offer: { class: internal } }
`,
  );
});

test('the fix lets two holders judge', () => {
  assert.equal(
    fixed(start('first') + approval('first', 'clerk', 'pay') + pay(), "Let two holders judge in 'first'", from10k),
    `-   first: { approval: Approve, by: clerk, covers: [offer], on: { approve: pay, modify: finish, reject: finish } }
+   first: { approval: Approve, by: clerk, covers: [offer], on: { approve: pay, modify: finish, reject: finish }, dual: true }`,
  );
});

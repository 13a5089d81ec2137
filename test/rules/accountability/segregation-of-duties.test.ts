// accountability/segregation-of-duties: nobody can have two incompatible duties in one case, whoever stands in for whom.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('accountability/segregation-of-duties');

const pairs = 'sod: [[initiate, approve]]\n';

/** A purchase in two steps, with whatever stands in the steps after their titles. */
function purchase(order: string, approve: string, rest = ''): string {
  return `${head}${pairs}${rest}
start: { next: order }
steps:
  order: { task: Order, duty: initiate, ${order}, next: approve }
  approve: { approval: Approve, duty: approve, covers: [offer], ${approve}, on: { approve: ordered, modify: ordered, reject: ordered } }
  ordered: { end: Ordered }
`;
}

test('one role with one holder has both duties', () => {
  check(`${head}${pairs}
start: { next: order }
steps:
  order: { task: Order, duty: initiate, by: lead, next: approve }
  approve:
    approval: Approve
    duty: approve
    by: lead
    #   ^^^^ error accountability/segregation-of-duties: One and the same can have the duty 'initiate' in 'order' and 'approve' in 'approve': 'lead' performs both. Let another role perform 'approve'.
    covers: [offer]
    on: { approve: ordered, modify: ordered, reject: ordered }
  ordered: { end: Ordered }
`);
});

test('several holders of one role can be one and the same, unless the judge is kept apart from the earlier step', () => {
  check(`${head}${pairs}
start: { next: order }
steps:
  order: { task: Order, duty: initiate, by: clerk, next: approve }
  approve: { approval: Approve, by: clerk, duty: approve, covers: [offer], next: ordered, on: { modify: ordered, reject: ordered } }
  #                                 ^^^^^ accountability/segregation-of-duties: 'clerk' performs both, and nothing keeps its 3 holders apart. Keep them apart with 'distinct-from', or let another role perform 'approve'.
  ordered: { end: Ordered }
`);
  check(purchase('by: clerk', 'by: clerk, distinct-from: [order]'));
});

test('two roles are other people, unless one person is listed in both and nothing keeps them apart', () => {
  check(purchase('by: clerk', 'by: lead'));
  const listed = (keys: string) => `actors:
  buyer: { kind: human, holders: [ada, ben] }
  payer: { kind: human, holders: [ben, cleo]${keys} }`;
  check(`${head}${pairs}${listed('')}
start: { next: order }
steps:
  order: { task: Order, duty: initiate, by: buyer, next: approve }
  approve: { approval: Approve, by: payer, duty: approve, covers: [offer], next: ordered, on: { modify: ordered, reject: ordered } }
  #                                 ^^^^^ accountability/segregation-of-duties: 'ben' holds 'buyer' and 'payer'. Keep them apart
  ordered: { end: Ordered }
`);
  check(purchase('by: buyer', 'by: payer', listed(', distinct-from: [buyer]')));
  check(purchase('by: payer', 'by: buyer', listed(', distinct-from: [buyer]')));
});

test('who stands in counts: the backup of one who is away, an escalation, the lead of a team', () => {
  check(`${head}${pairs}
actors:
  buyer: { kind: human, holders: 2, backup: lead }
start: { next: order }
steps:
  order: { task: Order, duty: initiate, by: buyer, next: approve }
  approve: { approval: Approve, by: lead, duty: approve, covers: [offer], next: ordered, on: { modify: ordered, reject: ordered } }
  #                                 ^^^^ accountability/segregation-of-duties: 'lead' takes over 'order' as the backup. Let another role perform 'approve'.
  ordered: { end: Ordered }
`);
  check(`${head}${pairs}
start: { next: order }
steps:
  order: { task: Order, duty: initiate, by: lead, next: approve }
  approve: { approval: Approve, by: owner, duty: approve, covers: [offer], within: 1d, escalate: [{ to: lead, after: 4h }], next: ordered, on: { modify: ordered, reject: ordered, timeout: ordered } }
  #                                 ^^^^^ accountability/segregation-of-duties: 'lead' takes over 'approve' when it escalates. Let
  ordered: { end: Ordered }
`);
  check(`${head}${pairs}
start: { next: order }
steps:
  order: { task: Order, duty: initiate, by: office, next: approve }
  approve: { approval: Approve, by: lead, duty: approve, covers: [offer], next: ordered, on: { modify: ordered, reject: ordered } }
  #                                 ^^^^ accountability/segregation-of-duties: 'lead' leads 'office'. Let
  ordered: { end: Ordered }
`);
});

test('a backup that is never asked stands in for nobody', () => {
  check(
    purchase(
      'by: buyer, on: { absent: ordered }',
      'by: lead',
      'actors: { buyer: { kind: human, holders: 2, backup: lead } }',
    ),
  );
});

test('an incompatible pair on one step is a conflict of whoever performs it', () => {
  check(`${head}${pairs}
start: { next: order }
steps:
  order: { task: Order and approve, by: clerk, duty: [initiate, approve], next: ordered }
  #                                                  ^^^^^^^^^^^^^^^^^^^ accountability/segregation-of-duties: Whoever performs 'order' has the incompatible duties
  ordered: { end: Ordered }
`);
});

test('steps that no case can have both of are no conflict: alternatives, and work that its performer never did', () => {
  check(`${head}${pairs}
start: { next: sort }
steps:
  sort: { route: Which?, next: [{ when: offer.amount < 100, to: order }, { else: approve }] }
  order: { task: Order, duty: initiate, by: clerk, next: ordered }
  approve: { task: Approve, duty: approve, by: clerk, next: ordered }
  ordered: { end: Ordered }
`);
  check(`${head}${pairs}
start: { next: order }
steps:
  order: { task: Order, duty: initiate, by: lead, within: 1d, next: ordered, on: { timeout: approve } }
  approve: { task: Approve what another has ordered, duty: approve, by: lead, next: ordered }
  ordered: { end: Ordered }
`);
});

test('branches that go on together, and circles, are one case', () => {
  check(`${head}${pairs}
start: { next: both }
steps:
  both: { route: Both, next: { all: [order, approve] } }
  order: { task: Order, duty: initiate, by: clerk, next: ordered }
  approve: { task: Approve, by: clerk, duty: approve, next: ordered }
  #                             ^^^^^ accountability/segregation-of-duties
  ordered: { end: Ordered, join: all }
`);
  check(`${head}${pairs}
start: { next: order }
steps:
  order: { task: Order, duty: initiate, by: clerk, next: approve }
  approve: { approval: Approve, by: clerk, duty: approve, covers: [offer], next: ordered, on: { modify: ordered, reject: order } }
  #                                 ^^^^^ accountability/segregation-of-duties
  ordered: { end: Ordered }
`);
  check(`${head}${pairs}
start: { next: both }
steps:
  both: { route: Both, next: { all: [write, sign] } }
  write: { task: Write, by: owner, next: joined }
  sign: { task: Sign, by: owner, next: joined }
  joined: { route: Joined, join: all, next: [{ when: offer.amount < 100, to: order }, { else: approve }] }
  order: { task: Order, duty: initiate, by: clerk, next: ordered }
  approve: { task: Approve, duty: approve, by: clerk, next: ordered }
  ordered: { end: Ordered }
`);
});

test('pairs of the project count beside those of the file; a duty in no pair, and half a pair, say nothing', () => {
  check(
    `${head}
start: { next: order }
steps:
  order: { task: Order, duty: initiate, by: clerk, next: post }
  post: { task: Post, by: clerk, duty: [record, archive], next: ordered }
  #                       ^^^^^ accountability/segregation-of-duties: the duty 'initiate' in 'order' and 'record' in 'post'
  ordered: { end: Ordered }
`,
    { sod: [['record', 'initiate']] },
  );
  check(`${head}sod: [[initiate]]
start: { next: order }
steps:
  order: { task: Order, duty: initiate, by: clerk, next: post }
  post: { task: Post, duty: record, by: clerk, next: ordered }
  ordered: { end: Ordered }
`);
});

test('roles of an imported file are judged in the workflow that gives them duties', () => {
  check(`aiwf: 1
workflow: w
accountable: buyer
use: [./roles.aiwf.yaml]
sod: [[initiate, approve]]
start: { next: order }
steps:
  order: { task: Order, duty: initiate, by: buyer, next: approve }
  approve: { task: Approve, by: payer, duty: approve, next: ordered }
  #                             ^^^^^ accountability/segregation-of-duties: 'ben' holds 'buyer' and 'payer'. Let another role
  ordered: { end: Ordered }
#- roles.aiwf.yaml
aiwf: 1
library: roles
actors:
  buyer: { kind: human, holders: [ada, ben] }
  payer: { kind: human, holders: [ben, cleo] }
`);
});

test('where a matrix is asked for, a workflow that moves money declares one', () => {
  const text = (sod: string, effect: string) => `aiwf: 1
workflow: w
${sod}accountable: owner
use: [./people.aiwf.yaml]
start: { next: pay }
steps:
  pay: { task: Pay, by: clerk, effects: [${effect}], next: paid }
  paid: { end: Paid }
`;
  const asked = { parameters: { sodRequired: true } };
  const payment = '{ kind: payment, amount: offer.amount }';
  check(
    text('', payment).replace(
      'workflow: w\n',
      "workflow: w\n#^^^^^^^ error accountability/segregation-of-duties: 'pay' moves money, and no incompatible duties are declared.\n",
    ),
    asked,
  );
  check(text('', payment));
  check(text('', '{ kind: record }'), asked);
  check(text('sod: [[initiate, approve]]\n', payment), asked);
});

test('the fix keeps the judge apart, or declares that nobody holds both roles', () => {
  assert.equal(
    fixed(
      purchase('by: clerk', 'by: clerk # any of them'.replace(' # any of them', '')),
      "Keep the judge of 'approve' apart from whoever performed 'order'",
    ),
    `-   approve: { approval: Approve, duty: approve, covers: [offer], by: clerk, on: { approve: ordered, modify: ordered, reject: ordered } }
+   approve: { approval: Approve, duty: approve, covers: [offer], by: clerk, on: { approve: ordered, modify: ordered, reject: ordered }, distinct-from: [order] }`,
  );
  assert.equal(
    fixed(
      purchase(
        'by: buyer',
        'by: payer',
        `actors:
  buyer: { kind: human, holders: [ada, ben] } # two of us
  payer: { kind: human, holders: [ben, cleo] }`,
      ),
      "Let nobody hold both 'buyer' and 'payer'",
    ),
    `-   buyer: { kind: human, holders: [ada, ben] } # two of us
+   buyer: { kind: human, holders: [ada, ben], distinct-from: [payer] } # two of us`,
  );
});

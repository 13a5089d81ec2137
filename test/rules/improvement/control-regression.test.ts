// Compared with an earlier revision: what was lost on a path, what grew, what was weakened; and what is no loss.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules } from '../../support/check.ts';

const { check, findingsOf } = forRules('improvement/control-regression');

const base = `aiwf: 1
workflow: w
accountable: owner
use: [./people.aiwf.yaml]
profile: [sox]
sod: [[initiate, approve]]
parameters: { utilization: 0.6 }
actors:
  writer:
    kind: agent
    sponsor: ai-lead
    autonomy: L2
    clearance: { max: internal, regions: [eu] }
    tools: { mail: { effect: reversible } }
    grants: [archive.read]
    limits: { calls: 10, cost: 2 EUR, wall: 5m }
  judge: { kind: human, holders: 1, authority: { approve: offer.amount < 1000, modify: true, reject: true } }
stores: { archive: { kind: log, append-only: true, retain: 7y, writers: [writer] } }
policies: { small: { admits: [message], when: offer.amount < 10, expires: 2027-01-01 } }
stop: { by: ai-lead, safe-state: finish, within: 60s }
defaults: { log: { to: archive, fields: [case, actor, time] } }
start: { next: write }
steps:
  write: { task: Write, by: writer, mode: ai-executed, writes: [offer], gate: { on: offer.sure, at-least: 0.9, below: look }, next: look, on: { error: finish, unavailable: finish } }
  look: { approval: Look, by: judge, covers: [offer], min-minutes: 5, on: { approve: tell, modify: finish, reject: finish } }
  tell: { disclose: Tell, by: clerk, says: [ai-takes-part], to: customer, next: send }
  send: { task: Send, by: clerk, effects: [{ kind: message, to: customer, external: true, uses: [offer] }], next: finish }
  finish: { end: Finished }
`;

/** The base with a change, and what is said of it: `place: what`. */
function said(...changes: readonly (readonly [from: string, to: string])[]): readonly string[] {
  let text = base;
  for (const [from, to] of changes) {
    assert.ok(text.includes(from), from);
    text = text.replace(from, to);
  }
  return findingsOf(text, { base }).map(
    ({ place, message }) => `${place}: ${/before, (.*?)\. Restore/.exec(message)?.[1]}`,
  );
}

test('without an earlier revision, and where nothing changed, nothing is said', () => {
  assert.deepEqual(findingsOf(base), []);
  assert.deepEqual(said(), []);
});

test('an approval that an effect had on every path is lost on an exceptional one; the witness is that path', () => {
  const text = base.replace('min-minutes: 5, on: { ', 'min-minutes: 5, within: 1d, on: { timeout: tell, ');
  const [finding, ...more] = findingsOf(text, { base });
  assert.equal(more.length, 0);
  assert.equal(finding?.place, 'send');
  assert.match(finding?.message ?? '', /the message of 'send' lost the approval of 'offer' on one path/);
  assert.deepEqual(
    finding?.witness.map(({ step, edge }) => `${edge?.kind ?? ''} ${step}`),
    [' start', 'normal write', 'normal look', 'exceptional tell', 'normal send'],
  );
});

test('a disclosure that came before an effect on every path is lost', () => {
  assert.deepEqual(said(['approve: tell', 'approve: send']), [
    "send: the message of 'send' lost the disclosure 'ai-takes-part' to 'customer' on one path",
  ]);
});

test('rights that grew stand at the actor', () => {
  assert.deepEqual(said(['autonomy: L2', 'autonomy: L4']), [
    "actor:writer: the autonomy of 'writer' rose from L2 to L4",
  ]);
  assert.deepEqual(
    said(['tools: { mail: { effect: reversible } }', 'tools: { mail: { outbound: true }, pay: { effect: none } }']),
    [
      "actor:writer: the effect of the tool 'mail' of 'writer' grew from reversible to irreversible",
      "actor:writer: the tool 'mail' of 'writer' became outbound",
      "actor:writer: 'writer' got the tool 'pay'",
    ],
  );
});

test('grants, clearance, limits, authority and policies that grew', () => {
  assert.deepEqual(said(['[archive.read]', '[archive.read, archive.delete]']), [
    "actor:writer: 'writer' got the grant 'archive.delete'",
  ]);
  assert.deepEqual(said(['max: internal, regions: [eu]', 'max: personal, regions: [eu, us]']), [
    "actor:writer: the clearance of 'writer' got the regions [us]",
    "actor:writer: the clearance of 'writer' grew from internal to personal",
  ]);
  assert.deepEqual(said(['limits: { calls: 10, cost: 2 EUR, wall: 5m }', 'limits: { calls: 20, cost: 2 EUR }']), [
    "actor:writer: the limit 'wall' of 'writer' is gone",
    "actor:writer: the limit 'calls' of 'writer' grew",
  ]);
  assert.deepEqual(said(['approve: offer.amount < 1000', 'approve: true']), [
    "actor:judge: the authority of 'judge' for 'approve' grew from 'offer.amount < 1000' to 'true'",
  ]);
  assert.deepEqual(
    said(['admits: [message], when: offer.amount < 10, expires: 2027-01-01', 'admits: [message, payment]']),
    [
      "policy:small: the policy 'small' holds always: 'when' is gone",
      "policy:small: the policy 'small' no longer expires",
      "policy:small: the policy 'small' admits [payment] as well",
    ],
  );
});

test('conditions that certainly allow more, and none of which that is not certain', () => {
  assert.deepEqual(said(['approve: offer.amount < 1000', 'approve: offer.amount <= 1000']), [
    "actor:judge: the authority of 'judge' for 'approve' grew from 'offer.amount < 1000' to 'offer.amount <= 1000'",
  ]);
  assert.deepEqual(said(['when: offer.amount < 10', 'when: offer.amount < 100']), [
    "policy:small: the policy 'small' admits more: 'offer.amount < 10' became 'offer.amount < 100'",
  ]);
  for (const less of ['offer.amount < 5', 'offer.amount < 10 && offer.sure > 0.9', '10 > offer.amount'])
    assert.deepEqual(said(['when: offer.amount < 10', `when: ${less}`]), []);
  assert.deepEqual(said(['when: offer.amount < 10', 'when: offer.sure > 0.5']), []);
});

const routed = `aiwf: 1
workflow: w
accountable: owner
use: [./people.aiwf.yaml]
start: { from: clerk, gives: [offer], next: sort }
steps:
  sort: { task: Sort, by: clerk, reads: [offer], next: [{ when: offer.amount <= 100, to: pay }, { when: offer.amount <= 1000, to: look }, { else: refuse }] }
  look: { approval: Look, by: lead, covers: [offer], on: { approve: pay, modify: refuse, reject: refuse } }
  pay: { task: Pay, by: clerk, effects: [{ kind: payment, to: customer, irreversible: true, external: true, uses: [offer] }], next: finish }
  refuse: { end: Refused, outcome: rejected }
  finish: { end: Finished }
`;

function rerouted(...changes: readonly (readonly [from: string, to: string])[]): readonly string[] {
  const text = changes.reduce((before, [from, to]) => before.replace(from, to), routed);
  return findingsOf(text, { base: routed }).map(
    ({ place, message }) => `${place}: ${/before, (.*?)\. Restore/.exec(message)?.[1]}`,
  );
}

test('a branch by which more cases come to an effect that no person judges; the witness is the way there', () => {
  const [finding] = findingsOf(routed.replace('<= 100,', '<= 500,'), { base: routed });
  assert.match(
    finding?.message ?? '',
    /more cases come from 'sort' to the payment of 'pay' with no person judging them: 'offer.amount <= 100' became 'offer.amount <= 500'/,
  );
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['sort', 'pay'],
  );
  // A branch that is judged leaves more cases to one that is not.
  const swapped = (amount: number) =>
    routed
      .replace('<= 100, to: pay', `<= ${amount}, to: look`)
      .replace('<= 1000, to: look', '<= 1000, to: pay')
      .replace('{ else: refuse }', '{ else: pay }');
  assert.equal(findingsOf(swapped(50), { base: swapped(100) }).length, 1);
  assert.equal(findingsOf(swapped(200), { base: swapped(100) }).length, 0);
});

test('no loss: fewer cases, other targets, cases that were judged before, or branches that are judged alike', () => {
  assert.deepEqual(rerouted(['<= 100,', '<= 50,']), []);
  assert.deepEqual(rerouted(['<= 1000,', '<= 5000,']), []);
  assert.deepEqual(rerouted(['offer.amount <= 100,', 'offer.sure >= 0.9,']), []);
  const judged = (amount: number) =>
    routed
      .replace('next: sort }', 'next: first }')
      .replace(
        'steps:\n',
        'steps:\n  first: { approval: First, by: owner, covers: [offer], on: { approve: sort, modify: refuse, reject: refuse } }\n',
      )
      .replace('<= 100,', `<= ${amount},`);
  assert.equal(findingsOf(judged(500), { base: judged(100) }).length, 0);
});

test('a parameter that was loosened, and none that became stricter or cannot be compared', () => {
  assert.deepEqual(said(['utilization: 0.6', 'utilization: 90%']), [
    "workflow: the parameter 'utilization' was loosened from '0.6' to '90%'",
  ]);
  assert.deepEqual(said(['utilization: 0.6', 'utilization: 60%']), []);
  assert.deepEqual(said(['utilization: 0.6', 'utilization: 0.5']), []);
  const changed = (from: string, to: string) =>
    findingsOf(base.replace('utilization: 0.6', to), { base: base.replace('utilization: 0.6', from) }).length;
  assert.equal(changed('max-autonomy: { high: L3, limited: L4 }', 'max-autonomy: { limited: L4, high: L3 }'), 0);
  assert.equal(changed('max-autonomy: { high: L3 }', 'max-autonomy: { high: L3, limited: L4 }'), 0);
  assert.equal(changed('max-autonomy: { high: L3, limited: L4 }', 'max-autonomy: { high: L2 }'), 1);
  assert.equal(changed('dual-approval: 100 EUR', 'dual-approval: 200 USD'), 0);
  assert.equal(changed('dual-approval: 100 EUR', 'dual-approval: 200 EUR'), 1);
  assert.equal(changed('sod-required: true', 'sod-required: false'), 1);
});

test('what the design no longer demands: stop, duties, presets, parameters, logs, retention, thresholds', () => {
  assert.deepEqual(said(['stop: { by: ai-lead, safe-state: finish, within: 60s }\n', '']), [
    'workflow: the stop control is gone',
  ]);
  assert.deepEqual(said(['within: 60s', 'within: 10m']), ["stop: the time 'within' which everything stands grew"]);
  assert.deepEqual(
    said(['sod: [[initiate, approve]]\n', ''], ['profile: [sox]\n', ''], ['parameters: { utilization: 0.6 }\n', '']),
    [
      'workflow: the duties approve and initiate may meet now',
      "workflow: the parameter 'utilization' is gone",
      "workflow: the preset 'sox' is no longer asked for",
    ],
  );
  assert.deepEqual(said(['append-only: true, retain: 7y, writers: [writer]', 'retain: 1y, writers: [writer, clerk]']), [
    "store:archive: 'archive' is no longer append-only",
    "store:archive: the retention of 'archive' shrank",
    "store:archive: [clerk] joined the writers of 'archive'",
  ]);
  assert.deepEqual(said(['fields: [case, actor, time]', 'fields: [case]']).slice(0, 1), [
    "write: the log of 'write' no longer records [actor, time]",
  ]);
  assert.deepEqual(said(['at-least: 0.9', 'at-least: 0.5']), [
    "write: the threshold of the gate of 'write' fell from 0.9 to 0.5",
  ]);
  assert.deepEqual(said(['min-minutes: 5, ', '']), ["look: the least time for one item in 'look' shrank"]);
});

test('a control of an imported file counts, and stands where this file names it', () => {
  const main = `aiwf: 1
workflow: w
accountable: owner
use: [./people.aiwf.yaml]
start: { next: write }
steps:
  write: { task: Write, by: bot, mode: ai-executed, next: finish, on: { error: finish, unavailable: finish } }
  #                         ^^^ error improvement/control-regression: the autonomy of 'bot' rose from L1 to L2
  finish: { end: Finished }
`;
  const before = main.replace(
    'use: [./people.aiwf.yaml]',
    'actors: { bot: { kind: agent, autonomy: L1 }, owner: { kind: human } }',
  );
  check(main, { base: before });
});

test('what only looks like a loss: other names, other order, stricter bounds, new actors, effects that are gone', () => {
  assert.deepEqual(said(['calls: 10, cost: 2 EUR, wall: 5m', 'wall: 300s, calls: 5, cost: 1 EUR, tokens: 5']), []);
  assert.deepEqual(
    said(['  judge:', '  extra: { kind: agent, sponsor: ai-lead, autonomy: L5, tools: { x: {} } }\n  judge:']),
    [],
  );
  assert.deepEqual(said(['effects: [{ kind: message, to: customer, external: true, uses: [offer] }], ', '']), []);
  assert.deepEqual(
    said(['retain: 7y', 'retain: 10y'], ['autonomy: L2', 'autonomy: L1'], ['at-least: 0.9', 'at-least: 0.95']),
    [],
  );
  assert.deepEqual(said(['by: judge, covers', 'by: lead, covers']), []);
});

test('a text that YAML cannot read whole, now or before, is not compared', () => {
  assert.deepEqual(
    findingsOf(`${base}stop: {`, { base }).filter(({ rule }) => rule.startsWith('improvement')),
    [],
  );
  assert.deepEqual(findingsOf(base, { base: `${base}stop: {` }), []);
});

// accountability/sod-via-agent: nobody gets two incompatible duties through an AI agent that works for them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('accountability/sod-via-agent');

const top = `${head}sod: [[initiate, approve]]
defaults: { on: { error: ordered, unavailable: ordered } }
`;

const order = 'task: Order, duty: initiate, mode: ai-executed, next: approve';
const approve = 'duty: approve, covers: [offer], next: ordered, on: { modify: ordered, reject: ordered }';

test('a sponsor approves what their own agent initiated', () => {
  check(`${top}
start: { next: order }
steps:
  order: { ${order}, by: bot }
  approve: { approval: Approve, by: ai-lead, ${approve} }
  #                                 ^^^^^^^ error accountability/sod-via-agent: One principal is behind the duty 'initiate' in 'order' and 'approve' in 'approve': 'ai-lead' sponsors 'bot'. Let someone else perform 'approve', or give 'bot' another sponsor.
  ordered: { end: Ordered }
`);
});

test('so does one whom the agent acts for, who leads the sponsoring team, or whose agent has delegated the work', () => {
  check(`${top}
actors:
  buyer-bot: { kind: agent, sponsor: ai-lead, on-behalf-of: clerk }
  office-bot: { kind: agent, sponsor: office }
  planner: { kind: agent, sponsor: owner, delegates: [{ to: helper }] }
start: { next: order }
steps:
  order: { ${order}, by: buyer-bot }
  approve: { approval: Approve, by: clerk, ${approve.replace('next: ordered', 'next: order-2')} }
  #                                 ^^^^^ accountability/sod-via-agent: 'buyer-bot' acts on behalf of 'clerk'. Let someone else perform 'approve'.
  order-2: { ${order.replace('approve', 'approve-2')}, by: office-bot }
  approve-2: { approval: Approve, by: lead, ${approve.replace('next: ordered', 'next: order-3')} }
  #                                   ^^^^ accountability/sod-via-agent: 'office' sponsors 'office-bot', and 'lead' leads 'office'.
  order-3: { ${order.replace('approve', 'approve-3')}, by: planner, uses: [], delegates-to: [helper] }
  approve-3: { task: Approve, by: helper, mode: ai-executed, duty: approve, next: ordered }
  #                               ^^^^^^ accountability/sod-via-agent: 'planner' delegates to 'helper'. Let someone else
  ordered: { end: Ordered }
`);
});

test('one agent that does both, and two that share an identity or a sponsor', () => {
  const shared = (one: string, two: string, says: string) =>
    check(`${top}
actors:
  one: { kind: agent, sponsor: owner, identity: svc }
  two: { kind: agent, sponsor: lead, identity: svc }
start: { next: order }
steps:
  order: { ${order}, by: ${one} }
  approve: { task: Approve, by: ${two}, mode: ai-executed, duty: approve, next: ordered }
  #                             ${'^'.repeat(two.length)} accountability/sod-via-agent: ${says}
  ordered: { end: Ordered }
`);
  shared('bot', 'bot', "'bot' performs both. Let someone else perform 'approve'.");
  shared('one', 'two', 'One principal is behind');
  shared(
    'bot',
    'helper',
    "'ai-lead' sponsors 'bot', and 'ai-lead' sponsors 'helper'. Let someone else perform 'approve'.",
  );
});

test('the fallback of an agent is no agent: the person who takes over has the duty as a person', () => {
  check(`${top}
actors: { buyer: { kind: agent, sponsor: ai-lead, fallback: lead } }
start: { next: order }
steps:
  order: { ${order}, by: buyer }
  approve: { approval: Approve, by: lead, ${approve} }
  ordered: { end: Ordered }
`);
});

test('a fallback agent brings its sponsor', () => {
  check(`${top}
actors: { buyer: { kind: agent, sponsor: owner, fallback: bot } }
start: { next: order }
steps:
  order: { ${order}, by: buyer }
  approve: { approval: Approve, by: ai-lead, ${approve} }
  #                                 ^^^^^^^ accountability/sod-via-agent: 'bot' takes over 'order' as the fallback, and 'ai-lead' sponsors 'bot'.
  ordered: { end: Ordered }
`);
});

test('silent: another sponsor, an agent that only assists, one that acts for itself, duties that no pair names', () => {
  check(`${top}
start: { next: order }
steps:
  order: { ${order}, by: bot }
  approve: { approval: Approve, by: lead, ${approve} }
  ordered: { end: Ordered }
`);
  check(`${top}
start: { next: order }
steps:
  order: { task: Order, by: clerk, assisted-by: [bot], mode: ai-augmented, decides: clerk, duty: initiate, next: approve }
  approve: { approval: Approve, by: ai-lead, ${approve} }
  ordered: { end: Ordered }
`);
  check(`${top}
actors: { own: { kind: agent, sponsor: owner, on-behalf-of: self } }
start: { next: order }
steps:
  order: { ${order}, by: own }
  approve: { approval: Approve, by: lead, ${approve} }
  file: { task: File, by: owner, duty: record, next: ordered }
  ordered: { end: Ordered }
`);
  // Only who delegates in this flow stands behind a delegate.
  check(`${top}
actors: { planner: { kind: agent, sponsor: owner, delegates: [{ to: bot }] } }
start: { next: order }
steps:
  order: { ${order}, by: bot }
  approve: { approval: Approve, by: owner, ${approve} }
  ordered: { end: Ordered }
`);
});

test('silent where the agent never did its part', () => {
  check(`${top}
start: { next: order }
steps:
  order: { task: Order, duty: initiate, by: bot, mode: ai-executed, next: ordered, on: { error: approve, unavailable: approve } }
  approve: { approval: Approve, by: ai-lead, ${approve} }
  ordered: { end: Ordered }
`);
});

test('an agent of an imported file is judged where it gets a duty', () => {
  check(`aiwf: 1
workflow: w
accountable: boss
use: [./agents.aiwf.yaml]
sod: [[initiate, approve]]
defaults: { on: { error: ordered, unavailable: ordered } }
start: { next: order }
steps:
  order: { ${order}, by: buyer }
  approve: { task: Approve, by: boss, duty: approve, next: ordered }
  #                             ^^^^ accountability/sod-via-agent: 'boss' sponsors 'buyer'.
  ordered: { end: Ordered }
#- agents.aiwf.yaml
aiwf: 1
library: agents
actors:
  boss: { kind: human, holders: 1 }
  buyer: { kind: agent, sponsor: boss }
`);
});

test('the fix gives the agent a sponsor who does no work here', () => {
  assert.equal(
    fixed(
      `${top}
actors:
  buyer: { kind: agent, sponsor: owner } # since the start
start: { next: order }
steps:
  order: { ${order}, by: buyer }
  approve: { approval: Approve, by: owner, ${approve} }
  ordered: { end: Ordered }
`,
      "Make 'clerk' the sponsor of 'buyer'",
    ),
    `-   buyer: { kind: agent, sponsor: owner } # since the start
+   buyer: { kind: agent, sponsor: clerk } # since the start`,
  );
});

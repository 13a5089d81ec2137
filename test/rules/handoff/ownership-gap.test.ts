// handoff/ownership-gap: work on its way is owned by a person or a role that somebody holds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('handoff/ownership-gap');

const ways = 'on: { approve: finish, modify: finish, reject: finish }';
const failing = 'on: { error: finish, unavailable: finish }';

test('an AI for which no person answers owns nothing', () => {
  const [finding] = check(`aiwf: 1
workflow: w
accountable: stray
actors:
  stray: { kind: agent }
  lead: { kind: human, holders: 1 }
start: { next: draft }
steps:
  draft: { task: Draft, by: stray, mode: ai-executed, next: check, ${failing} }
  check: { approval: Check, by: lead, accepts: { ack: 1h }, ${ways} }
  #                                   ^^^^^^^ warning handoff/ownership-gap: Until 'check' has confirmed that it got the work, only the AI 'stray' owns it, and no person answers for it. Set 'owner-until-ack' to a person's role, or name who is accountable.
  finish: { end: Finished }
`);
  assert.deepEqual(
    finding?.witness.map(({ step, note }) => `${step}${note && `: ${note}`}`),
    ['draft', 'check: not yet confirmed here'],
  );
});

test('a role that nobody holds is no owner, by name or as a receiver; it is one fault wherever it hands over', () => {
  check(`${head}
actors:
  queue: { kind: human, holders: 0 }
  empty-team: { kind: team, holders: [] }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, next: check, ${failing} }
  check: { approval: Check, by: lead, accepts: { ack: 1h, owner-until-ack: queue }, ${ways.replace('approve: finish', 'approve: sort')} }
  #                                                                        ^^^^^ warning handoff/ownership-gap: Until 'check' has confirmed that it got the work, 'queue' owns it, a role that nobody holds. Set 'holders', or let another role own it with 'owner-until-ack'.
  sort: { task: Sort, by: queue, next: book }
  book: { task: Book, by: erp, accepts: quick, next: take, on: { error: finish } }
  take: { task: Take, by: empty-team, accepts: { ack: 1d, owner-until-ack: receiver }, next: finish }
  #                                                                        ^^^^^^^^ warning handoff/ownership-gap: Until 'take' has confirmed that it got the work, 'empty-team' owns it
  finish: { end: Finished }
`);
});

test('what comes by a timeout, over a route, or on an edge with a contract is on its way as well', () => {
  check(`${head}
actors: { queue: { kind: human, holders: 0 } }
start: { next: draft }
steps:
  draft:
    task: Draft
    by: bot
    mode: ai-executed
    within: 1h
    next: { to: sort, handoff: { ack: 1h, owner-until-ack: queue } }
    #                                                      ^^^^^ warning handoff/ownership-gap: Until 'check' has confirmed
    on: { error: finish, unavailable: finish, timeout: look }
  sort: { route: Sort, next: check }
  check: { approval: Check, by: lead, ${ways} }
  look: { task: Look, by: lead, accepts: { ack: 1h, owner-until-ack: queue }, next: finish }
  finish: { end: Finished }
`);
});

test('people of a library count, and its contracts are judged where a step takes them on', () => {
  check(`aiwf: 1
workflow: w
accountable: boss
use: [./team.aiwf.yaml]
start: { next: draft }
steps:
  draft: { task: Draft, by: scribe, mode: ai-executed, next: check, ${failing} }
  check: { approval: Check, by: boss, accepts: by-queue, ${ways} }
  #                                   ^^^^^^^ warning handoff/ownership-gap: 'inbox' owns it, a role that nobody holds
  finish: { end: Finished }
#- team.aiwf.yaml
aiwf: 1
library: team
actors:
  boss: { kind: human, holders: 1 }
  inbox: { kind: human, holders: 0 }
  scribe: { kind: agent, sponsor: boss }
handoffs: { by-queue: { ack: 1h, owner-until-ack: inbox } }
`);
});

test('silent: a sponsor, whoever is accountable, people, outside parties, and numbers of holders that nobody states', () => {
  check(`${head}
actors: { desk: { kind: human }, night-team: { kind: team, lead: lead } }
start: { on: message, from: customer, next: read }
steps:
  read: { task: Read, by: clerk, accepts: { ack: 1h }, next: draft }
  draft: { task: Draft, by: bot, mode: ai-executed, accepts: { ack: 1h, owner-until-ack: desk }, next: check, ${failing} }
  check: { approval: Check, by: lead, accepts: { ack: 1h }, on: { approve: book, modify: book, reject: finish } }
  book: { task: Book, by: erp, accepts: { ack: 1h, owner-until-ack: night-team }, next: tell, on: { error: finish } }
  tell: { task: Tell, by: clerk, accepts: { ack: 1h }, next: finish }
  finish: { end: Finished }
`);
});

test('silent: without a time to confirm there is no contract, and what is confirmed at once is never on its way', () => {
  check(`${head}
actors: { queue: { kind: human, holders: 0 } }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, next: check, ${failing} }
  check: { approval: Check, by: lead, accepts: { owner-until-ack: queue }, on: { approve: again, modify: again, reject: finish } }
  again: { task: Again, by: helper, mode: ai-executed, accepts: { ack: 1m, auto: true, owner-until-ack: queue }, next: finish, ${failing} }
  finish: { end: Finished }
`);
});

test('silent where nobody is accountable at all: that is a fault of its own', () => {
  check(`aiwf: 1
workflow: w
actors:
  stray: { kind: agent }
  lead: { kind: human, holders: 1 }
start: { next: draft }
steps:
  draft: { task: Draft, by: stray, mode: ai-executed, next: check, ${failing} }
  check: { approval: Check, by: lead, accepts: { ack: 1h }, ${ways} }
  finish: { end: Finished }
`);
});

test('silent where a name resolves to nothing: that is said there', () => {
  check(`aiwf: 1
workflow: w
accountable: bos
#            ^^^ structure/unresolved-reference
actors:
  stray: { kind: agent }
  lead: { kind: human, holders: 1 }
start: { next: draft }
steps:
  draft: { task: Draft, by: stray, mode: ai-executed, next: check, ${failing} }
  check: { approval: Check, by: lead, accepts: { ack: 1h }, ${ways} }
  finish: { end: Finished }
`);
});

test('the sender owns it again', () => {
  assert.equal(
    fixed(
      `${head}
actors: { queue: { kind: human, holders: 0 } }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, next: check, ${failing} }
  check: { approval: Check, by: lead, accepts: { ack: 1h, owner-until-ack: queue }, ${ways} } # daily
  finish: { end: Finished }
`,
      'Let the sender own it until then',
    ),
    `-   check: { approval: Check, by: lead, accepts: { ack: 1h, owner-until-ack: queue }, ${ways} } # daily
+   check: { approval: Check, by: lead, accepts: { ack: 1h, owner-until-ack: sender }, ${ways} } # daily`,
  );
});

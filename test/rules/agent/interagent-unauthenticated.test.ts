// agent/interagent-unauthenticated: a channel between machines and the outside says who talks, what was sent and how it looks.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('agent/interagent-unauthenticated');

const full = '{ auth: mutual-tls, integrity: signed, schema: order-v1 }';
const end = `  finish: { end: Finished }
`;

test('a tool of a server outside needs a channel that declares all three', () => {
  check(`${head}actors:
  worker:
    kind: agent
    sponsor: ai-lead
    tools:
      order: { effect: irreversible, external: true, server: market }
  #   ^^^^^ warning agent/interagent-unauthenticated: 'order' of 'worker' talks to the server 'market' outside, over a channel without authentication ('auth'), integrity ('integrity') or a schema ('schema'). Declare them in 'channel'.
      ask: { effect: none, outbound: true, server: market, channel: { auth: token, schema: v1 } }
  #                                                        ^^^^^^^ agent/interagent-unauthenticated: 'ask' of 'worker' talks to the server 'market' outside, over a channel without integrity ('integrity'). Declare it in 'channel'.
      safe: { effect: none, external: true, server: market, channel: ${full} }
      inside: { effect: none, server: siem }
      local: { effect: none, external: true }
start: { next: work }
steps:
  work: { task: Work, by: clerk, next: finish }
${end}`);
});

test('work that a machine hands to a vendor, and what comes back, goes over a channel of the contract', () => {
  check(`${head}defaults: { on: { error: finish, unavailable: finish } }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, next: make }
  make: { task: Make, by: shop, accepts: { ack: 1h }, next: book }
  #                             ^^^^^^^ agent/interagent-unauthenticated: Messages from 'bot' to 'shop' leave or enter the house at 'make', over a channel without authentication ('auth'), integrity ('integrity') or a schema ('schema'). Declare them in 'channel' of the contract or the event.
  book: { task: Book, by: erp, next: finish }
  #^^^ agent/interagent-unauthenticated: Messages from 'shop' to 'erp' leave or enter the house at 'book'
${end}`);
});

test('a refusal, an error and a fallback do not bring messages from outside, but the outcomes of the work do', () => {
  check(`${head}events: { stopped: { kind: signal } }
on: { stopped: clean }
start: { next: make }
steps:
  make: { task: Make, by: shop, within: 1d, on: { timeout: mend }, next: finish }
  mend: { task: Mend, by: erp, on: { error: clean }, next: finish }
  clean: { task: Clean, by: erp, on: { error: finish }, next: finish }
${end}`);
  check(`${head}start: { next: judge }
steps:
  judge: { review: Judge, by: shop, reviews: [letter], outcomes: [good, bad], on: { good: finish, bad: mend } }
  mend: { task: Mend, by: erp, on: { error: finish }, next: finish }
  #^^^ agent/interagent-unauthenticated: Messages from 'shop' to 'erp'
${end}`);
});

test('events from and to a vendor have a channel of their own', () => {
  check(`${head}events:
  made: { kind: message, from: shop }
  paid: { kind: message, to: shop }
  told: { kind: message, to: shop, channel: ${full} }
  known: { kind: message, from: shop, channel: ${full} }
start:
  - { on: made, next: book }
  - { on: known, next: file }
steps:
  book: { task: Book, by: erp, on: { error: finish }, emits: [paid, told], next: finish }
  #^^^ agent/interagent-unauthenticated: Messages from 'shop' to 'erp' leave or enter the house at 'book'
  #                                                           ^^^^ agent/interagent-unauthenticated: Messages from 'erp' to 'shop' leave or enter the house at 'book'
  file: { task: File, by: erp, on: { error: finish }, emits: [told], next: listen }
  listen: { wait: Listen, until: made, within: 1d, on: { timeout: finish }, next: enter }
  enter: { task: Enter, by: erp, on: { error: finish }, next: finish }
  #^^^^ agent/interagent-unauthenticated: Messages from 'shop' to 'erp' leave or enter the house at 'enter'
${end}`);
});

test('a channel that is only a name is unknown', () => {
  check(`${head}start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, on: { error: finish, unavailable: finish }, next: make }
  make: { task: Make, by: shop, accepts: { ack: 1h, channel: partner-queue }, next: finish }
  #                             ^^^^^^^ agent/interagent-unauthenticated?: over the channel 'partner-queue', and whether it has authentication ('auth'), integrity ('integrity') or a schema ('schema') is not known. State them in 'channel'.
${end}`);
});

test('a contract of a library, or on the edge, says it for its handoffs', () => {
  check(`
aiwf: 1
workflow: w
accountable: owner
use: [./people.aiwf.yaml, ./rules.aiwf.yaml]
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, on: { error: finish, unavailable: finish }, next: make }
  make: { task: Make, by: shop, accepts: secured, next: { to: book, handoff: { ack: 1h, channel: ${full} } } }
  book: { task: Book, by: erp, on: { error: finish }, next: again }
  again: { task: Again, by: shop, accepts: open, next: finish }
  #                               ^^^^^^^ agent/interagent-unauthenticated: Messages from 'erp' to 'shop'
${end}
#- rules.aiwf.yaml
aiwf: 1
library: rules
handoffs: { secured: { ack: 1h, channel: ${full} }, open: { ack: 1h } }
actors: { a: { kind: agent, sponsor: b, tools: { t: { server: s, external: true } } }, b: { kind: human } }
  #                                              ^ agent/interagent-unauthenticated: 't' of 'a' talks to the server 's' outside
`);
});

test('people talk to vendors and customers as they do; customers are no machines; half-typed channels are not missing', () => {
  check(
    `${head}actors: { typing: { kind: agent, sponsor: ai-lead, tools: { t: { server: s, external: true, channel: } } } }
start: { on: message, from: customer, next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, on: { error: finish, unavailable: finish }, next: write }
  write: { task: Write, by: clerk, next: make }
  make: { task: Make, by: shop, next: check }
  check: { task: Check, by: clerk, next: ask }
  ask: { task: Ask, by: customer, next: book }
  book: { task: Book, by: erp, on: { error: finish }, accepts: nowhere, next: finish }
  lost: { task: Nobody comes here, by: shop, next: lost-too }
  lost-too: { task: Nor here, by: erp, next: finish }
${end}`,
    { only: ['agent/interagent-unauthenticated'] },
  );
});

test('a channel is added to the tool, the contract or the event', () => {
  assert.equal(
    fixed(
      `${head}actors:
  worker:
    kind: agent
    sponsor: ai-lead
    tools:
      order: # from the market
        external: true
        server: market
start: { next: work }
steps:
  work: { task: Work, by: clerk, next: finish }
${end}`,
      'Add a channel to begin with',
    ),
    '+         channel: { auth: mutual-tls, integrity: signed, schema: message-v1 }',
  );
  assert.equal(
    fixed(
      `${head}start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, on: { error: finish, unavailable: finish }, next: make }
  make: { task: Make, by: shop, accepts: { ack: 1h }, next: finish } # outside
${end}`,
      'Add a channel to begin with',
    ),
    `-   make: { task: Make, by: shop, accepts: { ack: 1h }, next: finish } # outside
+   make: { task: Make, by: shop, accepts: { ack: 1h, channel: { auth: mutual-tls, integrity: signed, schema: message-v1 } }, next: finish } # outside`,
  );
});

test('what a time limit sets off, right after a vendor was heard, brings nothing from the vendor', () => {
  check(`${head}start: { next: work }
steps:
  work:
    scope: Work
    start: ask
    within: 2d
    on: { timeout: undo }
    next: finish
    steps:
      ask: { task: Ask, by: clerk, next: hear }
      hear: { wait: Wait, until: answered, within: 1d, on: { timeout: heard }, next: heard }
      heard: { route: Heard, next: read }
      read: { task: Read, by: clerk }
  undo: { task: Undo, by: erp, on: { error: finish }, next: finish }
${end}events: { answered: { kind: message, from: shop } }
`);
});

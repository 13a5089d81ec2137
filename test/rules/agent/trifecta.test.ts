// agent/trifecta: no AI gets untrusted data, sees confidential data and has an unguarded way to send it out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed, findingsOf } = forRules('agent/trifecta');

const begin = `${head}
defaults: { accepts: quick, on: { error: finish, unavailable: finish, timeout: finish } }
actors:
  surfer:
    kind: agent
    sponsor: ai-lead
    tools:
      fetch: { effect: none, outbound: true }
      post: { effect: reversible, external: true, outbound: true }
      look-up: { effect: none, returns: [account] }
  caller: { kind: agent, sponsor: ai-lead, outbound: [api.example.com] }
  closed: { kind: agent, sponsor: ai-lead, outbound: none, tools: { fetch: { effect: none, outbound: true } } }
data:
  mail: { class: internal, trust: untrusted, fields: { from: string, text: string } }
  account: { class: confidential, trust: trusted }
  note: { class: internal }
  form: { class: internal }
`;

test('an AI that reads untrusted data and sees confidential data, with a tool that sends, is a way out for all of it', () => {
  const [finding] = check(`${begin}
start: { from: customer, gives: [mail], next: answer }
steps:
  answer: { task: Answer, by: surfer, mode: ai-executed, reads: [mail, account], uses: [fetch], writes: [note], next: finish }
  #                                                                                     ^^^^^ agent/trifecta: The AI 'surfer' gets 'mail' and the confidential 'account' in 'answer', and can send out by the tool 'fetch': whoever writes 'mail', which cannot be relied on, can have 'account' sent away. Leave that way out of the step's 'uses', or give one of the two to another agent that cannot send.
  finish: { end: Finished }
`);
  assert.deepEqual(
    finding?.witness.map(({ step, note }) => `${step}: ${note}`),
    [
      "start: 'mail' cannot be relied on",
      "answer: meets 'account', which is confidential, and can go out by the tool 'fetch'",
    ],
  );
});

test('a tool may show the confidential data; a step without uses may call every tool, or any host its agent may send to', () => {
  check(`${begin}
start: { from: customer, gives: [mail], next: answer }
steps:
  answer: { task: Answer, by: surfer, mode: ai-executed, reads: [mail], writes: [note], next: call }
  #                           ^^^^^^ agent/trifecta: The AI 'surfer' gets 'mail' and the confidential 'account' in 'answer', and can send out by the tool 'fetch'
  call: { task: Call, by: caller, mode: ai-executed, reads: [mail, claim], next: finish }
  #                       ^^^^^^ agent/trifecta: The AI 'caller' gets 'mail' and the personal 'claim' in 'call', and can send out by 'api.example.com'
  finish: { end: Finished }
`);
});

test('over a chain of agents: one reads the mail, another the account, the last one sends to whom the mail says', () => {
  const [finding] = check(`${begin}
start: { from: customer, gives: [mail], next: sort }
steps:
  sort: { task: Sort, by: bot, mode: ai-executed, reads: [mail], uses: [], writes: [note], next: reply }
  reply: { task: Reply, by: helper, mode: ai-executed, reads: [note, account], uses: [], writes: [letter], next: send }
  send: { task: Send, by: erp, effects: [{ kind: message, to: mail.from, external: true, uses: [letter] }], next: finish }
  #                                              ^^^^^^^ agent/trifecta: 'letter', which an AI made of 'mail' and which is confidential, goes out by the message of 'send': whoever writes 'mail', which cannot be relied on, can have 'letter' sent away. Fix the receiver with 'to', let a person approve what goes out, or take one of the two away.
  finish: { end: Finished }
`);
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['start', 'sort', 'reply', 'send'],
  );
});

test('an approval that a timeout goes around guards nothing; what is published goes to everybody', () => {
  check(`${begin}
start: { from: customer, gives: [mail], next: reply }
steps:
  reply: { task: Reply, by: bot, mode: ai-executed, reads: [mail, account], uses: [], writes: [letter], next: check }
  check: { approval: Check, by: lead, covers: [letter], within: 1d, on: { approve: send, modify: finish, reject: finish, timeout: send } }
  send: { task: Send, by: helper, mode: ai-executed, reads: [letter, account], uses: [], effects: [{ kind: publish, to: shop, uses: [letter] }], next: finish }
  #                                                                                                        ^^^^^^^ agent/trifecta: Let a person approve what goes out, or take one of the two away.
  finish: { end: Finished }
`);
});

test('silent: a fixed receiver, an approval, a sandbox, a validation, a redaction, no way out, or only one of the two', () => {
  check(`${begin}
start: { from: customer, gives: [mail], next: fixed }
steps:
  fixed: { task: Fixed, by: surfer, mode: ai-executed, reads: [mail, account], uses: [post], effects: [{ kind: message, to: customer, external: true }], writes: [offer], next: boxed }
  boxed: { task: Boxed, by: surfer, mode: ai-executed, reads: [mail, account], sandbox: true, next: shut }
  shut: { task: Shut, by: closed, mode: ai-executed, reads: [mail, account], next: tied }
  tied: { task: Tied, by: caller, mode: ai-executed, reads: [mail, account], uses: [], writes: [note], next: approve }
  approve: { approval: Approve, by: lead, covers: [note], on: { approve: send, modify: finish, reject: finish } }
  send: { task: Send, by: erp, effects: [{ kind: message, to: mail.from, external: true, uses: [note] }], next: redact }
  redact: { task: Redact, by: erp, reads: [account], redacts: [account], writes: [form], next: one }
  one: { task: One, by: surfer, mode: ai-executed, reads: [mail, form], uses: [fetch], next: two }
  two: { task: Two, by: surfer, mode: ai-executed, reads: [account], uses: [fetch], next: validate }
  validate: { task: Validate, by: erp, validates: [mail], next: three }
  three: { task: Three, by: surfer, mode: ai-executed, reads: [mail, account], uses: [fetch], next: by-hand }
  by-hand: { task: By hand, by: clerk, effects: [{ kind: message, to: mail.from, external: true, uses: [note] }], next: finish }
  finish: { end: Finished }
`);
});

test('silent: the confidential data is what the sender wrote', () => {
  check(`${begin}  complaint: { class: personal, trust: untrusted }

start: { from: customer, gives: [complaint], next: answer }
steps:
  answer: { task: Answer, by: surfer, mode: ai-executed, reads: [complaint], uses: [fetch], next: finish }
  finish: { end: Finished }
`);
});

test('what is not declared is asked for once: whether data from outside can be relied on, and who the receiver is', () => {
  check(`${begin}
start: { from: customer, gives: [form, mail], next: answer }
steps:
  answer: { task: Answer, by: surfer, mode: ai-executed, reads: [form, account], uses: [fetch], next: again }
  #                                                                                     ^^^^^ info agent/trifecta?: whether 'form' from 'customer' can be relied on is not declared. Say 'trust: trusted' or 'trust: untrusted' where it is declared.
  again: { task: Again, by: surfer, mode: ai-executed, reads: [form, account], uses: [fetch], next: send }
  send: { task: Send, by: bot, mode: ai-executed, reads: [mail, account], uses: [], effects: [{ kind: message, external: true, uses: [mail] }], next: finish }
  #                                                                                                   ^^^^^^^ info agent/trifecta?: to whom is not declared. Name a fixed receiver with 'to', or let a person approve what goes out.
  finish: { end: Finished }
`);
});

test('agents and data of a library meet here', () => {
  check(`${head.replace('use: [./people.aiwf.yaml]', 'use: [./people.aiwf.yaml, ./desk.aiwf.yaml]')}
defaults: { accepts: quick, on: { error: finish, unavailable: finish, timeout: finish } }
start: { from: customer, gives: [post], next: answer }
steps:
  answer: { task: Answer, by: desk, mode: ai-executed, reads: [post, claim], next: finish }
  #                           ^^^^ agent/trifecta: The AI 'desk' gets 'post' and the personal 'claim'
  finish: { end: Finished }
#- desk.aiwf.yaml
aiwf: 1
library: desk
use: [./people.aiwf.yaml]
actors: { desk: { kind: agent, sponsor: ai-lead, tools: { web: { effect: none, outbound: true } } } }
data: { post: { class: public, trust: untrusted } }
`);
});

test('nothing is said of what is half typed', () => {
  const text = `${begin}
start: { from: , gives: [mail], next: answer }
steps:
  answer: { task: Answer, by: surfer, mode: ai-executed, reads: [mail, acc], uses: [fet, ], effects: [{ kind: , to: }], next: }
`;
  assert.deepEqual(
    findingsOf(text).filter(({ rule, verdict }) => rule === 'agent/trifecta' && verdict === 'violation'),
    [],
  );
});

test('it names the rules on approvals and on AI output that the same effect breaks', () => {
  const rules = ['agent/trifecta', 'oversight/irreversible-unapproved', 'accountability/unreviewed-ai-to-sink'];
  const [finding] = forRules(...rules).check(`${begin}
start: { from: customer, gives: [mail], next: reply }
steps:
  reply: { task: Reply, by: bot, mode: ai-executed, reads: [mail, account], uses: [], writes: [letter], next: send }
  send: { task: Send, by: erp, effects: [{ kind: message, to: mail.from, external: true, uses: [letter] }], next: finish }
  #                                              ^^^^^^^ agent/trifecta
  finish: { end: Finished }
`);
  assert.deepEqual(finding?.also?.map(({ rule }) => rule).sort(), rules.slice(1).reverse());
});

test('the fix lets a person approve what goes out', () => {
  assert.match(
    fixed(
      `${begin}
start: { from: customer, gives: [mail], next: reply }
steps:
  reply: { task: Reply, by: bot, mode: ai-executed, reads: [mail, account], uses: [], writes: [letter], next: send }
  send: { task: Send, by: erp, effects: [{ kind: message, to: mail.from, external: true, uses: [letter] }], next: finish } # at night
  finish: { end: Finished }
`,
      "Let 'owner' approve it first",
    ),
    /\+ {3}approve-send:\n\+ {5}approval: Approve what 'send' does\n\+ {5}by: owner\n\+ {5}covers: \[letter\]/,
  );
});

// accountability/disclosure-first: a person knows that an AI takes part before it meets them or works on their decision.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('accountability/disclosure-first');

const failing = 'on: { error: finish, unavailable: finish }';
const message = 'effects: [{ kind: message, to: customer, external: true, uses: [letter] }]';

test('an AI that writes to someone outside is announced first', () => {
  const [finding] = check(`${head}
start: { on: message, from: customer, gives: [claim], next: answer-it }
steps:
  answer-it: { task: Answer, by: bot, mode: ai-executed, reads: [claim], writes: [letter], ${message}, next: finish, ${failing} }
  #                          ^^ accountability/disclosure-first: The AI 'bot' writes to 'customer' in 'answer-it', and on one path 'customer' has not been told that an AI takes part. Put a 'disclose' step to 'customer' before it.
  finish: { end: Finished }
`);
  assert.deepEqual(
    finding?.witness.map(({ step, note }) => `${step}${note && `: ${note}`}`),
    ['start', "answer-it: nobody has told 'customer' about the AI 'bot' on this path"],
  );
});

test('a second start, or a failure of the step that tells, leads past it', () => {
  check(`${head}
start:
  - { on: message, from: customer, gives: [claim], next: tell }
  - { on: answer, gives: [claim], next: answer-it }
steps:
  tell: { disclose: Tell, by: erp, to: customer, says: [ai-answers], next: answer-it, on: { error: finish } }
  answer-it: { task: Answer, by: bot, mode: ai-executed, writes: [letter], ${message}, next: finish, ${failing} }
  #                          ^^ accountability/disclosure-first: The AI 'bot' writes to 'customer' in 'answer-it', and on one path
  finish: { end: Finished }
`);
  check(`${head}
start: { on: message, from: customer, gives: [claim], next: tell }
steps:
  tell: { disclose: Tell, by: erp, to: customer, says: [ai-answers], within: 1h, next: answer-it, on: { error: finish, timeout: answer-it } }
  answer-it: { task: Answer, by: bot, mode: ai-executed, writes: [letter], ${message}, next: finish, ${failing} }
  #                          ^^ accountability/disclosure-first
  finish: { end: Finished }
`);
});

test('work of an AI toward a decision about a person counts at its first step, also inside the organization', () => {
  check(`${head}
actors: { applicant: { kind: human, holders: 40 } }
start: { gives: [claim], next: screen }
steps:
  screen: { task: Screen, by: bot, mode: ai-executed, reads: [claim], writes: [offer], next: polish, ${failing} }
  #                       ^^ accountability/disclosure-first: The AI 'bot' works in 'screen' toward the decision about 'applicant' in 'decide', and on one path
  polish: { task: Polish, by: helper, mode: ai-executed, reads: [offer], writes: [letter], next: decide, ${failing} }
  decide: { decision: Decide, by: lead, subject: applicant, reads: [letter], next: judge }
  judge: { decision: Judge, by: lead, assisted-by: [helper], decides: lead, mode: ai-augmented, subject: customer, next: finish }
  #                         ^^ accountability/disclosure-first: The AI 'helper' takes part in the decision about 'customer' in 'judge'
  finish: { end: Finished }
`);
});

test('words of an AI that software sends and nobody has looked at are its own', () => {
  check(`${head}
start: { gives: [claim], next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, reads: [claim], writes: [letter], next: send, ${failing} }
  send: { task: Send, by: erp, ${message}, next: finish, on: { error: finish } }
  #                   ^^ accountability/disclosure-first: 'send' sends 'customer' what the AI 'bot' has written, and on one path
  finish: { end: Finished }
`);
});

test('people and agents of a library count, and a message that the agent emits', () => {
  check(`aiwf: 1
workflow: w
accountable: boss
use: [./team.aiwf.yaml]
start: { next: write }
steps:
  write: { task: Write, by: scribe, mode: ai-executed, emits: [reply], next: finish, ${failing} }
  #                     ^^ accountability/disclosure-first: The AI 'scribe' writes to 'patient' in 'write'
  finish: { end: Finished }
#- team.aiwf.yaml
aiwf: 1
library: team
actors:
  boss: { kind: human, holders: 1 }
  patient: { kind: external }
  scribe: { kind: agent, sponsor: boss }
data: { text: { class: personal } }
events: { reply: { kind: message, from: scribe, to: patient, gives: [text] } }
`);
});

test('silent: told first, at the first contact itself, or by another step that says so', () => {
  check(`${head}
start: { on: message, from: customer, gives: [claim], next: tell }
steps:
  tell: { disclose: Tell, by: erp, to: customer, next: answer-it, on: { error: finish } }
  answer-it: { task: Answer, by: bot, mode: ai-executed, writes: [letter], ${message}, next: finish, ${failing} }
  finish: { end: Finished }
`);
  check(`${head}
start: { on: message, from: customer, gives: [claim], next: answer-it }
steps:
  answer-it: { task: Answer, by: bot, mode: ai-executed, says: [you-talk-to-an-ai], to: customer, writes: [letter], ${message}, next: finish, ${failing} }
  finish: { end: Finished }
`);
  check(`${head}
start: { on: message, from: customer, gives: [claim], next: register }
steps:
  register: { task: Register, by: clerk, says: [ai-answers], to: customer, next: answer-it }
  answer-it: { task: Answer, by: bot, mode: ai-executed, writes: [letter], ${message}, next: finish, ${failing} }
  finish: { end: Finished }
`);
});

test('what is said to somebody else, or says nothing of an AI, tells the person nothing', () => {
  check(`${head}
start: { next: tell }
steps:
  tell: { disclose: Tell, by: clerk, to: owner, says: [ai-answers], next: register }
  register: { task: Register, by: clerk, says: [opening-hours], to: customer, next: answer-it }
  answer-it: { task: Answer, by: bot, mode: ai-executed, writes: [letter], ${message}, next: finish, ${failing} }
  #                          ^^ accountability/disclosure-first
  finish: { end: Finished }
`);
});

test('silent: vendors and systems are no persons, and colleagues are only told of decisions about them', () => {
  check(`${head}
start: { next: order }
steps:
  order: { task: Order, by: bot, mode: ai-executed, writes: [letter], effects: [{ kind: message, to: shop, external: true }], next: warn, ${failing} }
  warn: { task: Warn, by: bot, mode: ai-executed, effects: [{ kind: message, to: clerk }], next: rate, ${failing} }
  rate: { decision: Rate, by: lead, subject: shop, reads: [letter], next: finish }
  finish: { end: Finished }
`);
});

test('silent: a person has looked at the draft and sends it, or no AI had a part in the decision', () => {
  check(`${head}
start: { on: message, from: customer, gives: [claim], next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, reads: [claim], writes: [letter], next: check, ${failing} }
  check: { approval: Check, by: lead, covers: [letter], on: { approve: send, modify: post, reject: finish } }
  send: { task: Send, by: erp, ${message}, next: decide, on: { error: finish } }
  post: { task: Post, by: clerk, ${message}, next: decide }
  decide: { decision: Decide, by: lead, subject: customer, reads: [claim], next: finish }
  finish: { end: Finished }
`);
});

test('silent where a name resolves to nothing or a step is half typed', () => {
  check(`${head}
start: { next: answer-it }
steps:
  answer-it: { task: Answer, by: bot, mode: ai-executed, effects: [{ kind: message, to: cstomer }], next: decide, ${failing} }
  #                                                                                     ^^^^^^^ structure/unresolved-reference
  decide: { decision: Decide, subject: , reads: [letter], next: finish }
  #                           ^^^^^^^ language/invalid-value
  finish: { end: Finished }
`);
});

test('whoever is accountable tells the person on the way in, and not again in each round', () => {
  assert.equal(
    fixed(
      `${head}
start: { on: message, from: customer, gives: [claim], next: answer-it } # at any hour
steps:
  answer-it: { task: Answer, by: bot, mode: ai-executed, writes: [letter], ${message}, next: look, ${failing} }
  look: { review: Look, by: lead, reviews: [letter], on: { approve: finish, modify: finish, reject: answer-it } }
  finish: { end: Finished }
`,
      "Tell 'customer' about the AI first",
    ),
    `- start: { on: message, from: customer, gives: [claim], next: answer-it } # at any hour
- steps:
-   answer-it: { task: Answer, by: bot, mode: ai-executed, writes: [letter], ${message}, next: look, ${failing} }
+ start: { on: message, from: customer, gives: [claim], next: tell-customer } # at any hour
+ steps:
+   answer-it: { task: Answer, by: bot, mode: ai-executed, writes: [letter], ${message}, next: look, ${failing} }
+ 
+   tell-customer:
+     disclose: Tell 'customer' that an AI takes part
+     by: owner
+     to: customer
+     says: [ai-takes-part]
+     next: answer-it`,
  );
});

test('silent: a scope that was completed has told the person, where failing to tell ends it otherwise', () => {
  check(`${head}
start: { next: greet }
steps:
  greet:
    scope: Greet
    start: tell
    steps:
      tell: { disclose: Tell, by: erp, to: customer, says: [ai-answers], next: told, on: { error: untold } }
      told: { end: Told }
      untold: { end: Not told, outcome: failed }
    next: answer-it
    on: { error: finish }
  answer-it: { task: Answer, by: bot, mode: ai-executed, writes: [letter], ${message}, next: finish, ${failing} }
  finish: { end: Finished }
`);
});

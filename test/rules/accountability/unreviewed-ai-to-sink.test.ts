// accountability/unreviewed-ai-to-sink: a human looks at AI output before it is published, sent, decided by or deployed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed, findingsOf } = forRules('accountability/unreviewed-ai-to-sink');

const drafted = `${head}
defaults: { accepts: quick, on: { error: finish, unavailable: finish, timeout: finish } }
`;

test('AI output that nobody has looked at is not published, paid out, deployed or trained on', () => {
  check(`${drafted}
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [offer], next: shorten }
  shorten: { task: Shorten, by: clerk, reads: [offer], writes: [letter], next: post }
  post: { task: Post, by: clerk, effects: [{ kind: publish, uses: [letter] }], next: pay }
  #                                                ^^^^^^^ accountability/unreviewed-ai-to-sink: 'letter' goes into the publish of 'post', and on one path no human has looked at what the AI 'bot' wrote ('offer') in 'draft'. Lead that path through a review or an approval of [letter].
  pay: { task: Pay, by: erp, effects: [{ kind: payment, amount: offer.amount }], next: learn }
  #                                            ^^^^^^^ accountability/unreviewed-ai-to-sink: 'offer.amount' goes into the payment of 'pay'
  learn: { task: Learn, by: erp, effects: [{ kind: train, uses: [offer.text] }], next: finish }
  #                                                ^^^^^ accountability/unreviewed-ai-to-sink
  finish: { end: Finished }
`);
});

test('a review that some path goes around, over a timeout or a change after the approval, does not count there', () => {
  const [first] = check(`${drafted}
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check }
  check: { review: Check, by: lead, reviews: [letter], within: 1d, on: { approve: post, modify: post, reject: finish, timeout: post } }
  post: { task: Post, by: clerk, effects: [{ kind: publish, uses: [letter] }], next: again }
  #                                                ^^^^^^^ accountability/unreviewed-ai-to-sink
  again: { approval: Approve, by: lead, covers: [letter], on: { approve: polish, modify: finish, reject: finish } }
  polish: { task: Polish, by: bot, mode: ai-executed, reads: [letter], writes: [letter], next: ship }
  ship: { task: Ship, by: erp, effects: [{ kind: deploy, uses: [letter] }], next: finish }
  #                                              ^^^^^^ accountability/unreviewed-ai-to-sink: what the AI 'bot' wrote in 'polish'
  finish: { end: Finished }
`);
  assert.deepEqual(
    first?.witness.map(({ step, edge, note }) => `${edge?.label ?? ''}> ${step}: ${note}`),
    [
      "> draft: the AI writes 'letter'",
      '> check: ',
      "timeout> post: consumes 'letter', at which nobody has looked on this path",
    ],
  );
});

test('what an AI sends or publishes there and then is its output; in passing on what people approved, it adds nothing', () => {
  check(`${drafted}
start: { from: clerk, gives: [claim, letter], next: summarize }
steps:
  summarize: { task: Summarize, by: bot, mode: ai-executed, reads: [claim], effects: [{ kind: publish }], next: approve }
  #                                                                                           ^^^^^^^ accountability/unreviewed-ai-to-sink: The AI 'bot' does the publish in 'summarize' with what it makes there, and no human looks at it.
  approve: { approval: Approve, by: lead, covers: [letter], on: { approve: send, modify: finish, reject: finish } }
  send: { task: Send, by: bot, mode: ai-executed, reads: [letter], effects: [{ kind: message, to: customer }], next: forward }
  forward: { task: Forward, by: bot, mode: ai-executed, reads: [claim], effects: [{ kind: message, to: shop, uses: [letter] }], next: chat }
  chat: { task: Chat, by: bot, mode: ai-executed, writes: [offer], effects: [{ kind: message, to: customer, uses: [offer] }], next: finish }
  #                                                                                  ^^^^^^^ accountability/unreviewed-ai-to-sink: 'offer' goes into the message of 'chat' as the AI 'bot' writes it there, with no human having looked at it. Let a person review [offer] in a step between.
  finish: { end: Finished }
`);
});

test('silent: reviewed on every path, approved field by field, made by people, or only handed to people of the house', () => {
  check(`${drafted}
start: { from: clerk, gives: [claim], next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, reads: [claim], writes: [letter, offer], next: show }
  show: { task: Show, by: erp, effects: [{ kind: message, to: lead, uses: [letter] }, { kind: record, uses: [letter] }], next: check }
  check: { review: Check, by: lead, reviews: [letter], outcomes: [seen], next: prices }
  prices: { approval: Prices, by: lead, covers: [offer.amount, offer.text], outcomes: [approve, reject], on: { approve: sure, reject: finish } }
  sure: { decision: Sure, by: owner, reviews: [offer.sure], outcomes: [yes, no], effects: [{ kind: decision, uses: [offer.sure] }], next: post }
  post: { task: Post, by: erp, effects: [{ kind: publish, uses: [letter] }, { kind: payment, uses: [offer] }], next: own }
  own: { task: Own words, by: clerk, reads: [claim], writes: { letter: [claim] }, next: send }
  send: { task: Send, by: clerk, effects: [{ kind: message, to: customer, uses: [letter, claim] }], next: finish }
  finish: { end: Finished }
`);
});

test('a policy that admits the effect counts as a review; where that cannot be proved, it is said once', () => {
  check(`${drafted}
policies:
  small: { admits: [payment], when: offer.amount <= 100 }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [offer], next: [{ when: offer.amount <= 50, to: pay }, { else: pay-more }] }
  pay: { task: Pay, by: erp, effects: [{ kind: payment, uses: [offer], admitted-by: small }], next: finish }
  pay-more: { task: Pay, by: erp, effects: [{ kind: payment, uses: [offer], admitted-by: small }], next: finish }
  #                                                 ^^^^^^^ info accountability/unreviewed-ai-to-sink?: Whether the policy 'small' admits the payment of 'pay-more' is not known
  finish: { end: Finished }
`);
});

test('output of an AI that comes from elsewhere is output of an AI: as declared, in a message, or from a library', () => {
  check(
    `${drafted.replace('use: [./people.aiwf.yaml]', 'use: [./people.aiwf.yaml, ./media.aiwf.yaml]')}
start: { from: customer, gives: [photo], next: hear }
steps:
  hear: { wait: Hear, until: told, within: 1d, next: post }
  post: { task: Post, by: clerk, effects: [{ kind: publish, uses: [photo] }, { kind: message, to: customer, uses: [news] }], next: finish }
  #                                                ^^^^^^^ accountability/unreviewed-ai-to-sink: no human has looked at 'photo', which an AI has made
  #                                                                                  ^^^^^^^ accountability/unreviewed-ai-to-sink: no human has looked at what the AI 'helper' sends
  finish: { end: Finished }
#- media.aiwf.yaml
aiwf: 1
library: media
use: [./people.aiwf.yaml]
data:
  photo: { class: internal, media: image, origin: [ai] }
  news: { class: internal }
events:
  told: { kind: message, from: helper, gives: [news] }
`,
  );
});

test('a called file that publishes what it is given is seen at the call', () => {
  check(`${drafted}
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: publish }
  publish: { call: ./publish.aiwf.yaml, with: { text: letter }, next: finish }
  #                ^^^^^^^^^^^^^^^^^^^ accountability/unreviewed-ai-to-sink
  finish: { end: Finished }
#- publish.aiwf.yaml
aiwf: 1
workflow: publish
accountable: owner
use: [./people.aiwf.yaml]
data: { text: { class: internal } }
start: { gives: [text], next: post }
steps:
  post: { task: Post, by: clerk, effects: [{ kind: publish, uses: [text] }], next: finish }
  finish: { end: Finished }
`);
});

test('nothing is said of what is half typed', () => {
  const text = `${drafted}
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: post }
  post: { task: Post, by: clerk, effects: [{ kind: , uses: [letter] }, { uses: }, ], next: finish }
  finish: { end: Finished }
`;
  assert.deepEqual(
    findingsOf(text).filter(({ rule }) => rule === 'accountability/unreviewed-ai-to-sink'),
    [],
  );
});

test('where the AI does what cannot be taken back, the rule on approvals says it and names this one', () => {
  const { check: both } = forRules('accountability/unreviewed-ai-to-sink', 'oversight/irreversible-unapproved');
  const [finding] = both(`${drafted}
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: post }
  post: { task: Post, by: clerk, effects: [{ kind: publish, irreversible: true, uses: [letter] }], next: finish }
  #                                                ^^^^^^^ oversight/irreversible-unapproved
  finish: { end: Finished }
`);
  assert.deepEqual(
    finding?.also?.map(({ rule }) => rule),
    ['accountability/unreviewed-ai-to-sink'],
  );
});

test('the fix lets a person approve it first', () => {
  assert.match(
    fixed(
      `${drafted}
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: post }
  post: # to the web site
    task: Post
    by: clerk
    effects: [{ kind: publish, uses: [letter] }]
    next: finish
  finish: { end: Finished }
`,
      "Let 'owner' approve it first",
    ),
    /writes: \[letter\], next: approve-post \}[\s\S]*\+ {3}approve-post:\n\+ {5}approval: Approve what 'post' does\n\+ {5}by: owner\n\+ {5}covers: \[letter\]/,
  );
});

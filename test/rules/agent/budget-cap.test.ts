// What an agent may spend is capped.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check } = forRules('agent/budget-cap');

const full = 'limits: { cost: 2 EUR, calls: 30, tokens: 200k, wall: 10m }';
const rest = `
defaults: { accepts: quick, on: { error: by-hand, unavailable: by-hand } }
start: { next: work }
steps:
  by-hand: { task: Do it by hand, by: clerk, next: done }
  done: { end: Done }
`;

test('an agent without limits, and with a time limit alone', () => {
  check(`${head}
actors:
  wild: { kind: agent, sponsor: ai-lead }
  #^^^ warning agent/budget-cap: The AI agent 'wild' works in 'work' without a cap on 'cost', 'calls' or 'tokens' and its time ('wall'). Add it to 'limits'.
  timed: { kind: agent, sponsor: ai-lead, limits: { wall: 10m } }
  #                                       ^^^^^^ agent/budget-cap: 'timed' works in 'more' without a cap on 'cost', 'calls' or 'tokens'.
${rest}
  work: { task: Work, by: wild, mode: ai-executed, next: more }
  more: { task: More, by: clerk, assisted-by: [timed], mode: ai-augmented, decides: clerk, next: done }
`);
});

test('no time limit, neither of the agent nor of the step', () => {
  check(`${head}
actors:
  slow: { kind: agent, sponsor: ai-lead, limits: { calls: 30 } }
  #                                      ^^^^^^ agent/budget-cap: 'slow' works in 'more' without a cap on its time ('wall').
${rest}
  work: { task: Work, by: slow, mode: ai-executed, within: 1h, next: more, on: { timeout: by-hand } }
  more: { task: More, by: slow, mode: ai-executed, next: done }
`);
});

test('an agent that only comes in when another one is unavailable', () => {
  check(`${head}
actors:
  first: { kind: agent, sponsor: ai-lead, fallback: second, ${full} }
  second: { kind: agent, sponsor: ai-lead }
  #^^^^^ agent/budget-cap: 'second' works in 'work'
${rest}
  work: { task: Work, by: first, mode: ai-executed, next: done }
`);
});

test('an imported agent is reported in its own file', () => {
  check(`${head.replace(']', ', ./ai.aiwf.yaml]')}${rest}
  work: { task: Work, by: far-bot, mode: ai-executed, next: done }
#- ai.aiwf.yaml
aiwf: 1
library: ai
actors:
  boss: { kind: human }
  far-bot: { kind: agent, sponsor: boss, limits: { wall: 10m } }
  #                                      ^^^^^^ agent/budget-cap: 'far-bot' works without a cap
`);
});

test('delegates that may use more than who delegates', () => {
  check(
    `${head}
actors:
  boss-bot:
    kind: agent
    sponsor: ai-lead
    delegates: [{ to: small-bot, max-parallel: 5 }, { to: other-bot }]
    limits: { cost: 2 EUR, calls: 100, tokens: 200k, wall: 10m }
    #         ^^^^ agent/budget-cap: The delegates of 'boss-bot' may use more than it may itself ('cost': 'small-bot' 5 × 0.5 EUR and 'other-bot' 1 EUR, against 2 EUR).
    #                                                ^^^^ agent/budget-cap: may take longer
  small-bot: { kind: agent, sponsor: ai-lead, limits: { cost: 0.50 EUR, calls: 10, tokens: 20k, wall: 5m } }
  other-bot: { kind: agent, sponsor: ai-lead, limits: { cost: 1 EUR, calls: 50, tokens: 100k, wall: 1h } }
${rest}
  work: { task: Work, by: boss-bot, mode: ai-executed, next: done }
`,
  );
});

test('silent: caps of delegates that fit, to the last cent, counted once where a step names them too, and another currency', () => {
  check(`${head}
actors:
  boss-bot: { kind: agent, sponsor: ai-lead, delegates: [{ to: a-bot, max-parallel: 3 }, { to: b-bot }], limits: { cost: 0.30 EUR, calls: 30, wall: 10m } }
  a-bot: { kind: agent, sponsor: ai-lead, limits: { cost: 0.10 EUR, calls: 10, wall: 10m } }
  b-bot: { kind: agent, sponsor: ai-lead, limits: { cost: 9 USD, wall: 10m } }
${rest}
  work: { task: Work, by: boss-bot, delegates-to: [a-bot], mode: ai-executed, next: done }
`);
});

test('a threshold for one payment in a loop: many small ones pass under it', () => {
  const [finding] = check(`${head}
actors: { payer: { kind: agent, sponsor: ai-lead, ${full} } }
${rest}
  work:
    task: Pay
    by: payer
    mode: ai-executed
    effects:
      - { kind: payment, to: customer, max: 50 EUR, uses: [offer] }
      #                                ^^^ error agent/budget-cap: 'work' may do up to 50 EUR again and again (in a loop), and nothing bounds the sum: one large amount can be split into many small ones. Add 'cumulative' to the 'limits' of 'payer'.
    next: check
  check: { review: Check, by: lead, reviews: [offer], on: { approve: done, modify: done, reject: { to: work, max: 3, exhausted: by-hand } } }
`);
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['work', 'check', 'work'],
  );
});

test('over an exceptional edge, and for each element of a list, under a policy', () => {
  check(`${head}
actors: { payer: { kind: agent, sponsor: ai-lead, ${full} } }
data: { bill: { fields: { lines: [{ sum: number }] } } }
policies: { small: { admits: [payment, record], when: line.sum <= 50 } }
${rest}
  work:
    scope: Each line
    for-each: { item: line, in: bill.lines }
    start: pay
    next: again
    steps:
      pay: { task: Pay, by: payer, mode: ai-executed, effects: [{ kind: payment, to: customer, amount: line.sum, admitted-by: small }], on: { error: by-hand, unavailable: by-hand }, next: paid }
      #                                                                                                                       ^^^^^ error agent/budget-cap: whatever the policy 'small' admits again and again (for each of 'bill.lines')
      paid: { end: Paid }
  again: { task: Try, by: payer, mode: ai-executed, within: 1h, effects: [{ kind: refund, max: 5 EUR }], on: { timeout: again }, next: done }
  #                                                                                       ^^^ agent/budget-cap: in a loop
`);
});

test('silent: a cumulative limit, no circle, another performer, or no threshold', () => {
  check(`${head}
actors:
  payer: { kind: agent, sponsor: ai-lead, limits: { cost: 1 EUR, wall: 1m, cumulative: { per: day, amount: 500 EUR } } }
  other: { kind: agent, sponsor: ai-lead, ${full} }
${rest}
  work: { task: Pay, by: payer, mode: ai-executed, effects: [{ kind: payment, max: 50 EUR }], next: [{ label: again, to: work }, { label: enough, to: once }] }
  once: { task: Pay once, by: other, mode: ai-executed, effects: [{ kind: payment, max: 50 EUR }], next: post }
  post: { task: Post, by: other, mode: ai-executed, effects: [{ kind: record }], next: [{ label: again, to: post }, { label: enough, to: book }] }
  book: { task: Book, by: erp, effects: [{ kind: payment, max: 50 EUR }], next: [{ label: again, to: book }, { label: enough, to: done }] }
`);
});

test('silent: any cap on what is spent, an agent that does not work here, and half a limit', () => {
  check(`${head}
actors:
  a-bot: { kind: agent, sponsor: ai-lead, limits: { tokens: 200k, wall: 10m } }
  idle: { kind: agent, sponsor: ai-lead }
  half: { kind: agent, sponsor: ai-lead, limits: { cost: much, wall: 10m } }
  #                                                      ^^^^ language/invalid-value
${rest}
  work: { task: Work, by: a-bot, mode: ai-executed, next: more }
  more: { task: More, by: half, mode: ai-executed, next: done }
`);
});

// flow/fallback-drops-control: what stands before an effect on the usual way stands before it on every fallback as well.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check: checkText, fixed } = forRules('flow/fallback-drops-control');

const frame = `${head}
start: { next: draft }
`;
const rest = `  by-hand: { task: By hand, by: owner, next: finish }
  finish: { end: Finished }
`;

/** Checks the steps between a start at `draft` and the steps `by-hand` and `finish`. */
function check(steps: string, declarations = '') {
  return checkText(`${frame}${declarations}steps:${steps}${rest}`);
}

const approve =
  'check: { approval: Check, by: lead, covers: [letter], on: { approve: send, modify: by-hand, reject: by-hand } }';
const send =
  'send: { task: Send, by: clerk, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }';
const work = 'task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check';

test('a fallback that goes past the approval is a fault, whoever does the work there', () => {
  const [finding] = check(`
  draft: { ${work}, on: { error: by-hand, unavailable: write } }
  #                                                                                                                   ^^^^^ flow/fallback-drops-control: When 'draft' ends with 'unavailable', the external message of 'send' comes about without the approval of 'letter' ('check'), which stands before it otherwise. Lead this way back before it.
  ${approve}
  write: { task: Write it, by: clerk, writes: [letter], next: send }
  ${send}
`);
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['draft', 'write', 'send'],
  );
  check(`
  draft: { ${work}, on: { error: write, unavailable: by-hand } }
  #                                                                                             ^^^^^ flow/fallback-drops-control: When 'draft' ends with 'error'
  ${approve}
  write: { task: Write it, by: helper, mode: ai-executed, writes: [letter], next: send, on: { error: by-hand, unavailable: by-hand } }
  ${send}
`);
});

test('what stands before the effect is named, and not what judges the same elsewhere', () => {
  check(`
  draft: { ${work}, on: { error: by-hand, unavailable: write } }
  #                                                                                                                   ^^^^^ flow/fallback-drops-control: without the approval of 'letter' ('check'), which stands before it otherwise
  look: { approval: Look, by: lead, covers: [letter], on: { approve: finish, modify: finish, reject: finish } }
  ${approve.replace('reject: by-hand', 'reject: look')}
  write: { task: Write it, by: clerk, writes: [letter], next: send }
  ${send}
`);
});

test('low confidence, a time limit, a refused handoff and a bound that is used up are other ways as well', () => {
  check(`
  draft: { ${work}, gate: { on: offer.sure, at-least: 0.8, below: write }, on: { error: by-hand, unavailable: by-hand } }
  #                                                                                                                              ^^^^^ flow/fallback-drops-control: ends with 'low-confidence'
  ${approve}
  write: { task: Write it, by: clerk, writes: [letter], next: send }
  ${send}
`);
  check(`
  draft: { ${work}, within: 1h, on: { error: by-hand, unavailable: by-hand, timeout: write } }
  #                                                                                                                                                 ^^^^^ flow/fallback-drops-control: ends with 'timeout'
  ${approve}
  write: { task: Write it, by: clerk, writes: [letter], next: send }
  ${send}
`);
});

test('another performer of the same step, from an imported file, after whom nobody checks', () => {
  checkText(`${frame.replace('./people.aiwf.yaml', './people.aiwf.yaml, ./agents.aiwf.yaml')}steps:
  draft: { ${work.replace('bot', 'first-bot')}, on: { error: by-hand } }
  check: { task: Check by rule, by: erp, reads: [letter], validates: [letter], next: send, on: { error: send } }
  #                                                                                                     ^^^^ flow/fallback-drops-control: without the check of 'letter' ('check')
  ${send}
${rest}#- agents.aiwf.yaml
aiwf: 1
library: agents
actors: { first-bot: { kind: agent, sponsor: boss, fallback: boss }, boss: { kind: human, holders: 1 } }
`);
});

test('what a person is told of an AI is missing where another AI takes over, and not where a person does', () => {
  const steps = (by: string) => `
  draft: { route: Which way, next: tell }
  tell: { disclose: Say that an AI answers, by: erp, says: [ai], to: customer, next: answer, on: { error: other } }
  answer: { task: Answer, by: bot, mode: ai-executed, effects: [{ kind: message, to: customer, external: true, uses: [claim] }], next: finish, on: { error: by-hand, unavailable: by-hand } }
  other: { task: Look it up, ${by}, next: say, on: { error: by-hand, unavailable: by-hand } }
  say: { task: Answer, ${by}, effects: [{ kind: message, to: customer, external: true, uses: [claim] }], next: finish, on: { error: by-hand, unavailable: by-hand } }
`;
  check(steps('by: clerk'));
  check(`
  draft: { route: Which way, next: tell }
  tell: { disclose: Say that an AI answers, by: erp, says: [ai], to: customer, next: answer, on: { error: answer } }
  #                                                                                                       ^^^^^^ flow/fallback-drops-control: without what 'customer' is told of the AI ('tell')
  answer: { task: Answer, by: bot, mode: ai-executed, effects: [{ kind: message, to: customer, external: true, uses: [claim] }], next: finish, on: { error: by-hand, unavailable: by-hand } }
`);
});

test('a record that is made on every usual way', () => {
  check(
    `
  draft: { ${work.replace('next: check', 'next: send')}, log: { to: audit, fields: [case] }, on: { error: by-hand, unavailable: write } }
  #                                                                                                                                                      ^^^^^ flow/fallback-drops-control: without a record in 'audit'
  write: { task: Write it, by: clerk, writes: [letter], next: send }
  ${send}
`,
    'stores: { audit: { kind: log } }\n',
  );
});

test('no fault: what is done instead is recorded elsewhere', () => {
  check(
    `
  draft: { ${work.replace('next: check', 'next: send')}, log: { to: audit, fields: [case] }, on: { error: by-hand, unavailable: write } }
  write: { task: Write it, by: clerk, writes: [letter], log: { to: journal, fields: [case] }, next: send }
  ${send}
`,
    'stores: { audit: { kind: log }, journal: { kind: log } }\n',
  );
});

test('an AI in a sandbox that hands over to one outside it', () => {
  check(`
  draft: { task: Try the code, by: bot, mode: ai-executed, sandbox: true, next: finish, on: { error: try-again, unavailable: by-hand } }
  #                                                                                                  ^^^^^^^^^ flow/fallback-drops-control: 'draft' runs in a sandbox, and when it ends with 'error' an AI goes on in 'try-again' without one. Add 'sandbox: true' to 'try-again'.
  try-again: { task: Try the code, by: helper, mode: ai-executed, next: finish, on: { error: by-hand, unavailable: by-hand } }
`);
});

test('no fault: a fallback that comes back before the approval, or has one of its own', () => {
  check(`
  draft: { ${work}, on: { error: write, unavailable: write } }
  write: { task: Write it, by: clerk, writes: [letter], next: check }
  ${approve}
  ${send}
`);
  check(`
  draft: { ${work}, on: { error: write, unavailable: write } }
  write: { task: Write it, by: clerk, writes: [letter], next: confirm }
  confirm: { approval: Confirm, by: owner, covers: [letter], on: { approve: send, modify: by-hand, reject: by-hand } }
  ${approve}
  ${send}
`);
});

test('no fault: whoever could approve does the work, the effect is another one, or nothing comes about', () => {
  check(`
  draft: { ${work}, on: { error: write, unavailable: write } }
  ${approve}
  write: { task: Write it, by: lead, writes: [letter], next: send }
  ${send}
`);
  check(`
  draft: { ${work}, on: { error: call, unavailable: by-hand } }
  ${approve}
  ${send}
  call: { task: Call the customer, by: clerk, effects: [{ kind: call, external: true, uses: [claim] }], next: finish }
`);
});

test('no fault: the usual way has not got it either, or the judge is the one who does not answer', () => {
  check(`
  draft: { ${work.replace('next: check', 'next: [{ when: offer.sure > 0.9, to: send }, { else: check }]')}, on: { error: write, unavailable: by-hand } }
  ${approve}
  write: { task: Write it, by: clerk, writes: [letter], next: send }
  ${send}
`);
  check(`
  draft: { ${work}, on: { error: by-hand, unavailable: by-hand } }
  check: { approval: Check, by: lead, covers: [letter], within: 1d, on: { approve: send, modify: by-hand, reject: by-hand, timeout: send } }
  ${send}
`);
});

test('while the target of the fallback is a typing error, only that is said', () => {
  check(`
  draft: { ${work}, on: { error: by-hand, unavailable: writ } }
  #                                                                                                                   ^^^^ structure/unresolved-reference: No step 'writ' is declared. Did you mean 'write'?
  ${approve}
  write: { task: Write it, by: clerk, writes: [letter], next: send }
  ${send}
`);
});

test('the general rules are folded into this one', () => {
  const { findingsOf } = forRules('flow/fallback-drops-control', 'oversight/irreversible-unapproved');
  const found = findingsOf(`${frame}steps:
  draft: { ${work}, on: { error: by-hand, unavailable: write } }
  ${approve}
  write: { task: Write it, by: helper, mode: ai-executed, writes: [letter], next: send, on: { error: by-hand, unavailable: by-hand } }
  ${send}
${rest}`);
  assert.deepEqual(
    found.map(({ rule, also }) => [rule, ...(also ?? []).map((folded) => folded.rule)]),
    [['flow/fallback-drops-control', 'oversight/irreversible-unapproved']],
  );
});

test('the fix leads the work of the fallback through the approval', () => {
  const text = `${frame}steps:
  draft: { ${work}, on: { error: by-hand, unavailable: write } }
  ${approve}
  write: { task: Write it, by: clerk, writes: [letter], next: send } # in a hurry
  ${send}
${rest}`;
  assert.equal(
    fixed(text, "Let 'write' go on with 'check'"),
    `-   write: { task: Write it, by: clerk, writes: [letter], next: send } # in a hurry
+   write: { task: Write it, by: clerk, writes: [letter], next: check } # in a hurry`,
  );
});

test('the fallback that loses the control is named, and not a later one that only goes on without it', () => {
  check(`
  draft: { task: Draft, by: erp, accepts: quick, validates: [letter], next: check, on: { error: write } }
  #                                                                                             ^^^^^ flow/fallback-drops-control: When 'draft' ends with 'error', the external message of 'send' comes about without the check of 'letter' ('draft')
  write: { task: Write it, by: clerk, next: check }
  check: { task: Look, by: lead, within: 1d, next: send, on: { timeout: send } }
  ${send}
`);
});

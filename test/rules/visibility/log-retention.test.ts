// visibility/log-retention: logs are kept as long as law and organization ask.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('visibility/log-retention');
const month = 30 * 24 * 60;

const flow = (log: string, risk = 'high') => `${head}risk: ${risk}
stores:
  short: { kind: log, retain: 30d }
  long: { kind: log, retain: 7y }
  open: { kind: log }
  erased: { kind: log, retain: { min: 6mo, max: 90d } }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, accepts: quick, ${log} next: post, on: { error: post, unavailable: post } }`;
const rest = `  post: { task: Post, by: clerk, accepts: quick, log: { to: short, fields: [case] }, next: finish }
  finish: { end: Finished }
`;

test('what an AI of high risk does is kept for six months, by its log or by the store of it', () => {
  check(`${flow('log: { to: open, fields: [case], retain: 90d },')}
  #                                                                                                          ^^^ error visibility/log-retention: What 'draft' logs is kept for 90d, and 6mo are needed. Keep it longer.
${rest}`);
  check(`${head}risk: high
stores:
  short: { kind: log, retain: 30d }
  #                           ^^^ visibility/log-retention: What 'draft' logs is kept for 30d by 'short', and 6mo are needed. Keep it longer.
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, accepts: quick, log: { to: short, fields: [case] }, next: post, on: { error: post, unavailable: post } }
${rest}`);
});

test('a store that deletes too early is at fault however long the log asks to be kept', () => {
  check(`${head}risk: high
stores:
  short: { kind: log, retain: 30d }
  erased: { kind: log, retain: { min: 30d, max: 90d } }
  #                                             ^^^ visibility/log-retention: What 'draft' logs is deleted after 90d by 'erased', and 6mo are needed.
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, accepts: quick, log: { to: erased, fields: [case], retain: 7y }, next: post, on: { error: post, unavailable: post } }
${rest}`);
});

test('the organization may ask for more, of every log; the log of all steps is said once, also over an exceptional edge', () => {
  check(
    `${head}
stores: { audit: { kind: log } }
defaults: { log: { to: audit, fields: [case], retain: 1y } }
#                                                     ^^ visibility/log-retention: What the steps log is kept for 1y, and 2y are needed.
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, within: 1d, next: finish, on: { timeout: post } }
  post: { task: Post, by: clerk, log: { to: audit, fields: [case], retain: 23mo }, next: finish }
  #                                                                        ^^^^ visibility/log-retention: What 'post' logs is kept for 23mo, and 2y are needed.
  finish: { end: Finished }
`,
    { parameters: { logRetention: 2 * 365 * 24 * 60 } },
  );
});

test('an imported store is said where this file names it', () => {
  check(`${head.replace('people.aiwf.yaml]', 'people.aiwf.yaml, ./stores.aiwf.yaml]')}risk: high
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, accepts: quick, log: { to: runs, fields: [case] }, next: finish, on: { error: finish, unavailable: finish } }
  #                                                                            ^^^^ visibility/log-retention: What 'draft' logs is kept for 90d by 'runs', and 6mo are needed.
  finish: { end: Finished }
#- stores.aiwf.yaml
aiwf: 1
library: stores
stores: { runs: { kind: log, retain: 90d } }
`);
});

test('nothing said about it leaves it open', () => {
  check(`${flow('log: { to: open, fields: [case] },')}
  #                                                                            ^^^^ info visibility/log-retention?: How long what 'draft' logs is kept is not stated, and 6mo are needed. State 'retain' here or at 'open'.
${rest}`);
});

test('silent: long enough by either, no high risk, no AI at work, no log, read from data, nobody’s store', () => {
  check(`${flow('log: { to: short, fields: [case], retain: 180d },')}
${rest}`);
  check(`${flow('log: { to: long, fields: [case], retain: 30d },')}
${rest}`);
  check(`${flow('log: { to: open, fields: [case], retain: 30d },', 'limited')}
${rest}`);
  check(`${flow('')}
${rest}`);
  check(`${flow('log: { to: open, fields: [case], retain: claim.amount },')}
${rest}`);
  check(`${flow('log: { to: nowhere, fields: [case] },')}
  #                                                                            ^^^^^^^ structure/unresolved-reference
${rest}`);
});

test('the project’s own minimum counts beside the six months of the law', () => {
  check(
    `${flow('log: { to: open, fields: [case], retain: 5mo },')}
  #                                                                                                          ^^^ visibility/log-retention: kept for 5mo, and 6mo are needed
${rest.replace('log: { to: short, fields: [case] }, ', '')}`,
    { parameters: { logRetention: 3 * month } },
  );
});

test('the time is raised to what is needed', () => {
  assert.equal(
    fixed(
      `${head}risk: high
stores: { audit: { kind: log } }
start: { next: draft }
steps:
  draft:
    task: Draft
    by: bot
    mode: ai-executed
    accepts: quick
    log: { to: audit, fields: [case], retain: 90d } # as long as the store is cheap
    next: finish
    on: { error: finish, unavailable: finish }
  finish: { end: Finished }
`,
      'Keep it for 6mo',
    ),
    `-     log: { to: audit, fields: [case], retain: 90d } # as long as the store is cheap
+     log: { to: audit, fields: [case], retain: 6mo } # as long as the store is cheap`,
  );
});

// handoff/ai-to-human-context: whoever judges the work of an AI is shown what is needed to judge it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed, findingsOf } = forRules('handoff/ai-to-human-context');

const draft =
  '  draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: check, on: { error: finish, unavailable: finish } }';
const ways = 'on: { approve: finish, modify: finish, reject: finish }';
const around = (check: string, before = '') => `${head}${before}
start: { next: draft }
steps:
${draft}
${check}
  finish: { end: Finished }
`;

test('an approval of the work of an AI without any context', () => {
  const [finding] = check(
    around(`  check: { approval: Check, by: lead, covers: [letter], ${ways} }
# ^^^^^ warning handoff/ai-to-human-context: 'lead' judges the work of 'bot' in 'check', and the handoff does not say that the person is shown what it proposes, on what grounds, how sure it is, what it has done already and what it cannot do. Add proposal, evidence, confidence, actions and limits to 'context'.`),
  );
  assert.deepEqual(
    finding?.witness.map(({ step, note }) => `${step}${note && `: ${note}`}`),
    ['draft', 'check: without proposal, evidence, confidence, actions and limits'],
  );
});

test('the part that is missing, at the list where it belongs; at high risk it is an error', () => {
  check(
    around(
      `  check:
    approval: Check
    by: lead
    covers: [letter]
    accepts: { ack: 1h, context: [proposal, evidence, actions, limits] }
    #                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error handoff/ai-to-human-context: the person is shown how sure it is. Add confidence to 'context'.
    ${ways}`,
      'risk: high\n',
    ),
  );
});

test('work that comes after a timeout, over a route, or on an edge with a contract of its own', () => {
  check(`${head}
start: { next: draft }
steps:
  draft:
    task: Draft
    by: bot
    mode: ai-executed
    within: 1h
    next: { to: sort, handoff: { ack: 1h, context: [proposal] } }
    #                                              ^^^^^^^^^^ warning handoff/ai-to-human-context: 'lead' judges the work of 'bot' in 'check'
    on: { error: finish, unavailable: finish, timeout: look }
  sort: { route: Sort, next: check }
  check: { review: Check, by: lead, reviews: [letter], ${ways} }
  look: { decision: Look, by: clerk, outcomes: [take, leave], accepts: quick, next: finish }
  #                                                           ^^^^^^^ warning handoff/ai-to-human-context: 'clerk' judges the work of 'bot' in 'look'
  finish: { end: Finished }
`);
});

test('a contract of a library is judged where the step takes it on', () => {
  check(`aiwf: 1
workflow: w
accountable: boss
use: [./team.aiwf.yaml]
start: { next: draft }
steps:
  draft: { task: Draft, by: scribe, mode: ai-executed, next: check, on: { error: finish, unavailable: finish } }
  check: { decision: Check, by: boss, accepts: from-ai, next: look }
  #                                   ^^^^^^^ warning handoff/ai-to-human-context: the person is shown what it cannot do. Add limits to 'context'.
  look: { task: Look, by: boss, next: finish }
  finish: { end: Finished }
#- team.aiwf.yaml
aiwf: 1
library: team
actors:
  boss: { kind: human, holders: 1 }
  scribe: { kind: agent, sponsor: boss }
handoffs: { from-ai: { ack: 1h, context: [proposal, evidence, confidence, actions] } }
`);
});

const all = 'context: [proposal, evidence, confidence, actions, limits]';

test('silent: all of it is shown, by the step, the edge, a name or the defaults', () => {
  const review = (more: string) => `  check: { review: Check, by: lead, reviews: [letter], ${more}${ways} }`;
  check(around(review(`accepts: { ack: 1h, ${all} }, `)));
  check(around(review(`accepts: [quick, { ${all} }], `)));
  check(around(review(''), `defaults: { accepts: { ack: 1h, ${all} } }\n`));
  check(around(review('accepts: shown, '), `handoffs: { shown: { ${all} } }\n`));
});

test('silent: work without a judgment, judgments of the work of people, and an AI that judges', () => {
  check(`${head}
start: { next: draft }
steps:
${draft.replace('next: check', 'next: polish')}
  polish: { task: Polish, by: clerk, reads: [letter], next: check }
  check: { review: Check, by: lead, reviews: [letter], on: { approve: again, modify: again, reject: finish } }
  again: { task: Draft again, by: bot, mode: ai-executed, next: judge, on: { error: finish, unavailable: finish } }
  judge: { review: Judge, by: helper, mode: ai-executed, reviews: [letter], next: finish, on: { error: finish, unavailable: finish } }
  finish: { end: Finished }
`);
});

test('silent: an AI that only assists hands nothing over, and an unreachable step receives nothing', () => {
  check(`${head}
start: { next: write }
steps:
  write: { task: Write, by: clerk, assisted-by: [helper], decides: clerk, mode: ai-augmented, next: check }
  check: { approval: Check, by: lead, covers: [letter], ${ways} }
  lost: { task: Lost, by: bot, mode: ai-executed, next: look, on: { error: finish, unavailable: finish } }
  look: { approval: Look, by: lead, covers: [letter], ${ways} }
  finish: { end: Finished }
`);
});

test('a contract whose name resolves to nothing is said as that', () => {
  check(
    around(`  check: { approval: Check, by: lead, covers: [letter], accepts: quikc, ${ways} }
  #                                                              ^^^^^ structure/unresolved-reference`),
  );
});

test('one finding a step, however many agents hand over to it', () => {
  const findings = findingsOf(`${head}
start: { next: { all: [draft, search] } }
steps:
${draft}
  search: { task: Search, by: helper, mode: ai-executed, next: check, on: { error: finish, unavailable: finish } }
  check: { approval: Check, by: lead, join: all, covers: [letter], ${ways} }
  finish: { end: Finished }
`).filter(({ rule }) => rule === 'handoff/ai-to-human-context');
  assert.equal(findings.length, 1);
  assert.match(findings[0]?.message ?? '', /the work of 'bot' and 'helper'/);
});

test('what is missing is added to the list, to the terms, or laid over a named contract', () => {
  const approval = (accepts: string) =>
    `  check: { approval: Check, by: lead, covers: [letter], ${accepts}${ways} } # soon`;
  const full = '[proposal, evidence, confidence, actions, limits]';
  assert.equal(
    fixed(
      around(approval('accepts: { context: [proposal, evidence, confidence], ack: 1h }, ')),
      'Show actions and limits as well',
    ),
    `- ${approval('accepts: { context: [proposal, evidence, confidence], ack: 1h }, ')}
+ ${approval(`accepts: { context: ${full}, ack: 1h }, `)}`,
  );
  const everything = 'Show proposal, evidence, confidence, actions and limits as well';
  assert.equal(
    fixed(around(approval('accepts: { ack: 1h }, ')), everything),
    `- ${approval('accepts: { ack: 1h }, ')}
+ ${approval(`accepts: { ack: 1h, context: ${full} }, `)}`,
  );
  assert.equal(
    fixed(around(approval('accepts: quick, ')), everything),
    `- ${approval('accepts: quick, ')}
+ ${approval(`accepts: [quick, { context: ${full} }], `)}`,
  );
  assert.equal(
    fixed(around(approval(''), 'defaults: { accepts: quick }\n'), everything),
    `- ${approval('')}
+ ${approval('').replace(' } # soon', `, accepts: [quick, { context: ${full} }] } # soon`)}`,
  );
});

test('silent: whoever decides alone where the AI has failed is handed nothing by it', () => {
  const failed = (looks: string) => `${head}
start: { gives: [claim], next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, reads: [claim], writes: [letter], next: sent, on: { error: alone, unavailable: alone } }
  alone: { decision: Decide alone, by: lead, reviews: [${looks}], next: finish }
  sent: { end: Sent }
  finish: { end: Finished }
`;
  check(failed('claim'));
  assert.deepEqual(
    findingsOf(failed('claim, letter')).map(({ rule }) => rule),
    ['handoff/ai-to-human-context'],
  );
});

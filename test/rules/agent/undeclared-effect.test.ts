// agent/undeclared-effect: what a step may do with its tools is what its effects say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('agent/undeclared-effect');

const worker = `${head}
actors:
  worker:
    kind: agent
    sponsor: ai-lead
    tools:
      search: { effect: none, external: true }
      note: { effect: reversible }
      mail: { effect: reversible, external: true }
      refund: { effect: irreversible }
defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: work }
`;

test('a tool that does more than the effects of its step say is a fault, said once, at its name', () => {
  check(`${worker}steps:
  work: { task: Work, by: worker, mode: ai-executed, uses: [search, refund, mail], next: more }
  #                                                                 ^^^^^^ agent/undeclared-effect: 'work' may call 'refund' of 'worker' (irreversible) and 'mail' of 'worker' (reversible and external), but the step declares no effect. Declare it in 'effects', or take it out of 'uses'.
  more: { task: Go on, by: worker, mode: ai-executed, uses: [refund], effects: [{ kind: message, external: true }], next: finish }
  #                                                          ^^^^^^ agent/undeclared-effect: 'more' may call 'refund' of 'worker' (irreversible), but no effect of the step says so. Declare it in 'effects', or take it out of 'uses'.
  finish: { end: Finished }
`);
});

test('an AI step that does not say what it uses may call everything its agent has, and what those have that it passes work to', () => {
  check(`${worker}steps:
  work: { task: Work, by: worker, mode: ai-executed, effects: [{ kind: message, external: true }], next: pass }
  #                       ^^^^^^ agent/undeclared-effect: 'work' may call 'refund' of 'worker' (irreversible), but no effect of the step says so. Declare it in 'effects', or name what the step needs in 'uses'.
  pass: { task: Pass it on, by: bot, mode: ai-executed, delegates-to: [worker], effects: [{ kind: message, external: true }], next: finish }
  #                             ^^^ agent/undeclared-effect: 'pass' may call 'refund' of 'worker'
  finish: { end: Finished }
`);
});

test('whoever takes over brings tools of their own: a fallback that may do more is a fault', () => {
  const findings =
    check(`${worker.replace('actors:\n', 'actors:\n  careful: { kind: agent, sponsor: ai-lead, fallback: worker, tools: { search: { effect: none } } }\n')}steps:
  work: { task: Work, by: careful, mode: ai-executed, next: finish }
  #                       ^^^^^^^ agent/undeclared-effect: 'work', once 'worker' takes over, may call 'note' of 'worker' (reversible), 'mail' of 'worker' (reversible and external) and 'refund' of 'worker' (irreversible), but the step declares no effect.
  finish: { end: Finished }
`);
  assert.equal(findings[0]?.witness.at(-1)?.edge?.label, 'unavailable: worker');
});

test('a tool without a stated effect counts as irreversible, and one that runs whatever it is told as external too', () => {
  check(`${head}
actors:
  worker: { kind: agent, sponsor: ai-lead, tools: { lookup: { scope: prices }, shell: { effect: reversible }, sql: {} } }
defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
start: { next: look }
steps:
  look: { task: Look, by: worker, mode: ai-executed, uses: [lookup], next: run }
  #                                                         ^^^^^^ agent/undeclared-effect: 'look' may call 'lookup' of 'worker' (irreversible, as its 'effect' is not stated)
  run: { task: Run, by: worker, mode: ai-executed, uses: [shell], effects: [{ kind: record }], next: ask }
  #                                                       ^^^^^ agent/undeclared-effect: 'run' may call 'shell' of 'worker' (irreversible and external, as it runs whatever it is told)
  ask: { task: Ask, by: worker, mode: ai-executed, uses: [sql], effects: [{ kind: record, irreversible: true }], next: finish }
  #                                                       ^^^ agent/undeclared-effect
  finish: { end: Finished }
`);
});

test('tools of an imported agent count like those of this file', () => {
  check(`
aiwf: 1
workflow: w
accountable: owner
use: [./people.aiwf.yaml, ./agents.aiwf.yaml]
start: { next: work }
steps:
  work: { task: Work, by: payer, mode: ai-executed, on: { error: finish, unavailable: finish }, next: finish }
  #                       ^^^^^ agent/undeclared-effect: 'work' may call 'pay' of 'payer' (irreversible)
  finish: { end: Finished }
#- agents.aiwf.yaml
aiwf: 1
library: agents
actors:
  payer: { kind: agent, sponsor: boss, tools: { pay: { effect: irreversible } } }
  boss: { kind: human, holders: 1 }
`);
});

test('what the effects say, what only reads, what cannot be reached and what runs in a sandbox is no fault', () => {
  check(`${worker}steps:
  work: { task: Work, by: worker, mode: ai-executed, effects: [{ kind: payment, irreversible: true }, { kind: message, external: true }], next: read }
  read: { task: Read, by: worker, mode: ai-executed, uses: [search], next: none }
  none: { task: Think, by: worker, mode: ai-executed, uses: [], next: try }
  try: { task: Try it out, by: worker, mode: ai-executed, sandbox: true, next: by-hand }
  by-hand: { task: By hand, by: clerk, effects: [{ kind: payment }], next: tell }
  tell: { task: Tell, by: worker, mode: ai-executed, uses: [mail], emits: [told], next: hold }
  hold: { scope: A scope, by: worker, mode: ai-executed, start: inner, steps: { inner: { task: Inner, by: clerk } }, next: finish }
  finish: { end: Finished }
events: { told: { kind: message, to: customer } }
`);
});

test('a narrow database tool says its scope and is believed; a system does what its step says', () => {
  check(`${head}
actors:
  worker: { kind: agent, sponsor: ai-lead, tools: { sql: { effect: none, scope: read-only replica }, browser-tests: { effect: none } } }
  ledger: { kind: system, tools: { post: { effect: irreversible }, show: { effect: none } } }
start: { next: look }
steps:
  look: { task: Look, by: worker, mode: ai-executed, on: { error: finish, unavailable: finish }, accepts: quick, next: show }
  show: { task: Show, by: ledger, accepts: quick, on: { error: finish }, next: post }
  post: { task: Post, by: ledger, uses: [post], on: { error: finish }, next: finish }
  #                                      ^^^^ agent/undeclared-effect: 'post' may call 'post' of 'ledger' (irreversible)
  finish: { end: Finished }
`);
});

test('while effects, uses or a tool are half typed, or a tool is unknown, nothing is said of them', () => {
  for (const step of ['uses:', 'effects:', 'uses: [refnd]', 'uses: [ledger.write]', 'uses: [odd]'])
    check(
      `${worker.replace('note: { effect: reversible }', 'odd: { effect: }')}steps:
  work:
    task: Work
    by: worker
    mode: ai-executed
    ${step}
    next: finish
  finish: { end: Finished }
`,
      { only: ['agent/undeclared-effect'] },
    );
});

test('the effect is declared beside the ones there are, or the step names the tools it needs', () => {
  const text = (effects: string) => `${worker}steps:
  work: # what it does
    task: Work
    by: worker
    mode: ai-executed
${effects}    next: finish
  finish: { end: Finished }
`;
  assert.equal(
    fixed(text('    uses: [refund, mail]\n'), "Declare what 'refund' and 'mail' do in 'effects'"),
    `+     effects: [{ kind: refund, irreversible: true }, { kind: mail, external: true }]`,
  );
  assert.equal(
    fixed(
      text('    uses: [refund]\n    effects:\n      - kind: message\n        external: true # to the customer\n'),
      "Declare what 'refund' does in 'effects'",
    ),
    '+       - { kind: refund, irreversible: true }',
  );
  assert.equal(
    fixed(text('    effects: [{ kind: message, external: true }]\n'), "Let it use only 'search', 'note' and 'mail'"),
    '+     uses: [search, note, mail]',
  );
});

// agent/generated-code-unsandboxed: what an AI programs runs in a sandbox, or is validated and reviewed first.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed, findingsOf } = forRules('agent/generated-code-unsandboxed');

const begin = `${head}
defaults: { accepts: quick, on: { error: finish, unavailable: finish, timeout: finish } }
actors:
  coder: { kind: agent, sponsor: ai-lead, tools: { shell: { effect: irreversible }, search: { effect: none } } }
  player: { kind: agent, sponsor: ai-lead, tools: { code-interpreter: { effect: none }, bash: { effect: reversible, scope: only ls } } }
  database: { kind: system, tools: { sql: { effect: irreversible } } }
data:
  patch: { class: internal, media: code }
  build: { class: internal }
  query: { class: internal, media: code }
  report: { class: internal, media: text }
`;

test('code of an AI, and what is built from it, is not deployed before it is validated and reviewed', () => {
  const [finding] = check(`${begin}
start: { from: clerk, gives: [claim], next: program }
steps:
  program: { task: Program, by: bot, mode: ai-executed, reads: [claim], writes: [patch], next: compile }
  compile: { task: Compile, by: erp, reads: [patch], writes: [build], next: release }
  release: { task: Release, by: erp, effects: [{ kind: deploy, uses: [build] }], next: finish }
  #                                                    ^^^^^^ agent/generated-code-unsandboxed: 'build' is run by the deploy of 'release' outside a sandbox, and on one path nobody has validated or reviewed what the AI 'bot' wrote ('patch') in 'program'. Run it in a sandbox, or lead that path through a check that is no AI and a review of [build].
  finish: { end: Finished }
`);
  assert.deepEqual(
    finding?.witness.map(({ step, note }) => `${step}: ${note}`),
    ["program: the AI writes 'patch'", 'compile: ', "release: 'build' is run by the deploy"],
  );
});

test('a query of an AI that a system runs, and commands that an AI makes up for its own shell', () => {
  check(`${begin}
start: { from: clerk, gives: [claim], next: ask }
steps:
  ask: { task: Ask, by: bot, mode: ai-executed, reads: [claim], writes: [query], next: look-up }
  look-up: { task: Look up, by: database, reads: [query], uses: [sql], effects: [{ kind: record, irreversible: true }], next: work }
  #                                                              ^^^ agent/generated-code-unsandboxed: 'query' is run by the tool 'sql' of 'look-up' outside a sandbox
  work: { task: Work, by: coder, mode: ai-executed, reads: [claim], uses: [shell], effects: [{ kind: record, irreversible: true }], next: finish }
  #                                                                        ^^^^^ agent/generated-code-unsandboxed: The AI 'coder' runs in 'work' whatever it makes up, by the tool 'shell', and outside a sandbox. Add 'sandbox: true' if the step runs where it can do no harm, or give the tool a narrow 'scope'.
  finish: { end: Finished }
`);
});

test('a shell of which the step says nothing else is one fault', () => {
  const [finding] = forRules('agent/generated-code-unsandboxed', 'agent/undeclared-effect').check(`${begin}
start: { from: clerk, gives: [claim], next: work }
steps:
  work: { task: Work, by: coder, mode: ai-executed, reads: [claim], uses: [shell], next: finish }
  #                                                                        ^^^^^ agent/generated-code-unsandboxed
  finish: { end: Finished }
`);
  assert.deepEqual(
    finding?.also?.map(({ rule }) => rule),
    ['agent/undeclared-effect'],
  );
});

test('an error or a timeout that leads past the check or the review is a path as well', () => {
  check(`${begin}
start: { from: clerk, gives: [claim], next: program }
steps:
  program: { task: Program, by: bot, mode: ai-executed, reads: [claim], writes: [patch], next: test }
  test: { task: Test, by: erp, validates: [patch], on: { error: look }, next: look }
  look: { review: Look, by: lead, reviews: [patch], within: 1d, on: { approve: release, modify: release, reject: finish, timeout: release-anyway } }
  release: { task: Release, by: erp, effects: [{ kind: deploy, uses: [patch] }], next: finish }
  #                                                    ^^^^^^ warning agent/generated-code-unsandboxed: no check that is no AI has validated what the AI 'bot' wrote in 'program'. Add 'validates: [patch]' to a step before that is no AI, or run it in a sandbox.
  release-anyway: { task: Release, by: clerk, effects: [{ kind: deploy, uses: [patch] }], next: finish }
  #                                                             ^^^^^^ agent/generated-code-unsandboxed: on one path nobody has validated or reviewed what the AI 'bot' wrote in 'program'
  finish: { end: Finished }
`);
});

test('silent: validated and reviewed, in a sandbox, reviewed and run by a person, no code, or a tool that cannot do harm', () => {
  check(`${begin}
start: { from: clerk, gives: [claim], next: program }
steps:
  program: { task: Program, by: bot, mode: ai-executed, reads: [claim], writes: [patch, report], next: try-out }
  try-out: { task: Try it out, by: coder, mode: ai-executed, reads: [patch], uses: [shell], sandbox: true, next: test }
  test: { task: Test, by: erp, validates: [patch], next: look, on: { error: finish } }
  look: { review: Look, by: lead, reviews: [patch], on: { approve: release, modify: release, reject: finish } }
  release: { task: Release, by: erp, effects: [{ kind: deploy, uses: [patch] }, { kind: deploy, uses: [report] }], next: ask }
  ask: { task: Ask, by: bot, mode: ai-executed, reads: [claim], writes: [query], next: read }
  read: { approval: Read, by: lead, covers: [query], on: { approve: by-hand, modify: finish, reject: finish } }
  by-hand: { task: By hand, by: clerk, reads: [query], effects: [{ kind: execute, uses: [query] }], next: play }
  play: { task: Play, by: player, mode: ai-executed, reads: [claim], uses: [code-interpreter, bash], next: may }
  may: { task: May, by: coder, mode: ai-executed, reads: [claim], next: finish }
  finish: { end: Finished }
`);
});

test('an AI that may call its shell anyway runs the code it reads; agents and code of a library count as well', () => {
  check(`${head.replace('use: [./people.aiwf.yaml]', 'use: [./people.aiwf.yaml, ./dev.aiwf.yaml]')}
defaults: { accepts: quick, on: { error: finish, unavailable: finish, timeout: finish } }
start: { from: clerk, gives: [claim], next: program }
steps:
  program: { task: Program, by: bot, mode: ai-executed, reads: [claim], writes: [script], next: try-out }
  try-out: { task: Try it out, by: dev, mode: ai-executed, reads: [script], next: finish }
  #                                ^^^ agent/generated-code-unsandboxed: 'script' is run by the tool 'terminal' of 'try-out' outside a sandbox
  finish: { end: Finished }
#- dev.aiwf.yaml
aiwf: 1
library: dev
use: [./people.aiwf.yaml]
actors: { dev: { kind: agent, sponsor: ai-lead, tools: { terminal: { effect: reversible } } } }
data: { script: { class: internal, media: code } }
`);
});

test('nothing is said of what is half typed', () => {
  const text = `${begin}
start: { next: program }
steps:
  program: { task: Program, by: bot, mode: ai-executed, writes: [patch], next: release }
  release: { task: Release, by: erp, reads: , uses: [sh], effects: [{ kind: , uses: [patch] }, { kind: deploy, uses: }], next: }
`;
  assert.deepEqual(
    findingsOf(text).filter(({ rule }) => rule === 'agent/generated-code-unsandboxed'),
    [],
  );
});

test('it names the rules on AI output and approvals that the same effect breaks', () => {
  const rules = [
    'agent/generated-code-unsandboxed',
    'oversight/irreversible-unapproved',
    'accountability/unreviewed-ai-to-sink',
  ];
  const [finding] = forRules(...rules).check(`${begin}
start: { from: clerk, gives: [claim], next: program }
steps:
  program: { task: Program, by: bot, mode: ai-executed, reads: [claim], writes: [patch], next: release }
  release: { task: Release, by: erp, effects: [{ kind: deploy, irreversible: true, uses: [patch] }], next: finish }
  #                                                    ^^^^^^ agent/generated-code-unsandboxed
  finish: { end: Finished }
`);
  assert.deepEqual(finding?.also?.map(({ rule }) => rule).sort(), rules.slice(1).reverse());
});

test('the fixes declare a sandbox, or let a person approve what a person deploys', () => {
  assert.equal(
    fixed(
      `${begin}
start: { from: clerk, gives: [claim], next: work }
steps:
  work:
    task: Work
    by: coder # for now
    mode: ai-executed
    uses: [shell]
    next: finish
  finish: { end: Finished }
`,
      'Declare that it runs in a sandbox',
    ),
    '+     sandbox: true',
  );
  assert.match(
    fixed(
      `${begin}
start: { from: clerk, gives: [claim], next: program }
steps:
  program: { task: Program, by: bot, mode: ai-executed, reads: [claim], writes: [patch], next: release }
  release: { task: Release, by: clerk, effects: [{ kind: deploy, uses: [patch] }], next: finish }
  finish: { end: Finished }
`,
      "Let 'owner' approve it first",
    ),
    /\+ {3}approve-release:\n\+ {5}approval: Approve what 'release' does\n\+ {5}by: owner\n\+ {5}covers: \[patch\]/,
  );
});

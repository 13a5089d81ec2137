// ownership/agent-identity-and-sponsor: a person answers for each agent, and no two agents act under one identity.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('ownership/agent-identity-and-sponsor');

test('an agent without a sponsor, or with one who is no person, is a fault, whether it works or not', () => {
  check(`${head}
actors:
  lonely: { kind: agent }
  #^^^^^ ownership/agent-identity-and-sponsor: No person answers for the AI agent 'lonely'. Add 'sponsor'.
  adopted: { kind: agent, sponsor: bot }
  #                                ^^^ ownership/agent-identity-and-sponsor
  bought: { kind: agent, sponsor: shop }
  #                               ^^^^ ownership/agent-identity-and-sponsor: The sponsor 'shop' of 'bought' is of the kind 'vendor' and cannot answer for it. Name a person's role.
  known: { kind: agent, sponsor: owner }
  owned: { kind: agent, sponsor: office }
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: finish }
  finish: { end: Finished }
`);
});

test('two agents with one identity are a fault, said at the later one, also across files', () => {
  check(`${head}
actors:
  first: { kind: agent, sponsor: owner, identity: svc-ai }
  second: { kind: agent, sponsor: owner, identity: svc-ai }
  #                                                ^^^^^^ ownership/agent-identity-and-sponsor
  third: { kind: agent, sponsor: owner, identity: bot }
  #                                               ^^^ ownership/agent-identity-and-sponsor: 'third' and 'bot' share the identity 'bot': nobody can tell which of them acted. Give each its own.
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: finish }
  finish: { end: Finished }
`);
});

test('an agent of a library is said there and not in each file that uses it', () => {
  check(
    `
aiwf: 1
workflow: w
accountable: owner
use: [./people.aiwf.yaml, ./agents.aiwf.yaml]
start: { next: draft }
steps:
  draft: { task: Draft, by: wild, mode: ai-executed, on: { error: finish, unavailable: finish }, next: finish }
  finish: { end: Finished }
`,
    { only: ['ownership/agent-identity-and-sponsor'] },
  );
  check(`
aiwf: 1
library: agents
actors:
  wild: { kind: agent }
  #^^^ ownership/agent-identity-and-sponsor
`);
});

test('a sponsor that resolves to nothing or is half typed is no missing sponsor; systems and people need none', () => {
  check(
    `${head}
actors:
  typo: { kind: agent, sponsor: onwer }
  typing: { kind: agent, sponsor: }
  crm: { kind: system, identity: shared }
  cms: { kind: system, identity: shared }
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: finish }
  finish: { end: Finished }
`,
    { only: ['ownership/agent-identity-and-sponsor'] },
  );
});

test('people who neither perform nor judge are offered first', () => {
  const [finding] = check(`${head}
actors:
  lonely: { kind: agent }
  #^^^^^ ownership/agent-identity-and-sponsor
start: { next: draft }
steps:
  draft: { task: Draft, by: owner, next: finish }
  finish: { end: Finished }
`);
  assert.deepEqual(
    finding?.fixes.map(({ title }) => title),
    ["Make 'clerk' its sponsor", "Make 'lead' its sponsor", "Make 'ai-lead' its sponsor"],
  );
});

test('the sponsor is added behind the kind, and a shared identity replaced', () => {
  assert.equal(
    fixed(
      `${head}
actors:
  lonely: # came with the last release
    kind: agent
    autonomy: L1
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: finish }
  finish: { end: Finished }
`,
      "Make 'ai-lead' its sponsor",
    ),
    `+     sponsor: ai-lead`,
  );
  assert.equal(
    fixed(
      `${head}
actors: { lonely: { kind: agent, autonomy: L1 } } # came with the last release
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: finish }
  finish: { end: Finished }
`,
      "Make 'owner' its sponsor",
    ),
    `- actors: { lonely: { kind: agent, autonomy: L1 } } # came with the last release
+ actors: { lonely: { kind: agent, sponsor: owner, autonomy: L1 } } # came with the last release`,
  );
  assert.equal(
    fixed(
      `${head}
actors:
  second: { kind: agent, sponsor: owner, identity: bot }
start: { next: draft }
steps:
  draft: { task: Draft, by: clerk, next: finish }
  finish: { end: Finished }
`,
      "Give it the identity 'second'",
    ),
    `-   second: { kind: agent, sponsor: owner, identity: bot }
+   second: { kind: agent, sponsor: owner, identity: second }`,
  );
});

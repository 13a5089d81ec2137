// agent/delegation-amplifies: nobody who is passed work may do more than whoever passes it on may and grants.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('agent/delegation-amplifies');

const rest = `
start: { next: plan }
steps:
  plan: { task: Plan, by: planner, mode: ai-executed, next: planned, on: { error: planned, unavailable: planned } }
  planned: { end: Planned }
`;

/** A planner that delegates to a writer. */
function pair(planner: string, delegate: string, writer: string, mark = ''): string {
  return `${head}
actors:
  planner: { kind: agent, sponsor: ai-lead, ${planner}, delegates: [{ to: writer${delegate} }] }
${mark}  writer: { kind: agent, sponsor: ai-lead, ${writer} }${rest}`;
}

/** Carets under the delegate of a planner with these keys. */
function under(planner: string, says: string): string {
  const column = `  planner: { kind: agent, sponsor: ai-lead, ${planner}, delegates: [{ to: `.length;
  return `  #${' '.repeat(column - 3)}^^^^^^ ${says}\n`;
}

test('a delegate with a tool or a grant that its delegator lacks', () => {
  const planner = 'tools: { search: { effect: none } }';
  const says =
    "error agent/delegation-amplifies: 'planner' passes work to 'writer', which may use 'mail' and 'crm.write', but 'planner' may not. Take them from 'writer', or give 'planner' the same rights.";
  check(
    pair(
      planner,
      '',
      'tools: { search: { effect: none }, mail: { effect: reversible } }, grants: [crm.write]',
      under(planner, says),
    ),
  );
});

test('a delegate that may do more than the delegation grants', () => {
  const planner = 'grants: [read, send]';
  const says = "agent/delegation-amplifies: which may use 'send', but the delegation grants only 'read'.";
  check(pair(planner, ', grants: [read]', 'grants: [read, send]', under(planner, says)));
  const nothing = "agent/delegation-amplifies: which may use 'read', but the delegation grants nothing.";
  check(pair(planner, ', grants: []', 'grants: [read]', under(planner, nothing)));
});

test('nobody can grant what they have not got', () => {
  const planner = 'grants: [read]';
  check(
    pair(
      planner,
      ', grants: [send]',
      'grants: [send]',
      under(planner, "agent/delegation-amplifies: which may use 'send', but 'planner' may not."),
    ),
  );
});

test('silent: the same or less, whoever administers a store may do all on it, and what nobody has declared', () => {
  check(pair('grants: [read, send]', '', 'grants: [read]'));
  check(pair('grants: [read, send]', ', grants: [read, send]', 'grants: [send]'));
  const store = '\nstores: { crm: { kind: record, admins: [planner], writers: [writer] } }';
  check(pair('grants: [read]', '', 'grants: [crm.read]') + store);
  check(pair('identity: planner', '', 'grants: [send]'));
  check(pair('grants: [read]', '', 'identity: writer'));
  check(pair('card: ./planner.json, grants: [read]', '', 'grants: [send]'));
});

test('half-typed grants say nothing', () => {
  check(`${head}
actors:
  planner: { kind: agent, sponsor: ai-lead, grants: [read], delegates: [{ to: writer, grants: { a: b } }] }
  #                                                                                           ^^^^^^^^ language/invalid-value
  writer: { kind: agent, sponsor: ai-lead, grants: [send] }${rest}`);
});

test('rights on stores count, also those that the store gives', () => {
  const planner = 'grants: [crm.read]';
  const says = "agent/delegation-amplifies: which may use 'crm.write', but 'planner' may not.";
  check(
    `${pair(planner, '', 'identity: writer', under(planner, says))}stores: { crm: { kind: record, writers: [writer] } }\n`,
  );
});

test('an agent that declares nothing passes on at most what it was given, however long the chain', () => {
  check(`${head}
actors:
  planner: { kind: agent, sponsor: ai-lead, grants: [read], delegates: [{ to: middle }] }
  middle: { kind: agent, sponsor: ai-lead, delegates: [{ to: writer }, { to: reader }] }
  #                                                          ^^^^^^ agent/delegation-amplifies: 'middle' passes work to 'writer', which may use 'send', but 'planner' may not. Take it from 'writer', or give 'planner' the same rights.
  writer: { kind: agent, sponsor: ai-lead, grants: [send] }
  reader: { kind: agent, sponsor: ai-lead, grants: [read] }${rest}`);
});

test('a step that passes work on is a delegation as well', () => {
  check(`${head}
actors:
  planner: { kind: agent, sponsor: ai-lead, grants: [read] }
  writer: { kind: agent, sponsor: ai-lead, grants: [send] }
start: { next: plan }
steps:
  plan: { task: Plan, by: planner, mode: ai-executed, delegates-to: [writer], next: planned, on: { error: planned, unavailable: planned } }
  #                                                                  ^^^^^^ agent/delegation-amplifies: 'planner' passes work to 'writer'
  planned: { end: Planned }
`);
});

test('work for a user stays work for that user', () => {
  const planner = 'on-behalf-of: customer';
  const says =
    "agent/delegation-amplifies: 'planner' acts on behalf of 'customer' and passes work to 'writer', which acts for itself";
  check(pair(planner, '', 'on-behalf-of: self', under(planner, says)));
  check(
    pair(
      planner,
      '',
      'on-behalf-of: clerk',
      under(planner, "agent/delegation-amplifies: which acts on behalf of 'clerk'"),
    ),
  );
  check(pair(planner, '', 'on-behalf-of: customer'));
  check(pair(planner, '', 'identity: writer'));
  check(pair('on-behalf-of: self', '', 'on-behalf-of: clerk'));
});

test('a pair of agents of an imported file is judged in that file', () => {
  check(
    `${head}
use: [./agents.aiwf.yaml]`.replace('use: [./people.aiwf.yaml]\n\n', '') +
      `${rest}
#- agents.aiwf.yaml
aiwf: 1
library: agents
use: [./people.aiwf.yaml]
actors:
  planner: { kind: agent, sponsor: ai-lead, grants: [read], delegates: [{ to: writer }] }
  #                                                                           ^^^^^^ agent/delegation-amplifies
  writer: { kind: agent, sponsor: ai-lead, grants: [send] }
`,
  );
});

test('the fixes grant what the delegator has, take what nobody uses, and keep the user', () => {
  assert.equal(
    fixed(pair('grants: [read, send]', ', grants: [read]', 'grants: [send]'), "Grant 'send' to 'writer'"),
    `-   planner: { kind: agent, sponsor: ai-lead, grants: [read, send], delegates: [{ to: writer, grants: [read] }] }
+   planner: { kind: agent, sponsor: ai-lead, grants: [read, send], delegates: [{ to: writer, grants: [read, send] }] }`,
  );
  assert.equal(
    fixed(pair('grants: [read]', '', 'grants: [send, read]'), "Take 'send' from 'writer'"),
    `-   writer: { kind: agent, sponsor: ai-lead, grants: [send, read] }
+   writer: { kind: agent, sponsor: ai-lead, grants: [read] }`,
  );
  assert.equal(
    fixed(pair('on-behalf-of: customer', '', 'on-behalf-of: self'), "Let 'writer' act on behalf of 'customer'"),
    `-   writer: { kind: agent, sponsor: ai-lead, on-behalf-of: self }
+   writer: { kind: agent, sponsor: ai-lead, on-behalf-of: customer }`,
  );
});

// agent/excess-privilege: an agent has exactly the tools and grants that its steps use, each by its name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('agent/excess-privilege');

const onTrouble = 'on: { error: finish, unavailable: finish }';

/** An agent `own` with these keys, and the steps. */
function work(keys: string, steps: string, rest = ''): string {
  return `${head}
actors:
  own: { kind: agent, sponsor: ai-lead, ${keys} }
${rest}start: { next: first }
steps:
  ${steps.trim()}
  finish: { end: Finished }
`;
}

const step = (uses: string, more = '') =>
  `first: { task: Work, by: own, mode: ai-executed${uses}, next: finish${more}, ${onTrouble} }`;

test('a tool and a grant that no step uses; what can do harm for good is an error', () => {
  check(`${head}
actors:
  own:
    kind: agent
    sponsor: ai-lead
    tools:
      search: { effect: none }
      look: { effect: none }
    # ^^^^ warning agent/excess-privilege: 'own' has the tool 'look', and no step uses it. Take it away, or name it in 'uses' of the step that needs it.
      drop: { effect: irreversible }
    # ^^^^ error agent/excess-privilege
      run: {}
    # ^^^ error agent/excess-privilege
    grants: [crm.read, crm.write, report]
    #        ^^^^^^^^ warning agent/excess-privilege: the grant 'crm.read'
    #                  ^^^^^^^^^ error agent/excess-privilege
    #                             ^^^^^^ warning agent/excess-privilege
stores: { crm: { kind: record } }
start: { next: first }
steps:
  ${step(', uses: [search]')}
  finish: { end: Finished }
`);
});

test('a step that does not say what it uses may call everything, and half of a list says nothing', () => {
  check(work('tools: { search: { effect: none }, look: { effect: none } }', step('')));
  check(
    work(
      'tools: { search: { effect: none }, look: { effect: none } }',
      `${step(', uses: [search]').replace('next: finish', 'next: second')}
  second: { task: More, by: clerk, assisted-by: [own], mode: ai-augmented, decides: clerk, next: finish }`,
    ),
  );
});

test('used by any step: as a fallback, as an assistant, as a delegate, to undo an effect', () => {
  check(`${head}
actors:
  own: { kind: agent, sponsor: ai-lead, tools: { one: {}, two: {}, three: {}, four: {} } }
  first-agent: { kind: agent, sponsor: ai-lead, fallback: own }
start: { next: first }
steps:
  first: { task: Work, by: first-agent, mode: ai-executed, uses: [one], next: second, on: { error: finish } }
  second: { task: More, by: clerk, assisted-by: [own], mode: ai-augmented, decides: clerk, uses: [two], next: third }
  third: { task: Still more, by: bot, mode: ai-executed, delegates-to: [own], uses: [three], next: fourth, ${onTrouble} }
  fourth: { task: Pay, by: own, mode: ai-executed, uses: [], effects: [{ kind: payment, rollback: { by: four, within: 1d } }], next: finish, ${onTrouble} }
  finish: { end: Finished }
`);
});

test('what a delegate uses, its delegator needs to pass it on', () => {
  const text = (uses: string, mark = '') => `${head}
actors:
  own: { kind: agent, sponsor: ai-lead, grants: [look, send], delegates: [{ to: aide }] }
${mark}  aide: { kind: agent, sponsor: ai-lead, grants: [send] }
start: { next: first }
steps:
  first: { task: Work, by: own, mode: ai-executed, uses: [look], next: second, ${onTrouble} }
  second: { task: More, by: aide, mode: ai-executed, uses: [${uses}], next: finish, ${onTrouble} }
  finish: { end: Finished }
`;
  check(text('send'));
  check(work('grants: [look, send], delegates: [{ to: helper, grants: [send] }]', step(', uses: [look]')));
  check(`${head}
actors:
  own: { kind: agent, sponsor: ai-lead, grants: [send], delegates: [{ to: nobody }] }
  #                                                                       ^^^^^^ structure/unresolved-reference
start: { next: first }
steps:
  ${step(', uses: []')}
  finish: { end: Finished }
`);
});

test('work on a store uses the rights on it: data that lives there, effects on it, the log', () => {
  check(
    work(
      'grants: [crm.read, files.write, files.delete, audit.write]',
      `first: { task: Work, by: own, mode: ai-executed, uses: [], reads: [contact], effects: [{ kind: delete, to: files }], log: { to: audit }, next: finish, ${onTrouble} }`,
      `data: { contact: { class: internal, store: crm } }
stores: { crm: { kind: record }, files: { kind: record }, audit: { kind: log } }
`,
    ),
  );
});

test('a wildcard is an error, used or not', () => {
  check(`${head}
actors:
  own: { kind: agent, sponsor: ai-lead, grants: [files-*] }
  #                                              ^^^^^^^ error agent/excess-privilege: 'files-*' gives 'own' rights that nobody has listed. Name each right it needs.
start: { next: first }
steps:
  ${step('')}
  finish: { end: Finished }
`);
});

test('silent: an agent that takes no part, one of an imported file, a system, a library', () => {
  check(work('tools: { search: {} }', 'first: { task: Work, by: clerk, next: finish }'));
  check(`${head}
actors: { robot: { kind: system, tools: { post: {} } } }
start: { next: first }
steps:
  first: { task: Work, by: robot, uses: [], next: finish, on: { error: finish } }
  finish: { end: Finished }
`);
  check(`aiwf: 1
workflow: w
accountable: boss
use: [./agents.aiwf.yaml]
start: { next: first }
steps:
  ${step(', uses: []')}
  finish: { end: Finished }
#- agents.aiwf.yaml
aiwf: 1
library: agents
actors:
  boss: { kind: human, holders: 1 }
  own: { kind: agent, sponsor: boss, tools: { search: {} } }
`);
});

test('the fix takes the right away, with its key where it was the only one', () => {
  const title = (name: string) => `Take '${name}' from 'own'`;
  assert.equal(
    fixed(work('grants: [look, send]', step(', uses: [send]')), title('look')),
    `-   own: { kind: agent, sponsor: ai-lead, grants: [look, send] }
+   own: { kind: agent, sponsor: ai-lead, grants: [send] }`,
  );
  assert.equal(
    fixed(work('tools: { look: {} }', step(', uses: []')), title('look')),
    `-   own: { kind: agent, sponsor: ai-lead, tools: { look: {} } }
+   own: { kind: agent, sponsor: ai-lead }`,
  );
  assert.equal(
    fixed(
      `${head}
actors:
  own:
    kind: agent
    sponsor: ai-lead
    grants:
      - look
      - send # for the reminders
start: { next: first }
steps:
  ${step(', uses: [send]')}
  finish: { end: Finished }
`,
      title('look'),
    ),
    '-       - look',
  );
});

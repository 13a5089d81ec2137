// agent/stop-reaches-subagents: who stops an agent stops everyone it has passed work to, and every job it left running.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('agent/stop-reaches-subagents');

const actors = `actors:
  planner: { kind: agent, sponsor: ai-lead, delegates: [{ to: writer }] }
  writer: { kind: agent, sponsor: ai-lead, delegates: [{ to: printer }] }
  printer: { kind: agent, sponsor: ai-lead }
  other: { kind: agent, sponsor: ai-lead, delegates: [{ to: helper }] }
`;

function work(stop: string, keys = '', mark = ''): string {
  return `${head}${actors}start: { next: plan }
steps:
  plan: { task: Plan, by: planner, mode: ai-executed${keys}, next: finish, on: { error: finish, unavailable: finish } }
  finish: { end: Finished }
stop: { by: owner, safe-state: finish, within: 60s${stop} }
${mark}`;
}

test('delegates of a stopped agent, and theirs, go on', () => {
  check(
    work(
      '',
      '',
      "#^^^ error agent/stop-reaches-subagents: The stop control does not reach 'writer', which 'planner' can pass work to or 'printer', which 'writer' can pass work to. Add 'includes-delegates: true'.\n",
    ),
  );
  check(
    work(
      ', includes-delegates: false',
      '',
      `#${' '.repeat('stop: { by: owner, safe-state: finish, within: 60s, includes-delegates: '.length - 1)}^^^^^ agent/stop-reaches-subagents\n`,
    ),
  );
});

test('so does what a step passes on beyond the declarations, and a job that is left running', () => {
  const mark = (says: string) => `#^^^ agent/stop-reaches-subagents: The stop control does not reach ${says}. Add\n`;
  const text = (keys: string, says: string) => work('', keys, mark(says)).replace('by: planner', 'by: bot');
  check(text(', delegates-to: [helper]', "'helper', which 'bot' can pass work to"));
  check(text(', detached: true', "the job that 'plan' leaves running"));
});

test('an agent that only takes over counts, and one that only assists', () => {
  check(`${head}
actors:
  first-agent: { kind: agent, sponsor: ai-lead, fallback: planner }
  planner: { kind: agent, sponsor: ai-lead, delegates: [{ to: writer }] }
  writer: { kind: agent, sponsor: ai-lead }
start: { next: plan }
steps:
  plan: { task: Plan, by: first-agent, mode: ai-executed, next: finish, on: { error: finish } }
  finish: { end: Finished }
stop: { by: owner, safe-state: finish, within: 60s }
#^^^ agent/stop-reaches-subagents: 'writer', which 'planner' can pass work to
`);
  check(
    work('', '', "#^^^ agent/stop-reaches-subagents: 'writer'\n").replace(
      'by: planner, mode: ai-executed',
      'by: clerk, assisted-by: [planner], mode: ai-augmented, decides: clerk',
    ),
  );
});

test('delegations of imported agents count where they work', () => {
  check(`aiwf: 1
workflow: w
accountable: boss
use: [./agents.aiwf.yaml]
start: { next: plan }
steps:
  plan: { task: Plan, by: planner, mode: ai-executed, next: finish, on: { error: finish, unavailable: finish } }
  finish: { end: Finished }
stop: { by: boss, safe-state: finish, within: 60s }
#^^^ agent/stop-reaches-subagents: 'writer', which 'planner' can pass work to
#- agents.aiwf.yaml
aiwf: 1
library: agents
actors:
  boss: { kind: human, holders: 1 }
  planner: { kind: agent, sponsor: boss, delegates: [{ to: writer }] }
  writer: { kind: agent, sponsor: boss }
`);
});

test('silent: delegates are included, named, at work themselves, or nobody is stopped at all', () => {
  check(work(', includes-delegates: true'));
  check(work(', scope: [planner, writer, printer]'));
  check(work('').replace('by: planner', 'by: bot'));
  check(work('').replace(/stop: .*\n/, ''));
  check(
    work(
      ', includes-delegates: maybe',
      '',
      `#${' '.repeat('stop: { by: owner, safe-state: finish, within: 60s, includes-delegates: '.length - 1)}^^^^^ language/invalid-value\n`,
    ),
  );
  check(work(', scope: [bot]').replace('by: planner', 'by: bot'));
  check(work('').replace('by: planner, mode: ai-executed', 'by: clerk'));
  check(work('').replace('by: planner', 'by: [planner, writer, printer]'));
});

test('the fix includes them', () => {
  assert.equal(
    fixed(work(''), 'Stop delegates and jobs, too'),
    `- stop: { by: owner, safe-state: finish, within: 60s }
+ stop: { by: owner, safe-state: finish, within: 60s, includes-delegates: true }`,
  );
  assert.equal(
    fixed(work(', includes-delegates: false'), 'Stop delegates and jobs, too'),
    `- stop: { by: owner, safe-state: finish, within: 60s, includes-delegates: false }
+ stop: { by: owner, safe-state: finish, within: 60s, includes-delegates: true }`,
  );
});

// visibility/log-tamper-separation: nobody can change or delete the log of what they, or their agents, have done.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('visibility/log-tamper-separation');

const human = 'first: { task: Work, by: clerk, next: finish }';
const ai =
  'first: { task: Work, by: bot, mode: ai-executed, next: finish, on: { error: finish, unavailable: finish } }';

function work(stores: string, step: string, rest = ''): string {
  return `${head}
stores:
${stores}
${rest}defaults: { log: { to: audit, fields: [case, actor, time] } }
start: { next: first }
steps:
  ${step}
  finish: { end: Finished }
`;
}

test('whoever administers the log takes part in what it records', () => {
  check(
    work(
      `  audit: { kind: log, append-only: true, admins: [lead, clerk] }
  #                                                     ^^^^^ error visibility/log-tamper-separation: 'clerk' may change 'audit', which records what 'clerk' does in 'first'. Leave that right to a role that takes no part.`,
      human,
    ),
  );
});

test('the sponsor of an agent is behind what the agent does', () => {
  check(
    work(
      `  audit: { kind: log, append-only: true, admins: [ai-lead] }
  #                                               ^^^^^^^ visibility/log-tamper-separation: 'ai-lead' may change 'audit', which records what 'bot' does in 'first', and 'ai-lead' sponsors 'bot'.`,
      ai,
    ),
  );
});

test('on an exceptional edge: the backup who administers the log', () => {
  check(
    work(
      `  audit: { kind: log, append-only: true, admins: [owner] }
  #                                               ^^^^^ visibility/log-tamper-separation: 'owner' may change 'audit', which records what 'owner' does in 'first'.`,
      'first: { task: Work, by: chief, next: finish }',
      'actors: { chief: { kind: human, holders: 1, backup: owner } }\n',
    ),
  );
});

test('a grant to delete or administer, and to write where the log is not append-only', () => {
  const agent = (grants: string, mark = '') =>
    `actors:\n  own: { kind: agent, sponsor: ai-lead, grants: [${grants}] }\n${mark && `  #                                              ${mark}\n`}`;
  const step = ai.replace('bot', 'own');
  const open = '  audit: { kind: log }';
  const closed = '  audit: { kind: log, append-only: true }';
  check(
    work(
      open,
      step,
      agent('audit.write', "^^^^^^^^^^^ visibility/log-tamper-separation: 'own' may write over 'audit'"),
    ),
  );
  check(work(closed, step, agent('audit.write')));
  check(
    work(
      closed,
      step,
      agent('audit.delete', "^^^^^^^^^^^^ visibility/log-tamper-separation: 'own' may delete from 'audit'"),
    ),
  );
  check(work(closed, step, agent('audit.admin', '^^^^^^^^^^^ visibility/log-tamper-separation')));
  check(work(open, step, agent('audit.read')));
  check(
    work(
      '  audit: { kind: log, append-only: sure }\n  #                                ^^^^ language/invalid-value',
      step,
      agent('audit.write'),
    ),
  );
});

test('writers of a log that is not append-only can write over it', () => {
  check(
    work(
      `  audit: { kind: log, writers: [clerk, lead] }
  #                             ^^^^^ visibility/log-tamper-separation: 'clerk' may write over 'audit'`,
      human,
    ),
  );
  check(work('  audit: { kind: log, append-only: true, writers: [clerk, lead] }', human));
});

test('silent: others administer it, the step is not logged, another store records it, roles are kept apart', () => {
  check(work('  audit: { kind: log, admins: [lead] }', human));
  check(work('  audit: { kind: log, admins: [clerk] }', human.replace('by: clerk', 'by: clerk, log: none')));
  check(
    work(
      '  audit: { kind: log, admins: [clerk] }\n  other: { kind: log, admins: [lead] }',
      human.replace('by: clerk', 'by: clerk, log: { to: other }'),
    ),
  );
  check(
    work(
      '  audit: { kind: log, admins: [keeper] }',
      human.replace('clerk', 'doer'),
      'actors: { doer: { kind: human, holders: [ada, ben] }, keeper: { kind: human, holders: [ben], distinct-from: [doer] } }\n',
    ),
  );
});

test('one person in two roles is one person', () => {
  check(
    work(
      `  audit: { kind: log, admins: [keeper] }
  #                            ^^^^^^ visibility/log-tamper-separation: 'keeper' may change 'audit', which records what 'doer' does in 'first'.`,
      human.replace('clerk', 'doer'),
      'actors: { doer: { kind: human, holders: [ada, ben] }, keeper: { kind: human, holders: [ben] } }\n',
    ),
  );
});

test('a log of an imported file is judged where the work is', () => {
  check(`aiwf: 1
workflow: w
accountable: boss
use: [./people-and-logs.aiwf.yaml]
defaults: { log: { to: audit } }
#                      ^^^^^ visibility/log-tamper-separation: 'boss' may change 'audit', which records what 'boss' does in 'first'.
start: { next: first }
steps:
  first: { task: Work, by: boss, next: finish }
  finish: { end: Finished }
#- people-and-logs.aiwf.yaml
aiwf: 1
library: people-and-logs
actors: { boss: { kind: human, holders: 1 } }
stores: { audit: { kind: log, append-only: true, admins: [boss] } }
`);
});

test('the fix takes the right away where someone else is left', () => {
  assert.equal(
    fixed(
      work('  audit: { kind: log, append-only: true, admins: [lead, clerk] } # for a year', human),
      "Take this right on 'audit' from 'clerk'",
    ),
    `-   audit: { kind: log, append-only: true, admins: [lead, clerk] } # for a year
+   audit: { kind: log, append-only: true, admins: [lead] } # for a year`,
  );
  assert.equal(
    fixed(
      work(
        '  audit: { kind: log, append-only: true }',
        ai.replace('bot', 'own'),
        'actors:\n  own: { kind: agent, sponsor: ai-lead, grants: [audit.write, audit.delete] }\n',
      ),
      "Take this right on 'audit' from 'own'",
    ),
    `-   own: { kind: agent, sponsor: ai-lead, grants: [audit.write, audit.delete] }
+   own: { kind: agent, sponsor: ai-lead, grants: [audit.write] }`,
  );
});

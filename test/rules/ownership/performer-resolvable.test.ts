// ownership/performer-resolvable: every step has a performer who exists, can do it and may do it.
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check } = forRules('ownership/performer-resolvable');

const finish = '  finish: { end: Finished }\n';
const ai = 'mode: ai-executed, next: finish, on: { error: finish, unavailable: finish }';

function work(actors: string, step: string, top = ''): string {
  return `${head}${top}
actors:
${actors}
start: { next: work }
steps:
  ${step}
${finish}`;
}

test('a role that nobody holds performs a step', () => {
  check(
    work(
      `  judge: { kind: human, holders: 0 }
  #                              ^ warning ownership/performer-resolvable: Nobody holds 'judge', and 'work' is performed by it. Give the role a holder, or let another one perform the step.
  jury: { kind: team, lead: lead, holders: [] }
  #                                        ^^ ownership/performer-resolvable: Nobody holds 'jury'`,
      `work: { task: Work, by: judge, next: more }
  more: { task: More, by: jury, next: finish }`,
    ),
  );
});

test('so does one that only takes over: a backup, an escalation', () => {
  check(
    work(
      `  chief: { kind: human, holders: 1, backup: judge }
  judge: { kind: human, holders: 0 }
  #                              ^ ownership/performer-resolvable: Nobody holds 'judge'`,
      'work: { task: Work, by: chief, next: finish }',
    ),
  );
  check(
    work(
      '  judge: { kind: human, holders: 0 }\n  #                              ^ ownership/performer-resolvable',
      'work: { task: Work, by: lead, within: 2d, escalate: [{ to: judge, after: 1d }], next: finish, on: { timeout: finish } }',
    ),
  );
});

test('a performer without a capability that the step needs, among several, or as the fallback', () => {
  const agents = `  writer: { kind: agent, sponsor: ai-lead, capabilities: [write], fallback: reader }
  reader: { kind: agent, sponsor: ai-lead, capabilities: [read] }`;
  check(
    work(
      agents,
      `work: { task: Work, by: reader, needs: [read, write], ${ai} }
  #                                             ^^^^^ warning ownership/performer-resolvable: 'work' needs 'write', which 'reader' does not have among the 'capabilities'. Let someone perform it who can.`,
    ),
  );
  check(
    work(
      agents,
      `work: { task: Work, by: writer, needs: [write], mode: ai-executed, next: finish, on: { error: finish } }
  #                                       ^^^^^ ownership/performer-resolvable: which 'reader', who takes over as the fallback, does not have`,
    ),
  );
});

test('silent: capabilities that nobody lists, a delegate who can do it, one who may be able to', () => {
  check(work('  a: { kind: agent, sponsor: ai-lead }', `work: { task: Work, by: a, needs: [write], ${ai} }`));
  const pair = (delegate: string) => `  a: { kind: agent, sponsor: ai-lead, capabilities: [read] }
  b: { kind: agent, sponsor: ai-lead${delegate} }`;
  const step = `work: { task: Work, by: a, delegates-to: [b], needs: [write], ${ai} }`;
  check(work(pair(', capabilities: [write]'), step));
  check(work(pair(''), step));
});

test('a tool or a grant that whoever takes over has not got', () => {
  const agents = (
    more = '',
  ) => `  a: { kind: agent, sponsor: ai-lead, tools: { look: { effect: none }, send: { effect: none } }, fallback: b }
  b: { kind: agent, sponsor: ai-lead, tools: { look: { effect: none } }${more} }`;
  const step =
    'work: { task: Work, by: a, uses: [look, send], mode: ai-executed, next: finish, on: { error: finish } }';
  const mark =
    "\n  #                                       ^^^^ ownership/performer-resolvable: 'work' uses 'send', which 'b', who takes over as the fallback, may not.";
  check(work(agents(), step + mark));
  check(work(agents(', grants: [send]'), step));
  check(work(agents(', card: ./b.json'), step));
  check(work(agents().replace(', tools: { look: { effect: none } } }', ' }'), step));
});

test('under a service level, a role of one person needs a backup, or the step another way on', () => {
  const step = (by: string, keys: string, mark = '') =>
    `work: { task: Work, by: ${by}, ${keys}next: finish }${mark && `\n  #                       ${mark}`}`;
  const sla = 'sla: { max: 5d }';
  const none = '  other: { kind: human, holders: 1, backup: lead }';
  check(
    work(
      none,
      step(
        'lead',
        '',
        "^^^^ ownership/performer-resolvable: 'work' is under a service level, and when the one holder of 'lead' is away, the work waits.",
      ),
      sla,
    ),
  );
  check(work(none, step('lead', '')));
  check(work(none, step('clerk', ''), sla));
  check(work(none, step('other', ''), sla));
  check(work(none, step('[lead, owner]', ''), sla));
  check(work(none, step('lead', 'within: 1d, on: { timeout: finish }, '), sla));
  check(work(none, step('lead', 'escalate: [{ to: owner, after: 1d }], '), sla));
  check(work(none, step('lead', ''), 'sla: { max: 5d, clock-stops: [work] }'));
  check(work(none, step('lead', ''), 'sla: { max: 5d, from: finish }'));
});

test('a vacant role of an imported file is shown where it is named', () => {
  check(`aiwf: 1
workflow: w
accountable: boss
use: [./roles.aiwf.yaml]
start: { next: work }
steps:
  work: { task: Work, by: judge, next: finish }
  #                       ^^^^^ ownership/performer-resolvable: Nobody holds 'judge'
${finish}#- roles.aiwf.yaml
aiwf: 1
library: roles
actors: { boss: { kind: human, holders: 1 }, judge: { kind: human, holders: 0 } }
`);
});

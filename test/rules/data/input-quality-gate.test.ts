// data/input-quality-gate: at high risk, what comes from outside is checked on every path before an AI works with it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('data/input-quality-gate');

const failing = 'on: { error: finish, unavailable: finish }';
const judge = `  judge: { task: Judge, by: bot, mode: ai-executed, reads: [claim], writes: [offer], next: finish, ${failing} }`;
const around = (
  steps: string,
  before = '',
  start = '{ on: message, from: customer, gives: [claim], next: first }',
) => `${head}risk: high
${before}
start: ${start}
steps:
${steps}
  finish: { end: Finished }
`;

test('an AI that works with what a customer has sent, and nobody has looked at it', () => {
  const [finding] = check(
    around(
      `${judge}
  #                                                         ^^^^^ warning data/input-quality-gate: The AI 'bot' works in 'judge' with 'claim' from outside, and on one path nobody has checked it. Check it before with 'validates', at a step that is not done by an AI.`,
      '',
      '{ on: message, from: customer, gives: [claim], next: judge }',
    ),
  );
  assert.deepEqual(
    finding?.witness.map(({ step, note }) => `${step}${note && `: ${note}`}`),
    ['start', "judge: 'bot' works with 'claim', which nobody has checked on this path"],
  );
});

test('a check that times out has checked nothing, and one by an AI does not count', () => {
  check(
    around(`  first: { task: First, by: erp, validates: [claim], within: 1h, next: judge, on: { error: finish, timeout: judge } }
${judge}
  #                                                         ^^^^^ warning data/input-quality-gate`),
  );
  check(
    around(`  first: { task: First, by: helper, mode: ai-executed, validates: [claim], next: judge, ${failing} }
${judge}
  #                                                         ^^^^^ warning data/input-quality-gate`),
  );
});

test('what comes in once more, by an event or from a supplier, has to be checked once more', () => {
  check(`${head}risk: high
events: { more: { kind: message, from: customer, gives: [claim] } }
start: { on: message, from: customer, gives: [claim], next: first }
steps:
  first: { task: First, by: erp, validates: [claim], next: listen, on: { error: finish } }
  listen: { wait: Listen, until: more, within: 3d, next: judge, on: { timeout: judge } }
  judge: { task: Judge, by: bot, mode: ai-executed, reads: [claim], next: order, ${failing} }
  #                                                         ^^^^^ warning data/input-quality-gate
  order: { task: Order, by: shop, writes: [letter], next: read }
  read: { task: Read, by: clerk, assisted-by: [helper], decides: clerk, mode: ai-augmented, reads: [letter], next: finish }
  #                                                                                                 ^^^^^^ warning data/input-quality-gate: The AI 'helper' works in 'read' with 'letter' from outside
  finish: { end: Finished }
`);
});

test('a part that was checked is not the whole', () => {
  check(
    around(
      `  first: { task: First, by: erp, validates: [claim.amount], next: sort, on: { error: finish } }
  sort: { task: Sort, by: bot, mode: ai-executed, reads: [claim.amount], next: judge, ${failing} }
${judge}
  #                                                         ^^^^^ warning data/input-quality-gate`,
    ),
  );
});

test('people, data and events of a library count', () => {
  check(`aiwf: 1
workflow: w
accountable: boss
risk: { tier: high }
use: [./team.aiwf.yaml]
start: { on: asked, next: judge }
steps:
  judge: { task: Judge, by: scribe, mode: ai-executed, reads: [form], next: finish, on: { error: finish, unavailable: finish } }
  #                                                            ^^^^ warning data/input-quality-gate: The AI 'scribe' works in 'judge' with 'form' from outside
  finish: { end: Finished }
#- team.aiwf.yaml
aiwf: 1
library: team
actors:
  boss: { kind: human, holders: 1 }
  client: { kind: external }
  scribe: { kind: agent, sponsor: boss }
data: { form: { class: personal } }
events: { asked: { kind: message, from: client, gives: [form] } }
`);
});

test('silent: checked by software or people on every path, against a schema, or approved', () => {
  check(around(`  first: { task: First, by: erp, validates: [claim], next: judge, on: { error: finish } }\n${judge}`));
  check(
    around(
      `  first: { task: First, by: clerk, validates: [{ data: claim, against: ./claim.schema.json }], next: judge }\n${judge}`,
    ),
  );
  check(
    around(
      `  first: { approval: First, by: lead, covers: [claim], on: { approve: judge, modify: finish, reject: finish } }\n${judge}`,
    ),
  );
});

test('silent: below high risk, for input from inside, data declared as trusted, and what people make of it', () => {
  check(
    around(judge, '', '{ on: message, from: customer, gives: [claim], next: judge }').replace(
      'risk: high',
      'risk: limited',
    ),
  );
  check(around(judge, '', '{ on: manual, from: clerk, gives: [claim], next: judge }'));
  check(
    around(
      judge.replace('[claim]', '[paper]'),
      'data: { paper: { class: internal, trust: trusted } }',
      '{ on: message, from: customer, gives: [paper], next: judge }',
    ),
  );
  check(
    around(
      `  first: { task: First, by: clerk, reads: [claim], writes: [letter], next: judge }\n${judge.replace('[claim]', '[letter]')}`,
    ),
  );
});

test('silent where the sender is not known, and where nothing leads to the AI', () => {
  check(
    around(judge, '', '{ on: message, from: custmer, gives: [claim], next: judge }').replace(
      '\nsteps:',
      '\n#                           ^^^^^^^ structure/unresolved-reference\nsteps:',
    ),
  );
  check(around(`  first: { task: First, by: clerk, reads: [claim], next: finish }\n${judge}`));
});

test('a step that reads the data anyway checks it', () => {
  assert.equal(
    fixed(
      around(
        `  first: { task: First, by: erp, reads: [claim], next: judge, on: { error: finish } } # at once\n${judge}`,
      ),
      "Let 'first' check 'claim'",
    ),
    `-   first: { task: First, by: erp, reads: [claim], next: judge, on: { error: finish } } # at once
+   first: { task: First, by: erp, reads: [claim], validates: [claim], next: judge, on: { error: finish } } # at once`,
  );
});

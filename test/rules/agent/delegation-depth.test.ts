// agent/delegation-depth: work is passed on among agents only so far, and only to so many at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('agent/delegation-depth');

const flow = 'start: { next: finish }\nsteps: { finish: { end: Finished } }\n';

function agents(lines: string, rest = flow): string {
  return `${head}\nactors:\n${lines}\n${rest}`;
}

const agent = (id: string, delegates = '') =>
  `  ${id}: { kind: agent, sponsor: ai-lead${delegates && `, delegates: [${delegates}]`} }`;

test('a circle that nothing bounds, whether of two or of one', () => {
  check(
    agents(`${agent('one', '{ to: two }')}
${agent('two', '{ to: one }')}
  #                                                       ^^^ warning agent/delegation-depth: Work can be passed round for ever: one -> two -> one. Bound this delegation with 'max-depth'.
${agent('self', '{ to: self }')}
  #                                                        ^^^^ agent/delegation-depth: self -> self.`),
  );
});

test('a chain that is longer than allowed, said once at its beginning', () => {
  const chain = (mark: string) =>
    agents(`${agent('one', '{ to: two }')}
${mark}${agent('two', '{ to: three }')}
${agent('three', '{ to: four }')}
${agent('four')}`);
  check(
    chain(
      "  #                                                       ^^^ agent/delegation-depth: Work can be passed on 3 times: one -> two -> three -> four. At most 2 are allowed; bound this delegation with 'max-depth'.\n",
    ),
  );
  check(chain(''), { parameters: { maxDelegationDepth: 3 } });
});

test('a file can only be stricter than its project', () => {
  check(`${head}parameters: { max-delegation-depth: 1 }
actors:
${agent('one', '{ to: two }')}
  #                                                       ^^^ agent/delegation-depth: At most 1 is allowed
${agent('two', '{ to: three }')}
${agent('three')}
${flow}`);
});

test('bounds on the way count: a chain or a circle ends where one is used up', () => {
  check(
    agents(`${agent('one', '{ to: two, max-depth: 2 }')}
${agent('two', '{ to: three }')}
${agent('three', '{ to: four }')}
${agent('four')}`),
  );
  check(agents(`${agent('one', '{ to: two, max-depth: 1 }')}\n${agent('two', '{ to: one }')}`));
  check(
    agents(`${agent('one', '{ to: two, max-depth: 5 }')}
  #                                                       ^^^ agent/delegation-depth: Work can be passed on 3 times: one -> two -> one -> two.
${agent('two', '{ to: one }')}`),
  );
});

test('a step passes work on as well, and a job it leaves running needs a bound on how many', () => {
  const work = (keys: string, delegates: string, mark = '') =>
    agents(
      `${agent('one', delegates)}\n${agent('two', '{ to: three }')}\n${agent('three', '{ to: four }')}\n${agent('four')}`,
      `start: { next: plan }
steps:
  plan: { task: Plan, by: one, mode: ai-executed, ${keys}, next: finish, on: { error: finish, unavailable: finish } }
${mark}  finish: { end: Finished }
`,
    );
  check(
    work(
      'delegates-to: [two]',
      '',
      '  #                                                              ^^^ agent/delegation-depth: one -> two -> three -> four.\n',
    ),
  );
  const job = 'delegates-to: [four], detached: true';
  check(
    work(
      job,
      '',
      "  #                                                              ^^^^ agent/delegation-depth: 'one' can have any number of 'four' at work behind 'plan', which does not wait for them. Set 'max-parallel' in 'delegates' of 'one'.\n",
    ),
  );
  check(work(job, '{ to: four, max-parallel: 3 }'));
});

test('silent: nobody delegates, a half-typed bound, a delegate that is not declared', () => {
  check(agents(agent('one')));
  check(
    agents(`${agent('one', '{ to: one, max-depth: deep }')}
  #                                                                       ^^^^ language/invalid-value`),
  );
  check(
    agents(`${agent('one', '{ to: nobody }')}
  #                                                       ^^^^^^ structure/unresolved-reference`),
  );
});

test('agents of an imported file are judged in that file', () => {
  check(
    `${head}use: [./agents.aiwf.yaml]
${flow}
#- agents.aiwf.yaml
aiwf: 1
library: agents
use: [./people.aiwf.yaml]
actors:
${agent('one', '{ to: one }')}
  #                                                       ^^^ agent/delegation-depth
`.replace('use: [./people.aiwf.yaml]\nuse', 'use'),
  );
});

test('the fix bounds the circle or the chain', () => {
  assert.equal(
    fixed(
      agents(`${agent('one', '{ to: two }')}\n${agent('two', '{ to: one }')} # back`),
      'Pass work on at most 1 deep',
    ),
    `- ${agent('two', '{ to: one }')} # back
+ ${agent('two', '{ to: one, max-depth: 1 }')} # back`,
  );
  assert.equal(
    fixed(
      agents(
        `${agent('one', '{ to: two }')}\n${agent('two', '{ to: three }')}\n${agent('three', '{ to: four }')}\n${agent('four')}`,
      ),
      'Pass work on at most 2 deep',
    ),
    `- ${agent('one', '{ to: two }')}
+ ${agent('one', '{ to: two, max-depth: 2 }')}`,
  );
});

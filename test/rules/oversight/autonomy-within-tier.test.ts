// No agent is left to itself more than the risk allows, and none more than it declares.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('oversight/autonomy-within-tier');
const strict = { parameters: { maxAutonomy: { high: 3 } } };

const agent = (autonomy: string, more = '') => `
actors:
  writer: { kind: agent, sponsor: ai-lead${autonomy ? `, autonomy: ${autonomy}` : ''}${more} }
`;
const rest = `
defaults: { accepts: quick, on: { error: by-hand, unavailable: by-hand } }
start: { next: write }
steps:
  by-hand: { task: Write by hand, by: clerk, writes: [letter], next: done }
  send: { task: Send, by: erp, reads: [letter], effects: [{ kind: message, to: customer, external: true, uses: [letter] }], next: done }
  check: { approval: Check, by: lead, covers: [letter], on: { approve: send, modify: by-hand, reject: by-hand } }
  done: { end: Done }
`;
const write = (next: string) =>
  `  write: { task: Write, by: writer, mode: ai-executed, writes: [letter], next: ${next} }\n`;

test('a level above the most that is allowed for the risk', () => {
  check(
    `${head}risk: high${agent('L4')}  #                                                  ^^ error oversight/autonomy-within-tier: 'writer' is declared at autonomy L4, and at most L3 is allowed where the risk is high. Lower its level.
${rest}${write('check')}`,
    strict,
  );
});

test('no level declared, and left to itself more than is allowed', () => {
  const [finding] = check(
    `${head}risk: high${agent('')}  #^^^^^ error oversight/autonomy-within-tier: 'writer' works at autonomy L4, and at most L3 is allowed where the risk is high. Let a person approve what it does.
${rest}${write('send')}`,
    strict,
  );
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['write', 'send'],
  );
});

test('left to itself more than it declares: persons see only exceptions', () => {
  check(`${head}${agent('L3')}  #                                                  ^^ error oversight/autonomy-within-tier: 'writer' is declared at autonomy L3, and works at L4: a person sees only exceptions or samples of what it does ('write').
${rest}${write('[{ when: offer.sure > 0.9, to: send }, { else: check }]')}`);
});

test('no person sees what it does, not even where it fails', () => {
  const [finding] =
    check(`${head}${agent('L4')}  #                                                  ^^ oversight/autonomy-within-tier: works at L5: no person sees what it does ('write').
start: { next: write }
steps:
  write: { task: Write, by: writer, mode: ai-executed, writes: [letter], next: send, on: { error: failed, unavailable: failed } }
  send: { task: Send, by: erp, effects: [{ kind: message, to: customer, external: true, uses: [letter] }], next: done, on: { error: failed } }
  done: { end: Done }
  failed: { end: Failed, outcome: failed }
`);
  assert.equal(finding?.witness.at(-1)?.note, 'no person has seen it');
});

test('who stands in for another agent is judged as well, and an imported agent where it is named', () => {
  check(`${head.replace(']', ', ./ai.aiwf.yaml]')}
start: { next: write }
steps:
  write: { task: Write, by: far, mode: ai-executed, writes: [letter], next: done, on: { error: by-hand } }
  #                         ^^^ oversight/autonomy-within-tier: 'far' is declared at autonomy L2, and works at L4
  by-hand: { task: Write by hand, by: clerk, next: done }
  done: { end: Done }
#- ai.aiwf.yaml
aiwf: 1
library: ai
actors: { boss: { kind: human }, far: { kind: agent, sponsor: boss, autonomy: L2, fallback: near }, near: { kind: agent, sponsor: boss, autonomy: L5 } }
`);
});

test('it works alone where it is declared only to assist', () => {
  check(`${head}${agent('L1')}  #                                                  ^^ oversight/autonomy-within-tier: 'writer' is declared at autonomy L1, and works at L3: a person only judges what it does ('write'). Raise the level.
${rest}${write('check')}`);
});

test('silent: a person approves on every way, works together with it, or is assisted by it', () => {
  check(`${head}${agent('L3')}${rest}${write('check')}`);
  check(
    `${head}${agent('L2')}${rest}  write: { task: Write, by: [clerk, writer], mode: collaborative, decides: clerk, writes: [letter], next: send }\n`,
  );
  check(
    `${head}${agent('L1')}${rest}  write: { task: Write, by: clerk, assisted-by: [writer], mode: ai-augmented, decides: clerk, writes: [letter], next: send }\n`,
  );
  check(
    `${head}${agent('L2')}${rest}${write('edit')}  edit: { task: Edit, by: clerk, reads: [letter], writes: [letter], next: send }\n`,
  );
});

test('silent: what it does was approved before, or a policy admits it', () => {
  check(`${head}${agent('L3')}
start: { next: plan }
steps:
  plan: { task: Plan, by: clerk, writes: [offer], next: look }
  look: { approval: Look, by: lead, covers: [offer], on: { approve: write, modify: done, reject: done } }
  write: { task: Do it, by: writer, mode: ai-executed, reads: [offer], effects: [{ kind: payment, to: customer, irreversible: true, uses: [offer] }], next: done, on: { error: done, unavailable: done } }
  done: { end: Done }
`);
  check(`${head}${agent('L3')}policies: { small: { admits: [message] } }
${rest}  write: { task: Write, by: writer, mode: ai-executed, effects: [{ kind: message, to: customer, external: true, admitted-by: small }], next: done }\n`);
});

test('silent: only a failure goes past the person, and a higher level is declared than needed', () => {
  check(`${head}${agent('L5')}${rest}${write('check')}`);
  check(`${head}${agent('L3')}
start: { next: write }
steps:
  write: { task: Write, by: writer, mode: ai-executed, writes: [letter], next: check, on: { error: failed, unavailable: failed } }
  check: { approval: Check, by: lead, covers: [letter], on: { approve: done, modify: done, reject: done } }
  done: { end: Done }
  failed: { end: Failed, outcome: failed, informed: [clerk] }
`);
});

test('silent: no most is set for the risk, no risk is stated, or the agent takes no part', () => {
  check(`${head}risk: limited${agent('L4')}${rest}${write('check')}`, strict);
  check(`${head}${agent('L4')}${rest}${write('check')}`, strict);
  check(`${head}risk: high${agent('L5')}${rest}  write: { task: Write, by: clerk, next: done }\n`, strict);
});

test('silent: who else works on it is not known', () => {
  check(`${head}${agent('L2')}${rest}${write('look')}  look: { task: Look, by: nobody-yet, next: send }
  #                       ^^^^^^^^^^ structure/unresolved-reference
`);
});

test('the fix lowers a level that is not needed', () => {
  assert.equal(
    fixed(
      `${head}risk: high${agent('L4 # as sold').replace(' }', '\n  }')}${rest}${write('check')}`,
      'Lower the autonomy to L3',
      strict,
    ),
    `-   writer: { kind: agent, sponsor: ai-lead, autonomy: L4 # as sold
+   writer: { kind: agent, sponsor: ai-lead, autonomy: L3 # as sold`,
  );
});

// Whether a person sees the work of an AI does not depend on what only that AI says of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('oversight/gate-self-assessed');

const rest = `
defaults: { accepts: quick, on: { error: by-hand, unavailable: by-hand } }
start: { gives: [claim], next: judge }
steps:
  by-hand: { task: Decide by hand, by: clerk, reads: [claim], next: done }
  pay: { task: Pay, by: erp, reads: [offer], effects: [{ kind: payment, to: customer, external: true, irreversible: true, uses: [offer] }], next: done }
  done: { end: Done }
`;
const judge = (more: string) =>
  `  judge: { task: Judge, by: bot, mode: ai-executed, reads: [claim], writes: [offer], ${more} }`;

test('the confidence of the AI decides whether a person sees the case: a fault where money goes out unseen', () => {
  const [finding] = check(`${head}${rest}
  judge:
    task: Judge
    by: bot
    mode: ai-executed
    reads: [claim]
    writes: [offer]
    next:
      - when: offer.sure >= 0.9
        #     ^^^^^^^^^^^^^^^^^ error oversight/gate-self-assessed: 'offer.sure' decides at 'judge' whether a person sees the case, and only the AI 'bot' writes it, in 'judge'; on one branch 'pay' is reached unseen.
        to: pay
      - else: by-hand
`);
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['judge', 'pay'],
  );
});

test('a warning where only an end is reached, and at a route behind the AI', () => {
  const [finding] = check(`${head}${rest}
${judge('next: route')}
  route: { route: Sure?, next: [{ when: offer.sure < 0.5, to: by-hand }, { when: offer.text == "no", to: refused }, { else: by-hand }] }
  #                                                                              ^^^^^^^^^^^^^^^^^^ warning oversight/gate-self-assessed: 'refused' is reached unseen
  refused: { end: Refused, outcome: rejected }
`);
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['judge', 'route', 'refused'],
  );
});

test('a gate, whose low confidence leads to a person', () => {
  check(`${head}${rest}
  judge:
    task: Judge
    by: bot
    mode: ai-executed
    reads: [claim]
    writes: [offer]
    gate: { on: offer.sure, at-least: 0.9, source: self, below: by-hand }
    #^^^ error oversight/gate-self-assessed: 'offer.sure' decides at 'judge'
    next: pay
`);
});

test('calibrated without evidence of that model', () => {
  check(`${head}
actors: { judge-bot: { kind: agent, sponsor: ai-lead, model: { id: m, version: "2" } } }
evidence: [{ ref: e, of: judge-bot, model: "m@1", date: 2026-09-01 }]
${rest}
  judge: { task: Judge, by: judge-bot, mode: ai-executed, reads: [claim], writes: [offer], gate: { on: offer.sure, at-least: 0.9, source: calibrated, below: by-hand }, next: pay }
  #                                                                                        ^^^^ oversight/gate-self-assessed: It is said to be calibrated: add 'evidence' of the model of 'judge-bot'
`);
});

test('an AI that stands in for another one', () => {
  const [finding] = check(`${head}
actors: { first-bot: { kind: agent, sponsor: ai-lead, fallback: helper } }
${rest}
  judge: { task: Judge, by: first-bot, mode: ai-executed, reads: [claim], writes: [offer], next: [{ when: offer.sure >= 0.9, to: pay }, { else: by-hand }] }
  #                                                                                                       ^^^^^^^^^^^^^^^^^ oversight/gate-self-assessed
`);
  assert.equal(finding?.witness.length, 2);
});

test('an imported agent and imported data', () => {
  check(`${head.replace(']', ', ./ai.aiwf.yaml]')}${rest}
  judge: { task: Judge, by: far-bot, mode: ai-executed, writes: [mark], next: [{ when: mark.ok, to: pay }, { else: by-hand }] }
  #                                                                                    ^^^^^^^ oversight/gate-self-assessed: 'mark.ok' decides
#- ai.aiwf.yaml
aiwf: 1
library: ai
actors: { far-bot: { kind: agent, sponsor: boss }, boss: { kind: human } }
data: { mark: { fields: { ok: boolean } } }
`);
});

test('silent: calibrated with evidence of the model, or of the agent', () => {
  check(`${head}
actors:
  judge-bot: { kind: agent, sponsor: ai-lead, model: [{ id: m, version: "1" }, { id: n, version: "4" }] }
evidence: [{ ref: e, of: judge-bot, model: "m@1", date: 2026-09-01 }]
${rest}
  judge: { task: Judge, by: judge-bot, mode: ai-executed, reads: [claim], writes: [offer], gate: { on: offer.sure, source: calibrated }, next: [{ when: offer.sure >= 0.9, to: pay }, { else: by-hand }] }
`);
});

test('silent: a sample of the AI or of the branch goes to a person', () => {
  check(`${head}${rest}
${judge('sample: { share: 5%, to: by-hand }, next: [{ when: offer.sure >= 0.9, to: pay }, { else: by-hand }]')}
`);
  check(`${head}${rest}
${judge('next: [{ when: offer.sure >= 0.9, to: prepare }, { else: by-hand }]')}
  prepare: { task: Prepare, by: erp, sample: { share: 5%, to: by-hand, keep: true }, next: pay }
`);
});

test('silent: something else than the AI writes the value before it decides', () => {
  check(`${head}${rest}
${judge('next: score')}
  score: { task: Score, by: erp, reads: [offer], writes: [offer.sure], next: [{ when: offer.sure >= 0.9, to: pay }, { else: by-hand }] }
`);
});

test('silent: a person sees the case before, on both branches, or on none', () => {
  check(`${head}${rest}
${judge('next: look')}
  look: { review: Look, by: lead, reviews: [offer], on: { approve: route, modify: route, reject: by-hand } }
  route: { route: Sure?, next: [{ when: offer.sure >= 0.9, to: pay }, { else: by-hand }] }
`);
  check(`${head}${rest}
${judge('next: [{ when: offer.sure >= 0.9, to: look }, { else: by-hand }]')}
  look: { approval: Look, by: lead, covers: [offer], on: { approve: pay, modify: by-hand, reject: by-hand } }
`);
  check(`${head}${rest}
${judge('next: [{ when: offer.sure >= 0.9, to: pay }, { else: refused }]')}
  refused: { end: Refused }
`);
});

test('silent: a person sends what is waited for, and a policy stands for the approval', () => {
  check(`${head}
events: { go: { kind: message, from: lead } }
policies: { small: { admits: [payment], when: offer.amount <= 50 } }
${rest}
${judge('next: wait')}
  wait: { wait: For a go, until: go, within: 1d, on: { timeout: by-hand }, next: [{ when: offer.sure >= 0.9, to: pay }, { else: again }] }
  again: { task: Judge again, by: bot, mode: ai-executed, writes: [offer], next: [{ when: offer.amount <= 50, to: pay-small }, { else: by-hand }] }
  pay-small: { task: Pay, by: erp, effects: [{ kind: payment, to: customer, uses: [offer], admitted-by: small }], next: done }
`);
});

test('silent: only a failure leads past the person, and data of the customer decides', () => {
  check(
    `${head}${rest}
${judge('next: [{ when: claim.amount <= 50, to: pay }, { when: offer.sure >= 0.9, to: again }, { else: by-hand }]').replace('writes: [offer]', 'writes: [offer]')}
  again: { task: Check, by: erp, next: by-hand, on: { error: lost } }
  lost: { end: Lost, outcome: failed, informed: [clerk] }
`.replace('{ when: claim.amount <= 50, to: pay }, ', ''),
  );
  check(`${head}${rest}
${judge('next: [{ when: claim.amount <= 50, to: pay }, { else: by-hand }]')}
`);
});

test('silent: a condition that cannot be read, and half a gate', () => {
  check(
    `${head}${rest}
${judge('gate: { at-least: 0.9 }, next: [{ when: offer.sure and claim.amount, to: pay }, { else: by-hand }]')}
  #                                                                                ^^^^ language/missing-key
`
      .replace(/\n {2}# .*\n/, '\n')
      .replace('gate: { at-least: 0.9 }, ', '')
      .replace('offer.sure and claim.amount', 'size(letter) > 3'),
  );
});

test('the fix lets a person look at a share', () => {
  assert.equal(
    fixed(
      `${head}${rest}
  judge:
    task: Judge
    by: bot # the new one
    mode: ai-executed
    writes: [offer]
    next: [{ when: offer.sure >= 0.9, to: pay }, { else: by-hand }] # by itself
`,
      "Let 'by-hand' look at 5% of what 'judge' does",
    ),
    '+     sample: { share: 5%, to: by-hand }',
  );
});

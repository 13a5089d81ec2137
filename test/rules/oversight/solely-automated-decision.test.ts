// oversight/solely-automated-decision: a human with authority makes every decision that weighs on a person.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check: checkText, fixed } = forRules('oversight/solely-automated-decision');

const frame = `${head}
defaults: { accepts: quick, on: { error: by-hand, unavailable: by-hand } }
start: { next: first }
`;
const rest = `  by-hand: { task: By hand, by: owner, next: finish }
  finish: { end: Finished }
  refused: { end: Refused, outcome: rejected }
`;

function check(steps: string, declarations = '', options = {}) {
  return checkText(`${frame}${declarations}steps:${steps}${rest}`, options);
}

const about = 'subject: customer, significance: legal';
const outcomes =
  'outcomes: { grant: favourable, deny: adverse, refer: neutral }, on: { grant: finish, deny: refused, refer: by-hand }';
const deny =
  'effects: [{ kind: decision, subject: customer, outcome: deny, adverse: true, significance: significant }]';
const mark = '^^^^^^^^ oversight/solely-automated-decision';

test('an AI or a rule must not decide about a person by itself', () => {
  check(`
  first: { decision: Decide, by: bot, mode: ai-executed, ${about}, ${outcomes} }
  #                              ^^^ oversight/solely-automated-decision: 'bot' decides 'deny' about 'customer' in 'first', and no human does. Let a person with authority decide on every path, or state under 'basis' what allows it.
`);
  check(`
  first: { decision: Decide, rule: offer.amount > 9, ${about}, ${outcomes} }
  #                          ^^^^ oversight/solely-automated-decision: A rule decides 'deny' about 'customer'
`);
});

test('an effect that decides needs a human before it on every path, also when the time is over', () => {
  const [finding] = check(`
  first: { review: Look at the proposal, by: clerk, within: 5d, on: { approve: tell, modify: tell, reject: finish, timeout: tell } }
  tell: { task: Tell the customer no, by: erp, ${deny}, next: finish }
  #                                                              ${mark}: 'erp' brings about 'deny' about 'customer' in 'tell', and on one path no human with the authority for it has decided so
`);
  assert.deepEqual(
    finding?.witness.map(({ step, edge }) => `${edge?.label ? `${edge.label} -> ` : ''}${step}`),
    ['start', 'first', 'timeout -> tell'],
  );
});

test('a person without the authority for that outcome does not decide it', () => {
  check(
    `
  first: { decision: Decide, by: nurse, outcomes: [grant, deny], on: { grant: finish, deny: tell } }
  tell: { task: Tell the customer no, by: erp, ${deny}, next: finish }
  #                                                              ${mark}
`,
    'actors: { nurse: { kind: human, holders: 4, authority: { grant: true } } }\n',
  );
});

test('a decision of a person that time makes in the end is made by nobody', () => {
  check(`
  first: { decision: Decide, by: clerk, ${about}, within: 30d, outcomes: [grant, deny], on: { grant: finish, deny: refused, timeout: close } }
  #                                                                                                                                                                ^^^^^ oversight/solely-automated-decision: When 'first' ends with 'timeout', the case is refused at 'refused' and nobody has decided about 'customer'. Lead it to a person who decides.
  close: { task: Close the case, by: erp, next: refused }
`);
});

test('favourable decisions count where the project says so', () => {
  const steps = `
  first: { decision: Decide, by: bot, mode: ai-executed, ${about}, outcomes: { grant: favourable, refer: neutral }, on: { grant: finish, refer: by-hand } }
`;
  check(steps);
  check(
    `${steps}  #                              ^^^ oversight/solely-automated-decision: 'bot' decides 'grant' about\n`,
    '',
    { parameters: { adverseOnly: false } },
  );
});

test('outcomes that nobody has classified count as adverse; an effect says it for itself', () => {
  check(`
  first: { decision: Decide, by: erp, ${about}, outcomes: [one, other], on: { one: finish, other: finish } }
  #                              ^^^ oversight/solely-automated-decision: 'erp' decides 'one' or 'other' about
`);
  check(`
  first: { task: Grant it, by: erp, effects: [{ kind: decision, subject: customer, outcome: grant, adverse: false, significance: legal }], next: finish }
`);
});

test('who decides may come from an imported file', () => {
  checkText(`${frame.replace('./people.aiwf.yaml', './people.aiwf.yaml, ./agents.aiwf.yaml')}steps:
  first: { decision: Decide, by: judge, mode: ai-executed, ${about}, ${outcomes} }
  #                              ^^^^^ oversight/solely-automated-decision: 'judge' decides 'deny'
${rest}#- agents.aiwf.yaml
aiwf: 1
library: agents
actors: { judge: { kind: agent, sponsor: boss }, boss: { kind: human, holders: 1 } }
`);
});

test('no fault: a person decides, alone or with the help of an AI, or has the last word', () => {
  check(`
  first: { decision: Decide, by: clerk, assisted-by: [bot], decides: clerk, mode: ai-augmented, ${about}, ${outcomes} }
`);
  check(`
  first: { decision: Decide, by: [clerk, bot], decides: clerk, mode: collaborative, ${about}, ${outcomes} }
`);
});

test('no fault: a person has decided so on every path, or performs it', () => {
  check(`
  first: { decision: Decide, by: clerk, ${about}, outcomes: [grant, deny], on: { grant: finish, deny: tell } }
  tell: { task: Tell the customer no, by: erp, ${deny}, next: finish }
`);
  check(`
  first: { approval: Release the refusal, by: lead, on: { approve: tell, modify: finish, reject: finish } }
  tell: { task: Tell the customer no, by: erp, ${deny}, next: finish }
`);
  check(`
  first: { task: Tell the customer no, by: clerk, ${deny}, next: finish }
`);
});

test('no fault: a basis, no weight, a company, a late decision that goes on to a person', () => {
  check(`
  first: { decision: Decide, by: erp, basis: Consent and a right to be heard, ${about}, ${outcomes} }
`);
  check(`
  first: { decision: Sort, by: erp, subject: customer, ${outcomes} }
`);
  check(`
  first: { decision: Decide, by: erp, subject: shop, significance: legal, ${outcomes} }
`);
  check(`
  first: { decision: Decide, by: clerk, ${about}, within: 30d, outcomes: [grant, deny], on: { grant: finish, deny: refused, timeout: second } }
  second: { decision: Decide, by: lead, ${about}, outcomes: [grant, deny], on: { grant: finish, deny: refused } }
`);
});

test('while it is not known who decides, nothing is said', () => {
  check(`
  first: { decision: Decide, by: bott, ${about}, ${outcomes} }
  #                              ^^^^ structure/unresolved-reference: No actor 'bott' is declared. Did you mean 'bot'?
`);
  check(`
  first: { decision: Decide, ${about}, ${outcomes} }
`);
});

test('the fix leads open paths through the decision that a person makes already', () => {
  const text = `${frame}steps:
  first: { task: Score, by: bot, mode: ai-executed, writes: [offer], next: [{ when: offer.sure > 0.9, to: tell }, { else: decide }] } # sure is sure
  decide: { decision: Decide, by: clerk, ${about}, outcomes: [grant, deny], on: { grant: finish, deny: tell } }
  tell: { task: Tell the customer no, by: erp, ${deny}, next: finish }
${rest}`;
  assert.match(fixed(text, "Let 'decide' decide first"), /\+ .*\{ when: offer.sure > 0.9, to: decide \}/);
});

// oversight/contest-route: whoever a weighty decision is about can have another human look at it, in time and with effect.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check: checkText, fixed } = forRules('oversight/contest-route');

const frame = `${head}
defaults: { accepts: quick, on: { error: by-hand, unavailable: by-hand } }
start: { next: first }
`;
const rest = `  by-hand: { task: By hand, by: owner, next: finish }
  finish: { end: Finished }
`;

function check(steps: string, declarations = '', options = {}) {
  return checkText(`${frame}${declarations}steps:${steps}${rest}`, options);
}

const decide = (by = 'clerk', no = 'tell') =>
  `first: { decision: Decide, by: ${by}, subject: customer, significance: legal, outcomes: { grant: favourable, deny: adverse }, on: { grant: finish, deny: ${no} } }`;
const tell =
  'tell: { task: Tell them, by: erp, effects: [{ kind: message, to: customer, external: true, uses: [claim] }], next: look-again }';
const contest = (by: string, more = 'file-within: 30d, may-reverse: true, ') =>
  `look-again: { contest: Look again, from: customer, by: ${by}, ${more}on: { uphold: finish, reverse: by-hand, not-filed: finish } }`;

test('a decision that leads to no contest cannot be challenged', () => {
  const [finding] = check(`
  first: { decision: Decide, by: clerk, subject: customer, significance: legal, outcomes: [grant, deny], on: { grant: finish, deny: finish } }
  #                                                                      ^^^^^ oversight/contest-route: The decision in 'first' about 'customer' leads to no contest, so it cannot be challenged. Lead it to a notice and then to a 'contest' by someone else, with 'file-within' and 'may-reverse'.
`);
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['start', 'first'],
  );
});

test('a contest that only the favourable outcome leads to, or nobody comes to, is none', () => {
  check(`
  first: { decision: Decide, by: clerk, subject: customer, significance: legal, outcomes: { grant: favourable, deny: adverse }, on: { grant: tell, deny: finish } }
  #                                                                      ^^^^^ oversight/contest-route: leads to no contest
  ${tell}
  ${contest('lead')}
`);
});

test('nobody files a contest who does not know of the decision', () => {
  check(`
  first: { decision: Decide, by: clerk, subject: customer, significance: legal, outcomes: [grant, deny], on: { grant: look-again, deny: look-again } }
  #                                                                      ^^^^^ oversight/contest-route: The decision in 'first' about 'customer' can be challenged in 'look-again', but nobody tells the person before
  ${contest('lead')}
`);
});

test('who decided does not look again, nor may someone of the same role', () => {
  check(`
  ${decide()}
  ${tell}
  ${contest('clerk')}
  #                                                      ^^^^^ oversight/contest-route: 'clerk' may judge in 'look-again' what the same person decided in 'first'. Let someone else judge, or keep the two apart with 'distinct-from'.
`);
  check(`
  ${decide('lead')}
  ${tell}
  ${contest('lead')}
  #                                                      ^^^^ oversight/contest-route: 'lead' judges in 'look-again' what the same person decided in 'first'
`);
});

test('no AI looks again, and the contest has a deadline and an effect', () => {
  check(`
  ${decide()}
  ${tell}
  look-again: { contest: Look again, from: customer, by: bot, mode: ai-executed, on: { uphold: finish, reverse: by-hand, not-filed: finish } }
  #                                                      ^^^ oversight/contest-route: The contest 'look-again' is judged by 'bot', which is not a human of this organization
  #             ^^^^^^^ oversight/contest-route: Nothing in the contest 'look-again' says how long it can be filed. Add 'file-within'.
  #             ^^^^^^^ oversight/contest-route: Nothing in the contest 'look-again' says that the decision can be reversed. Add 'may-reverse'.
`);
});

test('a decision effect counts, also behind a time limit, and who takes part may be declared in another file', () => {
  checkText(`${frame.replace('./people.aiwf.yaml', './people.aiwf.yaml, ./more.aiwf.yaml')}steps:
  first: { review: Look, by: clerk, within: 2d, on: { approve: say, modify: say, reject: finish, timeout: say } }
  say: { task: Say no, by: erp, effects: [{ kind: decision, to: patient, subject: patient, outcome: deny, adverse: true, significance: significant }], next: finish }
  #                                               ^^^^^^^^ oversight/contest-route: The decision in 'say' about 'patient' leads to no contest
${rest}#- more.aiwf.yaml
aiwf: 1
library: more
actors: { patient: { kind: external } }
`);
});

test('no fault: told, and another human looks again in time and with effect', () => {
  check(`
  ${decide()}
  ${tell}
  ${contest('lead')}
`);
  check(`
  ${decide()}
  tell: { disclose: Explain the decision, by: clerk, says: [reasons], to: customer, next: look-again }
  ${contest('clerk', 'distinct-from: [first], file-within: 30d, may-reverse: true, ')}
`);
});

test('no fault: the decision itself tells the person, and the contest comes later', () => {
  check(`
  first: { task: Say no, by: clerk, effects: [{ kind: decision, to: customer, subject: customer, outcome: deny, adverse: true, significance: significant }], next: rest }
  rest: { wait: Some days, for: 2d, next: look-again }
  ${contest('lead')}
`);
});

test('no fault: no weight, nothing adverse, or a company', () => {
  check(`
  first: { decision: Sort, by: clerk, subject: customer, outcomes: [grant, deny], on: { grant: finish, deny: finish } }
`);
  check(`
  first: { decision: Decide, by: clerk, subject: customer, significance: legal, outcomes: { grant: favourable, refer: neutral }, on: { grant: finish, refer: by-hand } }
`);
  check(`
  first: { decision: Decide, by: clerk, subject: shop, significance: legal, outcomes: [grant, deny], on: { grant: finish, deny: finish } }
`);
});

test('while the judge of the contest is a typing error, only that is said', () => {
  check(`
  ${decide()}
  ${tell}
  ${contest('leed')}
  #                                                      ^^^^ structure/unresolved-reference: No actor 'leed' is declared. Did you mean 'lead'?
`);
});

test('the fixes add what is missing, and let others of the role judge', () => {
  const text = (by: string, more: string) => `${frame}steps:
  ${decide()}
  ${tell}
  look-again:
    contest: Look again # second look
    from: customer
    by: ${by}
${more}    on: { uphold: finish, reverse: by-hand, not-filed: finish }
${rest}`;
  assert.equal(fixed(text('lead', '    may-reverse: true\n'), "Add 'file-within: 30d'"), `+     file-within: 30d`);
  assert.equal(
    fixed(text('lead', '    file-within: 30d\n    may-reverse: false\n'), "Add 'may-reverse: true'"),
    `-     may-reverse: false
+     may-reverse: true`,
  );
  assert.equal(
    fixed(text('clerk', '    file-within: 30d\n    may-reverse: true\n'), "Let it be judged by others than 'first'"),
    `+     distinct-from: [first]`,
  );
});

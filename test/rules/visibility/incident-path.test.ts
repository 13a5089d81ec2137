// visibility/incident-path: where the risk is high, a serious incident is seen, suspended, told in time and corrected.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed, findingsOf } = forRules('visibility/incident-path');

const flow = `start: { next: write }
steps:
  write: { task: Write, by: clerk, within: 1d, next: finish, on: { timeout: halted } }
  finish: { end: Finished }
  halted: { end: Halted, outcome: cancelled }
`;

test('a workflow of high risk without an incident path is a fault, in the short form of the tier as well', () => {
  check(`${head}risk: high
#     ^^^^ error visibility/incident-path: The risk is high, and nothing says what happens in a serious incident. Add 'incident': who sees it, how work is suspended, who is told, who corrects it.
${flow}`);
  check(`${head}risk: { regimes: [gdpr], tier: high }
#                              ^^^^ visibility/incident-path
${flow}`);
});

test('all four parts are there, each missing one is named', () => {
  check(`${head}risk: high
incident:
#^^^^^^^ visibility/incident-path: The incident path does not say how work is suspended ('suspend') or who corrects the cause ('correct'). Add them.
  detect: [complaint from a customer]
  notify: [{ to: owner, within: 1d }]
${flow}`);
  check(`${head}risk: high
incident: { detect: [], suspend: halted, notify: { to: owner, within: 1d }, correct: { by: owner } }
#^^^^^^^ visibility/incident-path: The incident path does not say who or what sees it ('detect'). Add it.
${flow}`);
});

test('an imported agent corrects nothing: a person answers for it', () => {
  check(`${head}risk: high
incident: { detect: [write], suspend: halted, notify: { to: owner, within: 1d }, correct: { by: bot } }
#                                                                                               ^^^ visibility/incident-path: 'bot' corrects the cause of an incident and is of the kind 'agent'. Name a person's role.
${flow}`);
});

test('people are told in time: 15 days, 10 after a death, 2 of a widespread incident', () => {
  check(`${head}risk: high
incident:
  detect: [write.timeout, alarm]
  suspend: halted
  notify:
    - { to: owner, when: any serious incident, within: 20d }
    #                                                  ^^^ visibility/incident-path: 'owner' is told of a serious incident after 20d; 15 days from awareness are the most. Tell them sooner.
    - { to: lead, when: yearly summary, within: 1y }
    - { to: lead, when: the death of a person, within: 15d }
    #                                                  ^^^ visibility/incident-path: 'lead' is told of a death after 15d; 10 days from awareness are the most.
    - { to: ai-lead, when: widespread infringement, within: 3d }
    #                                                       ^^ visibility/incident-path: 'ai-lead' is told of a widespread incident after 3d; 2 days
  correct: { by: owner, within: 30d }
${flow}`);
  check(`${head}risk: high
incident: { detect: [write], suspend: halted, notify: [{ to: owner }, { to: lead }], correct: { by: owner } }
#                                             ^^^^^^ visibility/incident-path: Nothing says how soon people are told of an incident; 15 days from awareness are the most. Add 'within'.
${flow}`);
});

test('silent: a whole path, no high risk, a second notice that takes longer', () => {
  check(`${head}risk: high
incident:
  detect: [write]
  suspend: halted
  notify:
    - { to: owner, within: 15d }
    - { to: customer, within: 60d }
    - { to: lead, when: a fatal accident, within: 10d }
  correct: { by: office, within: 30d }
${flow}`);
  check(`${head}risk: limited
${flow}`);
  check(`${head}${flow}`);
});

test('half-typed paths are left to others', () => {
  for (const incident of [
    'incident:',
    'incident: { detect: , suspend: , notify: , correct: }',
    'incident: { detect: [a], suspend: halted, notify: [{ to: nobody, within: soon }], correct: { by: nobody } }',
  ])
    assert.deepEqual(
      findingsOf(`${head}risk: high\n${incident}\n${flow}`).filter(({ rule }) => rule.startsWith('visibility/')),
      [],
      incident,
    );
});

test('a path can be begun, and a notice can come sooner', () => {
  assert.equal(
    fixed(
      `${head}risk: high # by annex III
stop: { by: owner, safe-state: halted, within: 60s }
${flow}`,
      "Begin an incident path with 'owner'",
    ),
    `+ incident:
+   detect: [report by anyone who takes part]
+   suspend: stop
+   notify:
+     - { to: owner, when: any serious incident, within: 1d }
+   correct: { by: owner, within: 15d }
+ `,
  );
  const text = (within: string) => `${head}risk: high
incident: { detect: [write], suspend: halted, notify: [{ to: owner, within: ${within} }], correct: { by: owner } } # all of it
${flow}`;
  assert.match(fixed(text('30d'), 'Tell them within 15d'), /\+ .*within: 15d/);
});

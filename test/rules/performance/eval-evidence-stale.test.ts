// performance/eval-evidence-stale: what an agent was evaluated for is what it is used for now.
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check } = forRules('performance/eval-evidence-stale');

const year = { parameters: { maxEvidenceAge: 180 * 24 * 60 } };
const agent = `actors:
  worker: { kind: agent, sponsor: ai-lead, model: { id: m, version: "2" } }
  spare: { kind: agent, sponsor: ai-lead, model: [{ id: m, version: "2" }, { id: n, version: "1" }], fallback: other }
  other: { kind: agent, sponsor: ai-lead, model: { id: o, version: "7" } }
  floating: { kind: agent, sponsor: ai-lead, model: { id: m } }
`;
const flow = (by = 'worker') => `start: { next: work }
steps:
  work: { task: Work, by: ${by}, mode: ai-executed, on: { error: finish }, next: finish }
  finish: { end: Finished }
`;

test('evidence of another model than the one that is pinned is stale', () => {
  check(`${head}${agent}evidence: [{ ref: E-1, of: worker, model: m@1, date: 2026-10-01 }]
  #                                       ^^^ warning performance/eval-evidence-stale: The evidence 'E-1' for 'worker' is of the model 'm@1' and not of 'm@2'. Evaluate what is in use now, and state it.
${flow()}`);
  check(`${head}${agent}evidence: [{ ref: E-1, of: worker }]
  #               ^^^ performance/eval-evidence-stale: The evidence 'E-1' for 'worker' does not say of which model it is.
${flow()}`);
});

test('evidence has to name every context of the workflow', () => {
  check(`${head}${agent}context: [claims, health]
evidence: [{ ref: E-1, of: worker, model: m@2, context: [claims] }]
  #                                                     ^^^^^^^^ performance/eval-evidence-stale: The evidence 'E-1' for 'worker' does not name the context 'health'.
${flow()}`);
});

test('evidence that is older than it may be is stale; the newest one is said, once, with all its faults', () => {
  check(
    `${head}${agent}context: claims
evidence:
  - { ref: E-1, of: worker, model: m@2, date: 2024-01-01, context: [claims] }
  - { ref: E-2, of: worker, model: m@1, date: 2026-01-01, context: [claims] }
  #                                ^^^ performance/eval-evidence-stale: The evidence 'E-2' for 'worker' is of the model 'm@1' and not of 'm@2' and is older than 180 days.
${flow()}`,
    year,
  );
});

test('whoever takes over when the agent is not there is evaluated as well', () => {
  check(`${head}${agent}evidence:
  - { ref: E-1, of: spare, model: n@1 }
  - { ref: E-2, of: other, model: o@6 }
  #                               ^^^ performance/eval-evidence-stale: The evidence 'E-2' for 'other' is of the model 'o@6' and not of 'o@7'
${flow('spare')}`);
});

test('at high risk it is an error, and so is an agent without evidence', () => {
  check(
    `${head}actors:
  worker: { kind: agent, sponsor: ai-lead }
  #^^^^^ error performance/eval-evidence-stale: The risk of this workflow is high, and nothing shows that 'worker' was evaluated. Add 'evidence' for it.
  other: { kind: agent, sponsor: ai-lead, model: { id: o, version: "7" } }
risk: high
evidence: [{ ref: E-1, of: other, model: o@6 }]
${flow()}`,
  );
  check(`${head}${agent}risk: high
evidence: [{ ref: E-1, of: worker, model: m@1 }]
  #                                       ^^^ error performance/eval-evidence-stale
${flow()}`);
});

test('without a date it is unknown whether evidence is too old', () => {
  check(
    `${head}${agent}evidence: [{ ref: E-1, of: worker, model: m@2 }]
  #               ^^^ performance/eval-evidence-stale?: The evidence 'E-1' for 'worker' has no date, so whether it is older than 180 days is not known.
${flow()}`,
    year,
  );
});

test('an agent of a library is judged where it works, and an agent without evidence at the first place that names it', () => {
  check(
    `
aiwf: 1
workflow: w
accountable: owner
risk: high
use: [./people.aiwf.yaml]
start: { next: work }
steps:
  work: { task: Work, by: bot, mode: ai-executed, on: { error: finish, unavailable: finish }, next: finish }
  #                       ^^^ error performance/eval-evidence-stale: nothing shows that 'bot' was evaluated
  finish: { end: Finished }
`,
  );
});

test('evidence that holds, agents that are not at work, models that are not pinned and half-typed evidence are silent', () => {
  check(
    `${head}${agent}context: [claims, health]
evidence:
  - { ref: E-0, of: worker, model: m@1, date: 2020-01-01 }
  - { ref: E-1, of: worker, model: m@2, date: 2026-10-01, context: [claims] }
  - { ref: E-2, of: worker, model: m@2, date: 2026-11-01, context: [health] }
  - { ref: E-3, of: other, model: o@1, date: 2020-01-01 }
${flow()}`,
    year,
  );
  check(`${head}${agent}evidence: [{ ref: E-1, of: floating }]\n${flow('floating')}`);
  check(`${head}${agent}${flow()}`, year);
  for (const evidence of [
    'evidence:',
    'evidence: [{ ref: E-1 }]',
    'evidence: [{ of: worker, model: , date: , context: }]',
  ])
    check(`${head}${agent}risk: high\n${evidence}\n${flow()}`, { ...year, only: ['performance/eval-evidence-stale'] });
});

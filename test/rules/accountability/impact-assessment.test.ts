// accountability/impact-assessment: a workflow of high risk was assessed before it takes effect.
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check } = forRules('accountability/impact-assessment');

const flow = `start: { next: work }
steps:
  work: { task: Work, by: clerk, next: finish }
  finish: { end: Finished }
`;

test('high risk without an assessment of its impact is a fault, at the tier', () => {
  check(`${head}risk: high
  #   ^^^^ accountability/impact-assessment: The risk is high, and no impact assessment is named. Add one of the kind 'fria' or 'dpia' under 'assessments'.
${flow}`);
  check(`${head}risk: { tier: high, regimes: [gdpr] }
  #           ^^^^ accountability/impact-assessment
assessments: [{ kind: aiia, ref: A-1, date: 2026-01-01 }]
${flow}`);
});

test('an assessment of other workflows is none of this one', () => {
  check(`${head}risk: high
assessments: [{ kind: fria, ref: F-1, date: 2026-01-01, covers: [hiring, pay] }]
  #                                                             ^^^^^^^^^^^^^ accountability/impact-assessment: The risk is high, and 'F-1' covers 'hiring' and 'pay' and not 'w'. Assess this workflow, or add it there if it was assessed.
${flow}`);
});

test('an assessment that is younger than the use came too late', () => {
  check(`${head}risk: high
effective: 2026-10-01
assessments: { kind: dpia, ref: D-1, date: 2026-10-02 }
  #                                        ^^^^^^^^^^ accountability/impact-assessment: The risk is high, and 'D-1' is younger than the use of the workflow, which began before. Assess it before it takes effect.
${flow}`);
});

test('without its day it is unknown whether an assessment came before the use', () => {
  check(`${head}risk: high
effective: 2026-10-01
assessments: [{ kind: dpia, ref: D-1 }, { kind: fria, ref: F-1, date: 2026-11-01 }]
  #                              ^^^ accountability/impact-assessment?: The risk is high, and 'D-1' has no date, so whether it was made before the workflow took effect is not known. Add 'date'.
${flow}`);
});

test('actors and data of a library change nothing: the workflow that uses them is assessed', () => {
  check(`
aiwf: 1
workflow: w
accountable: owner
risk: high
  #   ^^^^ accountability/impact-assessment
use: [./people.aiwf.yaml, ./other.aiwf.yaml]
${flow}
#- other.aiwf.yaml
aiwf: 1
library: other
risk: high
`);
});

test('one that covers this workflow, before its use or while nobody says when that begins, is enough', () => {
  for (const [effective, assessments] of [
    ['2026-10-01', '{ kind: dpia, ref: D-1, date: 2026-10-01 }'],
    [
      '2026-10-01',
      '{ kind: dpia, ref: D-1, date: 2027-10-01 }, { kind: fria, ref: F-1, date: 2026-09-01, covers: [other, w] }',
    ],
    [undefined, '{ kind: fria, ref: F-1 }'],
  ])
    check(`${head}risk: high\n${effective ? `effective: ${effective}\n` : ''}assessments: [${assessments}]\n${flow}`);
});

test('limited risk, an unknown tier and half-typed assessments are not judged', () => {
  for (const keys of [
    'risk: limited',
    'risk: ',
    'risk: hihg',
    'risk: high\nassessments:',
    'risk: high\nassessments: [{ ref: D-1 }]',
  ])
    check(`${head}${keys}\n${flow}`, { only: ['accountability/impact-assessment'] });
  check(`${head}risk: high\neffective: 2026-10-01\nassessments: [{ kind: dpia, ref: D-1, date: }]\n${flow}`, {
    only: ['accountability/impact-assessment'],
  });
});

/**
 * A workflow of high risk is in use, and nobody has assessed before what it does to people, or the assessment is of
 * something else. Assess it (`fria` or `dpia`), on or before the day it takes effect, and name it under `assessments`.
 */
import type { Workflow } from '../../language/model.ts';
import type { Range } from '../../language/source.ts';
import type { FileFields } from '../../language/vocabulary.ts';
import { quoted } from '../../language/wording.ts';
import { here } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, gdpr, iso42001 } from '../standards.ts';

export const impactAssessment: Rule = {
  id: 'accountability/impact-assessment',
  severity: 'error',
  summary: 'A workflow of high risk has an impact assessment that covers it and is no younger than its use.',
  seed: ['S17'],
  clauses: [
    euAiAct('27(1)'),
    euAiAct('27(2)'),
    euAiAct('26(9)'),
    gdpr('35'),
    iso42001('A.5.2'),
    iso42001('A.5.3'),
    iso42001('A.5.4'),
    iso42001('8.4'),
  ],
  check({ workflow }, report) {
    const { fields, library } = workflow;
    const { risk, assessments, $: origin } = fields ?? {};
    const tier = risk?.tier;
    if (library || tier?.value !== 'high') return;
    // Someone is typing one.
    if (!assessments && origin?.keyRange('assessments')) return;
    if (assessments?.some(({ kind }) => !kind)) return;
    const impact = (assessments ?? []).filter(({ kind }) => kind?.value === 'fria' || kind?.value === 'dpia');
    const judged = impact.map((assessment) => faultOf(assessment, workflow));
    if (judged.some((fault) => fault === undefined)) return;
    const fault = judged.find((one) => one?.isUnknown) ?? judged.at(-1);
    if (!fault) {
      report({
        range: tier.range,
        place: 'workflow',
        message:
          "The risk is high, and no impact assessment is named. Add one of the kind 'fria' or 'dpia' under 'assessments'.",
        witness: here('workflow', tier.range, "is of high risk without a 'fria' or 'dpia'"),
      });
      return;
    }
    report({
      range: fault.range,
      place: 'workflow',
      message: `The risk is high, and ${fault.words}`,
      witness: here('workflow', fault.range, 'is no assessment of this workflow before its use'),
      verdict: fault.isUnknown ? 'unknown' : 'violation',
    });
  },
};

interface Fault {
  readonly range: Range;
  readonly words: string;
  readonly isUnknown?: boolean;
}

type Assessment = NonNullable<FileFields['assessments']>[number];

/** Undefined for one that holds, or that is still being typed. */
function faultOf({ kind, ref, date, covers, $: origin }: Assessment, { id, fields }: Workflow): Fault | undefined {
  const name = ref ? `'${ref.value}'` : `the ${kind?.value}`;
  if (covers && id !== undefined && !covers.some(({ value }) => value === id)) {
    const others = quoted(covers.map(({ value }) => value));
    return {
      range: origin.valueRange('covers') ?? origin.range,
      words: `${name} covers ${others} and not '${id}'. Assess this workflow, or add it there if it was assessed.`,
    };
  }
  const effective = fields?.effective;
  if (!effective) return undefined;
  if (date && date.value > effective.value)
    return {
      range: date.range,
      words: `${name} is younger than the use of the workflow, which began before. Assess it before it takes effect.`,
    };
  if (date || origin.keyRange('date')) return undefined;
  return {
    range: ref?.range ?? origin.range,
    words: `${name} has no date, so whether it was made before the workflow took effect is not known. Add 'date'.`,
    isUnknown: true,
  };
}

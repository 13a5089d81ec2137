/**
 * Something happens on the word of one person that needs two: a payment from the threshold on, or what rests on identifying
 * people at a distance. Add a second approval by someone else, or let two holders of the role judge (`dual: true`).
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { anyData } from '../../analysis/approvals.ts';
import { effectRoot } from '../../analysis/effects.ts';
import { judgesOf, type SingleHanded, singleHanded } from '../../analysis/two-approvals.ts';
import { addEntry } from '../../language/edit.ts';
import type { Step, Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import type { Amount } from '../../language/values.ts';
import { along, here } from '../evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { agentGovernanceToolkit, euAiAct, soc2 } from '../standards.ts';
import { hasOpenTarget } from '../structure/unreachable-step.ts';

export const twoPerson: Rule = {
  id: 'oversight/two-person',
  severity: 'error',
  summary: 'What needs two people is approved by two different ones, independently, on every path.',
  seed: ['S18'],
  across: true,
  clauses: [
    euAiAct('14(5)'),
    euAiAct('12(3)(d)'),
    soc2('CC5.1'),
    agentGovernanceToolkit('sox template, dual approval'),
  ],
  check(analyses, report, { parameters }) {
    const { workflow } = analyses;
    for (const step of workflow.steps.values()) checkDual(step, report);
    if (hasOpenTarget(workflow)) return;
    for (const found of singleHanded(analyses, parameters.dualApproval))
      reportEffect(found, parameters.dualApproval, analyses, report);
  },
};

/** Two holders are to judge, and there is one. */
function checkDual(step: Step, report: Report): void {
  const { dual, $: origin } = step.fields;
  const count = dual?.value === true ? judgesOf(step) : undefined;
  if (!dual || count === undefined || count > 1) return;
  const who = step.performers.map(({ id }) => `'${id}'`).join(' or ');
  const holds = count === 0 ? 'nobody holds' : 'only one person holds';
  report({
    range: origin.keyRange('dual') ?? dual.range,
    place: step.id,
    message: `Two people are to judge in '${step.id}', and ${holds} ${who}. Give the role a second holder, or name another role in 'by'.`,
    witness: here(step.id, dual.range, `${holds} ${who}`),
  });
}

function reportEffect(
  found: SingleHanded,
  threshold: Amount | undefined,
  { workflow }: Analyses,
  report: Report,
): void {
  const { effect, data, identifiedBy, path, count } = found;
  const why = identifiedBy
    ? `rests on the identification in '${identifiedBy.id}'`
    : `can be ${threshold?.value} ${threshold?.currency} or more`;
  const what = data === anyData ? 'it' : `'${data}'`;
  const fault = count === 0 ? `nobody has approved ${what}` : `only one person has approved ${what} for sure`;
  report({
    range: effect.range,
    place: effect.step.id,
    message: `The ${effect.kind} of '${effect.step.id}' ${why}, and on one path ${fault}. Lead every path through approvals by two different people, or one with 'dual: true'.`,
    witness: path.length > 0 ? along(path, fault) : here(effect.step.id, effect.range, fault),
    fixes: () => makeDual(found, workflow),
    root: effectRoot(effect),
  });
}

/** Where one approval stands on every path, and its role has two holders. */
function makeDual({ judges }: SingleHanded, { file }: Workflow): readonly Fix[] {
  const judge = judges.find((step) => !step.id.includes('/') && !step.fields.dual && (judgesOf(step) ?? 0) > 1);
  const node = judge?.fields.$.node;
  const edits = node && addEntry(file.text, node, 'dual', 'true');
  return edits ? [{ title: `Let two holders judge in '${judge.id}'`, edits, safety: 'meaning-changing' }] : [];
}

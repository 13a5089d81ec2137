/**
 * Someone oversees an AI where the risk is high, and nothing says that they were trained for it, or the training is no
 * longer valid. Name the training, and until when it holds.
 */
import { aiReviews } from '../../analysis/ai-reviews.ts';
import type { Analyses } from '../../analysis/analyses.ts';
import { type Actor, isHuman, type Step } from '../../language/model.ts';
import type { Range } from '../../language/source.ts';
import { here, standsAt } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, iso42001, nistAiRmf } from '../standards.ts';

export const reviewerCompetence: Rule = {
  id: 'oversight/reviewer-competence',
  severity: 'warning',
  summary: 'Where the risk is high, whoever oversees an AI has a training that is named and still valid.',
  seed: ['S6', 'S12'],
  clauses: [
    euAiAct('26(2)'),
    euAiAct('14(4)(a)'),
    euAiAct('4'),
    nistAiRmf('GOVERN 2.2'),
    nistAiRmf('MAP 3.4'),
    iso42001('A.4.6'),
  ],
  check(analyses, report, { today }) {
    const { workflow } = analyses.graph;
    if (workflow.fields?.risk?.tier?.value !== 'high') return;
    for (const [actor, { step, judged }] of overseers(analyses)) {
      const fault = faultOf(actor, today);
      if (!fault) continue;
      const place = `actor:${actor.id}`;
      const range = standsAt(actor, workflow, fault.range);
      report({
        range,
        place,
        message: `'${actor.id}' oversees the AI in '${step.id}' where the risk is high, ${fault.says}. ${fault.mend}`,
        witness: [
          ...here(step.id, step.range, `'${actor.id}' judges '${judged}', which an AI made`),
          ...here(place, range, fault.says),
        ],
      });
    }
  },
};

/** People who judge output of an AI, backups included, with the first step where they do. */
function overseers(analyses: Analyses): ReadonlyMap<Actor, { readonly step: Step; readonly judged: string }> {
  const found = new Map<Actor, { step: Step; judged: string }>();
  for (const { step, judged } of analyses.derived(aiReviews))
    for (const { performers } of analyses.graph.nodesOf(step))
      for (const actor of performers) if (isHuman(actor) && !found.has(actor)) found.set(actor, { step, judged });
  return found;
}

interface Fault {
  readonly range: Range;
  readonly says: string;
  readonly mend: string;
}

function faultOf({ fields, range }: Actor, today: number | undefined): Fault | undefined {
  const { competence, $: origin } = fields;
  const key = origin.keyRange('competence');
  if (!key) return { range, says: 'and has no competence declared', mend: "Add 'competence' with the 'training'." };
  // What cannot be read is said elsewhere.
  if (!competence) return undefined;
  if (!competence.$.keyRange('training'))
    return { range: key, says: 'and its competence names no training', mend: "Add 'training'." };
  const { validTo } = competence;
  if (!validTo || today === undefined || validTo.value >= today) return undefined;
  const day = new Date(validTo.value).toISOString().slice(0, 10);
  return { range: validTo.range, says: `and the training was valid only to ${day}`, mend: 'Renew it.' };
}

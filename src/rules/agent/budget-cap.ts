/**
 * An agent that may spend without end: it has no cap, its delegates may use more than it may, or many small effects pass
 * under a threshold for one. Give it `limits`, and a cumulative one where it acts again and again.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { type MissingCap, missingCaps, overdrawn, splittableEffects } from '../../analysis/budgets.ts';
import { joined } from '../../language/wording.ts';
import { along, here, pathTo } from '../evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { finos, mitreAtlas, owaspAgentic, owaspLlm } from '../standards.ts';

export const budgetCap: Rule = {
  id: 'agent/budget-cap',
  severity: 'warning',
  summary: 'What an agent may spend is capped: in each step, over its delegates, and over effects that repeat.',
  seed: ['S19'],
  clauses: [
    owaspLlm('LLM10', 2025),
    owaspLlm('LLM06', 2026),
    owaspAgentic('ASI08'),
    finos('MI-9'),
    { ...mitreAtlas('M0036'), status: 'unverified' },
  ],
  check(analyses, report) {
    const { workflow } = analyses;
    for (const missing of missingCaps(workflow)) reportMissing(missing, report);
    for (const { parent, measure, children, cap, range } of overdrawn(workflow)) {
      const place = `actor:${parent.id}`;
      const what = measure === 'wall' ? 'take longer' : 'use more';
      report({
        range,
        place,
        message:
          `The delegates of '${parent.id}' may ${what} than it may itself ('${measure}': ${joined(children)}, against ${cap}). ` +
          'Lower their caps, or raise its own.',
        witness: here(place, range, `'${measure}' is capped at ${cap}; ${joined(children)}`),
      });
    }
    reportSplittable(analyses, report);
  },
};

function reportMissing({ agent, lacks, step }: MissingCap, report: Report): void {
  const { limits, $: origin } = agent.fields;
  const place = `actor:${agent.id}`;
  const range = (limits && origin.keyRange('limits')) ?? agent.range;
  const where = step ? ` in '${step.id}'` : '';
  const missing = joined(
    lacks.map((one) => (one === 'spending' ? "'cost', 'calls' or 'tokens'" : "its time ('wall')")),
    'and',
  );
  report({
    range,
    place,
    message: `The AI agent '${agent.id}' works${where} without a cap on ${missing}. Add it to 'limits'.`,
    witness: [
      ...here(place, range, limits ? `its 'limits' do not cap ${missing}` : "has no 'limits'"),
      ...(step ? here(step.id, step.range, `'${agent.id}' works here`) : []),
    ],
  });
}

function reportSplittable(analyses: Analyses, report: Report): void {
  for (const { step, node, agent, threshold, range, isMoney, circle, list } of splittableEffects(analyses)) {
    const again = list === undefined ? 'in a loop' : `for each of '${list}'`;
    const note = `${threshold} each time, ${again}, with no bound for all`;
    report({
      range,
      place: step.id,
      message:
        `'${step.id}' may do ${threshold} again and again (${again}), and nothing bounds the sum: one large amount can be ` +
        `split into many small ones. Add 'cumulative' to the 'limits' of '${agent.id}'.`,
      witness: circle.length > 0 ? along(circle, note) : pathTo(node, analyses.reachability, note),
      severity: isMoney ? 'error' : 'warning',
    });
  }
}

/**
 * A machine decides about a person, or nobody does and the time that runs out decides, where a human has to.
 * Lead every path through a person with the authority to decide, or state the legal basis that allows it without.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import {
  type Automated,
  automatedDecisions,
  type Decision,
  expiredDecisions,
  weighty,
} from '../../analysis/automated-decisions.ts';
import { effectRoot } from '../../analysis/effects.ts';
import { shortestPath } from '../../analysis/reachability.ts';
import { isPerson } from '../../language/model.ts';
import { declaredOutcomes } from '../../language/outcomes.ts';
import type { Fix } from '../../language/problem.ts';
import { joined, quoted } from '../../language/wording.ts';
import { along } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, gdpr, law } from '../standards.ts';

export const solelyAutomatedDecision: Rule = {
  id: 'oversight/solely-automated-decision',
  severity: 'error',
  summary:
    'A human with authority makes every decision that weighs on a person, on every path, unless the law allows otherwise.',
  seed: ['S11', 'S18'],
  starred: true,
  across: true,
  specializes: ['accountability/unreviewed-ai-to-sink', 'oversight/irreversible-unapproved'],
  clauses: [
    gdpr('22(1)'),
    gdpr('22(2)'),
    gdpr('22(3)'),
    euAiAct('14'),
    euAiAct('26(2)'),
    { ...euAiAct('6'), ref: 'Annex III' },
    law('AMLR', 'Regulation (EU) 2024/1624', 'Article 76(5)'),
    law('California SB 1120', '2024', 'Physicians Make Decisions Act (health care)'),
  ],
  check(analyses, report, { parameters: { adverseOnly } }) {
    const outcomesOf = (decision: Decision) => weighty(decision, adverseOnly);
    for (const found of automatedDecisions(analyses, outcomesOf)) {
      const { decision, way } = found;
      report({
        range: decision.range,
        place: decision.step.id,
        message: messageOf(found),
        witness: along(way, `decides ${aboutWhom(decision)}, and no human has`),
        fixes: () => routeToDecider(found, analyses),
        ...(decision.effect ? { root: effectRoot(decision.effect) } : {}),
      });
    }
    for (const { decision, edge, way } of expiredDecisions(analyses, outcomesOf)) {
      const end = way.at(-1)?.to.step?.id;
      report({
        range: edge.range,
        place: decision.step.id,
        message:
          `When '${decision.step.id}' ends with '${edge.outcome}', the case is refused at '${end}' and nobody has decided ` +
          `${aboutWhom(decision)}. Lead it to a person who decides.`,
        witness: along(way, 'refused, and no human has decided'),
      });
    }
  },
};

function aboutWhom({ subject }: Decision): string {
  return subject === undefined ? 'about a person' : `about '${subject}'`;
}

function messageOf({ decision, node, outcomes }: Automated): string {
  const who = quoted(
    node.performers.map(({ id }) => id),
    'or',
  );
  const what = joined(
    outcomes.map((outcome) => (outcome === 'the decision' ? outcome : `'${outcome}'`)),
    'or',
  );
  const maker = node.performers.length > 0 ? who : 'a rule';
  const remedy = "Let a person with authority decide on every path, or state under 'basis' what allows it.";
  return decision.effect
    ? `${maker.charAt(0).toUpperCase() + maker.slice(1)} brings about ${what} ${aboutWhom(decision)} in '${decision.step.id}', and on one path no human with the authority for it has decided so. ${remedy}`
    : `${maker.charAt(0).toUpperCase() + maker.slice(1)} decides ${what} ${aboutWhom(decision)} in '${decision.step.id}', and no human does. ${remedy}`;
}

/** Leads the open edges to a person's decision with that outcome, where one stands before the effect already. */
function routeToDecider({ decision, node, entries }: Automated, { graph }: Analyses): readonly Fix[] {
  const name = decision.effect?.fields?.outcome?.value;
  const { text } = graph.workflow.file;
  const decider = graph.nodes.find(({ step, performers, takenOver, out }) => {
    if (step?.kind !== 'decision' || takenOver || step.scope !== decision.step.scope) return false;
    const offers = name !== undefined && declaredOutcomes(step).some(({ value }) => value === name);
    const isPersons = performers.length > 0 && performers.every(isPerson);
    const first = out.filter(({ outcome }) => outcome === name).map(({ to }) => to);
    return offers && isPersons && shortestPath(first, (at) => at === node) !== undefined;
  });
  const ways = entries();
  const isPlain = ways.every(
    ({ range, from }) => text.slice(range.start, range.end) === node.step?.id && from !== decider,
  );
  if (!decider?.step || ways.length === 0 || !isPlain) return [];
  const goal = decider.step.id;
  const edits = [...new Map(ways.map(({ range }) => [range.start, { range, text: goal }])).values()];
  return [{ title: `Let '${goal}' decide first`, edits, safety: 'meaning-changing' }];
}

/**
 * An agent that is left to itself more than the risk of the workflow allows, or more than its declaration says.
 * Let a person approve what it does, or say how much it is left to itself.
 */

import type { Analyses } from '../../analysis/analyses.ts';
import { type Autonomy, autonomyOf } from '../../analysis/autonomy.ts';
import { type Actor, isAi, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { along, here, pathTo, standsAt } from '../evidence.ts';
import type { WitnessStep } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, knightLevels, mgf, nistAiRmf } from '../standards.ts';

export const autonomyWithinTier: Rule = {
  id: 'oversight/autonomy-within-tier',
  severity: 'error',
  summary: 'No agent is left to itself more than the risk of the workflow allows, and none more than it declares.',
  seed: ['S10', 'S17'],
  clauses: [euAiAct('14(3)'), mgf('2.1.1'), mgf('2.1.2'), knightLevels('L1 to L5'), nistAiRmf('MAP 3.5')],
  check(analyses, report, { parameters }) {
    const { workflow } = analyses.graph;
    const tier = workflow.fields?.risk?.tier?.value;
    const most = tier && parameters.maxAutonomy[tier];
    const derived = analyses.derived(autonomyOf);
    for (const agent of [...workflow.actors.values()].filter(isAi)) {
      const found = derived.get(agent.id);
      if (!found) continue;
      const place = `actor:${agent.id}`;
      const declared = agent.fields.autonomy && Number(agent.fields.autonomy.value.slice(1));
      const range = standsAt(agent, workflow, agent.fields.autonomy?.range);
      if (tier && most !== undefined && (declared ?? found.level) > most) {
        const level = declared ?? found.level;
        report({
          range,
          place,
          message:
            `'${agent.id}' ${declared === undefined ? 'works' : 'is declared'} at autonomy L${level}, and at most L${most} is ` +
            `allowed where the risk is ${tier}. ${found.level > most ? 'Let a person approve what it does.' : 'Lower its level.'}`,
          witness: declared === undefined ? witnessOf(found, analyses) : here(place, range, `autonomy L${level}`),
          fixes: () => lower(agent, most, found, workflow),
        });
      }
      if (declared === undefined || found.level <= declared) continue;
      report({
        range,
        place,
        message:
          `'${agent.id}' is declared at autonomy L${declared}, and works at L${found.level}: ${meanings[found.level]} ` +
          `('${found.node.step?.id}'). ${found.level > 3 ? 'Let a person approve that, or raise' : 'Raise'} the level.`,
        witness: witnessOf(found, analyses),
      });
    }
  },
};

const meanings: Readonly<Record<Autonomy['level'], string>> = {
  1: 'it only assists',
  2: 'a person works on what it does',
  3: 'a person only judges what it does',
  4: 'a person sees only exceptions or samples of what it does',
  5: 'no person sees what it does',
};

function witnessOf({ node, way, level }: Autonomy, { reachability }: Analyses): readonly WitnessStep[] {
  return way.length > 0 ? along(way, 'no person has seen it') : pathTo(node, reachability, meanings[level]);
}

/** Lowers the level that is declared, where the agent does not work above it. */
function lower({ fields, uri }: Actor, most: number, { level }: Autonomy, { file }: Workflow): readonly Fix[] {
  const { autonomy } = fields;
  if (!autonomy || uri !== file.uri || level > most) return [];
  const edits = [{ range: autonomy.range, text: `L${most}` }];
  return [{ title: `Lower the autonomy to L${most}`, edits, safety: 'meaning-changing' }];
}

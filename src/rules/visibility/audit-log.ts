/**
 * An AI works, or something is done in the world, and no log holds who did what, when, with which model, from what.
 * Log every step under `defaults`, or add the missing fields.
 */
import { agentsIn, canLog, hasEffect, type LogGap, logGaps, notLogged } from '../../analysis/logging.ts';
import type { Step, Workflow } from '../../language/model.ts';
import { joined } from '../../language/wording.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, finos, iso42001, mitreAtlas, soc2 } from '../standards.ts';
import { mendLog, placeOf, stepsInWords } from './log-report.ts';

export const auditLog: Rule = {
  id: 'visibility/audit-log',
  severity: 'error',
  summary: 'Each step of an AI and each effect is logged, with everything an audit needs.',
  seed: ['S5', 'S13'],
  starred: true,
  clauses: [
    euAiAct('12(1)'),
    euAiAct('12(2)'),
    iso42001('A.6.2.8'),
    mitreAtlas('M0024'),
    finos('MI-4'),
    finos('MI-21'),
    soc2('CC7.2'),
  ],
  specializes: [
    'accountability/provenance-required',
    'visibility/human-decision-recorded',
    'visibility/silent-outcome',
  ],
  check({ workflow }, report) {
    const audited = [...workflow.steps.values()].filter((step) => canLog(step) && needsAudit(step, workflow));
    const gaps = logGaps(audited, (step, log) => notLogged(wantedAt(step, workflow), step, log, workflow), workflow);
    for (const gap of gaps) {
      const place = placeOf(gap, workflow);
      if (place) report({ ...place, message: messageOf(gap, workflow), fixes: () => mendLog(gap, workflow) });
    }
  },
};

function needsAudit(step: Step, workflow: Workflow): boolean {
  return agentsIn(step, workflow).length > 0 || hasEffect(step, workflow);
}

/** Without an AI there is no model to name. */
function wantedAt(step: Step, workflow: Workflow): readonly string[] {
  const model = agentsIn(step, workflow).length > 0 ? ['model', 'version'] : [];
  return ['case', 'actor', ...model, 'inputs', 'output', 'decision', 'time'];
}

function messageOf({ steps, log, missing }: LogGap, workflow: Workflow): string {
  const names = stepsInWords(steps);
  const [first] = steps;
  const many = steps.length > 1;
  if (log.record) {
    const whose =
      log.from === 'own' ? `The log of ${names}` : `The log under 'defaults', which ${names} ${many ? 'use' : 'uses'},`;
    return `${whose} does not record ${joined(missing)}. Add ${missing.length > 1 ? 'them' : 'it'} to 'fields', or nobody can tell later what happened.`;
  }
  const agent = first && agentsIn(first, workflow)[0];
  const why = many
    ? 'where an AI works or something is done in the world'
    : agent
      ? `where the AI '${agent.id}' works`
      : 'where something is done in the world';
  if (log.from === 'dropped') return `${names} drops the log ${why}. Delete 'log: none', or say where it is recorded.`;
  return `Nothing is logged in ${names}, ${why}. Add 'log' ${many ? "under 'defaults'" : "to the step or under 'defaults'"}.`;
}

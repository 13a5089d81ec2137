/**
 * An AI makes data, and what it made it with is not recorded: which agent, model, version and prompt, from what, when.
 * Add the missing fields to the log.
 */

import { writesOf } from '../../analysis/data-paths.ts';
import { agentsIn, canLog, type LogGap, logGaps, notLogged } from '../../analysis/logging.ts';
import type { Step, Workflow } from '../../language/model.ts';
import { joined } from '../../language/wording.ts';
import type { Rule } from '../rule.ts';
import { finos, iso42001, nistGenAi } from '../standards.ts';
import { mendLog, placeOf, stepsInWords } from '../visibility/log-report.ts';

/** What provenance needs (language.md, section 7). */
const wanted = ['actor', 'model', 'version', 'prompt', 'inputs', 'time'];

export const provenanceRequired: Rule = {
  id: 'accountability/provenance-required',
  severity: 'warning',
  summary:
    'Of everything that an AI makes it is recorded by which agent, model, version and prompt, from what and when.',
  seed: ['S11', 'S13'],
  clauses: [nistGenAi('GV-1.6-003'), nistGenAi('MS-1.1-001'), iso42001('A.7.5'), finos('MI-13')],
  check({ workflow }, report) {
    const making = [...workflow.steps.values()].filter((step) => canLog(step) && makesWithAi(step, workflow));
    for (const gap of logGaps(making, (step, log) => notLogged(wanted, step, log, workflow), workflow)) {
      const place = placeOf(gap, workflow);
      if (place) report({ ...place, message: messageOf(gap, workflow), fixes: () => mendLog(gap, workflow) });
    }
  },
};

function makesWithAi(step: Step, workflow: Workflow): boolean {
  return agentsIn(step, workflow).length > 0 && writesOf(step, workflow).length > 0;
}

function messageOf({ steps, log, missing }: LogGap, workflow: Workflow): string {
  const made = [...new Set(steps.flatMap((step) => writesOf(step, workflow).map(({ out }) => `'${out}'`)))];
  const names = made.length <= 3 ? joined(made) : `${made.slice(0, 2).join(', ')} and other data`;
  const where = log.from === 'defaults' ? "the log under 'defaults'" : log.record ? "the step's log" : 'any log';
  return `An AI makes ${names} in ${stepsInWords(steps)}, and ${joined(missing)} ${missing.length > 1 ? 'are' : 'is'} not recorded in ${where}. Add ${missing.length > 1 ? 'them' : 'it'} to 'fields' of the log.`;
}

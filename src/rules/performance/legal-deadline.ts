/**
 * A legal clock runs out on some path before the work gets to the point that stops it, and nobody was late.
 * Shorten a time limit on that path, or lead it to an earlier point that stops the clock.
 */
import { statedDuration } from '../../analysis/step-time.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, gdpr, iso42001, law } from '../standards.ts';
import { spanFault } from './span-report.ts';

export const legalDeadline: Rule = {
  id: 'performance/legal-deadline',
  severity: 'error',
  summary: 'From the start of every legal clock, each path gets to a point that stops it in time.',
  seed: ['S7'],
  clauses: [euAiAct('73'), law('Regulation B', '12 CFR Part 1002', '1002.9 (30 days)'), gdpr('12(3)'), iso42001('8.1')],
  across: true,
  check(analyses, report) {
    const { workflow } = analyses.graph;
    for (const { from, to, within, ref } of workflow.fields?.obligations ?? []) {
      const limit = statedDuration(within);
      if (!from || !to || !within || !limit) continue;
      // The law does not know our working hours, and no step stops its clock.
      const found = spanFault({ from, to, stops: [], when: undefined }, limit, undefined, within.range, analyses);
      if (!found) continue;
      const { fault, verdict, witness } = found;
      const source = ref && verdict === 'violation' ? ` by ${ref.value}` : '';
      const advice = verdict === 'violation' ? 'Shorten a time limit on it.' : 'State it.';
      report({ range: within.range, place: 'workflow', message: `${fault}${source}. ${advice}`, witness, verdict });
    }
  },
};

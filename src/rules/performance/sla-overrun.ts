/**
 * The times of the steps on some path, exceptional ones included, add up to more than the service level allows.
 * Shorten a time limit on that path, or promise less.
 */
import { workingTimeOf } from '../../analysis/calendars.ts';
import { statedDuration } from '../../analysis/step-time.ts';
import type { Rule } from '../rule.ts';
import { iso42001, nistAiRmf, soc2 } from '../standards.ts';
import { spanFault } from './span-report.ts';

export const slaOverrun: Rule = {
  id: 'performance/sla-overrun',
  severity: 'error',
  summary: 'On every path, the time limits of the steps and waits add up to no more than the service level.',
  seed: ['S1', 'S7'],
  starred: true,
  clauses: [soc2('PI1'), nistAiRmf('MANAGE 2.2'), iso42001('9.1')],
  across: true,
  check(analyses, report) {
    const { workflow } = analyses.graph;
    for (const { max, when, from, to, calendar, clockStops } of workflow.fields?.sla ?? []) {
      const limit = statedDuration(max);
      const declared = calendar && workflow.calendars.get(calendar.name);
      const counted = declared && workingTimeOf(declared);
      if (!max || !limit || (calendar && !counted)) continue;
      const question = { from, to: to ?? [], stops: clockStops ?? [], when };
      const found = spanFault(question, limit, counted, max.range, analyses);
      if (!found) continue;
      const { fault, verdict, witness } = found;
      const advice = verdict === 'violation' ? 'Shorten a time limit on it, or allow more.' : 'State it.';
      report({ range: max.range, place: 'workflow', message: `${fault}. ${advice}`, witness, verdict });
    }
  },
};

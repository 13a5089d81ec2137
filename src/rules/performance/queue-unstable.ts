/**
 * More work arrives than can be done, so the queue grows without end.
 * Add people or runs, make the work shorter, or let less of it come here.
 */

import { hoursOfDay } from '../../analysis/calendars.ts';
import { calendarOf, durationText, statedDuration } from '../../analysis/step-time.ts';
import { visitsOf } from '../../analysis/visits.ts';
import { availableMinutes, volumeOf, workloads } from '../../analysis/workload.ts';
import { pathTo } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { finos, nistAiRmf, soc2 } from '../standards.ts';
import { figure, loadInWords, loadRoot, loadWitness } from './load-report.ts';

export const queueUnstable: Rule = {
  id: 'performance/queue-unstable',
  severity: 'warning',
  summary: 'Every step can do more in a day than comes to it, rework included.',
  seed: ['S7', 'S22'],
  clauses: [soc2('A1.1'), finos('MI-8'), nistAiRmf('MANAGE 2.1')],
  check(analyses, report) {
    const volume = volumeOf(analyses);
    if (!volume) return;
    for (const load of workloads(analyses, () => true)) {
      const time = availableMinutes(load.actor, analyses);
      const full = time && time.holders * time.minutes;
      // A role that nobody holds is reported as that.
      if (full === undefined || time?.holders === 0 || load.certain.most === 0 || load.certain.most < full - 1e-6)
        continue;
      const parts = load.partsOf('least');
      const { step } = parts[0] ?? {};
      if (!step) continue;
      const range = step.fields.$.keyRange('min-minutes') ?? step.fields.$.keyRange('effort') ?? step.range;
      const people = `${time?.holders} × ${figure(time?.minutes ?? 0)}m = ${figure(full)}m`;
      const need = `${loadInWords(parts)} = ${figure(load.certain.most)}m a day`;
      report({
        range,
        place: step.id,
        message: `The work of '${load.actor.id}' piles up: ${need} arrive, against ${people}. Add people, or let less work come here.`,
        witness: loadWitness(parts, people),
        root: loadRoot(load),
      });
    }
    const visits = analyses.derived(visitsOf);
    for (const node of analyses.graph.nodes) {
      const { step, kind, takenOver } = node;
      const every = statedDuration(step?.fields.every);
      const { batch } = step?.fields ?? {};
      if (!step || kind !== 'step' || takenOver || !every || !batch || every.minutes === 0) continue;
      // A run per working day is rarer than one per day; that is left to whoever reads it.
      const calendars = node.performers.map((actor) => calendarOf(actor, analyses.graph.workflow));
      const day = calendars.reduce(
        (most, time) => Math.max(most, typeof time === 'object' ? hoursOfDay(time) : 24 * 60),
        0,
      );
      const perDay = (batch.value * Math.max(day, 24 * 60)) / every.minutes;
      const arriving = visits.expected(new Map([[node, 1]]), 'least').total * volume.most;
      if (arriving <= perDay + 1e-6) continue;
      const runs = `${batch.value} every ${durationText(every)}`;
      report({
        range: batch.range,
        place: step.id,
        message: `Work piles up before '${step.id}': ${figure(arriving)} items a day arrive, and ${runs} are done, ${figure(perDay)} a day. Make the batch larger, or run it more often.`,
        witness: pathTo(node, analyses.reachability, `${figure(arriving)} items a day arrive, ${runs} are done`),
      });
    }
  },
};

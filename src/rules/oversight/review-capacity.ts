/**
 * More items come to a role for review than its people can look at with care, so the look becomes a click.
 * Add holders, raise the gate before it, or look at a sample.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { visitsOf } from '../../analysis/visits.ts';
import { availableMinutes, type Workload, workloads } from '../../analysis/workload.ts';
import { isJudgment } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { isList } from '../../language/source.ts';
import { here } from '../evidence.ts';
import { figure, loadInWords, loadRoot, loadWitness, openShares } from '../performance/load-report.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, mgf, owaspAgentic, owaspThreat } from '../standards.ts';

export const reviewCapacity: Rule = {
  id: 'oversight/review-capacity',
  severity: 'warning',
  summary: 'People who review have the time that the items need which come to them, even on the busiest day.',
  seed: ['S7', 'S19'],
  starred: true,
  clauses: [euAiAct('14(4)(b)'), euAiAct('26(2)'), owaspAgentic('ASI09'), owaspThreat('T10'), mgf('2.2.2')],
  specializes: ['performance/queue-unstable'],
  check(analyses, report, { parameters }) {
    const said = new Set<string>();
    for (const load of workloads(analyses, isJudgment)) {
      const time = availableMinutes(load.actor, analyses);
      if (!time || !load.actor.fields.capacity?.minutesPerDay) continue;
      const { holders, minutes } = time;
      const share = Math.min(time.utilization ?? parameters.utilization, parameters.utilization);
      const planned = holders * minutes * share;
      const people = `${holders} ${holders === 1 ? 'holder' : 'holders'} × ${figure(minutes)}m × ${figure(share * 100)}% = ${figure(planned)}m`;
      if (load.possible <= planned + 1e-6) continue;
      const isCertain = load.certain.most > planned + 1e-6;
      const parts = load.partsOf(isCertain ? 'least' : 'most');
      const [largest] = parts;
      if (!largest) continue;
      const { step } = largest;
      const range = step.fields.$.keyRange('min-minutes') ?? step.fields.$.keyRange('effort') ?? step.range;
      const place = step.id;
      if (isCertain) {
        const need = `${loadInWords(parts)} = ${figure(load.certain.most)}m a day`;
        report({
          range,
          place,
          message: `'${load.actor.id}' has more to review than can be looked at with care: ${need}, against ${people}. Add holders, or let fewer items come here.`,
          witness: loadWitness(parts, people),
          severity: load.certain.least > holders * minutes ? 'error' : 'warning',
          fixes: () => moreHolders(load, minutes * share, analyses),
          root: loadRoot(load),
        });
        continue;
      }
      const nodes = parts.map(({ node }) => node);
      const shares = openShares(analyses.derived(visitsOf), nodes) ?? unbounded(load);
      if (!shares || said.has(shares)) continue;
      said.add(shares);
      report({
        range,
        place,
        message: `Whether '${load.actor.id}' can review with care all that comes is not known: it may be more than ${people}. State ${shares}.`,
        witness: here(place, step.range, often(largest.items)),
        verdict: 'unknown',
      });
    }
  },
};

function often(items: number): string {
  return Number.isFinite(items) ? `comes up to ${figure(items)} times a day` : 'nothing says how often it can come';
}

/** Shares are known, and still there is no upper bound. */
function unbounded({ possible }: Workload): string | undefined {
  return Number.isFinite(possible) ? undefined : "the 'max' of what repeats before it";
}

/** As many holders as the busiest day needs. */
function moreHolders({ actor, certain }: Workload, each: number, { workflow }: Analyses): readonly Fix[] {
  const { holders } = actor.fields;
  if (!holders || isList(holders) || actor.uri !== workflow.file.uri || each <= 0) return [];
  const needed = Math.ceil(certain.most / each - 1e-6);
  const edits = [{ range: holders.range, text: String(needed) }];
  return [{ title: `Let ${needed} people hold '${actor.id}'`, edits, safety: 'meaning-changing' }];
}

/**
 * Someone judges what their authority does not reach: an amount above their limit, or an outcome they may not take.
 * Split the branch in front of them at the limit, or let someone with more authority judge.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { authorityFor } from '../../analysis/authority.ts';
import { equalEscalations, type Shortfall, shortfallsOf } from '../../analysis/authority-limits.ts';
import { valuesInWords } from '../../analysis/guards.ts';
import { pathValues } from '../../analysis/path-values.ts';
import { joined, quoted } from '../../language/wording.ts';
import { along, pathTo } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { finos, mgf, soc2, sox } from '../standards.ts';
import { splitAtLimit } from './split-at-limit.ts';

export const authorityLimit: Rule = {
  id: 'accountability/authority-limit',
  severity: 'error',
  summary: 'Whoever judges has the authority for every outcome and every value that can come to them.',
  seed: ['S18'],
  starred: true,
  clauses: [soc2('CC1.3'), sox('internal control'), finos('MI-18'), mgf('2.1.2')],
  check(analyses, report) {
    const { reachability } = analyses;
    const short = shortfallsOf(analyses);
    for (const shortfall of short) {
      const { answer, step, node, range } = shortfall;
      const place = { range, place: step.id };
      if (answer.admits === 'unknown') {
        if (answer.reason === 'unreadable') continue;
        const message = unknownMessage(shortfall, answer.reason);
        report({ ...place, message, verdict: 'unknown', witness: pathTo(node, reachability, 'judges here') });
      } else if (answer.reason === 'not-named') {
        const note = `may not take ${named(shortfall.outcomes, 'or')}`;
        report({ ...place, message: notNamedMessage(shortfall), witness: pathTo(node, reachability, note) });
      } else {
        const values = joined(valuesIn(shortfall, analyses));
        report({
          ...place,
          message: beyondMessage(shortfall, values),
          witness: along(answer.way, `here ${values}, beyond the authority of '${shortfall.actor.id}'`),
          fixes: () => splitAtLimit(shortfall, analyses),
        });
      }
    }
    for (const { step, node, from, to, outcome, range } of equalEscalations(analyses)) {
      if (short.some((other) => other.step === step && other.actor === to)) continue;
      const message =
        `'${step.id}' escalates from '${from.id}' to '${to.id}', whose authority for '${outcome}' is not larger. ` +
        'Name someone with a higher limit.';
      const note = `'${to.id}' may do no more than '${from.id}'`;
      report({ range, place: step.id, message, witness: pathTo(node, reachability, note) });
    }
  },
};

function named(outcomes: readonly string[], last: 'and' | 'or' = 'and'): string {
  return quoted(outcomes, last);
}

function notNamedMessage({ actor, step, outcomes, effect }: Shortfall): string {
  const what = effect
    ? `'${effect.id}' decides ${named(outcomes)} on the approval of '${actor.id}', whose authority does not include it`
    : `'${step.id}' can end with ${named(outcomes)}, which the authority of '${actor.id}' does not include`;
  return `${what}. Add it to 'authority', or let someone else judge.`;
}

function beyondMessage({ actor, step, outcomes }: Shortfall, values: string): string {
  const [outcome = ''] = outcomes;
  return (
    `'${actor.id}' has authority for '${outcome}' only where ${limitOf(actor, outcome)}, and on one path ${values}. ` +
    `Split the branch in front of '${step.id}' at the limit, or let someone with more authority judge.`
  );
}

function limitOf(actor: Shortfall['actor'], outcome: string): string {
  const limit = authorityFor(actor, outcome);
  return typeof limit === 'string' ? outcome : `'${limit.text.replace(/\s+/g, ' ').trim()}'`;
}

type Reason = Extract<Shortfall['answer'], { admits: 'unknown' }>['reason'];

function unknownMessage({ actor, step, outcomes }: Shortfall, reason: Reason): string {
  const limit = limitOf(actor, outcomes[0] ?? '');
  const start = `Whether the authority of '${actor.id}' is enough for ${named(outcomes)} of '${step.id}' is not known:`;
  if (reason === 'not-covered')
    return `${start} it depends on ${limit}, and 'covers' does not name that data. Add it to 'covers'.`;
  if (reason === 'written-here')
    return `${start} it depends on ${limit}, and the step writes that data itself. Write it in a step before, and guard it.`;
  return `${start} the conditions on the way do not imply ${limit}, and cannot all be decided. Guard the path with it.`;
}

/** `'refund.amount' is above 2000`, as far as the authority depends on it. */
function valuesIn({ answer, actor, outcomes }: Shortfall, analyses: Analyses): readonly string[] {
  const { guards } = analyses.derived(pathValues);
  const limit = authorityFor(actor, outcomes[0] ?? '');
  const paths = typeof limit === 'string' ? [] : (guards.formula(limit).paths ?? []);
  return answer.admits === 'no' && answer.reason === 'beyond' ? valuesInWords(answer.values, paths, guards) : [];
}

/**
 * One person can do two things of which one is meant to check the other: also as a backup, by an escalation, or because
 * nothing keeps the holders of a role apart. Keep them apart with `distinct-from`, or let another role do one of them.
 */

import type { Analyses } from '../../analysis/analyses.ts';
import { type DutyConflict, dutyConflicts } from '../../analysis/duty-conflicts.ts';
import { here, pathTo } from '../evidence.ts';
import { sharedBecause } from '../principal-evidence.ts';
import type { Report, Rule } from '../rule.ts';
import type { Settings } from '../settings.ts';
import { coso, finos, nist80053, soc2, sox } from '../standards.ts';
import { conflictRoot, conflictWitness } from './duty-evidence.ts';
import { keepApart } from './keep-apart.ts';

export const segregationOfDuties: Rule = {
  id: 'accountability/segregation-of-duties',
  severity: 'error',
  summary: 'Nobody can have two incompatible duties in one case, whoever stands in for whom.',
  seed: ['S18'],
  starred: true,
  across: true,
  clauses: [
    soc2('CC5.1'),
    soc2('CC6.3'),
    soc2('CC8.1'),
    coso('Principle 10'),
    sox('segregation of duties'),
    finos('MI-18'),
    nist80053('AC-5'),
  ],
  check(analyses, report, settings) {
    for (const conflict of dutyConflicts(analyses, settings.sod)) {
      if (!conflict.viaAgent) reportConflict(conflict, analyses, report);
    }
    if (settings.sod.length === 0) checkDeclared(analyses, report, settings);
  },
};

function reportConflict(conflict: DutyConflict, { graph }: Analyses, report: Report): void {
  const { duties, earlier, later, shared } = conflict;
  const [first, second] = [earlier.step, later.step];
  if (!first || !second) return;
  const reason = sharedBecause(shared, earlier, later);
  const fixes = keepApart(conflict, graph.workflow);
  const apart = fixes.length > 0 ? "Keep them apart with 'distinct-from', or let" : 'Let';
  const message =
    first === second
      ? `Whoever performs '${second.id}' has the incompatible duties '${duties[0]}' and '${duties[1]}'. Make it two steps of different roles.`
      : `One and the same can have the duty '${duties[0]}' in '${first.id}' and '${duties[1]}' in '${second.id}': ${reason}. ` +
        `${apart} another role perform '${second.id}'.`;
  report({
    range: second.fields.$.valueRange(first === second ? 'duty' : 'by') ?? second.range,
    place: second.id,
    message,
    witness: conflictWitness(conflict, graph.workflow),
    fixes,
    root: conflictRoot(conflict),
  });
}

/** A project that asks for a matrix of duties has none, and money moves here. */
function checkDeclared({ workflow, graph, reachability }: Analyses, report: Report, { parameters }: Settings): void {
  const { fields } = workflow;
  if (!parameters.sodRequired || !fields || (fields.sod?.length ?? 0) > 0) return;
  for (const step of graph.workflow.steps.values()) {
    const node = graph.nodeOf(step);
    const moves = step.fields.effects?.find(
      ({ kind, amount, max }) => kind?.value === 'payment' || amount || (max && typeof max.value !== 'number'),
    );
    if (!node || !moves || !reachability.isReachable(node)) continue;
    const range = fields.$.keyRange('sod') ?? fields.$.keyRange('workflow') ?? step.range;
    report({
      range,
      place: 'workflow',
      message: `'${step.id}' moves money, and no incompatible duties are declared. Name them in 'sod', such as [[initiate, approve]], and give the steps their 'duty'.`,
      witness: [
        ...here('workflow', range, 'names no incompatible duties'),
        ...pathTo(node, reachability, 'moves money'),
      ],
    });
    return;
  }
}

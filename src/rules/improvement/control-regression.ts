/**
 * Against an earlier revision a control was lost or weakened: an approval on some path to an effect, a record, a limit, a
 * threshold, a right that grew. Restore it, or have the loss accepted by someone else than the author.
 */

import type { Analyses } from '../../analysis/analyses.ts';
import { here } from '../evidence.ts';
import type { WitnessStep } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, iso42001, nistAiRmf, soc2, sox } from '../standards.ts';
import type { ControlLoss } from './control-loss.ts';
import { grownRights } from './grown-rights.ts';
import { loosenedParameters } from './loosened-parameters.ts';
import { lostOnPaths } from './lost-on-paths.ts';
import { weakenedDesign } from './weakened-design.ts';
import { widenedGuards } from './widened-guards.ts';

export const controlRegression: Rule = {
  id: 'improvement/control-regression',
  severity: 'error',
  summary: 'A change takes no control away and widens no right, compared with the revision before.',
  seed: ['S20', 'S23d'],
  starred: true,
  clauses: [soc2('CC8.1'), sox('change management'), iso42001('8.1'), euAiAct('17(1)(a)'), nistAiRmf('GOVERN 1.5')],
  check(analyses, report) {
    if (!analyses.base) return;
    for (const { place, range, what, witness } of controlLosses(analyses.base, analyses)) {
      report({
        range,
        place,
        message: `Compared with the revision before, ${what}. Restore it, or have the loss approved by someone other than its author.`,
        witness,
      });
    }
  },
};

/** Every control that `base` had and the later revision has not. */
export function controlLosses(base: Analyses, analyses: Analyses): readonly ControlLoss[] {
  const { workflow, isIncomplete } = analyses;
  // Where declarations are missing, what seems lost may only be unread.
  if (isIncomplete || base.isIncomplete || workflow.file.broken || base.workflow.file.broken) return [];
  // What happens inside a called file is compared when that file is checked.
  const onPaths = lostOnPaths(base.whole, analyses.whole).filter(({ place }) => workflow.steps.has(place));
  const losses: ControlLoss[] = [...onPaths, ...widenedGuards(base, analyses)];
  const lose = (place: string, range: ControlLoss['range'], what: string) =>
    losses.push({ place, range, what, witness: atPlace(place, range) });
  grownRights(base, analyses, lose);
  weakenedDesign(base.workflow, workflow, lose);
  loosenedParameters(base.workflow, workflow, lose);
  return losses;
}

function atPlace(place: string, range: ControlLoss['range']): readonly WitnessStep[] {
  return here(place, range, 'weaker than in the revision before');
}

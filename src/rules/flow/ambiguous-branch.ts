/**
 * A branch that can never be taken: an earlier one is always taken before it, or no value that comes there meets its
 * condition. Put it first, narrow what stands in front of it, or delete it.
 */
import { type DeadBranch, deadBranches } from '../../analysis/branches.ts';
import { pathTo } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { sevenGuidelines, soundness } from '../standards.ts';
import { choicePlace } from './choice-place.ts';

export const ambiguousBranch: Rule = {
  id: 'flow/ambiguous-branch',
  severity: 'warning',
  summary:
    'Every branch with a condition is taken for some value: none is hidden by an earlier one or ruled out before.',
  seed: ['S16'],
  clauses: [soundness('(iii) no dead transitions'), sevenGuidelines('G4')],
  check(analyses, report) {
    for (const { choice, when, because } of deadBranches(analyses)) {
      const condition = `'${when.text.replace(/\s+/g, ' ').trim()}'`;
      report({
        range: when.range,
        place: choicePlace(choice).place,
        message: `The branch ${condition} is never taken: ${reasons[because]}`,
        witness: pathTo(choice.from, analyses.reachability, `${condition} is never taken here`),
      });
    }
  },
};

const reasons: Readonly<Record<DeadBranch['because'], string>> = {
  contradiction: 'no value meets this condition. Correct it, or delete the branch.',
  covered: 'whenever it holds, an earlier branch is taken. Put it in front of that one, or delete it.',
  way: 'no value that comes here meets it. Correct the condition or the one before it, or delete the branch.',
};

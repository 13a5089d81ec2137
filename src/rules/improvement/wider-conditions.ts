// Conditions of two revisions: which one allows more.
import { implies } from '../../analysis/implication.ts';
import type { Conditions } from '../../language/conditions.ts';
import type { ConditionText } from '../../language/parts.ts';

/** True where whatever the first condition allows, the second does, and it is not the same: as far as that is certain. */
export type IsWider = (was: ConditionText | undefined, is: ConditionText | undefined) => boolean;

/** Compares a condition of the revision before with one of this revision, and the other way round. */
export function wideningOf(
  before: Conditions,
  now: Conditions,
): { readonly isWider: IsWider; readonly isNarrower: IsWider } {
  const certain = (narrow: 'was' | 'is'): IsWider => {
    return (was, is) => {
      const [old, current] = [was && before.checked.get(was)?.ast, is && now.checked.get(is)?.ast];
      if (!old || !current) return false;
      const [less, more] = narrow === 'was' ? [old, current] : [current, old];
      return implies(less, more) && !implies(more, less);
    };
  };
  return { isWider: certain('was'), isNarrower: certain('is') };
}

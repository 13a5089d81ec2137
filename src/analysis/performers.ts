// Who performs a step where that is not known yet: a name that nothing declares, or an actor whose kind is still missing.
// Whatever is wrong there is said of the name; what such a step does for others counts as done.
import { type Actor, isPerson, type Step } from '../language/model.ts';

interface Performed {
  readonly step: Step | undefined;
  readonly performers: readonly Actor[];
}

/** Somebody is named, and nothing says who it is. */
export function isUnknown({ step, performers }: Performed): boolean {
  return performers.length === 0
    ? (step?.fields.by ?? []).length > 0
    : performers.some(({ kind }) => kind === undefined);
}

/** People perform it, or may for all that is known. */
export function mayBePeople(at: Performed): boolean {
  return isUnknown(at) || (at.performers.length > 0 && at.performers.every(isPerson));
}

// A control that an earlier revision had and this one has not: what it is, where it stood and where it is missed.
import type { Workflow } from '../../language/model.ts';
import type { Located, Range } from '../../language/source.ts';
import type { WitnessStep } from '../finding.ts';

/** One control that was lost or weakened. */
export interface ControlLoss {
  readonly place: string;
  readonly range: Range;
  /** What was lost, from what to what, as a sentence without its period. */
  readonly what: string;
  readonly witness: readonly WitnessStep[];
}

/** Takes what was lost at a place; `range` is the nearest text of the checked file. */
export type Losses = (place: string, range: Range, what: string) => void;

/** Text of a located value, for comparing and for messages. */
export function shownIn({ file }: Workflow, value: Located<unknown> | undefined): string {
  return value === undefined ? 'none' : file.text.slice(value.range.start, value.range.end);
}

/** Elements of `now` that `before` lacks. */
export function added<T>(before: readonly T[], now: readonly T[]): readonly T[] {
  return now.filter((element) => !before.includes(element));
}

/** True where a bound that may not grow has grown; a bound that is gone has. */
export function hasGrown(before: number | undefined, now: number | undefined): boolean {
  return before !== undefined && (now === undefined || now > before);
}

/** True where a bound that may not shrink has shrunk; one that is gone has. */
export function hasShrunk(before: number | undefined, now: number | undefined): boolean {
  return before !== undefined && (now === undefined || now < before);
}

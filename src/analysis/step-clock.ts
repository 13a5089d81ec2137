// The one clock that all times of a step count on: the working time of who performs it, else the clock on the wall.
import type { Step, Workflow } from '../language/model.ts';
import type { FromData } from '../language/parts.ts';
import type { Located } from '../language/source.ts';
import type { Duration } from '../language/values.ts';
import { inWorkingTime } from './calendars.ts';
import { calendarOf, statedDuration } from './step-time.ts';

/** Minutes on the clock of a step; undefined for what is read from data, or is partly working time and partly not. */
export type StepClock = (value: Located<Duration | FromData> | undefined) => number | undefined;

/** The clock of `step`; one that knows nothing where several perform by different calendars, or hours are not stated. */
export function clockOf(step: Step, workflow: Workflow): StepClock {
  const calendars = step.performers.map((actor) => calendarOf(actor, workflow));
  const [first] = calendars;
  const idOf = (time: (typeof calendars)[number]) => (typeof time === 'object' ? time.id : time);
  if (first === 'unknown' || calendars.some((time) => idOf(time) !== idOf(first))) return () => undefined;
  return (value) => {
    const duration = statedDuration(value);
    if (!duration || !first) return duration?.minutes;
    const { working, onClock } = inWorkingTime(duration, first);
    return working > 0 && onClock > 0 ? undefined : working + onClock;
  };
}

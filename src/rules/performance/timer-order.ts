/**
 * Timers of a step in an order in which some of them can never do their part: a reminder after the escalation, an escalation
 * after the time limit, or too little time behind it to do the work. Put them in order.
 */
import { worksTogether } from '../../analysis/calendars.ts';
import { escalationRoot } from '../../analysis/escalations.ts';
import { clockOf, type StepClock } from '../../analysis/step-clock.ts';
import { calendarOf, durationText, minutesText, statedDuration } from '../../analysis/step-time.ts';
import { minutesOfLook } from '../../analysis/workload.ts';
import type { Step, Workflow } from '../../language/model.ts';
import type { FromData } from '../../language/parts.ts';
import type { Fix } from '../../language/problem.ts';
import type { Located, Range } from '../../language/source.ts';
import type { Duration } from '../../language/values.ts';
import { here } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { mgf, nistAiRmf } from '../standards.ts';

interface Disorder {
  readonly range: Range;
  readonly message: string;
  readonly note: string;
  readonly fixes?: readonly Fix[];
  /** What other rules that see the same call it. */
  readonly root?: string;
}

export const timerOrder: Rule = {
  id: 'performance/timer-order',
  severity: 'warning',
  summary: 'Reminders come before escalations, and these before the time limit, with enough time left to do the work.',
  seed: ['S1', 'S7'],
  clauses: [nistAiRmf('MANAGE 2.4'), mgf('2.3.3')],
  check({ workflow }, report) {
    for (const step of workflow.steps.values()) {
      const clock = clockOf(step, workflow);
      const found = [
        ...afterLimit(step, clock, workflow),
        ...reminders(step, clock),
        ...targets(step, clock, workflow),
      ];
      for (const { range, message, note, fixes = [], root } of [...found, ...afterScope(step, clock)])
        report({ range, place: step.id, message, witness: here(step.id, range, note), fixes, ...(root && { root }) });
    }
  },
};

const textOf = (value: Located<Duration | FromData> | undefined): string => {
  const duration = statedDuration(value);
  return duration ? durationText(duration) : '';
};

/** Escalations and timers that come when the time of the step is over. */
function* afterLimit(step: Step, clock: StepClock, { file }: Workflow): Iterable<Disorder> {
  const limit = clock(step.within);
  if (limit === undefined) return;
  const within = textOf(step.within);
  const swap = (after: Located<unknown>, minutes: number): readonly Fix[] => {
    const own = step.fields.within;
    if (!own || minutes <= limit) return [];
    const text = (range: Range) => file.text.slice(range.start, range.end);
    const edits = [
      { range: own.range, text: text(after.range) },
      { range: after.range, text: text(own.range) },
    ];
    return [{ title: `Exchange ${text(after.range)} and ${text(own.range)}`, edits, safety: 'meaning-changing' }];
  };
  for (const { to, after } of step.fields.escalate ?? []) {
    const minutes = clock(after);
    if (!after || minutes === undefined || minutes < limit) continue;
    const message = `'${step.id}' escalates${to ? ` to '${to.name}'` : ''} after ${textOf(after)}, when its time of ${within} is over. Escalate earlier, or allow more time.`;
    yield {
      range: after.range,
      message,
      note: `never happens: the time is over after ${within}`,
      fixes: swap(after, minutes),
    };
  }
  for (const { after, every, times } of step.fields.timers ?? []) {
    const first = clock(after);
    const period = clock(every);
    if (!after || first === undefined) continue;
    if (first >= limit) {
      const message = `A timer of '${step.id}' fires after ${textOf(after)}, when its time of ${within} is over. Let it fire earlier, or allow more time.`;
      yield {
        range: after.range,
        message,
        note: `never fires: the time is over after ${within}`,
        fixes: swap(after, first),
      };
    } else if (every && times && period !== undefined && first + period * (times.value - 1) >= limit) {
      const fired = Math.ceil((limit - first) / Math.max(period, 1e-9));
      const message = `Of ${times.value} firings of a timer, '${step.id}' sees ${fired}: ${textOf(after)} and then every ${textOf(every)} goes past its time of ${within}. Fire less often, or allow more time.`;
      yield { range: times.range, message, note: `only ${fired} come before ${within}` };
    }
  }
}

/** Reminders that begin when nobody is left to be reminded. */
function* reminders(step: Step, clock: StepClock): Iterable<Disorder> {
  const escalations = (step.fields.escalate ?? []).map(({ after }) => clock(after));
  const last = escalations.reduce((most = 0, time) => (time === undefined ? most : Math.max(most, time)), 0) ?? 0;
  const limit = clock(step.within) ?? Number.POSITIVE_INFINITY;
  if (escalations.length === 0 || escalations.includes(undefined)) return;
  for (const { after, keep } of step.fields.timers ?? []) {
    const first = clock(after);
    // One that comes after the time limit is said already.
    if (!after || !keep?.value || first === undefined || first < last || first >= limit) continue;
    const message = `'${step.id}' reminds after ${textOf(after)}, when it has been escalated already. Remind before the escalation.`;
    yield { range: after.range, message, note: `the last escalation is after ${minutesText(last)}` };
  }
}

/** Whoever gets the work has the time to do it, and is at work when those are who had it. */
function* targets(step: Step, clock: StepClock, workflow: Workflow): Iterable<Disorder> {
  const limit = clock(step.within);
  const needed = minutesOfLook(step);
  for (const { to, after } of step.fields.escalate ?? []) {
    const minutes = clock(after);
    const target = workflow.actors.get(to?.name ?? '');
    if (!to || !target) continue;
    if (after && limit !== undefined && minutes !== undefined && minutes < limit && needed !== undefined) {
      const left = limit - minutes;
      if (left < needed) {
        const sum = `${textOf(step.within)} − ${textOf(after)} = ${minutesText(left)}`;
        const message = `'${to.name}' gets '${step.id}' with ${sum} left, and the work takes ${minutesText(needed)} at least. Escalate earlier, or allow more time.`;
        yield { range: after.range, message, note: sum };
      }
    }
    const own = calendarOf(target, workflow);
    const others = step.performers.map((actor) => calendarOf(actor, workflow));
    const apart = (other: (typeof others)[number]) =>
      typeof other === 'object' && typeof own === 'object' && worksTogether(other, own) === false;
    if (others.length === 0 || !others.every(apart)) continue;
    const names = step.performers.map(({ id }) => `'${id}'`).join(' and ');
    const message = `'${step.id}' escalates to '${to.name}', who is never at work when ${names} ${others.length > 1 ? 'are' : 'is'}. Choose someone whose hours meet theirs.`;
    const root = escalationRoot(step, target);
    yield { range: to.range, message, note: 'their calendars have no minute in common', root };
  }
}

/** A time limit that the scope around it never lets run out. */
function* afterScope(step: Step, clock: StepClock): Iterable<Disorder> {
  const own = step.fields.within;
  const limit = clock(own);
  for (let scope = step.scope; own && limit !== undefined && scope; scope = scope.scope) {
    const outer = statedDuration(scope.within);
    // Working time passes no faster than the clock, so that this holds with a calendar, too.
    if (!outer || limit <= outer.minutes) continue;
    const message = `'${step.id}' has ${textOf(own)}, and the time of '${scope.id}' around it is over after ${durationText(outer)}. Shorten the one, or allow more for the other.`;
    yield { range: own.range, message, note: `'${scope.id}' ends it after ${durationText(outer)}` };
    return;
  }
}

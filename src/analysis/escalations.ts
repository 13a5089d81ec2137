// Escalations: to whom work moves when time passes and nobody acts, and whether the last of them can act.
import { type Actor, isHuman, type Step, type Workflow } from '../language/model.ts';
import { declaredOutcomes } from '../language/outcomes.ts';
import { isList, type Range } from '../language/source.ts';
import type { StepFields } from '../language/vocabulary.ts';
import type { Analyses } from './analyses.ts';
import {
  closingTimes,
  comparable,
  coversTimeout,
  finishOf,
  inWorkingTime,
  type WorkingTime,
  workedBetween,
} from './calendars.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { unboundedLoops } from './loops.ts';
import { calendarOf, minutesText, statedDuration } from './step-time.ts';

/** An escalation that ends where nobody can act. */
export interface DeadEnd {
  readonly step: Step;
  /** Whoever it ends at. */
  readonly actor: Actor;
  /** Of the mention. */
  readonly range: Range;
  /** What is wrong, as the second half of a sentence. */
  readonly fault: string;
  /** Someone else behind the last one would mend it. */
  readonly needsPerson: boolean;
}

/** What every rule that finds fault with an escalation calls it, so that one fault is said once. */
export function escalationRoot({ id }: Step, to: Actor): string {
  return `escalation ${id} ${to.id}`;
}

/** Dead ends of the `escalate` of one step. What does not resolve is left to others. */
export function deadEndsOf(step: Step, workflow: Workflow): readonly DeadEnd[] {
  const entries = [...(step.fields.escalate ?? [])].sort((a, b) => afterOf(a) - afterOf(b));
  const found: DeadEnd[] = [];
  const before = [...step.performers];
  for (const entry of entries) {
    const actor = entry.to && workflow.actors.get(entry.to.name);
    if (!entry.to || !actor) return found;
    const end = { step, actor, range: entry.to.range, needsPerson: false };
    const same = before.find((other) => other.id === actor.id || isSamePerson(other, actor));
    if (same?.id === actor.id) found.push({ ...end, fault: 'who had the work already' });
    else if (same) found.push({ ...end, fault: `who is the same person as '${same.id}'` });
    before.push(actor);
    if (entry !== entries.at(-1) || same) continue;
    const fault = helplessness(actor, step, afterOf(entry), workflow);
    if (fault) found.push({ ...end, ...fault });
  }
  return found;
}

function afterOf({ after }: NonNullable<StepFields['escalate']>[number]): number {
  return statedDuration(after)?.minutes ?? 0;
}

/** Both roles are held by one and the same listed person alone. */
function isSamePerson(a: Actor, b: Actor): boolean {
  const only = ({ fields: { holders } }: Actor) =>
    holders && isList(holders) && holders.length === 1 ? holders[0]?.value : undefined;
  return only(a) !== undefined && only(a) === only(b);
}

/** Why the last one cannot act; undefined where that is not known to be so. */
function helplessness(
  actor: Actor,
  step: Step,
  after: number,
  workflow: Workflow,
): Pick<DeadEnd, 'fault' | 'needsPerson'> | undefined {
  const { holders } = actor.fields;
  if (actor.kind === undefined) return undefined;
  if (!isHuman(actor)) return { fault: `who is of the kind '${actor.kind}' and no person`, needsPerson: true };
  if (holders && (isList(holders) ? holders.length : holders.value) === 0)
    return { fault: 'and nobody holds that role', needsPerson: false };
  const refused = refusedOutcomes(actor, step);
  if (refused) return { fault: `who has no authority to ${refused}`, needsPerson: false };
  const late = absence(actor, step, after, workflow);
  return late === undefined ? undefined : { fault: late, needsPerson: false };
}

/** What the step is there to decide, and the role may not; undefined where it may decide something. */
function refusedOutcomes(actor: Actor, step: Step): string | undefined {
  const { authority } = actor.fields;
  if (!authority) return undefined;
  const declared = declaredOutcomes(step).map(({ value }) => value);
  const wanted = step.kind === 'approval' && declared.length === 0 ? ['approve'] : declared;
  const refuses = (outcome: string) => {
    const entry = authority.get(outcome);
    return entry === undefined || entry.value?.text.trim() === 'false';
  };
  return wanted.length > 0 && wanted.every(refuses) ? wanted.join(' or ') : undefined;
}

/** The role may not come to work between the escalation and the time limit. */
function absence(actor: Actor, step: Step, after: number, workflow: Workflow): string | undefined {
  const limit = statedDuration(step.within);
  const own = calendarOf(actor, workflow);
  const others = step.performers.map((performer) => calendarOf(performer, workflow));
  if (!limit || typeof own !== 'object' || others.length !== 1 || others[0] === 'unknown') return undefined;
  const [first] = others;
  const escalation = step.fields.escalate
    ?.map(({ after: time }) => statedDuration(time))
    .find((time) => time?.minutes === after);
  if (!escalation) return undefined;
  if (first === undefined) {
    const left = limit.minutes - after;
    if (left <= 0 || coversTimeout(left, own) !== false) return undefined;
    return `who works in '${own.id}' and may not come to work in the ${minutesText(left)} that are left`;
  }
  if (first.id === own.id || !comparable(first, own)) return undefined;
  const [all, gone] = [inWorkingTime(limit, first), inWorkingTime(escalation, first)];
  const left = all.working - gone.working;
  if (all.onClock + gone.onClock > 0 || left <= 0 || meetsIn(left, first, own)) return undefined;
  return `who works in '${own.id}' and may not come to work in what is left of '${first.id}'`;
}

/** Whenever `left` working minutes of `first` begin, some minute of `own` is among them on the clock. */
function meetsIn(left: number, first: WorkingTime, own: WorkingTime): boolean {
  return closingTimes(own).every((start) => {
    const end = finishOf(start, left, first);
    return end === undefined || workedBetween(start, end, own) > 0;
  });
}

/** A time limit that leads to an `end` that failed, and that tells no person. */
export interface UntoldEnd {
  readonly end: Step;
  readonly edge: FlowEdge;
}

/** Each such end once, with the time limit a case comes to first. */
export function untoldEnds({ graph, reachability }: Analyses): readonly UntoldEnd[] {
  const { actors } = graph.workflow;
  const found = new Map<Step, UntoldEnd>();
  const edges = graph.edges.filter(({ from, outcome }) => outcome === 'timeout' && reachability.isReachable(from));
  for (const edge of edges.sort((a, b) => reachability.distanceTo(a.from) - reachability.distanceTo(b.from))) {
    const end = edge.to.step;
    if (end?.kind !== 'end' || end.fields.outcome?.value !== 'failed' || found.has(end)) continue;
    if (!isUntold(edge.to)) continue;
    found.set(end, { end, edge });
  }
  return [...found.values()];

  function tells({ fields }: Step): boolean {
    const told = (fields.informed ?? []).map(({ name }) => actors.get(name));
    return told.some((actor) => actor === undefined || actor.kind === undefined || isHuman(actor));
  }

  /** Behind an end inside a scope the work goes on, as far as somebody says where to. */
  function isUntold(end: FlowNode): boolean {
    const reached = new Set([end]);
    for (const { kind, step, out } of reached) {
      if (kind !== 'exit' && (step?.kind !== 'end' || step.fields.outcome?.value !== 'failed' || tells(step)))
        return false;
      for (const { to, kind: way } of out) if (way !== 'message') reached.add(to);
    }
    return true;
  }
}

/** Circles in which work only goes on because time is over: each passes it to the next, and nobody gets it for good. */
export function circularEscalations(analyses: Analyses): ReturnType<typeof unboundedLoops> {
  const passes = ({ outcome, from }: FlowEdge) =>
    (outcome === 'timeout' || outcome === 'escalation') && from.performers.some(isHuman);
  return analyses.derived(unboundedLoops).filter(({ circle }) => circle.length > 1 && circle.every(passes));
}

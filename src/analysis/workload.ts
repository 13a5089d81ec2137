// Work that comes to a role in a day, and the time its people have: arrivals × minutes against holders × minutes.
import { addTo } from '../language/groups.ts';
import { type Actor, isHuman, type Step } from '../language/model.ts';
import { isList } from '../language/source.ts';
import type { Analyses } from './analyses.ts';
import { hoursOfDay } from './calendars.ts';
import type { FlowNode } from './flow-graph.ts';
import { calendarOf, statedDuration } from './step-time.ts';
import { type Side, visitsOf } from './visits.ts';

/** A number that lies between the two. */
interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** What a role has to do in a day, minutes. */
export interface Workload {
  readonly actor: Actor;
  /** With the shares that are stated: the least and the most that the volume brings. */
  readonly certain: Bounds;
  /** With shares that nobody stated at their most. */
  readonly possible: number;
  /** What the least or the most of it is made of, the largest part first. */
  partsOf(side: Side): readonly WorkloadPart[];
}

export interface WorkloadPart {
  readonly step: Step;
  readonly node: FlowNode;
  /** Of one item. */
  readonly minutes: number;
  /** Items a day, at the upper bound of the volume. */
  readonly items: number;
}

/** The cases of a day; undefined where the file does not say. */
export function volumeOf({ workflow }: Analyses): Bounds | undefined {
  const stated = workflow.fields?.volume?.perDay?.map(({ value }) => value) ?? [];
  return stated.length === 0 ? undefined : { least: Math.min(...stated), most: Math.max(...stated) };
}

/** Least time that one person needs for one item: `min-minutes`, else the lower bound of `effort`. */
export function minutesOfLook({ fields }: Step): number | undefined {
  const efforts = (fields.effort ?? []).map(statedDuration);
  const known = efforts.flatMap((effort) => (effort ? [effort.minutes] : []));
  const effort = known.length === efforts.length && known.length > 0 ? Math.min(...known) : undefined;
  return fields.minMinutes?.value ?? effort;
}

/** Least time that all who judge need together for one item. */
function minutesPerItem(step: Step): number | undefined {
  const minutes = minutesOfLook(step);
  return minutes === undefined ? undefined : minutes * (step.fields.dual?.value ? 2 : 1);
}

/** Of each role that alone performs one of the steps that `counts` allows. */
export function workloads(analyses: Analyses, counts: (step: Step) => boolean): readonly Workload[] {
  const volume = volumeOf(analyses);
  if (!volume) return [];
  const visits = analyses.derived(visitsOf);
  const nodes = analyses.graph.nodes.filter(
    ({ kind, step, takenOver }) => kind === 'step' && step && !takenOver && counts(step),
  );
  const byActor = new Map<Actor, Omit<WorkloadPart, 'items'>[]>();
  for (const node of nodes) {
    const [actor, ...others] = node.performers;
    const minutes = node.step && minutesPerItem(node.step);
    if (!actor || others.length > 0 || !isHuman(actor) || !node.step || minutes === undefined) continue;
    const part = { step: node.step, node, minutes };
    addTo(byActor, actor, part);
  }
  return [...byActor].map(([actor, own]) => {
    const weigh = (side: Side) =>
      new Map(own.map(({ node, step, minutes }) => [node, minutes === 0 ? 0 : minutes * elementsOf(step, side)]));
    const [least, most] = [visits.expected(weigh('least'), 'least'), visits.expected(weigh('most'), 'most')];
    const partsOf = (side: Side): readonly WorkloadPart[] => {
      const times = (side === 'least' ? least : most).visits();
      return own
        .map(({ node, step, minutes }) => {
          const come = times.get(node) ?? 0;
          return { step, node, minutes, items: come === 0 ? 0 : come * volume.most * elementsOf(step, side) };
        })
        .sort((a, b) => b.items * b.minutes - a.items * a.minutes);
    };
    return {
      actor,
      certain: { least: least.total * volume.least, most: least.total * volume.most },
      possible: most.total === 0 ? 0 : most.total * volume.most,
      partsOf,
    };
  });
}

/** For how many elements a step and the scopes around it are done; at least one is assumed. */
function elementsOf(step: Step, side: Side): number {
  const { forEach } = step.fields;
  const own = forEach && side === 'most' ? (forEach.max?.value ?? Number.POSITIVE_INFINITY) : 1;
  return own * (step.scope ? elementsOf(step.scope, side) : 1);
}

/** Time that all holders of a role have in a day, and how much of it can be planned; undefined where nobody says. */
export function availableMinutes(
  actor: Actor,
  { workflow }: Analyses,
): { readonly holders: number; readonly minutes: number; readonly utilization: number | undefined } | undefined {
  const { holders: stated, capacity } = actor.fields;
  const holders = stated === undefined ? undefined : isList(stated) ? stated.length : stated.value;
  const calendar = calendarOf(actor, workflow);
  const minutes = capacity?.minutesPerDay?.value ?? (typeof calendar === 'object' ? hoursOfDay(calendar) : undefined);
  if (holders === undefined || minutes === undefined) return undefined;
  return { holders, minutes, utilization: capacity?.utilization?.value };
}

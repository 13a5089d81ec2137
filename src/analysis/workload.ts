// Work that comes to a role in a day, and the time its people have: arrivals × minutes against holders × minutes.
import { type Actor, isHuman, type Step } from '../language/model.ts';
import { isList } from '../language/source.ts';
import type { Analyses } from './analyses.ts';
import { hoursOfDay } from './calendars.ts';
import type { FlowNode } from './flow-graph.ts';
import { calendarOf, statedDuration } from './step-time.ts';
import { type Bounds, visitsOf } from './visits.ts';

/** What a role has to do in a day, minutes. */
export interface Workload {
  readonly actor: Actor;
  /** With the shares that are stated: the least and the most that the volume brings. */
  readonly certain: Bounds;
  /** With shares that nobody stated at their most. */
  readonly possible: number;
  /** What it is made of, the largest part first. */
  readonly parts: readonly WorkloadPart[];
}

export interface WorkloadPart {
  readonly step: Step;
  readonly node: FlowNode;
  /** Of one item. */
  readonly minutes: number;
  /** Items a day, at the upper bound of the volume; `most` with shares that nobody stated at their most. */
  readonly items: Bounds;
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
export function minutesPerItem(step: Step): number | undefined {
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
  const byActor = new Map<Actor, FlowNode[]>();
  for (const node of nodes) {
    const [actor, ...others] = node.performers;
    if (!actor || others.length > 0 || !isHuman(actor) || !node.step || minutesPerItem(node.step) === undefined)
      continue;
    byActor.set(actor, [...(byActor.get(actor) ?? []), node]);
  }
  return [...byActor].map(([actor, own]) => {
    const chosen = new Set(own);
    const minutes = visits.expected((node) => {
      const per = chosen.has(node) && node.step ? (minutesPerItem(node.step) ?? 0) : 0;
      return per === 0 ? { least: 0, most: 0 } : { least: per, most: per * (node.step ? elementsOf(node.step) : 1) };
    });
    const parts = () =>
      own.flatMap((node): readonly WorkloadPart[] => {
        const { step } = node;
        if (!step) return [];
        const times = visits.expected((other) =>
          other === node ? { least: 1, most: elementsOf(step) } : { least: 0, most: 0 },
        );
        const items = { least: times.least * volume.most, most: times.most * volume.most };
        return [{ step, node, minutes: minutesPerItem(step) ?? 0, items }];
      });
    return {
      actor,
      certain: { least: minutes.least * volume.least, most: minutes.least * volume.most },
      possible: minutes.most === 0 ? 0 : minutes.most * volume.most,
      get parts() {
        return parts().sort((a, b) => b.items.most * b.minutes - a.items.most * a.minutes);
      },
    };
  });
}

/** Most elements that a step and the scopes around it are done for; at least one is assumed. */
export function elementsOf(step: Step): number {
  const { forEach } = step.fields;
  const own = forEach ? (forEach.max?.value ?? Number.POSITIVE_INFINITY) : 1;
  return own * (step.scope ? elementsOf(step.scope) : 1);
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

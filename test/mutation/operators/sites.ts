// Where in a design a fault about judgments and effects can stand.
import { type Design, kindOf, listOf, performersOf, type Step, stepsOf } from '../operator.ts';

export interface Site {
  readonly id: string;
  readonly step: Step;
}

/** Steps of these kinds. */
export function stepsOfKind(design: Design, ...kinds: readonly string[]): Site[] {
  return stepsOf(design).filter(({ step }) => kinds.includes(kindOf(step)));
}

/** Ids of data that a list of `DATA` or `DATA.field` names. */
export function dataOf(names: unknown): string[] {
  return listOf(names as string | string[] | undefined).map((name) => String(name).split('.')[0] ?? '');
}

/** Ids of data that a step writes. */
export function written(step: Step): string[] {
  const { writes } = step;
  return typeof writes === 'object' && writes && !Array.isArray(writes) ? dataOf(Object.keys(writes)) : dataOf(writes);
}

/** An agent alone performs it. */
export function isByAgent(step: Step, design: Design): boolean {
  const performers = performersOf(step, design);
  return performers.length > 0 && performers.every(({ actor }) => actor.kind === 'agent');
}

/** Data that an agent writes somewhere. */
export function madeByAi(design: Design): Set<string> {
  return new Set(stepsOf(design).flatMap(({ step }) => (isByAgent(step, design) ? written(step) : [])));
}

/** People who approve or review what an agent has made. */
export function judgesOfAi(design: Design, ...kinds: readonly string[]): Site[] {
  const made = madeByAi(design);
  return stepsOfKind(design, ...kinds).filter(
    ({ step }) =>
      [...dataOf(step.covers), ...dataOf(step.reviews)].some((data) => made.has(data)) && !isByAgent(step, design),
  );
}

/** The id of the step to which an outcome leads, however it is written. */
export function targetOf(step: Step, outcome: string): string | undefined {
  const target = step.on?.[outcome] ?? (outcome === 'approve' || outcome === 'done' ? step.next : undefined);
  const to = typeof target === 'object' && target && !Array.isArray(target) ? target.to : target;
  return typeof to === 'string' ? to : undefined;
}

/** Sets the target of an outcome where `targetOf` finds it. */
export function lead(step: Step, outcome: string, to: string): void {
  if (step.on?.[outcome] === undefined && (outcome === 'approve' || outcome === 'done')) step.next = to;
  else if (typeof step.on[outcome] === 'object') step.on[outcome] = { ...step.on[outcome], to };
  else step.on = { ...step.on, [outcome]: to };
}

/** The step of that id. */
export function stepAt(design: Design, id: string | undefined): Step | undefined {
  return stepsOf(design).find((site) => site.id === id)?.step;
}

/** The steps among which a step stands: those of a scope, or of the whole design. */
export function containerOf(design: Design, id: string): Record<string, Step> {
  return stepsOf(design).find((site) => site.id === id)?.around.steps;
}

/** The first step with an effect that work comes to from `id` over routes and steps without a performer. */
export function effectBehind(design: Design, id: string | undefined): Site | undefined {
  for (let at = id, left = 9; at && left > 0; left--) {
    const step = stepAt(design, at);
    if (!step) return undefined;
    if ((step.effects ?? []).length > 0) return { id: at, step };
    at = typeof step.next === 'string' ? step.next : undefined;
  }
  return undefined;
}

/** A step that can fail or that work is stopped at, in the same scope. */
export function failedEnd(design: Design, id: string): string | undefined {
  const ends = Object.entries(containerOf(design, id)).filter(([, step]) => kindOf(step) === 'end');
  return ends.find(([, { outcome }]) => outcome === 'failed')?.[0];
}

/** Effects that cannot be taken back or leave the house. */
export function isGrave(step: Step): boolean {
  return listOf<Design>(step.effects).some(({ irreversible, external }) => irreversible === true || external === true);
}

/** Where a step leads by itself, without asking anybody: each place with its target and a way to change it. */
export function exitsOf(step: Step): { readonly to: string; set(to: string): void }[] {
  if (typeof step.next === 'string') {
    return [{ to: step.next, set: (to) => (step.next = to) }];
  }
  return listOf<Design>(step.next).flatMap((branch) =>
    ['to', 'else'].flatMap((key) =>
      typeof branch[key] === 'string' ? [{ to: branch[key], set: (to: string) => (branch[key] = to) }] : [],
    ),
  );
}

/** Ids of data that the effects of a step consume. */
export function consumed(step: Step): string[] {
  return listOf<Design>(step.effects).flatMap((effect) => dataOf(effect.uses));
}

/** A person with one role more, whom nobody stands in for. */
export function addPerson(design: Design, id: string, more: Design = {}): void {
  design.actors = { ...design.actors, [id]: { kind: 'human', holders: [id], ...more } };
}

/** Agents that perform a step. */
export function agentsAtWork(design: Design): string[] {
  return [...new Set(stepsOf(design).flatMap(({ step }) => (isByAgent(step, design) ? listOf<string>(step.by) : [])))];
}

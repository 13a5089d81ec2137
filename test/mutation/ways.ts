// Where work goes on from the steps of a design: the places at which the id of a step stands as a target.
import { type Design, listOf, type Step, stepsOf } from './operator.ts';

/** One place that names the step work goes on at. */
export interface Way {
  /** `next`, or the outcome it is taken at. */
  readonly at: string;
  readonly to: string;
  /** Changes the place. */
  lead(to: unknown): void;
}

/** Every place in `next`, `on` and `start` of a step; lists of branches, splits and bounded edges are looked into. */
export function waysOf(step: Step): readonly Way[] {
  const at = (owner: Design, key: string, name: string): Way[] => inside(owner[key], name, (to) => (owner[key] = to));
  return [
    ...('next' in step ? at(step, 'next', 'next') : []),
    ...Object.keys(step.on ?? {}).flatMap((outcome) => at(step.on, outcome, outcome)),
    ...('scope' in step ? at(step, 'start', 'start') : []),
    ...(step.sample?.to ? at(step.sample, 'to', 'sample') : []),
    ...(step.gate?.below ? at(step.gate, 'below', 'low-confidence') : []),
    ...listOf<Design>(step.timers).flatMap((timer) => at(timer, 'to', 'timer')),
  ];
}

function inside(target: unknown, at: string, lead: (to: unknown) => void): Way[] {
  if (typeof target === 'string') return [{ at, to: target, lead }];
  if (Array.isArray(target)) return target.flatMap((link, i) => inside(link, at, (to) => (target[i] = to)));
  if (target === null || typeof target !== 'object') return [];
  const link = target as Design;
  return ['to', 'else', 'exhausted', 'all', 'any'].flatMap((key) =>
    key in link ? inside(link[key], at, (to) => (link[key] = to)) : [],
  );
}

/** The branches of an exclusive choice behind a step. */
export function branchesOf(step: Step | undefined): Design[] {
  const links = listOf<Design | string>(step?.next);
  return Array.isArray(step?.next) ? links.filter((link) => typeof link === 'object') : [];
}

/** How many places lead to a step. */
export function waysTo(id: string, design: Design): number {
  const starts = listOf<Design>(design.start).filter(({ next }) => next === id).length;
  return starts + stepsOf(design).flatMap(({ step }) => waysOf(step).filter(({ to }) => to === id)).length;
}

/** The step of an id, with what is around it. */
export function stepOf(id: unknown, design: Design) {
  return stepsOf(design).find((known) => known.id === id);
}

/** Where an approval leads that was given. */
export function approvedTo(step: Step): unknown {
  return step.on?.approve ?? step.next;
}

/** Where a case goes that ends badly at this level: an end with the outcome `failed` beside the step. */
export function failedEnd(around: Design): string | undefined {
  return Object.entries((around.steps ?? {}) as Record<string, Step>).find(
    ([, step]) => 'end' in step && step.outcome === 'failed',
  )?.[0];
}

/** Some path leads from behind `id` to `goal`. */
export function reaches(id: string, goal: string, design: Design): boolean {
  const seen = new Set<string>();
  const visit = (at: string): boolean =>
    waysOf(stepOf(at, design)?.step ?? {}).some(
      ({ to }) => to === goal || (!seen.has(to) && Boolean(seen.add(to)) && visit(to)),
    );
  return visit(id);
}

/** An id of someone who works in this file as `kind`, except one. */
export function actorOf(kind: string, design: Design, except?: string): string | undefined {
  return Object.keys(design.actors ?? {}).find((id) => id !== except && design.actors[id].kind === kind);
}

/** Another run of steps can be at work beside this design's ones. */
export function isParallel(design: Design): boolean {
  return /"all":\[/.test(JSON.stringify(design));
}

// What the analyses know of data beyond its declaration: its class by what it is made of, who makes it, who reads it.
import type { Analyses } from '../analysis/analyses.ts';
import type { Arrival } from '../analysis/arrivals.ts';
import { classesOf, classIn, classOrder, type DataClass } from '../analysis/classes.ts';
import { rootOf } from '../analysis/data-paths.ts';
import { dataSinks } from '../analysis/data-sinks.ts';
import { aiTaint, kindsOf, type OriginKind, unreviewedAi } from '../analysis/origin.ts';
import { allArrivals } from '../analysis/taint-solve.ts';
import { addTo } from '../language/groups.ts';

/** The class that flows into data; undefined where it is no higher than the one that is declared, or than `public`. */
export function computedClass(id: string, analyses: Analyses): DataClass | undefined {
  const { workflow } = analyses.graph;
  const data = workflow.data.get(id);
  if (!data) return undefined;
  const classes = analyses.derived(classesOf);
  const declared = classOrder.indexOf(data.fields.class?.value ?? 'public');
  let highest = declared;
  for (const arrival of arrivalsOf(id, analyses)) {
    for (const source of arrival.from) {
      // Of inputs with a class of their own that one counts, so that a fault shows once, where it begins.
      const own = workflow.data.get(rootOf(source))?.fields.class;
      const bits = own ? classes.declared(source) : classes.bitsOf(arrival.node, source, 'at');
      highest = Math.max(highest, classOrder.indexOf(classIn(classes.taken(arrival, source, bits))));
    }
  }
  return highest > declared ? classOrder[highest] : undefined;
}

export interface ComputedOrigin {
  readonly kinds: readonly OriginKind[];
  /** Steps behind which output of an AI is in it that no human has looked at. */
  readonly unreviewedAt: readonly string[];
}

/** Who makes data, with the AI that made what it is made of. */
export function computedOrigin(id: string, analyses: Analyses): ComputedOrigin {
  const { workflow } = analyses.graph;
  const arrivals = arrivalsOf(id, analyses);
  const taint = analyses.derived(aiTaint);
  const unreviewed = arrivals.filter(({ node, out }) => (taint.within(node, out) & unreviewedAi) !== 0);
  const kinds = arrivals.flatMap((arrival) => kindsOf(arrival, workflow));
  const all = unreviewed.length > 0 ? [...kinds, 'ai' as const] : kinds;
  const order: readonly OriginKind[] = ['human', 'ai', 'system'];
  return { kinds: order.filter((kind) => all.includes(kind)), unreviewedAt: stepsOf(unreviewed) };
}

/** Ids of the steps that write data, `start` where a case begins with it. */
export function writersOf(id: string, analyses: Analyses): readonly string[] {
  return stepsOf(arrivalsOf(id, analyses));
}

/** Steps in which someone sees data, and who does. */
export function readersOf(id: string, analyses: Analyses): ReadonlyMap<string, readonly string[]> {
  const readers = new Map<string, Set<string>>();
  for (const { step, path, to, how } of analyses.derived(dataSinks)) {
    if (rootOf(path) !== id || how !== 'reads' || !('actor' in to)) continue;
    readers.set(step.id, (readers.get(step.id) ?? new Set()).add(to.actor.id));
  }
  return new Map([...readers].map(([step, actors]) => [step, [...actors]]));
}

function arrivalsOf(id: string, analyses: Analyses): readonly Arrival[] {
  return analyses.derived(arrivalsByData).get(id) ?? [];
}

/** What can come into data, by its id; nothing of steps that no case reaches. */
function arrivalsByData(analyses: Analyses): ReadonlyMap<string, readonly Arrival[]> {
  const found = new Map<string, Arrival[]>();
  for (const [node, arrivals] of analyses.derived(allArrivals)) {
    if (!analyses.reachability.isReachable(node)) continue;
    for (const arrival of arrivals) addTo(found, rootOf(arrival.out), arrival);
  }
  return found;
}

function stepsOf(arrivals: readonly Arrival[]): readonly string[] {
  return [...new Set(arrivals.map(({ node }) => node.step?.id ?? 'start'))];
}

// How the rules about capacity word what a role has to do: items × minutes for each step, against what its people can do.
import type { FlowNode } from '../../analysis/flow-graph.ts';
import { isUnplanned } from '../../analysis/picks.ts';
import { nodesReaching } from '../../analysis/reachability.ts';
import type { Visits } from '../../analysis/visits.ts';
import type { Workload, WorkloadPart } from '../../analysis/workload.ts';
import { joined, quoted } from '../../language/wording.ts';
import type { WitnessStep } from '../finding.ts';

/** What every rule calls too much work for a role, so that it is said once. */
export function loadRoot({ actor }: Workload): string {
  return `load ${actor.id}`;
}

/** At most two decimals, and none that say nothing. */
export function figure(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** `check 720 × 6m + confirm 72 × 10m`, with the steps that add something. */
export function loadInWords(parts: readonly WorkloadPart[]): string {
  const shown = parts.filter(({ items }) => items > 0).slice(0, 5);
  const more = parts.filter(({ items }) => items > 0).length - shown.length;
  const words = shown.map(({ step, items, minutes }) => `${step.id} ${figure(items)} × ${figure(minutes)}m`);
  return [...words, ...(more > 0 ? [`${more} more`] : [])].join(' + ');
}

/** One line for each step that adds to the load. */
export function loadWitness(parts: readonly WorkloadPart[], last: string): readonly WitnessStep[] {
  const steps = parts
    .filter(({ items }) => items > 0)
    .map(({ step, items, minutes }) => ({
      step: step.id,
      edge: undefined,
      range: step.range,
      note: `${figure(items)} items a day × ${figure(minutes)}m = ${figure(items * minutes)}m`,
    }));
  return steps.map((step, i) => (i === steps.length - 1 ? { ...step, note: `${step.note}; ${last}` } : step));
}

/** `the shares of 'approve' and 'reject' at 'check'`: what has to be stated to know how many items come to `goals`. */
export function openShares({ open }: Visits, goals: readonly FlowNode[]): string | undefined {
  // The nearest ones come first: they are found first on the way back.
  const leading = new Map([...nodesReaching(goals, (edge) => !isUnplanned(edge))].map((node, i) => [node, i]));
  const near = open.filter(({ node }) => node.out.some((edge) => leading.has(edge.to) && !isUnplanned(edge)));
  near.sort((a, b) => (leading.get(a.node) ?? 0) - (leading.get(b.node) ?? 0));
  const words = near
    .slice(0, 2)
    .map(({ node, outcomes }) =>
      node.kind === 'root'
        ? 'how the cases divide among the starts'
        : `the shares of ${quoted(outcomes)} at '${node.step?.id}'`,
    );
  return words.length === 0 ? undefined : joined(words);
}

// Effects whose missing approval has a name of its own, such as a time limit that leads past the judge, and what is left
// unapproved beside that.
import { keyOfPlace } from '../language/moved-ranges.ts';
import type { Analyses } from './analyses.ts';
import { type ApprovalGap, approvalGaps } from './approval-gaps.ts';
import { approvedInstead } from './approved-instead.ts';
import type { DataPath } from './data-paths.ts';
import { effectRoot } from './effects.ts';
import type { FlowEdge } from './flow-graph.ts';
import { lostControls } from './lost-controls.ts';
import { stillUnapproved, type UnapprovedEffect, unapprovedEffects } from './unapproved-effects.ts';

/** The effects among those unapproved that stay so if all gaps before them were closed, by root, with what is open then. */
export function unexplained(analyses: Analyses): ReadonlyMap<string, UnapprovedEffect> {
  const assumed = new Map<FlowEdge, Set<DataPath>>();
  const roots = new Set<string>();
  const close = (root: string, edges: readonly FlowEdge[], path: DataPath) => {
    roots.add(root);
    for (const edge of edges) assumed.set(edge, (assumed.get(edge) ?? new Set()).add(path));
  };
  for (const { occurrence, closing, path } of analyses.derived(approvalGaps))
    close(effectRoot(occurrence.effect), closing, path);
  for (const { occurrence, closing, control } of analyses.derived(lostControls))
    if (control.kind === 'approval') close(effectRoot(occurrence.effect), closing, control.what);
  for (const { found, closing } of analyses.derived(approvedInstead))
    for (const { path } of found.open) close(effectRoot(found.effect), closing, path);
  const explained = analyses.derived(unapprovedEffects).filter(({ effect }) => roots.has(effectRoot(effect)));
  if (explained.length === 0) return new Map();
  return new Map(stillUnapproved(explained, assumed, analyses).map((left) => [effectRoot(left.effect), left]));
}

/**
 * Names of a fault that lets work past an approval: one for each effect, and one of its own unless an approval of the
 * wrong data on the way is what leaves the effect unapproved.
 */
export function gapRoots(gaps: readonly ApprovalGap[], analyses: Analyses): readonly string[] {
  const instead = analyses.derived(approvedInstead);
  const own = gaps.filter(
    ({ way, occurrence }) =>
      !instead.some(
        ({ judge, found }) =>
          effectRoot(found.effect) === effectRoot(occurrence.effect) && way.slice(1).some(({ from }) => from === judge),
      ),
  );
  const roots = new Set(gaps.map(({ occurrence }) => effectRoot(occurrence.effect)));
  return [
    ...roots,
    ...own.slice(0, 1).map(({ edge }) => `past the approval at ${keyOfPlace(edge.range.start)} ${edge.outcome}`),
  ];
}

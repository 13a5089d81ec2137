// Who approves or reviews which data by which edge: a judge's outcome is where approval is made.
import type { Actor } from '../language/model.ts';
import { completes } from './completion.ts';
import { type DataPath, includes, pathOf } from './data-paths.ts';
import type { FlowEdge } from './flow-graph.ts';
import { mayBePeople } from './performers.ts';

/** What has to hold of a path of data: approved, or at least looked at by a human who is no author of it. */
export interface Requirement {
  readonly path: DataPath;
  readonly by: 'approval' | 'approval-or-review';
}

/** Any approval by a human at all, for effects that name no data. */
export const anyData: DataPath = '*';

/** Leaving by `edge` approves or, where that is enough, reviews the data. */
export function judges(edge: FlowEdge, { path, by }: Requirement): boolean {
  return approvedBy(edge, path) || (by === 'approval-or-review' && reviewedBy(edge, path));
}

/** `edge` is the `approve` of an approval, by people with authority, that covers `path`. */
export function approvedBy(edge: FlowEdge, path: DataPath): boolean {
  return path === anyData ? approves(edge) : approvedPaths(edge).some((covered) => includes(covered, path));
}

/** `edge` leaves a review or decision by people whose `reviews` name `path`, at an outcome where they did look. */
export function reviewedBy(edge: FlowEdge, path: DataPath): boolean {
  return reviewedPaths(edge).some((seen) => includes(seen, path));
}

/** What leaving by `edge` approves or reviews. */
export function judgedPaths(edge: FlowEdge): readonly DataPath[] {
  const approved = approvedPaths(edge);
  return approved.length > 0 ? approved : reviewedPaths(edge);
}

function approvedPaths(edge: FlowEdge): readonly DataPath[] {
  return approves(edge) ? (edge.from.step?.fields.covers ?? nothing).map(pathOf) : nothing;
}

function approves({ from, outcome }: FlowEdge): boolean {
  if (outcome !== 'approve' || from.step?.kind !== 'approval' || !mayBePeople(from)) return false;
  return !from.performers.some((actor) => lacksAuthority(actor, 'approve'));
}

function reviewedPaths(edge: FlowEdge): readonly DataPath[] {
  const { step } = edge.from;
  if (step?.kind !== 'review' && step?.kind !== 'decision') return nothing;
  if (!mayBePeople(edge.from) || !completes(edge)) return nothing;
  return [...(step.fields.reviews ?? []), ...(step.fields.covers ?? [])].map(pathOf);
}

const nothing: readonly never[] = [];

/** Authority that is stated and does not name the outcome, or names it false. A condition is judged elsewhere. */
function lacksAuthority(actor: Actor, outcome: string): boolean {
  const { authority } = actor.fields;
  if (!authority) return false;
  const entry = authority.get(outcome);
  return entry === undefined || entry.value?.text === 'false';
}

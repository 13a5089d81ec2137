// Approvals and reviews as facts about data: made at a judge's outcome, lost by a later write, required at an effect.
import type { Conditions } from '../language/conditions.ts';
import { addTo } from '../language/groups.ts';
import type { Step, Workflow } from '../language/model.ts';
import { type ApprovalEvents, approvalEvents } from './approval-events.ts';
import type { Requirement } from './approvals.ts';
import { completes } from './completion.ts';
import type { DataPath } from './data-paths.ts';
import type { Dominators } from './dominators.ts';
import { type Equality, equalities } from './equalities.ts';
import { addFact, carries, type FactSet, hasFact, noFacts } from './fact-sets.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';
import { mustFactSets } from './must-facts.ts';

/** Where requirements hold, and how they are avoided. */
export interface Approvals {
  readonly events: ApprovalEvents;
  /** True where `requirement` holds on entry to `node` on all paths. */
  holds(requirement: Requirement, node: FlowNode): boolean;
  /** True where it holds on all paths that take `edge`; false for one that was not asked for. */
  holdsAfter(requirement: Requirement, edge: FlowEdge): boolean;
  /** A shortest path to `node` on which it does not hold there; undefined where it holds on all. */
  openPath(requirement: Requirement, node: FlowNode): OpenPath | undefined;
}

interface OpenPath {
  readonly edges: readonly FlowEdge[];
  /** The last edge on which it was lost again; undefined where it was never made. */
  readonly lost: FlowEdge | undefined;
}

/** Data that is taken to be approved behind an edge, to see what is left then. */
export type Assumed = ReadonlyMap<FlowEdge, ReadonlySet<DataPath>>;

/** Decides all `wanted` together. */
export function approvalsOf(
  wanted: readonly Requirement[],
  workflow: Workflow,
  conditions: Conditions,
  graph: FlowGraph,
  dominators: Dominators,
  assumed?: Assumed,
): Approvals {
  const carried = equalities(workflow, conditions);
  const events = approvalEvents(
    wanted.flatMap((requirement) => withSources(requirement, carried)),
    graph,
  );
  const { numberOf } = events;
  const copies = copiesIn(carried, events);
  const facts = mustFactSets(graph, dominators, events.requirements.length, (edge, entry, left) => {
    const [lost, made, taken] = [events.lost(edge), events.made(edge), assumed && takenOn(edge)];
    for (let word = 0; word < left.length; word++)
      left[word] = ((entry[word] ?? 0) & ~(lost?.[word] ?? 0)) | (made?.[word] ?? 0) | (taken?.[word] ?? 0);
    const carrying = copies.size > 0 && edge.from.step && completes(edge) ? copies.get(edge.from.step) : undefined;
    for (const { from, to } of carrying ?? []) if (hasFact(left, from)) addFact(left, to);
  });
  const holds: Approvals['holds'] = (requirement, node) => {
    const number = numberOf(requirement);
    return number !== undefined && hasFact(facts.at(node), number);
  };
  const holdsAfter: Approvals['holdsAfter'] = (requirement, edge) => {
    const number = numberOf(requirement);
    return number !== undefined && (hasFact(facts.at(edge.to), number) || hasFact(facts.along(edge), number));
  };
  const openPath: Approvals['openPath'] = (requirement, node) => {
    const number = numberOf(requirement) ?? -1;
    return findOpenPath(graph, node, (edge, held) => {
      if (holdsAfter(requirement, edge) || hasFact(events.made(edge), number)) return true;
      return held && !hasFact(events.lost(edge), number);
    });
  };
  return { events, holds, holdsAfter, openPath };

  function takenOn(edge: FlowEdge): FactSet | undefined {
    const paths = assumed?.get(edge);
    if (!paths) return undefined;
    const set = noFacts(events.requirements.length);
    for (const [number, { path }] of events.requirements.entries()) if (paths.has(path)) addFact(set, number);
    return set;
  }
}

interface State {
  readonly node: FlowNode;
  readonly held: boolean;
  readonly edge: FlowEdge | undefined;
  readonly before: State | undefined;
}

/** Breadth-first search over nodes and whether the fact holds there; O(edges). */
function findOpenPath(
  graph: FlowGraph,
  goal: FlowNode,
  holdsAlong: (edge: FlowEdge, held: boolean) => boolean,
): OpenPath | undefined {
  const queue: State[] = [{ node: graph.root, held: false, edge: undefined, before: undefined }];
  const seen = new Set<number>();
  for (const state of queue) {
    if (state.node === goal && !state.held) {
      const edges: FlowEdge[] = [];
      let lost: FlowEdge | undefined;
      for (let at: State | undefined = state; at?.edge; at = at.before) {
        edges.unshift(at.edge);
        if (!at.held && at.before?.held) lost ??= at.edge;
      }
      return { edges, lost };
    }
    for (const edge of state.node.out) {
      if (!carries(edge)) continue;
      const held = holdsAlong(edge, state.held);
      const key = edge.to.index * 2 + (held ? 1 : 0);
      if (!seen.has(key)) queue.push({ node: edge.to, held, edge, before: state });
      seen.add(key);
    }
  }
  return undefined;
}

/** Where `ensures: a == b` carries approval, b is asked for beside a. */
function withSources(requirement: Requirement, carried: readonly Equality[]): readonly Requirement[] {
  if (carried.length === 0) return [requirement];
  const paths = new Set([requirement.path]);
  for (const path of paths) for (const { to, from } of carried) if (to === path) paths.add(from);
  return [...paths].map((path) => ({ path, by: requirement.by }));
}

/** Which facts the equalities of a step carry over, by number. */
function copiesIn(
  carried: readonly Equality[],
  { requirements, numberOf }: ApprovalEvents,
): ReadonlyMap<Step, readonly { readonly from: number; readonly to: number }[]> {
  const copies = new Map<Step, { from: number; to: number }[]>();
  if (carried.length === 0) return copies;
  for (const [to, { path, by }] of requirements.entries()) {
    for (const equality of carried) {
      const from = equality.to === path ? numberOf({ path: equality.from, by }) : undefined;
      if (from !== undefined) addTo(copies, equality.step, { from, to });
    }
  }
  return copies;
}

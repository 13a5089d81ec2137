// Approvals and reviews as facts about data: made at a judge's outcome, lost by a later write, required at an effect.
import type { Conditions } from '../language/conditions.ts';
import { type Actor, isPerson, type Step, type Workflow } from '../language/model.ts';
import { completes } from './completion.ts';
import { byRoot, type DataPath, includes, overlap, pathOf, rootOf, sourcesOf, writesOf } from './data-paths.ts';
import type { Dominators } from './dominators.ts';
import { equalities } from './equalities.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';
import { type Facts, type MustFacts, maxFacts, mustFacts } from './must-facts.ts';

/** What has to hold of a path of data: approved, or at least looked at by a human who is no author of it. */
export interface Requirement {
  readonly path: DataPath;
  readonly by: 'approval' | 'approval-or-review';
}

/** Where requirements hold, and how they are avoided. */
export interface Approvals {
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

/** Any approval by a human at all, for effects that name no data. */
export const anyData: DataPath = '*';

export { completes };

/** Decides all `requirements` together, a machine word of them at a time. */
export function approvalsOf(
  requirements: readonly Requirement[],
  workflow: Workflow,
  conditions: Conditions,
  graph: FlowGraph,
  dominators: Dominators,
): Approvals {
  const carried = equalities(workflow, conditions);
  const judging = judgingEdges(graph);
  const keyed = new Map<string, { facts: MustFacts; bit: number }>();
  for (const chunk of chunksOf(requirements, carried)) {
    const effects = effectsOn(chunk, judging, workflow);
    const copies = copiesIn(chunk, carried);
    const facts = mustFacts(graph, dominators, (edge, entry) => {
      const { lost, made } = effects(edge);
      let after = (entry & ~lost) | made;
      const { step } = edge.from;
      if (step && completes(edge))
        for (const { from, to } of copies.get(step) ?? []) if ((after & from) !== 0) after |= to;
      return after >>> 0;
    });
    for (const [i, requirement] of chunk.entries()) {
      if (!keyed.has(keyOf(requirement))) keyed.set(keyOf(requirement), { facts, bit: 2 ** i });
    }
  }
  const holds: Approvals['holds'] = (requirement, node) => {
    const known = keyed.get(keyOf(requirement));
    return known !== undefined && (known.facts.at(node) & known.bit) !== 0;
  };
  const holdsAfter: Approvals['holdsAfter'] = (requirement, edge) => {
    const known = keyed.get(keyOf(requirement));
    return known !== undefined && ((known.facts.along(edge) & known.bit) !== 0 || holds(requirement, edge.to));
  };
  const openPath: Approvals['openPath'] = (requirement, node) => {
    const sources = sourcesOf(requirement.path, workflow);
    return findOpenPath(graph, node, (edge, held) => {
      if (holdsAfter(requirement, edge) || judges(edge, requirement)) return true;
      return held && !isLost(requirement.path, sources, edge, workflow);
    });
  };
  return { holds, holdsAfter, openPath };
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
  const seen = new Set<string>();
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
      if (edge.kind === 'message' && edge.to.kind !== 'start') continue;
      const held = holdsAlong(edge, state.held);
      const key = `${edge.to.index} ${held}`;
      if (!seen.has(key)) queue.push({ node: edge.to, held, edge, before: state });
      seen.add(key);
    }
  }
  return undefined;
}

function keyOf({ path, by }: Requirement): string {
  return `${by} ${path}`;
}

type Carried = ReturnType<typeof equalities>;

/** As many requirements at a time as there are facts; where `ensures: a == b` carries approval, b stands beside a. */
function chunksOf(requirements: readonly Requirement[], carried: Carried): readonly (readonly Requirement[])[] {
  const done = new Set<string>();
  const chunks: Map<string, Requirement>[] = [];
  for (const requirement of requirements) {
    if (done.has(keyOf(requirement))) continue;
    done.add(keyOf(requirement));
    const needed = withSources(requirement, carried);
    const last = chunks.at(-1);
    const chunk = last && last.size + needed.length <= maxFacts ? last : new Map<string, Requirement>();
    if (chunk !== last) chunks.push(chunk);
    for (const one of needed.slice(0, maxFacts)) chunk.set(keyOf(one), one);
  }
  return chunks.map((chunk) => [...chunk.values()]);
}

function withSources(requirement: Requirement, carried: Carried): readonly Requirement[] {
  const paths = new Set([requirement.path]);
  for (const path of paths) for (const { to, from } of carried) if (to === path) paths.add(from);
  return [...paths].map((path) => ({ path, by: requirement.by }));
}

/** Which facts the equalities of a step carry over, as bits. */
function copiesIn(
  chunk: readonly Requirement[],
  carried: Carried,
): ReadonlyMap<Step, readonly { readonly from: Facts; readonly to: Facts }[]> {
  const copies = new Map<Step, { from: Facts; to: Facts }[]>();
  for (const [i, { path, by }] of chunk.entries()) {
    for (const { step, to, from } of carried) {
      const source = to === path ? chunk.findIndex((other) => other.path === from && other.by === by) : -1;
      if (source >= 0) copies.set(step, [...(copies.get(step) ?? []), { from: 2 ** source, to: 2 ** i }]);
    }
  }
  return copies;
}

interface Judging {
  readonly all: readonly { readonly edge: FlowEdge }[];
  /** By the data that is judged. */
  readonly byRoot: ReadonlyMap<string, readonly { readonly edge: FlowEdge }[]>;
}

const judgments: ReadonlySet<string> = new Set(['approval', 'review', 'decision']);

function judgingEdges({ edges }: FlowGraph): Judging {
  const all = edges.filter((edge) => judgments.has(edge.from.step?.kind ?? '') && completes(edge));
  const judged = all.flatMap((edge) => {
    const { covers = [], reviews = [] } = edge.from.step?.fields ?? {};
    return [...covers, ...reviews].map((reference) => ({ edge, out: pathOf(reference) }));
  });
  return { all: all.map((edge) => ({ edge })), byRoot: byRoot(judged) };
}

/** What each edge does to the facts of a chunk: the bits it ends and those it makes. */
function effectsOn(
  chunk: readonly Requirement[],
  judging: Judging,
  workflow: Workflow,
): (edge: FlowEdge) => { readonly lost: Facts; readonly made: Facts } {
  const written = new Map<Step, Facts>();
  const modified = new Map<Step, Facts>();
  const made = new Map<FlowEdge, Facts>();
  const add = <K>(map: Map<K, Facts>, key: K, bit: Facts) => map.set(key, (map.get(key) ?? 0) | bit);
  for (const [i, requirement] of chunk.entries()) {
    const bit = 2 ** i;
    if (requirement.path !== anyData) {
      for (const path of [requirement.path, ...sourcesOf(requirement.path, workflow)]) {
        for (const { step, out } of writersOf(path, workflow)) if (overlap(out, path)) add(written, step, bit);
        for (const { step, out } of modifiersOf(path, workflow)) if (overlap(out, path)) add(modified, step, bit);
      }
    }
    const candidates = requirement.path === anyData ? judging.all : judging.byRoot.get(rootOf(requirement.path));
    for (const { edge } of candidates ?? []) if (judges(edge, requirement)) add(made, edge, bit);
  }
  return (edge) => {
    const { step } = edge.from;
    const rewritten = step && edge.outcome === 'modify' ? modified.get(step) : 0;
    return { lost: ((step && written.get(step)) ?? 0) | (rewritten ?? 0), made: made.get(edge) ?? 0 };
  };
}

interface Writer {
  readonly step: Step;
  readonly out: DataPath;
}

function writersOf(path: DataPath, workflow: Workflow): readonly Writer[] {
  return workflow.derived(allWriters).get(rootOf(path)) ?? [];
}

function allWriters(workflow: Workflow): ReadonlyMap<string, readonly Writer[]> {
  return byRoot(
    [...workflow.steps.values()].flatMap((step) => writesOf(step, workflow).map(({ out }) => ({ step, out }))),
  );
}

/** A judge who modifies has written what the approval covers. */
function modifiersOf(path: DataPath, workflow: Workflow): readonly Writer[] {
  return workflow.derived(allModifiers).get(rootOf(path)) ?? [];
}

function allModifiers(workflow: Workflow): ReadonlyMap<string, readonly Writer[]> {
  const approvals = [...workflow.steps.values()].filter(({ kind }) => kind === 'approval');
  return byRoot(
    approvals.flatMap((step) => (step.fields.covers ?? []).map((covered) => ({ step, out: pathOf(covered) }))),
  );
}

/** A write to the data, or to what it derives from, ends its approval; also on outcomes where it may not have happened. */
function isLost(path: DataPath, sources: ReadonlySet<DataPath>, edge: FlowEdge, workflow: Workflow): boolean {
  const { step } = edge.from;
  if (!step || path === anyData) return false;
  const written = writesOf(step, workflow).map(({ out }) => out);
  if (step.kind === 'approval' && edge.outcome === 'modify') written.push(...(step.fields.covers ?? []).map(pathOf));
  return written.some((out) => overlap(out, path) || [...sources].some((source) => overlap(out, source)));
}

/** Leaving by `edge` approves or, where that is enough, reviews the data. */
function judges(edge: FlowEdge, { path, by }: Requirement): boolean {
  return approvedBy(edge, path) || (by === 'approval-or-review' && reviewedBy(edge, path));
}

/** `edge` is the `approve` of an approval, by people with authority, that covers `path`. */
export function approvedBy(edge: FlowEdge, path: DataPath): boolean {
  if (edge.outcome !== 'approve') return false;
  const { step, performers } = edge.from;
  if (step?.kind !== 'approval' || !judgedByPeople(performers)) return false;
  if (performers.some((actor) => lacksAuthority(actor, 'approve'))) return false;
  return path === anyData || (step.fields.covers ?? []).some((covered) => includes(pathOf(covered), path));
}

/** `edge` leaves a review or decision by people whose `reviews` name `path`, at an outcome where they did look. */
export function reviewedBy(edge: FlowEdge, path: DataPath): boolean {
  const { step, performers } = edge.from;
  if ((step?.kind !== 'review' && step?.kind !== 'decision') || !judgedByPeople(performers)) return false;
  if (!completes(edge)) return false;
  return [...(step.fields.reviews ?? []), ...(step.fields.covers ?? [])].some((seen) => includes(pathOf(seen), path));
}

function judgedByPeople(performers: readonly Actor[]): boolean {
  return performers.length > 0 && performers.every(isPerson);
}

/** Authority that is stated and does not name the outcome, or names it false. A condition is judged elsewhere. */
function lacksAuthority(actor: Actor, outcome: string): boolean {
  const { authority } = actor.fields;
  if (!authority) return false;
  const entry = authority.get(outcome);
  return entry === undefined || entry.value?.text === 'false';
}

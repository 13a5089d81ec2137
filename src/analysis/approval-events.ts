// Where approvals of data are made and where they are lost, for many requirements at once, as bits for each edge.
import { isJudgment, type Step, type Workflow } from '../language/model.ts';
import { anyData, approvedBy, judgedPaths, type Requirement } from './approvals.ts';
import { byRoot, type DataPath, includes, overlap, pathOf, rootOf, writesOf } from './data-paths.ts';
import { addFact, addFacts, type FactSet, noFacts } from './fact-sets.ts';
import type { FlowEdge, FlowGraph } from './flow-graph.ts';

/** Requirements by number, and what each edge does to them. */
export interface ApprovalEvents {
  readonly requirements: readonly Requirement[];
  /** Undefined for one that was not asked for. */
  numberOf(requirement: Requirement): number | undefined;
  /** What leaving by `edge` approves or reviews. */
  made(edge: FlowEdge): FactSet | undefined;
  /** What leaving by `edge` ends: its step has written the data or what it derives from, or may have. */
  lost(edge: FlowEdge): FactSet | undefined;
}

export function approvalEvents(all: readonly Requirement[], graph: FlowGraph): ApprovalEvents {
  const { workflow } = graph;
  const requirements = [...new Map(all.map((requirement) => [keyOf(requirement), requirement])).values()];
  const numbers = new Map(requirements.map((requirement, number) => [keyOf(requirement), number]));
  const losers = losersOf(requirements, workflow);
  const unite = (outs: readonly DataPath[]) => {
    const set = noFacts(requirements.length);
    for (const out of outs) addFacts(set, losers.get(out) ?? set);
    return set;
  };
  const written = new Map<Step, FactSet>();
  const modified = new Map<Step, FactSet>();
  for (const step of workflow.steps.values()) {
    const outs = writesOf(step, workflow).map(({ out }) => out);
    if (outs.length > 0) written.set(step, unite(outs));
    if (step.kind === 'approval') modified.set(step, unite([...outs, ...coveredBy(step)]));
  }
  const lost = graph.edges.map(({ from: { step }, outcome }) =>
    step ? ((outcome === 'modify' ? modified.get(step) : undefined) ?? written.get(step)) : undefined,
  );
  const made = madeOn(requirements, graph);
  return {
    requirements,
    numberOf: (requirement) => numbers.get(keyOf(requirement)),
    made: ({ index }) => made[index],
    lost: ({ index }) => lost[index],
  };
}

function keyOf({ path, by }: Requirement): string {
  return `${by} ${path}`;
}

/** A judge who modifies has written what the approval covers. */
function coveredBy({ fields }: Step): readonly DataPath[] {
  return (fields.covers ?? []).map(pathOf);
}

function madeOn(requirements: readonly Requirement[], { edges }: FlowGraph): readonly (FactSet | undefined)[] {
  const numbered = byRoot(requirements.map((requirement, number) => ({ out: requirement.path, requirement, number })));
  const made: (FactSet | undefined)[] = new Array(edges.length).fill(undefined);
  for (const edge of edges) {
    const { step } = edge.from;
    if (!step || !isJudgment(step)) continue;
    const { kind } = step;
    const paths = judgedPaths(edge);
    const named = paths.flatMap((path) => (numbered.get(rootOf(path)) ?? []).filter(({ out }) => includes(path, out)));
    const any = kind === 'approval' && approvedBy(edge, anyData) ? (numbered.get(anyData) ?? []) : [];
    // A review or decision is no approval.
    const judged = [...named, ...any].filter(
      ({ requirement: { by } }) => kind === 'approval' || by === 'approval-or-review',
    );
    if (judged.length === 0) continue;
    const set = noFacts(requirements.length);
    for (const { number } of judged) addFact(set, number);
    made[edge.index] = set;
  }
  return made;
}

/**
 * What a write to each path ends: requirements on data that shares content with it, and on data derived from it, over any
 * number of steps. Transitive closure of "is made of" as sets of bits, in an order in which most are complete at once.
 */
function losersOf(requirements: readonly Requirement[], workflow: Workflow): ReadonlyMap<DataPath, FactSet> {
  const steps = [...workflow.steps.values()];
  const writes = steps.flatMap((step) => writesOf(step, workflow));
  const outs = new Set([
    ...writes.map(({ out }) => out),
    ...steps.filter(({ kind }) => kind === 'approval').flatMap(coveredBy),
  ]);
  const numbered = byRoot(requirements.map(({ path }, number) => ({ out: path, number })));
  const users = byRoot(writes.flatMap(({ out, from }) => from.map((source) => ({ out: source, makes: out }))));
  const made = new Map<DataPath, readonly DataPath[]>();
  const sets = new Map<DataPath, FactSet>();
  for (const out of outs) {
    const set = noFacts(requirements.length);
    for (const { out: path, number } of numbered.get(rootOf(out)) ?? []) if (overlap(out, path)) addFact(set, number);
    sets.set(out, set);
    const after = (users.get(rootOf(out)) ?? []).filter(({ out: source }) => overlap(out, source));
    made.set(out, [...new Set(after.map(({ makes }) => makes))]);
  }
  const order = postorder(outs, made);
  for (let changed = true; changed; ) {
    changed = false;
    for (const out of order) {
      const set = sets.get(out);
      for (const next of made.get(out) ?? []) {
        for (const [word, bits] of (sets.get(next) ?? []).entries()) {
          const known = set?.[word] ?? 0;
          if (!set || (bits & ~known) === 0) continue;
          set[word] = known | bits;
          changed = true;
        }
      }
    }
  }
  return sets;
}

/** Each path behind those made of it, except in circles. */
function postorder(
  paths: ReadonlySet<DataPath>,
  made: ReadonlyMap<DataPath, readonly DataPath[]>,
): readonly DataPath[] {
  const seen = new Set<DataPath>();
  const order: DataPath[] = [];
  for (const first of paths) {
    if (seen.has(first)) continue;
    seen.add(first);
    const work = [{ path: first, next: 0 }];
    for (let frame = work.at(-1); frame; frame = work.at(-1)) {
      const next = made.get(frame.path)?.[frame.next++];
      if (next === undefined) {
        order.push(frame.path);
        work.pop();
      } else if (!seen.has(next)) {
        seen.add(next);
        work.push({ path: next, next: 0 });
      }
    }
  }
  return order;
}

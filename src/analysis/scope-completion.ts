// Where a scope ends the parallel work inside it: what one branch makes for certain is there once all have run out.
import { groupBy } from '../language/groups.ts';
import { isInside } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';

/** The end of a scope in which work runs in parallel. */
export interface ParallelScope {
  readonly exit: FlowNode;
  /** Splits that are alternatives to each other, each with its branches. */
  readonly splits: readonly (readonly ScopeBranch[])[];
}

interface ScopeBranch {
  readonly head: FlowEdge;
  /** What a path can pass from the head on without leaving the scope. */
  readonly region: ReadonlySet<FlowNode>;
  /** Edges from the region to the end of the scope. */
  readonly arrivals: readonly FlowEdge[];
}

/** A scope is done when no path is left (language.md, section 7), so its end waits for each branch; inner scopes first. */
export function parallelScopes({ graph, dominators }: Analyses): readonly ParallelScope[] {
  const exits = graph.nodes.filter(({ kind }) => kind === 'exit').sort((a, b) => depthOf(b) - depthOf(a));
  return exits.flatMap((exit) => {
    const heads = headsBefore(exit, (node) => dominators.immediate(node));
    const groups = groupBy(heads, ({ split }) => split?.id);
    const splits = [...groups.values()].map((group) => group.map((head) => branchOf(head, exit)));
    return splits.length > 0 ? [{ exit, splits }] : [];
  });
}

function depthOf({ step }: FlowNode): number {
  let depth = 0;
  for (let scope = step?.scope; scope; scope = scope.scope) depth++;
  return depth;
}

/** The nearest parallel split inside the scope that every path to its end passes. */
function headsBefore(exit: FlowNode, immediate: (node: FlowNode) => FlowNode | undefined): readonly FlowEdge[] {
  for (let node = immediate(exit); node; node = immediate(node)) {
    if (node.step !== exit.step && !isInside(node.step, exit.step)) return [];
    const heads = node.out.filter(({ split }) => split?.mode === 'parallel');
    if (heads.length > 0) return heads;
    if (node.step === exit.step) return [];
  }
  return [];
}

function branchOf(head: FlowEdge, exit: FlowNode): ScopeBranch {
  const region = new Set([head.to]);
  for (const node of region)
    for (const { to, kind } of node.out)
      if (kind !== 'message' && to !== head.from && to !== exit && isInside(to.step, exit.step)) region.add(to);
  return { head, region, arrivals: exit.in.filter(({ from }) => region.has(from)) };
}

/** How a scope ends when work comes to its end by `edge`; undefined for an edge that is not one into such an end. */
export function endingBy({ to, outcome }: FlowEdge): string | undefined {
  if (to.kind !== 'exit') return undefined;
  if (outcome === 'failed') return to.step?.handlers.has('failed') ? 'failed' : 'error';
  return outcome === 'rejected' || outcome === 'cancelled' ? outcome : 'completed';
}

/** Work that came to the end of a scope by `arrival` may go on by `edge`; what strikes from outside asks for no outcome. */
export function goesOn(arrival: string | undefined, { outcome }: FlowEdge): boolean {
  return arrival === undefined || arrival === outcome || !endings.has(outcome ?? '');
}

const endings: ReadonlySet<string> = new Set(['completed', 'rejected', 'cancelled', 'failed', 'error']);

/**
 * Facts that hold behind the end of `scope`, from the facts each edge makes and loses, as bits: those of any branch, unless
 * another one may lose them; where an end inside terminates the scope, only what its own branch has made by then. A scope
 * is completed where every branch is.
 */
export function factsWhenDone(
  { splits }: ParallelScope,
  made: ArrayLike<number>,
  lost: ArrayLike<number>,
  outcome: string | undefined,
): number {
  const ofSplits = splits.map((branches) => {
    const isArrival = (edge: FlowEdge) => outcome !== 'completed' || endingBy(edge) === outcome;
    const results = branches.map((branch) =>
      factsOf({ ...branch, arrivals: branch.arrivals.filter(isArrival) }, made, lost),
    );
    const ended = branches.map(({ region }) =>
      [...region].flatMap(({ out }) => out).reduce((bits, { index }) => bits | (lost[index] ?? 0), 0),
    );
    const brought = results.reduce((bits, { facts }, i) => {
      const byOthers = ended.reduce((all, other, j) => (i === j ? all : all | other), 0);
      return bits | (facts & ~byOthers);
    }, 0);
    return results.reduce((bits, { terminated }) => bits & terminated, brought);
  });
  return ofSplits.length === 0 ? 0 : ofSplits.reduce((all, facts) => all & facts);
}

const everything = -1;

/** A forward pass over one branch alone, as in `must-facts.ts`. */
function factsOf(
  { head, region, arrivals }: ScopeBranch,
  made: ArrayLike<number>,
  lost: ArrayLike<number>,
): { readonly facts: number; readonly terminated: number } {
  const behind = (edge: FlowEdge, entry: number) => (entry & ~(lost[edge.index] ?? 0)) | (made[edge.index] ?? 0);
  const entry = new Map<FlowNode, number>([...region].map((node) => [node, everything]));
  entry.set(head.to, behind(head, 0));
  const queue = new Set(region);
  for (const node of queue) {
    queue.delete(node);
    for (const edge of node.out) {
      const known = entry.get(edge.to);
      if (known === undefined || edge.kind === 'message') continue;
      const next = known & behind(edge, entry.get(node) ?? 0);
      if (next === known) continue;
      entry.set(edge.to, next);
      queue.add(edge.to);
    }
  }
  let [facts, terminated] = [arrivals.length > 0 ? everything : 0, everything];
  for (const edge of arrivals) {
    const after = behind(edge, entry.get(edge.from) ?? 0);
    if (edge.from.step?.fields.terminate?.value) terminated &= after;
    else facts &= after;
  }
  return { facts, terminated };
}

// Where parallel branches meet: which edges into a join end which branch of the split before it.
import { onceFor } from '../language/asked-keys.ts';
import { groupBy } from '../language/groups.ts';
import { isInside } from '../language/model.ts';
import type { Dominators } from './dominators.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';

/** One branch of a parallel split, up to the join. */
export interface Branch {
  /** Its edges into the join. */
  readonly ends: readonly FlowEdge[];
  /** Every edge a path can take from the split to the join, the last ones included. */
  readonly inside: readonly FlowEdge[];
  /** The join never goes on without it. */
  readonly arrives: boolean;
}

/** How work comes to a node. */
export interface Meeting {
  /** Edges that are ways of their own to arrive. */
  readonly alternatives: readonly FlowEdge[];
  /** The branches of each split that meet here; two splits of one step are alternatives to each other. */
  readonly splits: readonly (readonly Branch[])[];
  /** For each edge that ends a branch, which of which split. */
  readonly ended: ReadonlyMap<FlowEdge, { readonly branches: readonly Branch[]; readonly branch: Branch }>;
}

const meetings = new WeakMap<FlowNode, () => Meeting>();

/** Groups the edges into a join by the branches of the nearest parallel split that dominates it; once for each node. */
export function meetingOf(node: FlowNode, graph: FlowGraph, dominators: Dominators): Meeting {
  return onceFor(meetings, node, () => meetingAt(node, graph, dominators));
}

function meetingAt(node: FlowNode, graph: FlowGraph, dominators: Dominators): Meeting {
  const incoming = node.in.filter(({ kind }) => kind !== 'message');
  const heads = isJoin(node) ? headsBefore(node, graph, dominators) : [];
  const split = heads[0]?.from;
  if (!split) return { alternatives: incoming, splits: [], ended: new Map() };
  const arriving = reaching(node, split);
  const used = new Set<FlowEdge>();
  const all = byId(heads).map((group) => {
    const branches = group.map((head) => ({ head, region: regionOf(head, node, arriving), ends: [] as FlowEdge[] }));
    const byHead = new Map(branches.map((branch) => [branch.head, branch]));
    const owners = ownersOf(branches);
    for (const edge of incoming) {
      const owner = edge.from === split ? byHead.get(edge) : owners.get(edge.from);
      if (!owner) continue;
      owner.ends.push(edge);
      used.add(edge);
    }
    return branches
      .filter(({ ends }) => ends.length > 0)
      .map(({ region, ends }): Branch => {
        const edges = [...region].flatMap(({ out }) => out);
        const inside = edges.filter(({ to }) => to === node || region.has(to));
        return { ends, inside, arrives: waitsForAll(node) || !edges.some(leaves) };
      });
  });
  const splits = all.filter(({ length }) => length > 0);
  const ended = splits.flatMap((split) =>
    split.flatMap((branch) => branch.ends.map((edge) => [edge, { branches: split, branch }] as const)),
  );
  // The first of several splits that an edge ends is the one that is meant.
  return { alternatives: incoming.filter((edge) => !used.has(edge)), splits, ended: new Map(ended.reverse()) };

  /** Takes the path of a branch away from the join for good, while those of the others go on. */
  function leaves({ to, kind, interrupt }: FlowEdge): boolean {
    return to !== node && !arriving.has(to) && kind !== 'message' && !interrupt && runsOut(to);
  }

  /** From here a path can end alone: not by beginning anew at the split, nor by ending the whole scope or case. */
  function runsOut(from: FlowNode): boolean {
    const scope = node.step?.scope;
    const seen = new Set<FlowNode>();
    const visit = (to: FlowNode) => {
      if (to === split || !isInside(to.step, scope)) return to.kind === 'exit' && to.step === scope;
      if (to.step?.kind === 'end') return to.step.fields.terminate?.value !== true;
      seen.add(to);
      return to.out.every(({ kind }) => kind === 'message');
    };
    if (visit(from)) return true;
    for (const at of seen) for (const { to, kind } of at.out) if (kind !== 'message' && visit(to)) return true;
    return false;
  }
}

/** The branch that each node stands in; undefined for a node of several. */
function ownersOf<T extends { readonly region: ReadonlySet<FlowNode> }>(
  branches: readonly T[],
): ReadonlyMap<FlowNode, T | undefined> {
  const owners = new Map<FlowNode, T | undefined>();
  for (const branch of branches)
    for (const node of branch.region) owners.set(node, owners.has(node) ? undefined : branch);
  return owners;
}

function isJoin(node: FlowNode): boolean {
  return node.kind === 'step' && (waitsForAll(node) || node.step?.fields.join?.value === 'live');
}

function waitsForAll({ step }: FlowNode): boolean {
  return step?.fields.join?.value === 'all';
}

function headsBefore(join: FlowNode, graph: FlowGraph, dominators: Dominators): readonly FlowEdge[] {
  for (let node = dominators.immediate(join); node; node = dominators.immediate(node)) {
    const heads = node.out.filter((edge) => edge.split?.mode === 'parallel');
    if (heads.length > 0) return heads;
    if (node === graph.root) break;
  }
  return [];
}

function byId(heads: readonly FlowEdge[]): readonly (readonly FlowEdge[])[] {
  return [...groupBy(heads, ({ split }) => split?.id).values()];
}

/** Nodes from which work comes to `join` without passing `split` again. */
function reaching(join: FlowNode, split: FlowNode): ReadonlySet<FlowNode> {
  const found = new Set<FlowNode>();
  const add = (edges: readonly FlowEdge[]) => {
    for (const { from, kind } of edges) if (from !== split && from !== join && kind !== 'message') found.add(from);
  };
  add(join.in);
  for (const node of found) add(node.in);
  return found;
}

function regionOf(head: FlowEdge, join: FlowNode, arriving: ReadonlySet<FlowNode>): ReadonlySet<FlowNode> {
  const region = new Set(head.to !== join && arriving.has(head.to) ? [head.to] : []);
  for (const node of region) for (const { to } of node.out) if (arriving.has(to)) region.add(to);
  return region;
}

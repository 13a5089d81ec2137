// Small random flow graphs, with the plainest possible answers to compare the analyses against.
import fc from 'fast-check';
import type { FlowEdge, FlowGraph, FlowNode } from '../../src/analysis/flow-graph.ts';
import { buildWorkflow, noDeclarations } from '../../src/language/model.ts';
import { parseFile } from '../../src/language/parse.ts';

const noWorkflow = buildWorkflow(parseFile('file:///none.aiwf.yaml', ''), noDeclarations, {
  subWorkflow: () => undefined,
  schemaFields: () => undefined,
});

function range(size: number): readonly number[] {
  return Array.from({ length: size }, (_, i) => i);
}

/** A flow graph without a workflow: node 0 is the root, each pair an edge from one node to another. */
export function graphOf(size: number, pairs: readonly (readonly [number, number])[]): FlowGraph {
  const nodes: FlowNode[] = range(size).map((index) => ({
    index,
    kind: index === 0 ? 'root' : 'step',
    step: undefined,
    start: undefined,
    performers: [],
    takenOver: undefined,
    out: [],
    in: [],
  }));
  const edges: FlowEdge[] = [];
  for (const [a, b] of pairs) {
    const [from, to] = [nodes[a], nodes[b]];
    if (!from || !to) continue;
    const edge: FlowEdge = {
      index: edges.length,
      from,
      to,
      kind: 'normal',
      outcome: undefined,
      label: undefined,
      when: undefined,
      guard: undefined,
      contract: undefined,
      max: undefined,
      share: undefined,
      keep: false,
      split: undefined,
      exhausted: false,
      interrupt: false,
      departure: { id: edges.length, branches: [], mention: undefined, of: undefined },
      range: { start: 0, end: 0 },
    };
    edges.push(edge);
    from.out.push(edge);
    to.in.push(edge);
  }
  const [root] = nodes;
  if (!root) throw new Error('a graph has at least its root');
  return {
    workflow: noWorkflow,
    nodes,
    edges,
    root,
    choices: [],
    nodeOf: () => undefined,
    nodesOf: () => [],
    alsoReachable: [],
  };
}

/** Small graphs with circles, self-loops, double edges and parts that the root does not reach. */
export const randomGraph: fc.Arbitrary<FlowGraph> = fc
  .integer({ min: 1, max: 9 })
  .chain((size) =>
    fc
      .array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 2 * size })
      .map((pairs) => graphOf(size, pairs)),
  );

/** Small graphs in which every edge leads to a node with a greater number. */
export const randomAcyclicGraph: fc.Arbitrary<FlowGraph> = fc.integer({ min: 2, max: 8 }).chain((size) =>
  fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 2 * size }).map((pairs) =>
    graphOf(
      size,
      pairs.flatMap(([a, b]) => (a === b ? [] : [[Math.min(a, b), Math.max(a, b)] as const])),
    ),
  ),
);

/** Nodes reached from `from`, over edges and nodes that may be passed; the plainest way to say it. */
export function reachedFrom(from: FlowNode, mayPass: (edge: FlowEdge) => boolean = () => true): ReadonlySet<FlowNode> {
  const reached = new Set([from]);
  for (const node of reached) for (const edge of node.out) if (mayPass(edge)) reached.add(edge.to);
  return reached;
}

/** Every path from the root of an acyclic graph to `node`. */
export function pathsTo(node: FlowNode): readonly (readonly FlowEdge[])[] {
  if (node.kind === 'root') return [[]];
  return node.in.flatMap((edge) => pathsTo(edge.from).map((path) => [...path, edge]));
}

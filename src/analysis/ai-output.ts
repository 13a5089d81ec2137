// May-analysis: along which path does output of an AI, that no human approved or reviewed, come to a place.
import { isAi, type Workflow } from '../language/model.ts';
import { approvedBy, completes, reviewedBy } from './approvals.ts';
import { type DataPath, includes, overlap, type Write, writesOf } from './data-paths.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';

/** Unreviewed AI output that reaches a node. */
export interface AiOutput {
  /** The step of the AI that wrote it. */
  readonly author: FlowNode;
  /** What it wrote there. */
  readonly written: DataPath;
  /** What of it is consumed, after steps that derived it. */
  readonly consumed: DataPath;
  /** From the author to the node; shortest. */
  readonly path: readonly FlowEdge[];
}

interface State {
  readonly node: FlowNode;
  readonly path: DataPath;
  readonly author: FlowNode;
  readonly written: DataPath;
  readonly edge: FlowEdge;
  readonly before: State | undefined;
}

/**
 * Unreviewed AI output in any of `paths` at `node`, the node's own writes included; undefined where none can be.
 * `isJudged` says what else is known to be approved or reviewed behind an edge, such as at the join of parallel branches.
 * Breadth-first search over pairs of node and tainted data, so the path found is a shortest one. O(edges × data).
 * The origin lattice follows language.md §7: derived data keeps `ai` unless it was reviewed or approved first.
 */
export function unreviewedAiOutput(
  node: FlowNode,
  paths: readonly DataPath[],
  graph: FlowGraph,
  workflow: Workflow,
  isReachable: (node: FlowNode) => boolean,
  isJudged: (edge: FlowEdge, path: DataPath) => boolean,
): AiOutput | undefined {
  const writes = new Map<FlowNode, readonly Write[]>();
  const writesAt = (at: FlowNode) => {
    const known = writes.get(at) ?? (at.step && at.kind === 'step' ? writesOf(at.step, workflow) : []);
    writes.set(at, known);
    return known;
  };
  const queue: State[] = [];
  const seen = new Set<string>();
  const add = (edge: FlowEdge, path: DataPath, author: FlowNode, written: DataPath, before: State | undefined) => {
    const key = `${edge.to.index} ${path}`;
    // Data is of the whole case: a participant that a message wakes finds what was written before.
    if (edge.kind === 'message' && edge.to.kind !== 'start') return;
    if (seen.has(key) || approvedBy(edge, path) || reviewedBy(edge, path) || isJudged(edge, path)) return;
    seen.add(key);
    queue.push({ node: edge.to, path, author, written, edge, before });
  };
  for (const author of graph.nodes) {
    if (!author.performers.some(isAi) || !isReachable(author)) continue;
    for (const { out } of writesAt(author)) {
      for (const edge of author.out)
        if (completes(edge) || edge.kind === 'message') add(edge, out, author, out, undefined);
    }
  }
  for (const state of queue) {
    if (state.node === node) {
      const consumed = consumedAt(state.path, paths, writesAt(node));
      if (consumed !== undefined) {
        return { author: state.author, written: state.written, consumed, path: edgesOf(state) };
      }
    }
    for (const edge of state.node.out) {
      const after = completes(edge) ? carriedOn(state.path, writesAt(state.node)) : [state.path];
      for (const path of after) add(edge, path, state.author, state.written, state);
    }
  }
  return undefined;
}

/** Where the taint of `path` is after writes: still there unless overwritten, and in everything derived from it. */
function carriedOn(path: DataPath, writes: readonly Write[]): readonly DataPath[] {
  const derived = writes.filter(({ from }) => from.some((source) => overlap(source, path))).map(({ out }) => out);
  const overwritten = writes.some(({ out }) => includes(out, path)) && !derived.some((out) => includes(out, path));
  return overwritten ? derived : [path, ...derived.filter((out) => out !== path)];
}

function consumedAt(path: DataPath, paths: readonly DataPath[], writes: readonly Write[]): DataPath | undefined {
  const present = carriedOn(path, writes);
  return paths.find((wanted) => present.some((tainted) => overlap(tainted, wanted)));
}

function edgesOf(state: State): readonly FlowEdge[] {
  const edges: FlowEdge[] = [];
  for (let at: State | undefined = state; at; at = at.before) edges.unshift(at.edge);
  return edges;
}

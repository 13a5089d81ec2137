// May-analysis: along which path does output of an AI, that no human approved or reviewed, come to a place.
import { isAi, type Workflow } from '../language/model.ts';
import { approvedBy, completes, reviewedBy } from './approvals.ts';
import { type DataPath, includes, overlap, type Write, writesOf } from './data-paths.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';

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

/** Data that must not be tainted on entry to `node`, so that nothing tainted is consumed at the end. */
interface State {
  readonly node: FlowNode;
  readonly path: DataPath;
  readonly consumed: DataPath;
  readonly edge: FlowEdge | undefined;
  readonly after: State | undefined;
}

/**
 * Unreviewed AI output in any of `paths` at `node`, the node's own writes included; undefined where none can be.
 * Only edges that `enters` allows lead into `node` itself.
 * `isJudged` says what else is known to be approved or reviewed behind an edge, such as at the join of parallel branches.
 * Breadth-first search backwards over pairs of node and data, from what is consumed to what it is made of, so the path
 * found is a shortest one and approvals close the ways behind them. O(edges × data it derives from).
 * Derived data keeps `ai` unless it was reviewed or approved first.
 */
export function unreviewedAiOutput(
  node: FlowNode,
  paths: readonly DataPath[],
  workflow: Workflow,
  isReachable: (node: FlowNode) => boolean,
  isJudged: (edge: FlowEdge, path: DataPath) => boolean,
  enters: (edge: FlowEdge) => boolean = () => true,
): AiOutput | undefined {
  const writesAt = ({ kind, step }: FlowNode) => (step && kind === 'step' ? writesOf(step, workflow) : []);
  const queue: State[] = [];
  const seen = new Set<string>();
  const add = (state: State) => {
    const key = `${state.node.index} ${state.path}`;
    if (!seen.has(key)) queue.push(state);
    seen.add(key);
  };
  for (const consumed of paths) {
    for (const path of madeOf(consumed, writesAt(node)))
      add({ node, path, consumed, edge: undefined, after: undefined });
  }
  for (const state of queue) {
    const { path, consumed } = state;
    for (const edge of state.node.in) {
      // Data is of the whole case: a participant that a message wakes finds what was written before.
      if (edge.kind === 'message' && edge.to.kind !== 'start') continue;
      if (state.edge === undefined && !enters(edge)) continue;
      if (approvedBy(edge, path) || reviewedBy(edge, path) || isJudged(edge, path)) continue;
      const { from } = edge;
      const writes = hasWritten(edge) ? writesAt(from) : [];
      const written = from.performers.some(isAi) && isReachable(from) && writes.find(({ out }) => overlap(out, path));
      if (written) return { author: from, written: written.out, consumed, path: [edge, ...edgesOf(state)] };
      for (const source of madeOf(path, writes)) {
        // What a judge writes is made of what the same judge has looked at.
        if (approvedBy(edge, source) || reviewedBy(edge, source)) continue;
        add({ node: from, path: source, consumed, edge, after: state });
      }
    }
  }
  return undefined;
}

/** A receiver refuses what the sender has finished; a message goes out while its sender is at work. */
function hasWritten(edge: FlowEdge): boolean {
  return completes(edge) || edge.outcome === 'refused' || edge.kind === 'message';
}

/** What `path` consists of before `writes` happened: itself unless they overwrite it, and what they derive it from. */
function madeOf(path: DataPath, writes: readonly Write[]): readonly DataPath[] {
  const derived = writes.filter(({ out }) => overlap(out, path)).flatMap(({ from }) => from);
  return writes.some(({ out }) => includes(out, path)) ? derived : [path, ...derived];
}

function edgesOf(state: State): readonly FlowEdge[] {
  const edges: FlowEdge[] = [];
  for (let at: State | undefined = state; at?.edge; at = at.after) edges.push(at.edge);
  return edges;
}

// Shortest paths on which a fact does not hold at the end, for many facts and ends of one workflow.
import { once } from '../language/asked-keys.ts';
import type { Analyses } from './analyses.ts';
import { carries, type EdgeFacts, type FactSet, hasEdgeFact, hasFact, noFacts } from './fact-sets.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import type { MustFactSets } from './must-facts.ts';
import { endingBy, goesOn } from './scope-completion.ts';

/** What holds on all paths, and what each edge makes and loses. */
interface Changes {
  readonly facts: MustFactSets;
  readonly made: EdgeFacts;
  readonly lost: EdgeFacts;
}

/** A shortest path to `goal`, to leave it `by` an edge, on which the fact is missing; undefined where it holds on all. */
type Search = (fact: number, goal: FlowNode, by?: FlowEdge) => readonly FlowEdge[] | undefined;

/**
 * Most facts are missing already on a shortest path there is at all, so one pass along the tree of these paths answers for
 * all facts at once. The others are searched for, each breadth-first over nodes and whether the fact holds; such a search
 * goes on where the last question about the fact left it. O(edges × facts / 32), and O(edges) for each fact searched for.
 */
export function pathsWithout(analyses: Analyses, { facts, made, lost }: Changes, count: number): Search {
  const { graph, reachability } = analyses;
  const there = { width: made.width, words: made.words.slice() };
  let isReady = false;
  const onTree = once(() => treeFacts(analyses, there, lost));
  const paths = new Map<FlowNode, readonly FlowEdge[]>();
  const layout = once(() => statesOf(graph.nodes));
  const canLose = once(() => lostAnywhere(lost, count));
  const searches = new Map<number, Progress>();
  return (fact, goal, by) => {
    if (!isReady) completeChanges();
    const known = goal.kind === 'exit' ? undefined : onTree()[goal.index];
    if (known && !hasFact(known, fact)) {
      const path = paths.get(goal) ?? reachability.pathTo(goal) ?? [];
      paths.set(goal, path);
      return path;
    }
    const progress = searches.get(fact) ?? begin(layout(), graph.root);
    searches.set(fact, progress);
    return searchOn(progress, layout(), goal, by, {
      makes: (edge) => hasEdgeFact(there, edge.index, fact),
      loses: (edge) => hasEdgeFact(lost, edge.index, fact),
      canLose: hasFact(canLose(), fact),
    });
  };

  /** At a join, and where a message of this file ends a wait, more is there than this path alone has brought. */
  function completeChanges(): void {
    isReady = true;
    const { width, words } = there;
    for (const edge of graph.edges) {
      const held = facts.at(edge.to);
      const brought = edge.from.step?.kind === 'wait' ? facts.along(edge) : undefined;
      for (let word = 0, at = edge.index * width; word < width; word++, at++)
        words[at] = (words[at] ?? 0) | (held[word] ?? 0) | (brought?.[word] ?? 0);
    }
  }
}

/** What holds at the end of the shortest path to each node; undefined where that is no path that work takes. */
function treeFacts(
  { graph, reachability }: Analyses,
  there: EdgeFacts,
  lost: EdgeFacts,
): readonly (FactSet | undefined)[] {
  const { width } = there;
  const found: (FactSet | undefined)[] = new Array(graph.nodes.length).fill(undefined);
  for (const [node, edge] of reachability.arrivedBy) {
    if (!edge) {
      found[node.index] = new Uint32Array(width);
      continue;
    }
    const before = found[edge.from.index];
    const arrived = reachability.arrivedBy.get(edge.from);
    if (!before || !carries(edge) || !goesOn(arrived && endingBy(arrived), edge)) continue;
    const set = new Uint32Array(width);
    for (let word = 0, at = edge.index * width; word < width; word++, at++)
      set[word] = ((before[word] ?? 0) & ~(lost.words[at] ?? 0)) | (there.words[at] ?? 0);
    found[node.index] = set;
  }
  return found;
}

function lostAnywhere({ words, width }: EdgeFacts, count: number): FactSet {
  const set = noFacts(count);
  for (let at = 0; at < words.length; at++) set[at % width] = (set[at % width] ?? 0) | (words[at] ?? 0);
  return set;
}

/** Ways to come to a node; only the end of a scope has more than one. */
const arrivals: readonly (string | undefined)[] = [undefined, 'completed', 'rejected', 'cancelled', 'failed', 'error'];

/** States of the search: a node by each arrival, without the fact (even) and with it (odd). */
interface States {
  readonly count: number;
  /** The first state of each node. */
  readonly first: Int32Array;
  nodeOf(state: number): FlowNode | undefined;
}

function statesOf(nodes: readonly FlowNode[]): States {
  const first = new Int32Array(nodes.length);
  const owners: FlowNode[] = [];
  for (const node of nodes) {
    first[node.index] = owners.length;
    const states = node.kind === 'exit' ? 2 * arrivals.length : 2;
    for (let state = 0; state < states; state++) owners.push(node);
  }
  return { count: owners.length, first, nodeOf: (state) => owners[state] };
}

interface Progress {
  readonly queue: number[];
  /** How many states of the queue are done. */
  done: number;
  readonly cameBy: (FlowEdge | undefined)[];
  /** The state before each one. */
  readonly before: Int32Array;
}

const unseen = -2;
const beginning = -1;

function begin({ count, first }: States, root: FlowNode): Progress {
  const before = new Int32Array(count).fill(unseen);
  const state = first[root.index] ?? 0;
  before[state] = beginning;
  return { queue: [state], done: 0, cameBy: [], before };
}

interface Fact {
  makes(edge: FlowEdge): boolean;
  loses(edge: FlowEdge): boolean;
  /** Where nothing ever ends it, work that has it will never be without. */
  readonly canLose: boolean;
}

function searchOn(
  progress: Progress,
  { first, nodeOf }: States,
  goal: FlowNode,
  by: FlowEdge | undefined,
  { makes, loses, canLose }: Fact,
): readonly FlowEdge[] | undefined {
  const { queue, cameBy, before } = progress;
  const base = first[goal.index] ?? 0;
  const ways = goal.kind === 'exit' ? arrivals : [undefined];
  const goals = ways.flatMap((arrival, i) => (by && !goesOn(arrival, by) ? [] : [base + 2 * i]));
  const reached = () => goals.find((state) => before[state] !== unseen);
  let found = reached();
  while (found === undefined && progress.done < queue.length) {
    const state = queue[progress.done++] ?? 0;
    const node = nodeOf(state);
    if (!node) continue;
    const arrival = node.kind === 'exit' ? arrivals[(state - (first[node.index] ?? 0)) >> 1] : undefined;
    const had = ((state - (first[node.index] ?? 0)) & 1) === 1;
    for (const edge of node.out) {
      if (!carries(edge) || !goesOn(arrival, edge)) continue;
      const isThere = makes(edge) || (had && !loses(edge));
      if (isThere && !canLose) continue;
      const way = edge.to.kind === 'exit' ? arrivals.indexOf(endingBy(edge)) : 0;
      const next = (first[edge.to.index] ?? 0) + 2 * way + (isThere ? 1 : 0);
      if (before[next] !== unseen) continue;
      before[next] = state;
      cameBy[next] = edge;
      queue.push(next);
    }
    found = reached();
  }
  if (found === undefined) return undefined;
  const edges: FlowEdge[] = [];
  for (let state = found; state >= 0; state = before[state] ?? beginning) {
    const edge = cameBy[state];
    if (edge) edges.push(edge);
  }
  return edges.reverse();
}

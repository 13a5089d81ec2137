// May-analysis: where output of an AI, that no human approved or reviewed, can be, and along which path it comes there.
import { isAi } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import { judgedPaths } from './approvals.ts';
import { completes } from './completion.ts';
import { byRoot, type DataPath, includes, overlap, rootOf, type Write, writesOf } from './data-paths.ts';
import { addFact, carries, dropFact, type FactSet, hasFact, noFacts } from './fact-sets.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { mayFacts } from './may-facts.ts';

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

export interface UnreviewedAiOutput {
  /** Some of it can be in one of `paths` at `node`, the node's own writes included. */
  reaches(node: FlowNode, paths: readonly DataPath[]): boolean;
  /** Edges into `node` by which it comes into one of `paths`. */
  entries(node: FlowNode, paths: readonly DataPath[]): readonly FlowEdge[];
  /** A shortest path by which it comes into one of `paths` at `node`; undefined where none can be. */
  pathTo(node: FlowNode, paths: readonly DataPath[]): AiOutput | undefined;
}

/** What a human has looked at, beyond what the edges of judges say by themselves. */
export interface Looked {
  /** Known to be approved or reviewed behind `edge`, such as at the join of parallel branches. */
  isJudged(edge: FlowEdge, path: DataPath): boolean;
  /** Taken to be, to see what is left then. */
  readonly assumed?: ReadonlyMap<FlowEdge, ReadonlySet<DataPath>> | undefined;
}

/**
 * Unreviewed AI output in any of `consumed` and in what they are made of, for all nodes in one pass (see `mayFacts`).
 * Derived data keeps `ai` unless it was reviewed or approved first.
 */
export function unreviewedAiOutput(
  consumed: Iterable<DataPath>,
  { graph, reachability }: Pick<Analyses, 'graph' | 'reachability'>,
  { isJudged, assumed }: Looked,
): UnreviewedAiOutput {
  const { workflow } = graph;
  const paths = withSources(
    consumed,
    [...workflow.steps.values()].flatMap((step) => writesOf(step, workflow)),
  );
  const numbers = new Map(paths.map((path, number) => [path, number]));
  const numbered = byRoot(paths.map((out, number) => ({ out, number })));
  const judged: (FactSet | undefined)[] = new Array(graph.edges.length).fill(undefined);
  for (const edge of graph.edges) {
    const more = assumed?.get(edge);
    const named = more ? [...judgedPaths(edge), ...more] : judgedPaths(edge);
    if (named.length > 0) judged[edge.index] = factsIn(named, includes);
  }
  // Asked for at every step of a search: by the number of the node or edge.
  const writes = graph.nodes.map(({ kind, step }) => (step && kind === 'step' ? writesOf(step, workflow) : nothing));
  const writesAt = ({ index }: FlowNode) => writes[index] ?? nothing;
  const authors = graph.nodes.map((node) => node.performers.some(isAi) && reachability.isReachable(node));
  const kinds = graph.edges.map((edge) => ({
    passes: carries(edge),
    written: hasWritten(edge),
    knowsMore: mayKnowMore(edge),
  }));
  const changes = graph.nodes.map((node) => (writesAt(node).length > 0 ? changeAt(node) : undefined));
  const facts = mayFacts(graph, paths.length, transfer);
  let stamps: Int32Array | undefined;
  let search = 0;
  // What a search has come to: the states, and by which edge and from which place in the queue it came to each.
  const [queue, cameBy, cameFrom]: [number[], (FlowEdge | undefined)[], number[]] = [[], [], []];
  const madeAt = (node: FlowNode, consumedPaths: readonly DataPath[]) =>
    consumedPaths.flatMap((path) => madeOf(path, writesAt(node)));
  return {
    reaches: (node, wanted) => madeAt(node, wanted).some((path) => isIn(facts.at(node), path)),
    entries(node, wanted) {
      const made = madeAt(node, wanted);
      return node.in.filter((edge) => carries(edge) && made.some((path) => isIn(facts.along(edge), path)));
    },
    pathTo,
  };

  function isIn(set: FactSet, path: DataPath): boolean {
    return hasFact(set, numbers.get(path) ?? -1);
  }

  function factsIn(named: readonly DataPath[], covers: (name: DataPath, path: DataPath) => boolean): FactSet {
    const set = noFacts(paths.length);
    for (const name of named)
      for (const { out, number } of numbered.get(rootOf(name)) ?? nothing) if (covers(name, out)) addFact(set, number);
    return set;
  }

  /** What the writes of a node do: what they overwrite, what an AI puts there, and what is made of what. */
  function changeAt(node: FlowNode) {
    const outs = writesAt(node).map(({ out }) => out);
    const overwritten = factsIn(outs, includes);
    const written = authors[node.index] ? factsIn(outs, overlap) : noFacts(paths.length);
    const touched = outs.flatMap((out) => numbered.get(rootOf(out)) ?? []);
    const derived = new Map<number, readonly number[]>();
    for (const { out, number } of touched) {
      const from = writesAt(node)
        .filter((write) => overlap(write.out, out))
        .flatMap((write) => write.from);
      const sources = [...new Set(from)].flatMap((source) => numbers.get(source) ?? []);
      if (sources.length > 0) derived.set(number, sources);
    }
    return { overwritten, written, derived };
  }

  function transfer(edge: FlowEdge, entry: FactSet, left: FactSet): void {
    const seen = judged[edge.index];
    const change = kinds[edge.index]?.written ? changes[edge.from.index] : undefined;
    for (let word = 0; word < left.length; word++) {
      const kept = change
        ? ((entry[word] ?? 0) & ~(change.overwritten[word] ?? 0)) | (change.written[word] ?? 0)
        : entry[word];
      left[word] = (kept ?? 0) & ~(seen?.[word] ?? 0);
    }
    for (const [number, sources] of change?.derived ?? nothing) {
      if (hasFact(left, number) || hasFact(seen, number)) continue;
      // What a judge writes is made of what the same judge has looked at.
      if (sources.some((source) => hasFact(entry, source) && !hasFact(seen, source))) addFact(left, number);
    }
    if (!kinds[edge.index]?.knowsMore) return;
    for (const [number, path] of paths.entries())
      if (hasFact(left, number) && isJudged(edge, path)) dropFact(left, number);
  }

  /**
   * Breadth-first search backwards over pairs of node and data, only over those that some AI output can be in, from what
   * is consumed to what it is made of. A state is such a pair as one number; it is seen if the number of the search
   * stands there. One search takes over the lists of the last.
   */
  function pathTo(node: FlowNode, wanted: readonly DataPath[]): AiOutput | undefined {
    search++;
    stamps ??= new Int32Array(graph.nodes.length * paths.length);
    const known = stamps;
    let length = 0;
    const add = (at: FlowNode, number: number, edge: FlowEdge | undefined, after: number) => {
      const state = at.index * paths.length + number;
      if (known[state] === search || !hasFact(facts.at(at), number)) return;
      known[state] = search;
      queue[length] = state;
      cameBy[length] = edge;
      cameFrom[length++] = after;
    };
    const consumed: DataPath[] = [];
    for (const consumedPath of wanted) {
      for (const path of madeAt(node, [consumedPath])) add(node, numbers.get(path) ?? -1, undefined, -1);
      while (consumed.length < length) consumed.push(consumedPath);
    }
    for (let place = 0; place < length; place++) {
      const state = queue[place] ?? 0;
      const number = state % paths.length;
      for (const edge of graph.nodes[(state - number) / paths.length]?.in ?? nothing) {
        const looked = judged[edge.index];
        const kind = kinds[edge.index];
        if (!kind?.passes || hasFact(looked, number)) continue;
        const path = paths[number] ?? '';
        if (kind.knowsMore && isJudged(edge, path)) continue;
        const { from } = edge;
        const change = kind.written ? changes[from.index] : undefined;
        if (change && hasFact(change.written, number)) {
          const written = writesAt(from).find(({ out }) => overlap(out, path))?.out ?? path;
          return { author: from, written, ...wayOn(edge, place, consumed) };
        }
        if (!hasFact(change?.overwritten, number)) add(from, number, edge, place);
        for (const source of change?.derived.get(number) ?? nothing)
          if (!hasFact(looked, source)) add(from, source, edge, place);
      }
    }
    return undefined;
  }

  /** The way that begins with `first` and goes on as the search came to `place`, and what is consumed at its end. */
  function wayOn(first: FlowEdge, place: number, consumed: readonly DataPath[]): Pick<AiOutput, 'path' | 'consumed'> {
    const path = [first];
    let at = place;
    for (let edge = cameBy[at]; edge; edge = cameBy[at]) {
      path.push(edge);
      at = cameFrom[at] ?? 0;
    }
    return { path, consumed: consumed[at] ?? '' };
  }
}

const nothing: readonly never[] = [];

/** All that `consumed` can be made of, itself first. */
function withSources(consumed: Iterable<DataPath>, writes: readonly Write[]): readonly DataPath[] {
  const writers = byRoot(writes);
  const paths = new Set(consumed);
  for (const path of paths)
    for (const { out, from } of writers.get(rootOf(path)) ?? [])
      if (overlap(out, path)) for (const source of from) paths.add(source);
  return [...paths];
}

/** A receiver refuses what the sender has finished; a message goes out while its sender is at work. */
function hasWritten(edge: FlowEdge): boolean {
  return edge.outcome === 'refused' || edge.kind === 'message' || completes(edge);
}

/** Where branches join, a wait ends or someone ensures an equality, more is known than what the edge itself says. */
function mayKnowMore({ from, to }: FlowEdge): boolean {
  const join = to.step?.fields.join?.value;
  const awaits = from.step?.kind === 'wait' && from.in.some(({ kind }) => kind === 'message');
  return join === 'all' || join === 'live' || awaits || from.step?.fields.ensures !== undefined;
}

/** What `path` consists of before `writes` happened: itself unless they overwrite it, and what they derive it from. */
function madeOf(path: DataPath, writes: readonly Write[]): readonly DataPath[] {
  if (writes.length === 0) return [path];
  const derived = writes.filter(({ out }) => overlap(out, path)).flatMap(({ from }) => from);
  return writes.some(({ out }) => includes(out, path)) ? derived : [path, ...derived];
}

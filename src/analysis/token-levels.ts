// Flow graph -> token nets, one for the case and one for each scope. To what is around it a scope is a single step, since
// normal edges do not cross its border; an edge that leaves it ends everything inside.
import { groupBy } from '../language/groups.ts';
import { isInside, type Step } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';
import { negates } from './implication.ts';
import { type Alternative, type Place, TokenNet } from './token-net.ts';

/** The scope a net is of; undefined for the case. */
export type Level = Step | undefined;

/** More sets of branches than this, of one inclusive split, are not looked at. */
const maxSets = 64;

/** The nets of a workflow, made once. */
export function tokenNets({ graph, conditions }: Analyses): ReadonlyMap<Level, TokenNet> {
  const astOf = ({ when }: FlowEdge) => when && conditions.checked.get(when)?.ast;
  return tokenLevels(graph, (a, b) => {
    const [first, second] = [astOf(a), astOf(b)];
    return first !== undefined && second !== undefined && negates(first, second);
  });
}

/** The nets of `graph`. `excludes`: of two branches of an inclusive split, that they are never both taken. */
function tokenLevels(
  graph: FlowGraph,
  excludes: (a: FlowEdge, b: FlowEdge) => boolean = () => false,
): ReadonlyMap<Level, TokenNet> {
  const nets = new Map<Level, TokenNet>();
  const reached = reachedFromStarts(graph);
  const mentions = new Map<object, number>();
  const arcs = new Map<string, Place>();

  const netOf = (level: Level): TokenNet => {
    const known = nets.get(level);
    if (known) return known;
    const net = new TokenNet();
    nets.set(level, net);
    const entry = level && graph.nodeOf(level);
    if (entry) net.begin({ outputs: [net.at(entry)], edges: [] });
    return net;
  };

  /** What stands for `node` in the net of `level`: itself, or the scope around it. */
  const standsFor = (node: FlowNode, level: Level): FlowNode | undefined => {
    let step = node.step;
    if (!step || step.scope === level) return node.kind === 'exit' && step ? graph.nodeOf(step) : node;
    while (step && step.scope !== level) step = step.scope;
    return step && graph.nodeOf(step);
  };

  const isWithin = ({ to, from, kind }: FlowEdge, level: Level): boolean =>
    isInside(to.step, level) || (to.kind === 'exit' && to.step === level) || isPick(to, from, kind, level);

  /** Where a token goes that takes `edge`; undefined where its path ends. */
  const placeBehind = (edge: FlowEdge, level: Level, net: TokenNet, source: FlowNode): Place | undefined => {
    const { to, from, kind } = edge;
    if (!isWithin(edge, level)) return net.cut;
    if (to.kind === 'exit' && to.step === level) {
      return from.step?.kind === 'end' && from.step.fields.terminate?.value ? net.cut : undefined;
    }
    if (isPick(to, from, kind, level)) return net.at(to);
    const node = standsFor(to, level);
    if (!node) return undefined;
    beginInside(to, level);
    const join = node.takenOver ? 'any' : (node.step?.fields.join?.value ?? 'any');
    if (join === 'any') return node.step?.kind === 'end' ? endPlace(node, net, level) : net.at(node);
    const mention = edge.departure.mention ?? source.step ?? source;
    if (!mentions.has(mention)) mentions.set(mention, mentions.size);
    const arrow = join === 'live' ? '' : `${source.step?.id ?? source.index} ${mentions.get(mention)}`;
    const key = `${level?.id ?? ''}>${node.index} ${arrow}`;
    const place = arcs.get(key) ?? net.add('join', node);
    arcs.set(key, place);
    const incoming = joins.get(node) ?? { net, level, places: new Set<Place>() };
    joins.set(node, incoming);
    incoming.places.add(place);
    return place;
  };
  const joins = new Map<FlowNode, { net: TokenNet; level: Level; places: Set<Place> }>();

  /** An edge from outside to a step deep in a scope begins a run of that scope there. */
  const beginInside = (to: FlowNode, level: Level) => {
    for (let inner = to.step?.scope; inner && inner !== level; inner = inner.scope) {
      const node = standsFor(to, inner);
      const net = netOf(inner);
      if (node) net.begin({ outputs: [net.at(node)], edges: [] });
    }
  };

  const alternativesOf = (
    edges: readonly FlowEdge[],
    depth: number,
    level: Level,
    net: TokenNet,
    source: FlowNode,
  ): readonly Alternative[] => {
    const plain = edges.filter(({ departure }) => departure.branches.length === depth);
    const single = plain.map((edge) => ({ outputs: present(placeBehind(edge, level, net, source)), edges: [edge] }));
    if (plain.length === edges.length) return single;
    const splits = groupBy(edges.slice(), (edge) => edge.departure.branches[depth]?.split);
    const behind = [...splits].flatMap(([split, inside]): readonly Alternative[] => {
      if (split === undefined) return [];
      const branches = [...groupBy(inside, (edge) => edge.departure.branches[depth]?.branch).values()];
      const mode = inside[0]?.departure.branches[depth]?.mode;
      if (mode === 'exclusive')
        return branches.flatMap((branch) => alternativesOf(branch, depth + 1, level, net, source));
      const places = branches.map((branch) => placeOf(branch, depth + 1, level, net, source));
      if (mode === 'parallel') return [together(places)];
      const sets = subsets(places, branches, excludes);
      if (!sets) net.beyond ??= `'${source.step?.id}' splits into any of ${branches.length} branches`;
      return sets ?? [...places, together(places)];
    });
    return [...single, ...behind];
  };

  /** Where the token of one branch goes; what may still become of it is decided by moves of its own. */
  const placeOf = (
    branch: readonly FlowEdge[],
    depth: number,
    level: Level,
    net: TokenNet,
    source: FlowNode,
  ): Alternative => {
    const alternatives = alternativesOf(branch, depth, level, net, source);
    const [only] = alternatives;
    if (only && alternatives.length === 1) return only;
    const between = net.add('between', source);
    for (const alternative of alternatives) net.move(source, [between], alternative, 0);
    return { outputs: [between], edges: [] };
  };

  /** Adds a departure at every level it can be seen from: further out it leaves the scope, further in it ends what is there. */
  const depart = (node: FlowNode, home: Level, departing: readonly FlowEdge[]) => {
    const { of } = departing[0]?.departure ?? {};
    let edges = departing;
    // Where one branch leaves the scope and another stays, leaving ends the other: what leaves does so alone.
    let apart = false;
    for (let level = home; edges.length > 0; level = level.scope) {
      const net = netOf(level);
      const source = level === home && node.kind !== 'exit' ? node : standsFor(node, level);
      if (!source) return;
      const inside = edges.filter((edge) => isWithin(edge, level));
      const owner = of === 'case' ? level === undefined : of !== undefined && of === level;
      const owned = of === 'case' || owner || (of !== undefined && isInside(level, of));
      if (edges[0]?.keep || owner) {
        for (const way of alternativesOf(inside, 0, level, net, source)) {
          net.begin(way);
          const behind = edges[0]?.outcome === 'sample';
          if (!owner) net.beside.push({ place: net.at(source), outputs: way.outputs, behind });
        }
      } else if (!owned && inside.length > 0) {
        const groups = apart ? edges.map((edge) => [edge]) : [edges];
        for (const group of groups) {
          const depth = apart ? (group[0]?.departure.branches.length ?? 0) : 0;
          for (const way of alternativesOf(group, depth, level, net, source))
            net.move(source, [net.at(source)], way, 1);
        }
        apart = true;
      }
      if (!edges[0]?.keep) net.leave(source, edges);
      if (!owned || owner) edges = edges.filter((edge) => !inside.includes(edge));
      if (level === undefined) return;
    }
  };

  for (const node of graph.nodes) {
    if (!reached.has(node) || node.kind === 'root') continue;
    const { step } = node;
    const going = node.out.filter((edge) => edge.kind !== 'message' && isPossible(edge));
    for (const edges of groupBy(going, ({ departure }) => departure.id).values()) {
      const opens = step?.kind === 'scope' && node.kind === 'step' && edges.some((edge) => isWithin(edge, step));
      const home = opens ? step : step?.scope;
      depart(node, home, edges);
    }
    if (node.kind === 'start') netOf(undefined).begin({ outputs: [netOf(undefined).at(node)], edges: [] });
  }
  for (const [node, { net, level, places }] of joins) {
    const isEnd = node.step?.kind === 'end';
    const output = isEnd ? endPlace(node, net, level) : net.at(node);
    const live = node.step?.fields.join?.value === 'live';
    for (const place of live ? places : []) {
      const done = net.at(node);
      net.waitForLive(node, place, done);
      if (isEnd) net.move(node, [done], { outputs: present(output), edges: [] }, 0);
    }
    if (!live) net.move(node, [...places], { outputs: present(output), edges: [] }, 0);
  }
  for (const net of nets.values()) net.close();
  return nets;
}

function endPlace({ step }: FlowNode, net: TokenNet, level: Level): Place | undefined {
  if (level !== undefined) return step?.fields.terminate?.value ? net.cut : undefined;
  return step?.fields.terminate?.value ? net.closed : net.ended;
}

/** Back to the pick of a scope of free order. */
function isPick(to: FlowNode, from: FlowNode, kind: FlowEdge['kind'], level: Level): boolean {
  const free = level?.fields.order?.value === 'free';
  return free && to.kind === 'step' && to.step === level && kind === 'normal' && isInside(from.step, level);
}

/** A scope ends by the outcomes of what is inside it, and by nothing else. */
function isPossible({ from, outcome }: FlowEdge): boolean {
  const { step } = from;
  if (from.kind !== 'exit' || !step) return true;
  return from.in.some((edge) => {
    const ended = edge.from.step?.kind === 'end' ? (edge.outcome ?? 'completed') : 'completed';
    const name = ended === 'failed' && !step.handlers.has('failed') ? 'error' : ended;
    return name === outcome;
  });
}

function reachedFromStarts({ nodes }: FlowGraph): ReadonlySet<FlowNode> {
  const reached = new Set(nodes.filter(({ kind }) => kind === 'start'));
  for (const node of reached) for (const { to, kind } of node.out) if (kind !== 'message') reached.add(to);
  return reached;
}

function present(place: Place | undefined): readonly Place[] {
  return place ? [place] : [];
}

function together(parts: readonly Alternative[]): Alternative {
  return { outputs: parts.flatMap(({ outputs }) => outputs), edges: parts.flatMap(({ edges }) => edges) };
}

/** Every set of branches that can be taken together, except none; undefined where there are too many. */
function subsets(
  parts: readonly Alternative[],
  branches: readonly (readonly FlowEdge[])[],
  excludes: (a: FlowEdge, b: FlowEdge) => boolean,
): readonly Alternative[] | undefined {
  let sets: readonly (readonly number[])[] = [[]];
  const clash = (i: number, j: number) => {
    const [a] = branches[i] ?? [];
    const [b] = branches[j] ?? [];
    return a !== undefined && b !== undefined && excludes(a, b);
  };
  for (const i of parts.keys()) {
    sets = [...sets, ...sets.filter((set) => !set.some((j) => clash(j, i))).map((set) => [...set, i])];
    if (sets.length > maxSets) return undefined;
  }
  return sets.filter(({ length }) => length > 0).map((set) => together(set.flatMap((i) => parts[i] ?? [])));
}

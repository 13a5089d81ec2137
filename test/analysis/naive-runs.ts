// Every state a small workflow can get into, by the plainest reading of the language: one list of tokens for the whole
// case, scopes and ends that really end the rest, all interleavings. Slow, and independent of `src/analysis/soundness.ts`.
import type { FlowEdge, FlowGraph, FlowNode } from '../../src/analysis/flow-graph.ts';
import { isInside, type Step } from '../../src/language/model.ts';

interface Token {
  readonly node: FlowNode;
  /** Which arrow it waits at in front of a join; undefined for one at work. */
  readonly arrow: string | undefined;
}

interface State {
  readonly tokens: readonly Token[];
  /** How often the case has ended, up to two. */
  readonly ended: number;
}

export interface NaiveResult {
  /** Work is left that never goes on, and the case has not ended. */
  stuck: boolean;
  /** The same, and only joins that are `live` are left. */
  waiting: boolean;
  /** An end was reached while something was at work. */
  early: boolean;
  /** Everything was looked at. */
  complete: boolean;
}

export function naiveRuns(graph: FlowGraph, bound = 20_000): NaiveResult {
  const result: NaiveResult = { stuck: false, waiting: false, early: false, complete: true };
  const starts = graph.nodes.filter(({ kind }) => kind === 'start').map((node) => ({ node, arrow: undefined }));
  const reached = new Set(starts.map(({ node }) => node));
  for (const node of reached) for (const { to } of node.out) reached.add(to);
  const open: State[] = starts.map((token) => ({ tokens: [token], ended: 0 }));
  const seen = new Set<string>();
  for (let state = open.pop(); state; state = open.pop()) {
    const key = keyOf(state);
    if (seen.has(key)) continue;
    seen.add(key);
    const { tokens, ended } = state;
    if (seen.size > bound || tokens.length > 8) {
      result.complete = false;
      if (seen.size > bound) return result;
      continue;
    }
    if (ended > 1 || (ended > 0 && tokens.length > 0)) result.early = true;
    const next = nextStates(state, graph, reached);
    if (next.length === 0 && tokens.length > 0 && ended === 0) {
      const onlyLive = tokens.every(({ node }) => joinOf(node) === 'live');
      if (onlyLive) result.waiting = true;
      else result.stuck = true;
    }
    open.push(...next);
  }
  return result;
}

function keyOf({ tokens, ended }: State): string {
  return `${tokens.map(({ node, arrow }) => `${node.index}${arrow ?? ''}`).sort()} ${ended}`;
}

function joinOf({ step }: FlowNode): 'any' | 'all' | 'live' {
  return step?.fields.join?.value ?? 'any';
}

function nextStates(state: State, graph: FlowGraph, reached: ReadonlySet<FlowNode>): readonly State[] {
  return [...new Set(state.tokens)]
    .flatMap((token) => {
      const { node, arrow } = token;
      const others = without(state.tokens, [token]);
      if (arrow === undefined && node.step?.kind === 'end') return [atEnd(others, node.step, state.ended)];
      if (arrow === undefined) return waysOn(node).map((edges) => taken(others, node, edges, state.ended));
      if (joinOf(node) === 'all') {
        const arrows = new Set(node.in.filter(({ from }) => reached.has(from)).map(arrowOf));
        const needed = [...arrows].map((one) =>
          state.tokens.find((other) => other.node === node && other.arrow === one),
        );
        if (needed.some((one) => one === undefined)) return [];
        return [{ ...state, tokens: [...without(state.tokens, needed), { node, arrow: undefined }] }];
      }
      const rest = state.tokens.filter((other) => other.node !== node || other.arrow === undefined);
      return rest.some((other) => canReach(other.node, node))
        ? []
        : [{ ...state, tokens: [...rest, { node, arrow: undefined }] }];
    })
    .map((next) => closeScopes(next, graph));
}

/** The tokens but for these, each once. */
function without(tokens: readonly Token[], gone: readonly (Token | undefined)[]): readonly Token[] {
  const left = [...tokens];
  for (const token of gone) if (token) left.splice(left.indexOf(token), 1);
  return left;
}

/** Sets of edges that can be taken together. */
function waysOn({ out }: FlowNode): readonly (readonly FlowEdge[])[] {
  const ids = [...new Set(out.map(({ departure }) => departure.id))];
  return ids.flatMap((id) => {
    const edges = out.filter(({ departure }) => departure.id === id);
    const mode = edges[0]?.split?.mode ?? 'exclusive';
    if (mode === 'exclusive') return edges.map((edge) => [edge]);
    if (mode === 'parallel') return [edges];
    return Array.from({ length: 2 ** edges.length - 1 }, (_, bits) => edges.filter((_, i) => ((bits + 1) >> i) & 1));
  });
}

function taken(others: readonly Token[], from: FlowNode, edges: readonly FlowEdge[], ended: number): State {
  let tokens = [...others];
  let over = ended;
  const scope = from.kind === 'exit' ? from.step?.scope : from.step?.kind === 'scope' ? undefined : from.step?.scope;
  const leaves = edges.some(({ to }) => to.kind !== 'exit' && scope !== undefined && !isInside(to.step, scope));
  if (leaves) tokens = tokens.filter(({ node }) => !isInside(node.step, scope));
  const closing = edges.find(
    ({ to }) => to.step?.kind === 'end' && to.step.fields.terminate?.value && joinOf(to) === 'any',
  );
  if (closing) {
    const left = closing.to.step?.scope;
    return {
      tokens: left ? [...tokens.filter(({ node }) => !isInside(node.step, left)), marker(left)] : [],
      ended: over,
    };
  }
  for (const edge of edges) {
    const { to } = edge;
    if (to.kind === 'exit') tokens.push(marker(to.step as Step));
    else if (to.step?.kind === 'end' && joinOf(to) === 'any') {
      if (to.step.scope) tokens.push(marker(to.step.scope));
      else over++;
    } else if (joinOf(to) === 'any') tokens.push({ node: to, arrow: undefined });
    else tokens.push({ node: to, arrow: joinOf(to) === 'live' ? '~' : arrowOf(edge) });
  }
  return { tokens, ended: Math.min(over, 2) };
}

/** An end that has waited for others. */
function atEnd(others: readonly Token[], { scope, fields }: Step, ended: number): State {
  const rest = fields.terminate?.value ? others.filter(({ node }) => !isInside(node.step, scope)) : others;
  return {
    tokens: scope ? [...rest, marker(scope)] : rest,
    ended: scope || fields.terminate?.value ? ended : Math.min(ended + 1, 2),
  };
}

/** Says that a path of a scope has run out. */
function marker(scope: Step): Token {
  return { node: { ...placeholder, step: scope, out: [], in: [] }, arrow: undefined };
}

const placeholder = {
  index: -1,
  kind: 'exit',
  start: undefined,
  performers: [],
  takenOver: undefined,
} as const;

/** A scope in which nothing is left goes on behind it. */
function closeScopes(state: State, graph: FlowGraph): State {
  const marked = state.tokens.find(({ node }) => node.index === -1);
  const scope = marked?.node.step;
  if (!scope) return state;
  const rest = state.tokens.filter(({ node }) => node.index !== -1 || node.step !== scope);
  if (rest.some(({ node }) => isInside(node.step, scope))) return closeScopes({ ...state, tokens: rest }, graph);
  const exit = endOf(scope, graph);
  return closeScopes({ ...state, tokens: [...rest, ...(exit ? [{ node: exit, arrow: undefined }] : [])] }, graph);
}

/** The end of a scope, whatever its outcome. */
function endOf(scope: Step, { nodes }: FlowGraph): FlowNode | undefined {
  const exits = nodes.filter(({ kind, step }) => kind === 'exit' && step === scope);
  const [first] = exits;
  return first && { ...first, out: exits.flatMap(({ out }) => out) };
}

/** The place in the text an edge comes from, as an arrow between two steps. */
function arrowOf({ from, range }: FlowEdge): string {
  return `${from.step?.id}@${range.start}`;
}

/** Taken together with an edge that ends everything. */
function endsWithAll({ from, split, departure }: FlowEdge): boolean {
  const together = from.out.filter((other) => other.departure.id === departure.id);
  return (
    split?.mode === 'parallel' && together.some(({ to }) => to.step?.fields.terminate?.value && joinOf(to) === 'any')
  );
}

function canReach(from: FlowNode, goal: FlowNode): boolean {
  const reached = new Set(from === goal ? from.out.filter((edge) => !endsWithAll(edge)).map(({ to }) => to) : [from]);
  const stays = (node: FlowNode) => isInside(node.step, goal.step?.scope);
  for (const node of reached)
    if (node !== goal && stays(node)) for (const edge of node.out) if (!endsWithAll(edge)) reached.add(edge.to);
  return reached.has(goal);
}

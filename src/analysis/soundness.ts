// Soundness: parallel work meets again and comes to one end. What is stuck, what runs twice, what ends too early.
//
// Option to complete and proper completion of van der Aalst, "The application of Petri nets to workflow management"
// (Journal of Circuits, Systems and Computers 1998), for the language: a scope is done when nothing in it is left,
// `terminate` and edges out of a scope end the rest, and a path that `keep` begins is a run of its own.
import type { Analyses } from './analyses.ts';
import { shortestEarlyEnd } from './early-end.ts';
import { effectsOf } from './effects.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { type History, historyOf } from './run-history.ts';
import { type DeadState, deadStates } from './state-search.ts';
import { type Level, tokenNets } from './token-levels.ts';
import type { Place, TokenNet, Transition } from './token-net.ts';

/**
 * `stuck`: the join waits for what never comes. `twice`: siblings of one split go on alone. `early-end`: the case ends
 * while a sibling is at work.
 */
export interface SoundnessFault {
  readonly kind: 'stuck' | 'twice' | 'early-end';
  /** The join, the step that runs twice, or the end. */
  readonly node: FlowNode;
  /** A run that shows it, step by step. */
  readonly run: readonly FlowEdge[];
  /** What a join still waits for, what an effect twice is at, or who is still at work. */
  readonly others: readonly FlowNode[];
  /** The run leaves the normal course. */
  readonly exceptional: boolean;
}

export interface Soundness {
  readonly faults: readonly SoundnessFault[];
  /** Scopes, or the case, in which it is not known, and why. */
  readonly unknown: readonly { readonly level: Level; readonly reason: string }[];
}

/** Tokens in all states that are looked at for each way a case or scope begins, before the answer is `unknown`. */
const maxTokens = 200_000;

/** Kinds of states in which nothing moves that are explained. */
const maxKinds = 60;

export function soundnessOf(analyses: Analyses): Soundness {
  const faults = new Map<string, SoundnessFault>();
  const unknown: { level: Level; reason: string }[] = [];
  for (const [level, net] of analyses.derived(tokenNets)) {
    if (!isParallel(net)) continue;
    for (const node of twiceReached(net, (node) => hasPlainEffect(node, analyses))) net.watch(node);
    const found = new Map<string, SoundnessFault>();
    let reason = net.beyond;
    for (const start of net.starts) {
      const marking = start.outputs.map(({ index }) => index).sort((a, b) => a - b);
      const deep = deadStates(net, marking, maxTokens, 'deepest');
      // A cheapest run is looked for only where there is a fault to show.
      const isFaulty = deep.dead.some((state) => wrongWith(state, net) !== undefined);
      const { dead } = deep.complete && isFaulty ? deadStates(net, marking, maxTokens, 'cheapest') : deep;
      if (!deep.complete) reason ??= 'too many states of it would have to be looked at';
      if (!deep.ends) reason ??= 'it begins new work for ever';
      for (const state of isFaulty ? ofEachKind(dead, net) : []) {
        const fault = faultOf(state, net, start.outputs);
        if (fault === 'waiting') reason ??= "joins that are 'live' wait for each other";
        else if (fault) keepShorter(found, fault);
      }
      if (![...found.values()].some(({ kind }) => kind === 'early-end')) continue;
      const run = shortestEarlyEnd(net, marking, maxTokens);
      const fault = run && endFault(historyOf(run, start.outputs), net);
      if (fault) keepShorter(found, fault);
    }
    if (found.size === 0 && reason !== undefined) unknown.push({ level, reason });
    for (const [key, fault] of withoutEchoes(found)) faults.set(`${level?.id ?? ''} ${key}`, fault);
  }
  return { faults: [...faults.values()], unknown };
}

/**
 * Where siblings go on one by one, that one of them ends first is the same fault once more; and of two ends in the normal
 * course each is early for the other.
 */
function withoutEchoes(found: ReadonlyMap<string, SoundnessFault>): readonly (readonly [string, SoundnessFault])[] {
  const isNormalEnd = ({ kind, exceptional }: SoundnessFault) => kind === 'early-end' && !exceptional;
  const said = [...found.values()].some(({ kind }) => kind === 'twice');
  const [first] = [...found.values()].filter(isNormalEnd).sort((a, b) => a.run.length - b.run.length);
  return [...found].filter(([, fault]) => !isNormalEnd(fault) || (!said && fault === first));
}

/** The first of those that leave work at the same joins. */
function ofEachKind(dead: readonly DeadState[], net: TokenNet): readonly DeadState[] {
  const kinds = new Map<string, DeadState>();
  for (const state of dead) {
    if (kinds.size === maxKinds) break;
    const key = state.marking.map((index) => net.places[index]?.node?.index ?? `-${index}`).join();
    if (!kinds.has(key)) kinds.set(key, state);
  }
  return [...kinds.values()];
}

function keepShorter(found: Map<string, SoundnessFault>, fault: SoundnessFault): void {
  const key = `${fault.kind} ${fault.node.step?.id}`;
  const known = found.get(key);
  if (!known || fault.run.length < known.run.length) found.set(key, fault);
}

/** One token at a time can meet nobody, unless something waits for more than one. */
function isParallel({ starts, transitions }: TokenNet): boolean {
  return (
    starts.some(({ outputs }) => outputs.length > 1) ||
    transitions.some(({ inputs, outputs }) => inputs.length > 1 || outputs.length > 1)
  );
}

/** What is wrong with a state in which nothing moves, by the places where tokens are left. */
function wrongWith(
  { marking }: DeadState,
  { places, ended, closed, cut }: TokenNet,
): SoundnessFault['kind'] | undefined {
  let [ends, closings, cuts, others] = [0, 0, 0, 0];
  for (const index of marking) {
    const place = places[index];
    if (place?.role === 'twice') return 'twice';
    if (place === ended) ends++;
    else if (place === closed) closings++;
    else if (place === cut) cuts++;
    else others++;
  }
  if (ends >= 2 || (ends === 1 && (closings > 0 || others > 0))) return 'early-end';
  return closings > 0 || cuts > 0 || others === 0 ? undefined : 'stuck';
}

/** The fault that a state in which nothing moves shows; `waiting` where only joins that are `live` are left. */
function faultOf(state: DeadState, net: TokenNet, start: readonly Place[]): SoundnessFault | 'waiting' | undefined {
  const { marking, run } = state;
  const kind = wrongWith(state, net);
  if (kind === undefined) return undefined;
  const left = marking.flatMap((index) => net.places[index] ?? []);
  if (kind === 'early-end') return endFault(historyOf(run, start), net);
  const doubled = left.find(({ role }) => role === 'twice');
  if (doubled) return twiceFault(historyOf(run, start), doubled);
  const join = left.find(({ role, consumers }) => role === 'join' && consumers.every(({ live }) => !live));
  if (!join?.node) return 'waiting';
  const all = join.consumers.flatMap(({ inputs }) => inputs);
  const missing = all
    .filter((place) => !left.includes(place))
    .flatMap(({ producers }) => producers.map(({ node }) => node));
  return {
    kind: 'stuck',
    node: join.node,
    run: edgesOf(run),
    others: [...new Set(missing)],
    exceptional: isExceptional(run),
  };
}

/** Two tokens at a step with an effect: at fault is the first step they both went through. */
function twiceFault(history: History, { node }: Place): SoundnessFault | undefined {
  const last = history.events.find(({ transition }) =>
    transition.outputs.some(({ role, node: at }) => role === 'twice' && at === node),
  );
  if (!node || !last) return undefined;
  const run = history.before([last]).map(({ transition }) => transition);
  const meeting = history.meeting([...history.before([last])]) ?? node;
  return { kind: 'twice', node: meeting, run: edgesOf(run), others: [node], exceptional: isExceptional(run) };
}

/** The case ends while something is at work: the step both went through, else the end that comes first. */
function endFault(history: History, net: TokenNet): SoundnessFault | undefined {
  const ends = history.events.filter(({ transition }) => transition.outputs.includes(net.ended));
  const closing = history.events.filter(({ transition }) => transition.outputs.includes(net.closed));
  const meeting = history.meeting(history.events);
  if (meeting) {
    const run = history.toBoth(meeting);
    return { kind: 'twice', node: meeting, run: edgesOf(run), others: [], exceptional: isExceptional(run) };
  }
  const runs = ends.map((end) => ({ end, run: history.before([end]) }));
  const shortest = runs.reduce(
    (best, other) => (other.run.length < best.run.length ? other : best),
    runs[0] as (typeof runs)[number],
  );
  const node = endOf(shortest.end.transition);
  if (!node) return undefined;
  const run = shortest.run.map(({ transition }) => transition);
  const sameEnd = ends.filter(({ transition }) => endOf(transition) === node);
  if (sameEnd.length > 1 && closing.length === 0 && !isExceptional(run)) {
    const both = history.before(sameEnd.slice(0, 2)).map(({ transition }) => transition);
    if (!isExceptional(both)) return { kind: 'twice', node, run: edgesOf(both), others: [], exceptional: false };
  }
  const others = history
    .leftAfter(shortest.run)
    .flatMap(workAt)
    .filter((at) => at !== node);
  return { kind: 'early-end', node, run: edgesOf(run), others: [...new Set(others)], exceptional: isExceptional(run) };
}

/** Who works where a token stands: between the branches of a split, whoever it goes to. */
function workAt({ role, node, consumers }: Place): readonly FlowNode[] {
  if (role === 'between') return consumers.slice(0, 1).flatMap(({ edges }) => edges.map(({ to }) => to));
  return node ? [node] : [];
}

/** The `end` a transition leads to. */
function endOf({ edges, node }: Transition): FlowNode | undefined {
  return (
    edges.find(({ to }) => to.step?.kind === 'end' && to.step.fields.terminate?.value !== true)?.to ??
    (node.step?.kind === 'end' ? node : undefined)
  );
}

function edgesOf(run: readonly Transition[]): readonly FlowEdge[] {
  return run.flatMap(({ edges }) => edges);
}

function isExceptional(run: readonly Transition[]): boolean {
  return edgesOf(run).some(({ kind }) => kind === 'exceptional');
}

/** An effect that nothing makes harmless when it happens twice. */
function hasPlainEffect({ step }: FlowNode, { workflow }: Analyses): boolean {
  if (!step) return false;
  const keyed = (step.fields.effects ?? []).filter((effect) => effect.idempotencyKey).length;
  return effectsOf(step, workflow).length > keyed;
}

/** Nodes that two branches of one split can both come to in the normal course. */
function twiceReached(net: TokenNet, matters: (node: FlowNode) => boolean): ReadonlySet<FlowNode> {
  const found = new Set<FlowNode>();
  const splits = [...net.transitions, ...net.starts].filter(({ outputs }) => outputs.length > 1);
  const candidates = splits.length === 0 ? [] : net.transitions.map(({ node }) => node).filter(matters);
  if (candidates.length === 0) return found;
  const isCandidate = new Set(candidates);
  let budget = 400_000;
  // By place: the last branch that has come there, and how many of the split have.
  const last = new Uint32Array(net.places.length);
  const times = new Uint32Array(net.places.length);
  let branch = 0;
  for (const { outputs } of splits) {
    times.fill(0);
    const met = new Set<FlowNode>();
    for (const output of outputs) {
      branch++;
      const reached: Place[] = [];
      const add = (place: Place) => {
        if (last[place.index] === branch) return;
        last[place.index] = branch;
        reached.push(place);
        const { role, node } = place;
        const before = (times[place.index] as number)++;
        if (role === 'at' && node && before > 0 && isCandidate.has(node)) met.add(node);
      };
      add(output);
      for (const { consumers } of reached) {
        if (--budget < 0) return found;
        for (const { edges, outputs: next } of consumers)
          if (!edges.some(({ kind }) => kind === 'exceptional')) for (const place of next) add(place);
      }
    }
    for (const node of met) found.add(node);
  }
  return found;
}

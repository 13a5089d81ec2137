// Search of the states of a token net for those in which nothing can go on, by a part of the interleavings that shows all.
//
// Strong stubborn sets (Valmari, "Stubborn sets for reduced state space generation", Petri Nets 1989): where branches do
// not touch each other, one order of their steps stands for all. Every state in which nothing moves is found, and a
// cheapest run to it, since the runs that are left out are the same steps in another order.
import type { Place, TokenNet, Transition } from './token-net.ts';

/** A state in which nothing moves any more. */
export interface DeadState {
  readonly marking: Marking;
  /** From the start, in order. */
  readonly run: readonly Transition[];
}

/** Indices of places, in order; a place with two tokens stands twice. */
export type Marking = readonly number[];

interface Searched {
  readonly dead: readonly DeadState[];
  /** False where the bound was used up. */
  readonly complete: boolean;
  /** False where work goes on for ever, whatever is done. */
  readonly ends: boolean;
}

/** More tokens than this at one place are not told apart from a process that makes them for ever. */
const maxTokens = 3;

/** A state on the way, and how it was come to. */
export interface State {
  readonly marking: Marking;
  readonly by: Transition | undefined;
  readonly before: State | undefined;
  readonly cost: number;
}

interface KeyedState extends State {
  readonly key: string;
}

/** How many tokens there are at each place, by its index. */
export type Tally = Uint16Array;

/** Counts the tokens of one marking after the other, each time into the same array. */
export function tallying({ places }: TokenNet): (marking: Marking) => Tally {
  const tally = new Uint16Array(places.length);
  return (marking) => {
    tally.fill(0);
    for (const index of marking) tally[index] = (tally[index] as number) + 1;
    return tally;
  };
}

/** The same for the same marking: a text, which is compared faster than it could be searched for. */
export function keyOf(marking: Marking): string {
  const largest = marking.at(-1) ?? 0;
  return largest < 0x10000 && marking.length < 4096 ? String.fromCharCode(...marking) : marking.join();
}

/** All dead states that can be reached from `start`, each with a cheapest run; `bound` tokens of states are looked at. */
export function deadStates(net: TokenNet, start: Marking, bound: number, order: 'cheapest' | 'deepest'): Searched {
  const begin = { marking: start, key: keyOf(start), by: undefined, before: undefined, cost: 0 };
  const open: KeyedState[][] = [[begin]];
  const closed = new Set<string>();
  const tallyOf = tallying(net);
  const dead: DeadState[] = [];
  let complete = true;
  let ends = false;
  let looked = 0;
  for (let level = 0; level >= 0 && level < open.length; ) {
    const state = open[level]?.pop();
    if (!state) {
      level += order === 'cheapest' ? 1 : -1;
      continue;
    }
    if (closed.has(state.key)) continue;
    closed.add(state.key);
    looked += state.marking.length + 1;
    if (looked > bound) return { dead, complete: false, ends: true };
    // Whatever else could still happen ends with the scope or the case; at fault is only an end before that.
    const tally = tallyOf(state.marking);
    const isCut = has(tally, net.cut);
    const isClosed = has(tally, net.closed);
    const ended = tally[net.ended.index] ?? 0;
    const moves = isCut || isClosed || ended > 1 ? [] : stubbornMoves(net, state.marking, tally);
    if (moves.length === 0) ends = true;
    if (moves.length === 0 && !isCut && (!isClosed || ended > 0))
      dead.push({ marking: state.marking, run: runTo(state) });
    for (const transition of moves) {
      const marking = fire(transition, state.marking);
      if (!marking) {
        complete = false;
        continue;
      }
      const cost = state.cost + transition.cost;
      const key = keyOf(marking);
      if (closed.has(key)) continue;
      const next = { marking, key, by: transition, before: state, cost };
      const at = order === 'cheapest' ? cost : level + 1;
      while (open.length <= at) open.push([]);
      open[at]?.push(next);
    }
    if (order === 'deepest' && (open[level + 1]?.length ?? 0) > 0) level++;
  }
  return { dead, complete, ends };
}

export function runTo(state: State): readonly Transition[] {
  const run: Transition[] = [];
  for (let at: State | undefined = state; at?.by; at = at.before) run.push(at.by);
  return run.reverse();
}

/** The state behind `transition`; undefined where tokens gather without bound. */
export function fire(transition: Transition, marking: Marking): Marking | undefined {
  const [first] = transition.inputs;
  const left = transition.live ? marking.filter((index) => index !== first?.index) : marking.slice();
  if (!transition.live) for (const { index } of transition.inputs) left.splice(left.indexOf(index), 1);
  for (const { index, role, consumers } of transition.outputs) {
    let at = left.length;
    while (at > 0 && (left[at - 1] ?? 0) > index) at--;
    let there = 0;
    while (there < at && left[at - there - 1] === index) there++;
    // How often the case has ended matters only up to two.
    if (role === 'ended' ? there >= 2 : (role === 'closed' || role === 'twice') && there >= 1) continue;
    // All that has come to a join that is `live` goes on as one.
    if (there > 0 && role === 'join' && consumers[0]?.live) continue;
    if (there >= maxTokens) return undefined;
    left.splice(at, 0, index);
  }
  return left;
}

/** Nothing it waits for is missing. */
function isEnabled({ inputs, live }: Transition, marking: Marking, tally: Tally, net: TokenNet): boolean {
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i] as Place;
    if ((tally[input.index] ?? 0) < (i > 0 && inputs[0] === input ? 2 : 1)) return false;
  }
  return !live || !marking.some((index) => live.has(net.places[index] as Place));
}

function has(tally: Tally, { index }: Place): boolean {
  return (tally[index] ?? 0) > 0;
}

/** The enabled transitions of a small stubborn set; empty only where nothing is enabled at all. */
function stubbornMoves(net: TokenNet, marking: Marking, tally: Tally): readonly Transition[] {
  // Most often the first has no rival, and there is no need to know what else can go on.
  const [first] = enabledAt(net, marking, tally, 1);
  if (!first) return [];
  const moves = closure(first, net, marking, tally);
  const isLone = moves.length <= (first.inputs[0]?.consumers.length ?? 1);
  if (isLone && enabledAt(net, marking, tally, moves.length + 1).length > moves.length) return moves;
  const enabled = enabledAt(net, marking, tally);
  let best: readonly Transition[] = enabled;
  // Where one has no rival, nothing better can be found; else a few more are tried.
  for (const seed of enabled.slice(0, 12)) {
    const moves = closure(seed, net, marking, tally);
    if (moves.length < best.length) best = moves;
    if (best.length <= (seed.inputs[0]?.consumers.length ?? 1)) break;
  }
  return best;
}

/** Everything that can go on, or the first of it. */
export function enabledAt(
  net: TokenNet,
  marking: Marking,
  tally: Tally,
  limit = Number.POSITIVE_INFINITY,
): readonly Transition[] {
  const found: Transition[] = [];
  let last = -1;
  for (const index of marking) {
    if (index === last) continue;
    last = index;
    // What waits for several places is looked at once, at the first of them.
    for (const transition of net.places[index]?.consumers ?? [])
      if (transition.first === index && isEnabled(transition, marking, tally, net)) found.push(transition);
    if (found.length >= limit) break;
  }
  return found;
}

/** What has to be looked at together with `seed`, those of it that are enabled. */
function closure(seed: Transition, net: TokenNet, marking: Marking, tally: Tally): readonly Transition[] {
  const stubborn = new Set([seed]);
  const moves: Transition[] = [];
  for (const transition of stubborn) {
    if (isEnabled(transition, marking, tally, net)) {
      moves.push(transition);
      for (const { consumers } of transition.inputs) for (const rival of consumers) stubborn.add(rival);
      // Whether the case has ended before matters to what ends all of it.
      if (transition.outputs.includes(net.closed)) for (const ending of net.ended.producers) stubborn.add(ending);
      continue;
    }
    for (const needed of neededFor(transition, marking, tally, net, stubborn)) stubborn.add(needed);
  }
  return moves;
}

/** One of these has to happen before `transition` can; of several such sets the one that adds least. */
function neededFor(
  { inputs, live }: Transition,
  marking: Marking,
  tally: Tally,
  net: TokenNet,
  stubborn: ReadonlySet<Transition>,
): readonly Transition[] {
  const isTwice = inputs.length === 2 && inputs[0] === inputs[1];
  const missing = [...new Set(inputs)].filter(({ index }) => (tally[index] ?? 0) < (isTwice ? 2 : 1));
  const options = missing.map(({ producers }) => producers);
  if (live) {
    for (const index of marking) {
      const place = net.places[index];
      if (place && live.has(place)) options.push(place.consumers);
    }
  }
  const added = (option: readonly Transition[]) => option.filter((transition) => !stubborn.has(transition)).length;
  return options.reduce((best, option) => (added(option) < added(best) ? option : best), options[0] ?? []);
}

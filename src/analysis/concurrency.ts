// Which steps may be at work at the same time: branches of parallel and inclusive splits, and paths beside a step that
// goes on. Different starts, alternatives and scopes of free order never are.
//
// The structural concurrency relation of Kovalyov and Esparza, "A polynomial algorithm to compute the concurrency relation
// of free-choice signal transition graphs" (WODES 1996), on the token nets of the case and its scopes: exact where choices
// are free and the net is sound, as Naumovich and Avrunin's may-happen-in-parallel (FSE 1998) is for programs.
import type { Step } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import { completes } from './completion.ts';
import type { FlowNode } from './flow-graph.ts';
import { tokenNets } from './token-levels.ts';
import type { Place, TokenNet, Transition } from './token-net.ts';

export interface Concurrency {
  /** Both may be at work at the same time; for one node, that it may be at work twice. */
  inParallel(a: FlowNode, b: FlowNode): boolean;
}

/** Larger nets are not related: then nothing is known to be parallel. */
const maxPlaces = 8000;

export function concurrencyOf(analyses: Analyses): Concurrency {
  const { graph } = analyses;
  const nets = analyses.derived(tokenNets);
  const relations = new Map<Step | undefined, (a: Place, b: Place) => boolean>();
  for (const [level, net] of nets) relations.set(level, relationOf(net));
  const placesOf = new Map([...nets].map(([level, net]) => [level, atNodes(net)] as const));

  /** From the case in: what stands for `node` in each net around it. */
  const chainOf = (node: FlowNode) => {
    const chain: { level: Step | undefined; node: FlowNode | undefined }[] = [];
    let at: FlowNode | undefined = node;
    for (let level = node.step?.scope; ; level = level.scope) {
      chain.unshift({ level, node: at });
      if (!level) return chain;
      at = graph.nodeOf(level);
    }
  };
  return {
    inParallel(a, b) {
      const [first, second] = [chainOf(a), chainOf(b)];
      for (const [i, { level, node }] of first.entries()) {
        const other = second[i];
        if (!other || other.level !== level || !node || !other.node) return false;
        const last = i === first.length - 1 || i === second.length - 1;
        if (node === other.node && !last) continue;
        const places = placesOf.get(level);
        const [from, to] = [places?.get(node), places?.get(other.node)];
        return from !== undefined && to !== undefined && relations.get(level)?.(from, to) === true;
      }
      return false;
    },
  };
}

function atNodes({ places }: TokenNet): ReadonlyMap<FlowNode, Place> {
  return new Map(places.flatMap((place) => (place.role === 'at' && place.node ? [[place.node, place] as const] : [])));
}

/** The pairs of places that hold tokens at once. */
function relationOf(net: TokenNet): (a: Place, b: Place) => boolean {
  const { places, transitions, starts, beside } = net;
  const sets = [...starts, ...transitions].filter(({ outputs }) => outputs.length > 1);
  if ((sets.length === 0 && beside.length === 0) || places.length > maxPlaces) return () => false;
  const width = Math.ceil(places.length / 32);
  const bits = new Uint32Array(width * places.length);
  const has = (a: Place, b: Place) => (((bits[a.index * width + (b.index >> 5)] ?? 0) >>> (b.index & 31)) & 1) === 1;
  /** When the row of a place has last grown, and when a transition was last looked at. */
  const grown = new Uint32Array(places.length);
  const looked = new Uint32Array(transitions.length);
  let now = 1;
  const set = (a: number, b: number) => {
    const at = a * width + (b >> 5);
    bits[at] = (bits[at] ?? 0) | (1 << (b & 31));
    grown[a] = now;
  };
  const add = (a: Place, b: Place) => {
    if (isOver(a) || isOver(b)) return;
    set(a.index, b.index);
    set(b.index, a.index);
  };
  for (const { outputs } of sets)
    for (let i = 0; i < outputs.length; i++)
      for (let j = i + 1; j < outputs.length; j++) add(outputs[i] as Place, outputs[j] as Place);
  for (const { place, outputs, behind } of beside) {
    const others = behind ? place.consumers.filter(isCompletion).flatMap((done) => done.outputs) : [place];
    for (const other of others) for (const output of outputs) add(other, output);
  }
  const staying = new Uint32Array(width);
  /** While anything stands that is beside all of `inputs`, what stands there goes on. */
  const pass = ({ inputs, outputs, live }: Transition) => {
    if (outputs.every(isOver)) return;
    const [first, ...others] = inputs;
    if (!first) return;
    staying.set(bits.subarray(first.index * width, (first.index + 1) * width));
    for (const { index } of others)
      for (let word = 0; word < width; word++) staying[word] = (staying[word] ?? 0) & (bits[index * width + word] ?? 0);
    for (const { index } of live ? [first, ...live] : []) {
      const word = index >> 5;
      staying[word] = (staying[word] ?? 0) & ~(1 << (index & 31));
    }
    for (const output of outputs) if (!isOver(output)) unite(output.index);
  };
  /** Adds `staying` to the row of a place, and the place to the rows of what is new there. */
  const unite = (index: number) => {
    for (let word = 0; word < width; word++) {
      let fresh = (staying[word] ?? 0) & ~(bits[index * width + word] ?? 0);
      for (; fresh !== 0; fresh &= fresh - 1) {
        const other = word * 32 + (31 - Math.clz32(fresh & -fresh));
        set(index, other);
        set(other, index);
      }
    }
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const transition of transitions) {
      const last = looked[transition.index] ?? 0;
      if (!transition.inputs.some(({ index }) => (grown[index] ?? 0) > last)) continue;
      looked[transition.index] = now++;
      changed = true;
      pass(transition);
    }
  }
  return has;
}

/** What is sampled is done: it may be looked at beside what follows, and beside nothing that follows a failure. */
function isCompletion({ edges }: Transition): boolean {
  return edges.every(completes);
}

/** Work that is done is at no place any more. */
function isOver({ role }: Place): boolean {
  return role === 'ended' || role === 'closed' || role === 'cut' || role === 'twice';
}

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
  const set = (a: Place, b: Place) => {
    const at = a.index * width + (b.index >> 5);
    bits[at] = (bits[at] ?? 0) | (1 << (b.index & 31));
  };
  const open: Place[] = [];
  const add = (a: Place, b: Place) => {
    if (isOver(a) || isOver(b) || has(a, b)) return;
    set(a, b);
    set(b, a);
    open.push(a, b);
  };
  for (const { outputs } of sets)
    for (const [i, a] of outputs.entries()) for (const b of outputs.slice(i + 1)) add(a, b);
  for (const { place, outputs, behind } of beside) {
    const others = behind ? place.consumers.filter(isCompletion).flatMap((done) => done.outputs) : [place];
    for (const other of others) for (const output of outputs) add(other, output);
  }
  /** While something stands at `staying`, what stands at `moving` goes on. */
  const pass = (staying: Place, moving: Place) => {
    for (const { inputs, outputs, live } of moving.consumers) {
      if (live && (staying === moving || live.has(staying))) continue;
      if (outputs.every(isOver)) continue;
      if (inputs.length > 1 && inputs.some((input) => input !== moving && !has(staying, input))) continue;
      for (const output of outputs) add(staying, output);
    }
  };
  for (let b = open.pop(); b; b = open.pop()) {
    const a = open.pop();
    if (!a) break;
    pass(a, b);
    if (a !== b) pass(b, a);
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

// Sets of facts by number, as bits: what analyses keep for each node of the flow graph.
import type { FlowEdge, FlowGraph } from './flow-graph.ts';

/** 32 facts to a word. */
export type FactSet = Uint32Array;

/** Writes into `left` what holds behind `edge`, given what holds on entry to its node; monotone: more in, never fewer out. */
export type SetTransfer = (edge: FlowEdge, entry: FactSet, left: FactSet) => void;

/** An empty set for facts 0 to `count` - 1. */
export function noFacts(count: number): FactSet {
  return new Uint32Array((count + 31) >>> 5);
}

export function hasFact(set: FactSet | undefined, fact: number): boolean {
  return set !== undefined && (((set[fact >>> 5] ?? 0) >>> (fact & 31)) & 1) === 1;
}

export function addFact(set: FactSet, fact: number): void {
  set[fact >>> 5] = (set[fact >>> 5] ?? 0) | (1 << (fact & 31));
}

export function dropFact(set: FactSet, fact: number): void {
  set[fact >>> 5] = (set[fact >>> 5] ?? 0) & ~(1 << (fact & 31));
}

/** Adds all of `more` to `set`. */
export function addFacts(set: FactSet, more: FactSet): void {
  for (let word = 0; word < set.length; word++) set[word] = (set[word] ?? 0) | (more[word] ?? 0);
}

/** Adds `more` to `set`, and says whether something is new. */
export function addNewFacts(set: FactSet, more: FactSet): boolean {
  let grew = false;
  for (let word = 0; word < set.length; word++) {
    const known = set[word] ?? 0;
    const all = (known | (more[word] ?? 0)) >>> 0;
    if (all === known) continue;
    set[word] = all;
    grew = true;
  }
  return grew;
}

/** A set for each edge of a graph, all in one array, by the index of the edge. */
export interface EdgeFacts {
  readonly width: number;
  readonly words: Uint32Array;
}

/** An empty set for each edge. */
export function noEdgeFacts({ edges }: FlowGraph, count: number): EdgeFacts {
  const width = noFacts(count).length;
  return { width, words: new Uint32Array(edges.length * width) };
}

export function hasEdgeFact({ width, words }: EdgeFacts, edge: number, fact: number): boolean {
  return (((words[edge * width + (fact >>> 5)] ?? 0) >>> (fact & 31)) & 1) === 1;
}

export function addEdgeFact({ width, words }: EdgeFacts, edge: number, fact: number): void {
  const word = edge * width + (fact >>> 5);
  words[word] = (words[word] ?? 0) | (1 << (fact & 31));
}

/** What holds before a message holds also where it wakes another participant, and nowhere else. */
export function carries({ kind, to }: FlowEdge): boolean {
  return kind !== 'message' || to.kind === 'start';
}

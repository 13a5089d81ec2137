// A net of tokens for the steps of one scope: places where work stands, and transitions that move it on.
//
// A place/transition net (Murata, "Petri nets: properties, analysis and applications", Proceedings of the IEEE 1989) with
// one more kind of transition for `join: live`. Guards are free choices, and `max` prunes nothing.
import type { FlowEdge, FlowNode } from './flow-graph.ts';

/** Where a token stands: in front of a step or at work there, inside a join, between the branches of a split, or done. */
export interface Place {
  readonly index: number;
  readonly role: 'at' | 'join' | 'between' | 'ended' | 'closed' | 'cut' | 'twice';
  /** The node it belongs to; undefined where work is done. */
  readonly node: FlowNode | undefined;
  readonly producers: Transition[];
  readonly consumers: Transition[];
}

export interface Transition {
  readonly index: number;
  /** The node whose work moves on. */
  readonly node: FlowNode;
  readonly inputs: readonly Place[];
  /** The least index of these. */
  readonly first: number;
  readonly outputs: readonly Place[];
  /** Waits until nothing more can arrive, and takes all that has: the places from which something could. */
  readonly live: ReadonlySet<Place> | undefined;
  /** 1 where a step is done, 0 for what only belongs to it. */
  readonly cost: 0 | 1;
  /** The edges that are taken. */
  readonly edges: readonly FlowEdge[];
}

/** What happens when a node is done: one of these sets of places gets a token each. */
export interface Alternative {
  readonly outputs: readonly Place[];
  readonly edges: readonly FlowEdge[];
}

export class TokenNet {
  readonly places: Place[] = [];
  readonly transitions: Transition[] = [];
  /** Ways in which work begins here, each a run of its own. */
  readonly starts: Alternative[] = [];
  /** Second paths that begin while a step goes on, or beside what follows it (`behind`) where it is done by then. */
  readonly beside: { readonly place: Place; readonly outputs: readonly Place[]; readonly behind: boolean }[] = [];
  /** An `end` of the case that leaves the rest alone. */
  readonly ended: Place;
  /** An `end` of the case that ends the rest with it. */
  readonly closed: Place;
  /** The scope was left or ended at once: what else is at work in it ends as well. */
  readonly cut: Place;
  /** Why it cannot be searched. */
  beyond: string | undefined;
  readonly #at = new Map<FlowNode, Place>();
  readonly #known = new Set<string>();
  readonly #leaving = new Map<FlowNode, readonly FlowEdge[]>();
  readonly #waiting: { readonly node: FlowNode; readonly input: Place; readonly output: Place }[] = [];

  constructor() {
    this.ended = this.add('ended', undefined);
    this.closed = this.add('closed', undefined);
    this.cut = this.add('cut', undefined);
  }

  add(role: Place['role'], node: FlowNode | undefined): Place {
    const place: Place = { index: this.places.length, role, node, producers: [], consumers: [] };
    this.places.push(place);
    return place;
  }

  /** Where the work of `node` stands once all it waits for is there. */
  at(node: FlowNode): Place {
    const known = this.#at.get(node);
    const place = known ?? this.add('at', node);
    if (!known) this.#at.set(node, place);
    return place;
  }

  /** Adds a way in which work begins. */
  begin(alternative: Alternative): void {
    const key = keyOf([], alternative.outputs);
    if (!this.#known.has(key)) this.starts.push(alternative);
    this.#known.add(key);
  }

  /** The scope can be left from `node`: only a way on for work that has no other, since it mends whatever is wrong here. */
  leave(node: FlowNode, edges: readonly FlowEdge[]): void {
    if (!this.#leaving.has(node)) this.#leaving.set(node, edges);
  }

  /** Adds a way on; one that is there already, for another outcome say, adds nothing. */
  move(node: FlowNode, inputs: readonly Place[], { outputs, edges }: Alternative, cost: 0 | 1): void {
    const all = [this.cut, this.closed].find((place) => outputs.includes(place));
    const produced = all ? [all] : outputs;
    const key = keyOf(inputs, produced);
    if (this.#known.has(key)) return;
    this.#known.add(key);
    this.#connect({ node, inputs, outputs: produced, live: undefined, cost, edges });
  }

  /** `node` goes on from `input` to `output` when nothing more can arrive. */
  waitForLive(node: FlowNode, input: Place, output: Place): void {
    this.#waiting.push({ node, input, output });
  }

  /** To be called once everything else is there. */
  close(): void {
    for (const place of this.places) {
      const { node, role, consumers } = place;
      if (!node || consumers.length > 0 || (role !== 'at' && role !== 'between')) continue;
      // Work that nothing follows is said elsewhere, and whatever it would do to the rest is no fault of its own.
      this.move(node, [place], { outputs: [this.cut], edges: this.#leaving.get(node) ?? [] }, 1);
    }
    const opened = this.#waiting.map(({ node, input, output }) => {
      const live = new Set<Place>();
      this.#connect({ node, inputs: [input], outputs: [output], live, cost: 0, edges: [] });
      return { input, live };
    });
    for (const { input, live } of opened) {
      const add = ({ producers }: Place) => {
        for (const { inputs } of producers) for (const before of inputs) live.add(before);
      };
      add(input);
      for (const place of live) if (place !== input) add(place);
      live.delete(input);
    }
    this.#waiting.length = 0;
  }

  /** Two tokens at `node` at once go to a place of their own, where it can be seen. */
  watch(node: FlowNode): void {
    const place = this.at(node);
    this.#connect({
      node,
      inputs: [place, place],
      outputs: [this.add('twice', node)],
      live: undefined,
      cost: 0,
      edges: [],
    });
  }

  #connect({ node, inputs, outputs, live, cost, edges }: Omit<Transition, 'index' | 'first'>): void {
    const first = inputs.reduce((least, { index }) => Math.min(least, index), Number.POSITIVE_INFINITY);
    const transition = { index: this.transitions.length, node, inputs, first, outputs, live, cost, edges };
    this.transitions.push(transition);
    // A place that stands twice among them gets it once.
    for (const { consumers } of inputs) if (consumers.at(-1) !== transition) consumers.push(transition);
    for (const { producers } of outputs) if (producers.at(-1) !== transition) producers.push(transition);
  }
}

/** The same for moves between the same places. */
function keyOf(inputs: readonly Place[], outputs: readonly Place[]): string {
  if (inputs.length === 1 && outputs.length === 1) return `${inputs[0]?.index}>${outputs[0]?.index}`;
  return `${inputs.map(({ index }) => index)}>${outputs.map(({ index }) => index).sort((a, b) => a - b)}`;
}

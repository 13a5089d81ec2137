// Facts on all paths where a scope's outcomes are kept apart: what ends it at one was not brought by the ends of another.
import type { Analyses } from './analyses.ts';
import { type EdgeFacts, noEdgeFacts } from './fact-sets.ts';
import { type MustFactSets, type MustFacts, maxFacts, mustFactSets } from './must-facts.ts';
import { endingBy, factsWhenDone, goesOn, parallelScopes } from './scope-completion.ts';

export interface OutcomeFactSets {
  readonly facts: MustFactSets;
  /** What each edge makes, with what the end of a scope brings at the outcome of the edge. */
  readonly made: EdgeFacts;
  /** That alone, on edges that leave the end of a scope. */
  readonly ended: EdgeFacts;
}

/** `outcomeFactSets` for a few facts, as the bits of one integer for each edge. */
export function outcomeFacts(analyses: Analyses, madeBy: readonly number[], lostBy: readonly number[]): MustFacts {
  const [made, lost] = [madeBy, lostBy].map((bits) => {
    const sets = noEdgeFacts(analyses.graph, maxFacts);
    sets.words.set(bits);
    return sets;
  }) as [EdgeFacts, EdgeFacts];
  const { at, along } = outcomeFactSets(analyses, made, lost, maxFacts).facts;
  return { at: (node) => (at(node)[0] ?? 0) & all, along: (edge) => (along(edge)[0] ?? 0) & all };
}

const all = 2 ** maxFacts - 1;

/**
 * `mustFactSets` for the facts that each edge makes and loses. What holds on the ways to one outcome of a scope is added
 * to the edges of that outcome until there is nothing to add: once for each depth of scopes in practice.
 */
export function outcomeFactSets(
  analyses: Analyses,
  madeBy: EdgeFacts,
  lostBy: EdgeFacts,
  count: number,
): OutcomeFactSets {
  const { graph, dominators } = analyses;
  const { width } = madeBy;
  const [made, lost] = [madeBy.words.slice(), lostBy.words];
  const ended = noEdgeFacts(graph, count);
  const add = (at: number, bits: number) => {
    made[at] = (made[at] ?? 0) | bits;
    ended.words[at] = (ended.words[at] ?? 0) | bits;
  };
  // Inner scopes come first, so what they bring counts in the branches of outer ones.
  for (const scope of analyses.derived(parallelScopes)) {
    for (let word = 0; word < width; word++) {
      const [ofMade, ofLost] = [column(made, word, width), column(lost, word, width)];
      for (const { index, outcome } of scope.exit.out)
        add(index * width + word, factsWhenDone(scope, ofMade, ofLost, outcome));
    }
  }
  const exits = graph.nodes.filter(({ kind }) => kind === 'exit');
  for (;;) {
    const facts = mustFactSets(graph, dominators, count, ({ index }, entry, left) => {
      for (let word = 0, at = index * width; word < width; word++, at++)
        left[word] = ((entry[word] ?? 0) & ~(lost[at] ?? 0)) | (made[at] ?? 0);
    });
    let more = false;
    for (const edge of exits.flatMap(({ out }) => out)) {
      const arrivals = edge.from.in.filter((arrival) => goesOn(endingBy(arrival), edge));
      if (arrivals.length === 0 || arrivals.length === edge.from.in.length) continue;
      const [known, ...held] = [edge, ...arrivals].map((way) => facts.along(way));
      for (let word = 0, at = edge.index * width; word < width; word++, at++) {
        const bits = held.reduce((both, set) => both & (set[word] ?? 0), -1);
        const gained = bits & ~(lost[at] ?? 0) & ~(known?.[word] ?? 0);
        if (gained === 0) continue;
        add(at, gained);
        more = true;
      }
    }
    if (!more) return { facts, made: { width, words: made }, ended };
  }
}

/** One word of each set. */
function column(words: Uint32Array, word: number, width: number): Uint32Array {
  return Uint32Array.from({ length: words.length / width }, (_, edge) => words[edge * width + word] ?? 0);
}

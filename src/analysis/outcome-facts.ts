// Facts on all paths where a scope's outcomes are kept apart: what ends it at one was not brought by the ends of another.
import type { Analyses } from './analyses.ts';
import { type MustFacts, mustFacts } from './must-facts.ts';
import { endingBy, factsWhenDone, goesOn, parallelScopes } from './scope-completion.ts';

export interface OutcomeFacts {
  readonly facts: MustFacts;
  /** What each edge makes, with what the end of a scope brings at the outcome of the edge. */
  readonly made: readonly number[];
  /** That alone, by the index of an edge that leaves the end of a scope. */
  readonly ended: readonly number[];
}

/**
 * `mustFacts` for the bits that each edge makes and loses. What holds on the ways to one outcome of a scope is added to
 * the edges of that outcome until there is nothing to add: once for each depth of scopes in practice.
 */
export function outcomeFacts(
  analyses: Analyses,
  madeBy: readonly number[],
  lostBy: readonly number[],
  all: number,
): OutcomeFacts {
  const { graph, dominators } = analyses;
  const made = [...madeBy];
  const ended: number[] = new Array(graph.edges.length).fill(0);
  const add = (index: number, bits: number) => {
    made[index] = (made[index] ?? 0) | bits;
    ended[index] = (ended[index] ?? 0) | bits;
  };
  // Inner scopes come first, so what they bring counts in the branches of outer ones.
  for (const scope of analyses.derived(parallelScopes))
    for (const { index, outcome } of scope.exit.out) add(index, factsWhenDone(scope, made, lostBy, outcome));
  const exits = graph.nodes.filter(({ kind }) => kind === 'exit');
  for (;;) {
    const facts = mustFacts(
      graph,
      dominators,
      ({ index }, entry) => ((entry & ~(lostBy[index] ?? 0)) | (made[index] ?? 0)) >>> 0,
    );
    let more = false;
    for (const edge of exits.flatMap(({ out }) => out)) {
      const arrivals = edge.from.in.filter((arrival) => goesOn(endingBy(arrival), edge));
      if (arrivals.length === 0 || arrivals.length === edge.from.in.length) continue;
      const bits = arrivals.reduce((held, arrival) => held & facts.along(arrival), all);
      const gained = bits & ~(lostBy[edge.index] ?? 0) & ~facts.along(edge);
      if (gained === 0) continue;
      add(edge.index, gained);
      more = true;
    }
    if (!more) return { facts, made, ended };
  }
}

// Marks of data that go over to what is made of it: classes, labels, purposes, whatever a rule asks for.
import type { Step, Workflow } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import { type Arrival, canonical } from './arrivals.ts';
import { type DataPath, includes, pathOf, rootOf } from './data-paths.ts';
import type { FlowNode } from './flow-graph.ts';
import { taintOf } from './taint.ts';
import { everyLabel, type Labels } from './taint-rules.ts';
import { allArrivals } from './taint-solve.ts';
import type { TaintPath } from './taint-witness.ts';

/** Where marks are. */
export interface Marks {
  /** Bits of `path`, on entry to `node` or with what it does there. */
  bitsOf(node: FlowNode, path: DataPath, where: 'at' | 'within'): Labels;
  /** How one of `bits` comes to `path`; undefined where it is declared of it. */
  pathTo(node: FlowNode, path: DataPath, bits: Labels, where: 'at' | 'within'): TaintPath | undefined;
}

interface MarkRules {
  /** Bits by declaration. */
  declared(path: DataPath): Labels;
  /** Which bits of `source` an arrival takes over. */
  keeps(arrival: Arrival, source: DataPath): Labels;
  /** Bits that add nothing to `bits`; default: `bits` themselves. */
  covered?(bits: Labels): Labels;
}

/**
 * Follows marks through the flow (`taintOf`), for what is declared of data is never lost. Where no write brings a mark to
 * data that has not got it anyway, there is nothing to follow.
 */
export function marksOf(analyses: Analyses, { declared, keeps, covered = (bits) => bits }: MarkRules): Marks {
  const { graph } = analyses;
  const { workflow } = graph;
  const spreads = [...analyses.derived(allArrivals).values()].some((arrivals) =>
    arrivals.some((arrival) => {
      const own = arrival.from.length > 0 ? ~covered(declared(arrival.out)) : 0;
      return arrival.from.some(
        (source) => (declared(source) & own) !== 0 && (declared(source) & own & keeps(arrival, source)) !== 0,
      );
    }),
  );
  const taint = spreads
    ? taintOf(analyses, { initial: declared, brings: ({ out }) => declared(out), keeps })
    : undefined;
  return {
    bitsOf(node, path, where) {
      const own = declared(canonical(path, node.step, workflow));
      return own | (where === 'at' ? (taint?.at(node, path) ?? 0) : (taint?.within(node, path) ?? 0));
    },
    pathTo(node, path, bits, where) {
      const own = declared(canonical(path, node.step, workflow));
      return (own & bits) !== 0 ? undefined : taint?.pathTo(node, path, bits, where);
    },
  };
}

/** Numbers from 0 for as many of `names` as there are bits from `first` on; the others are not followed. */
export function numbered(names: Iterable<string>, first = 0): ReadonlyMap<string, number> {
  return new Map([...new Set(names)].slice(0, 31 - first).map((name, i) => [name, first + i]));
}

/** What a step redacts of `source`: all of it, a part of it or something in it, or nothing. */
export function redactionOf(
  { node: { step } }: Arrival,
  source: DataPath,
  workflow: Workflow,
): { readonly extent: 'all' | 'part' | 'none'; readonly names: readonly string[] } {
  const redacted = redactedBy(step, workflow);
  if (redacted.some(({ path, isData }) => isData && includes(path, source))) return { extent: 'all', names: [] };
  // A label, or any other word, may be about each input.
  const concerned = redacted.filter(({ path, isData }) => !isData || includes(source, path));
  return { extent: concerned.length > 0 ? 'part' : 'none', names: concerned.map(({ path }) => path) };
}

function redactedBy(step: Step | undefined, workflow: Workflow): readonly { path: DataPath; isData: boolean }[] {
  return (step?.fields.redacts ?? []).map((reference) => {
    const path = canonical(pathOf(reference), step, workflow);
    return { path, isData: workflow.data.has(rootOf(path)) };
  });
}

/** Marks end where anything of the source is redacted: the author has looked at what is left. */
export function untilRedacted(arrival: Arrival, source: DataPath, workflow: Workflow): Labels {
  return redactionOf(arrival, source, workflow).extent === 'none' ? everyLabel : 0;
}

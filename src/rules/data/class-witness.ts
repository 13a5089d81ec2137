// The witness of a fault about the class of data: the path on which it comes where it is seen, or the way there.
import type { Analyses } from '../../analysis/analyses.ts';
import { classesOf } from '../../analysis/classes.ts';
import type { DataSink } from '../../analysis/data-sinks.ts';
import { along, pathTo } from '../evidence.ts';
import type { WitnessStep } from '../finding.ts';

/** From where data got its class, if that is not its own; else from the start. */
export function classWitness(
  { node, path, where }: Pick<DataSink, 'node' | 'path' | 'where'>,
  bits: number,
  ending: string,
  analyses: Analyses,
): readonly WitnessStep[] {
  const found = analyses.derived(classesOf).pathTo(node, path, bits, where);
  if (!found || found.edges.length === 0) return pathTo(node, analyses.reachability, ending);
  const first = found.edges[0]?.from;
  return along(found.edges, ending, (at) => (at === first ? `has '${found.written}'` : ''));
}

// How a label of data came where it is seen: in words, and as a witness.
import type { FlowNode } from '../analysis/flow-graph.ts';
import type { TaintPath } from '../analysis/taint-witness.ts';
import { isAi } from '../language/model.ts';
import type { Range } from '../language/source.ts';
import { along, here } from './evidence.ts';
import type { WitnessStep } from './finding.ts';

/** `what the AI 'bot' wrote ('draft') in 'write'`; `seen` is the data that the sentence is about. */
export function madeByAi({ source, written }: TaintPath, seen: string): string {
  const named = written === seen ? '' : ` ('${written}')`;
  const author = source?.node.performers.find(isAi);
  if (source && author && !source.sender)
    return `what the AI '${author.id}' wrote${named} in '${source.node.step?.id}'`;
  if (source?.sender && isAi(source.sender)) return `what the AI '${source.sender.id}' sends${named}`;
  return `'${written}', which an AI has made`;
}

/** The path from where the label arose, with what happens at its two ends; a single place where it arose there. */
export function taintWitness(
  { source, edges }: TaintPath,
  node: FlowNode,
  range: Range,
  first: string,
  last: string,
): readonly WitnessStep[] {
  if (edges.length === 0) return here(node.step?.id ?? 'start', range, last);
  return along(edges, last, (at) => (at === (source?.node ?? edges[0]?.from) ? first : ''));
}

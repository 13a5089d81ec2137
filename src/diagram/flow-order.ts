// The order in which the views list steps: as the flow is drawn, from the starts down.
import { rankNodes } from '../picture/rank.ts';
import type { DiagramModel } from './diagram.ts';

/** Place of each node id, from 0. */
export function flowOrder(diagram: DiagramModel): ReadonlyMap<string, number> {
  const rank = rankNodes(diagram);
  const sorted = diagram.nodes
    .map(({ id }, at) => ({ id, at }))
    .sort((a, b) => rankOf(a.at) - rankOf(b.at) || a.at - b.at);
  return new Map(sorted.map(({ id }, place) => [id, place]));

  function rankOf(at: number): number {
    return rank[at] ?? 0;
  }
}

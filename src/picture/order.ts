// Where each node stands: its row, and its place among the nodes of its lane in that row, so that few edges cross.
// Barycenters of neighbors, swept down and up (Sugiyama, Tagawa and Toda, "Methods for visual understanding of
// hierarchical system structures", IEEE SMC 1981), with lanes as borders that no node leaves.
import type { Picture } from './picture.ts';
import { rankNodes } from './rank.ts';

/** In the order of the picture's nodes. */
export interface Placement {
  readonly row: readonly number[];
  /** Position among the nodes of the same lane and row. */
  readonly order: readonly number[];
}

const sweeps = 4;

export function placeNodes(picture: Picture): Placement {
  const row = rankNodes(picture);
  const lanes = new Map(picture.lanes.map(({ id }, at) => [id, at]));
  const index = new Map(picture.nodes.map(({ id }, at) => [id, at]));
  const neighbors = picture.nodes.map((): number[] => []);
  for (const { from, to } of picture.edges) {
    const [a, b] = [index.get(from), index.get(to)];
    if (a === undefined || b === undefined || a === b) continue;
    neighbors[a]?.push(b);
    neighbors[b]?.push(a);
  }
  const cells = new Map<string, number[]>();
  for (const [at, node] of picture.nodes.entries()) {
    const key = `${row[at]} ${node.lane}`;
    const cell = cells.get(key);
    if (cell) cell.push(at);
    else cells.set(key, [at]);
  }
  const crowded = [...cells.values()].filter((cell) => cell.length > 1);
  crowded.sort((a, b) => (row[a[0] ?? 0] ?? 0) - (row[b[0] ?? 0] ?? 0));
  const order = picture.nodes.map(() => 0);
  const settle = (cell: readonly number[]) => {
    for (const [place, node] of cell.entries()) order[node] = place;
  };
  crowded.forEach(settle);
  const across = (node: number) => (lanes.get(picture.nodes[node]?.lane ?? '') ?? 0) * 4 + (order[node] ?? 0);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (const cell of sweep % 2 === 0 ? crowded : [...crowded].reverse()) {
      const pull = new Map(cell.map((node) => [node, middleOf((neighbors[node] ?? []).map(across), across(node))]));
      cell.sort((a, b) => (pull.get(a) ?? 0) - (pull.get(b) ?? 0) || a - b);
      settle(cell);
    }
  }
  return { row, order };
}

function middleOf(values: readonly number[], otherwise: number): number {
  return values.length === 0 ? otherwise : values.reduce((sum, value) => sum + value, 0) / values.length;
}

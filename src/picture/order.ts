// Where each node stands: its row, and its column among those of its lane, so that edges are short and few cross. Nodes
// are pulled to their neighbors, swept down and up (Sugiyama, Tagawa and Toda, "Methods for visual understanding of
// hierarchical system structures", IEEE SMC 1981), with lanes as borders that no node leaves.
import type { Picture } from './picture.ts';
import { rankNodes } from './rank.ts';

/** `row` and `column` in the order of the picture's nodes; columns are counted over all lanes. */
export interface Placement {
  readonly row: readonly number[];
  readonly column: readonly number[];
  readonly columnsOfLane: readonly number[];
}

const sweeps = 6;

interface Neighbor {
  readonly node: number;
  readonly weight: number;
}

export function placeNodes(picture: Picture): Placement {
  const row = rankNodes(picture);
  const laneAt = new Map(picture.lanes.map(({ id }, at) => [id, at]));
  const cells = cellsOf(picture, row, laneAt);
  const columnsOfLane = picture.lanes.map(() => 1);
  for (const { lane, nodes } of cells) columnsOfLane[lane] = Math.max(columnsOfLane[lane] ?? 1, nodes.length);
  const firstOf: number[] = [];
  let columns = 0;
  for (const count of columnsOfLane) {
    firstOf.push(columns);
    columns += count;
  }
  const column = picture.nodes.map(() => 0);
  for (const { lane, nodes } of cells)
    for (const [place, node] of nodes.entries()) column[node] = (firstOf[lane] ?? 0) + place;
  const neighbors = neighborsOf(picture);
  const movable = cells.filter(({ lane }) => (columnsOfLane[lane] ?? 1) > 1);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    let moved = false;
    for (const { lane, nodes } of sweep % 2 === 0 ? movable : [...movable].reverse()) {
      const costs = nodes.map((node) =>
        Array.from({ length: columnsOfLane[lane] ?? 1 }, (_, place) =>
          costAt((firstOf[lane] ?? 0) + place, place, node, neighbors, row, column),
        ),
      );
      for (const [nth, place] of cheapest(nodes, costs, neighbors, column).entries()) {
        const node = nodes[nth] ?? 0;
        const next = (firstOf[lane] ?? 0) + place;
        moved ||= column[node] !== next;
        column[node] = next;
      }
    }
    if (!moved) break;
  }
  return { row, column, columnsOfLane };
}

interface Cell {
  readonly row: number;
  readonly lane: number;
  readonly nodes: number[];
}

/** The nodes of each lane in each row, from the top. */
function cellsOf(picture: Picture, row: readonly number[], laneAt: ReadonlyMap<string, number>): Cell[] {
  const cells = new Map<string, Cell>();
  for (const [at, node] of picture.nodes.entries()) {
    const lane = laneAt.get(node.lane) ?? 0;
    const key = `${row[at]} ${lane}`;
    const cell = cells.get(key);
    if (cell) cell.nodes.push(at);
    else cells.set(key, { row: row[at] ?? 0, lane, nodes: [at] });
  }
  return [...cells.values()].sort((a, b) => a.row - b.row || a.lane - b.lane);
}

function neighborsOf(picture: Picture): Neighbor[][] {
  const index = new Map(picture.nodes.map(({ id }, at) => [id, at]));
  const neighbors = picture.nodes.map((): Neighbor[] => []);
  for (const { from, to, kind } of picture.edges) {
    const [a, b] = [index.get(from), index.get(to)];
    if (a === undefined || b === undefined || a === b) continue;
    const weight = kind === 'exceptional' ? 1 : 2;
    neighbors[a]?.push({ node: b, weight });
    neighbors[b]?.push({ node: a, weight });
  }
  return neighbors;
}

/** How far a node would be from its neighbors; right above or below one is best, and further left better than right. */
function costAt(
  at: number,
  place: number,
  node: number,
  neighbors: readonly (readonly Neighbor[])[],
  row: readonly number[],
  column: readonly number[],
): number {
  let cost = place * 0.6;
  for (const { node: other, weight } of neighbors[node] ?? []) {
    const aside = Math.abs(at - (column[other] ?? 0));
    const near = Math.abs((row[node] ?? 0) - (row[other] ?? 0)) === 1;
    // Straight down past other rows, the column is often taken.
    cost += weight * (aside === 0 ? (near ? -0.5 : 0.5) : Math.min(aside, 6)) * (near ? 1 : 0.6);
  }
  return cost;
}

/** A column for each node of a cell: the nodes in the order of what they are pulled to, at the least cost. */
function cheapest(
  nodes: readonly number[],
  costs: readonly (readonly number[])[],
  neighbors: readonly (readonly Neighbor[])[],
  column: readonly number[],
): number[] {
  const [first = [], second = []] = costs;
  const count = first.length;
  const least = (row: readonly number[]): number => row.indexOf(Math.min(...row));
  if (nodes.length === 1) return [least(first)];
  if (nodes.length === 2 && count === 2) {
    const straight = (first[0] ?? 0) + (second[1] ?? 0);
    const crossed = (first[1] ?? 0) + (second[0] ?? 0);
    return crossed < straight ? [1, 0] : [0, 1];
  }
  const pull = nodes.map((node) => {
    const around = neighbors[node] ?? [];
    return around.length === 0
      ? (column[node] ?? 0)
      : around.reduce((sum, { node: other }) => sum + (column[other] ?? 0), 0) / around.length;
  });
  const order = [...nodes.keys()].sort((a, b) => (pull[a] ?? 0) - (pull[b] ?? 0) || a - b);
  // best[n][c]: the first n nodes of the order in columns before c.
  const best = [new Array<number>(count + 1).fill(0)];
  for (const [nth, which] of order.entries()) {
    const line = new Array<number>(count + 1).fill(Number.POSITIVE_INFINITY);
    for (let c = nth + 1; c <= count; c++)
      line[c] = Math.min(line[c - 1] ?? 0, (best[nth]?.[c - 1] ?? 0) + (costs[which]?.[c - 1] ?? 0));
    best.push(line);
  }
  const places = nodes.map(() => 0);
  for (let nth = order.length - 1, c = count; nth >= 0; nth--, c--) {
    while (c > nth + 1 && best[nth + 1]?.[c] === best[nth + 1]?.[c - 1]) c--;
    places[order[nth] ?? 0] = c - 1;
  }
  return places;
}

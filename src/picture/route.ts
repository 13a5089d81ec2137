// Finds a way for each edge over the grid of rows and columns: down or up in a column or in the gap beside one, across
// in the channel between two rows. Places are whole numbers here; coordinates come later.

/** Channel `k` lies above row `k` at height `2k`, row `r` at `2r + 1`; gap `g` lies left of column `g`. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Row and column of each node. */
  readonly cells: readonly { readonly row: number; readonly column: number }[];
}

export interface Leg {
  readonly kind: 'column' | 'gap';
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export type Side = 'top' | 'bottom' | 'left' | 'right';

export interface Route {
  readonly from: number;
  readonly to: number;
  readonly exit: Side;
  readonly entry: Side;
  /** Vertical parts in travel order; `channels[i]` connects `legs[i]` with `legs[i + 1]`. */
  readonly legs: readonly Leg[];
  readonly channels: readonly number[];
  /** Channel in which the label stands. */
  readonly labelChannel: number;
}

export function findRoutes(grid: Grid, edges: readonly { from: number; to: number; labeled: boolean }[]): Route[] {
  const taken = new Set(grid.cells.map(({ row, column }) => `${row} ${column}`));
  const isFree = (column: number, from: number, to: number): boolean => {
    for (let row = from; row <= to; row++) if (taken.has(`${row} ${column}`)) return false;
    return true;
  };
  const load = new Array<number>(grid.columns + 1).fill(0);
  return edges.map((edge) => {
    const route = findRoute(grid, edge, isFree, load);
    for (const leg of route.legs) if (leg.kind === 'gap') load[leg.at] = (load[leg.at] ?? 0) + 1;
    return route;
  });
}

type IsFree = (column: number, fromRow: number, toRow: number) => boolean;

function findRoute(
  grid: Grid,
  { from, to, labeled }: { from: number; to: number; labeled: boolean },
  isFree: IsFree,
  load: readonly number[],
): Route {
  const source = grid.cells[from] ?? { row: 0, column: 0 };
  const target = grid.cells[to] ?? source;
  if (from === to) return selfRoute(from, source);
  if (source.row < target.row) return downRoute(grid, from, to, isFree, load);
  if (source.row > target.row) return upRoute(grid, from, to, load);
  const [left, right] = [Math.min(source.column, target.column), Math.max(source.column, target.column)];
  const between =
    right - left < 2 ||
    Array.from({ length: right - left - 1 }, (_, i) => left + 1 + i).every((column) =>
      isFree(column, source.row, source.row),
    );
  if (between && !labeled) {
    const forward = source.column < target.column;
    return {
      from,
      to,
      exit: forward ? 'right' : 'left',
      entry: forward ? 'left' : 'right',
      legs: [],
      channels: [],
      labelChannel: source.row + 1,
    };
  }
  const channel = source.row + 1;
  return {
    from,
    to,
    exit: 'bottom',
    entry: 'bottom',
    legs: [
      column(source.column, 2 * source.row + 1.5, 2 * channel),
      column(target.column, 2 * channel, 2 * target.row + 1.5),
    ],
    channels: [channel],
    labelChannel: channel,
  };
}

function selfRoute(node: number, cell: { row: number; column: number }): Route {
  const channel = cell.row + 1;
  return {
    from: node,
    to: node,
    exit: 'bottom',
    entry: 'right',
    legs: [column(cell.column, 2 * cell.row + 1.5, 2 * channel), gap(cell.column + 1, 2 * channel, 2 * cell.row + 1)],
    channels: [channel],
    labelChannel: channel,
  };
}

function downRoute(grid: Grid, from: number, to: number, isFree: IsFree, load: readonly number[]): Route {
  const source = grid.cells[from] ?? { row: 0, column: 0 };
  const target = grid.cells[to] ?? source;
  const [first, last] = [source.row + 1, target.row];
  const [start, end] = [2 * source.row + 1.5, 2 * target.row + 0.5];
  const base = { from, to, exit: 'bottom', entry: 'top', labelChannel: first } as const;
  if (source.column === target.column && isFree(source.column, first, last - 1)) {
    return { ...base, legs: [column(source.column, start, end)], channels: [] };
  }
  if (isFree(target.column, first, last - 1)) {
    return {
      ...base,
      legs: [column(source.column, start, 2 * first), column(target.column, 2 * first, end)],
      channels: [first],
    };
  }
  if (isFree(source.column, first, last - 1)) {
    const legs = [column(source.column, start, 2 * last), column(target.column, 2 * last, end)];
    return { ...base, legs, channels: [last], labelChannel: last };
  }
  const middle = nearestGap(grid, source.column, target.column, load);
  return {
    ...base,
    legs: [
      column(source.column, start, 2 * first),
      gap(middle, 2 * first, 2 * last),
      column(target.column, 2 * last, end),
    ],
    channels: [first, last],
  };
}

function upRoute(grid: Grid, from: number, to: number, load: readonly number[]): Route {
  const source = grid.cells[from] ?? { row: 0, column: 0 };
  const target = grid.cells[to] ?? source;
  const same = source.column === target.column;
  const left = same && (load[source.column] ?? 0) < (load[source.column + 1] ?? 0);
  const rightward = same ? !left : source.column < target.column;
  const lane = rightward ? source.column + 1 : source.column;
  const exit = rightward ? 'right' : 'left';
  const start = 2 * source.row + 1;
  const labelChannel = source.row;
  if (same || lane === target.column || lane === target.column + 1) {
    const entry = same ? exit : rightward ? 'left' : 'right';
    return { from, to, exit, entry, legs: [gap(lane, start, 2 * target.row + 1)], channels: [], labelChannel };
  }
  const channel = target.row + 1;
  return {
    from,
    to,
    exit,
    entry: 'bottom',
    legs: [gap(lane, start, 2 * channel), column(target.column, 2 * channel, 2 * target.row + 1.5)],
    channels: [channel],
    labelChannel: channel,
  };
}

/** The gap that makes the shortest way from one column to another, the emptier one of equals. */
function nearestGap(grid: Grid, from: number, to: number, load: readonly number[]): number {
  let best = 0;
  let cost = Number.POSITIVE_INFINITY;
  for (let at = 0; at <= grid.columns; at++) {
    const way = Math.abs(at - 0.5 - from) + Math.abs(at - 0.5 - to) + (load[at] ?? 0) * 0.1;
    if (way < cost) [best, cost] = [at, way];
  }
  return best;
}

function column(at: number, from: number, to: number): Leg {
  return { kind: 'column', at, from, to };
}

function gap(at: number, from: number, to: number): Leg {
  return { kind: 'gap', at, from, to };
}

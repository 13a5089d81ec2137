// Finds a way for each edge over the grid of rows and columns: along a column or the gap beside one, across in the
// channel between two rows. Of the ways there are, the one that is short, has few bends and crosses little of the others.
// Places are whole numbers here; coordinates come later.
import type { Grid, Route, Side } from './grid.ts';
import { Traffic } from './traffic.ts';

export interface RoutedEdge {
  readonly from: number;
  readonly to: number;
  readonly labeled: boolean;
  /** Only edges that look the same are ever drawn as one line. */
  readonly look: string;
}

/** A way that could be taken: places of the legs, and the channels between them. */
interface Way {
  readonly exit: Side;
  readonly entry: Side;
  readonly at: readonly number[];
  readonly channels: readonly number[];
}

const rounds = 2;
const cost = { bend: 14, across: 10, along: 2, crossing: 34, load: 2, side: 6, crowd: 9, ambiguous: 60 } as const;

export function findRoutes(grid: Grid, edges: readonly RoutedEdge[]): Route[] {
  const traffic = new Traffic(grid.rows, grid.columns);
  const isFree = freeColumns(grid);
  const bundles = bundlesOf(edges);
  const routes: (Route | undefined)[] = edges.map(() => undefined);
  const reach = edges.map(({ from, to }) => {
    const [a, b] = [cellOf(grid, from), cellOf(grid, to)];
    return Math.abs(a.row - b.row) + Math.abs(a.column - b.column) / 2;
  });
  const order = [...edges.keys()].sort((a, b) => (reach[a] ?? 0) - (reach[b] ?? 0) || a - b);
  for (let round = 0; round < rounds; round++) {
    for (const at of order) {
      const edge = edges[at];
      if (!edge) continue;
      const before = routes[at];
      if (before) traffic.add(before, at, -1);
      let best: Route | undefined;
      let lowest = Number.POSITIVE_INFINITY;
      for (const way of waysOf(grid, edge, isFree, traffic, bundles[at])) {
        const route = routeOf(grid, edge, way, bundles[at]);
        const price = priceOf(route, edge, at, grid, traffic);
        if (price < lowest) [best, lowest] = [route, price];
      }
      if (!best) continue;
      routes[at] = best;
      traffic.add(best, at, 1);
    }
  }
  return routes.filter((route) => route !== undefined);
}

/** Edges that look the same and lead to the same node, or come from the same one, run together where they go far. */
function bundlesOf(edges: readonly RoutedEdge[]): (string | undefined)[] {
  const counts = new Map<string, number>();
  const count = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  const into = ({ to, look }: RoutedEdge): string => `>${to} ${look}`;
  const outOf = ({ from, look }: RoutedEdge): string => `<${from} ${look}`;
  for (const edge of edges) {
    count(into(edge));
    if (!edge.labeled) count(outOf(edge));
  }
  return edges.map((edge) => {
    const [entering, leaving] = [counts.get(into(edge)) ?? 0, edge.labeled ? 0 : (counts.get(outOf(edge)) ?? 0)];
    if (Math.max(entering, leaving) < 2) return undefined;
    return leaving > entering ? outOf(edge) : into(edge);
  });
}

type IsFree = (column: number, fromRow: number, toRow: number) => boolean;

function freeColumns(grid: Grid): IsFree {
  const width = grid.rows + 1;
  const before = new Uint32Array(grid.columns * width);
  for (const { row, column } of grid.cells) before[column * width + row + 1] = 1;
  for (let column = 0; column < grid.columns; column++)
    for (let row = 1; row < width; row++)
      before[column * width + row] = (before[column * width + row] ?? 0) + (before[column * width + row - 1] ?? 0);
  return (column, from, to) => to < from || before[column * width + to + 1] === before[column * width + from];
}

function cellOf(grid: Grid, node: number): { readonly row: number; readonly column: number } {
  return grid.cells[node] ?? { row: 0, column: 0 };
}

function waysOf(grid: Grid, { from, to }: RoutedEdge, isFree: IsFree, traffic: Traffic, bundle?: string): Way[] {
  const [source, target] = [cellOf(grid, from), cellOf(grid, to)];
  const [s, t] = [2 * source.column + 1, 2 * target.column + 1];
  const below = source.row + 1;
  const high = (gap: number, place: number): Side => (gap > place ? 'high' : 'low');
  if (from === to) return [{ exit: 'after', entry: 'high', at: [s, s + 1], channels: [below] }];
  const ways: Way[] = [];
  if (source.row < target.row) {
    const [first, last] = [below, target.row];
    const ends = { exit: 'after', entry: 'before' } as const;
    if (s === t && isFree(source.column, first, last - 1)) ways.push({ ...ends, at: [s], channels: [] });
    if (s !== t && isFree(target.column, first, last - 1)) ways.push({ ...ends, at: [s, t], channels: [first] });
    if (s !== t && first !== last && isFree(source.column, first, last - 1))
      ways.push({ ...ends, at: [s, t], channels: [last] });
    if (first !== last || ways.length === 0)
      for (const gap of gapsNear(s, t, grid, traffic, bundle))
        ways.push({ ...ends, at: [s, gap, t], channels: [first, last] });
    for (const gap of [s - 1, s + 1]) {
      ways.push({ exit: high(gap, s), entry: 'before', at: [gap, t], channels: [last] });
      if (Math.abs(gap - t) === 1) ways.push({ exit: high(gap, s), entry: high(gap, t), at: [gap], channels: [] });
    }
    for (const gap of [t - 1, t + 1])
      ways.push({ exit: 'after', entry: high(gap, t), at: [s, gap], channels: [first] });
    return ways;
  }
  for (const gap of [s - 1, s + 1]) {
    if (Math.abs(gap - t) === 1) ways.push({ exit: high(gap, s), entry: high(gap, t), at: [gap], channels: [] });
    ways.push({ exit: high(gap, s), entry: 'before', at: [gap, t], channels: [target.row] });
    for (const other of [t - 1, t + 1])
      if (other !== gap)
        for (const channel of new Set([source.row, target.row + 1]))
          ways.push({ exit: high(gap, s), entry: high(other, t), at: [gap, other], channels: [channel] });
  }
  for (const gap of [t - 1, t + 1]) ways.push({ exit: 'after', entry: high(gap, t), at: [s, gap], channels: [below] });
  return ways;
}

/** Gaps between the places and a little beyond, and those in which the bundle runs already. */
function gapsNear(s: number, t: number, grid: Grid, traffic: Traffic, bundle?: string): Set<number> {
  const gaps = new Set<number>(bundle === undefined ? [] : traffic.gapsOf(bundle));
  for (let gap = Math.max(0, Math.min(s, t) - 3); gap <= Math.min(2 * grid.columns, Math.max(s, t) + 3); gap++)
    if (gap % 2 === 0) gaps.add(gap);
  return gaps;
}

function routeOf(grid: Grid, edge: RoutedEdge, way: Way, bundle: string | undefined): Route {
  const [source, target] = [cellOf(grid, edge.from).row, cellOf(grid, edge.to).row];
  const reach = { before: 0.5, after: 1.5, low: 1, high: 1 } as const;
  const stops = [
    2 * source + reach[way.exit],
    ...way.channels.map((channel) => 2 * channel),
    2 * target + reach[way.entry],
  ];
  const toTarget = bundle?.startsWith('>') ?? false;
  const gaps = way.at.flatMap((at, nth) => (at % 2 === 0 ? [nth] : []));
  // All from the common gap to the common node is one line; without a gap, only a column that is followed far.
  const common = toTarget ? (gaps.at(-1) ?? way.at.length - 1) : (gaps[0] ?? 0);
  const isShared = (nth: number): boolean => {
    if (bundle === undefined || (toTarget ? nth < common : nth > common)) return false;
    if (way.at.length === 1) return gaps.length > 0;
    return gaps.length > 0 || Math.abs((stops[nth + 1] ?? 0) - (stops[nth] ?? 0)) > 1;
  };
  const name = bundle === undefined ? {} : { shared: bundle };
  const legs = way.at.map((at, nth) => ({
    at,
    from: stops[nth] ?? 0,
    to: stops[nth + 1] ?? 0,
    ...(isShared(nth) ? name : {}),
  }));
  const channels = way.channels.map((at, nth) => ({
    at,
    ...(legs[nth]?.shared !== undefined && legs[nth + 1]?.shared !== undefined ? name : {}),
  }));
  const beside = source > target && (way.exit === 'low' || way.exit === 'high') ? source : source + 1;
  const onFirst = (way.at[0] ?? 0) % 2 === 1 ? way.channels[0] : undefined;
  return {
    from: edge.from,
    to: edge.to,
    exit: way.exit,
    entry: way.entry,
    legs,
    channels,
    labelChannel: onFirst ?? beside,
  };
}

/** What a route costs beside those that are there: way, bends, crossings, and room at the sides of nodes. */
function priceOf(route: Route, edge: RoutedEdge, at: number, grid: Grid, traffic: Traffic): number {
  const { legs, channels } = route;
  const down = cellOf(grid, edge.from).row < cellOf(grid, edge.to).row;
  let price = (legs.length + channels.length) * cost.bend;
  const [first] = legs;
  for (const leg of legs) {
    const fresh = traffic.freshParts(leg);
    for (const [from, to] of fresh) {
      price += Math.abs(to - from) * cost.along;
      price += traffic.acrossOn(leg.at, from, to) * cost.crossing;
    }
    if (leg.at % 2 === 0 && fresh.length > 0) price += traffic.loadOf(leg) * cost.load;
  }
  for (const [nth, channel] of channels.entries()) {
    const [a, b] = [legs[nth]?.at ?? 0, legs[nth + 1]?.at ?? 0];
    price += Math.abs(a - b) * cost.across + traffic.alongOn(channel.at, a, b) * cost.crossing;
  }
  for (const end of ['exit', 'entry'] as const) {
    const side = route[end];
    if (side !== 'low' && side !== 'high') continue;
    price += cost.bend + (down ? cost.side * (end === 'entry' ? 3 : 1) : 0);
    price += traffic.sideLoad(route, end, at) ** 2 * cost.crowd;
  }
  // A label beside a line of many would seem to belong to all of them.
  if (edge.labeled && first?.shared !== undefined) price += cost.ambiguous;
  return price;
}

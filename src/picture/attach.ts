// Where lines meet the outlines of nodes: at the ends of the flow as far across as their line runs, at the sides above
// and below the middle, in an order in which they do not cross each other.
import type { Direction } from './geometry.ts';
import type { Grid, Route, Side } from './grid.ts';
import type { Lines } from './lines.ts';
import { halfHeightAt, halfWidthAt, type Shape } from './shapes.ts';

export interface Outlined {
  readonly shape: Shape;
  readonly width: number;
  readonly height: number;
}

/** How far the outline reaches before or after its middle along the flow, `aside` of it across. */
export function reachAlong({ shape, width, height }: Outlined, direction: Direction, aside: number, sign: -1 | 1) {
  return direction === 'down'
    ? halfHeightAt(shape, width, height, aside)
    : halfWidthAt(shape, width, height, aside, sign);
}

/** How far the outline reaches to lower or higher places across the flow, `on` along it from the middle. */
export function reachAcross({ shape, width, height }: Outlined, direction: Direction, on: number, sign: -1 | 1) {
  return direction === 'down' ? halfWidthAt(shape, width, height, on, sign) : halfHeightAt(shape, width, height, on);
}

/** By route: how far along the flow from the middle of the node its ends at the sides are. */
export function spreadSides(
  grid: Grid,
  routes: readonly Route[],
  lines: Lines,
  places: readonly number[],
  room: number,
): { exit: number; entry: number }[] {
  const ends = routes.map(() => ({ exit: 0, entry: 0 }));
  const bySide = new Map<string, { side: Side; lines: Map<number, Attached> }>();
  routes.forEach((route, at) => {
    for (const end of ['exit', 'entry'] as const) {
      const side = route[end];
      if (side === 'before' || side === 'after') continue;
      const node = end === 'exit' ? route.from : route.to;
      const line = (end === 'exit' ? lines.alongOf[at]?.[0] : lines.alongOf[at]?.at(-1)) ?? 0;
      const key = `${node} ${side}`;
      const there = bySide.get(key) ?? { side, lines: new Map<number, Attached>() };
      bySide.set(key, there);
      const known = there.lines.get(line) ?? { line, turns: 0, ends: [] };
      there.lines.set(line, known);
      const leg = end === 'exit' ? route.legs[0] : route.legs.at(-1);
      const height = 2 * (grid.cells[node]?.row ?? 0) + 1;
      const [low, high] = [Math.min(leg?.from ?? 0, leg?.to ?? 0), Math.max(leg?.from ?? 0, leg?.to ?? 0)];
      known.turns += Math.sign(low + high - 2 * height);
      known.ends.push({ route: at, end });
    }
  });
  for (const { side, lines: attached } of bySide.values()) {
    const near = ({ line }: Attached): number => (side === 'high' ? 1 : -1) * (places[line] ?? 0);
    // What goes back is attached first, the nearest line outermost; what goes on last, the nearest outermost again.
    const order = [...attached.values()].sort((a, b) => {
      const [one, other] = [Math.sign(a.turns), Math.sign(b.turns)];
      return one - other || (one < 0 ? near(a) - near(b) : near(b) - near(a));
    });
    const step = Math.min(12, (2 * room) / Math.max(1, order.length - 1));
    // Lines from the two nodes beside a gap must not lie on one another.
    const shift = side === 'low' && order.length < 3 ? step / 3 : 0;
    order.forEach(({ ends: all }, nth) => {
      for (const { route, end } of all) {
        const place = ends[route];
        if (place) place[end] = (nth - (order.length - 1) / 2) * step + shift;
      }
    });
  }
  return ends;
}

interface Attached {
  readonly line: number;
  turns: number;
  readonly ends: { route: number; end: 'exit' | 'entry' }[];
}

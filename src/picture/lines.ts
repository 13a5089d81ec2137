// The lines that routes are drawn as: parts of one bundle at the same place become one line, with all the ends it has.
import type { Grid, Leg, Route } from './grid.ts';
import type { TrackEnd } from './tracks.ts';

/** A line along the flow. */
export interface AlongLine {
  readonly at: number;
  from: number;
  to: number;
  /** Where lines across meet it, and on which side. */
  readonly ends: TrackEnd[];
  /** Nodes it touches: lines that touch the same node may lie on one another. */
  readonly nodes: Set<number>;
  /** Which way it turns: to lower places, straight, or to higher ones; and how far. */
  pull: -1 | 0 | 1;
  far: number;
}

/** A line across the flow, between two lines along it. */
export interface AcrossLine {
  readonly channel: number;
  /** Indexes of the lines along that it meets, and whether they come from before (-1) or go on after (1). */
  readonly meets: { readonly line: number; readonly side: -1 | 1 }[];
  /** The edges that are drawn over it. */
  readonly edges: number[];
}

export interface Lines {
  readonly along: readonly AlongLine[];
  readonly across: readonly AcrossLine[];
  /** By route: the line of each leg, and of each channel. */
  readonly alongOf: readonly (readonly number[])[];
  readonly acrossOf: readonly (readonly number[])[];
}

export function linesOf(grid: Grid, routes: readonly Route[]): Lines {
  const along: AlongLine[] = [];
  const across: AcrossLine[] = [];
  const known = new Map<string, number>();
  const alongOf = routes.map((route) =>
    route.legs.map((leg, nth) => {
      const key = leg.shared === undefined ? undefined : `${leg.shared} ${leg.at}`;
      const index = indexOf(
        key,
        known,
        along,
        (): AlongLine => ({
          at: leg.at,
          from: Math.min(leg.from, leg.to),
          to: Math.max(leg.from, leg.to),
          ends: [],
          nodes: new Set(),
          pull: 0,
          far: 0,
        }),
      );
      const line = along[index];
      if (line) extend(line, leg, nth, route, grid);
      return index;
    }),
  );
  const acrossOf = routes.map((route, edge) =>
    route.channels.map((channel, nth) => {
      const [a, b] = [alongOf[edge]?.[nth] ?? 0, alongOf[edge]?.[nth + 1] ?? 0];
      const key = channel.shared === undefined ? undefined : `${channel.shared} ${a} ${b} ${channel.at}`;
      const index = indexOf(key, known, across, () => ({ channel: channel.at, meets: [], edges: [] }));
      const line = across[index];
      line?.edges.push(edge);
      const [before, after] = [route.legs[nth], route.legs[nth + 1]];
      line?.meets.push(
        { line: a, side: (before?.from ?? 0) < 2 * channel.at ? -1 : 1 },
        { line: b, side: (after?.to ?? 0) < 2 * channel.at ? -1 : 1 },
      );
      return index;
    }),
  );
  return { along, across, alongOf, acrossOf };
}

function indexOf<T>(key: string | undefined, known: Map<string, number>, lines: T[], make: () => T): number {
  const found = key === undefined ? undefined : known.get(key);
  if (found !== undefined) return found;
  const index = lines.push(make()) - 1;
  if (key !== undefined) known.set(key, index);
  return index;
}

function extend(line: AlongLine, leg: Leg, nth: number, route: Route, grid: Grid): void {
  line.from = Math.min(line.from, leg.from, leg.to);
  line.to = Math.max(line.to, leg.from, leg.to);
  const isFirst = nth === 0;
  const isLast = nth === route.legs.length - 1;
  if (isFirst) line.nodes.add(route.from);
  if (isLast) line.nodes.add(route.to);
  const place = (node: number): number => 2 * (grid.cells[node]?.column ?? 0) + 1;
  const before = isFirst ? place(route.from) : (route.legs[nth - 1]?.at ?? 0);
  const after = isLast ? place(route.to) : (route.legs[nth + 1]?.at ?? 0);
  if (leg.at % 2 === 0) {
    line.ends.push({ at: leg.from, side: before < leg.at ? -1 : 1 }, { at: leg.to, side: after < leg.at ? -1 : 1 });
    return;
  }
  const other = isFirst ? after : before;
  const far = Math.abs(other - leg.at) + (isFirst && isLast ? 0 : Math.abs(leg.to - leg.from) / 1000);
  if (far < line.far) return;
  line.far = far;
  line.pull = Math.sign(other - leg.at) as -1 | 0 | 1;
}

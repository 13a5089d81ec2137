// The channels between the rows: puts the parts of the edges across the flow and the labels on tracks, and says how deep
// each channel gets by that.
import { trackWidth } from './geometry.ts';
import type { Grid, Route } from './grid.ts';
import { type LabelSpace, placeLabel } from './label.ts';
import type { Lines } from './lines.ts';
import { assignTracks, type TrackItem } from './tracks.ts';

/** Size of a label, across the flow and along it. */
export interface LabelSize {
  readonly across: number;
  readonly along: number;
}

/** A label's middle: across the flow from the border of the picture, along it from the start of its channel. */
export interface LabelPlace {
  readonly across: number;
  readonly along: number;
}

export interface Channels {
  readonly depths: readonly number[];
  /** Of each line across, from the start of its channel. */
  readonly lines: readonly number[];
  readonly labels: readonly (LabelPlace | undefined)[];
}

/** Before the first track of a channel, and after the last. */
const [above, below] = [12, 18];
const [least, leastFirst, leastLast] = [30, 16, 14];

interface Item extends TrackItem {
  readonly line?: number;
  readonly label?: { readonly edge: number; readonly across: number };
  readonly depth: number;
}

/** `places` are those of the lines along the flow, `sizes` those of the labels by edge. */
export function fillChannels(
  grid: Grid,
  routes: readonly Route[],
  lines: Lines,
  places: readonly number[],
  sizes: readonly (LabelSize | undefined)[],
  width: number,
): Channels {
  const depths: number[] = [];
  const offsets = lines.across.map(() => 0);
  const labels: (LabelPlace | undefined)[] = routes.map(() => undefined);
  const items = itemsOf(grid, routes, lines, places, sizes, width);
  for (let channel = 0; channel <= grid.rows; channel++) {
    const here = items[channel] ?? [];
    const tracks = assignTracks(here, 8);
    const deep: number[] = [];
    here.forEach(({ depth }, nth) => {
      const track = tracks[nth] ?? 0;
      deep[track] = Math.max(deep[track] ?? trackWidth, depth);
    });
    const middles: number[] = [];
    let sum = above;
    for (const depth of deep) {
      middles.push(sum + depth / 2);
      sum += depth;
    }
    here.forEach(({ line, label }, nth) => {
      const along = middles[tracks[nth] ?? 0] ?? above;
      if (line !== undefined) offsets[line] = along;
      if (label) labels[label.edge] = { across: label.across, along };
    });
    const empty = channel === 0 ? leastFirst : channel === grid.rows ? leastLast : least;
    depths.push(deep.length === 0 ? empty : Math.max(least, sum + below));
  }
  return { depths, lines: offsets, labels };
}

/** What stands in each channel: labels and the lines under them first, so that they stay near where they come from. */
function itemsOf(
  grid: Grid,
  routes: readonly Route[],
  lines: Lines,
  places: readonly number[],
  sizes: readonly (LabelSize | undefined)[],
  width: number,
): Item[][] {
  const items: Item[][] = Array.from({ length: grid.rows + 1 }, () => []);
  const passing = passingLines(grid, lines, places);
  const bearing = new Set<number>();
  routes.forEach((route, edge) => {
    const size = sizes[edge];
    if (!size) return;
    const isOn = route.channels[0]?.at === route.labelChannel && (route.legs[0]?.at ?? 0) % 2 === 1;
    const line = isOn ? lines.acrossOf[edge]?.[0] : undefined;
    const start = places[lines.alongOf[edge]?.[0] ?? 0] ?? 0;
    const end = isOn ? (places[lines.alongOf[edge]?.[1] ?? 0] ?? start) : start;
    const own = new Set(lines.alongOf[edge]);
    const others = (passing[route.labelChannel] ?? []).filter(({ line: other }) => !own.has(other));
    const space: LabelSpace = { from: 0, to: width, lines: others };
    const across = placeLabel(start, end, size.across, space);
    const item = { label: { edge, across }, depth: size.along + 6 };
    const [low, high] = [across - size.across / 2, across + size.across / 2];
    if (line === undefined || bearing.has(line)) {
      items[route.labelChannel]?.push({ ...item, from: low, to: high, ends: [] });
      return;
    }
    bearing.add(line);
    const bare = lineItem(line, lines, places);
    items[route.labelChannel]?.push({
      ...bare,
      ...item,
      from: Math.min(bare.from, low),
      to: Math.max(bare.to, high),
    });
  });
  for (const [at, line] of lines.across.entries())
    if (!bearing.has(at)) items[line.channel]?.push(lineItem(at, lines, places));
  return items;
}

function lineItem(at: number, lines: Lines, places: readonly number[]): Item {
  const ends = (lines.across[at]?.meets ?? []).map(({ line, side }) => ({ at: places[line] ?? 0, side }));
  const all = ends.map((end) => end.at);
  return { from: Math.min(...all), to: Math.max(...all), ends, line: at, depth: trackWidth };
}

/** The lines along the flow in each channel; those that end in it are only half in the way. */
function passingLines(grid: Grid, lines: Lines, places: readonly number[]) {
  const passing: { at: number; weight: number; line: number }[][] = Array.from({ length: grid.rows + 1 }, () => []);
  for (const [line, { from, to }] of lines.along.entries())
    for (let channel = Math.ceil(from / 2); 2 * channel <= to; channel++) {
      const weight = 2 * channel === from || 2 * channel === to ? 0.5 : 1;
      passing[channel]?.push({ at: places[line] ?? 0, weight, line });
    }
  return passing;
}

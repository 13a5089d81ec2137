// Coordinates across the flow: the middle of every column, the borders of every lane, and every line along the flow in
// its column or gap.
import { trackWidth } from './geometry.ts';
import type { Grid } from './grid.ts';
import type { AlongLine } from './lines.ts';
import { assignSlots, assignTracks } from './tracks.ts';

export interface Across {
  readonly size: number;
  /** Middle of each column. */
  readonly columns: readonly number[];
  readonly lanes: readonly { readonly at: number; readonly size: number }[];
  /** Of each line along the flow. */
  readonly lines: readonly number[];
}

/** Lines that meet a node at its end of the flow keep within its shape. */
export interface Slots {
  readonly width: number;
  readonly limit: number;
}

/** Room between the last column of a lane and the next lane. */
const laneEnd = 8;
const [gapRoom, lineRoom] = [16, 12];

export function placeAcross(
  grid: Grid,
  lines: readonly AlongLine[],
  columnsOfLane: readonly number[],
  columnSizes: readonly number[],
  laneSizes: readonly number[],
  slots: Slots,
): Across {
  const places = lines.map(() => 0);
  const byPlace: number[][] = Array.from({ length: 2 * grid.columns + 1 }, () => []);
  for (const [at, line] of lines.entries()) byPlace[line.at]?.push(at);
  const trackCounts = byPlace.map((there, place) => {
    const items = there.flatMap((at) => lines[at] ?? []);
    const chosen = place % 2 === 1 ? assignSlots(items, slots.limit) : assignTracksOf(items);
    for (const [nth, at] of there.entries()) places[at] = chosen[nth] ?? 0;
    return place % 2 === 1 ? 0 : Math.max(0, ...chosen.map((track) => track + 1));
  });
  const narrow = bordersOf(columnsOfLane, columnSizes, trackCounts);
  // A lane too narrow for its title gives the room to its first column.
  const sizes = [...columnSizes];
  let first = 0;
  for (const [lane, count] of columnsOfLane.entries()) {
    const missing = (laneSizes[lane] ?? 0) - (narrow.lanes[lane]?.size ?? 0);
    if (missing > 0) sizes[first] = (sizes[first] ?? 0) + missing;
    first += count;
  }
  const { size, columns, lanes, gapStarts } = bordersOf(columnsOfLane, sizes, trackCounts);
  const at = lines.map((line, nth) => {
    const place = places[nth] ?? 0;
    const half = Math.floor(line.at / 2);
    return line.at % 2 === 1 ? (columns[half] ?? 0) + place * slots.width : (gapStarts[half] ?? 0) + place * trackWidth;
  });
  return { size, columns, lanes, lines: at };
}

/** Short lines and those toward lower places first, so that they get the lower tracks where that makes no difference. */
function assignTracksOf(lines: readonly AlongLine[]): number[] {
  const lean = (line: AlongLine): number =>
    line.ends.reduce((sum, { side }) => sum + side, 0) / (line.ends.length || 1);
  const order = [...lines.keys()].sort((a, b) => {
    const [one, other] = [lines[a], lines[b]];
    return one && other ? lean(one) - lean(other) || one.to - one.from - (other.to - other.from) || a - b : 0;
  });
  const tracks = assignTracks(order.flatMap((at) => lines[at] ?? []));
  const chosen = lines.map(() => 0);
  for (const [nth, at] of order.entries()) chosen[at] = tracks[nth] ?? 0;
  return chosen;
}

function bordersOf(columnsOfLane: readonly number[], columnSizes: readonly number[], trackCounts: readonly number[]) {
  const gapStarts: number[] = [];
  const columns: number[] = [];
  const lanes: { at: number; size: number }[] = [];
  let at = 0;
  let column = 0;
  for (const [lane, count] of columnsOfLane.entries()) {
    if (lane > 0) at += laneEnd;
    const start = at;
    for (let nth = 0; nth < count; nth++, column++) {
      gapStarts.push(at + lineRoom);
      at += gapSize(trackCounts[2 * column] ?? 0);
      const size = columnSizes[column] ?? 0;
      columns.push(at + size / 2);
      at += size;
    }
    if (lane === columnsOfLane.length - 1) {
      gapStarts.push(at + lineRoom);
      at += gapSize(trackCounts[2 * column] ?? 0);
    }
    lanes.push({ at: start, size: at + (lane === columnsOfLane.length - 1 ? 0 : laneEnd) - start });
  }
  return { size: at, columns, lanes, gapStarts };
}

function gapSize(tracks: number): number {
  return tracks === 0 ? gapRoom : 2 * lineRoom + (tracks - 1) * trackWidth;
}

// Turns places on the grid into coordinates: widths of lanes, heights of rows, and room between them for every line and
// every label, so that no text lies on another. All is reckoned along the flow and across it, and turned at the end.

import { type Across, placeAcross } from './across.ts';
import { type Outlined, reachAcross, reachAlong, spreadSides } from './attach.ts';
import { fillChannels } from './channels.ts';
import { type Area, type Box, type Direction, iconWidth, lineHeight, type Measures, type Point } from './geometry.ts';
import type { Grid, Side } from './grid.ts';
import { linesOf } from './lines.ts';
import { type Placement, placeNodes } from './order.ts';
import type { Picture, PictureNode } from './picture.ts';
import { findRoutes } from './route.ts';
import { type Shape, shapeOf, sidePadding } from './shapes.ts';
import { type Measure, wrapText } from './text.ts';

export interface LaneLayout extends Area {
  /** Its title: above the lane, or left of it where lanes lie on their side. */
  readonly header: Area;
  readonly lines: readonly string[];
}

export interface Layout {
  readonly direction: Direction;
  readonly width: number;
  readonly height: number;
  /** How high the lane titles are, or how wide where they stand at the left. */
  readonly headerHeight: number;
  readonly headersAt: 'top' | 'left';
  readonly lanes: readonly LaneLayout[];
  readonly nodes: readonly (Box & { readonly shape: Shape })[];
  /** Undefined where an end of the edge is missing. */
  readonly edges: readonly ({ readonly points: readonly Point[]; readonly label?: Box } | undefined)[];
}

const nodeWidth = 150;
const labelLines = 4;
const border = 6;
/** What differs between the directions: room for text, and for lines that meet a node. */
const styles = {
  down: { labelWidth: 128, slots: { width: 14, limit: 4 }, sideRoom: 14, laneTitle: 0 },
  right: { labelWidth: 96, slots: { width: 7, limit: 2 }, sideRoom: 50, laneTitle: 120 },
} as const;

/** Where everything stands; the same picture and measures give the same layout. */
export function layOut(picture: Picture, measures: Measures, direction: Direction = 'down'): Layout {
  const style = styles[direction];
  const placement = placeNodes(picture);
  const grid = gridOf(placement);
  const sizes = picture.nodes.map((node) => sizeNode(node, measures.node));
  const texts = picture.edges.map((edge) => wrapText(edge.label ?? '', style.labelWidth, measures.label, labelLines));
  const drawn = drawnEdges(picture, texts);
  const routes = findRoutes(grid, drawn);
  const lines = linesOf(grid, routes);
  const laneLines = picture.lanes.map(({ title }) =>
    direction === 'down' ? [] : wrapText(title, style.laneTitle - 2 * border - iconWidth, measures.header, 4),
  );
  const laneSizes = laneLines.map((title) => (title.length === 0 ? 0 : title.length * lineHeight.header + 24));
  const columnSizes = sizesBy(grid.columns, sizes, placement.column, direction === 'down' ? 'width' : 'height');
  const across = placeAcross(grid, lines.along, placement.columnsOfLane, columnSizes, laneSizes, style.slots);
  const labels = drawn.map(({ at }) => boxOfLabel(texts[at] ?? [], measures.label));
  const labelSizes = labels.map(
    (box) => box && { across: acrossSize(box, direction), along: alongSize(box, direction) },
  );
  const channels = fillChannels(grid, routes, lines, across.lines, labelSizes, across.size);
  const headers = picture.lanes.map(({ title }, at) =>
    direction === 'right'
      ? (laneLines[at] ?? [])
      : wrapText(title, (across.lanes[at]?.size ?? 0) - 2 * border - iconWidth, measures.header, 3),
  );
  const headerHeight =
    direction === 'right'
      ? style.laneTitle
      : Math.max(1, ...headers.map((title) => title.length)) * lineHeight.header + 14;

  const rowSizes = sizesBy(grid.rows, sizes, placement.row, direction === 'down' ? 'height' : 'width');
  const starts: number[] = [];
  const middles: number[] = [];
  let along = headerHeight;
  for (let row = 0; row <= grid.rows; row++) {
    starts.push(along);
    along += channels.depths[row] ?? 0;
    if (row === grid.rows) break;
    middles.push(along + (rowSizes[row] ?? 0) / 2);
    along += rowSizes[row] ?? 0;
  }
  const length = along + 4;
  const turn = (a: number, b: number): Point => (direction === 'down' ? { x: a, y: b } : { x: b, y: a });

  const spots = sizes.map((_, at) => ({
    across: across.columns[placement.column[at] ?? 0] ?? 0,
    along: middles[placement.row[at] ?? 0] ?? 0,
  }));
  const sides = spreadSides(grid, routes, lines, across.lines, style.sideRoom);
  const edges: Layout['edges'][number][] = picture.edges.map(() => undefined);
  routes.forEach((route, at) => {
    const end = (node: number, side: Side, line: number | undefined, offset: number): Spot =>
      attach(sizes[node], spots[node], side, line, offset, direction);
    const xs = (lines.alongOf[at] ?? []).map((line) => across.lines[line] ?? 0);
    const ys = (lines.acrossOf[at] ?? []).map(
      (line) => (starts[lines.across[line]?.channel ?? 0] ?? 0) + (channels.lines[line] ?? 0),
    );
    const from = end(route.from, route.exit, xs[0], sides[at]?.exit ?? 0);
    const to = end(route.to, route.entry, xs.at(-1), sides[at]?.entry ?? 0);
    const points = pathOf(from, to, xs, ys).map((spot) => turn(spot.across, spot.along));
    const edge = drawn[at]?.at ?? 0;
    const [box, place] = [labels[at], channels.labels[at]];
    edges[edge] =
      box && place
        ? { points, label: { ...box, ...turn(place.across, (starts[route.labelChannel] ?? 0) + place.along) } }
        : { points };
  });
  const size = turn(across.size, length);
  return {
    direction,
    width: size.x,
    height: size.y,
    headerHeight,
    headersAt: direction === 'down' ? 'top' : 'left',
    lanes: picture.lanes.map((_, at) => laneArea(across.lanes[at], headers[at] ?? [], headerHeight, length, direction)),
    nodes: sizes.map((node, at) => ({ ...node, ...turn(spots[at]?.across ?? 0, spots[at]?.along ?? 0) })),
    edges,
  };
}

interface Spot {
  readonly across: number;
  readonly along: number;
}

function gridOf({ row, column, columnsOfLane }: Placement): Grid {
  return {
    cells: row.map((at, node) => ({ row: at, column: column[node] ?? 0 })),
    columns: columnsOfLane.reduce((sum, count) => sum + count, 0),
    rows: row.reduce((most, at) => Math.max(most, at), 0) + 1,
  };
}

function drawnEdges(picture: Picture, texts: readonly (readonly string[])[]) {
  const index = new Map(picture.nodes.map((node, at) => [node.id, at]));
  return picture.edges.flatMap((edge, at) => {
    const [from, to] = [index.get(edge.from), index.get(edge.to)];
    if (from === undefined || to === undefined) return [];
    return [{ at, from, to, labeled: (texts[at]?.length ?? 0) > 0, look: `${edge.kind} ${edge.handoff}` }];
  });
}

function sizeNode(node: PictureNode, measure: Measure): Box & { shape: Shape } {
  const shape = shapeOf(node);
  const room = nodeWidth - 2 * sidePadding(shape) - (node.performer === 'unassigned' ? 0 : iconWidth);
  const lines = wrapText(node.title.trim() === '' ? node.id : node.title, room, measure);
  return { x: 0, y: 0, width: nodeWidth, height: Math.max(40, lines.length * lineHeight.node + 16), lines, shape };
}

function boxOfLabel(lines: readonly string[], measure: Measure): Box | undefined {
  if (lines.length === 0) return undefined;
  const width = Math.max(...lines.map(measure)) + 8;
  return { x: 0, y: 0, width, height: lines.length * lineHeight.label + 4, lines };
}

function acrossSize({ width, height }: Box, direction: Direction): number {
  return direction === 'down' ? width : height;
}

function alongSize({ width, height }: Box, direction: Direction): number {
  return direction === 'down' ? height : width;
}

/** The largest of the nodes in each row or column. */
function sizesBy(count: number, nodes: readonly Box[], place: readonly number[], size: 'width' | 'height'): number[] {
  const sizes = new Array<number>(count).fill(size === 'width' ? nodeWidth : 40);
  for (const [at, node] of nodes.entries()) {
    const there = place[at] ?? 0;
    sizes[there] = Math.max(sizes[there] ?? 0, node[size]);
  }
  return sizes;
}

function laneArea(
  lane: Across['lanes'][number] | undefined,
  lines: readonly string[],
  headerHeight: number,
  length: number,
  direction: Direction,
): LaneLayout {
  const { at, size } = lane ?? { at: 0, size: 0 };
  return direction === 'down'
    ? { x: at, y: 0, width: size, height: length, header: { x: at, y: 0, width: size, height: headerHeight }, lines }
    : { x: 0, y: at, width: length, height: size, header: { x: 0, y: at, width: headerHeight, height: size }, lines };
}

/** From one end over the lines along (at `xs`) and across (at `ys`) to the other end, without a point that adds nothing. */
function pathOf(from: Spot, to: Spot, xs: readonly number[], ys: readonly number[]): Spot[] {
  const spots = [from];
  for (const [nth, across] of xs.entries()) {
    spots.push({ across, along: nth === 0 ? from.along : (ys[nth - 1] ?? 0) });
    spots.push({ across, along: ys[nth] ?? to.along });
  }
  spots.push(to);
  const apart = spots.filter((spot, at) => {
    const before = spots[at - 1];
    return !before || before.across !== spot.across || before.along !== spot.along;
  });
  return apart.filter((spot, at) => {
    const [before, after] = [apart[at - 1], apart[at + 1]];
    if (!before || !after) return true;
    const isStraight =
      (before.across === spot.across && spot.across === after.across) ||
      (before.along === spot.along && spot.along === after.along);
    return !isStraight;
  });
}

function attach(
  node: Outlined | undefined,
  spot: Spot | undefined,
  side: Side,
  line: number | undefined,
  offset: number,
  direction: Direction,
): Spot {
  if (!node || !spot) return { across: 0, along: 0 };
  const sign = side === 'before' || side === 'low' ? -1 : 1;
  if (side === 'before' || side === 'after') {
    const across = line ?? spot.across;
    return { across, along: spot.along + sign * reachAlong(node, direction, across - spot.across, sign) };
  }
  return { across: spot.across + sign * reachAcross(node, direction, offset, sign), along: spot.along + offset };
}

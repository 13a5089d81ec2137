// Turns places on the grid into coordinates: widths of lanes, heights of rows, and room between them for every line and
// every label, so that no text lies on another.

import { fillChannels } from './channels.ts';
import { type Box, iconWidth, lineHeight, type Measures, type Point, trackWidth } from './geometry.ts';
import { type Placement, placeNodes } from './order.ts';
import type { Picture, PictureNode } from './picture.ts';
import { findRoutes, type Grid, type Leg, type Route, type Side } from './route.ts';
import { halfHeightAt, halfWidthAt, type Shape, shapeOf, sidePadding } from './shapes.ts';
import { type Measure, wrapText } from './text.ts';
import { assignSlots, assignTracks } from './tracks.ts';

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly headerHeight: number;
  readonly lanes: readonly { readonly x: number; readonly width: number; readonly lines: readonly string[] }[];
  readonly nodes: readonly (Box & { readonly shape: Shape })[];
  /** Undefined where an end of the edge is missing. */
  readonly edges: readonly ({ readonly points: readonly Point[]; readonly label?: Box } | undefined)[];
}

const nodeWidth = 150;
const labelWidth = 128;
const labelLines = 4;
const slotWidth = 14;
/** Room between the last column of a lane and the next lane. */
const laneEnd = 8;
const border = 6;

/** Where everything stands; the same picture and measures give the same layout. */
export function layOut(picture: Picture, measures: Measures): Layout {
  const placement = placeNodes(picture);
  const { grid, columnsOfLane } = buildGrid(picture, placement);
  const nodes = picture.nodes.map((node) => sizeNode(node, measures.node));
  const index = new Map(picture.nodes.map((node, at) => [node.id, at]));
  const labels = picture.edges.map((edge) => wrapText(edge.label ?? '', labelWidth, measures.label, labelLines));
  const drawn = picture.edges.flatMap((edge, at) => {
    const [from, to] = [index.get(edge.from), index.get(edge.to)];
    return from === undefined || to === undefined ? [] : [{ at, from, to, labeled: (labels[at]?.length ?? 0) > 0 }];
  });
  const routes = findRoutes(grid, drawn);
  const across = placeAcross(grid, routes, columnsOfLane);
  const tracks = routes.map((route, at) => ({
    route,
    xs: route.legs.map((leg, nth) => across.xOf(at, nth, leg)),
    lines: labels[drawn[at]?.at ?? -1] ?? [],
  }));
  const channels = fillChannels(grid, tracks, measures.label);
  const headers = picture.lanes.map((lane, at) => {
    const { x, width } = across.lanes[at] ?? { x: 0, width: 0 };
    return { x, width, lines: wrapText(lane.title, width - 2 * border - iconWidth, measures.header, 3) };
  });
  const headerHeight = Math.max(1, ...headers.map(({ lines }) => lines.length)) * lineHeight.header + 14;

  const rowTops: number[] = [];
  const channelTops: number[] = [];
  let y = headerHeight;
  for (let row = 0; row <= grid.rows; row++) {
    channelTops.push(y);
    y += channels.height[row] ?? 0;
    rowTops.push(y);
    if (row < grid.rows) y += rowHeight(grid, nodes, row);
  }
  const boxes = nodes.map((node, at) => {
    const cell = grid.cells[at] ?? { row: 0, column: 0 };
    const middle = (rowTops[cell.row] ?? 0) + rowHeight(grid, nodes, cell.row) / 2;
    return { ...node, x: across.columns[cell.column] ?? 0, y: middle };
  });
  const sideOffsets = spreadSides(routes);
  const edges: Layout['edges'][number][] = picture.edges.map(() => undefined);
  tracks.forEach(({ route, xs, lines }, at) => {
    const ys = route.channels.map((channel, nth) => (channelTops[channel] ?? 0) + channels.trackOf(at, nth));
    const points = pathOf(route, xs, ys, boxes, sideOffsets[at] ?? { exit: 0, entry: 0 });
    const spot = channels.labels[at];
    const edge = drawn[at]?.at ?? 0;
    edges[edge] = spot
      ? { points, label: { ...spot, y: (channelTops[route.labelChannel] ?? 0) + spot.y, lines } }
      : { points };
  });
  return { width: across.width, height: y + 4, headerHeight, lanes: headers, nodes: boxes, edges };
}

function buildGrid(picture: Picture, placement: Placement): { grid: Grid; columnsOfLane: number[] } {
  const columnsOfLane = picture.lanes.map((lane) =>
    Math.max(1, ...picture.nodes.map((node, at) => (node.lane === lane.id ? (placement.order[at] ?? 0) + 1 : 0))),
  );
  const firstColumn = new Map(
    picture.lanes.map((lane, at) => [lane.id, columnsOfLane.slice(0, at).reduce((sum, count) => sum + count, 0)]),
  );
  const cells = picture.nodes.map((node, at) => ({
    row: placement.row[at] ?? 0,
    column: (firstColumn.get(node.lane) ?? 0) + (placement.order[at] ?? 0),
  }));
  const columns = columnsOfLane.reduce((sum, count) => sum + count, 0);
  return { grid: { cells, columns, rows: Math.max(0, ...cells.map(({ row }) => row)) + 1 }, columnsOfLane };
}

function sizeNode(node: PictureNode, measure: Measure): Box & { shape: Shape } {
  const shape = shapeOf(node);
  const room = nodeWidth - 2 * sidePadding(shape) - (node.performer === 'unassigned' ? 0 : iconWidth);
  const lines = wrapText(node.title.trim() === '' ? node.id : node.title, room, measure);
  return { x: 0, y: 0, width: nodeWidth, height: Math.max(40, lines.length * lineHeight.node + 16), lines, shape };
}

function rowHeight(grid: Grid, nodes: readonly Box[], row: number): number {
  return Math.max(40, ...nodes.map((node, at) => (grid.cells[at]?.row === row ? node.height : 0)));
}

/** Middle of every column, borders of every lane, and the x of every vertical line. */
function placeAcross(grid: Grid, routes: readonly Route[], columnsOfLane: readonly number[]) {
  const slots = new Map<string, number>();
  const gapCounts = new Array<number>(grid.columns + 1).fill(0);
  for (let at = 0; at <= grid.columns; at++) {
    const inColumn = legsAt(routes, 'column', at);
    const chosen = assignSlots(inColumn, 4);
    inColumn.forEach(({ key }, nth) => {
      slots.set(key, chosen[nth] ?? 0);
    });
    const inGap = legsAt(routes, 'gap', at).sort((a, b) => Math.abs(a.to - a.from) - Math.abs(b.to - b.from));
    const lined = assignTracks(inGap);
    inGap.forEach(({ key }, nth) => {
      slots.set(key, lined[nth] ?? 0);
    });
    gapCounts[at] = Math.max(0, ...lined.map((track) => track + 1));
  }
  const borders = new Set([0]);
  columnsOfLane.forEach((_, lane) => {
    borders.add(columnsOfLane.slice(0, lane + 1).reduce((sum, count) => sum + count, 0));
  });
  const gapStarts: number[] = [];
  const columns: number[] = [];
  const laneEdges: number[] = [];
  let x = 0;
  for (let at = 0; at <= grid.columns; at++) {
    const inBetween = at > 0 && at < grid.columns && borders.has(at);
    const before = inBetween ? laneEnd : 0;
    const lines = gapCounts[at] ?? 0;
    const inner = before + (lines === 0 ? 16 : 24 + (lines - 1) * trackWidth);
    gapStarts.push(x + before + 12);
    if (borders.has(at)) laneEdges.push(at === grid.columns ? x + inner : x + before);
    x += inner;
    if (at < grid.columns) {
      columns.push(x + nodeWidth / 2);
      x += nodeWidth;
    }
  }
  return {
    width: x,
    columns,
    lanes: columnsOfLane.map((_, lane) => {
      const left = laneEdges[lane] ?? 0;
      return { x: left, width: (laneEdges[lane + 1] ?? x) - left };
    }),
    xOf: (route: number, nth: number, leg: Leg): number => {
      const slot = slots.get(`${route} ${nth}`) ?? 0;
      if (leg.kind === 'column') return (columns[leg.at] ?? 0) + slot * slotWidth;
      return (gapStarts[leg.at] ?? 0) + slot * trackWidth;
    },
  };
}

function legsAt(routes: readonly Route[], kind: Leg['kind'], at: number) {
  return routes.flatMap((route, index) =>
    route.legs.flatMap((leg, nth) => {
      if (leg.kind !== kind || leg.at !== at) return [];
      const place = (other: Leg): number => (other.kind === 'gap' ? other.at - 0.5 : other.at);
      const beside = route.legs[nth + 1] ?? route.legs[nth - 1] ?? leg;
      const pull = Math.sign(place(beside) - place(leg)) as -1 | 0 | 1;
      return [{ key: `${index} ${nth}`, from: leg.from, to: leg.to, pull }];
    }),
  );
}

/** Where lines leave or reach the left and right sides, above and below the middle. */
function spreadSides(routes: readonly Route[]): { exit: number; entry: number }[] {
  const ends = routes.map(() => ({ exit: 0, entry: 0 }));
  const bySide = new Map<string, { route: number; end: 'exit' | 'entry' }[]>();
  routes.forEach((route, at) => {
    for (const end of ['exit', 'entry'] as const) {
      if (route[end] === 'top' || route[end] === 'bottom') continue;
      const key = `${end === 'exit' ? route.from : route.to} ${route[end]}`;
      bySide.set(key, [...(bySide.get(key) ?? []), { route: at, end }]);
    }
  });
  for (const attached of bySide.values()) {
    const step = Math.min(11, 30 / attached.length);
    attached.forEach(({ route, end }, nth) => {
      const place = ends[route];
      if (place) place[end] = (nth - (attached.length - 1) / 2) * step;
    });
  }
  return ends;
}

function pathOf(
  route: Route,
  xs: readonly number[],
  ys: readonly number[],
  boxes: readonly (Box & { shape: Shape })[],
  side: { exit: number; entry: number },
): Point[] {
  const points: Point[] = [];
  xs.forEach((x, nth) => {
    if (nth > 0) points.push({ x, y: ys[nth - 1] ?? 0 });
    const y = ys[nth];
    if (y !== undefined) points.push({ x, y });
  });
  const start = attach(boxes[route.from], route.exit, xs[0], side.exit);
  const end = attach(boxes[route.to], route.entry, xs.at(-1), route.legs.length === 0 ? side.exit : side.entry);
  const first = xs[0];
  const last = xs.at(-1);
  return [
    start,
    ...(first !== undefined && first !== start.x ? [{ x: first, y: start.y }] : []),
    ...points,
    ...(last !== undefined && last !== end.x ? [{ x: last, y: end.y }] : []),
    end,
  ];
}

function attach(box: (Box & { shape: Shape }) | undefined, side: Side, x: number | undefined, offset: number): Point {
  if (!box) return { x: 0, y: 0 };
  if (side === 'top' || side === 'bottom') {
    const reach = halfHeightAt(box.shape, box.width, box.height, (x ?? box.x) - box.x);
    return { x: x ?? box.x, y: box.y + (side === 'top' ? -reach : reach) };
  }
  const sign = side === 'left' ? -1 : 1;
  return { x: box.x + sign * halfWidthAt(box.shape, box.width, box.height, offset, sign), y: box.y + offset };
}

// What a person would complain about in a laid-out picture, reckoned from its coordinates alone.
import type { Area, Box, Point } from '../../src/picture/geometry.ts';
import type { Layout } from '../../src/picture/layout.ts';
import type { Picture } from '../../src/picture/picture.ts';

export interface Quality {
  /** Each is said in words, so that a failing test names what is wrong. */
  readonly nodesOnNodes: readonly string[];
  readonly labelsOnLabels: readonly string[];
  readonly labelsOnNodes: readonly string[];
  readonly edgesThroughNodes: readonly string[];
  /** Parts that lie on one another although the edges share no end. */
  readonly edgesOnEdges: readonly string[];
  readonly slanted: readonly string[];
  readonly outsideLane: readonly string[];
  readonly outsidePicture: readonly string[];
  readonly backward: readonly string[];
  /** Points at which a line crosses another; lines of one bundle that cross a third at one point count once. */
  readonly crossings: number;
}

interface Segment {
  readonly edge: number;
  readonly a: Point;
  readonly b: Point;
}

/** `forward` names the edges that must lead on. */
export function qualityOf(picture: Picture, layout: Layout, forward: ReadonlySet<number> = new Set()): Quality {
  const nodes = layout.nodes.map((node, at) => ({ name: picture.nodes[at]?.id ?? '', area: areaOf(node) }));
  const labels = layout.edges.flatMap((edge, at) =>
    edge?.label ? [{ name: `label of ${picture.edges[at]?.id}`, area: areaOf(edge.label) }] : [],
  );
  const segments = layout.edges.flatMap((edge, at) => (edge ? segmentsOf(edge.points, at) : []));
  const name = (edge: number): string => `${picture.edges[edge]?.from} -> ${picture.edges[edge]?.to}`;
  const indexOf = new Map(picture.nodes.map(({ id }, at) => [id, at]));
  const laneOf = new Map(picture.lanes.map(({ id }, at) => [id, at]));
  const whole: Area = { x: 0, y: 0, width: layout.width, height: layout.height };
  return {
    nodesOnNodes: meetings(nodes, nodes),
    labelsOnLabels: meetings(labels, labels),
    labelsOnNodes: meetings(labels, nodes),
    edgesThroughNodes: throughNodes(picture, segments, nodes).map(([edge, node]) => `${name(edge)} through ${node}`),
    edgesOnEdges: overlapping(segments, picture).map(([a, b]) => `${name(a)} on ${name(b)}`),
    slanted: segments.flatMap(({ edge, a, b }) =>
      Math.abs(a.x - b.x) > 0.01 && Math.abs(a.y - b.y) > 0.01 ? [name(edge)] : [],
    ),
    outsideLane: nodes.flatMap(({ name: node, area }, at) => {
      const lane = layout.lanes[laneOf.get(picture.nodes[at]?.lane ?? '') ?? -1];
      return lane && !(inside(area, lane) && !touch(area, lane.header)) ? [node] : [];
    }),
    outsidePicture: [
      ...[...nodes, ...labels].flatMap(({ name: what, area }) => (inside(area, whole) ? [] : [what])),
      ...segments.flatMap(({ edge, a, b }) =>
        [a, b].every(({ x, y }) => x >= 0 && y >= 0 && x <= whole.width && y <= whole.height) ? [] : [name(edge)],
      ),
    ],
    backward: [...forward].flatMap((edge) => {
      const { from = '', to = '' } = picture.edges[edge] ?? {};
      const [a, b] = [layout.nodes[indexOf.get(from) ?? -1], layout.nodes[indexOf.get(to) ?? -1]];
      return a && b && (layout.direction === 'down' ? a.y < b.y : a.x < b.x) ? [] : [name(edge)];
    }),
    crossings: crossingsOf(segments.map(({ a, b }) => [a, b])),
  };
}

/** The faults of a picture that must have none, in words. */
export function faultsOf({ crossings: _, ...faults }: Quality): string[] {
  return Object.entries(faults).flatMap(([kind, all]) => all.map((one) => `${kind}: ${one}`));
}

/** Points at which straight parts cross, ends that only touch left out. */
export function crossingsOf(segments: readonly (readonly [Point, Point])[]): number {
  const points = new Set<string>();
  for (const [nth, [a, b]] of segments.entries())
    for (const [c, d] of segments.slice(nth + 1)) {
      const [one, other] = [side(a, b, c) * side(a, b, d), side(c, d, a) * side(c, d, b)];
      if (one >= 0 || other >= 0) continue;
      const share = side(c, d, a) / (side(c, d, a) - side(c, d, b));
      points.add(`${Math.round(a.x + (b.x - a.x) * share)} ${Math.round(a.y + (b.y - a.y) * share)}`);
    }
  return points.size;
}

function side(a: Point, b: Point, point: Point): number {
  const area = (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x);
  return Math.abs(area) < 1e-6 ? 0 : area;
}

function areaOf({ x, y, width, height }: Box): Area {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

function touch(a: Area, b: Area): boolean {
  const by = 0.5;
  return a.x < b.x + b.width - by && b.x < a.x + a.width - by && a.y < b.y + b.height - by && b.y < a.y + a.height - by;
}

function inside(a: Area, b: Area): boolean {
  return a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
}

interface Named {
  readonly name: string;
  readonly area: Area;
}

function meetings(some: readonly Named[], others: readonly Named[]): string[] {
  return some.flatMap((a, nth) =>
    (some === others ? some.slice(nth + 1) : others).flatMap((b) =>
      touch(a.area, b.area) ? [`${a.name} on ${b.name}`] : [],
    ),
  );
}

function segmentsOf(points: readonly Point[], edge: number): Segment[] {
  return points.slice(1).map((b, at) => ({ edge, a: points[at] ?? b, b }));
}

/** Edges inside a node, also one of their own ends: an outline may be slanted or round by a few pixels. */
function throughNodes(picture: Picture, segments: readonly Segment[], nodes: readonly Named[]): [number, string][] {
  return segments.flatMap(({ edge, a, b }) => {
    const { from, to } = picture.edges[edge] ?? {};
    const line: Area = {
      x: Math.min(a.x, b.x) - 0.5,
      y: Math.min(a.y, b.y) - 0.5,
      width: Math.abs(a.x - b.x) + 1,
      height: Math.abs(a.y - b.y) + 1,
    };
    return nodes.flatMap(({ name, area }): [number, string][] => {
      const by = name === from || name === to ? 13 : 0;
      const inner = { x: area.x + by, y: area.y + by, width: area.width - 2 * by, height: area.height - 2 * by };
      return touch(line, inner) ? [[edge, name]] : [];
    });
  });
}

function overlapping(segments: readonly Segment[], picture: Picture): [number, number][] {
  const rows = new Map<string, { edge: number; from: number; to: number }[]>();
  for (const { edge, a, b } of segments) {
    const upright = Math.abs(a.x - b.x) < 0.01;
    const key = upright ? `x ${Math.round(a.x * 2)}` : `y ${Math.round(a.y * 2)}`;
    const [p, q] = upright ? [a.y, b.y] : [a.x, b.x];
    rows.set(key, [...(rows.get(key) ?? []), { edge, from: Math.min(p, q), to: Math.max(p, q) }]);
  }
  const found: [number, number][] = [];
  for (const row of rows.values())
    for (const [nth, a] of row.entries())
      for (const b of row.slice(nth + 1)) {
        const [one, other] = [picture.edges[a.edge], picture.edges[b.edge]];
        if (!one || !other || a.edge === b.edge || a.from >= b.to - 0.5 || b.from >= a.to - 0.5) continue;
        const ends = new Set([one.from, one.to]);
        if (!ends.has(other.from) && !ends.has(other.to)) found.push([a.edge, b.edge]);
      }
  return found;
}

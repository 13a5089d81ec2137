// What a reader would complain about in a drawn picture, read from the geometry of its SVG, whoever drew it.

/** Where the parts of a picture are in the SVG that shows them. */
export interface DrawnParts {
  readonly root: SVGSVGElement;
  readonly nodes: readonly { readonly id: string; readonly shape: SVGGraphicsElement }[];
  /** The texts of labels, without what is behind them. */
  readonly labels: readonly SVGGraphicsElement[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly path: SVGPathElement }[];
}

export interface DrawnFaults {
  readonly crossings: number;
  readonly nodesOnNodes: number;
  /** On labels or nodes. */
  readonly labelsOnOthers: number;
  /** Nodes that an edge runs through, other than those it joins. */
  readonly edgesThroughNodes: number;
}

interface Segment {
  readonly edge: number;
  readonly a: DOMPoint;
  readonly b: DOMPoint;
}

export function faultsIn({ root, nodes, labels, edges }: DrawnParts): DrawnFaults {
  const toRoot = root.getScreenCTM()?.inverse() ?? new DOMMatrix();
  const placeOf = (element: SVGGraphicsElement): DOMMatrix =>
    toRoot.multiply(element.getScreenCTM() ?? new DOMMatrix());
  const nodeBoxes = nodes.map(({ shape }) => boxOf(shape, placeOf(shape)));
  const labelBoxes = labels.map((label) => boxOf(label, placeOf(label))).filter(({ width }) => width > 1);
  const lines = edges.map(({ path }) => {
    const place = placeOf(path);
    return pointsOf(path).map((point) => point.matrixTransform(place));
  });
  const segments = lines.flatMap((points, edge) =>
    points.slice(1).map((b, at): Segment => ({ edge, a: points[at] ?? b, b })),
  );
  const outlines = nodes.map(({ shape }) => outlineOf(shape, placeOf(shape).inverse()));
  const through = new Set<string>();
  for (const { edge, a, b } of segments) {
    for (const [at, box] of nodeBoxes.entries()) {
      const { id } = nodes[at] ?? {};
      if (id === edges[edge]?.from || id === edges[edge]?.to || !meets(a, b, box)) continue;
      if (samples(a, b).some((point) => isInside(point, box) && outlines[at]?.(point))) through.add(`${edge} ${id}`);
    }
  }
  return {
    crossings: crossingsOf(segments),
    nodesOnNodes: pairsThatTouch(nodeBoxes),
    labelsOnOthers:
      pairsThatTouch(labelBoxes) +
      labelBoxes.reduce((sum, label) => sum + nodeBoxes.filter((node) => touch(label, node)).length, 0),
    edgesThroughNodes: through.size,
  };
}

function boxOf(element: SVGGraphicsElement, place: DOMMatrix): DOMRect {
  const { x, y, width, height } = element.getBBox();
  const a = new DOMPoint(x, y).matrixTransform(place);
  const b = new DOMPoint(x + width, y + height).matrixTransform(place);
  return new DOMRect(a.x, a.y, b.x - a.x, b.y - a.y);
}

/** Whether a point of the picture is inside the shape, which may be a group of outlines. */
function outlineOf(shape: SVGGraphicsElement, toShape: DOMMatrix): (point: DOMPoint) => boolean {
  const outlines = [shape, ...shape.querySelectorAll('*')].filter((part) => part instanceof SVGGeometryElement);
  return (point) => outlines.some((outline) => outline.isPointInFill(point.matrixTransform(toShape)));
}

function pairsThatTouch(boxes: readonly DOMRect[]): number {
  return boxes.reduce((sum, a, at) => sum + boxes.slice(at + 1).filter((b) => touch(a, b)).length, 0);
}

function touch(a: DOMRect, b: DOMRect): boolean {
  const by = 0.5;
  return a.left < b.right - by && b.left < a.right - by && a.top < b.bottom - by && b.top < a.bottom - by;
}

/** Nearer to the border than this an edge passes by. */
const margin = 2;

function isInside({ x, y }: DOMPoint, { left, right, top, bottom }: DOMRect): boolean {
  return x > left + margin && x < right - margin && y > top + margin && y < bottom - margin;
}

function meets(a: DOMPoint, b: DOMPoint, { left, right, top, bottom }: DOMRect): boolean {
  return (
    Math.min(a.x, b.x) < right && Math.max(a.x, b.x) > left && Math.min(a.y, b.y) < bottom && Math.max(a.y, b.y) > top
  );
}

function samples(a: DOMPoint, b: DOMPoint): DOMPoint[] {
  const count = Math.max(1, Math.ceil(Math.hypot(a.x - b.x, a.y - b.y) / 3));
  return Array.from({ length: count + 1 }, (_, at) => between(a, b, at / count));
}

function between(a: DOMPoint, b: DOMPoint, share: number): DOMPoint {
  return new DOMPoint(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share);
}

/**
 * The corners of a path and some points of its curves. An arc is the little bridge by which mermaid leads a line over
 * another: the line goes straight on there. A path of other commands is sampled along its length, which takes long.
 */
function pointsOf(path: SVGPathElement): DOMPoint[] {
  const d = path.getAttribute('d') ?? '';
  if (/[^MLQCA\d\s,.eE+-]/.test(d)) {
    const length = path.getTotalLength();
    const count = Math.max(1, Math.ceil(length / 2));
    return Array.from({ length: count + 1 }, (_, at) =>
      DOMPoint.fromPoint(path.getPointAtLength((length * at) / count)),
    );
  }
  const points: DOMPoint[] = [];
  for (const [, command = '', rest = ''] of d.matchAll(/([MLQCA])([^MLQCA]*)/g)) {
    const all = (rest.match(/[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/gi) ?? []).map(Number);
    const numbers = command === 'A' ? all.filter((_, at) => at % 7 > 4) : all;
    const corners = numbers.flatMap((x, at) => (at % 2 === 0 ? [new DOMPoint(x, numbers[at + 1])] : []));
    const size = { M: 1, L: 1, Q: 2, C: 3 }[command] ?? 1;
    for (let at = 0; at < corners.length; at += size) {
      const control = [points.at(-1) ?? new DOMPoint(), ...corners.slice(at, at + size)];
      for (let nth = 1; nth <= (size === 1 ? 1 : 6); nth++) points.push(onCurve(control, size === 1 ? 1 : nth / 6));
    }
  }
  return points;
}

/** By de Casteljau, for a curve of any degree. */
function onCurve(control: readonly DOMPoint[], share: number): DOMPoint {
  const [first = new DOMPoint(), ...more] = control;
  if (more.length === 0) return first;
  return onCurve(
    more.map((point, at) => between(control[at] ?? point, point, share)),
    share,
  );
}

/** Points at which lines of two edges cross; touching is none, and lines of a bundle that cross a third there count once. */
function crossingsOf(segments: readonly Segment[]): number {
  const sorted = segments
    .map((segment) => ({
      ...segment,
      top: Math.min(segment.a.y, segment.b.y),
      bottom: Math.max(segment.a.y, segment.b.y),
      left: Math.min(segment.a.x, segment.b.x),
      right: Math.max(segment.a.x, segment.b.x),
    }))
    .sort((one, other) => one.top - other.top);
  const points = new Set<string>();
  for (const [nth, one] of sorted.entries()) {
    for (let at = nth + 1; at < sorted.length; at++) {
      const other = sorted[at];
      if (!other || other.top > one.bottom) break;
      if (other.edge === one.edge || other.left > one.right || one.left > other.right) continue;
      if (!areApart(one.a, one.b, other.a, other.b)) continue;
      const [before, after] = [distance(other.a, other.b, one.a), distance(other.a, other.b, one.b)];
      if (!areOpposite(before, after)) continue;
      const { x, y } = between(one.a, one.b, before / (before - after));
      points.add(`${Math.round(x)} ${Math.round(y)}`);
    }
  }
  return points.size;
}

function areApart(a: DOMPoint, b: DOMPoint, c: DOMPoint, d: DOMPoint): boolean {
  return areOpposite(distance(a, b, c), distance(a, b, d));
}

function areOpposite(a: number, b: number): boolean {
  const least = 0.05;
  return (a > least && b < -least) || (a < -least && b > least);
}

/** Of a point from the line through a and b, in pixels, with a sign for its side. */
function distance(a: DOMPoint, b: DOMPoint, point: DOMPoint): number {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  return ((b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x)) / length;
}

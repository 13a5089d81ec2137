// Outlines of the steps and the lines inside the icons. The kind of a step decides where a convention exists (decision,
// wait, start, end, sub-workflow); otherwise the one who performs it does.
import type { LaneKind, NodeKind, PictureNode } from './picture.ts';

export type Shape =
  | 'rounded'
  | 'stacked'
  | 'cut'
  | 'barred'
  | 'lean'
  | 'lean-back'
  | 'plain'
  | 'pill'
  | 'hexagon'
  | 'delay'
  | 'framed';

const shapeOfPerformer: Record<LaneKind, Shape> = {
  human: 'rounded',
  team: 'stacked',
  agent: 'cut',
  system: 'barred',
  external: 'lean',
  vendor: 'lean-back',
  unassigned: 'plain',
};

const shapeOfKind: Partial<Record<NodeKind, Shape>> = {
  start: 'pill',
  end: 'pill',
  decision: 'hexagon',
  route: 'hexagon',
  wait: 'delay',
  scope: 'framed',
  call: 'framed',
};

/** How far a slanted, cut or pointed side reaches into the shape. */
const slant: Partial<Record<Shape, number>> = { cut: 9, lean: 8, 'lean-back': 8, hexagon: 12 };

export function shapeOf(node: Pick<PictureNode, 'kind' | 'performer'>): Shape {
  return shapeOfKind[node.kind] ?? shapeOfPerformer[node.performer] ?? 'plain';
}

/** Room that the outline takes from the text, left and right. */
export function sidePadding(shape: Shape): number {
  return { barred: 12, pill: 12, delay: 11, framed: 11, hexagon: 12, lean: 11, 'lean-back': 11 }[shape as string] ?? 8;
}

/** Half the height of the shape, `dx` away from its middle. */
export function halfHeightAt(shape: Shape, width: number, height: number, dx: number): number {
  const fromSide = width / 2 - Math.abs(dx);
  if (shape === 'hexagon') return (height / 2) * Math.min(1, fromSide / 12);
  const radius = Math.min(height / 2, 20);
  const round = shape === 'pill' || (shape === 'delay' && dx > 0);
  if (!round || fromSide >= radius) return height / 2;
  return height / 2 - radius + Math.sqrt(Math.max(0, radius ** 2 - (radius - fromSide) ** 2));
}

/** Distance from the middle to the left (-1) or right (1) side, `dy` below the middle. */
export function halfWidthAt(shape: Shape, width: number, height: number, dy: number, side: -1 | 1): number {
  const share = (2 * dy) / height;
  if (shape === 'hexagon') return width / 2 - 12 * Math.abs(share);
  if (shape === 'lean') return width / 2 - 4 - 4 * share * side;
  if (shape === 'lean-back') return width / 2 - 4 + 4 * share * side;
  const fromEnd = height / 2 - Math.abs(dy);
  if (shape === 'cut') return width / 2 - Math.max(0, 9 - fromEnd);
  const radius = shape === 'pill' || (shape === 'delay' && side > 0) ? Math.min(height / 2, 20) : 0;
  if (fromEnd >= radius) return width / 2;
  return width / 2 - radius + Math.sqrt(Math.max(0, radius ** 2 - (radius - fromEnd) ** 2));
}

/** Path of the outline around (0, 0); a second path, where there is one, is drawn without a fill. */
export function outline(shape: Shape, width: number, height: number): { body: string; detail?: string } {
  const [x, y] = [width / 2, height / 2];
  const s = slant[shape] ?? 0;
  switch (shape) {
    case 'rounded':
      return { body: roundedRect(x, y, 10, 10) };
    case 'stacked':
      return { body: roundedRect(x, y, 5, 5), detail: `M${-x + 5} ${-y - 4}H${x + 4}V${y - 5}` };
    case 'cut':
      return {
        body: `M${-x + s} ${-y}H${x - s}L${x} ${-y + s}V${y - s}L${x - s} ${y}H${-x + s}L${-x} ${y - s}V${-y + s}Z`,
      };
    case 'barred':
      return { body: roundedRect(x, y, 0, 0), detail: `M${-x + 5} ${-y}V${y}M${x - 5} ${-y}V${y}` };
    case 'lean':
      return { body: `M${-x + s} ${-y}H${x}L${x - s} ${y}H${-x}Z` };
    case 'lean-back':
      return { body: `M${-x} ${-y}H${x - s}L${x} ${y}H${-x + s}Z` };
    case 'pill':
      return { body: roundedRect(x, y, Math.min(y, 20), Math.min(y, 20)) };
    case 'hexagon':
      return { body: `M${-x + s} ${-y}H${x - s}L${x} 0L${x - s} ${y}H${-x + s}L${-x} 0Z` };
    case 'delay':
      return { body: roundedRect(x, y, 2, Math.min(y, 20)) };
    case 'framed':
      return {
        body: roundedRect(x, y, 3, 3),
        detail: `M${-x + 3.5} ${-y + 3.5}H${x - 3.5}V${y - 3.5}H${-x + 3.5}Z`,
      };
    case 'plain':
      return { body: roundedRect(x, y, 3, 3) };
  }
}

function roundedRect(x: number, y: number, left: number, right: number): string {
  const corner = (r: number, dx: number, dy: number): string => (r === 0 ? '' : `a${r} ${r} 0 0 1 ${dx} ${dy}`);
  return [
    `M${-x + left} ${-y}H${x - right}${corner(right, right, right)}V${y - right}${corner(right, -right, right)}`,
    `H${-x + left}${corner(left, -left, -left)}V${-y + left}${corner(left, left, -left)}Z`,
  ].join('');
}

/** Strokes of a 16 by 16 icon for who performs. */
export const performerIcons: Record<LaneKind, string> = {
  human: 'M8 2.2a2.9 2.9 0 1 1 0 5.8a2.9 2.9 0 1 1 0-5.8M2.5 14.2c0-6 11-6 11 0Z',
  team: 'M5.6 3a2.3 2.3 0 1 1 0 4.6a2.3 2.3 0 1 1 0-4.6M1.2 13.4c0-5.2 8.8-5.2 8.8 0ZM10.6 3.2a2.1 2.1 0 1 1 .6 4.1M11.2 9.3c2.2 0 3.6 1.4 3.6 4.1h-2',
  agent:
    'M3 5.5h10v8H3ZM8 5.5v-2.6M8 1.6a.6.6 0 1 1 0 1.2a.6.6 0 1 1 0-1.2M5.8 8.2v1.4M10.2 8.2v1.4M6 11.6h4M1.2 8.5v2.6M14.8 8.5v2.6',
  system:
    'M8 5.4a2.6 2.6 0 1 1 0 5.2a2.6 2.6 0 1 1 0-5.2M8 1.2v2M8 12.8v2M1.2 8h2M12.8 8h2M3.2 3.2l1.4 1.4M11.4 11.4l1.4 1.4M3.2 12.8l1.4-1.4M11.4 4.6l1.4-1.4M8 3.2a4.8 4.8 0 1 1 0 9.6a4.8 4.8 0 1 1 0-9.6',
  external:
    'M8 1.8a6.2 6.2 0 1 1 0 12.4a6.2 6.2 0 1 1 0-12.4M1.8 8h12.4M8 1.8c-3.6 3.4-3.6 9 0 12.4c3.6-3.4 3.6-9 0-12.4',
  vendor: 'M2.5 14.2v-8l5 -3v3l6-3v11ZM5 9h1.5M9.5 9h1.5M5 11.6h1.5M9.5 11.6h1.5',
  unassigned: 'M5.6 6a2.5 2.5 0 1 1 3.4 2.3c-.8.4-1 .8-1 1.8M8 12.4v.4',
};

/** Strokes of a 16 by 16 sign for the kinds of step that are more than work. */
export const kindIcons: Partial<Record<NodeKind, string>> = {
  start: 'M5.5 4l6 4l-6 4Z',
  review: 'M2.5 8c2.4-4.2 8.6-4.2 11 0c-2.4 4.2-8.6 4.2-11 0M8 6.6a1.4 1.4 0 1 1 0 2.8a1.4 1.4 0 1 1 0-2.8',
  approval: 'M3.8 8.4l2.8 2.8l5.6-6',
  decision: 'M8 3l5 5l-5 5l-5-5Z',
  route: 'M8 3l5 5l-5 5l-5-5Z',
  contest: 'M5 13V3.4h6.5l-1.6 2.4l1.6 2.4H5',
  wait: 'M8 4.4V8l2.6 1.6M8 2.6a5.4 5.4 0 1 1 0 10.8a5.4 5.4 0 1 1 0-10.8',
  disclose: 'M8 7.4v4.4M8 4.2v.6',
  scope: 'M8 4.4v7.2M4.4 8h7.2',
  call: 'M5 11l6-6M6.4 5H11v4.6',
  end: 'M5 5h6v6H5Z',
};

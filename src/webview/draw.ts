// Draws a laid-out diagram as SVG. Looks come from the style sheet by class, so a change of theme needs no new drawing;
// text enters only as text.
import type { Diagram, DiagramEdge, DiagramNode, DiagramWords } from '../protocol.ts';
import { type Box, iconWidth, lineHeight, type Point } from './geometry.ts';
import type { Layout } from './layout.ts';
import { kindIcons, outline, performerIcons, sidePadding } from './shapes.ts';
import { fill } from './words.ts';

export function drawDiagram(diagram: Diagram, layout: Layout, words: DiagramWords): SVGSVGElement {
  const svg = element('svg', { class: 'aiwf-svg', role: 'group', 'aria-roledescription': words.picture });
  svg.setAttribute('aria-label', fill(words.workflow, diagram.title));
  const drawing = element('g', { class: 'aiwf-drawing' });
  const lanes = element('g', { class: 'aiwf-lanes' });
  const headers = element('g', { class: 'aiwf-headers' });
  diagram.lanes.forEach((lane, at) => {
    const { x, width, lines } = layout.lanes[at] ?? { x: 0, width: 0, lines: [] };
    const shared = { 'data-lane': lane.id, class: `aiwf-lane aiwf-by-${lane.kind}` };
    const body = element('g', { ...shared, 'aria-hidden': 'true' });
    body.append(element('rect', { class: 'aiwf-lane-body', x, y: 0, width, height: layout.height }));
    lanes.append(body);
    const header = element('g', { class: `aiwf-lane-header aiwf-by-${lane.kind}`, role: 'img' });
    header.setAttribute('aria-label', fill(words.lane, lane.title, words.performers[lane.kind]));
    header.append(element('rect', { class: 'aiwf-lane-title', x, y: 0, width, height: layout.headerHeight }));
    header.append(element('rect', { class: 'aiwf-lane-bar', x, y: layout.headerHeight - 3, width, height: 3 }));
    const room = { x: x + width / 2 + iconWidth / 2, y: layout.headerHeight / 2 - 1, lines };
    const text = textAt(room, lineHeight.header, 'aiwf-lane-text');
    header.append(
      text,
      icon(performerIcons[lane.kind], x + 7, layout.headerHeight / 2 - 10, 'aiwf-icon'),
      tip(lane.title),
    );
    headers.append(header);
  });
  const edges = element('g', { class: 'aiwf-edges' });
  const labels = element('g', { class: 'aiwf-labels' });
  diagram.edges.forEach((edge, at) => {
    const place = layout.edges[at];
    if (!place) return;
    edges.append(drawEdge(edge, place.points, diagram, words));
    if (place.label) labels.append(drawLabel(edge, place.label));
  });
  const nodes = element('g', { class: 'aiwf-nodes' });
  diagram.nodes.forEach((node, at) => {
    const place = layout.nodes[at];
    if (place) nodes.append(drawNode(node, place, diagram, words));
  });
  drawing.append(lanes, edges, labels, nodes, headers);
  svg.append(drawing);
  return svg;
}

/** An icon of 16 by 16 whose corner is at x, y. */
export function icon(path: string, x: number, y: number, className: string): SVGElement {
  const group = element('g', { class: className, transform: `translate(${x} ${y})`, 'aria-hidden': 'true' });
  group.append(element('path', { d: path }));
  return group;
}

export function element<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Record<string, string | number> = {},
): SVGElementTagNameMap[K] {
  const created = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, String(value));
  return created;
}

function drawNode(node: DiagramNode, box: Layout['nodes'][number], diagram: Diagram, words: DiagramWords): SVGElement {
  const lane = diagram.lanes.find(({ id }) => id === node.lane);
  const group = element('g', {
    class: `aiwf-node aiwf-by-${node.performer} aiwf-kind-${node.kind} aiwf-shape-${box.shape}`,
    'data-step': node.id,
    transform: `translate(${box.x} ${box.y})`,
    tabindex: 0,
    role: 'button',
  });
  const name = [
    fill(words.node, node.title || node.id, words.kinds[node.kind], lane?.title ?? node.lane),
    ...(node.performer === 'unassigned' ? [] : [words.performers[node.performer]]),
    ...(node.scope === undefined ? [] : [fill(words.inside, node.scope)]),
  ].join(', ');
  group.setAttribute('aria-label', name);
  const { body, detail } = outline(box.shape, box.width, box.height);
  if (box.shape === 'stacked' && detail) group.append(element('path', { class: 'aiwf-detail', d: detail }));
  group.append(element('path', { class: 'aiwf-body', d: body }));
  if (box.shape !== 'stacked' && detail) group.append(element('path', { class: 'aiwf-detail', d: detail }));
  const hasIcon = node.performer !== 'unassigned';
  if (hasIcon) {
    group.append(icon(performerIcons[node.performer], -box.width / 2 + sidePadding(box.shape) - 1, -8, 'aiwf-icon'));
  }
  group.append(textAt({ x: hasIcon ? iconWidth / 2 : 0, y: 0, lines: box.lines }, lineHeight.node, 'aiwf-title'));
  const sign = kindIcons[node.kind];
  if (sign) {
    const badge = element('g', { class: 'aiwf-badge', 'aria-hidden': 'true' });
    const [x, y] = [box.width / 2 - 14, -box.height / 2];
    badge.append(element('circle', { cx: x, cy: y, r: 9 }), icon(sign, x - 8, y - 8, 'aiwf-sign'));
    group.append(badge);
  }
  group.append(tip(name));
  return group;
}

function classOfEdge(edge: DiagramEdge): string {
  return `aiwf-edge aiwf-${edge.kind}${edge.handoff === 'none' ? '' : ` aiwf-handoff aiwf-handoff-${edge.handoff}`}`;
}

function drawEdge(edge: DiagramEdge, points: readonly Point[], diagram: Diagram, words: DiagramWords): SVGElement {
  const title = (id: string): string => diagram.nodes.find((node) => node.id === id)?.title || id;
  const ends = [title(edge.from), title(edge.to)];
  const name = [
    edge.label ? fill(words.labeledEdge, ...ends, edge.label) : fill(words.edge, ...ends),
    ...(edge.kind === 'exceptional' ? [words.exceptional] : []),
    ...(edge.handoff === 'human-ai' ? [words.handoff] : []),
  ].join(', ');
  const group = element('g', { class: 'aiwf-edge-group', tabindex: -1, role: 'button', 'aria-label': name });
  group.dataset.from = edge.from;
  group.dataset.to = edge.to;
  const strong = edge.handoff === 'human-ai';
  const path = roundedPath(shortenEnd(points, strong ? 8 : 6));
  group.append(element('path', { class: 'aiwf-hit', d: path }));
  group.append(element('path', { class: classOfEdge(edge), d: path, 'data-edge': edge.id }));
  const arrow = element('path', {
    class: `aiwf-arrow ${classOfEdge(edge).replace('aiwf-edge ', '')}`,
    d: arrowAt(points, strong ? 11 : 8),
  });
  group.append(arrow, tip(name));
  return group;
}

function drawLabel(edge: DiagramEdge, box: Box): SVGElement {
  const group = element('g', { class: `${classOfEdge(edge)} aiwf-label`, 'data-edge': edge.id, 'aria-hidden': 'true' });
  const { x, y, width, height } = box;
  group.append(
    element('rect', { class: 'aiwf-label-back', x: x - width / 2, y: y - height / 2, width, height, rx: 3 }),
    textAt(box, lineHeight.label, 'aiwf-label-text'),
    tip(edge.label ?? ''),
  );
  return group;
}

function textAt(
  { x, y, lines }: { x: number; y: number; lines: readonly string[] },
  step: number,
  name: string,
): SVGElement {
  const text = element('text', { class: name, x, y });
  lines.forEach((line, nth) => {
    const span = element('tspan', { x, y: y + (nth - (lines.length - 1) / 2) * step });
    span.textContent = nth < lines.length - 1 ? `${line} ` : line;
    text.append(span);
  });
  return text;
}

function tip(text: string): SVGElement {
  const title = element('title');
  title.textContent = text;
  return title;
}

function roundedPath(points: readonly Point[]): string {
  return points
    .map((point, at) => {
      const before = points[at - 1];
      const after = points[at + 1];
      if (!before) return `M${point.x} ${point.y}`;
      if (!after) return `L${point.x} ${point.y}`;
      const radius = Math.min(6, distance(before, point) / 2, distance(point, after) / 2);
      const [a, b] = [toward(point, before, radius), toward(point, after, radius)];
      return `L${a.x} ${a.y}Q${point.x} ${point.y} ${b.x} ${b.y}`;
    })
    .join('');
}

function shortenEnd(points: readonly Point[], by: number): Point[] {
  const [last, before] = [points.at(-1), points.at(-2)];
  if (!last || !before) return [...points];
  return [...points.slice(0, -1), toward(last, before, Math.min(by, distance(last, before)))];
}

function arrowAt(points: readonly Point[], size: number): string {
  const tipPoint = points.at(-1) ?? { x: 0, y: 0 };
  const from = points.at(-2) ?? tipPoint;
  const back = toward(tipPoint, from, size);
  const [dx, dy] = [((tipPoint.y - back.y) * 0.5).toFixed(2), ((back.x - tipPoint.x) * 0.5).toFixed(2)].map(Number);
  return `M${tipPoint.x} ${tipPoint.y}L${back.x + (dx ?? 0)} ${back.y + (dy ?? 0)}L${back.x - (dx ?? 0)} ${back.y - (dy ?? 0)}Z`;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function toward(from: Point, to: Point, by: number): Point {
  const length = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) / length) * by, y: from.y + ((to.y - from.y) / length) * by };
}

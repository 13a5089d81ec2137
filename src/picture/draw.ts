// Draws a laid-out picture as SVG text. Looks come from the style sheet by class, so a change of theme needs no new
// drawing.
import { type Area, type Box, iconWidth, lineHeight, type Point } from './geometry.ts';
import type { Layout } from './layout.ts';
import { drawMark, type Mark, type Marks, markInWords, noMarks } from './marks.ts';
import { escapeMarkup, short, tag } from './markup.ts';
import type { Picture, PictureEdge, PictureLane, PictureNode } from './picture.ts';
import { kindIcons, outline, performerIcons, sidePadding } from './shapes.ts';
import type { Change } from './views.ts';
import { fill, type PictureWords } from './words.ts';

/** What a picture shows beside the flow. */
export interface PictureExtras {
  /** Badges of findings. */
  readonly marks?: Marks;
  /** How many steps a node stands for that is put together of some. */
  readonly counts?: ReadonlyMap<string, number>;
  /** What differs from an earlier revision, by the ids of nodes and edges. */
  readonly changes?: Readonly<Record<'nodes' | 'edges', ReadonlyMap<string, Change>>>;
  /** Markup over everything but the titles of the lanes. */
  readonly overlay?: string;
}

/** An `svg` element as tall and wide as the layout. */
export function drawPicture(
  picture: Picture,
  layout: Layout,
  words: PictureWords,
  { marks = noMarks, counts, changes, overlay = '' }: PictureExtras = {},
): string {
  const laneOf = new Map(picture.lanes.map((lane) => [lane.id, lane]));
  const titleOf = new Map(picture.nodes.map(({ id, title }) => [id, title || id]));
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    class: 'aiwf-svg',
    role: 'group',
    'aria-roledescription': words.picture,
    'aria-label': fill(words.workflow, picture.title),
    width: layout.width,
    height: layout.height,
  };
  return tag(
    'svg',
    attributes,
    tag(
      'g',
      { class: 'aiwf-drawing' },
      tag('g', { class: 'aiwf-lanes' }, ...picture.lanes.map((lane, at) => drawLane(lane, layout, at))),
      tag(
        'g',
        { class: 'aiwf-edges' },
        ...picture.edges.map((edge, at) =>
          drawEdge(edge, layout.edges[at], titleOf, words, marks.edges.get(edge.id), changes?.edges.get(edge.id)),
        ),
      ),
      tag(
        'g',
        { class: 'aiwf-labels' },
        ...picture.edges.map((edge, at) => drawLabel(edge, layout.edges[at]?.label, changes?.edges.get(edge.id))),
      ),
      tag(
        'g',
        { class: 'aiwf-nodes' },
        ...picture.nodes.map((node, at) =>
          drawNode(
            node,
            layout.nodes[at],
            laneOf.get(node.lane),
            words,
            marks.nodes.get(node.id),
            counts?.get(node.id),
            changes?.nodes.get(node.id),
          ),
        ),
      ),
      overlay,
      tag(
        'g',
        { class: 'aiwf-headers' },
        ...picture.lanes.map((lane, at) => drawHeader(lane, layout, at, words, marks.lanes.get(lane.id))),
      ),
    ),
  );
}

/** An icon of 16 by 16 whose corner is at x, y. */
export function icon(path: string, x: number, y: number, className: string): string {
  const place = `translate(${short(x)} ${short(y)})`;
  return tag('g', { class: className, transform: place, 'aria-hidden': 'true' }, tag('path', { d: path }));
}

const nowhere: Area = { x: 0, y: 0, width: 0, height: 0 };

function drawLane({ id, kind }: PictureLane, layout: Layout, at: number): string {
  const { x, y, width, height } = layout.lanes[at] ?? nowhere;
  return tag(
    'g',
    { 'data-lane': id, class: `aiwf-lane aiwf-by-${kind}`, 'aria-hidden': 'true' },
    tag('rect', { class: 'aiwf-lane-body', x, y, width, height }),
  );
}

function drawHeader(
  { id, title, kind }: PictureLane,
  layout: Layout,
  at: number,
  words: PictureWords,
  mark: Mark | undefined,
): string {
  const { header, lines } = layout.lanes[at] ?? { header: nowhere, lines: [] };
  const { x, y, width, height } = header;
  const middle = y + height / 2;
  const room = { x: x + width / 2 + iconWidth / 2, y: middle - 1, lines };
  const bar =
    layout.headersAt === 'top' ? { x, y: height - 3, width, height: 3 } : { x: width - 3, y, width: 3, height };
  const name = [fill(words.lane, title, words.performers[kind]), ...(mark ? [markInWords(mark, words)] : [])].join(
    ', ',
  );
  return tag(
    'g',
    { class: `aiwf-lane-header aiwf-by-${kind}`, 'data-lane': id, role: 'img', 'aria-label': name },
    tag('rect', { class: 'aiwf-lane-title', x, y, width, height }),
    tag('rect', { class: 'aiwf-lane-bar', ...bar }),
    textAt(room, lineHeight.header, 'aiwf-lane-text'),
    icon(performerIcons[kind], x + 7, middle - 10, 'aiwf-icon'),
    drawMark(mark, x + width - 12, middle),
    tip(title),
  );
}

function drawNode(
  node: PictureNode,
  box: Layout['nodes'][number] | undefined,
  lane: PictureLane | undefined,
  words: PictureWords,
  mark: Mark | undefined,
  count: number | undefined,
  change: Change | undefined,
): string {
  if (!box) return '';
  const name = [
    fill(words.node, node.title || node.id, words.kinds[node.kind], lane?.title ?? node.lane),
    ...(node.performer === 'unassigned' ? [] : [words.performers[node.performer]]),
    ...(node.scope === undefined ? [] : [fill(words.inside, node.scope)]),
    ...(count === undefined ? [] : [fill(words.steps, String(count))]),
    ...(mark ? [markInWords(mark, words)] : []),
  ].join(', ');
  const { body, detail } = outline(box.shape, box.width, box.height);
  const bodyPath = tag('path', { class: 'aiwf-body', d: body });
  const detailPath = detail ? tag('path', { class: 'aiwf-detail', d: detail }) : '';
  const hasIcon = node.performer !== 'unassigned';
  const iconX = -box.width / 2 + sidePadding(box.shape) - 1;
  const sign = kindIcons[node.kind];
  const [x, y] = [box.width / 2 - 14, -box.height / 2];
  const transform = `translate(${short(box.x)} ${short(box.y)})`;
  const group = tag(
    'g',
    {
      class: `aiwf-node aiwf-by-${node.performer} aiwf-kind-${node.kind} aiwf-shape-${box.shape}${count === undefined ? '' : ' aiwf-group'}${changed(change)}`,
      'data-step': node.id,
      transform,
      tabindex: 0,
      role: 'button',
      'aria-label': name,
      'aria-expanded': count === undefined ? undefined : 'false',
    },
    ...(box.shape === 'stacked' ? [detailPath, bodyPath] : [bodyPath, detailPath]),
    hasIcon ? icon(performerIcons[node.performer], iconX, -8, 'aiwf-icon') : '',
    textAt({ x: hasIcon ? iconWidth / 2 : 0, y: 0, lines: box.lines }, lineHeight.node, 'aiwf-title'),
    sign
      ? tag(
          'g',
          { class: 'aiwf-badge', 'aria-hidden': 'true' },
          tag('circle', { cx: x, cy: y, r: 9 }),
          icon(sign, x - 8, y - 8, 'aiwf-sign'),
        )
      : '',
    tip(name),
  );
  if (count === undefined && !mark) return group;
  // Beside the button, since they are no words of its name.
  return (
    group +
    tag(
      'g',
      { class: `aiwf-extras aiwf-by-${node.performer}`, 'data-of': node.id, transform, 'aria-hidden': 'true' },
      count === undefined ? '' : drawCount(count, box),
      drawMark(mark, -box.width / 2 + 6, -box.height / 2),
    )
  );
}

/** `+3` at the lower border: steps that are put together here. */
function drawCount(count: number, { width, height }: Box): string {
  const text = `+${count}`;
  const room = text.length * 7 + 10;
  const [x, y] = [width / 2 - room / 2 - 8, height / 2];
  return tag(
    'g',
    { class: 'aiwf-count', 'aria-hidden': 'true' },
    tag('rect', { x: x - room / 2, y: y - 8, width: room, height: 16, rx: 8 }),
    tag('text', { x, y: y + 0.5 }, text),
  );
}

/** The class of what differs from the earlier revision. */
function changed(change: Change | undefined): string {
  return change ? ` aiwf-${change}` : '';
}

function classOfEdge(edge: PictureEdge): string {
  return `aiwf-edge aiwf-${edge.kind}${edge.handoff === 'none' ? '' : ` aiwf-handoff aiwf-handoff-${edge.handoff}`}`;
}

function drawEdge(
  edge: PictureEdge,
  place: Layout['edges'][number],
  titleOf: ReadonlyMap<string, string>,
  words: PictureWords,
  mark: Mark | undefined,
  change: Change | undefined,
): string {
  if (!place) return '';
  const { points, label } = place;
  const ends = [titleOf.get(edge.from) ?? edge.from, titleOf.get(edge.to) ?? edge.to];
  const name = [
    edge.label ? fill(words.labeledEdge, ...ends, edge.label) : fill(words.edge, ...ends),
    ...(edge.kind === 'exceptional' ? [words.exceptional] : []),
    ...(edge.handoff === 'human-ai' ? [words.handoff] : []),
    ...(mark ? [markInWords(mark, words)] : []),
  ].join(', ');
  const strong = edge.handoff === 'human-ai';
  const d = roundedPath(shortenEnd(points, strong ? 8 : 6));
  return tag(
    'g',
    {
      class: 'aiwf-edge-group',
      tabindex: -1,
      role: 'button',
      'aria-label': name,
      'data-from': edge.from,
      'data-to': edge.to,
    },
    tag('path', { class: 'aiwf-hit', d }),
    tag('path', { class: `${classOfEdge(edge)}${changed(change)}`, d, 'data-edge': edge.id }),
    tag('path', {
      class: `aiwf-arrow ${classOfEdge(edge).replace('aiwf-edge ', '')}`,
      d: arrowAt(points, strong ? 11 : 8),
    }),
    mark ? drawMark(mark, ...markPlace(points, label)) : '',
    tip(name),
  );
}

/** Left of the label, else in the middle of the longest part of the line. */
function markPlace(points: readonly Point[], label: Box | undefined): [x: number, y: number] {
  if (label) return [label.x - label.width / 2 - 9, label.y];
  let best: [x: number, y: number] = [points[0]?.x ?? 0, points[0]?.y ?? 0];
  let longest = -1;
  for (const [at, point] of points.entries()) {
    const before = points[at - 1];
    if (!before || distance(before, point) <= longest) continue;
    longest = distance(before, point);
    best = [(before.x + point.x) / 2, (before.y + point.y) / 2];
  }
  return best;
}

function drawLabel(edge: PictureEdge, box: Box | undefined, change: Change | undefined): string {
  if (!box) return '';
  const { x, y, width, height } = box;
  return tag(
    'g',
    { class: `${classOfEdge(edge)} aiwf-label${changed(change)}`, 'data-edge': edge.id, 'aria-hidden': 'true' },
    tag('rect', { class: 'aiwf-label-back', x: x - width / 2, y: y - height / 2, width, height, rx: 3 }),
    textAt(box, lineHeight.label, 'aiwf-label-text'),
    tip(edge.label ?? ''),
  );
}

/** Lines around a middle. */
export function textAt(
  { x, y, lines }: { readonly x: number; readonly y: number; readonly lines: readonly string[] },
  step: number,
  name: string,
): string {
  const spans = lines.map((line, nth) =>
    tag(
      'tspan',
      { x, y: y + (nth - (lines.length - 1) / 2) * step },
      escapeMarkup(nth < lines.length - 1 ? `${line} ` : line),
    ),
  );
  return tag('text', { class: name, x, y }, ...spans);
}

/** What a pointer that rests there is told. */
export function tip(text: string): string {
  return tag('title', {}, escapeMarkup(text));
}

function roundedPath(points: readonly Point[]): string {
  return points
    .map((point, at) => {
      const before = points[at - 1];
      const after = points[at + 1];
      if (!before) return `M${short(point.x)} ${short(point.y)}`;
      if (!after) return `L${short(point.x)} ${short(point.y)}`;
      const radius = Math.min(6, distance(before, point) / 2, distance(point, after) / 2);
      const [a, b] = [toward(point, before, radius), toward(point, after, radius)];
      return `L${short(a.x)} ${short(a.y)}Q${short(point.x)} ${short(point.y)} ${short(b.x)} ${short(b.y)}`;
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
  const [dx, dy] = [(tipPoint.y - back.y) * 0.5, (back.x - tipPoint.x) * 0.5];
  const [left, right] = [
    { x: back.x + dx, y: back.y + dy },
    { x: back.x - dx, y: back.y - dy },
  ];
  return `M${[tipPoint, left, right].map(({ x, y }) => `${short(x)} ${short(y)}`).join('L')}Z`;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function toward(from: Point, to: Point, by: number): Point {
  const length = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) / length) * by, y: from.y + ((to.y - from.y) / length) * by };
}

// Draws who gives what to whom as a sequence: lifelines of the actors, and an arrow for each handoff with its texts.

import { icon, textAt, tip } from './draw.ts';
import { factInWords } from './facts-in-words.ts';
import { type Box, iconWidth, lineHeight, type Measures } from './geometry.ts';
import { type HandoffsLayout, layOutHandoffs, type RowLayout } from './layout-handoffs.ts';
import { escapeMarkup, short, tag } from './markup.ts';
import type { LaneKind, PictureLane } from './picture.ts';
import { performerIcons } from './shapes.ts';
import type { DrawnView, HandoffRow, HandoffsView, StepName } from './views.ts';
import { fill, type PictureWords } from './words.ts';

export function drawHandoffs(view: HandoffsView, measures: Measures, words: PictureWords): DrawnView {
  if (view.rows.length === 0)
    return { as: 'html', markup: tag('p', { class: 'aiwf-empty' }, escapeMarkup(words.empty)) };
  const layout = layOutHandoffs(view, measures, words);
  const lanes = new Map(view.lanes.map((lane) => [lane.id, lane]));
  const { width, height, headerHeight } = layout;
  const markup = tag(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'aiwf-svg aiwf-sequence',
      role: 'group',
      'aria-roledescription': words.picture,
      'aria-label': words.handoffs.title,
      width,
      height,
    },
    tag(
      'g',
      { class: 'aiwf-drawing' },
      tag('g', { class: 'aiwf-lanes' }, ...view.lanes.map((lane, at) => drawLane(lane, layout, at))),
      tag('g', { class: 'aiwf-edges' }, ...view.rows.map((row, at) => drawRow(row, layout.rows[at], lanes, words))),
      tag('g', { class: 'aiwf-nodes' }, ...view.rows.map((row, at) => drawSteps(row, layout.rows[at], lanes, words))),
      tag('g', { class: 'aiwf-headers' }, ...view.lanes.map((lane, at) => drawHeader(lane, layout, at, words))),
    ),
  );
  return { as: 'svg', markup, size: { width, height, headerHeight } };
}

const noLane = { x: 0, width: 0, middle: 0, textWidth: 0, lines: [] };

function drawLane({ id, kind }: PictureLane, layout: HandoffsLayout, at: number): string {
  const { x, width, middle } = layout.lanes[at] ?? noLane;
  return tag(
    'g',
    { 'data-lane': id, class: `aiwf-lane aiwf-by-${kind}`, 'aria-hidden': 'true' },
    tag('rect', { class: 'aiwf-lane-body', x, y: 0, width, height: layout.height }),
    tag('path', {
      class: 'aiwf-lifeline',
      d: `M${short(middle)} ${short(layout.headerHeight)}V${short(layout.height)}`,
    }),
  );
}

/** Icon and title stand together over the lifeline. */
function drawHeader({ id, title, kind }: PictureLane, layout: HandoffsLayout, at: number, words: PictureWords): string {
  const { x, width, middle, textWidth, lines } = layout.lanes[at] ?? noLane;
  const height = layout.headerHeight;
  const name = fill(words.lane, title, words.performers[kind]);
  return tag(
    'g',
    {
      class: `aiwf-lane-header aiwf-by-${kind}`,
      'data-lane': id,
      'data-place': `actor:${id}`,
      role: 'img',
      'aria-label': name,
    },
    tag('rect', { class: 'aiwf-lane-title', x, y: 0, width, height }),
    tag('rect', { class: 'aiwf-lane-bar', x, y: height - 3, width, height: 3 }),
    textAt({ x: middle + iconWidth / 2, y: height / 2 - 1, lines }, lineHeight.header, 'aiwf-lane-text'),
    icon(performerIcons[kind], middle - (textWidth + iconWidth) / 2, height / 2 - 9, 'aiwf-icon'),
    tip(title),
  );
}

function drawRow(
  row: HandoffRow,
  place: RowLayout | undefined,
  lanes: ReadonlyMap<string, PictureLane>,
  words: PictureWords,
): string {
  if (!place) return '';
  const { y, startX, endX, gives, note, contract } = place;
  const isStrong = row.kind === 'human-ai';
  const look = `aiwf-${row.exceptional ? 'exceptional' : 'normal'} aiwf-handoff aiwf-handoff-${row.kind}`;
  const name = nameOf(row, lanes, words);
  const size = isStrong ? 11 : 8;
  const back = endX - Math.sign(endX - startX) * size;
  const d = `M${short(startX)} ${short(y)}H${short(back)}`;
  const arrow = tag(
    'g',
    {
      class: 'aiwf-edge-group',
      tabindex: 0,
      role: 'button',
      'aria-label': name,
      'data-from': row.fromNode.id,
      'data-to': row.toNode.id,
    },
    tag('path', { class: 'aiwf-hit', d }),
    tag('path', { class: `aiwf-edge ${look}`, d, 'data-edge': row.edge }),
    tag('path', {
      class: `aiwf-arrow ${look}`,
      d: `M${short(endX)} ${short(y)}L${short(back)} ${short(y - size / 2)}L${short(back)} ${short(y + size / 2)}Z`,
    }),
    tip(name),
  );
  // Beside the button, whose name says it all as a sentence.
  const texts = tag(
    'g',
    { class: 'aiwf-label', 'data-edge': row.edge, 'aria-hidden': 'true' },
    drawText(note, lineHeight.label, `aiwf-handoff-note ${look}`),
    drawText(gives, lineHeight.node, 'aiwf-handoff-gives'),
    drawText(contract, lineHeight.label, 'aiwf-handoff-contract'),
  );
  return arrow + texts;
}

/** Lifelines end behind the text. */
function drawText(box: Box | undefined, step: number, className: string): string {
  if (!box) return '';
  const { x, y, width, height } = box;
  return tag(
    'g',
    { class: className },
    tag('rect', { class: 'aiwf-label-back', x: x - width / 2, y: y - height / 2, width, height, rx: 3 }),
    textAt(box, step, 'aiwf-handoff-text'),
  );
}

/** All that the row shows, as a sentence. */
function nameOf(
  { from, to, fromNode, toNode, gives, label, contract, kind, exceptional, senders, receivers }: HandoffRow,
  lanes: ReadonlyMap<string, PictureLane>,
  words: PictureWords,
): string {
  const own = words.handoffs;
  const who = (lane: string, several: readonly string[] | undefined) =>
    several ? fill(own.anyOf, several.join(', ')) : (lanes.get(lane)?.title ?? lane);
  return [
    fill(own.row, who(from, senders), who(to, receivers)),
    fill(words.edge, fromNode.title, toNode.title),
    ...(gives.length > 0 ? [fill(own.gives, gives.join(', '))] : []),
    ...(label ? [fill(own.at, label)] : []),
    ...contract.map((fact) => factInWords(fact, own.contract, words)),
    ...(exceptional ? [words.exceptional] : []),
    ...(kind === 'human-ai' ? [words.handoff] : []),
  ].join('; ');
}

/** The step that hands over and the one that receives, on their lifelines. */
function drawSteps(
  { from, to, fromNode, toNode }: HandoffRow,
  place: RowLayout | undefined,
  lanes: ReadonlyMap<string, PictureLane>,
  words: PictureWords,
): string {
  if (!place) return '';
  return drawStep(fromNode, place.from, lanes.get(from), words) + drawStep(toNode, place.to, lanes.get(to), words);
}

function drawStep({ id, title }: StepName, box: Box, lane: PictureLane | undefined, words: PictureWords): string {
  const { x, y, width, height, lines } = box;
  const kind: LaneKind = lane?.kind ?? 'unassigned';
  const name = `${title}, ${fill(words.lane, lane?.title ?? '', words.performers[kind])}`;
  return tag(
    'g',
    {
      class: `aiwf-node aiwf-activation aiwf-by-${kind}`,
      'data-step': id,
      transform: `translate(${short(x)} ${short(y)})`,
      tabindex: -1,
      role: 'button',
      'aria-label': name,
    },
    tag('rect', { class: 'aiwf-body', x: -width / 2, y: -height / 2, width, height, rx: 6 }),
    textAt({ x: 0, y: 0, lines }, lineHeight.label, 'aiwf-step-text'),
    tip(name),
  );
}

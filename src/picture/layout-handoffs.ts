// Where everything of the handoffs stands: a lifeline for each actor, and below each other one row for each handoff, with
// the steps at its ends and its texts beside the arrow or, where the room between the steps is too small, above and below.

import { factInWords } from './facts-in-words.ts';
import { type Box, iconWidth, lineHeight, type Measures } from './geometry.ts';
import { type Measure, wrapText } from './text.ts';
import type { HandoffRow, HandoffsView } from './views.ts';
import { fill, type PictureWords } from './words.ts';

export interface HandoffsLayout {
  readonly width: number;
  readonly height: number;
  readonly headerHeight: number;
  readonly lanes: readonly {
    readonly x: number;
    readonly width: number;
    /** Of the lifeline. */
    readonly middle: number;
    readonly textWidth: number;
    readonly lines: readonly string[];
  }[];
  readonly rows: readonly RowLayout[];
}

export interface RowLayout {
  readonly from: Box;
  readonly to: Box;
  /** What is given. */
  readonly gives: Box | undefined;
  /** Outcome or condition, and who hands over or receives where it is one of several. */
  readonly note: Box | undefined;
  readonly contract: Box | undefined;
  /** The arrow; its ends stand at the sides of the steps. */
  readonly y: number;
  readonly startX: number;
  readonly endX: number;
}

const stepWidth = 124;
const padding = 9;
/** Between the steps of neighbors that no arrow joins, and of those that one does. */
const apart = 30;
const margin = 22;
const joined = 100;
const widestText = 420;
const betweenRows = 20;
const air = 6;

export function layOutHandoffs(view: HandoffsView, measures: Measures, words: PictureWords): HandoffsLayout {
  const place = new Map(view.lanes.map(({ id }, at) => [id, at]));
  const ends = view.rows.map(({ from, to }) => [place.get(from) ?? 0, place.get(to) ?? 0] as const);
  const middles: number[] = [];
  view.lanes.forEach((_, at) => {
    const isJoined = ends.some(([from, to]) => Math.min(from, to) === at - 1 && Math.max(from, to) === at);
    const before = middles.at(-1);
    middles.push(before === undefined ? stepWidth / 2 + margin : before + stepWidth + (isJoined ? joined : apart));
  });
  const width = (middles.at(-1) ?? 0) + stepWidth / 2 + margin;
  const borders = middles.map((middle, at) => (at === 0 ? 0 : (middle + (middles[at - 1] ?? 0)) / 2));
  const lanes = view.lanes.map(({ title }, at) => {
    const x = borders[at] ?? 0;
    const room = (borders[at + 1] ?? width) - x;
    const middle = middles[at] ?? 0;
    // Around the lifeline, which is not the middle of a lane whose neighbors stand at unequal distances.
    const around = 2 * Math.min(middle - x, x + room - middle);
    const lines = wrapText(title, Math.min(around, 240) - iconWidth - 12, measures.header, 3);
    const textWidth = Math.max(0, ...lines.map(measures.header));
    return { x, width: room, middle, textWidth, lines };
  });
  const headerHeight = Math.max(1, ...lanes.map(({ lines }) => lines.length)) * lineHeight.header + 14;
  let y = headerHeight + betweenRows;
  const rows = view.rows.map((row, at) => {
    const [from, to] = ends[at] ?? [0, 0];
    const placed = placeRow(row, middles[from] ?? 0, middles[to] ?? 0, y, measures, words);
    y = placed.bottom + betweenRows;
    return placed.layout;
  });
  return { width, height: y, headerHeight, lanes, rows };
}

function placeRow(row: HandoffRow, fromX: number, toX: number, top: number, measures: Measures, words: PictureWords) {
  const [from, to] = [row.fromNode, row.toNode].map(({ title }) => {
    const lines = wrapText(title, stepWidth - 2 * padding, measures.label, 3);
    return { lines, height: Math.max(1, lines.length) * lineHeight.label + 11 };
  }) as [{ lines: string[]; height: number }, { lines: string[]; height: number }];
  const half = Math.max(from.height, to.height) / 2;
  const span = Math.abs(toX - fromX);
  const x = (fromX + toX) / 2;
  const between = span - stepWidth - 2 * air;
  const above = textsAbove(row, words);
  const below = row.contract.map((fact) => factInWords(fact, words.handoffs.contract, words)).join(' · ');
  // Beside the arrow while that needs few lines, else over the whole way from one lifeline to the other.
  const wide = Math.min(widestText, span - 2 * air);
  const upper = (room: number) => ({
    gives: wrapText(above.gives, room, measures.node),
    note: wrapText(above.note, room, measures.label),
  });
  const inner = upper(Math.min(widestText, between));
  const fits = (text: string, measure: Measure) => text.split(/\s+/u).every((word) => measure(word) <= between);
  const isUpperInside =
    between >= widestText ||
    (inner.gives.length + inner.note.length <= 2 &&
      fits(above.gives, measures.node) &&
      fits(above.note, measures.label));
  const { gives, note } = isUpperInside ? inner : upper(wide);
  const upperHeight = gives.length * lineHeight.node + note.length * lineHeight.label;
  const innerBelow = wrapText(below, Math.min(widestText, between), measures.label);
  const isLowerInside = between >= widestText || (innerBelow.length <= 2 && fits(below, measures.label));
  const contract = isLowerInside ? innerBelow : wrapText(below, wide, measures.label);
  const lowerHeight = contract.length * lineHeight.label;
  const y = top + (isUpperInside ? Math.max(half, upperHeight + air) : upperHeight + 3 + half);
  const bottom = y + (isLowerInside ? Math.max(half, lowerHeight + air) : half + 3 + lowerHeight);
  const upperBottom = isUpperInside ? y - air : y - half - 3;
  const lowerTop = isLowerInside ? y + air : y + half + 3;
  const sign = toX >= fromX ? 1 : -1;
  const layout: RowLayout = {
    from: { x: fromX, y, width: stepWidth, height: from.height, lines: from.lines },
    to: { x: toX, y, width: stepWidth, height: to.height, lines: to.lines },
    note: boxOf(note, x, upperBottom - upperHeight, lineHeight.label, measures.label),
    gives: boxOf(gives, x, upperBottom - gives.length * lineHeight.node, lineHeight.node, measures.node),
    contract: boxOf(contract, x, lowerTop, lineHeight.label, measures.label),
    y,
    startX: fromX + (sign * stepWidth) / 2,
    endX: toX - (sign * stepWidth) / 2,
  };
  return { layout, bottom };
}

/** What is given, and in smaller letters when and by whom. */
function textsAbove({ gives, label, senders, receivers }: HandoffRow, { handoffs }: PictureWords) {
  const anyOf = (titles: readonly string[] | undefined) => (titles ? [fill(handoffs.anyOf, titles.join(', '))] : []);
  const note = [...anyOf(senders), ...(label ? [fill(handoffs.at, label)] : []), ...anyOf(receivers)];
  return { gives: gives.join(', '), note: note.join(' · ') };
}

function boxOf(lines: readonly string[], x: number, top: number, step: number, measure: Measure) {
  if (lines.length === 0) return undefined;
  const height = lines.length * step;
  return { x, y: top + height / 2, width: Math.max(...lines.map(measure)) + 4, height, lines };
}

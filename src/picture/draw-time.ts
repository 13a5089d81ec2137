// Draws the longest way through a case on a clock: a row for each step with its bars, and the limits as brackets.
import { icon, textAt, tip } from './draw.ts';
import { drawSign } from './draw-signs.ts';
import type { Measures } from './geometry.ts';
import { escapeMarkup, tag } from './markup.ts';
import { performerIcons } from './shapes.ts';
import { wrapText } from './text.ts';
import type { DrawnView, TimeBar, TimeLimit, TimeView } from './views.ts';
import { fill, type PictureWords } from './words.ts';

const titleWidth = 230;
const chartWidth = 760;
const margin = 20;
const rowHeight = 42;
const axisHeight = 30;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [1, 2, 5, 10, 15, 30]
  .map((count) => count * minute)
  .concat([1, 2, 3, 6, 12].map((count) => count * hour))
  .concat([1, 2, 7, 14, 30, 90, 180, 365, 730, 1825, 3650].map((count) => count * day));

/** A chart, or a sentence where no time is known at all. */
export function drawTime(view: TimeView, measures: Measures, words: PictureWords): DrawnView {
  const isTimed = view.limits.length > 0 || view.bars.some(({ start, end }) => end > start);
  if (!isTimed) return { as: 'html', markup: tag('p', { class: 'aiwf-empty' }, escapeMarkup(words.noTimes)) };
  const rows = [...new Map(view.bars.map((bar) => [bar.step, bar])).keys()].map((step) =>
    view.bars.filter((bar) => bar.step === step),
  );
  const titleOf = new Map(view.bars.map(({ step, title }) => [step, title || step]));
  const ends = [...view.bars.map(({ end }) => end), ...view.limits.flatMap(({ to }) => to ?? [])];
  const longest = Math.max(minute, ...ends);
  const at = (time: number) => titleWidth + (time / longest) * chartWidth;
  const width = titleWidth + chartWidth + 150;
  const ofCase = view.limits.filter(({ step }) => step === undefined);
  const caseTop = axisHeight + 8;
  const heights = ofCase.map(({ to }) => (to === undefined ? 24 : 36));
  const tops = ofCase.map((_, nth) => heights.slice(0, nth).reduce((sum, one) => sum + one, caseTop));
  const rowsTop = heights.reduce((sum, one) => sum + one, caseTop) + 8;
  const rowsEnd = rowsTop + rows.length * rowHeight;
  const reasons = view.unknown.map(({ step, because }) => {
    const title = titleOf.get(step);
    return { step, lines: wrapText(title ? `${title}: ${because}` : because, width - 80, measures.label) };
  });
  let y = rowsEnd + 22;
  const unknown = reasons.map(({ step, lines }) => {
    const top = y;
    y += lines.length * 14 + 12;
    const button = step ? { 'data-step': step, tabindex: 0, role: 'button', 'aria-label': lines.join(' ') } : {};
    return (
      tag('g', { class: 'aiwf-time-unknown', ...button }, drawSign('unknown', margin, top + 8)) +
      tag(
        'g',
        { class: 'aiwf-time-unknown', 'aria-hidden': step ? 'true' : undefined },
        ...lines.map((line, nth) => tag('text', { x: margin + 18, y: top + 12 + nth * 14 }, escapeMarkup(line))),
      )
    );
  });
  const height = y + 12;
  const step = steps.find((size) => (size / longest) * chartWidth >= 72) ?? longest;
  const ticks = Array.from({ length: Math.floor(longest / step) + 1 }, (_, nth) => nth * step);
  const markup = tag(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'aiwf-svg aiwf-time',
      role: 'group',
      'aria-label': words.time.name,
      width,
      height,
    },
    tag(
      'g',
      { class: 'aiwf-drawing' },
      ...ticks.map((tick) => tag('path', { class: 'aiwf-time-grid', d: `M${at(tick)} ${axisHeight}V${rowsEnd}` })),
      ...ofCase.map((limit, nth) => drawCaseLimit(limit, tops[nth] ?? caseTop, at, width, measures, words)),
      ...rows.map((bars, nth) => drawRow(bars, view.limits, rowsTop + nth * rowHeight, at, width, measures, words)),
      ...unknown,
      tag(
        'g',
        { class: 'aiwf-headers' },
        tag('rect', { class: 'aiwf-time-axis', x: 0, y: 0, width, height: axisHeight }),
        ...ticks.map((tick) =>
          tag('text', { class: 'aiwf-time-tick', x: at(tick), y: 19 }, escapeMarkup(timeInWords(tick, words, step))),
        ),
      ),
    ),
  );
  return { as: 'svg', markup, size: { width, height, headerHeight: axisHeight } };
}

function drawRow(
  bars: readonly TimeBar[],
  limits: readonly TimeLimit[],
  y: number,
  at: (time: number) => number,
  width: number,
  measures: Measures,
  words: PictureWords,
): string {
  const [first] = bars;
  if (!first) return '';
  const { step, title, performer } = first;
  const own = limits.filter((limit) => limit.step === step);
  const length = bars.reduce((sum, { start, end }) => sum + end - start, 0);
  const said = bars.some(({ isUnknown }) => isUnknown) ? words.time.unknown : timeInWords(length, words);
  const lines = wrapText(title || step, titleWidth - 60, measures.node, 2);
  const fault = own.find(({ verdict }) => verdict === 'missed') ?? own.find(({ verdict }) => verdict === 'unknown');
  const spoken = own.map((limit) => limitInWords(limit, words)).join('; ');
  const name = `${title || step}, ${words.performers[performer]}: ${said}${spoken ? `; ${spoken}` : ''}`;
  const end = Math.max(...bars.map((bar) => Math.max(at(bar.end), at(bar.start) + 3)));
  const look = `aiwf-by-${performer}`;
  const button = { 'data-step': step, tabindex: 0, role: 'button', 'aria-label': name };
  return (
    tag(
      'g',
      { class: `aiwf-time-row ${look}`, ...button },
      tag('rect', { class: 'aiwf-time-back', x: 0, y, width, height: rowHeight }),
      ...bars.map((bar) =>
        tag('rect', {
          class: `aiwf-time-bar${bar.end === bar.start && !bar.isUnknown ? ' aiwf-time-point' : ''}${bar.isUnknown ? ' aiwf-time-open' : ''}`,
          x: at(bar.start),
          y: y + 18,
          width: Math.max(3, at(bar.end) - at(bar.start)),
          height: 18,
          rx: 2,
        }),
      ),
      tip(name),
    ) +
    // Beside the button, whose name says it all as a sentence.
    tag(
      'g',
      { class: `aiwf-time-words ${look}`, 'aria-hidden': 'true' },
      performer === 'unassigned' ? '' : icon(performerIcons[performer], margin - 8, y + 15, 'aiwf-icon'),
      ...lines.map((line, nth) =>
        tag(
          'text',
          { x: margin + 14, y: y + rowHeight / 2 + 5 + (nth - (lines.length - 1) / 2) * 15 },
          escapeMarkup(line),
        ),
      ),
      length === 0 && said === '0'
        ? ''
        : tag('text', { class: 'aiwf-time-length', x: end + 8, y: y + 30 }, escapeMarkup(said)),
      drawSign(fault?.verdict, end + 22 + measures.label(said) * 1.1, y + 26),
      // The longest stands above the bar, those within it below, so that none hides another.
      ...[...own]
        .sort((a, b) => (b.to ?? 0) - (a.to ?? 0))
        .map((limit, nth) => bracket(limit, y + (nth === 0 ? 11 : 40), at, nth > 0)),
    )
  );
}

function drawCaseLimit(
  limit: TimeLimit,
  y: number,
  at: (time: number) => number,
  width: number,
  measures: Measures,
  words: PictureWords,
): string {
  const name = limitInWords(limit, words);
  const [line = ''] = wrapText(name, width - 60, measures.label, 1);
  return tag(
    'g',
    {
      class: `aiwf-time-limit aiwf-limit-${limit.verdict}`,
      'data-place': limit.place,
      tabindex: 0,
      role: 'button',
      'aria-label': name,
    },
    drawSign(limit.verdict, margin, y + 8),
    tag('rect', {
      class: 'aiwf-time-axis',
      x: margin + 12,
      y: y - 1,
      width: measures.label(line) * 1.15 + 12,
      height: 18,
    }),
    textAt({ x: margin + 16, y: y + 12, lines: [line] }, 14, 'aiwf-time-words'),
    bracket(limit, y + 26, at),
    tip(limit.because ? `${name}. ${limit.because}` : name),
  );
}

/** From where the clock starts to where it must have stopped. */
function bracket({ from, to, verdict }: TimeLimit, y: number, at: (time: number) => number, below = false): string {
  const foot = y + (below ? -4 : 5);
  if (from === undefined || to === undefined) return '';
  return tag('path', {
    class: `aiwf-time-bracket aiwf-limit-${verdict}`,
    d: `M${at(from)} ${foot}V${y}H${at(to)}V${foot}`,
  });
}

function limitInWords({ title, allowed, verdict }: TimeLimit, words: PictureWords): string {
  return `${title}${allowed ? `, ${allowed}` : ''}: ${words.time[verdict]}`;
}

/** In the largest unit that `unit` is counted in: `90 min`, `3 h`, `2 days`. */
function timeInWords(time: number, words: PictureWords, unit = time): string {
  const round = (size: number) => String(Math.round((time / size) * 10) / 10);
  if (time === 0) return '0';
  if (unit >= day) return fill(round(day) === '1' ? words.spans.d[0] : words.time.days, round(day));
  return unit >= hour ? fill(words.time.hours, round(hour)) : fill(words.time.minutes, round(minute));
}

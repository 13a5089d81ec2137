// The line below the picture that says what icons, outlines and lines mean: only what the picture shows.
import { icon } from '../picture/draw.ts';
import { escapeMarkup, tag } from '../picture/markup.ts';
import type { LaneKind, Picture } from '../picture/picture.ts';
import { outline, performerIcons, shapeOf } from '../picture/shapes.ts';
import type { PictureWords } from '../picture/words.ts';

export function drawLegend(legend: HTMLElement, picture: Picture, words: PictureWords): void {
  const kinds = new Set<LaneKind>([
    ...picture.lanes.map(({ kind }) => kind),
    ...picture.nodes.map((node) => node.performer),
  ]);
  const has = (test: (edge: Picture['edges'][number]) => boolean) => picture.edges.some(test);
  legend.innerHTML = [
    ...(Object.keys(performerIcons) as LaneKind[])
      .filter((kind) => kind !== 'unassigned' && kinds.has(kind))
      .map((kind) => entry(performerSample(kind), words.performers[kind])),
    has(({ handoff }) => handoff === 'human-ai')
      ? entry(lineSample('aiwf-handoff aiwf-handoff-human-ai'), words.legendHandoff)
      : '',
    has(({ kind }) => kind === 'exceptional') ? entry(lineSample('aiwf-exceptional'), words.legendException) : '',
    has(({ kind }) => kind === 'message') ? entry(lineSample('aiwf-message'), words.legendMessage) : '',
  ].join('');
}

const frame = { width: 34, height: 24, viewBox: '-17 -12 34 24', 'aria-hidden': 'true' };

function entry(sample: string, text: string): string {
  return tag('li', {}, sample, escapeMarkup(text));
}

function performerSample(kind: LaneKind): string {
  const { body, detail } = outline(shapeOf({ kind: 'task', performer: kind }), 30, 20);
  return tag(
    'svg',
    frame,
    tag(
      'g',
      { class: `aiwf-by-${kind} aiwf-sample` },
      tag('path', { class: 'aiwf-body', d: body }),
      detail ? tag('path', { class: 'aiwf-detail', d: detail }) : '',
      icon(performerIcons[kind], -8, -8, 'aiwf-icon'),
    ),
  );
}

function lineSample(names: string): string {
  return tag('svg', frame, tag('path', { class: `aiwf-edge ${names}`, d: 'M-15 0H15' }));
}

// The line below the picture that says what icons, outlines and lines mean: only what the picture shows.
import type { Diagram, DiagramWords, LaneKind } from '../protocol.ts';
import { element, icon } from './draw.ts';
import { outline, performerIcons, shapeOf } from './shapes.ts';

export function drawLegend(legend: HTMLElement, diagram: Diagram, words: DiagramWords): void {
  const kinds = new Set<LaneKind>([
    ...diagram.lanes.map(({ kind }) => kind),
    ...diagram.nodes.map((node) => node.performer),
  ]);
  const entries = (Object.keys(performerIcons) as LaneKind[])
    .filter((kind) => kind !== 'unassigned' && kinds.has(kind))
    .map((kind) => entry(performerSample(kind), words.performers[kind]));
  if (diagram.edges.some(({ handoff }) => handoff === 'human-ai')) {
    entries.push(entry(lineSample('aiwf-handoff aiwf-handoff-human-ai'), words.legendHandoff));
  }
  if (diagram.edges.some(({ kind }) => kind === 'exceptional')) {
    entries.push(entry(lineSample('aiwf-exceptional'), words.legendException));
  }
  if (diagram.edges.some(({ kind }) => kind === 'message'))
    entries.push(entry(lineSample('aiwf-message'), words.legendMessage));
  legend.replaceChildren(...entries);
}

function entry(sample: SVGElement, text: string): HTMLElement {
  const item = document.createElement('li');
  item.append(sample, text);
  return item;
}

function performerSample(kind: LaneKind): SVGElement {
  const svg = element('svg', { width: 34, height: 24, viewBox: '-17 -12 34 24', 'aria-hidden': 'true' });
  const group = element('g', { class: `aiwf-by-${kind} aiwf-sample` });
  const { body, detail } = outline(shapeOf({ kind: 'task', performer: kind }), 30, 20);
  group.append(element('path', { class: 'aiwf-body', d: body }));
  if (detail) group.append(element('path', { class: 'aiwf-detail', d: detail }));
  group.append(icon(performerIcons[kind], -8, -8, 'aiwf-icon'));
  svg.append(group);
  return svg;
}

function lineSample(names: string): SVGElement {
  const svg = element('svg', { width: 34, height: 24, viewBox: '-17 -12 34 24', 'aria-hidden': 'true' });
  svg.append(element('path', { class: `aiwf-edge ${names}`, d: 'M-15 0H15' }));
  return svg;
}

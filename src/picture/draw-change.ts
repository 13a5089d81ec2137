// Draws two revisions in one picture: what came, went and changed has a class for its color and a sign for everyone.

import { drawPicture } from './draw.ts';
import { drawSign } from './draw-signs.ts';
import type { Measures } from './geometry.ts';
import { layOut } from './layout.ts';
import { escapeMarkup } from './markup.ts';
import type { Change, ChangeView, DrawnView } from './views.ts';
import type { PictureWords } from './words.ts';

/** The notes are not drawn: they are text for the panel beside. */
export function drawChange(
  view: ChangeView,
  measures: Measures,
  words: PictureWords,
  direction: 'down' | 'right' = 'down',
): DrawnView {
  const { picture } = view;
  const layout = layOut(picture, measures, direction);
  const nodes = byMarkup(view.nodes);
  const edges = byMarkup(view.edges);
  const marked = drawPicture(picture, layout, words)
    .replace(/class="(aiwf-node[^"]*)" data-step="([^"]*)"/g, (all, names: string, id: string) => {
      const change = nodes.get(id);
      return change ? `class="${names} aiwf-${change}" data-step="${id}"` : all;
    })
    .replace(/class="([^"]*)"((?: d="[^"]*")?) data-edge="([^"]*)"/g, (all, names: string, d: string, id: string) => {
      const change = edges.get(id);
      return change ? `class="${names} aiwf-${change}"${d} data-edge="${id}"` : all;
    });
  const signs = [
    ...picture.edges.map((edge, at) => {
      const points = layout.edges[at]?.points ?? [];
      const [a, b] = [points[0], points[1]];
      return a && b ? drawSign(view.edges[edge.id], (a.x + b.x) / 2, (a.y + b.y) / 2) : '';
    }),
    ...picture.nodes.map((node, at) => {
      const box = layout.nodes[at];
      return box ? drawSign(view.nodes[node.id], box.x - box.width / 2 + 6, box.y + box.height / 2) : '';
    }),
  ].join('');
  const headers = marked.lastIndexOf('<g class="aiwf-headers"');
  const markup = `${marked.slice(0, headers)}<g class="aiwf-changes">${signs}</g>${marked.slice(headers)}`;
  return { as: 'svg', markup, size: { ...layout, headersAt: direction === 'right' ? 'left' : 'top' } };
}

function byMarkup(changes: Readonly<Record<string, Change>>): ReadonlyMap<string, Change> {
  return new Map(Object.entries(changes).map(([id, change]) => [escapeMarkup(id), change]));
}

// Draws two revisions in one picture: what came, went and changed has a class for its color and a sign for everyone.

import { drawPicture } from './draw.ts';
import { drawSign } from './draw-signs.ts';
import type { Box, Measures, Point } from './geometry.ts';
import { layOut } from './layout.ts';
import { escapeMarkup, tag } from './markup.ts';
import type { Change, ChangeView, DrawnView } from './views.ts';
import { fill, type PictureWords } from './words.ts';

/** The notes are not drawn: they are text for the panel beside. */
export function drawChange(
  view: ChangeView,
  measures: Measures,
  words: PictureWords,
  direction: 'down' | 'right' = 'down',
): DrawnView {
  const { picture } = view;
  if ([view.nodes, view.edges, view.notes].every((all) => Object.keys(all).length === 0))
    return {
      as: 'html',
      markup: tag(
        'p',
        { class: 'aiwf-empty' },
        escapeMarkup(`${fill(words.comparedWith, view.base)}: ${words.noChanges}`),
      ),
    };
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
  const taken: Area[] = [...layout.nodes, ...layout.edges.flatMap((edge) => edge?.label ?? [])];
  const signs = [
    ...picture.edges.map((edge, at) => {
      const points = layout.edges[at]?.points ?? [];
      const change = view.edges[edge.id];
      const place = change && freePlace(points, taken);
      if (!place) return '';
      taken.push({ ...place, width: 18, height: 18 });
      return drawSign(change, place.x, place.y);
    }),
    ...picture.nodes.map((node, at) => {
      const box = layout.nodes[at];
      return box ? drawSign(view.nodes[node.id], box.x - box.width / 2 + 6, box.y - box.height / 2) : '';
    }),
  ].join('');
  const headers = marked.lastIndexOf('<g class="aiwf-headers"');
  const markup = `${marked.slice(0, headers)}<g class="aiwf-changes">${signs}</g>${marked.slice(headers)}`;
  return { as: 'svg', markup, size: { ...layout, headersAt: direction === 'right' ? 'left' : 'top' } };
}

type Area = Pick<Box, 'x' | 'y' | 'width' | 'height'>;

/** On the line and on nothing else, as near to its middle as can be; the middle where nothing is free. */
function freePlace(points: readonly Point[], taken: readonly Area[]): Point | undefined {
  const all = points.slice(1).flatMap((end, at): Point[] => {
    const start = points[at] ?? end;
    const count = Math.max(1, Math.floor(Math.hypot(end.x - start.x, end.y - start.y) / 6));
    return Array.from({ length: count }, (_, nth) => ({
      x: start.x + ((end.x - start.x) * (nth + 0.5)) / count,
      y: start.y + ((end.y - start.y) * (nth + 0.5)) / count,
    }));
  });
  const middle = all.length / 2;
  const sorted = all.map((point, at) => ({ point, off: Math.abs(at - middle) })).sort((a, b) => a.off - b.off);
  const isFree = ({ x, y }: Point) =>
    taken.every((box) => Math.abs(box.x - x) > box.width / 2 + 10 || Math.abs(box.y - y) > box.height / 2 + 10);
  return (sorted.find(({ point }) => isFree(point)) ?? sorted[0])?.point;
}

function byMarkup(changes: Readonly<Record<string, Change>>): ReadonlyMap<string, Change> {
  return new Map(Object.entries(changes).map(([id, change]) => [escapeMarkup(id), change]));
}

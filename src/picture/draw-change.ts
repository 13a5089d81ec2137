// Draws two revisions in one picture: what came, went and changed has a class for its color and a sign for everyone.

import { drawPicture } from './draw.ts';
import { drawSign } from './draw-signs.ts';
import type { Box, Direction, Measures, Point } from './geometry.ts';
import { layOut } from './layout.ts';
import { escapeMarkup, tag } from './markup.ts';
import type { ChangeView, DrawnView } from './views.ts';
import { fill, type PictureWords } from './words.ts';

/** The notes are not drawn: they are text for the panel beside. */
export function drawChange(
  view: ChangeView,
  measures: Measures,
  words: PictureWords,
  direction: Direction = 'down',
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
  const changes = { nodes: new Map(Object.entries(view.nodes)), edges: new Map(Object.entries(view.edges)) };
  const overlay = tag('g', { class: 'aiwf-changes' }, signs);
  const markup = drawPicture(picture, layout, words, { changes, overlay });
  return { as: 'svg', markup, size: layout };
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

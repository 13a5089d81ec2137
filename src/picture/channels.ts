// The channels between the rows: puts the horizontal parts of the edges and the labels on tracks, and says how high
// each channel gets by that.
import { type Box, lineHeight, trackWidth } from './geometry.ts';
import { placeLabel } from './label.ts';
import type { Grid, Route } from './route.ts';
import type { Measure } from './text.ts';
import { assignTracks } from './tracks.ts';

interface Tracked {
  readonly route: Route;
  readonly xs: readonly number[];
  readonly lines: readonly string[];
}

/** Lays the horizontal parts and the labels of each channel on tracks. */
export function fillChannels(grid: Grid, edges: readonly Tracked[], measure: Measure) {
  const verticals = edges.flatMap(({ route, xs }, at) =>
    route.legs.map((leg, nth) => ({
      edge: at,
      x: xs[nth] ?? 0,
      from: Math.min(leg.from, leg.to),
      to: Math.max(leg.from, leg.to),
    })),
  );
  const labels = new Array<Omit<Box, 'lines'> | undefined>(edges.length).fill(undefined);
  const trackYs = new Map<string, number>();
  const height: number[] = [];
  for (let channel = 0; channel <= grid.rows; channel++) {
    const crossing = verticals.filter(({ from, to }) => from <= 2 * channel && to >= 2 * channel);
    const items = edges.flatMap(({ route, xs, lines }, at) => {
      const nths = route.channels.flatMap((each, nth) => (each === channel ? [nth] : []));
      if (nths.length === 0 && route.labelChannel === channel && lines.length > 0) nths.push(-1);
      return nths.map((nth) => {
        const x1 = xs[Math.max(0, nth)] ?? 0;
        const x2 = nth < 0 ? x1 : (xs[nth + 1] ?? x1);
        const bears = route.labelChannel === channel && lines.length > 0 && nth <= 0;
        const width = bears ? Math.max(...lines.map(measure)) + 8 : 0;
        const others = crossing.filter(({ edge }) => edge !== at).map(({ x }) => x);
        const labelX = bears ? placeLabel(x1, x2, width, others) : (x1 + x2) / 2;
        return {
          at,
          nth,
          x1,
          bears,
          labelX,
          width,
          tall: bears ? lines.length * lineHeight.label + 4 : 0,
          from: Math.min(x1, x2, labelX - width / 2),
          to: Math.max(x1, x2, labelX + width / 2),
          rightward: x2 >= x1,
        };
      });
    });
    items.sort(
      (a, b) =>
        Number(b.bears) - Number(a.bears) ||
        Number(a.rightward) - Number(b.rightward) ||
        (a.rightward ? b.x1 - a.x1 : a.x1 - b.x1) ||
        a.at - b.at,
    );
    const tracks = assignTracks(items, 8);
    const talls = Array.from({ length: Math.max(0, ...tracks.map((track) => track + 1)) }, (_, track) =>
      Math.max(trackWidth, ...items.map((item, nth) => (tracks[nth] === track ? item.tall + 2 : 0))),
    );
    items.forEach((item, nth) => {
      const track = tracks[nth] ?? 0;
      const y = 12 + talls.slice(0, track).reduce((sum, tall) => sum + tall, 0) + (talls[track] ?? 0) / 2;
      trackYs.set(`${item.at} ${item.nth}`, y);
      if (item.bears) labels[item.at] = { x: item.labelX, y, width: item.width, height: item.tall };
    });
    const sum = talls.reduce((total, tall) => total + tall, 0);
    height.push(channel === 0 && sum === 0 ? 16 : channel === grid.rows && sum === 0 ? 14 : Math.max(30, sum + 30));
  }
  return { height, labels, trackOf: (at: number, nth: number): number => trackYs.get(`${at} ${nth}`) ?? 12 };
}

// Small signs in a circle: what happened to a step between two revisions, and whether a limit is kept.
import { tag } from './markup.ts';
import type { Change, TimeLimit } from './views.ts';

const strokes: Readonly<Record<Change | TimeLimit['verdict'], string>> = {
  added: 'M-4 0H4M0 -4V4',
  removed: 'M-4 0H4',
  changed: 'M-4.5 1C-3 -3 -1 -2 0 0S3 3 4.5 -1',
  kept: 'M-3.5 0.5L-1 3L3.5 -3',
  missed: 'M-3 -3L3 3M3 -3L-3 3',
  unknown: 'M-2 -2A2 2 0 1 1 0.3 0.6V1.6M0.3 3.6V4',
};

/** A sign whose middle is at x, y; nothing where nothing happened. */
export function drawSign(sign: Change | TimeLimit['verdict'] | undefined, x: number, y: number): string {
  if (!sign) return '';
  return tag(
    'g',
    { class: `aiwf-change-sign aiwf-sign-${sign}`, transform: `translate(${x} ${y})`, 'aria-hidden': 'true' },
    tag('circle', { r: 8 }),
    tag('path', { d: strokes[sign] }),
  );
}

// Draws any view beside the flow: a picture to zoom and pan in, or a page that scrolls.
import { drawChange } from './draw-change.ts';
import { drawData } from './draw-data.ts';
import { drawHandoffs } from './draw-handoffs.ts';
import { drawResponsibilities } from './draw-responsibilities.ts';
import { drawTime } from './draw-time.ts';
import type { Direction, Measures } from './geometry.ts';
import type { DrawnView, ViewData } from './views.ts';
import type { PictureWords } from './words.ts';

/** `direction`: which way the flow runs, in views that show it. */
export function drawView(view: ViewData, measures: Measures, words: PictureWords, direction?: Direction): DrawnView {
  switch (view.view) {
    case 'handoffs':
      return drawHandoffs(view, measures, words);
    case 'responsibilities':
      return drawResponsibilities(view, words);
    case 'data':
      return drawData(view, words);
    case 'time':
      return drawTime(view, measures, words);
    case 'change':
      return drawChange(view, measures, words, direction);
  }
}

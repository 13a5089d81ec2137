// The pictures of an audit pack: the flow and the handoffs of each workflow, for light and for dark pages.
import { buildDiagram } from '../diagram/build-diagram.ts';
import { handoffsView } from '../diagram/handoffs-view.ts';
import { drawPicture } from '../picture/draw.ts';
import { drawView } from '../picture/draw-view.ts';
import { sansMeasures } from '../picture/font.ts';
import { layOut } from '../picture/layout.ts';
import type { PictureTheme } from '../picture/palette.ts';
import { standaloneSvg } from '../picture/standalone.ts';
import { pictureWords } from '../picture/words.ts';
import type { AuditedFile } from './audit-pack.ts';

/** One picture as an `svg` element for each theme of a screen, and for paper. */
export interface AuditPicture {
  readonly light: string;
  readonly dark: string;
  readonly print: string;
}

export interface WorkflowPictures {
  readonly flow?: AuditPicture;
  readonly handoffs?: AuditPicture;
}

/** Pictures by path; libraries have none. */
export function drawAuditPictures(files: readonly AuditedFile[]): ReadonlyMap<string, WorkflowPictures> {
  return new Map(files.map((file) => [file.path, picturesOf(file)]));
}

function picturesOf({ assessment: { analyses, workflow } }: AuditedFile): WorkflowPictures {
  if (workflow.library || workflow.steps.size === 0) return {};
  const words = pictureWords((text) => text);
  const diagram = buildDiagram(analyses);
  const ways = (['right', 'down'] as const).map((direction): Drawn => {
    const size = layOut(diagram, sansMeasures, direction);
    return { markup: drawPicture(diagram, size, words), size };
  });
  const view = handoffsView(analyses, diagram);
  const handoffs = view.rows.length > 0 ? drawView(view, sansMeasures, words) : undefined;
  return {
    flow: pictureOf(ways),
    ...(handoffs?.as === 'svg' ? { handoffs: pictureOf([handoffs]) } : {}),
  };
}

interface Drawn {
  readonly markup: string;
  readonly size: Parameters<typeof standaloneSvg>[1];
}

/** Room for a picture, in units of the picture: on a screen it may be as tall as it likes, a page of paper is as it is. */
const screen = { width: 1240, height: Number.POSITIVE_INFINITY };
const paper = { width: 1030, height: 620 };

/** Of several ways to lay it out, the one that is shrunk least, on a screen and on paper. */
function pictureOf(ways: readonly Drawn[]): AuditPicture {
  const best = (room: typeof screen) => {
    const shrunk = ({ size }: Drawn) => Math.min(1, room.width / size.width, room.height / size.height);
    return ways.reduce((kept, next) => (shrunk(next) > shrunk(kept) + 0.05 ? next : kept));
  };
  const draw = ({ markup, size }: Drawn, theme: PictureTheme) =>
    standaloneSvg(markup, size, theme, { background: 'transparent' })
      .replace(/^<\?xml[^>]*\?>\s*/, '')
      .trim();
  return { light: draw(best(screen), 'light'), dark: draw(best(screen), 'dark'), print: draw(best(paper), 'light') };
}

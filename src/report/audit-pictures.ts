// The pictures of an audit pack: the flow and the handoffs of each workflow, for light and for dark pages.
import { buildDiagram } from '../diagram/build-diagram.ts';
import { handoffsView } from '../diagram/handoffs-view.ts';
import { drawPicture } from '../picture/draw.ts';
import { drawView } from '../picture/draw-view.ts';
import { sansMeasures } from '../picture/font.ts';
import { layOut } from '../picture/layout.ts';
import type { PictureTheme } from '../picture/palette.ts';
import { standaloneSvg } from '../picture/standalone.ts';
import type { DrawnView } from '../picture/views.ts';
import { pictureWords } from '../picture/words.ts';
import type { AuditedFile } from './audit-pack.ts';

/** One picture as an `svg` element for each theme. */
export interface AuditPicture {
  readonly light: string;
  readonly dark: string;
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
  const size = layOut(diagram, sansMeasures, 'right');
  const flow = inThemes({ as: 'svg', markup: drawPicture(diagram, size, words), size });
  const view = handoffsView(analyses, diagram);
  const handoffs = view.rows.length > 0 ? inThemes(drawView(view, sansMeasures, words)) : undefined;
  return { ...(flow ? { flow } : {}), ...(handoffs ? { handoffs } : {}) };
}

function inThemes(drawn: DrawnView): AuditPicture | undefined {
  if (drawn.as !== 'svg') return undefined;
  const draw = (theme: PictureTheme) =>
    standaloneSvg(drawn.markup, drawn.size, theme, { background: 'transparent' })
      .replace(/^<\?xml[^>]*\?>\s*/, '')
      .trim();
  return { light: draw('light'), dark: draw('dark') };
}

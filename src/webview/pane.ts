// The place where the chosen view is drawn: pictures into the canvas, to zoom and pan in, tables into a page that scrolls.
import { type Collapsed, collapse } from '../picture/collapse.ts';
import { drawPicture } from '../picture/draw.ts';
import { drawView } from '../picture/draw-view.ts';
import { layOut } from '../picture/layout.ts';
import { marksOf } from '../picture/marks.ts';
import type { DrawnView, PictureSize } from '../picture/views.ts';
import type { PictureWords } from '../picture/words.ts';
import type { DiagramFinding, ShowMessage } from '../protocol.ts';
import { drawLegend } from './legend.ts';
import { measuresIn } from './measure.ts';
import { createMinimap } from './minimap.ts';
import { byId, elementFrom } from './page.ts';
import type { State } from './state.ts';
import { createViewport, type Viewport } from './viewport.ts';

export interface Pane {
  readonly viewport: Viewport;
  readonly canvas: HTMLElement;
  /** The element that shows the view: the canvas or the page. */
  readonly visible: () => HTMLElement;
  /** Draws the view of `state` with the badges of `findings`; `keep` leaves zoom and place as they are. */
  draw(state: State, shown: ShowMessage, findings: readonly DiagramFinding[], keep: boolean, isAwaited?: boolean): void;
  /** What is shown, as it was drawn. */
  drawn(): DrawnView | undefined;
  /** Where nodes and edges of the text are drawn. */
  collapsed(): Collapsed | undefined;
}

export function createPane(words: PictureWords, onMoved: () => void): Pane {
  const canvas = byId('aiwf-canvas');
  const page = byId('aiwf-page');
  const legend = byId('aiwf-legend');
  let collapsed: Collapsed | undefined;
  let last: DrawnView | undefined;
  const viewport = createViewport(canvas, () => {
    minimap.frame(viewport.seen());
    onMoved();
  });
  const minimap = createMinimap(byId<SVGSVGElement>('aiwf-minimap'), viewport.centerAt);

  const showPicture = (markup: string, size: PictureSize, keep: boolean): void => {
    const svg = elementFrom(markup);
    last = { as: 'svg', markup, size };
    const wasVisible = !canvas.hidden;
    canvas.hidden = false;
    page.hidden = true;
    canvas.replaceChildren(svg);
    minimap.show(size, nodesIn(svg));
    viewport.show(svg, size, keep && wasVisible);
  };

  return {
    viewport,
    canvas,
    visible: () => (canvas.hidden ? page : canvas),
    collapsed: () => collapsed,
    drawn: () => last,
    draw({ name, direction, grouping, expanded }, shown, findings, keep, isAwaited = false) {
      const measures = measuresIn(canvas);
      const view = name === 'flow' ? undefined : shown.view;
      if (name === 'flow') {
        collapsed = collapse(shown.diagram, grouping, new Set(expanded));
        const { picture, counts } = collapsed;
        const layout = layOut(picture, measures, direction);
        const marks = marksOf(findings.map((finding) => drawnPlace(finding, collapsed)));
        showPicture(drawPicture(picture, layout, words, { marks, counts }), layout, keep);
        drawLegend(legend, picture, words);
      } else if (view?.view === name) {
        collapsed = undefined;
        const drawn = drawView(view, measures, words, direction);
        if (drawn.as === 'svg') showPicture(drawn.markup, drawn.size, keep);
        else {
          const { scrollTop, scrollLeft } = page;
          canvas.hidden = true;
          page.hidden = false;
          page.innerHTML = drawn.markup;
          last = drawn;
          minimap.hide();
          if (keep) page.scrollTo(scrollLeft, scrollTop);
        }
        drawLegend(legend, shown.diagram, words);
      } else {
        // Nothing of another view stays under this one's tab.
        collapsed = undefined;
        canvas.hidden = true;
        page.hidden = false;
        page.replaceChildren();
        if (!isAwaited) {
          const sentence = document.createElement('p');
          sentence.className = 'aiwf-empty';
          sentence.textContent = name === 'change' ? words.noEarlier : words.empty;
          page.append(sentence);
        }
        legend.replaceChildren();
        minimap.hide();
      }
    },
  };
}

/** A finding at a step that is put together with others stands at their node. */
function drawnPlace({ severity, node, edge, lane }: DiagramFinding, collapsed: Collapsed | undefined) {
  return {
    severity,
    node: node === undefined ? undefined : (collapsed?.nodeOf.get(node) ?? node),
    edge: edge === undefined ? undefined : collapsed?.edgeOf.get(edge),
    lane,
  };
}

function nodesIn(svg: SVGSVGElement) {
  return [...svg.querySelectorAll<SVGGElement>('.aiwf-node')].map((node) => {
    const { e: x, f: y } = node.transform.baseVal.consolidate()?.matrix ?? { e: 0, f: 0 };
    const { width, height } = node.getBBox();
    const kind = /aiwf-by-(\w+)/.exec(node.getAttribute('class') ?? '')?.[1] ?? 'unassigned';
    return { x, y, width, height, kind };
  });
}

// The diagram beside the editor: takes diagrams from the panel, draws the newest, and posts what is selected.
import { drawPicture } from '../picture/draw.ts';
import { layOut } from '../picture/layout.ts';
import { fill, type PictureWords } from '../picture/words.ts';
import type { Diagram, FromWebview } from '../protocol.ts';
import { highlight, listenToSelection } from './interact.ts';
import { drawLegend } from './legend.ts';
import { measuresIn } from './measure.ts';
import { parseMessage } from './messages.ts';
import { createViewport, type View } from './viewport.ts';

interface State {
  readonly diagram: Diagram;
  readonly version: number;
  readonly view: View;
  readonly broken?: string;
}

interface Host {
  postMessage(message: FromWebview): void;
  getState(): State | undefined;
  setState(state: State): void;
}

declare function acquireVsCodeApi(): Host;

start(acquireVsCodeApi());

function start(host: Host): void {
  const root = byId('aiwf-diagram');
  const words = JSON.parse(root.dataset.words ?? '{}') as PictureWords;
  const canvas = byId('aiwf-canvas');
  const notice = byId('aiwf-notice');
  let shown: Omit<State, 'view'> | undefined;
  let marked: string | undefined;
  const viewport = createViewport(canvas, () => shown && host.setState({ ...shown, view: viewport.view() }));

  const say = (text: string | undefined): void => {
    notice.textContent = text ?? '';
    notice.hidden = text === undefined;
  };
  const draw = (next: Omit<State, 'view'>, restored?: View): void => {
    const { diagram, version } = next;
    const started = performance.now();
    try {
      const layout = layOut(diagram, measuresIn(canvas));
      const svg = elementFrom(drawPicture(diagram, layout, words));
      const keep = shown?.diagram.title === diagram.title && canvas.firstChild !== null;
      const focused = focusedStep(canvas);
      canvas.replaceChildren(svg);
      shown = next;
      viewport.show(svg, layout, keep);
      if (restored) viewport.restore(restored);
      drawLegend(byId('aiwf-legend'), diagram, words);
      highlight(canvas, marked);
      if (focused !== undefined) findStep(canvas, focused)?.focus();
      root.dataset.version = String(version);
      say(next.broken === undefined ? undefined : fill(words.incomplete, next.broken));
      host.postMessage({ type: 'drawn', version, milliseconds: Math.round(performance.now() - started) });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      say(fill(shown ? words.failedAfter : words.failed, reason));
      host.postMessage({ type: 'failed', version, reason });
    }
  };

  listenToSelection(canvas, (selection) => host.postMessage({ type: 'select', ...selection }), viewport.reveal);
  byId('aiwf-zoom-in').addEventListener('click', () => viewport.zoomBy(1.25));
  byId('aiwf-zoom-out').addEventListener('click', () => viewport.zoomBy(0.8));
  byId('aiwf-fit').addEventListener('click', viewport.fit);
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = parseMessage(event.data);
    if (message?.type === 'show') {
      const { diagram, version, broken } = message;
      draw(broken === undefined ? { diagram, version } : { diagram, version, broken });
    } else if (message?.type === 'broken') {
      say(fill(shown ? words.brokenAfter : words.broken, message.reason));
    } else if (message?.type === 'highlight') {
      marked = message.node;
      const node = highlight(canvas, marked);
      if (node) viewport.reveal(node);
    }
  });
  const saved = host.getState();
  const before = parseMessage({ ...saved, type: 'show' });
  if (saved && before?.type === 'show') draw(before, saved.view);
  host.postMessage({ type: 'ready' });
}

/** The text of an SVG, made an element. */
function elementFrom(svg: string): SVGSVGElement {
  const template = document.createElement('template');
  template.innerHTML = svg;
  return document.importNode(template.content, true).firstElementChild as SVGSVGElement;
}

function focusedStep(canvas: HTMLElement): string | undefined {
  const active = document.activeElement;
  return active instanceof SVGElement && canvas.contains(active) ? active.dataset.step : undefined;
}

function findStep(canvas: HTMLElement, id: string): SVGElement | undefined {
  return [...canvas.querySelectorAll<SVGElement>('.aiwf-node')].find((node) => node.dataset.step === id);
}

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}`);
  return found;
}

// The diagram beside the editor: takes diagrams from the panel, draws the newest, and posts what is selected.
import type { Diagram, FromWebview } from '../protocol.ts';
import { adoptNonce } from './content-security.ts';
import { drawDiagram } from './draw.ts';
import type { Measures } from './geometry.ts';
import { highlight, listenToSelection } from './interact.ts';
import { layOut } from './layout.ts';
import { drawLegend } from './legend.ts';
import { parseMessage } from './messages.ts';
import { createPlace, type Place } from './place.ts';
import { measureLike } from './text.ts';
import { createViewport, type View } from './viewport.ts';
import { fill, wordsOf } from './words.ts';

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

adoptNonce();
start(acquireVsCodeApi(), createPlace());

function start(host: Host, place: Place): void {
  const root = byId('aiwf-diagram');
  const words = wordsOf(root);
  const canvas = byId('aiwf-canvas');
  const notice = byId('aiwf-notice');
  let latest = 0;
  let placing: Promise<unknown> = Promise.resolve();
  let shown: Omit<State, 'view'> | undefined;
  let marked: string | undefined;
  const viewport = createViewport(canvas, () => shown && host.setState({ ...shown, view: viewport.view() }));

  const say = (text: string | undefined): void => {
    notice.textContent = text ?? '';
    notice.hidden = text === undefined;
  };
  const draw = async (next: Omit<State, 'view'>, restored?: View): Promise<void> => {
    const request = ++latest;
    const { diagram, version } = next;
    const started = performance.now();
    try {
      // Mermaid places one diagram at a time: what was overtaken while it waited is never placed.
      await placing;
      if (request !== latest) return;
      const placed = place(diagram);
      placing = placed.catch(() => undefined);
      const placement = await placed;
      if (request !== latest) return;
      const layout = layOut(diagram, placement, measures(canvas));
      const svg = drawDiagram(diagram, layout, words);
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
      if (request !== latest) return;
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
      void draw(broken === undefined ? { diagram, version } : { diagram, version, broken });
    } else if (message?.type === 'broken') {
      latest++;
      say(fill(shown ? words.brokenAfter : words.broken, message.reason));
    } else if (message?.type === 'highlight') {
      marked = message.node;
      const node = highlight(canvas, marked);
      if (node) viewport.reveal(node);
    }
  });
  const saved = host.getState();
  const before = parseMessage({ ...saved, type: 'show' });
  if (saved && before?.type === 'show') void draw(before, saved.view);
  host.postMessage({ type: 'ready' });
}

function measures(canvas: HTMLElement): Measures {
  return {
    node: measureLike(canvas, '13px'),
    label: measureLike(canvas, '11.5px'),
    header: measureLike(canvas, '13px', '600'),
  };
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

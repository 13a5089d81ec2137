// The page of the diagram panel: takes pictures from the panel, draws the newest in the chosen view, and posts what is
// selected. Everything it is made of is put together here.
import { type Grouping, groupings, groupOf } from '../picture/collapse.ts';
import { viewNames } from '../picture/views.ts';
import { fill, type PictureWords } from '../picture/words.ts';
import type { DiagramFinding, ExportMessage, FromWebview, ShowMessage } from '../protocol.ts';
import { listenToEdits } from './edit-gestures.ts';
import { exportView } from './export.ts';
import { passingFilter } from './filter.ts';
import { highlight, listenToSelection } from './interact.ts';
import { lightFinding } from './light.ts';
import { parseMessage } from './messages.ts';
import { byId, createTabs } from './page.ts';
import { createPane } from './pane.ts';
import { createSearch } from './search.ts';
import { createSide } from './side.ts';
import { parseState, type State } from './state.ts';

interface Host {
  postMessage(message: FromWebview): void;
  getState(): unknown;
  setState(state: State): void;
}

declare function acquireVsCodeApi(): Host;

start(acquireVsCodeApi());

function start(host: Host): void {
  const root = byId('aiwf-diagram');
  const words = JSON.parse(root.dataset.words ?? '{}') as PictureWords;
  const notice = byId('aiwf-notice');
  let state = parseState(host.getState());
  let marked: string | undefined;
  /** The view of the chosen tab was asked for and has not come yet. */
  let isAwaited = state.name !== 'flow';
  const keep = (): void => host.setState({ ...state, view: pane.viewport.view() });
  const pane = createPane(words, () => state.shown && keep());
  const search = createSearch(
    byId<HTMLInputElement>('aiwf-search'),
    byId('aiwf-hits'),
    pane.canvas,
    pane.viewport.reveal,
    words,
  );
  const say = (text: string | undefined): void => {
    notice.textContent = text ?? '';
    notice.hidden = text === undefined;
  };

  const passing = (): readonly DiagramFinding[] => {
    const { shown, filter } = state;
    return shown ? passingFilter(shown.findings, filter, shown.diagram) : [];
  };
  const light = (reveal: boolean): void => {
    const collapsed = pane.collapsed();
    const finding = state.name === 'flow' ? passing().find(({ id }) => id === state.finding) : undefined;
    const place = lightFinding(pane.canvas, finding, {
      node: (id) => collapsed?.nodeOf.get(id),
      edge: (id) => collapsed?.edgeOf.get(id),
    });
    if (place && reveal) pane.viewport.reveal(place);
  };

  /** Draws everything anew, which takes a few milliseconds; the focus stays where it was. */
  const draw = (keepPlace: boolean): void => {
    const { shown } = state;
    if (!shown) return;
    const started = performance.now();
    const { version, broken } = shown;
    try {
      const focused = focusedStep(pane.visible());
      pane.draw(state, shown, passing(), keepPlace, isAwaited);
      side.show(state, passing());
      search.refresh();
      highlight(pane.canvas, marked);
      light(false);
      if (focused !== undefined) findStep(pane.visible(), focused)?.focus();
      root.dataset.version = String(version);
      root.dataset.view = state.name;
      say(broken === undefined ? undefined : fill(words.incomplete, broken));
      host.postMessage({ type: 'drawn', version, milliseconds: Math.round(performance.now() - started) });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      say(fill(pane.visible().firstChild ? words.failedAfter : words.failed, reason));
      host.postMessage({ type: 'failed', version, reason });
    }
  };
  const change = (next: Partial<State>, keepPlace: boolean): void => {
    state = { ...state, ...next };
    showOptions(state);
    draw(keepPlace);
    keep();
  };

  const chooseFinding = (id: string | undefined, stays = false): void => {
    const finding = state.finding === id && !stays ? undefined : id;
    const isFlow = state.name === 'flow';
    if (finding !== undefined && !isFlow) chooseView('flow');
    change({ finding, side: 'findings' }, isFlow);
    light(true);
    if (finding !== undefined) host.postMessage({ type: 'selectFinding', finding });
  };
  const side = createSide(byId('aiwf-side'), words, {
    onFinding: (id) => chooseFinding(id),
    onWitness: (finding, step) => host.postMessage({ type: 'selectFinding', finding, step }),
    onFix: (finding) => host.postMessage({ type: 'fix', finding }),
    onFilter: (filter) => change({ filter }, true),
    onSelect: (selection) => {
      host.postMessage({ type: 'select', ...selection });
      const node = selection.element === 'node' ? findStep(pane.visible(), selection.id) : undefined;
      if (node) pane.viewport.reveal(node);
    },
  });

  const chooseView = (name: State['name']): void => {
    if (name === state.name) return;
    isAwaited = name !== 'flow';
    change({ name }, false);
    askView();
  };
  const showTab = createTabs(byId('aiwf-views'), (tab) => {
    const name = viewNames.find((one) => one === tab.dataset.view);
    if (name) chooseView(name);
  });
  /** Whether calls hold the steps of the files they call, in what is shown. */
  const isOpened = (): boolean => {
    const { nodes } = state.shown?.diagram ?? { nodes: [] };
    const calls = new Set(nodes.flatMap(({ id, kind }) => (kind === 'call' ? [id] : [])));
    return state.expanded.some((id) => calls.has(id));
  };
  const askView = (): void => host.postMessage({ type: 'view', view: state.name, opened: isOpened() });
  const expand = (id: string): void => {
    const isCall = state.shown?.diagram.nodes.some((node) => node.id === id && node.kind === 'call') ?? false;
    if (!isCall && !pane.collapsed()?.counts.has(id)) return;
    const wasOpened = isOpened();
    change({ expanded: [...new Set([...state.expanded, id])] }, true);
    if (isCall && !wasOpened) askView();
  };
  const closeAround = (id: string): void => {
    const { shown, grouping, expanded } = state;
    const nodes = shown?.diagram.nodes ?? [];
    const byNodeId = new Map(nodes.map((node) => [node.id, node]));
    const node = byNodeId.get(id);
    const group = node && (grouping === 'scope' ? node.scope : groupOf(node, grouping, new Set(), byNodeId));
    if (group !== undefined) change({ expanded: expanded.filter((other) => other !== group) }, true);
  };

  const toggleSide = (name: 'findings' | 'outline'): void =>
    change({ side: state.side === name ? 'none' : name }, true);
  const showOptions = ({ name, grouping, direction, side: open, shown }: State): void => {
    showTab(byId(`aiwf-view-${name}`));
    byId('aiwf-view').setAttribute('aria-labelledby', `aiwf-view-${name}`);
    byId<HTMLSelectElement>('aiwf-grouping').value = grouping;
    byId('aiwf-direction').setAttribute('aria-pressed', String(direction === 'right'));
    byId('aiwf-show-findings').setAttribute('aria-expanded', String(open === 'findings'));
    byId('aiwf-show-outline').setAttribute('aria-expanded', String(open === 'outline'));
    byId('aiwf-count').textContent = String(shown?.findings.length ?? '');
  };

  listenToSelection(byId('aiwf-view'), {
    onSelect: (selection) => {
      if (selection.element === 'node' && pane.collapsed()?.counts.has(selection.id)) return;
      host.postMessage({ type: 'select', ...selection });
    },
    reveal: pane.viewport.reveal,
    direction: () => state.direction,
  });
  listenToEdits(pane.canvas, {
    onChange: (edit) => {
      if (state.shown) host.postMessage({ type: 'change', version: state.shown.version, change: edit });
    },
    diagram: () => (state.name === 'flow' && !state.shown?.broken ? state.shown?.diagram : undefined),
    announce: (text) => {
      byId('aiwf-live').textContent = text ?? '';
    },
    words,
  });
  pane.canvas.addEventListener('dblclick', (event) => {
    const id = event.target instanceof Element ? stepOf(event.target) : undefined;
    if (id !== undefined) expand(id);
  });
  pane.canvas.addEventListener('keydown', (event) => {
    const id = event.target instanceof Element ? stepOf(event.target) : undefined;
    if (id === undefined) return;
    const isGroup = pane.collapsed()?.counts.has(id);
    if (event.key === '+' || (event.key === 'Enter' && isGroup)) expand(id);
    else if (event.key === '-') closeAround(id);
  });
  byId('aiwf-grouping').addEventListener('change', ({ target }) => {
    const grouping = groupings.find((one): one is Grouping => one === (target as HTMLSelectElement).value);
    if (grouping) change({ grouping, expanded: [] }, false);
  });
  byId('aiwf-direction').addEventListener('click', () =>
    change({ direction: state.direction === 'down' ? 'right' : 'down' }, false),
  );
  byId('aiwf-export').addEventListener('click', () => host.postMessage({ type: 'askExport' }));
  const exportShown = async (message: ExportMessage): Promise<void> => {
    const drawn = pane.drawn();
    const { shown, name } = state;
    if (!drawn || !shown) return;
    const { title } = shown.diagram;
    const { format } = message;
    try {
      const view = name === 'flow' ? undefined : shown.view;
      const content = await exportView(message, { title, drawn, view }, words);
      host.postMessage({ type: 'export', format, content });
    } catch (error) {
      host.postMessage({ type: 'exportFailed', reason: error instanceof Error ? error.message : String(error) });
    }
  };
  byId('aiwf-show-findings').addEventListener('click', () => toggleSide('findings'));
  byId('aiwf-show-outline').addEventListener('click', () => toggleSide('outline'));
  byId('aiwf-zoom-in').addEventListener('click', () => pane.viewport.zoomBy(1.25));
  byId('aiwf-zoom-out').addEventListener('click', () => pane.viewport.zoomBy(0.8));
  byId('aiwf-fit').addEventListener('click', pane.viewport.fit);

  const take = (shown: ShowMessage): void => {
    isAwaited = false;
    const isSame = state.shown?.diagram.title === shown.diagram.title && pane.visible().firstChild !== null;
    change({ shown }, isSame);
  };
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = parseMessage(event.data);
    if (message?.type === 'show') take(message);
    else if (message?.type === 'broken') say(fill(state.shown ? words.brokenAfter : words.broken, message.reason));
    else if (message?.type === 'refused') say(message.reason);
    else if (message?.type === 'export') void exportShown(message);
    // Chosen on the page, a second time means off; asked for from elsewhere, it never does.
    else if (message?.type === 'light') chooseFinding(message.finding, true);
    else if (message?.type === 'highlight') {
      marked = message.node;
      const node = highlight(pane.canvas, marked);
      if (node) pane.viewport.reveal(node);
    }
  });
  const { view, name } = state;
  showOptions(state);
  draw(false);
  if (view) pane.viewport.restore(view);
  host.postMessage({ type: 'ready' });
  if (name !== 'flow' || isOpened()) askView();
}

function stepOf(target: Element): string | undefined {
  return target.closest('[data-step]')?.getAttribute('data-step') ?? undefined;
}

function focusedStep(pane: HTMLElement): string | undefined {
  const active = document.activeElement;
  return active && pane.contains(active) ? (active.getAttribute('data-step') ?? undefined) : undefined;
}

function findStep(pane: HTMLElement, id: string): (HTMLElement | SVGElement) | undefined {
  return [...pane.querySelectorAll<HTMLElement | SVGElement>('[data-step]')].find((node) => node.dataset.step === id);
}

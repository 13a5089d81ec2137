// The diagram beside the editor: one panel that follows the active workflow, asks the language server for its picture,
// and ties picture and text together: a click selects text, and the step with the cursor is marked.
import * as vscode from 'vscode';
import type { ViewName } from '../picture/views.ts';
import type {
  DiagramParams,
  DiagramResult,
  EditDiagramParams,
  EditDiagramResult,
  MermaidParams,
  MermaidResult,
  Range,
  ToWebview,
} from '../protocol.ts';
import { applyDiagramChange, type ChangeMessage } from './diagram-edits.ts';
import { exportDiagram, saveExport } from './diagram-export.ts';
import { diagramHtml } from './diagram-html.ts';
import { parseFromWebview } from './diagram-messages.ts';
import { showPlace, stepAt } from './diagram-places.ts';
import { textAtHead } from './git-base.ts';
import { offerFixes } from './offer-fixes.ts';
import { isWorkflow, nameOf, openDocument, visibleWorkflow } from './workflow-files.ts';

const diagramViewType = 'aiwf.diagram';

interface DiagramHost {
  readonly extensionUri: vscode.Uri;
  /** Remembers which workflow a restored panel shows. */
  readonly memory: vscode.Memento;
  /** Undefined where there is no answer. */
  diagram(params: DiagramParams): Promise<DiagramResult | null | undefined>;
  editDiagram(params: EditDiagramParams): Promise<EditDiagramResult | undefined>;
  mermaid(params: MermaidParams): Promise<MermaidResult | null | undefined>;
  log(message: string): void;
}

const typingPause = 200;

/** What Git calls it, in every language. */
const lastCommit = 'HEAD';

export class DiagramPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #host: DiagramHost;
  readonly #listeners: vscode.Disposable[];
  #panel: vscode.WebviewPanel | undefined;
  /** The page runs and takes messages. */
  #ready = false;
  #followed: vscode.Uri | undefined;
  /** The newest answer for the followed workflow: where its steps stand now. */
  #newest: DiagramResult | undefined;
  /** The last good picture; shown as it is for as long as the text is broken. */
  #shown: ToWebview | undefined;
  #notice: ToWebview | undefined;
  #highlighted: string | undefined;
  /** To be lit as soon as it is drawn. */
  #toLight: string | undefined;
  #request = 0;
  #view: ViewName = 'flow';
  #opened = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: DiagramHost) {
    this.#host = host;
    this.#listeners = [
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor && isWorkflow(editor.document)) this.#follow(editor.document.uri);
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (this.#isFollowed(textEditor.document.uri)) this.#highlight();
      }),
      // A library may be in the picture too, so every edit of a workflow counts.
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && isWorkflow(document)) this.#schedule();
      }),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => this.#isFollowed(uri) && this.#schedule()),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#isFollowed(uri) && this.#lose(uri)),
      // New findings without an edit: a file that the workflow uses has changed on disk.
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some((uri) => this.#isFollowed(uri))) this.#scheduleUnlessDue();
      }),
      vscode.window.registerWebviewPanelSerializer(diagramViewType, this),
    ];
  }

  /** Shows the panel beside the editor of `uri`, which keeps the focus. */
  open(uri: vscode.Uri): void {
    if (this.#panel) this.#panel.reveal(undefined, true);
    else {
      const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      this.#adopt(vscode.window.createWebviewPanel(diagramViewType, vscode.l10n.t('Diagram'), place));
    }
    this.#follow(uri);
  }

  /** Shows the panel with the path that proves a finding of `uri` lit. */
  showFinding(uri: vscode.Uri, finding: string): void {
    this.#toLight = finding;
    this.open(uri);
    void this.#update();
  }

  /** Makes a file of what the panel shows. */
  async exportPicture(): Promise<void> {
    const uri = this.#followed;
    if (!uri || !this.#ready) return;
    await exportDiagram(uri, {
      mermaid: (asked) => this.#host.mermaid({ uri: asked.toString() }),
      ask: (message) => this.#post(message),
      isTable: this.#view === 'responsibilities' || this.#view === 'data',
    });
  }

  /** The workflow in the panel, when the panel is what the user looks at. */
  get active(): vscode.Uri | undefined {
    return this.#panel?.active ? this.#followed : undefined;
  }

  /** VS Code brings a panel back after a restart. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#panel?.dispose();
    this.#adopt(panel);
    const remembered = this.#host.memory.get<string>(diagramViewType);
    const uri = visibleWorkflow()?.uri ?? (remembered === undefined ? undefined : vscode.Uri.parse(remembered));
    if (!uri) return;
    this.#follow(uri);
    await this.#attempt(() => vscode.workspace.openTextDocument(uri));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const listener of this.#listeners) listener.dispose();
    this.#panel?.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const { extensionUri } = this.#host;
    const { webview } = panel;
    const files = (...path: string[]): vscode.Uri => vscode.Uri.joinPath(extensionUri, ...path);
    this.#panel = panel;
    panel.iconPath = { light: files('media', 'file-light.svg'), dark: files('media', 'file-dark.svg') };
    webview.options = { enableScripts: true, localResourceRoots: [files('dist'), files('media')] };
    webview.onDidReceiveMessage((data) => this.#receive(data));
    panel.onDidChangeViewState(() => {
      // A hidden page is gone; it starts anew, and says so, when it is shown again.
      if (!panel.visible) this.#ready = false;
    });
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#ready = false;
      this.#followed = undefined;
      this.#forget();
    });
    webview.html = diagramHtml({
      nonce: newNonce(),
      cspSource: webview.cspSource,
      scriptUri: webview.asWebviewUri(files('dist', 'webview.js')).toString(),
      styleUri: webview.asWebviewUri(files('media', 'diagram.css')).toString(),
      title: vscode.l10n.t('Diagram'),
      language: vscode.env.language,
      t: vscode.l10n.t,
    });
  }

  #receive(data: unknown): void {
    const message = parseFromWebview(data);
    if (message?.type === 'ready') {
      this.#ready = true;
      for (const last of [this.#shown, this.#notice]) if (last) this.#post(last);
      if (this.#highlighted !== undefined) this.#post({ type: 'highlight', node: this.#highlighted });
      void this.#update();
    } else if (message?.type === 'view') {
      this.#view = message.view;
      this.#opened = message.opened ?? false;
      void this.#update();
    } else if (message?.type === 'select') {
      void this.#attempt(() => this.#show(() => this.#rangeOf(message)));
    } else if (message?.type === 'selectFinding') {
      void this.#attempt(() => this.#show(() => this.#rangeOfFinding(message)));
    } else if (message?.type === 'change') {
      void this.#attempt(() => this.#change(message));
    } else if (message?.type === 'askExport') {
      void this.#attempt(() => this.exportPicture());
    } else if (message?.type === 'export') {
      const uri = this.#followed;
      if (uri) void this.#attempt(() => saveExport(uri, this.#view, message));
    } else if (message?.type === 'exportFailed') {
      void vscode.window.showWarningMessage(message.reason);
    } else if (message?.type === 'fix') {
      void this.#attempt(() => this.#fix(message.finding));
    } else if (message?.type === 'failed') {
      this.#host.log(`Version ${message.version} could not be drawn: ${message.reason}`);
    }
  }

  #follow(uri: vscode.Uri): void {
    if (!this.#panel || this.#isFollowed(uri)) return;
    this.#followed = uri;
    void this.#update();
  }

  #isFollowed(uri: vscode.Uri): boolean {
    return this.#panel !== undefined && this.#followed?.toString() === uri.toString();
  }

  /** Every keystroke begins the pause anew. */
  #schedule(): void {
    if (!this.#panel) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#update(), typingPause);
  }

  /** The findings of an edit come while its pause runs, and do not make it longer. */
  #scheduleUnlessDue(): void {
    if (this.#timer === undefined) this.#schedule();
  }

  /** Asks for the picture of the followed workflow; only the newest request counts, and only for the text as it is now. */
  async #update(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const uri = this.#followed;
    if (!uri || !this.#ready || !openDocument(uri)) return;
    const request = ++this.#request;
    const result = await this.#host.diagram(await this.#question(uri));
    const document = openDocument(uri);
    if (request !== this.#request || result === undefined || !this.#panel || !document) return;
    if (result === null) this.#showNothing(uri);
    else if (result.version >= document.version) this.#take(uri, result);
  }

  async #question(uri: vscode.Uri): Promise<DiagramParams> {
    const asked = { uri: uri.toString(), view: this.#view, opened: this.#opened };
    if (this.#view !== 'change') return asked;
    const text = await textAtHead(uri);
    return text === undefined ? asked : { ...asked, base: { name: lastCommit, text } };
  }

  #take(uri: vscode.Uri, result: DiagramResult): void {
    const { diagram, findings, view, version, broken } = result;
    if (this.#newest?.uri !== uri.toString()) {
      this.#forget();
      if (this.#panel) this.#panel.title = vscode.l10n.t('Diagram: {0}', nameOf(uri).replace(/\.aiwf\.ya?ml$/, ''));
      void this.#host.memory.update(diagramViewType, uri.toString());
    }
    this.#newest = { ...result, uri: uri.toString() };
    const shown = { type: 'show', version, diagram, findings, ...(view ? { view } : {}) } as const;
    if (broken === undefined) this.#put(shown);
    else if (this.#shown) this.#warn(broken);
    else this.#put({ ...shown, broken });
    this.#highlight();
    if (this.#toLight !== undefined) this.#post({ type: 'light', finding: this.#toLight });
    this.#toLight = undefined;
  }

  /** A library has no flow: the panel stays with the workflow it showed before. */
  #showNothing(uri: vscode.Uri): void {
    if (this.#newest && this.#newest.uri !== uri.toString()) this.#followed = vscode.Uri.parse(this.#newest.uri);
    else this.#warn(vscode.l10n.t('{0} has no steps to draw.', nameOf(uri)));
  }

  #lose(uri: vscode.Uri): void {
    this.#request++;
    const other = visibleWorkflow();
    if (other && other.uri.toString() !== uri.toString()) this.#follow(other.uri);
    else this.#warn(vscode.l10n.t('{0} is closed.', nameOf(uri)));
  }

  #put(message: ToWebview): void {
    const isSame = this.#notice === undefined && JSON.stringify(message) === JSON.stringify(this.#shown);
    this.#shown = message;
    this.#notice = undefined;
    if (!isSame) this.#post(message);
  }

  #warn(reason: string): void {
    this.#notice = { type: 'broken', reason };
    this.#post(this.#notice);
  }

  #post(message: ToWebview): void {
    if (this.#ready) void this.#panel?.webview.postMessage(message);
  }

  #forget(): void {
    this.#newest = undefined;
    this.#shown = undefined;
    this.#notice = undefined;
    this.#highlighted = undefined;
  }

  #highlight(): void {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    const editors = activeTextEditor ? [activeTextEditor, ...visibleTextEditors] : visibleTextEditors;
    const editor = editors.find(({ document }) => this.#isFollowed(document.uri));
    const node = editor && stepAt(this.#newest, editor.selection.active);
    if (node === this.#highlighted) return;
    this.#highlighted = node;
    this.#post(node === undefined ? { type: 'highlight' } : { type: 'highlight', node });
  }

  #rangeOf({ element, id }: { readonly element: 'node' | 'edge' | 'place'; readonly id: string }): Range | undefined {
    const { diagram, places } = this.#newest ?? {};
    if (element === 'place') return places?.[id];
    const parts = element === 'node' ? diagram?.nodes : diagram?.edges;
    return parts?.find((part) => part.id === id)?.range;
  }

  /** The finding itself, or a step of the path that proves it. */
  #rangeOfFinding({ finding, step }: { readonly finding: string; readonly step?: number }): Range | undefined {
    const found = this.#newest?.findings.find(({ id }) => id === finding);
    return step === undefined ? found?.range : found?.witness[step]?.range;
  }

  async #show(find: () => Range | undefined): Promise<void> {
    const document = await this.#current();
    const range = find();
    if (document && range) await showPlace(document, range, this.#panel?.viewColumn);
  }

  async #change(message: ChangeMessage): Promise<void> {
    const uri = this.#followed;
    if (!uri) return;
    const refuse = (reason: string): void => this.#post({ type: 'refused', reason });
    const { editDiagram } = this.#host;
    const changed = await applyDiagramChange({ editDiagram, refuse }, uri, message);
    if (changed !== undefined) this.#post({ type: 'highlight', node: changed });
  }

  async #fix(finding: string): Promise<void> {
    const document = await this.#current();
    const range = this.#rangeOfFinding({ finding });
    if (document && range) await offerFixes(document, range);
  }

  /** The followed document, with places that are those of its text: while somebody types, they move. */
  async #current(): Promise<vscode.TextDocument | undefined> {
    const uri = this.#followed;
    if (!uri) return undefined;
    const document = openDocument(uri) ?? (await vscode.workspace.openTextDocument(uri));
    if (this.#newest?.version !== document.version) await this.#update();
    return document;
  }

  /** A file that is gone or an editor that closes is no reason for a pop-up. */
  async #attempt(action: () => Thenable<unknown>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.#host.log(String(error));
    }
  }
}

function newNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))));
}

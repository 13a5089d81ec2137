// What the Governance view knows: the rows of every workflow, asked of the language server a file at a time, so that the
// tree fills while the check goes on, and asked again for what the server says is out of date.
import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import {
  type GovernanceChangedParams,
  type GovernanceFile,
  type GovernanceParams,
  type GovernanceResult,
  type GovernanceRule,
  governanceChangedNotification,
  governanceRequest,
} from '../protocol.ts';
import type { CheckProgress, CheckWatch } from './check-commands.ts';
import { ask } from './client.ts';
import { nameOf } from './workflow-files.ts';

export const governanceViewId = 'aiwf.governance';

/** Above it a check shows that it goes on, and waits until somebody looks. */
const manyFiles = 5;

export class GovernanceStore implements vscode.Disposable {
  readonly #client: BaseLanguageClient;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #progressed = new vscode.EventEmitter<void>();
  readonly #listeners: readonly vscode.Disposable[];
  readonly #files = new Map<string, GovernanceFile>();
  readonly #rules = new Map<string, GovernanceRule>();
  /** Files to ask for. */
  readonly #queue = new Set<string>();
  /** Files of the workspace that nothing is known of. */
  #unchecked: ReadonlySet<string> = new Set();
  #isLoaded = false;
  /** Ids of the views that are shown. */
  readonly #visible = new Set<string>();
  /** The whole workspace is looked through anew. */
  #mustLoad = false;
  #stop: vscode.CancellationTokenSource | undefined;
  /** The user has stopped a check: nothing more is checked before the user asks. */
  #isStopped = false;
  #held: Promise<unknown> | undefined;
  #progress: CheckProgress | undefined;
  #running: Promise<void> | undefined;

  readonly onDidChangeRows = this.#changed.event;
  readonly onDidProgress = this.#progressed.event;

  constructor(client: BaseLanguageClient) {
    this.#client = client;
    this.#listeners = [
      client.onNotification(governanceChangedNotification, ({ uris }: GovernanceChangedParams) => {
        if (!this.#isLoaded) return;
        if (uris) for (const uri of uris) this.#queue.add(uri);
        else this.#mustLoad = true;
        void this.#run();
      }),
      // A server that had to be started again knows nothing of what it was asked.
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Running && (this.#isLoaded || this.#isVisible)) void this.reload();
      }),
    ];
  }

  get files(): readonly GovernanceFile[] {
    return [...this.#files.values()].sort((a, b) => (a.uri < b.uri ? -1 : 1));
  }

  get rules(): ReadonlyMap<string, GovernanceRule> {
    return this.#rules;
  }

  /** Number of workflow files that were not checked yet. */
  get unchecked(): number {
    return this.#unchecked.size;
  }

  /** The server has said which workflows there are. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  get #isVisible(): boolean {
    return this.#visible.size > 0;
  }

  get progress(): CheckProgress | undefined {
    return this.#progress;
  }

  /** A view is shown, or not any more. */
  setVisible(view: string, isVisible: boolean): void {
    if (isVisible) this.#visible.add(view);
    else this.#visible.delete(view);
    if (!isVisible) return;
    if (!this.#isLoaded) this.#mustLoad = true;
    void this.#run();
  }

  /** Looks through the workspace anew. */
  async reload(): Promise<void> {
    this.#mustLoad = true;
    await this.#run();
  }

  /** Ends the check that goes on. */
  stop(): void {
    this.#isStopped = true;
    this.#stop?.cancel();
  }

  /** Runs a check of somebody else, shown in the view; what it finds comes by the way, and no question is asked meanwhile. */
  async watch<T extends { readonly stopped: boolean }>(check: (watch: CheckWatch) => Promise<T>): Promise<T> {
    this.#stop?.cancel();
    const stop = new vscode.CancellationTokenSource();
    this.#stop = stop;
    const report = (progress: CheckProgress): void => this.#show(progress);
    const held = Promise.resolve(
      vscode.window.withProgress({ location: { viewId: governanceViewId } }, () =>
        check({ token: stop.token, report }),
      ),
    );
    this.#held = held.catch(() => undefined);
    const result = await held.finally(() => {
      this.#held = undefined;
      this.#stop = undefined;
      this.#show(undefined);
    });
    this.#isStopped = result.stopped;
    if (!this.#isLoaded && this.#isVisible) this.#mustLoad = true;
    void this.#run();
    return result;
  }

  dispose(): void {
    this.#stop?.cancel();
    for (const listener of this.#listeners) listener.dispose();
    this.#changed.dispose();
    this.#progressed.dispose();
  }

  async #run(): Promise<void> {
    this.#running ??= this.#work().finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  async #work(): Promise<void> {
    while (this.#mustLoad || (this.#queue.size > 0 && (this.#isVisible || this.#queue.size <= manyFiles))) {
      await this.#held;
      if (this.#mustLoad) await this.#load();
      const uris = [...this.#queue].sort();
      this.#queue.clear();
      if (uris.length > manyFiles) await this.#withProgress(uris);
      else await this.#check(uris);
    }
  }

  async #load(): Promise<void> {
    this.#mustLoad = false;
    const result = await this.#ask({});
    if (!result) return;
    this.#isLoaded = true;
    this.#files.clear();
    this.#take(result);
    this.#unchecked = new Set(result.unchecked);
    const isAutomatic = vscode.workspace.getConfiguration('aiwf').get<boolean>('governance.checkAutomatically', true);
    if (isAutomatic && !this.#isStopped) for (const uri of result.unchecked) this.#queue.add(uri);
    this.#changed.fire();
  }

  async #withProgress(uris: readonly string[]): Promise<void> {
    const stop = new vscode.CancellationTokenSource();
    this.#stop = stop;
    await vscode.window.withProgress({ location: { viewId: governanceViewId } }, () => this.#check(uris, stop.token));
    this.#stop = undefined;
    stop.dispose();
  }

  /** One question a file, so that a check can be stopped between two of them and other requests have their turn. */
  async #check(uris: readonly string[], token?: vscode.CancellationToken): Promise<void> {
    for (const [index, uri] of uris.entries()) {
      const isLong = uris.length > manyFiles;
      if (isLong) this.#show({ done: index, of: uris.length, file: nameOf(vscode.Uri.parse(uri)) });
      const result = token?.isCancellationRequested ? undefined : await this.#ask({ uris: [uri] }, token);
      this.#files.delete(uri);
      if (result) this.#take(result);
      else if (token?.isCancellationRequested) this.#unchecked = new Set([...this.#unchecked, uri]);
      if (isLong && index % manyFiles === 0) this.#changed.fire();
    }
    this.#show(undefined);
    this.#changed.fire();
  }

  #show(progress: CheckProgress | undefined): void {
    this.#progress = progress;
    this.#progressed.fire();
  }

  #take({ files, rules }: GovernanceResult): void {
    for (const file of files) this.#files.set(file.uri, file);
    for (const [id, rule] of Object.entries(rules)) this.#rules.set(id, rule);
    const checked = new Set(files.map(({ uri }) => uri));
    this.#unchecked = new Set([...this.#unchecked].filter((uri) => !checked.has(uri)));
  }

  async #ask(params: GovernanceParams, token?: vscode.CancellationToken): Promise<GovernanceResult | undefined> {
    return await ask<GovernanceResult>(this.#client, governanceRequest, params, token);
  }
}

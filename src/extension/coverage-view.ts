// The Coverage view in the side bar: by standard and clause, what the rules looked at and what came of it.
import * as vscode from 'vscode';
import type { CoverageResult } from '../protocol.ts';
import { coverageItem, notMet } from './coverage-items.ts';
import { type CoverageNode, coverageNodes } from './coverage-nodes.ts';
import { findingTooltip } from './governance-items.ts';
import { isFindingNode } from './governance-nodes.ts';
import { rowsOf } from './governance-rows.ts';
import type { GovernanceStore } from './governance-store.ts';

export const coverageViewId = 'aiwf.coverage';

interface CoverageHost {
  readonly store: GovernanceStore;
  coverage(): Promise<CoverageResult | null | undefined>;
}

/** Rows come in bursts while a workspace is checked. */
const pause = 300;

export class CoverageView implements vscode.TreeDataProvider<CoverageNode>, vscode.Disposable {
  readonly #host: CoverageHost;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<CoverageNode>;
  readonly #listeners: readonly vscode.Disposable[];
  #roots: readonly CoverageNode[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Rows have changed since the last question. */
  #isOld = true;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(host: CoverageHost) {
    this.#host = host;
    const { store } = host;
    const options = { treeDataProvider: this, showCollapseAll: true };
    this.#view = vscode.window.createTreeView(coverageViewId, options);
    this.#listeners = [
      this.#view.onDidChangeVisibility(({ visible }) => {
        store.setVisible(coverageViewId, visible);
        this.#askSoon();
      }),
      store.onDidChangeRows(() => {
        this.#isOld = true;
        this.#askSoon();
      }),
    ];
    store.setVisible(coverageViewId, this.#view.visible);
  }

  getChildren(node?: CoverageNode): CoverageNode[] {
    return [...(node === undefined ? this.#roots : node.type === 'step' ? [] : node.children)];
  }

  getParent(node: CoverageNode): CoverageNode | undefined {
    return node.parent as CoverageNode | undefined;
  }

  getTreeItem(node: CoverageNode): vscode.TreeItem {
    return coverageItem(node, this.#host.store.rules);
  }

  resolveTreeItem(item: vscode.TreeItem, node: CoverageNode): vscode.TreeItem {
    if (isFindingNode(node)) item.tooltip = findingTooltip(node, this.#host.store.rules);
    return item;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const listener of this.#listeners) listener.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  #askSoon(): void {
    if (!this.#view.visible || !this.#isOld || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#ask();
    }, pause);
  }

  async #ask(): Promise<void> {
    this.#isOld = false;
    const result = await this.#host.coverage();
    if (!result) return;
    const { files } = result;
    this.#roots = files > 0 ? coverageNodes(result, rowsOf(this.#host.store.files)) : [];
    const count = files === 1 ? vscode.l10n.t('1 workflow.') : vscode.l10n.t('{0} workflows.', files);
    this.#view.message = files > 0 ? `${count} ${notMet()}` : '';
    this.#changed.fire(undefined);
  }
}

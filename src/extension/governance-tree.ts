// The Governance view as VS Code asks for it: children, parents and items of its tree, made from the rows that the store
// has, the way the user wants them grouped and filtered.
import * as vscode from 'vscode';
import { findingTooltip, itemOf } from './governance-items.ts';
import { buildNodes, type FindingNode, type GovernanceNode } from './governance-nodes.ts';
import {
  type Filter,
  filterRows,
  type Grouping,
  groupings,
  isFiltering,
  noFilter,
  type Row,
  readFilter,
  rowsOf,
} from './governance-rows.ts';
import type { GovernanceStore } from './governance-store.ts';

const groupingKey = 'aiwf.governance.grouping';
const filterKey = 'aiwf.governance.filter';

export class GovernanceTree implements vscode.TreeDataProvider<GovernanceNode>, vscode.Disposable {
  readonly #store: GovernanceStore;
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #listener: vscode.Disposable;
  #all: readonly Row[] = [];
  #shown: readonly Row[] = [];
  #roots: readonly GovernanceNode[] = [];

  readonly onDidChangeTreeData = this.#changed.event;

  /** `memory` keeps grouping and filter for this workspace. */
  constructor(store: GovernanceStore, memory: vscode.Memento) {
    this.#store = store;
    this.#memory = memory;
    this.#listener = store.onDidChangeRows(() => this.#build());
  }

  get grouping(): Grouping {
    const kept = this.#memory.get<string>(groupingKey);
    return groupings.find((each) => each === kept) ?? 'clause';
  }

  get filter(): Filter {
    return readFilter(this.#memory.get(filterKey));
  }

  /** Every finding, and those that the filter lets through. */
  get rows(): { readonly all: readonly Row[]; readonly shown: readonly Row[] } {
    return { all: this.#all, shown: this.#shown };
  }

  get roots(): readonly GovernanceNode[] {
    return this.#roots;
  }

  async groupBy(grouping: Grouping): Promise<void> {
    await this.#memory.update(groupingKey, grouping);
    this.#build();
  }

  async setFilter(filter: Filter): Promise<void> {
    await this.#memory.update(filterKey, isFiltering(filter) ? filter : undefined);
    this.#build();
  }

  async clearFilter(): Promise<void> {
    await this.setFilter(noFilter);
  }

  getChildren(node?: GovernanceNode): GovernanceNode[] {
    return [...(node === undefined ? this.#roots : node.type === 'step' ? [] : node.children)];
  }

  getParent(node: GovernanceNode): GovernanceNode | undefined {
    return node.parent as GovernanceNode | undefined;
  }

  getTreeItem(node: GovernanceNode): vscode.TreeItem {
    // Clauses are many, and a finding stands at several of them.
    return itemOf(node, this.grouping, this.grouping !== 'clause', this.#store.rules);
  }

  resolveTreeItem(item: vscode.TreeItem, node: GovernanceNode): vscode.TreeItem {
    if (isFinding(node)) item.tooltip = findingTooltip(node, this.#store.rules);
    return item;
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }

  #build(): void {
    const { files, rules } = this.#store;
    this.#all = rowsOf(files);
    this.#shown = filterRows(this.#all, this.filter, rules);
    this.#roots = buildNodes(this.#shown, this.grouping, rules);
    this.#changed.fire(undefined);
  }
}

function isFinding(node: GovernanceNode): node is FindingNode {
  return node.type === 'finding';
}

// The Governance view in the side bar: the tree with its title, message, badge and welcome texts, and its commands.
import * as vscode from 'vscode';
import { acceptCommand, acceptFinding, copyFindings, findingOf, fixFinding } from './governance-actions.ts';
import type { GovernanceNode } from './governance-nodes.ts';
import { askText, pickFilter, pickGrouping } from './governance-picks.ts';
import { countRows, groupings, isFiltering } from './governance-rows.ts';
import { type GovernanceStore, governanceViewId } from './governance-store.ts';
import { GovernanceTree } from './governance-tree.ts';
import { countsInWords, filterInWords, groupedWord } from './governance-words.ts';

interface GovernanceHost {
  readonly store: GovernanceStore;
  readonly memory: vscode.Memento;
  /** The extension, with its commands. */
  readonly extension: vscode.Extension<unknown>;
  /** Shows the picture of a workflow and lights a finding in it. */
  showInDiagram(uri: vscode.Uri, finding: string): Promise<void>;
}

type Commands = Readonly<Record<string, (given?: unknown, all?: unknown) => unknown>>;

/** What a welcome text is chosen by, where the tree is empty. */
type Emptiness = 'starting' | 'checking' | 'noWorkflow' | 'unchecked' | 'filtered' | 'clean' | 'none';

/** The view and what it can do; the commands are registered by whoever asks. */
export function createGovernanceView(host: GovernanceHost): {
  readonly view: vscode.Disposable;
  readonly commands: Commands;
} {
  const { store, memory } = host;
  const tree = new GovernanceTree(store, memory);
  const view = vscode.window.createTreeView(governanceViewId, {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
  });
  const show = (): void => {
    const { all, shown } = tree.rows;
    const filtering = isFiltering(tree.filter);
    const emptiness = emptinessOf(store, all.length, shown.length);
    view.description = groupedWord(tree.grouping);
    // A welcome text is only shown where there is no message.
    view.message = emptiness === 'none' ? messageOf(store, tree) : '';
    const counts = countRows(all);
    view.badge =
      counts.errors > 0 ? { value: counts.errors, tooltip: countsInWords({ ...counts, accepted: 0 }) } : undefined;
    setContext('empty', emptiness);
    setContext('filtered', filtering);
    setContext('checking', store.progress !== undefined);
  };
  const listeners = [
    tree.onDidChangeTreeData(show),
    store.onDidProgress(show),
    view.onDidChangeVisibility(({ visible }) => store.setVisible(governanceViewId, visible)),
    view.onDidChangeSelection(({ selection }) => {
      setContext('selected', findingOf(undefined, selection) !== undefined);
    }),
  ];
  setContext('accepts', hasCommand(host.extension, acceptCommand));
  show();
  store.setVisible(governanceViewId, view.visible);

  const withFinding =
    (act: (node: Parameters<typeof fixFinding>[0]) => Promise<void>) =>
    async (given?: unknown): Promise<void> => {
      const node = findingOf(given, view.selection);
      if (node) await act(node);
    };
  const commands: Commands = {
    'aiwf.groupFindings': async (given) => {
      const grouping = groupings.find((each) => each === given) ?? (await pickGrouping(tree.grouping));
      if (grouping) await tree.groupBy(grouping);
    },
    'aiwf.filterFindings': async () => {
      const filter = await pickFilter(tree.filter, tree.rows.all, store.rules);
      if (filter) await tree.setFilter(filter);
    },
    'aiwf.searchFindings': async () => {
      const filter = await askText(tree.filter);
      if (filter) await tree.setFilter(filter);
    },
    'aiwf.clearFindingsFilter': () => tree.clearFilter(),
    'aiwf.stopChecking': () => store.stop(),
    'aiwf.fixFinding': withFinding(fixFinding),
    'aiwf.acceptSelectedFinding': withFinding(acceptFinding),
    'aiwf.showFindingInDiagram': withFinding(({ uri, row }) =>
      host.showInDiagram(vscode.Uri.parse(uri), row.finding.id),
    ),
    'aiwf.copyFindings': (given, all) =>
      copyFindings(nodesOf(given, all, view.selection), tree.rows.shown, store.rules),
  };
  return { view: vscode.Disposable.from(tree, view, ...listeners), commands };
}

function emptinessOf(store: GovernanceStore, all: number, shown: number): Emptiness {
  if (shown > 0) return 'none';
  if (!store.isLoaded) return 'starting';
  if (all > 0) return 'filtered';
  if (store.progress) return 'checking';
  if (store.unchecked > 0) return 'unchecked';
  return store.files.length > 0 ? 'clean' : 'noWorkflow';
}

/** How far a check has come, else what the filter leaves out and what was not checked; usually nothing. */
function messageOf(store: GovernanceStore, tree: GovernanceTree): string {
  const { progress, unchecked } = store;
  const { all, shown } = tree.rows;
  const parts = [
    progress ? vscode.l10n.t('Checking {0} of {1}: {2}', progress.done + 1, progress.of, progress.file) : '',
    isFiltering(tree.filter)
      ? vscode.l10n.t('{0} of {1} findings: {2}', shown.length, all.length, filterInWords(tree.filter))
      : '',
    !progress && unchecked > 0
      ? unchecked === 1
        ? vscode.l10n.t('1 workflow is not checked yet.')
        : vscode.l10n.t('{0} workflows are not checked yet.', unchecked)
      : '',
  ].filter((part) => part !== '');
  return parts.join(' – ');
}

/** What a menu names, with the rest of the selection where it belongs to it; without a menu the selection. */
function nodesOf(given: unknown, all: unknown, selection: readonly GovernanceNode[]): readonly object[] {
  if (Array.isArray(all) && all.length > 0) return all.filter((each) => typeof each === 'object' && each !== null);
  return typeof given === 'object' && given !== null ? [given] : selection;
}

/** Nothing is offered that the extension does not have. */
function hasCommand({ packageJSON }: vscode.Extension<unknown>, id: string): boolean {
  const { commands } = packageJSON.contributes as { readonly commands: readonly { readonly command: string }[] };
  return commands.some(({ command }) => command === id);
}

function setContext(name: 'empty' | 'filtered' | 'checking' | 'selected' | 'accepts', value: unknown): void {
  void vscode.commands.executeCommand('setContext', `${governanceViewId}.${name}`, value);
}

// Which documents are workflows or configurations, and which workflow the user means.
import * as vscode from 'vscode';

export const languageId = 'aiwf';

/** Of `aiwf.config.yaml` and of packs of rules. */
export const configurationLanguageId = 'aiwf-config';

export const configurationName = 'aiwf.config.yaml';

export const workflowPattern = '**/*.aiwf.{yaml,yml}';

/**
 * Where workflows are edited: on disk, unsaved, on a remote machine, in a repository that is not cloned, and wherever the
 * folders of the workspace are. Nothing of a diff or a repository's history.
 */
export function workflowSchemes(): readonly string[] {
  const folders = vscode.workspace.workspaceFolders?.map(({ uri }) => uri.scheme) ?? [];
  return [...new Set(['file', 'untitled', 'vscode-remote', 'vscode-vfs', ...folders])];
}

export function isWorkflow(document: vscode.TextDocument): boolean {
  return document.languageId === languageId && workflowSchemes().includes(document.uri.scheme);
}

/** The workflow in the active editor. */
export function activeWorkflow(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document && isWorkflow(document) ? document : undefined;
}

/** The active workflow, else one that can be seen. */
export function visibleWorkflow(): vscode.TextDocument | undefined {
  return activeWorkflow() ?? vscode.window.visibleTextEditors.map(({ document }) => document).find(isWorkflow);
}

export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

export async function findWorkflows(token?: vscode.CancellationToken): Promise<vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(workflowPattern, '**/node_modules/**', undefined, token);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Asks which workflow of the workspace is meant; undefined when there is none or none was chosen. */
export async function pickWorkflow(placeHolder: string): Promise<vscode.Uri | undefined> {
  const found = await findWorkflows();
  if (found.length === 0) {
    const create = vscode.l10n.t('New Workflow');
    void vscode.window
      .showInformationMessage(vscode.l10n.t('No workflow is open, and this workspace has none yet.'), create)
      .then((chosen) => chosen === create && vscode.commands.executeCommand('aiwf.newWorkflow'));
    return undefined;
  }
  const items = found.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.uri;
}

/** `warranty-return.aiwf.yaml` without its folder. */
export function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? uri.path;
}

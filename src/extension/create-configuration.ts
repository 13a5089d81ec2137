// The command "Create Configuration": a first aiwf.config.yaml, with a comment for each thing to ask. What is there already
// is opened and never written over.
import * as vscode from 'vscode';
import { activeWorkflow, configurationName } from './workflow-files.ts';

export async function createConfiguration(extensionUri: vscode.Uri): Promise<void> {
  const folder = await chosenFolder();
  if (!folder) return;
  const uri = vscode.Uri.joinPath(folder, configurationName);
  if (await exists(uri)) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This folder has a configuration already: it is opened.'));
  } else {
    const contents = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'media', configurationName));
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { overwrite: false, contents });
    if (!(await vscode.workspace.applyEdit(edit))) {
      void vscode.window.showErrorMessage(
        vscode.l10n.t('{0} could not be written.', vscode.workspace.asRelativePath(uri)),
      );
      return;
    }
  }
  await vscode.window.showTextDocument(uri);
}

/** That of the active workflow, the only one there is, or the one that the user chooses. */
async function chosenFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a folder first: a configuration counts for the workflows in its folder.'),
    );
    return undefined;
  }
  const active = activeWorkflow();
  const own = active && vscode.workspace.getWorkspaceFolder(active.uri);
  const only = folders.length === 1 ? folders[0] : undefined;
  return (own ?? only ?? (await vscode.window.showWorkspaceFolderPick()))?.uri;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

// The diagram panel as the tests see it: opened, drawn for a version of the text, and left for the next test.
import * as vscode from 'vscode';
import { browser } from './browser.ts';
import { openFile } from './workspace.ts';

/** Opens a workflow and its diagram, and waits until it is drawn. */
export async function openDiagram(name: string, text?: string): Promise<vscode.TextEditor> {
  const editor = await openFile(name, text);
  await vscode.commands.executeCommand('aiwf.openDiagram');
  await untilDrawn(editor.document);
  return editor;
}

/** Resolves when the picture shows the text as it is now. */
export async function untilDrawn(document: vscode.TextDocument): Promise<void> {
  await browser('waitFor', { selector: `#aiwf-diagram[data-version="${document.version}"] .aiwf-svg` });
}

/** A step by its id, or whatever else of the picture. */
export function step(id: string): string {
  return `.aiwf-node[data-step="${id}"]`;
}

export async function replace(document: vscode.TextDocument, old: string, by: string): Promise<void> {
  const start = document.getText().indexOf(old);
  if (start < 0) throw new Error(`${old} does not stand in ${document.uri.path}.`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(start + old.length)), by);
  await vscode.workspace.applyEdit(edit);
}

/** Nothing a test changed or opened is left for the next one. */
export async function closeEverything(): Promise<void> {
  for (const { document } of vscode.window.visibleTextEditors) {
    if (!document.isDirty) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await vscode.commands.executeCommand('workbench.action.closePanel');
  await vscode.commands.executeCommand('notifications.clearAll');
}

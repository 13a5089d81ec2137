// The folder VS Code has open: a copy of examples/ that tests may change.
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';

export function fileUri(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('No folder is open.');
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Writes a file of the workspace, when there is a text, and opens it in an editor. */
export async function openFile(name: string, text?: string): Promise<vscode.TextEditor> {
  const uri = fileUri(name);
  if (text !== undefined) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
}

/** Puts the cursor before a character; resolves when it is there, as VS Code does not do for `editor.selection`. */
export async function putCursor({ document }: vscode.TextEditor, position: vscode.Position): Promise<void> {
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position) });
}

/** Resolves with the diagnostics of a file as soon as `expected` accepts them. */
export async function untilDiagnostics(
  uri: vscode.Uri,
  expected: (diagnostics: vscode.Diagnostic[]) => boolean = (diagnostics) => diagnostics.length > 0,
): Promise<vscode.Diagnostic[]> {
  return await new Promise((resolve) => {
    const look = () => {
      const diagnostics = vscode.languages.getDiagnostics(uri);
      if (!expected(diagnostics)) return;
      listener.dispose();
      resolve(diagnostics);
    };
    const listener = vscode.languages.onDidChangeDiagnostics(look);
    look();
  });
}

/** For the few facts that no event tells: asks again and again until `look` gives something, or the test times out. */
export async function until<T>(look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await pause(20);
  }
}

/** Changes a setting of this window's profile; the answer puts it back. */
export async function changeSetting(name: string, value: unknown): Promise<() => Promise<void>> {
  const configuration = vscode.workspace.getConfiguration();
  const before = configuration.inspect(name)?.globalValue;
  await configuration.update(name, value, vscode.ConfigurationTarget.Global);
  return async () => configuration.update(name, before, vscode.ConfigurationTarget.Global);
}

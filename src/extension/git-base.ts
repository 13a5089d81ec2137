// The earlier revision that the view of changes compares with: the file as the last commit has it, by VS Code's built-in
// Git extension.
import * as vscode from 'vscode';
import { type GitApi, shownAtHead } from './git-show.ts';

interface GitExtension {
  /** False where Git is switched off in the settings. */
  readonly enabled: boolean;
  getAPI(version: 1): GitApi<vscode.Uri>;
}

/** Null where the last commit does not have the file; undefined where there is no repository or no Git. */
export async function textAtHead(uri: vscode.Uri): Promise<string | null | undefined> {
  // Git runs what a repository configures, so nothing is asked where its files are not trusted.
  if (!vscode.workspace.isTrusted || uri.scheme !== 'file') return undefined;
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (!extension) return undefined;
  try {
    const git = extension.isActive ? extension.exports : await extension.activate();
    return git.enabled ? await shownAtHead(git.getAPI(1), uri, uri.fsPath) : undefined;
  } catch {
    return undefined;
  }
}

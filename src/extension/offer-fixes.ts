// What mends a finding, offered where the editor itself is not in front: the same actions as its light bulb.
import * as vscode from 'vscode';

/** Applies the only fix at `range`, or lets the user pick among several. */
export async function offerFixes(
  document: vscode.TextDocument,
  { start, end }: { readonly start: Place; readonly end: Place },
): Promise<void> {
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  const kind = vscode.CodeActionKind.QuickFix.value;
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    kind,
    maxResolved,
  );
  const possible = actions.filter(({ edit, command, disabled }) => (edit || command) && !disabled);
  const items = possible.map((action) => ({ label: action.title, action }));
  const only = items.length === 1 ? items[0] : undefined;
  const placeHolder = vscode.l10n.t('Fix this finding');
  const chosen = only ?? (items.length > 0 ? await vscode.window.showQuickPick(items, { placeHolder }) : undefined);
  if (items.length === 0) void vscode.window.showInformationMessage(vscode.l10n.t('Nothing mends this by itself.'));
  const { edit, command } = chosen?.action ?? {};
  if (edit) await vscode.workspace.applyEdit(edit);
  if (command) await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
}

interface Place {
  readonly line: number;
  readonly character: number;
}

const maxResolved = 20;

// The language status item: how many findings the active workflow has, and whether the server runs.
import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { countsOf } from './check-commands.ts';
import { activeWorkflow, languageId } from './workflow-files.ts';

export function createStatus(client: BaseLanguageClient): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('aiwf.findings', { language: languageId });
  item.name = vscode.l10n.t('AI Workflow findings');
  const update = (): void => render(item, client.state, activeWorkflow()?.uri);
  update();
  return vscode.Disposable.from(
    item,
    client.onDidChangeState(update),
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.languages.onDidChangeDiagnostics(update),
  );
}

function render(item: vscode.LanguageStatusItem, state: State, uri: vscode.Uri | undefined): void {
  item.busy = state === State.Starting;
  if (state !== State.Running) {
    item.text = item.busy ? vscode.l10n.t('Starting') : vscode.l10n.t('Language server not running');
    item.detail = 'AI Workflow';
    item.severity = item.busy ? vscode.LanguageStatusSeverity.Information : vscode.LanguageStatusSeverity.Error;
    item.command = { command: 'aiwf.showOutput', title: vscode.l10n.t('Show Output') };
    return;
  }
  const { Error: error, Warning: warning } = vscode.DiagnosticSeverity;
  const found = uri ? vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'aiwf') : [];
  const errors = found.filter(({ severity }) => severity === error).length;
  const warnings = found.filter(({ severity }) => severity === warning).length;
  item.text = countsOf({ errors, warnings, infos: found.length - errors - warnings });
  item.detail = 'AI Workflow';
  item.severity =
    errors > 0
      ? vscode.LanguageStatusSeverity.Error
      : warnings > 0
        ? vscode.LanguageStatusSeverity.Warning
        : vscode.LanguageStatusSeverity.Information;
  item.command = { command: 'workbench.actions.view.problems', title: vscode.l10n.t('Open Problems') };
}

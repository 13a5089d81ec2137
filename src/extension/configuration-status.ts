// The language status item of the configuration: which one counts for the active document, and with which presets.
import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { type ConfigurationParams, type ConfigurationResult, configurationRequest } from '../protocol.ts';
import { ask } from './client.ts';
import { configurationLanguageId, languageId, workflowSchemes } from './workflow-files.ts';

const languages = [languageId, configurationLanguageId];

export function createConfigurationStatus(client: BaseLanguageClient): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem(
    'aiwf.configuration',
    languages.map((language) => ({ language })),
  );
  item.name = vscode.l10n.t('AI Workflow configuration');
  show(item, undefined);
  let newest = 0;
  const update = async (): Promise<void> => {
    const question = ++newest;
    const document = vscode.window.activeTextEditor?.document;
    if (client.state !== State.Running || !document || !isAbout(document)) return;
    const params: ConfigurationParams = { uri: document.uri.toString() };
    const found = await ask<ConfigurationResult | null>(client, configurationRequest, params);
    if (found && question === newest) show(item, found);
  };
  void update();
  return vscode.Disposable.from(
    item,
    client.onDidChangeState(update),
    vscode.window.onDidChangeActiveTextEditor(update),
    // New findings are what a change of the configuration shows in.
    vscode.languages.onDidChangeDiagnostics(update),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('aiwf.profile') && update()),
  );
}

function isAbout({ languageId: language, uri }: vscode.TextDocument): boolean {
  return languages.includes(language) && workflowSchemes().includes(uri.scheme);
}

function show(item: vscode.LanguageStatusItem, found: ConfigurationResult | undefined): void {
  if (!found || found.configuration === null) {
    item.text = vscode.l10n.t('No configuration');
    item.detail = presetsInWords(found?.profile ?? []);
    item.command = { command: 'aiwf.createConfiguration', title: vscode.l10n.t('Create') };
    return;
  }
  const uri = vscode.Uri.parse(found.configuration);
  const presets = presetsInWords(found.profile);
  item.text = vscode.workspace.asRelativePath(uri);
  item.detail =
    found.ignored.length > 0
      ? vscode.l10n.t('{0} – it counts in the place of the setting aiwf.profile', presets)
      : presets;
  item.command = { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [uri] };
}

function presetsInWords(presets: readonly string[]): string {
  const shown = presets.length > 0 ? presets : ['recommended'];
  return vscode.l10n.t('Presets: {0}', shown.join(', '));
}

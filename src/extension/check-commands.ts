// The commands that check: this file, or every workflow of the workspace. What they found stands under Problems.
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type CheckParams, type CheckResult, checkRequest } from '../protocol.ts';
import { ask } from './client.ts';
import { findWorkflows, nameOf } from './workflow-files.ts';

/** How many findings stand in how many files. */
export interface Summary {
  readonly files: number;
  /** Files that could not be read. */
  readonly unreadable: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** The user has stopped the check before its end. */
  readonly stopped: boolean;
}

/** How far a check has come. */
export interface CheckProgress {
  readonly done: number;
  readonly of: number;
  /** Name of the file that is checked. */
  readonly file: string;
}

/** Whoever else shows a check that goes on, and can stop it. */
export interface CheckWatch {
  readonly token: vscode.CancellationToken;
  report(progress: CheckProgress): void;
}

const messageTime = 8000;

export async function checkFile(client: BaseLanguageClient, version: string, uri: vscode.Uri): Promise<void> {
  const result = await check(client, uri);
  if (!result) {
    const message = vscode.l10n.t('{0} could not be checked: it cannot be read.', nameOf(uri));
    void vscode.window.showWarningMessage(message);
  } else if (result.errors + result.warnings + result.infos > 0) {
    vscode.window.setStatusBarMessage(`$(checklist) ${nameOf(uri)}: ${countsOf(result)}`, messageTime);
    await vscode.commands.executeCommand('workbench.actions.view.problems');
  } else {
    const profile =
      result.profile?.map((id) => `${id}@${version}`).join(', ') ?? vscode.l10n.t('the chosen rules, {0}', version);
    const message = vscode.l10n.t('{0}: no violation of {1}', nameOf(uri), profile);
    vscode.window.setStatusBarMessage(`$(check) ${message}`, messageTime);
  }
}

/** Every workflow, or those that are given. Answers before the user has read the message. */
export async function checkWorkspace(
  client: BaseLanguageClient,
  given?: readonly vscode.Uri[],
  watch?: CheckWatch,
): Promise<Summary> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Checking workflows'),
    cancellable: true,
  };
  const { summary, of } = await vscode.window.withProgress(options, async (progress, cancelled) => {
    const stop = new vscode.CancellationTokenSource();
    const { token } = stop;
    const links = [cancelled, watch?.token].map((each) => each?.onCancellationRequested(() => stop.cancel()));
    if (watch?.token.isCancellationRequested) stop.cancel();
    const uris = given ?? (await findWorkflows(token));
    let summary: Summary = { files: 0, unreadable: 0, errors: 0, warnings: 0, infos: 0, stopped: false };
    for (const [done, uri] of uris.entries()) {
      if (token.isCancellationRequested) break;
      const message = vscode.l10n.t('{0} of {1}: {2}', done + 1, uris.length, vscode.workspace.asRelativePath(uri));
      progress.report({ message, increment: done === 0 ? 0 : 100 / uris.length });
      watch?.report({ done, of: uris.length, file: nameOf(uri) });
      const result = await check(client, uri, token);
      if (!token.isCancellationRequested) summary = add(summary, result);
    }
    summary = { ...summary, stopped: token.isCancellationRequested };
    for (const link of links) link?.dispose();
    stop.dispose();
    return { summary, of: uris.length };
  });
  void tell(summary, of);
  return summary;
}

async function check(
  client: BaseLanguageClient,
  uri: vscode.Uri,
  token?: vscode.CancellationToken,
): Promise<CheckResult | null | undefined> {
  const params: CheckParams = { uri: uri.toString() };
  return await ask<CheckResult | null>(client, checkRequest, params, token);
}

function add(summary: Summary, result: CheckResult | null | undefined): Summary {
  return {
    ...summary,
    files: summary.files + 1,
    unreadable: summary.unreadable + (result ? 0 : 1),
    errors: summary.errors + (result?.errors ?? 0),
    warnings: summary.warnings + (result?.warnings ?? 0),
    infos: summary.infos + (result?.infos ?? 0),
  };
}

async function tell(summary: Summary, of: number): Promise<void> {
  if (of === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('This workspace has no workflow: no file ends in .aiwf.yaml or .aiwf.yml.'),
    );
    return;
  }
  const { errors, warnings, infos } = summary;
  const message = summaryInWords(summary, of);
  const openProblems = vscode.l10n.t('Open Problems');
  const show = errors > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const chosen = await show(message, ...(errors + warnings + infos > 0 ? [openProblems] : []));
  if (chosen === openProblems) await vscode.commands.executeCommand('workbench.actions.view.problems');
}

function summaryInWords(summary: Summary, of: number): string {
  const { files, unreadable } = summary;
  const counts = countsOf(summary);
  const checked =
    files < of
      ? vscode.l10n.t('Stopped after {0} of {1} files: {2}.', files, of, counts)
      : files === 1
        ? vscode.l10n.t('Checked 1 file: {0}.', counts)
        : vscode.l10n.t('Checked {0} files: {1}.', files, counts);
  if (unreadable === 0) return checked;
  const unread =
    unreadable === 1
      ? vscode.l10n.t('1 file could not be read.')
      : vscode.l10n.t('{0} files could not be read.', unreadable);
  return `${checked} ${unread}`;
}

/** `2 errors, 1 warning`, or `no findings`. */
export function countsOf({ errors, warnings, infos }: Pick<Summary, 'errors' | 'warnings' | 'infos'>): string {
  const parts = [
    ...(errors > 0 ? [errors === 1 ? vscode.l10n.t('1 error') : vscode.l10n.t('{0} errors', errors)] : []),
    ...(warnings > 0 ? [warnings === 1 ? vscode.l10n.t('1 warning') : vscode.l10n.t('{0} warnings', warnings)] : []),
    ...(infos > 0 ? [infos === 1 ? vscode.l10n.t('1 info') : vscode.l10n.t('{0} infos', infos)] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : vscode.l10n.t('no findings');
}

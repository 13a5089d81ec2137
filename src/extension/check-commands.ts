// The commands that check: this file, or every workflow of the workspace. What they found stands under Problems.
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
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
}

const messageTime = 8000;

export async function checkFile(client: LanguageClient, version: string, uri: vscode.Uri): Promise<void> {
  const result = await check(client, uri);
  if (!result) {
    void vscode.window.showWarningMessage(`${nameOf(uri)} could not be checked: it cannot be read.`);
  } else if (result.errors + result.warnings + result.infos > 0) {
    vscode.window.setStatusBarMessage(`$(checklist) ${nameOf(uri)}: ${countsOf(result)}`, messageTime);
    await vscode.commands.executeCommand('workbench.actions.view.problems');
  } else {
    const profile = result.profile?.map((id) => `${id}@${version}`).join(', ') ?? `the chosen rules, ${version}`;
    vscode.window.setStatusBarMessage(`$(check) ${nameOf(uri)}: no violation of ${profile}`, messageTime);
  }
}

/** Every workflow, or those that are given. Answers before the user has read the message. */
export async function checkWorkspace(client: LanguageClient, given?: readonly vscode.Uri[]): Promise<Summary> {
  const options = { location: vscode.ProgressLocation.Notification, title: 'Checking workflows', cancellable: true };
  const { summary, of } = await vscode.window.withProgress(options, async (progress, token) => {
    const uris = given ?? (await findWorkflows(token));
    let summary: Summary = { files: 0, unreadable: 0, errors: 0, warnings: 0, infos: 0 };
    for (const uri of uris) {
      if (token.isCancellationRequested) break;
      progress.report({ message: vscode.workspace.asRelativePath(uri), increment: 100 / uris.length });
      const result = await check(client, uri, token);
      if (!token.isCancellationRequested) summary = add(summary, result);
    }
    return { summary, of: uris.length };
  });
  void tell(summary, of);
  return summary;
}

async function check(
  client: LanguageClient,
  uri: vscode.Uri,
  token?: vscode.CancellationToken,
): Promise<CheckResult | null | undefined> {
  const params: CheckParams = { uri: uri.toString() };
  return await ask<CheckResult | null>(client, checkRequest, params, token);
}

function add(summary: Summary, result: CheckResult | null | undefined): Summary {
  return {
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
      'This workspace has no workflow: no file ends in .aiwf.yaml or .aiwf.yml.',
    );
    return;
  }
  const { files, unreadable, errors, warnings, infos } = summary;
  const checked = files < of ? `Stopped after ${files} of ${counted(of, 'file')}` : `Checked ${counted(files, 'file')}`;
  const unread = unreadable > 0 ? ` ${counted(unreadable, 'file')} could not be read.` : '';
  const message = `${checked}: ${countsOf(summary)}.${unread}`;
  const openProblems = 'Open Problems';
  const show = errors > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const chosen = await show(message, ...(errors + warnings + infos > 0 ? [openProblems] : []));
  if (chosen === openProblems) await vscode.commands.executeCommand('workbench.actions.view.problems');
}

/** `2 errors, 1 warning`, or `no findings`. */
export function countsOf({ errors, warnings, infos }: Pick<Summary, 'errors' | 'warnings' | 'infos'>): string {
  const parts = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
    ...(infos > 0 ? [counted(infos, 'info')] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : 'no findings';
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

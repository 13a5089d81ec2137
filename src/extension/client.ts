// What the language client is told, on the desktop and in a browser alike. Which files it watches the server says; how
// much of the traffic the output channel shows is the client's own setting, `aiwf.trace.server`.
import * as vscode from 'vscode';
import { type BaseLanguageClient, type LanguageClientOptions, RevealOutputChannelOn } from 'vscode-languageclient';
import { lensCommands } from './lens-commands.ts';
import { languageId, workflowSchemes } from './workflow-files.ts';

export const clientName = 'AI Workflow';

export function clientOptions({ extensionUri }: vscode.ExtensionContext): LanguageClientOptions {
  return {
    documentSelector: workflowSchemes().map((scheme) => ({ language: languageId, scheme })),
    diagnosticCollectionName: 'aiwf',
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: {
      suggestCommand: 'editor.action.triggerSuggest',
      readsFiles: true,
      workspaceCommand: true,
      commands: ['aiwf.openDiagram', ...Object.keys(lensCommands)],
      rulePages: vscode.Uri.joinPath(extensionUri, 'docs', 'rules').toString(),
    },
  };
}

/** A request that comes to nothing is not worth a pop-up: it is noted in the output channel and answers undefined. */
export async function ask<R>(
  client: BaseLanguageClient,
  method: string,
  params: object,
  token?: vscode.CancellationToken,
): Promise<R | undefined> {
  try {
    return await (token ? client.sendRequest<R>(method, params, token) : client.sendRequest<R>(method, params));
  } catch (error) {
    if (!token?.isCancellationRequested) client.warn(`${method} failed`, error);
    return undefined;
  }
}

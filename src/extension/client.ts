// What the language client is told, on the desktop and in a browser alike. Which files it watches the server says; how
// much of the traffic the output channel shows is the client's own setting, `aiwf.trace.server`.
import * as vscode from 'vscode';
import {
  type BaseLanguageClient,
  DiagnosticCollectionSource,
  type LanguageClientOptions,
  RevealOutputChannelOn,
} from 'vscode-languageclient';
import { lensCommands } from './lens-commands.ts';
import { configurationLanguageId, languageId, workflowSchemes } from './workflow-files.ts';

export const clientName = 'AI Workflow';

export function clientOptions({ extensionUri }: vscode.ExtensionContext): LanguageClientOptions {
  return {
    documentSelector: workflowSchemes().flatMap((scheme) =>
      [languageId, configurationLanguageId].map((language) => ({ language, scheme })),
    ),
    diagnosticCollectionProvider: oneCollection(),
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: {
      suggestCommand: 'editor.action.triggerSuggest',
      readsFiles: true,
      workspaceCommand: true,
      oneCollection: true,
      trusted: vscode.workspace.isTrusted,
      commands: ['aiwf.openDiagram', ...Object.keys(lensCommands)],
      rulePages: vscode.Uri.joinPath(extensionUri, 'docs', 'rules').toString(),
    },
  };
}

/** Findings that are sent and those that are asked for are shown as one: whichever came last counts. */
function oneCollection(): NonNullable<LanguageClientOptions['diagnosticCollectionProvider']> {
  let collection: vscode.DiagnosticCollection | undefined;
  return {
    create: (_name, source) => {
      // The one for asking is made first, when the server has started, and ends with it.
      if (source === DiagnosticCollectionSource.pull || !collection)
        collection = vscode.languages.createDiagnosticCollection('aiwf');
      return collection;
    },
    dispose: (each) => each.dispose(),
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

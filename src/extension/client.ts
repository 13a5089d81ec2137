// The language client: starts dist/server.js in a process of its own and keeps it running. Which files it watches the
// server says; how much of the traffic the output channel shows is the client's own setting, `aiwf.trace.server`.
import type * as vscode from 'vscode';
import { LanguageClient, RevealOutputChannelOn, TransportKind } from 'vscode-languageclient/node';
import { languageId } from './workflow-files.ts';

/** MiB of each half of the young generation of the server; the benchmark runs with the same. */
const youngGenerationMb = 64;

/** Not started yet, so that the extension is up before the server is. */
export function createClient(context: vscode.ExtensionContext): LanguageClient {
  return new LanguageClient(
    'aiwf',
    'AI Workflow',
    {
      module: context.asAbsolutePath('dist/server.js'),
      transport: TransportKind.ipc,
      // What one check allocates is garbage a moment later: with room for it, half the time of a check is saved.
      options: { execArgv: [`--max-semi-space-size=${youngGenerationMb}`] },
    },
    {
      documentSelector: [
        { language: languageId, scheme: 'file' },
        { language: languageId, scheme: 'untitled' },
      ],
      diagnosticCollectionName: 'aiwf',
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: { suggestCommand: 'editor.action.triggerSuggest' },
    },
  );
}

/** A request that comes to nothing is not worth a pop-up: it is noted in the output channel and answers undefined. */
export async function ask<R>(
  client: LanguageClient,
  method: string,
  params: object,
  token?: vscode.CancellationToken,
): Promise<R | undefined> {
  try {
    return await client.sendRequest<R>(method, params, token);
  } catch (error) {
    if (!token?.isCancellationRequested) client.warn(`${method} failed`, error);
    return undefined;
  }
}

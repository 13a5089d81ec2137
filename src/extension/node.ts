// The entry of the extension on the desktop and on a remote machine: the language server is a process of its own.
import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { clientName, clientOptions } from './client.ts';
import { startExtension, stopExtension } from './main.ts';
import { extendMarkdownIt } from './markdown-preview.ts';
import { registerTasks } from './tasks.ts';

/** MiB of each half of the young generation of the server; the benchmark runs with the same. */
const youngGenerationMb = 64;

/** What is returned is for VS Code's Markdown preview. */
export function activate(context: vscode.ExtensionContext): { readonly extendMarkdownIt: typeof extendMarkdownIt } {
  const server = {
    module: context.asAbsolutePath('dist/server.js'),
    transport: TransportKind.ipc,
    // What one check allocates is garbage a moment later: with room for it, half the time of a check is saved.
    options: { execArgv: [`--max-semi-space-size=${youngGenerationMb}`] },
  };
  startExtension(context, new LanguageClient('aiwf', clientName, server, clientOptions(context)));
  context.subscriptions.push(
    registerTasks({ program: process.execPath, script: context.asAbsolutePath('dist/cli.js') }),
  );
  return { extendMarkdownIt };
}

export async function deactivate(): Promise<void> {
  await stopExtension();
}

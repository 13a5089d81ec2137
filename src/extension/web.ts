// The entry of the extension in a browser: the language server is a web worker, and files are what VS Code says they are.
import * as vscode from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { clientName, clientOptions } from './client.ts';
import { startExtension, stopExtension } from './main.ts';
import { extendMarkdownIt } from './markdown-preview.ts';

/** What is returned is for VS Code's Markdown preview. */
export function activate(context: vscode.ExtensionContext): { readonly extendMarkdownIt: typeof extendMarkdownIt } {
  const server = async () => {
    const script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server-web.js');
    const worker = await startWorker(script, context.subscriptions);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  startExtension(context, new LanguageClient('aiwf', clientName, server, clientOptions(context)));
  return { extendMarkdownIt };
}

export async function deactivate(): Promise<void> {
  await stopExtension();
}

/** The script is read by VS Code, since a browser starts no worker from the place another site keeps extensions in. */
async function startWorker(script: vscode.Uri, disposables: vscode.Disposable[]): Promise<Worker> {
  const text = await vscode.workspace.fs.readFile(script);
  const url = URL.createObjectURL(new Blob([new Uint8Array(text)], { type: 'text/javascript' }));
  const worker = new Worker(url);
  disposables.push({ dispose: () => worker.terminate() }, { dispose: () => URL.revokeObjectURL(url) });
  return worker;
}

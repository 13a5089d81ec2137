// Reads files for the language server where it cannot: in a browser all of them, elsewhere those of virtual file systems.
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type FindWorkflowsParams,
  type FindWorkflowsResult,
  findWorkflowsRequest,
  type ReadFilesParams,
  type ReadFilesResult,
  readFilesRequest,
} from '../protocol.ts';
import { workflowPattern, workflowSchemes } from './workflow-files.ts';

const maxBytes = 5_000_000;
const maxFiles = 2_000;

/** Files of the workspace and our own pages of the rules; nothing else is read for anybody. */
export function answerFileRequests(client: BaseLanguageClient, extensionUri: vscode.Uri): vscode.Disposable {
  const schemes = new Set(workflowSchemes());
  const own = `${vscode.Uri.joinPath(extensionUri, 'docs', 'rules').path}/`;
  const isAllowed = (uri: vscode.Uri): boolean =>
    schemes.has(uri.scheme) ||
    (uri.scheme === extensionUri.scheme && uri.authority === extensionUri.authority && uri.path.startsWith(own));
  return vscode.Disposable.from(
    client.onRequest(readFilesRequest, async ({ uris }: ReadFilesParams): Promise<ReadFilesResult> => {
      const read = async (text: string) => {
        const uri = vscode.Uri.parse(text);
        return isAllowed(uri) ? await readText(uri) : null;
      };
      return { texts: await Promise.all(uris.map(read)) };
    }),
    client.onRequest(findWorkflowsRequest, async ({ folder }: FindWorkflowsParams): Promise<FindWorkflowsResult> => {
      const pattern = new vscode.RelativePattern(vscode.Uri.parse(folder), workflowPattern);
      const found = await vscode.workspace.findFiles(pattern, '**/node_modules/**', maxFiles);
      return { uris: found.map((uri) => uri.toString()) };
    }),
  );
}

/** Null for folders, binary files, files too large and what is not there. */
async function readText(uri: vscode.Uri): Promise<string | null> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0 || size > maxBytes) return null;
    const bytes = await vscode.workspace.fs.readFile(uri);
    return bytes.includes(0) ? null : new TextDecoder().decode(bytes);
  } catch {
    return null;
  }
}

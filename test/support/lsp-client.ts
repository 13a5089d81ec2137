// A plain client of the language server over stdio, made of vscode-jsonrpc alone: none of our code on this side.
import { type ChildProcess, spawn } from 'node:child_process';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';

export interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly {
    readonly code: string;
    readonly message: string;
    readonly range: unknown;
    readonly data?: unknown;
  }[];
}

export interface Client {
  readonly connection: MessageConnection;
  /** Of the server. */
  readonly pid: number | undefined;
  /** Everything published so far, oldest first. */
  readonly published: readonly Published[];
  /** Errors the server has logged. */
  readonly errors: readonly string[];
  open(uri: string, text: string, version?: number): Promise<void>;
  change(uri: string, text: string, version: number): Promise<void>;
  /** The first publication that fits, past or to come. */
  publication(fits: (published: Published) => boolean): Promise<Published>;
  /** Ends the server properly; answers its exit code. */
  quit(): Promise<number | null>;
  /** Ends the server as a crash would. */
  kill(): void;
}

const patience = 15_000;

export async function startClient(
  program: readonly string[],
  initialize: object = {},
): Promise<Client & { readonly initialized: unknown }> {
  const child = spawn(process.execPath, [...program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const published: Published[] = [];
  const errors: string[] = [];
  const waiting = new Set<() => void>();
  connection.onNotification('textDocument/publishDiagnostics', (params: Published) => {
    published.push(params);
    for (const look of [...waiting]) look();
  });
  connection.onNotification('window/logMessage', ({ type, message }: { type: number; message: string }) => {
    if (type === 1) errors.push(message);
  });
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  const initialized = await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    ...initialize,
  });
  await connection.sendNotification('initialized', {});
  return {
    connection,
    pid: child.pid,
    published,
    errors,
    initialized,
    open: (uri, text, version = 1) =>
      connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'aiwf', version, text } }),
    change: (uri, text, version) =>
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      }),
    publication: (fits) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`nothing fitting was published; last: ${JSON.stringify(published.at(-1))}`)),
          patience,
        );
        const look = () => {
          const found = published.find(fits);
          if (!found) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    kill: () => {
      connection.dispose();
      child.kill('SIGKILL');
    },
    quit: async () => {
      await connection.sendRequest('shutdown');
      const code = exitOf(child);
      await connection.sendNotification('exit');
      const result = await code;
      connection.dispose();
      return result;
    },
  };
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(code);
    });
  });
}

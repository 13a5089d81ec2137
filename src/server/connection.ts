// The language server on a connection: one registration per request, no logic of its own. Runs wherever a connection
// can be made; what needs a file system comes with the host.
import {
  CodeActionKind,
  type Connection,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  PositionEncodingKind,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { configurationName } from '../governance/configuration.ts';
import { startOfDay } from '../language/values.ts';
import {
  type CheckParams,
  type CheckResult,
  checkRequest,
  type DiagramParams,
  type DiagramResult,
  diagramRequest,
  type ExplainParams,
  type ExplainResult,
  explainRequest,
  type RuleSummary,
  rulesRequest,
} from '../protocol.ts';
import { createLanguageService } from '../service/language-service.ts';
import { createPublisher } from './publisher.ts';
import { createWorkflowIndex, type WorkflowFiles } from './workflow-index.ts';

/** What the server needs of the machine it runs on. Answers are values: what cannot be had is undefined. */
export interface ServerHost extends WorkflowFiles {
  /** The page `docs/rules/<id>.md`. */
  rulePage(id: string): string | undefined;
}

export function startServer(connection: Connection, host: ServerHost): void {
  const index = createWorkflowIndex(host);
  const service = createLanguageService({
    read: host.read,
    workflowUri: index.workflowUri,
    today: () => startOfDay(Date.now()),
  });
  const documents = new TextDocuments(TextDocument);
  const publisher = createPublisher(service, (diagnostics) => void connection.sendDiagnostics(diagnostics), logError);
  let client = clientOf(undefined);

  connection.onInitialize((params): InitializeResult => {
    client = clientOf(params);
    index.setFolders((params.workspaceFolders ?? []).map(({ uri }) => uri));
    return { capabilities, serverInfo: { name: 'aiwf' } };
  });
  connection.onInitialized(
    guarded('initialized', undefined, () => {
      if (client.watches) void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
      if (client.folders)
        connection.workspace.onDidChangeWorkspaceFolders(guarded('folders', undefined, index.changeFolders));
    }),
  );

  documents.onDidChangeContent(
    guarded('change', undefined, ({ document }) => {
      const text = document.getText();
      index.opened(document.uri, text);
      const opened = !service.openUris().includes(document.uri);
      service.open(document.uri, document.version, text);
      if (opened) publisher.soon(0);
      else publisher.soon();
    }),
  );
  documents.onDidClose(
    guarded('close', undefined, ({ document }) => {
      index.closed(document.uri);
      service.close(document.uri);
      publisher.closed(document.uri);
    }),
  );
  connection.onDidChangeWatchedFiles(
    guarded('watched files', undefined, ({ changes }) => {
      for (const { uri, type } of changes) {
        index.changed(uri, type === FileChangeType.Deleted);
        if (type === FileChangeType.Changed) service.changed(uri);
        else service.forget();
        publisher.changedOnDisk(uri);
      }
      publisher.soon();
    }),
  );

  connection.onCodeAction(
    guarded('code action', [], ({ textDocument, range, context }) =>
      service.codeActions(textDocument.uri, range, context.diagnostics, client),
    ),
  );
  connection.onCompletion(
    guarded('completion', [], ({ textDocument, position }) => service.completions(textDocument.uri, position, client)),
  );
  connection.onHover(guarded('hover', null, ({ textDocument, position }) => service.hover(textDocument.uri, position)));
  connection.onDefinition(
    guarded('definition', null, ({ textDocument, position }) =>
      service.definition(textDocument.uri, position, client.links),
    ),
  );
  connection.onDocumentSymbol(guarded('symbols', [], ({ textDocument }) => service.symbols(textDocument.uri)));
  connection.onRequest(
    diagramRequest,
    guarded('diagram', null, ({ uri }: DiagramParams): DiagramResult | null => service.diagram(uri)),
  );
  connection.onRequest(
    rulesRequest,
    guarded('rules', [], (): readonly RuleSummary[] => service.rules()),
  );
  connection.onRequest(
    explainRequest,
    guarded('explain', null, ({ rule }: ExplainParams): ExplainResult | null => {
      const markdown = host.rulePage(rule) ?? service.describeRule(rule);
      return markdown === undefined ? null : { rule, markdown };
    }),
  );
  connection.onRequest(
    checkRequest,
    guarded('check', null, ({ uri }: CheckParams): CheckResult | null => {
      const result = service.check(uri);
      if (!result) return null;
      publisher.publish(result);
      const { error, warning, info } = result.counts;
      return { errors: error, warnings: warning, infos: info, profile: result.profile };
    }),
  );
  documents.listen(connection);
  connection.listen();

  /** The one place where a fault is caught: it becomes an empty answer and a line in the log. */
  function guarded<P, R>(name: string, otherwise: R, handle: (params: P) => R): (params: P) => R {
    return (params) => {
      try {
        return handle(params);
      } catch (error) {
        logError(name, error);
        return otherwise;
      }
    };
  }

  function logError(name: string, error: unknown): void {
    connection.console.error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}

const watchers = [
  { globPattern: '**/*.aiwf.{yaml,yml}' },
  { globPattern: '**/*.json' },
  { globPattern: `**/${configurationName}` },
];

const capabilities: InitializeResult['capabilities'] = {
  positionEncoding: PositionEncodingKind.UTF16,
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  // No ':' among them: behind `steps:` comes Enter as often as a value, and with a list open Enter takes its first item.
  completionProvider: { triggerCharacters: [' ', '.', '[', '{', '-', '"'] },
  hoverProvider: true,
  definitionProvider: true,
  documentSymbolProvider: true,
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

/** What the client can do. `suggestCommand` of its initialization options is its command that opens completion again. */
function clientOf(params: InitializeParams | undefined) {
  const { textDocument, workspace } = params?.capabilities ?? {};
  const { suggestCommand } = (params?.initializationOptions ?? {}) as { suggestCommand?: unknown };
  return {
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    links: textDocument?.definition?.linkSupport === true,
    versioned: workspace?.workspaceEdit?.documentChanges === true,
    watches: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    folders: workspace?.workspaceFolders === true,
    againCommand: typeof suggestCommand === 'string' ? suggestCommand : undefined,
  };
}

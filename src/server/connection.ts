// The language server on a connection: one registration per request, no logic of its own. Runs wherever a connection
// can be made; what needs a file system comes with the host.

import {
  CodeActionTriggerKind,
  type Connection,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeResult,
  type PositionEncodingKind,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { configurationName } from '../governance/configuration.ts';
import { isWorkflowName } from '../language/project.ts';
import { startOfDay } from '../language/values.ts';
import {
  type AuthorToolParams,
  type AuthorToolResult,
  authorToolRequest,
  type CheckParams,
  type CheckResult,
  type ConfigurationParams,
  type ConfigurationResult,
  checkRequest,
  configurationRequest,
  type DiagramParams,
  type DiagramResult,
  diagramRequest,
  type EditDiagramParams,
  type EditDiagramResult,
  type ExplainParams,
  type ExplainResult,
  editDiagramRequest,
  explainRequest,
  type FindWorkflowsResult,
  findWorkflowsRequest,
  type MermaidParams,
  type MermaidResult,
  mermaidRequest,
  type ReadFilesResult,
  type RuleSummary,
  readFilesRequest,
  rulesRequest,
} from '../protocol.ts';
import { codeActionKinds } from '../service/code-actions.ts';
import { isConfigurationDocument } from '../service/configurations.ts';
import { createLanguageService } from '../service/language-service.ts';
import { createAuthorHost } from './author-host.ts';
import { runAuthorTool } from './author-tools.ts';
import { type Client, clientOf } from './client.ts';
import { createClientFiles } from './client-files.ts';
import { createDeferred } from './deferred.ts';
import { answerDiagnostics, diagnosticsOffer } from './diagnostics.ts';
import { answerEditing, editingOffer } from './editing.ts';
import { chosenEncoding, createEncoding } from './encoding.ts';
import { answerForm, formOffer } from './form.ts';
import { answerGovernance, createGovernance, tellOf } from './governance.ts';
import { answerInsight, insightOffer, watchSettings } from './insight.ts';
import { createPublisher } from './publisher.ts';
import { createPull } from './pull.ts';
import { createRequests } from './requests.ts';
import { answerRuleTests } from './rule-tests.ts';
import { createWorkflowIndex, type WorkflowFiles } from './workflow-index.ts';

const noEdits: EditDiagramResult = { refused: 'The change could not be worked out.' };

/** What the server needs of the machine it runs on. Answers are values: what cannot be had is undefined. */
export interface ServerHost extends WorkflowFiles {
  /** Whether it can read files of this scheme at all; a client may be able to read others. */
  reads(uri: string): boolean;
  /** Names of what a folder holds, those of folders with a slash behind. */
  entries?(folder: string): readonly string[];
  /** The page `docs/rules/<id>.md`. */
  rulePage(id: string): string | undefined;
}

/** No way out of the folder of the pages. */
export function isRuleId(id: string): boolean {
  return /^[a-z]+\/[a-z0-9-]+$/.test(id);
}

export function startServer(connection: Connection, host: ServerHost): void {
  let client = clientOf(undefined);
  const clientFiles = createClientFiles(
    {
      read: (params) => connection.sendRequest<ReadFilesResult>(readFilesRequest, params),
      find: (params) => connection.sendRequest<FindWorkflowsResult>(findWorkflowsRequest, params),
    },
    () => {
      index.forget();
      service.forget();
      pull.forget();
    },
  );
  const filesOf = (uri: string): WorkflowFiles => (client.readsFiles && !host.reads(uri) ? clientFiles : host);
  const files: WorkflowFiles = {
    read: (uri) => filesOf(uri).read(uri),
    workflowFiles: (folder) => filesOf(folder).workflowFiles(folder),
  };
  const rulePage = (id: string): string | undefined =>
    host.rulePage(id) ??
    (client.rulePages !== undefined && isRuleId(id) ? clientFiles.read(`${client.rulePages}/${id}.md`) : undefined);
  const index = createWorkflowIndex(files);
  const service = createLanguageService({
    read: files.read,
    workflowUri: index.workflowUri,
    workflowFiles: index.uris,
    entries: (folder) => host.entries?.(folder) ?? [],
    today: () => startOfDay(Date.now()),
  });
  const authors = createAuthorHost({
    folders: index.folders,
    openUris: service.openUris,
    inspect: service.inspect,
    rulePage: (id) => rulePage(id),
    describeRule: (id) => service.describeRule(id),
  });
  const documentOf = (uri: string): TextDocument | undefined => {
    const text = documents.get(uri)?.getText() ?? files.read(uri);
    return text === undefined ? undefined : (documents.get(uri) ?? TextDocument.create(uri, '', 0, text));
  };
  let encoding = createEncoding(chosenEncoding(undefined), documentOf);
  const documents = new TextDocuments({
    create: TextDocument.create,
    update: (document: TextDocument, changes, version) => encoding.update(document, changes, version),
  });
  const requests = createRequests({
    encoding: () => encoding,
    files: clientFiles,
    log: (message) => connection.console.error(message),
  });
  const { guarded, guardedItem, noted, asked, logError } = requests;
  const publisher = createPublisher(service, {
    pulls: () => client.pulls,
    replaces: () => client.oneCollection,
    send: (params) => connection.sendDiagnostics(encoding.outgoing(params, params.uri)),
    refresh: () => {
      if (client.refreshes) asked('refresh', connection.languages.diagnostics.refresh());
    },
    logError,
    isIncomplete: () => clientFiles.isMissing,
    arrived: async () => {
      if (clientFiles.isMissing) await clientFiles.fetch();
      else return false;
      return true;
    },
  });
  const judgedUris = () => [...service.configurationsOf(index.uris()), ...index.uris()];
  const pull = createPull(service, publisher, judgedUris, () => client);
  const deferred = createDeferred();
  const governance = createGovernance(service, {
    uris: index.uris,
    isIncomplete: () => clientFiles.isMissing,
    today: () => startOfDay(Date.now()),
    tell: tellOf(connection),
  });

  /** What is wrong in a configuration matters to whoever looks at a file that it counts for. */
  const showConfiguration = (uri: string) => {
    for (const each of service.configurationsOf([uri])) publisher.show(each);
  };

  connection.onInitialize((params): InitializeResult => {
    client = clientOf(params);
    encoding = createEncoding(chosenEncoding(params), documentOf);
    service.useTrust(client.trusted);
    index.setFolders((params.workspaceFolders ?? []).map(({ uri }) => uri));
    return { capabilities: offeredTo(client, encoding.kind), serverInfo: { name: 'aiwf' } };
  });
  connection.onInitialized(
    noted('initialized', () => {
      if (client.watches)
        asked('watched files', connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
      watchSettings(connection, client);
      insight.start();
      if (client.folders)
        connection.workspace.onDidChangeWorkspaceFolders(
          noted('folders', (event) => {
            index.changeFolders(event);
            pull.forget();
            governance.forget();
          }),
        );
    }),
  );

  documents.onDidChangeContent(
    noted('change', ({ document }) => {
      if (!isOurs(document)) return;
      const text = document.getText();
      if (!isConfigurationDocument(document.uri)) index.opened(document.uri, text);
      const isFirst = !service.openUris().includes(document.uri);
      service.open(document.uri, document.version, text);
      pull.changed(document.uri);
      governance.changed(document.uri);
      publisher.edited(document.uri, isFirst);
      if (isFirst) showConfiguration(document.uri);
    }),
  );
  documents.onDidClose(
    noted('close', ({ document }) => {
      index.closed(document.uri);
      service.close(document.uri);
      pull.changed(document.uri);
      governance.changed(document.uri);
      publisher.closed(document.uri);
    }),
  );
  connection.onDidChangeWatchedFiles(
    noted('watched files', ({ changes }) => {
      for (const { uri, type } of changes) {
        clientFiles.changed(uri);
        index.changed(uri, type === FileChangeType.Deleted);
        if (type === FileChangeType.Changed) {
          service.changed(uri);
          pull.changed(uri);
          governance.changed(uri);
        } else {
          service.cameOrWent(uri, type !== FileChangeType.Deleted);
          pull.forget();
          governance.cameOrWent(uri);
        }
        publisher.changedOnDisk(uri);
      }
      publisher.soon();
      insight.refresh();
    }),
  );
  const outdated = () => {
    pull.forget();
    governance.forget();
    publisher.soon();
  };
  const useProfile = (profile: readonly string[]) => {
    if (service.useProfile(profile)) outdated();
  };
  const insight = answerInsight(connection, { service, requests, client: () => client, useProfile });
  answerEditing(connection, { service, guarded, client: () => client });
  answerForm(connection, { service, guarded });
  answerGovernance(connection, { governance, guarded });
  answerRuleTests(connection, { service, requests, outdated });
  answerDiagnostics(connection, { pull, publisher, guarded, client: () => client, encoding: () => encoding });

  connection.onCodeAction(
    guarded('code action', [], ({ textDocument, range, context }) => {
      const { diagnostics, only, triggerKind } = context;
      const invoked = triggerKind !== CodeActionTriggerKind.Automatic;
      const actions = service.codeActions(textDocument.uri, range, diagnostics, { ...client, only, invoked });
      return client.resolvesEdits ? deferred.defer(actions, 'edit') : actions;
    }),
  );
  connection.onCodeActionResolve(guardedItem('resolve code action', deferred.resolve));
  connection.onCompletion(
    guarded('completion', [], ({ textDocument, position }) => {
      const items = service.completions(textDocument.uri, position, client);
      return client.resolvesDocumentation ? deferred.defer(items, 'documentation') : items;
    }),
  );
  connection.onCompletionResolve(guardedItem('resolve completion', deferred.resolve));
  connection.onHover(guarded('hover', null, ({ textDocument, position }) => service.hover(textDocument.uri, position)));
  connection.onDefinition(
    guarded('definition', null, ({ textDocument, position }) =>
      service.definition(textDocument.uri, position, client.links),
    ),
  );
  connection.onDocumentSymbol(guarded('symbols', [], ({ textDocument }) => service.symbols(textDocument.uri)));
  connection.onRequest(
    diagramRequest,
    guarded('diagram', null, (params: DiagramParams): DiagramResult | null => service.diagram(params.uri, params)),
  );
  connection.onRequest(
    mermaidRequest,
    guarded('mermaid', null, ({ uri }: MermaidParams): MermaidResult | null => service.mermaid(uri)),
  );
  connection.onRequest<EditDiagramResult, unknown>(
    editDiagramRequest,
    guarded('edit diagram', noEdits, (params: EditDiagramParams): EditDiagramResult => service.editDiagram(params)),
  );
  connection.onRequest(
    configurationRequest,
    guarded('configuration', null, ({ uri }: ConfigurationParams): ConfigurationResult | null => {
      const found = service.counting(uri);
      return found ? { ...found, configuration: found.configuration ?? null } : null;
    }),
  );
  connection.onRequest(
    rulesRequest,
    guarded('rules', [], (): readonly RuleSummary[] => service.rules()),
  );
  connection.onRequest(
    explainRequest,
    guarded('explain', null, ({ rule }: ExplainParams): ExplainResult | null => {
      const markdown = rulePage(rule) ?? service.describeRule(rule);
      return markdown === undefined ? null : { rule, markdown };
    }),
  );
  connection.onRequest(
    authorToolRequest,
    guarded('author tool', noAnswer, ({ tool, input }: AuthorToolParams): AuthorToolResult => {
      const answer = runAuthorTool(tool, input, authors);
      return 'reason' in answer ? { text: answer.reason, data: null } : answer;
    }),
  );
  connection.onRequest(
    checkRequest,
    guarded('check', null, ({ uri }: CheckParams): CheckResult | null => {
      const result = governance.check(uri);
      if (!result) return null;
      // Answers made without files that are still to come are not shown.
      if (!clientFiles.isMissing) publisher.publish(result);
      showConfiguration(uri);
      const { error, warning, info } = result.counts;
      return { errors: error, warnings: warning, infos: info, profile: result.profile };
    }),
  );
  documents.listen(connection);
  connection.listen();
}

/** An editor that knows no language but YAML sends all of it. */
function isOurs({ uri, languageId }: TextDocument): boolean {
  return languageId === 'aiwf' || isWorkflowName(uri) || isConfigurationDocument(uri);
}

const watchers = [
  { globPattern: '**/*.aiwf.{yaml,yml}' },
  { globPattern: '**/*.json' },
  { globPattern: `**/${configurationName}` },
  { globPattern: '**/*.rules.{yaml,yml}' },
];

const capabilities: InitializeResult['capabilities'] = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  // No ':' among them: behind `steps:` comes Enter as often as a value, and with a list open Enter takes its first item.
  completionProvider: { triggerCharacters: [' ', '.', '[', '{', '-', '"', '/'] },
  hoverProvider: true,
  definitionProvider: true,
  documentSymbolProvider: true,
  codeActionProvider: { codeActionKinds },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

const noAnswer: AuthorToolResult = { text: 'The language server could not answer.', data: null };

/** What only some clients are offered. */
function offeredTo(client: Client, positionEncoding: PositionEncodingKind): InitializeResult['capabilities'] {
  const { completionProvider, codeActionProvider } = capabilities;
  return {
    ...capabilities,
    positionEncoding,
    completionProvider: { ...completionProvider, resolveProvider: client.resolvesDocumentation },
    codeActionProvider: { ...Object(codeActionProvider), resolveProvider: client.resolvesEdits },
    ...diagnosticsOffer(client),
    ...editingOffer,
    ...formOffer(positionEncoding),
    ...insightOffer(client),
    workspace: { ...capabilities.workspace, ...editingOffer.workspace },
  };
}

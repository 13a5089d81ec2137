// The requests that show what stands nowhere in the text: hints, lenses, links, symbols of the workspace, who leads where.
import {
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeResult,
} from 'vscode-languageserver';
import { type CodeLensOptions, lensCommands } from '../service/code-lens.ts';
import type { LanguageService } from '../service/language-service.ts';
import type { Client } from './client.ts';
import type { Requests } from './requests.ts';
import { readSettings, type Settings } from './settings.ts';

interface Parts {
  readonly service: LanguageService;
  readonly requests: Requests;
  readonly client: () => Client;
  /** Presets for files without a configuration were read. */
  useProfile(profile: readonly string[]): void;
}

export interface Insight {
  /** Asks for the settings, so that those that change findings are known before somebody asks for hints or lenses. */
  start(): void;
  /** Files have changed that hints and lenses of other files are made from. */
  refresh(): void;
}

export function insightOffer(client: Client): InitializeResult['capabilities'] {
  const lenses = Object.values(lensCommands).some((command) => client.commands.has(command));
  return {
    inlayHintProvider: true,
    documentLinkProvider: {},
    workspaceSymbolProvider: true,
    callHierarchyProvider: true,
    // A lens of a command that the client has not got could only fail.
    ...(lenses ? { codeLensProvider: { resolveProvider: true } } : {}),
  };
}

export function answerInsight(connection: Connection, parts: Parts): Insight {
  const { service, requests, client, useProfile } = parts;
  const { guarded, guardedItem, noted } = requests;
  let known: Promise<Settings> | undefined;
  const taken = async (read: Promise<Settings>) => {
    const given = await read;
    useProfile(given.profile);
    return given;
  };
  const settings = () => {
    known ??= taken(readSettings(connection, client()));
    return known;
  };
  const refresh = () => {
    const failed = (error: unknown) => requests.logError('refresh', error);
    if (client().refreshesHints) connection.languages.inlayHint.refresh().catch(failed);
    if (client().refreshesLenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(failed);
  };
  connection.onDidChangeConfiguration(
    noted('configuration', ({ settings: sent }: { settings?: unknown }) => {
      known = taken(readSettings(connection, client(), client().asksSettings ? undefined : sent));
      refresh();
    }),
  );
  connection.languages.inlayHint.on(
    guarded('inlay hints', [], async ({ textDocument, range }) =>
      service.inlayHints(textDocument.uri, range, (await settings()).inlayHints),
    ),
  );
  connection.onCodeLens(
    guarded('code lenses', [], async ({ textDocument }) =>
      service.codeLenses(textDocument.uri, withCommands((await settings()).codeLens, client())),
    ),
  );
  connection.onCodeLensResolve(guardedItem('resolve code lens', service.resolveCodeLens));
  connection.onDocumentLinks(guarded('links', [], ({ textDocument }) => service.links(textDocument.uri)));
  connection.onWorkspaceSymbol(guarded('workspace symbols', [], ({ query }) => service.workspaceSymbols(query)));
  connection.languages.callHierarchy.onPrepare(
    guarded('prepare call hierarchy', null, ({ textDocument, position }) =>
      service.prepareCallHierarchy(textDocument.uri, position),
    ),
  );
  connection.languages.callHierarchy.onIncomingCalls(
    guarded('incoming calls', [], ({ item }) => service.incomingCalls(item)),
  );
  connection.languages.callHierarchy.onOutgoingCalls(
    guarded('outgoing calls', [], ({ item }) => service.outgoingCalls(item)),
  );
  return { start: () => void settings(), refresh };
}

/** Asks to be told when settings change, where the client wants to be asked for that. */
export function watchSettings(connection: Connection, client: Client): void {
  if (!client.watchesSettings) return;
  // With a client that refuses, the settings stay as they were given.
  connection.client
    .register(DidChangeConfigurationNotification.type, { section: 'aiwf' })
    .catch((error: unknown) => connection.console.warn(`settings: ${error}`));
}

function withCommands(wanted: CodeLensOptions, { commands }: Client): CodeLensOptions {
  return {
    references: wanted.references && commands.has(lensCommands.references),
    diagram: wanted.diagram && commands.has(lensCommands.diagram),
    findings: wanted.findings && commands.has(lensCommands.findings),
  };
}

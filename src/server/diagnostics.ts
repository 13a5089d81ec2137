// The requests about diagnostics: of a document, of the workspace, and the command that checks the whole workspace for
// editors that have none of their own.
import {
  type CancellationToken,
  type Connection,
  DocumentDiagnosticReportKind,
  type InitializeResult,
  type WorkDoneProgressReporter,
  type WorkDoneProgressServerReporter,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { CheckResult } from '../protocol.ts';
import { fileName } from '../service/file-key.ts';
import type { Client } from './client.ts';
import type { PositionEncoding } from './encoding.ts';
import type { Publisher } from './publisher.ts';
import type { Pull } from './pull.ts';
import type { Requests } from './requests.ts';

const checkWorkspaceCommand = 'aiwf.server.checkWorkspace';
const progressTitle = 'Checking workflows';

interface Parts {
  readonly pull: Pull;
  readonly publisher: Publisher;
  readonly guarded: Requests['guarded'];
  readonly client: () => Client;
  readonly encoding: () => PositionEncoding;
}

export function diagnosticsOffer(client: Client): InitializeResult['capabilities'] {
  const command = { executeCommandProvider: { commands: [checkWorkspaceCommand], workDoneProgress: true } };
  const diagnosticProvider = {
    identifier: 'aiwf',
    interFileDependencies: true,
    workspaceDiagnostics: !client.workspaceCommand,
    workDoneProgress: true,
  };
  return { ...(client.workspaceCommand ? {} : command), ...(client.pulls ? { diagnosticProvider } : {}) };
}

export function answerDiagnostics(connection: Connection, parts: Parts): void {
  const { pull, publisher, guarded, client, encoding } = parts;
  connection.languages.diagnostics.on(
    guarded('diagnostics', { kind: DocumentDiagnosticReportKind.Full, items: [] }, pull.document),
  );
  connection.languages.diagnostics.onWorkspace(
    guarded('diagnostics of the workspace', { items: [] }, async (params, token, progress, partial) => {
      const items: WorkspaceDocumentDiagnosticReport[] = [];
      progress.begin(progressTitle, 0, undefined, true);
      await pull
        .workspace(params, eitherOf(token, progress), (report, done, of) => {
          if (partial) partial.report({ items: [encoding().outgoing(report, report.uri)] });
          else items.push(report);
          progress.report(percent(done, of), fileName(report.uri));
        })
        .finally(() => progress.done());
      return { items };
    }),
  );
  connection.onExecuteCommand(
    guarded('command', null, async ({ command }, token, given) => {
      if (command !== checkWorkspaceCommand) return null;
      const progress = await progressFor(connection, client(), given);
      const found = { errors: 0, warnings: 0, infos: 0 };
      progress.begin(progressTitle, 0, undefined, true);
      await pull
        .checkAll(eitherOf(token, progress), (uri, result, done, of) => {
          if (result) publisher.publish(result);
          found.errors += result?.counts.error ?? 0;
          found.warnings += result?.counts.warning ?? 0;
          found.infos += result?.counts.info ?? 0;
          progress.report(percent(done, of), fileName(uri));
        })
        .finally(() => progress.done());
      return found satisfies CheckResult;
    }),
  );
}

type Progress = WorkDoneProgressReporter | WorkDoneProgressServerReporter;

/** The client's own, where it has given one, else a new one, where it can show it. */
async function progressFor(connection: Connection, client: Client, given: Progress): Promise<Progress> {
  return client.showsProgress ? await connection.window.createWorkDoneProgress() : given;
}

/** The user stops the request or what the progress shows. */
function eitherOf(token: CancellationToken, progress: Progress): CancellationToken {
  const other = 'token' in progress ? progress.token : undefined;
  return {
    get isCancellationRequested() {
      return token.isCancellationRequested || other?.isCancellationRequested === true;
    },
    onCancellationRequested: token.onCancellationRequested,
  };
}

function percent(done: number, of: number): number {
  return of === 0 ? 100 : Math.round((100 * done) / of);
}

// Diagnostics that the client asks for: of one document, or of every workflow of the workspace. What has not changed
// since the client's last question is not sent again.
import {
  type CancellationToken,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type FullDocumentDiagnosticReport,
  type UnchangedDocumentDiagnosticReport,
  type WorkspaceDiagnosticParams,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { fileKey } from '../service/file-key.ts';
import type { DocumentDiagnostics, LanguageService } from '../service/language-service.ts';
import type { Client } from './client.ts';
import type { Publisher } from './publisher.ts';
import { cancelled, turnOfOthers } from './requests.ts';

export interface Pull {
  document(params: DocumentDiagnosticParams, token: CancellationToken): Promise<DocumentDiagnosticReport>;
  workspace(
    params: WorkspaceDiagnosticParams,
    token: CancellationToken,
    each: (report: WorkspaceDocumentDiagnosticReport, done: number, of: number) => void,
  ): Promise<void>;
  /** Checks every workflow of the workspace; between two of them other requests have their turn. */
  checkAll(
    token: CancellationToken,
    each: (uri: string, result: DocumentDiagnostics | undefined, done: number, of: number) => void,
  ): Promise<void>;
  /** A file changed: what was found with its help is found again. */
  changed(uri: string): void;
  /** Files have come or gone. */
  forget(): void;
}

export function createPull(
  service: LanguageService,
  publisher: Publisher,
  workflowUris: () => readonly string[],
  client: () => Client,
): Pull {
  const ids = new WeakMap<DocumentDiagnostics, string>();
  let newest = 0;
  /** Results of files that are not open, kept where the client tells when a file changes. */
  const closed = new Map<string, DocumentDiagnostics | undefined>();

  /** Another one for each result, so that it also says which version the diagnostics were made for. */
  const idOf = (result: DocumentDiagnostics): string => {
    const id = ids.get(result) ?? String(++newest);
    ids.set(result, id);
    return id;
  };
  const report = (
    result: DocumentDiagnostics,
    previous?: string,
  ): FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport => {
    const resultId = idOf(result);
    return previous === resultId
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
      : { kind: DocumentDiagnosticReportKind.Full, resultId, items: result.diagnostics };
  };
  const checked = (uri: string): DocumentDiagnostics | undefined => {
    const open = service.diagnostics(uri);
    if (open) return open;
    const key = fileKey(uri);
    if (closed.has(key)) return closed.get(key);
    const result = service.check(uri);
    if (client().watches) closed.set(key, result);
    return result;
  };
  return {
    document: async ({ textDocument: { uri }, previousResultId }, token) => {
      await publisher.pauseOf(uri);
      if (token.isCancellationRequested) throw cancelled();
      // What is sent would be shown beside the answer, where the client cannot put the one in the place of the other.
      if (client().oneCollection) await publisher.publishFirst(uri);
      if (token.isCancellationRequested) throw cancelled();
      const result = checked(uri);
      if (!result) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
      const related = client().pullsRelated ? publisher.outdated(uri) : [];
      for (const each of [result, ...related]) publisher.pulled(each);
      return {
        ...report(result, previousResultId),
        ...(related.length > 0
          ? { relatedDocuments: Object.fromEntries(related.map((each) => [each.uri, report(each)])) }
          : {}),
      };
    },
    workspace: async ({ previousResultIds }, token, each) => {
      const previous = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
      const uris = workflowUris();
      for (const [index, uri] of uris.entries()) {
        if (token.isCancellationRequested) throw cancelled();
        const result = checked(uri);
        const version = result?.version ?? null;
        if (result) each({ uri, version, ...report(result, previous.get(uri)) }, index + 1, uris.length);
        if (result) previous.delete(uri);
        await turnOfOthers();
      }
      // What is gone has no findings any more.
      for (const uri of previous.keys())
        each({ uri, version: null, kind: DocumentDiagnosticReportKind.Full, items: [] }, uris.length, uris.length);
    },
    checkAll: async (token, each) => {
      const uris = workflowUris();
      for (const [index, uri] of uris.entries()) {
        if (token.isCancellationRequested) throw cancelled();
        each(uri, checked(uri), index + 1, uris.length);
        await turnOfOthers();
      }
    },
    changed: (uri) => {
      const key = fileKey(uri);
      for (const [other, result] of closed) {
        const isMadeFrom = other === key || [...(result?.dependencies ?? [])].some((each) => fileKey(each) === key);
        if (isMadeFrom) closed.delete(other);
      }
    },
    forget: () => closed.clear(),
  };
}

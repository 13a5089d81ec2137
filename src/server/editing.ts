// The requests of navigation and editing: one registration each, with what is said of them to the client.
import { type Connection, type InitializeResult, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { LanguageService } from '../service/language-service.ts';
import type { Client } from './client.ts';
import type { Requests } from './requests.ts';

interface Parts {
  readonly service: LanguageService;
  readonly guarded: Requests['guarded'];
  readonly client: () => Client;
}

const workflowFiles = { filters: [{ pattern: { glob: '**/*' } }] };

export const editingOffer: InitializeResult['capabilities'] = {
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  workspace: { fileOperations: { willRename: workflowFiles } },
};

export function answerEditing(connection: Connection, { service, guarded, client }: Parts): void {
  connection.onReferences(
    guarded('references', [], ({ textDocument, position, context }) =>
      service.references(textDocument.uri, position, context.includeDeclaration),
    ),
  );
  connection.onDocumentHighlight(
    guarded('highlights', [], ({ textDocument, position }) => service.highlights(textDocument.uri, position)),
  );
  connection.onPrepareRename(
    guarded('prepare rename', null, ({ textDocument, position }) =>
      orRefusal(service.prepareRename(textDocument.uri, position)),
    ),
  );
  connection.onRenameRequest(
    guarded('rename', null, ({ textDocument, position, newName }) =>
      orRefusal(service.rename(textDocument.uri, position, newName, client())),
    ),
  );
  connection.workspace.onWillRenameFiles(
    guarded('rename files', null, ({ files }) => service.renameFiles(files, client())),
  );
}

/** A refusal is an error of the request, whose message the editor shows. */
function orRefusal<T>(answer: T | { readonly refused: string }): T {
  const refused = answer !== null && typeof answer === 'object' && 'refused' in answer ? answer.refused : undefined;
  if (typeof refused === 'string') throw new ResponseError(LSPErrorCodes.RequestFailed, refused);
  return answer as T;
}

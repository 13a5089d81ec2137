// A change made in the picture, applied to the text as one step to undo: asked of the server for the version that the
// picture shows, and only while the document still has it.
import * as vscode from 'vscode';
import type { EditDiagramParams, EditDiagramResult, FromWebview } from '../protocol.ts';
import { openDocument } from './workflow-files.ts';

interface EditHost {
  /** Undefined where there is no answer. */
  editDiagram(params: EditDiagramParams): Promise<EditDiagramResult | undefined>;
  /** Tells the user why a change is not made. */
  refuse(reason: string): void;
}

export type ChangeMessage = Extract<FromWebview, { type: 'change' }>;

/** Answers the step to go to; undefined where nothing was changed, or there is none. */
export async function applyDiagramChange(
  host: EditHost,
  uri: vscode.Uri,
  { version, change }: ChangeMessage,
): Promise<string | undefined> {
  const refuse = (reason: string): undefined => {
    host.refuse(reason);
    return undefined;
  };
  const moved = vscode.l10n.t('The text has changed since this picture was drawn. Try again.');
  // A document that nobody looks at may be closed; its text is on disk, which is what the picture shows.
  const document = openDocument(uri) ?? (await vscode.workspace.openTextDocument(uri));
  if (document.version !== version) return refuse(moved);
  const answer = await host.editDiagram({ uri: uri.toString(), version, change });
  if (!answer) return refuse(vscode.l10n.t('The change could not be worked out.'));
  if ('refused' in answer) return refuse(answer.refused);
  if (document.version !== version) return refuse(moved);
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of answer.edits) {
    const { start, end } = range;
    edit.replace(uri, new vscode.Range(start.line, start.character, end.line, end.character), newText);
  }
  const isApplied = await vscode.workspace.applyEdit(edit);
  return isApplied ? answer.select : refuse(vscode.l10n.t('The text could not be changed.'));
}

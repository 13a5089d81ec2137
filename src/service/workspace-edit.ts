// Edits of several files in the form the protocol asks for.
import type { WorkspaceEdit } from 'vscode-languageserver-types';
import { lineStartsOf, type TextEdit } from '../language/source.ts';
import { toRange } from './positions.ts';

/** Edits of one file, as offsets into `text`. */
export interface FileEdit {
  readonly uri: string;
  readonly text: string;
  /** Of the open document; undefined for a file that is not open. */
  readonly version: number | undefined;
  readonly edits: readonly TextEdit[];
}

/** With `versioned`, edits are refused by the editor where its document has changed since. */
export function toWorkspaceEdit(
  files: readonly FileEdit[],
  { versioned }: { readonly versioned: boolean },
): WorkspaceEdit {
  const changed = files
    .filter(({ edits }) => edits.length > 0)
    .map(({ uri, text, version = null, edits }) => {
      const lines = { text, lineStarts: lineStartsOf(text) };
      return { uri, version, edits: edits.map((edit) => ({ range: toRange(lines, edit.range), newText: edit.text })) };
    });
  if (versioned)
    return { documentChanges: changed.map(({ uri, version, edits }) => ({ textDocument: { uri, version }, edits })) };
  return { changes: Object.fromEntries(changed.map(({ uri, edits }) => [uri, edits])) };
}

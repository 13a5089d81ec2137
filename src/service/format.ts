// Formatting of a document or a range of it, as edits of the protocol: small ones, so that cursors and markers stay.
import type { Range, TextEdit } from 'vscode-languageserver-types';
import { formatEdits } from '../language/format.ts';
import type { ParsedText } from '../language/parse.ts';
import { toOffset, toRange } from './positions.ts';

/** Edits that format the whole document, or what lies in `within`. */
export function formattingOf(file: ParsedText, within?: Range): TextEdit[] {
  const range = within && { start: toOffset(file, within.start), end: toOffset(file, within.end) };
  return formatEdits(file, range).map((edit) => ({ range: toRange(file, edit.range), newText: edit.text }));
}

// Ties the places of a picture to the text: which step a cursor stands in, and how a place is shown in the editor.
import * as vscode from 'vscode';
import type { DiagramResult, Position, Range } from '../protocol.ts';

/** Selects `range` in an editor of `document`, beside the panel in column `panel`. */
export async function showPlace(
  document: vscode.TextDocument,
  range: Range,
  panel: vscode.ViewColumn | undefined,
): Promise<void> {
  const editor = await vscode.window.showTextDocument(document, columnFor(document.uri, panel));
  editor.selection = new vscode.Selection(toPosition(range.start), toPosition(range.end));
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Where the text is, or would be without covering the panel. */
function columnFor(uri: vscode.Uri, panel: vscode.ViewColumn | undefined): vscode.ViewColumn {
  const isText = ({ input }: vscode.Tab): boolean =>
    input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
  const group = vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(isText));
  return group?.viewColumn ?? (panel === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One);
}

/** The innermost step around the cursor. */
export function stepAt(result: DiagramResult | undefined, cursor: Position): string | undefined {
  const around = result?.diagram.nodes.filter(({ block }) => contains(block, cursor)) ?? [];
  const [first, ...more] = around;
  return more.reduce((best, node) => (best && isBefore(node.block.start, best.block.start) ? best : node), first)?.id;
}

function contains({ start, end }: Range, position: Position): boolean {
  return !isBefore(position, start) && !isBefore(end, position);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

export function toPosition({ line, character }: Position): vscode.Position {
  return new vscode.Position(line, character);
}

// The commands of code lenses: the server names them with plain data of the protocol, here they become VS Code's own.
import * as vscode from 'vscode';
import type { Position, Range } from '../protocol.ts';

interface Place {
  readonly uri: string;
  readonly range: Range;
}

/** By name; the server offers the lenses of those that the client says it has. */
export const lensCommands: Readonly<Record<string, (...given: unknown[]) => unknown>> = {
  'aiwf.showReferences': async (uri, position, locations) => {
    const places = (locations as readonly Place[]).map(
      (place) => new vscode.Location(vscode.Uri.parse(place.uri), toRange(place.range)),
    );
    const at = toPosition(position as Position);
    await vscode.commands.executeCommand('editor.action.showReferences', vscode.Uri.parse(String(uri)), at, places);
  },
  /** Opens the first finding where it stands; the editor's own keys lead to the next. */
  'aiwf.showFindings': async (uri, range) => {
    const { start } = toRange(range as Range);
    await vscode.window.showTextDocument(vscode.Uri.parse(String(uri)), { selection: new vscode.Range(start, start) });
    await vscode.commands.executeCommand('editor.action.marker.next');
  },
};

function toPosition({ line, character }: Position): vscode.Position {
  return new vscode.Position(line, character);
}

function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(toPosition(start), toPosition(end));
}

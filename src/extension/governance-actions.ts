// What can be done with a finding from the Governance view: mend it, accept it, see it in the picture, copy it.
import * as vscode from 'vscode';
import { findingsAsMarkdown } from './governance-markdown.ts';
import { type FindingNode, isFindingNode, rowsBelow } from './governance-nodes.ts';
import type { Row, Rules } from './governance-rows.ts';
import { markdownWords } from './governance-words.ts';
import { offerFixes } from './offer-fixes.ts';

/** The command that writes a waiver; it takes `{ uri, rule, place }`. */
export const acceptCommand = 'aiwf.acceptFinding';

/** The finding that a menu names, else the one that is selected. */
export function findingOf(given: unknown, selection: readonly object[]): FindingNode | undefined {
  if (isFindingNode(given)) return given;
  return selection.find(isFindingNode);
}

/** Opens the place and offers what mends it. */
export async function fixFinding({ uri, row }: FindingNode): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const { start, end } = row.finding.range;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  await vscode.window.showTextDocument(document, { selection, preview: true });
  await offerFixes(document, row.finding.range);
}

export async function acceptFinding({ uri, rule, place }: FindingNode): Promise<void> {
  await vscode.commands.executeCommand(acceptCommand, { uri, rule, place });
}

/** The findings of what is selected, or all that are shown, as Markdown on the clipboard. */
export async function copyFindings(nodes: readonly object[], shown: readonly Row[], rules: Rules): Promise<void> {
  const below = rowsBelow(nodes);
  const rows = below.length > 0 ? below : shown;
  if (rows.length === 0) return;
  const pathOf = (uri: string) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
  await vscode.env.clipboard.writeText(findingsAsMarkdown(rows, rules, pathOf, markdownWords()));
  const message =
    rows.length === 1
      ? vscode.l10n.t('Copied 1 finding as Markdown.')
      : vscode.l10n.t('Copied {0} findings as Markdown.', rows.length);
  vscode.window.setStatusBarMessage(`$(copy) ${message}`, 4000);
}

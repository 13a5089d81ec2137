// The command "Explain Rule": the documentation page of a rule in VS Code's Markdown preview, from a virtual document.
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type ExplainParams, type ExplainResult, explainRequest, type RuleSummary, rulesRequest } from '../protocol.ts';
import { ask } from './client.ts';
import { activeWorkflow } from './workflow-files.ts';

const scheme = 'aiwf-rule';

/** The pages, as documents `aiwf-rule:/flow/unbounded-loop.md`. */
export function provideRulePages(client: BaseLanguageClient): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent({ path }, token) {
      const params: ExplainParams = { rule: path.replace(/^\//, '').replace(/\.md$/, '') };
      const page = await ask<ExplainResult | null>(client, explainRequest, params, token);
      return page?.markdown ?? `${vscode.l10n.t('No rule is named `{0}`.', params.rule)}\n`;
    },
  });
}

/** `given` is a rule, from a link, or something that has one, from a view; without it the user chooses. */
export async function explainRule(client: BaseLanguageClient, given?: unknown): Promise<void> {
  const { rule } = (typeof given === 'object' && given !== null ? given : { rule: given }) as {
    readonly rule?: unknown;
  };
  const id = typeof rule === 'string' ? rule : await pickRule(client);
  if (id === undefined) return;
  const uri = vscode.Uri.from({ scheme, path: `/${id}.md` });
  const command = vscode.window.activeTextEditor ? 'markdown.showPreviewToSide' : 'markdown.showPreview';
  await vscode.commands.executeCommand(command, uri);
}

async function pickRule(client: BaseLanguageClient): Promise<string | undefined> {
  const rules = (await ask<readonly RuleSummary[]>(client, rulesRequest, {})) ?? [];
  const items = rules.map(({ id, severity, summary }) => ({ label: id, description: severity, detail: summary }));
  const atCursor = ruleAtCursor();
  const picker = vscode.window.createQuickPick<vscode.QuickPickItem>();
  picker.title = vscode.l10n.t('Explain Rule');
  picker.placeholder = vscode.l10n.t('Rule');
  picker.matchOnDetail = true;
  picker.items = items;
  const active = items.filter(({ label }) => label === atCursor);
  // Without a finding at the cursor the first rule stays the active one; an empty list would leave none.
  if (active.length > 0) picker.activeItems = active;
  const chosen = new Promise<string | undefined>((resolve) => {
    picker.onDidAccept(() => resolve(picker.activeItems[0]?.label));
    picker.onDidHide(() => resolve(undefined));
  });
  picker.show();
  return await chosen.finally(() => picker.dispose());
}

function ruleAtCursor(): string | undefined {
  const document = activeWorkflow();
  const cursor = vscode.window.activeTextEditor?.selection.active;
  if (!document || !cursor) return undefined;
  const findings = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'aiwf');
  const found =
    findings.find(({ range }) => range.contains(cursor)) ??
    findings.find(({ range }) => range.start.line <= cursor.line && cursor.line <= range.end.line);
  return found && codeOf(found);
}

function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

// The command "New Workflow": a template becomes an unsaved file that already has its name.
import * as vscode from 'vscode';
import { openDocument } from './workflow-files.ts';

interface Template extends vscode.QuickPickItem {
  readonly text: string;
}

/** Their files in media/templates; where extensions come from the web, a folder cannot be listed. */
const templateNames = ['blank', 'ai-drafts-human-approves', 'parallel-review', 'triage-with-fallback'];

export async function newWorkflow(extensionUri: vscode.Uri, template?: string): Promise<void> {
  const templates = await readTemplates(vscode.Uri.joinPath(extensionUri, 'media', 'templates'));
  const chosen =
    templates.find(({ label }) => label === template) ??
    (await vscode.window.showQuickPick(templates, {
      title: vscode.l10n.t('New Workflow'),
      placeHolder: vscode.l10n.t('Start from'),
      matchOnDetail: true,
    }));
  if (!chosen) return;
  const document = await openUnsaved(idOf(chosen.text));
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), chosen.text);
  await vscode.workspace.applyEdit(edit);
  const editor = await vscode.window.showTextDocument(document);
  const title = /^title: *(.*?) *$/m.exec(chosen.text);
  if (!title) return;
  const end = title.index + title[0].trimEnd().length;
  const start = end - (title[1] ?? '').length;
  editor.selection = new vscode.Selection(document.positionAt(start), document.positionAt(end));
}

/** The first line of a template is a comment, "# Name – what it is for", and not part of the new file. */
async function readTemplates(folder: vscode.Uri): Promise<readonly Template[]> {
  const read = async (name: string): Promise<Template> => {
    const file = vscode.Uri.joinPath(folder, `${name}.aiwf.yaml`);
    const whole = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    const [, label = name, detail = ''] = /^# *(.*?) – (.*)\n/.exec(whole) ?? [];
    return { label, detail: detail.charAt(0).toUpperCase() + detail.slice(1), text: whole.replace(/^#.*\n/, '') };
  };
  return await Promise.all(templateNames.map(read));
}

function idOf(text: string): string {
  return /^workflow: *([\w-]+)/m.exec(text)?.[1] ?? 'workflow';
}

/** In the first folder of the workspace, under a name that neither a file nor another unsaved text has. */
async function openUnsaved(id: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;
  for (let count = 1; ; count++) {
    const name = `${count === 1 ? id : `${id}-${count}`}.aiwf.yaml`;
    const file = folder && vscode.Uri.joinPath(folder, name);
    if (file && (await exists(file))) continue;
    const uri = file ? file.with({ scheme: 'untitled' }) : vscode.Uri.from({ scheme: 'untitled', path: name });
    const document = openDocument(uri) ?? (await vscode.workspace.openTextDocument(uri));
    if (document.getText() === '') return document;
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

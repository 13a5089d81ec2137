// The command "New Workflow": a template becomes an unsaved file that already has its name.
import * as vscode from 'vscode';
import { openDocument } from './workflow-files.ts';

interface Template extends vscode.QuickPickItem {
  /** Name in media/templates; where extensions come from the web, a folder cannot be listed. */
  readonly file: string;
}

/** Each said as the comment on the first line of its file says it. */
function allTemplates(): readonly Template[] {
  return [
    {
      file: 'blank',
      label: vscode.l10n.t('Blank'),
      detail: vscode.l10n.t('One step, one end, and a comment for each thing to fill in.'),
    },
    {
      file: 'ai-drafts-human-approves',
      label: vscode.l10n.t('AI drafts, a human approves'),
      detail: vscode.l10n.t('An agent writes the reply, and nothing is sent before a person has approved it.'),
    },
    {
      file: 'parallel-review',
      label: vscode.l10n.t('Parallel review'),
      detail: vscode.l10n.t(
        'Two experts judge a document at the same time, helped by an AI reader, and an editor releases it.',
      ),
    },
    {
      file: 'triage-with-fallback',
      label: vscode.l10n.t('Triage with fallback'),
      detail: vscode.l10n.t(
        'An agent sorts incoming tickets, and a person sorts what it is unsure about or cannot do.',
      ),
    },
  ];
}

/** `template`: name of its file or what it is called in the list; without one the user is asked. */
export async function newWorkflow(extensionUri: vscode.Uri, template?: string): Promise<void> {
  const templates = allTemplates();
  const chosen =
    templates.find(({ file, label }) => template === file || template === label) ??
    (await vscode.window.showQuickPick(templates, {
      title: vscode.l10n.t('New Workflow'),
      placeHolder: vscode.l10n.t('Start from'),
      matchOnDetail: true,
    }));
  if (!chosen) return;
  const text = await readTemplate(vscode.Uri.joinPath(extensionUri, 'media', 'templates', `${chosen.file}.aiwf.yaml`));
  const document = await openUnsaved(idOf(text));
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(edit);
  const editor = await vscode.window.showTextDocument(document);
  const title = /^title: *(.*?) *$/m.exec(text);
  if (!title) return;
  const end = title.index + title[0].trimEnd().length;
  const start = end - (title[1] ?? '').length;
  editor.selection = new vscode.Selection(document.positionAt(start), document.positionAt(end));
}

/** The first line of a template is a comment, "# Name – what it is for", and not part of the new file. */
async function readTemplate(file: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(file)).replace(/^#.*\n/, '');
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

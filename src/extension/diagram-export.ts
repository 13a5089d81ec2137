// Files of the picture: asks for the form, lets the page or the server make it, and saves it where the user says.
import * as vscode from 'vscode';
import { markdownBlock } from '../picture/markdown-block.ts';
import type { ExportFormat, ExportMessage, MermaidResult } from '../protocol.ts';
import { nameOf } from './workflow-files.ts';

interface ExportHost {
  /** Undefined where there is no answer. */
  mermaid(uri: vscode.Uri): Promise<MermaidResult | null | undefined>;
  /** Has the page make a file of what it shows; its answer comes to `saveExport`. */
  ask(message: ExportMessage): void;
  /** The shown view is a table. */
  readonly isTable: boolean;
}

type Choice = vscode.QuickPickItem & { readonly choose: () => Promise<void> | void };

/** The same in every language. */
const names = { svg: 'SVG', png: 'PNG', markdown: 'Markdown', mermaid: 'Mermaid' };

/** Asks which form, and whatever that form needs to know. */
export async function exportDiagram(uri: vscode.Uri, host: ExportHost): Promise<void> {
  const { t } = vscode.l10n;
  const asked = (format: ExportFormat) => () => host.ask({ type: 'export', format });
  const pictures: readonly Choice[] = [
    { label: names.svg, description: t('a picture that stays sharp at any size'), choose: asked('svg') },
    { label: names.png, description: t('a picture for slides and documents'), choose: () => askPng(host) },
  ];
  const tables: readonly Choice[] = [
    { label: names.markdown, description: t('the table as Markdown'), choose: asked('markdown') },
  ];
  const texts: readonly Choice[] = [
    {
      label: names.mermaid,
      description: t('the flow as text, to the clipboard'),
      choose: () => copy(uri, host, plain),
    },
    {
      label: t('Mermaid in Markdown'),
      description: t('the flow as a Markdown block, to the clipboard'),
      choose: () => copy(uri, host, ({ title, text }) => markdownBlock({ title, mermaid: text, path: nameOf(uri) })),
    },
  ];
  const print = { label: t('Print'), description: t('a page that opens in the browser'), choose: asked('print') };
  const choices = [...(host.isTable ? tables : pictures), ...texts, print];
  const chosen = await vscode.window.showQuickPick(choices, { placeHolder: t('Export as what?') });
  await chosen?.choose();
}

async function askPng(host: ExportHost): Promise<void> {
  const { t } = vscode.l10n;
  const scales = [1, 2, 3].map((scale) => ({ label: t('{0} times as large', scale), scale }));
  const scale = await vscode.window.showQuickPick(scales, { placeHolder: t('How large?') });
  if (!scale) return;
  const backgrounds = [
    { label: t('As in the editor'), background: 'theme' as const },
    { label: t('White'), background: 'white' as const },
    { label: t('Transparent'), background: 'transparent' as const },
  ];
  const back = await vscode.window.showQuickPick(backgrounds, { placeHolder: t('On which background?') });
  if (back) host.ask({ type: 'export', format: 'png', scale: scale.scale, background: back.background });
}

const plain = ({ text }: MermaidResult): string => text;

async function copy(uri: vscode.Uri, host: ExportHost, form: (result: MermaidResult) => string): Promise<void> {
  const result = await host.mermaid(uri);
  if (!result) return;
  await vscode.env.clipboard.writeText(form(result));
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied to the clipboard.'), shownFor);
}

/** Milliseconds. */
const shownFor = 4000;

const endings: Readonly<Record<ExportFormat, string>> = { svg: 'svg', png: 'png', markdown: 'md', print: 'html' };

/** Saves a file the page made, by default beside the workflow; a page to print opens in the browser. */
export async function saveExport(
  uri: vscode.Uri,
  view: string,
  { format, content }: { readonly format: ExportFormat; readonly content: string },
): Promise<void> {
  const { t } = vscode.l10n;
  const name = nameOf(uri).replace(/(\.aiwf)?\.ya?ml$/, '');
  const file = `${name}${view === 'flow' ? '' : `-${view}`}.${endings[format]}`;
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(uri, '..', file),
    filters: { [endings[format].toUpperCase()]: [endings[format]] },
  });
  if (!target) return;
  const bytes = format === 'png' ? bytesOf(content) : new TextEncoder().encode(content);
  try {
    await vscode.workspace.fs.writeFile(target, bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(t('{0} could not be written: {1}', nameOf(target), reason));
    return;
  }
  if (format === 'print') {
    await vscode.env.openExternal(target);
    return;
  }
  const open = t('Open');
  const answer = await vscode.window.showInformationMessage(t('Saved {0}.', nameOf(target)), open);
  if (answer === open) await vscode.commands.executeCommand('vscode.open', target);
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

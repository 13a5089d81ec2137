// The pictures for the README: its first workflow, the finding it tells about, and the diagram, in three kinds of theme.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { browser, itInBrowser } from './browser.ts';
import { closeEverything, openDiagram, step } from './diagram-view.ts';
import { changeSetting, untilDiagnostics } from './workspace.ts';

const themes = [
  ['light', 'Light Modern', 'vscode-light'],
  ['dark', 'Dark Modern', 'vscode-dark'],
  ['high-contrast', 'Default High Contrast', 'vscode-high-contrast'],
] as const;

/** What is left out, so that text and picture have the room. */
const quiet: Readonly<Record<string, unknown>> = {
  'breadcrumbs.enabled': false,
  'editor.fontSize': 12,
  'editor.folding': false,
  'editor.glyphMargin': false,
  'editor.hover.above': false,
  'editor.minimap.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.stickyScroll.enabled': false,
  'editor.wordWrap': 'on',
  'workbench.activityBar.location': 'hidden',
  'workbench.statusBar.visible': false,
  'workbench.layoutControl.enabled': false,
};

describe('screenshots', () => {
  const restores: (() => Promise<void>)[] = [];

  before(async () => {
    for (const [name, value] of Object.entries(quiet)) restores.push(await changeSetting(name, value));
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });

  after(async () => {
    for (const restore of restores) await restore();
    await closeEverything();
    await vscode.commands.executeCommand('workbench.action.toggleSidebarVisibility');
  });

  for (const [name, theme, className] of themes) {
    itInBrowser(`editor and diagram, ${name}`, async () => {
      const restore = await changeSetting('workbench.colorTheme', theme);
      const editor = await openDiagram('reply.aiwf.yaml', await firstWorkflow());
      const found = await untilDiagnostics(editor.document.uri);
      const told = 'oversight/irreversible-unapproved';
      const finding = found.find(({ code }) => typeof code === 'object' && code.value === told);
      assert.ok(finding);
      await browser('waitFor', { selector: `body.${className} .aiwf-svg` });
      editor.selection = new vscode.Selection(finding.range.start, finding.range.start);
      await browser('waitFor', { selector: `${step('send')}[aria-current="step"]` });
      await browser('hover', { selector: '#aiwf-legend' });
      await vscode.commands.executeCommand('workbench.action.keepEditor');
      await vscode.commands.executeCommand('editor.action.showHover');
      await browser('waitFor', {
        within: 'workbench',
        selector: '.monaco-resizable-hover >> text=no human has approved',
      });
      await browser('waitFor', {
        within: 'workbench',
        selector: '.monaco-resizable-hover >> text=/No quick fixes|Quick Fix\\.\\.\\./',
      });
      await vscode.commands.executeCommand('notifications.hideList');
      await browser('screenshot', { name: `editor-${name}` });
      await closeEverything();
      await restore();
    });
  }
});

/** The first workflow of the README, which tells what aiwf finds in it. */
async function firstWorkflow(): Promise<string> {
  const root = vscode.extensions.getExtension('aiwf.aiwf')?.extensionUri;
  assert.ok(root);
  const readme = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(root, 'README.md'));
  const text = /```yaml\n([\s\S]*?)```/.exec(new TextDecoder().decode(readme))?.[1];
  assert.ok(text, 'README.md shows no workflow');
  return text;
}

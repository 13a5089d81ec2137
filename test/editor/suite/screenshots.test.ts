// The pictures for the README: editor and diagram side by side in the three kinds of theme.
import * as vscode from 'vscode';
import { browser, itInBrowser } from './browser.ts';
import { closeEverything, openDiagram, step } from './diagram-view.ts';
import { changeSetting, untilDiagnostics } from './workspace.ts';

const example = process.env.AIWF_SHOT ?? 'warranty-return.aiwf.yaml';
const shownStep = process.env.AIWF_STEP ?? 'approve-refund';
const themes = [
  ['light', 'Light Modern', 'vscode-light'],
  ['dark', 'Dark Modern', 'vscode-dark'],
  ['high-contrast', 'Default High Contrast', 'vscode-high-contrast'],
] as const;

/** What is left out, so that text and picture have the room. */
const quiet: Readonly<Record<string, unknown>> = {
  'breadcrumbs.enabled': false,
  'editor.fontSize': 12,
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'workbench.activityBar.location': 'hidden',
  'workbench.statusBar.visible': true,
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
      const editor = await openDiagram(example);
      await untilDiagnostics(editor.document.uri);
      await browser('waitFor', { selector: `body.${className} .aiwf-svg` });
      const at = editor.document.positionAt(editor.document.getText().indexOf(`\n  ${shownStep}:`) + 3);
      editor.selection = new vscode.Selection(at, at);
      editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenter);
      await browser('waitFor', { selector: `${step(shownStep)}[aria-current="step"]` });
      await vscode.commands.executeCommand('notifications.hideList');
      await browser('screenshot', { name: `editor-${name}` });
      await closeEverything();
      await restore();
    });
  }
});

// The extension starts when it is needed, and VS Code knows our files.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { browser, itInBrowser } from './browser.ts';
import { openFile, until } from './workspace.ts';

const smallest = `aiwf: 1
workflow: smallest
title: The smallest workflow
`;

/** Milliseconds that loading and activating may take on a machine that does much else; docs/performance.md has what it takes. */
const patience = 250;

describe('activation', () => {
  it('starts the extension when a workflow file is opened', async () => {
    const extension = vscode.extensions.getExtension('aiwf.aiwf');
    assert.ok(extension, 'VS Code does not know the extension aiwf.aiwf');
    const editor = await openFile('activation.aiwf.yaml', smallest);
    assert.equal(editor.document.languageId, 'aiwf');
    await until(() => extension.isActive);
  });

  it(`takes the extension host less than ${patience} ms`, async function () {
    await openFile('activation.aiwf.yaml', smallest);
    await until(() => vscode.extensions.getExtension('aiwf.aiwf')?.isActive);
    // VS Code's own measurement of what each extension took: "Developer: Startup Performance".
    await vscode.commands.executeCommand('perfview.show');
    const row = await until(() => {
      const shown = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf')?.getText();
      return shown?.split('\n').find((line) => /^\|\s*aiwf\.aiwf\s*\|/.test(line));
    });
    const [, , , load, call, finish, event] = row.split('|').map((cell) => cell.trim());
    const times = [load, call, finish].map(Number);
    const total = times.reduce((sum, each) => sum + each, 0);
    if (this.test) this.test.title += `: ${total} ms (load, call, finish: ${times.join(', ')})`;
    assert.ok(total > 0 && total < patience, row);
    assert.match(event ?? '', /^(onLanguage:aiwf|workspaceContains:)/);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  itInBrowser('names the language in the status bar', async () => {
    await openFile('activation.aiwf.yaml', smallest);
    await browser('waitFor', { within: 'workbench', selector: '[id="status.editor.mode"] >> text=AI Workflow' });
  });
});

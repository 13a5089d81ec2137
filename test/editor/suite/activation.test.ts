// The extension starts when it is needed, and VS Code knows our files.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { browser, itInBrowser } from './browser.ts';
import { openFile, until } from './workspace.ts';

const smallest = `aiwf: 1
workflow: smallest
title: The smallest workflow
`;

describe('activation', () => {
  it('starts the extension when a workflow file is opened', async () => {
    const extension = vscode.extensions.getExtension('aiwf.aiwf');
    assert.ok(extension, 'VS Code does not know the extension aiwf.aiwf');
    const editor = await openFile('activation.aiwf.yaml', smallest);
    assert.equal(editor.document.languageId, 'aiwf');
    await until(() => extension.isActive);
  });

  itInBrowser('names the language in the status bar', async () => {
    await openFile('activation.aiwf.yaml', smallest);
    await browser('waitFor', { within: 'workbench', selector: '[id="status.editor.mode"] >> text=AI Workflow' });
  });
});

// Typing by hand: Enter begins a new line, also while a list of suggestions is open, and lines stand where they belong.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import { browser, itInBrowser } from './browser.ts';
import { closeEverything } from './diagram-view.ts';
import { openFile, until } from './workspace.ts';

const suggestions = '.suggest-widget.visible .monaco-list-row';

describe('typing', () => {
  afterEach(closeEverything);

  itInBrowser('what is typed line by line stands there, indented', async () => {
    const { document } = await openFile('typed.aiwf.yaml', '');
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    const lines = ['aiwf: 1', 'actors:', 'lead:', 'kind: human', '', 'steps:', 'a:', 'task: Answer by hand', 'reads:'];
    for (const line of [...lines, '- lead', '- other']) await typeLine(line);
    await until(() => document.getText().includes('- other'));
    assert.equal(
      document.getText().trimEnd(),
      `aiwf: 1
actors:
  lead:
    kind: human

    steps:
      a:
        task: Answer by hand
        reads:
          - lead
          - other`,
    );
  });

  itInBrowser('Enter takes what is chosen from the list', async () => {
    const { document } = await openFile('typed.aiwf.yaml', 'actors:\n  lead:\n    ');
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await vscode.commands.executeCommand('cursorBottom');
    await browser('type', { text: 'kind: te' });
    await browser('waitFor', { within: 'workbench', selector: `${suggestions}.focused >> text=team` });
    await browser('press', { keys: ['Enter'] });
    await until(() => document.getText().endsWith('kind: team'));
  });
});

/** Slowly enough for the list to open where it would. */
async function typeLine(line: string): Promise<void> {
  for (const character of line) {
    await browser('type', { text: character });
    await pause(20);
  }
  await pause(150);
  await browser('press', { keys: ['Enter'] });
}

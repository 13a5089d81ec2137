// The Test Explorer as a user sees it: the rules that the workspace brings, their examples run, and what is wrong with them.
import * as vscode from 'vscode';
import { browser, itInBrowser } from './browser.ts';
import { closeEverything } from './diagram-view.ts';
import { fileUri, openFile } from './workspace.ts';

const row = (text: string) => `.test-explorer .monaco-list-row:has-text("${text}")`;
const see = async (selector: string) => browser('waitFor', { within: 'workbench', selector, state: 'visible' });

const example = (title: string) => `|
      aiwf: 1
      workflow: w
      start: { next: one }
      steps:
        one: { task: ${title}, next: done }
        done: { end: Done }
`;

const pack = (wrong: string) => `pack: acme
custom-rules:
  - id: acme/title
    message: "'{step.id}' has the title Bad"
    for: steps
    require: step.title != "Bad"
    pass: ${example('Good')}    fail: ${example(wrong)}`;

describe('tests of rules', () => {
  afterEach(closeEverything);
  after(async () => {
    await vscode.workspace.fs.delete(fileUri('acme.aiwf.rules.yaml'));
    await vscode.commands.executeCommand('workbench.view.explorer');
  });

  itInBrowser('are found, run, and found again after an edit', async () => {
    const editor = await openFile('acme.aiwf.rules.yaml', pack('Good'));
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    await see(row('acme.aiwf.rules.yaml'));
    await vscode.commands.executeCommand('testing.runAll');
    await see(`${row('acme.aiwf.rules.yaml')} .codicon-testing-failed-icon`);
    await see('.monaco-editor .codicon-testing-failed-icon >> nth=0');
    const { document } = editor;
    const whole = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, whole, pack('Bad'));
    await vscode.workspace.applyEdit(edit);
    await document.save();
    await vscode.commands.executeCommand('testing.runAll');
    await see(`${row('acme.aiwf.rules.yaml')} .codicon-testing-passed-icon`);
  });
});

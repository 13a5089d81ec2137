// The commands: a new workflow from a template, checks of a file and of the workspace, rule pages, output, status.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { browser, itInBrowser } from './browser.ts';
import { closeEverything, step } from './diagram-view.ts';
import { openFile, until, untilDiagnostics } from './workspace.ts';

interface Summary {
  readonly files: number;
  readonly unreadable: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

const ours = (uri: vscode.Uri): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'aiwf');

describe('commands', () => {
  afterEach(closeEverything);

  itInBrowser('New Workflow offers the templates and opens one as an unsaved workflow without findings', async () => {
    const created = vscode.commands.executeCommand('aiwf.newWorkflow');
    const rows = '.quick-input-list-row:first-child .label-name';
    await browser('waitFor', { within: 'workbench', selector: rows });
    const offered = await browser('texts', { within: 'workbench', selector: rows });
    assert.deepEqual(offered, ['Blank', 'AI drafts, a human approves', 'Parallel review', 'Triage with fallback']);
    await browser('type', { text: 'triage' });
    await browser('press', { keys: ['Enter'] });
    await created;
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    assert.equal(document.languageId, 'aiwf');
    assert.ok(document.isUntitled);
    assert.match(document.uri.path, /\/triage-with-fallback\.aiwf\.yaml$/);
    assert.match(document.getText(), /^aiwf: 1\n/);
  });

  for (const name of ['Blank', 'AI drafts, a human approves', 'Parallel review', 'Triage with fallback']) {
    it(`the template "${name}" has no findings`, async () => {
      await vscode.commands.executeCommand('aiwf.newWorkflow', name);
      const document = vscode.window.activeTextEditor?.document;
      assert.ok(document?.isUntitled);
      assert.equal(document.languageId, 'aiwf');
      // The checker is at work when a fault is found, and silent when it is taken back.
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(1, 0), 'stepz: 1\n');
      await vscode.workspace.applyEdit(edit);
      await untilDiagnostics(document.uri, (found) => found.length === 1);
      await vscode.commands.executeCommand('undo');
      await untilDiagnostics(document.uri, (found) => found.length === 0);
    });
  }

  it('a second new workflow gets a name of its own', async () => {
    for (const name of ['my-workflow', 'my-workflow-2']) {
      await vscode.commands.executeCommand('aiwf.newWorkflow', 'Blank');
      assert.match(vscode.window.activeTextEditor?.document.uri.path ?? '', new RegExp(`/${name}\\.aiwf\\.yaml$`));
    }
  });

  itInBrowser('Check This File leads to the problems, or says what it was checked against', async () => {
    await openFile('warranty-return.aiwf.yaml');
    await vscode.commands.executeCommand('aiwf.checkFile');
    await browser('waitFor', { within: 'workbench', selector: '.markers-panel .monaco-tl-contents >> nth=0' });
    const { document } = await openFile('clinical-trial-recruitment.aiwf.yaml');
    await vscode.commands.executeCommand('aiwf.checkFile');
    const message = '.statusbar-item >> text=/clinical-trial-recruitment\\.aiwf\\.yaml: no violation of /';
    await browser('waitFor', { within: 'workbench', selector: message });
    assert.deepEqual(ours(document.uri), []);
  });

  it('Check the Workspace finds what stands in files that nobody opened', async () => {
    const summary = await vscode.commands.executeCommand<Summary>('aiwf.checkWorkspace');
    const files = await vscode.workspace.findFiles('**/*.aiwf.{yaml,yml}');
    assert.equal(summary.files, files.length);
    assert.equal(summary.unreadable, 0);
    await until(() => {
      const found = files.flatMap(ours);
      return found.length === summary.errors + summary.warnings + summary.infos;
    });
    const named = await Promise.all(
      files.map(async (uri) => [
        ...new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)).matchAll(/^# - (\S+\/\S+) at /gm),
      ]),
    );
    assert.ok(named.flat().length > 10);
    for (const [at, uri] of files.entries()) {
      const expected = (named[at] ?? []).map(([, rule]) => rule).sort();
      const found = ours(uri).map(({ code }) => (typeof code === 'object' ? code.value : code));
      if (expected.length > 0) assert.deepEqual(found.sort(), expected, uri.path);
    }
  });

  itInBrowser('Check the Workspace says how many findings there are and opens the problems', async () => {
    await vscode.commands.executeCommand('aiwf.checkWorkspace');
    // VS Code shows no toasts in a test; the notification center has the message.
    await vscode.commands.executeCommand('notifications.showList');
    const message = '.notifications-center .notification-list-item';
    const text = /Checked \d+ files: \d+ errors, \d+ warnings\./;
    await browser('waitFor', { within: 'workbench', selector: `${message} >> text=${text}` });
    await browser('click', { within: 'workbench', selector: `${message} .monaco-button:has-text("Open Problems")` });
    await browser('waitFor', { within: 'workbench', selector: '.markers-panel .monaco-tl-contents >> nth=0' });
  });

  it('Explain Rule opens the page of the rule', async () => {
    await vscode.commands.executeCommand('aiwf.explainRule', 'flow/unbounded-loop');
    const tabs = (): vscode.Tab[] => vscode.window.tabGroups.all.flatMap(({ tabs: all }) => all);
    await until(() => tabs().some(({ label }) => label.includes('unbounded-loop')));
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse('aiwf-rule:/flow/unbounded-loop.md'));
    assert.match(page.getText(), /unbounded-loop/);
    assert.match(page.getText(), /loop/i);
  });

  itInBrowser('Explain Rule starts at the rule of the finding under the cursor', async () => {
    const editor = await openFile('warranty-return.aiwf.yaml');
    const found = await untilDiagnostics(editor.document.uri);
    const wait = found.find(({ code }) => typeof code === 'object' && code.value === 'flow/wait-without-timeout');
    assert.ok(wait);
    editor.selection = new vscode.Selection(wait.range.start, wait.range.start);
    const explained = vscode.commands.executeCommand('aiwf.explainRule');
    const focused = '.quick-input-list .monaco-list-row.focused >> text=flow/wait-without-timeout';
    await browser('waitFor', { within: 'workbench', selector: focused });
    await browser('press', { keys: ['Enter'] });
    await explained;
    const tabs = (): vscode.Tab[] => vscode.window.tabGroups.all.flatMap(({ tabs: all }) => all);
    await until(() => tabs().some(({ label }) => label.includes('wait-without-timeout')));
  });

  itInBrowser('Explain Rule starts at the first rule where there is no finding', async () => {
    await openFile('clinical-trial-recruitment.aiwf.yaml');
    const explained = vscode.commands.executeCommand('aiwf.explainRule');
    const focused = '.quick-input-list .monaco-list-row.focused:first-child .label-name';
    await browser('waitFor', { within: 'workbench', selector: focused });
    await browser('press', { keys: ['Escape'] });
    await explained;
  });

  it('the page of a rule that does not exist says so', async () => {
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse('aiwf-rule:/flow/no-such-rule.md'));
    assert.match(page.getText(), /No rule is named `flow\/no-such-rule`/);
  });

  itInBrowser('the language status counts the findings of the active file', async () => {
    const { document } = await openFile('warranty-return.aiwf.yaml');
    await untilDiagnostics(document.uri);
    await browser('click', { within: 'workbench', selector: '[id="status.languageStatus"]' });
    await browser('waitFor', { within: 'workbench', selector: '.hover-language-status >> text=3 errors, 1 warning' });
    await browser('press', { keys: ['Escape'] });
  });

  itInBrowser('the language server says what it does in its output channel', async () => {
    await vscode.commands.executeCommand('aiwf.showOutput');
    await browser('waitFor', { within: 'workbench', selector: '.pane-body.output-view, .output-view' });
  });

  itInBrowser('the walkthrough shows its steps', async () => {
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', 'aiwf.aiwf#start', false);
    const steps = '.getting-started-step .step-title';
    await browser('waitFor', { within: 'workbench', selector: `${steps} >> text=Write a workflow` });
    assert.equal(await browser('count', { within: 'workbench', selector: steps }), 5);
  });

  itInBrowser('Open Diagram asks for a workflow when none is open', async () => {
    const opened = vscode.commands.executeCommand('aiwf.openDiagram');
    await browser('waitFor', { within: 'workbench', selector: '.quick-input-list-row >> text=grant-application' });
    await browser('type', { text: 'grant' });
    await browser('press', { keys: ['Enter'] });
    await opened;
    await browser('waitFor', { selector: step('rank') });
    assert.match(vscode.window.activeTextEditor?.document.uri.path ?? '', /grant-application\.aiwf\.yaml$/);
  });
});

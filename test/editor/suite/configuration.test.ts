// aiwf.config.yaml in the editor: a language of its own, its mistakes, what is offered in it, and that what is edited there
// counts at once for the workflow beside it; the command that creates a first one.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { browser, itInBrowser } from './browser.ts';
import { closeEverything, replace } from './diagram-view.ts';
import { changeSetting, fileUri, openFile, putCursor, until, untilDiagnostics } from './workspace.ts';

const folder = 'configured';
const ruleOf = ({ code }: vscode.Diagnostic): string => String(typeof code === 'object' ? code.value : code);
const isLoop = (each: vscode.Diagnostic): boolean => ruleOf(each) === 'flow/unbounded-loop';

const workflow = `aiwf: 1
workflow: configured
title: A reply
accountable: clerk
actors:
  clerk: { kind: human, holders: 2 }
start: { on: manual, next: draft }
steps:
  draft: { task: Draft, by: clerk, next: check }
  check: { approval: Check, by: clerk, on: { approve: done, modify: done, reject: draft } }
  done: { end: Done }
`;

async function offered(uri: vscode.Uri, position: vscode.Position): Promise<readonly string[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    position,
  );
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

/** Writes a file of the folder; an editor that showed it before shows the new text a moment later. */
async function write(name: string, text: string): Promise<vscode.TextEditor> {
  const editor = await openFile(`${folder}/${name}`, text);
  await until(() => editor.document.getText() === text);
  return editor;
}

const remove = async (uri: vscode.Uri): Promise<void> => {
  await vscode.workspace.fs.delete(uri, { recursive: true });
};

describe('configuration', () => {
  after(async () => await remove(fileUri(folder)));
  afterEach(closeEverything);

  it('is a language of its own; a mistake in it is shown and mended', async () => {
    const { document } = await write('aiwf.config.yaml', 'rules:\n  flow/unbound-loop: error\n');
    assert.equal(document.languageId, 'aiwf-config');
    const [found] = await untilDiagnostics(document.uri);
    assert.match(found?.message ?? '', /Did you mean 'flow\/unbounded-loop'\?/);
    assert.equal(document.getText(found?.range), 'flow/unbound-loop');
    const [fix] = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found?.range,
      vscode.CodeActionKind.QuickFix.value,
      10,
    );
    assert.ok(fix?.edit && (await vscode.workspace.applyEdit(fix.edit)));
    await untilDiagnostics(document.uri, (diagnostics) => diagnostics.length === 0);
    assert.match(document.getText(), /^ {2}flow\/unbounded-loop: error$/m);
  });

  it('completion offers rules, severities and presets; hover explains a rule', async () => {
    const { document } = await write('aiwf.config.yaml', 'profile: []\nrules:\n  flow/unbounded-loop: info\n  \n');
    const rules = await offered(document.uri, new vscode.Position(3, 2));
    assert.ok(rules.includes('oversight/irreversible-unapproved'), rules.slice(0, 10).join(' '));
    assert.ok(!rules.includes('flow/unbounded-loop'), 'it is there already');
    assert.ok((await offered(document.uri, new vscode.Position(0, 10))).includes('owasp-agentic'));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(2, 4),
    );
    const texts = hovers.flatMap(({ contents }) => contents.map((each) => (each as vscode.MarkdownString).value));
    assert.match(texts.join('\n'), /`flow\/unbounded-loop`/);
  });

  it('a severity that is changed and not saved changes what is shown of the workflow beside it', async () => {
    const { document } = await write('aiwf.config.yaml', 'rules:\n  flow/unbounded-loop: error\n');
    const { document: beside } = await write('reply.aiwf.yaml', workflow);
    const severityIs = (severity: vscode.DiagnosticSeverity) => (diagnostics: vscode.Diagnostic[]) =>
      diagnostics.find(isLoop)?.severity === severity;
    await untilDiagnostics(beside.uri, severityIs(vscode.DiagnosticSeverity.Error));
    await replace(document, ': error', ': info');
    await untilDiagnostics(beside.uri, severityIs(vscode.DiagnosticSeverity.Information));
    await replace(document, ': info', ': off');
    await untilDiagnostics(beside.uri, (diagnostics) => !diagnostics.some(isLoop));
    assert.ok(document.isDirty);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('presets of the settings do not count beside a configuration', async () => {
    const restore = await changeSetting('aiwf.profile', ['strict']);
    try {
      await write('aiwf.config.yaml', 'profile: recommended\n');
      const { document: free } = await openFile('unconfigured.aiwf.yaml', workflow);
      const strict = await untilDiagnostics(
        free.uri,
        (all) => all.find(isLoop)?.severity === vscode.DiagnosticSeverity.Error,
      );
      const { document: ruled } = await write('reply.aiwf.yaml', workflow);
      const recommended = await untilDiagnostics(ruled.uri, (all) => all.some(isLoop));
      assert.equal(recommended.find(isLoop)?.severity, vscode.DiagnosticSeverity.Warning);
      assert.ok(strict.length > recommended.length);
    } finally {
      await restore();
      await remove(fileUri('unconfigured.aiwf.yaml'));
    }
  });

  it('a first one is created with comments and without mistakes, and never written over', async () => {
    const uri = fileUri('aiwf.config.yaml');
    await vscode.commands.executeCommand('aiwf.createConfiguration');
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), uri.toString());
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    try {
      assert.match(text, /^# .*\n[\s\S]*^profile: \[recommended\]$/m);
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('profile: strict\n'));
      await until(() => vscode.window.activeTextEditor?.document.getText() === 'profile: strict\n');
      await closeEverything();
      await vscode.commands.executeCommand('aiwf.createConfiguration');
      assert.equal(vscode.window.activeTextEditor?.document.getText(), 'profile: strict\n');
    } finally {
      await remove(uri);
    }
  });

  itInBrowser('the status names the configuration that counts', async () => {
    await write('aiwf.config.yaml', 'profile: [recommended, sox]\nrules:\n  flow/unbounded-loop: error\n  \n');
    const editor = await write('reply.aiwf.yaml', workflow);
    await untilDiagnostics(editor.document.uri);
    await browser('click', { within: 'workbench', selector: '#status\\.languageStatus' });
    const hover = '.hover-language-status';
    await until(async () => {
      const texts = await browser('texts', { within: 'workbench', selector: hover });
      return texts.some((text) => text.includes(`${folder}/aiwf.config.yaml`) && text.includes('recommended, sox'));
    });
  });

  itInBrowser('what is offered says what it means', async () => {
    const restore = await changeSetting('editor.minimap.enabled', false);
    const text = `profile: [recommended, sox]
rules:
  flow/unbounded-loop: error

parameters:
  utilisation: 70%
  dual-approval: 5k EUR
overrides:
  - files: ["*.aiwf.yaml"]
    profile: strict
custom-rules:
  - id: acme/own-models
    message: "{step.title}: our own models only"
    for: steps
    when: step.by.exists(a, a.kind == "agent")
    require: step.by.all(a, a.kind != "agent" || a.model.provider == "acme")
`;
    await write('reply.aiwf.yaml', workflow);
    const editor = await write('aiwf.config.yaml', text);
    await untilDiagnostics(editor.document.uri);
    const lens = '.codelens-decoration:has-text("names 1 workflow")';
    await browser('waitFor', { within: 'workbench', selector: lens });
    await putCursor(editor, new vscode.Position(3, 0));
    await browser('type', { text: '  oversight/ir' });
    const row = '.suggest-widget .monaco-list-row.focused';
    await browser('waitFor', { within: 'workbench', selector: row });
    await until(async () =>
      (await browser('texts', { within: 'workbench', selector: row })).some((each) =>
        each.includes('oversight/irreversible-unapproved'),
      ),
    );
    await browser('press', { keys: ['Control+Space'] });
    await browser('waitFor', { within: 'workbench', selector: '.suggest-details-container' });
    await browser('screenshot', { name: 'configuration' });
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await restore();
  });
});

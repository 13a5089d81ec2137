// Code actions that change more than one place: all safe fixes on saving, and steps that move to a file of their own.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEverything } from './diagram-view.ts';
import { changeSetting, fileUri, openFile, until, untilDiagnostics } from './workspace.ts';

const workflow = `aiwf: 1
workflow: parts
accountable: lead
actors:
  lead: { kind: human, holders: 2 }
data:
  claim: { class: internal }
  note: { class: internal }
  offer: { class: internal }
start: { on: manual, gives: [claim], next: look }
steps:
  # The part that moves.
  look: { task: Look, by: lead, reads: [claim], writes: [note], next: write }
  write: { task: Write, by: lead, reads: [note], writes: [offer], next: send }
  send: { task: Send, by: lead, reads: [offer], next: done }
  done: { end: Done }
`;

describe('refactoring', () => {
  afterEach(closeEverything);

  it('saving makes all safe fixes', async () => {
    const restore = await changeSetting('editor.codeActionsOnSave', { 'source.fixAll.aiwf': 'explicit' });
    try {
      const { document } = await openFile('fixed.aiwf.yaml', workflow);
      const typos = new vscode.WorkspaceEdit();
      const at = document.positionAt(document.getText().indexOf('accountable'));
      typos.insert(document.uri, at, 'titel: Parts   # in two\n');
      await vscode.workspace.applyEdit(typos);
      await untilDiagnostics(document.uri, (all) => all.some(({ message }) => message.includes("'titel'")));
      assert.ok(await document.save());
      await until(() => !document.isDirty && document.getText().includes('\ntitle: Parts   # in two\n'));
      const saved = new TextDecoder().decode(await vscode.workspace.fs.readFile(document.uri));
      assert.equal(saved, document.getText());
    } finally {
      await restore();
    }
  });

  it('selected steps move to a sub-workflow', async () => {
    const { document } = await openFile('parts.aiwf.yaml', workflow);
    await untilDiagnostics(document.uri);
    const text = document.getText();
    const range = new vscode.Range(
      document.positionAt(text.indexOf('look: {')),
      document.positionAt(text.indexOf('\n  send: {')),
    );
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
      'refactor.extract',
      10,
    );
    const action = actions.find(({ title }) => title.startsWith('Extract 2 steps'));
    assert.ok(action?.edit, actions.map(({ title, disabled }) => `${title} ${disabled?.reason ?? ''}`).join('\n'));
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    assert.match(document.getText(), /call: \.\/parts-look\.aiwf\.yaml/);
    const made = await vscode.workspace.openTextDocument(fileUri('parts-look.aiwf.yaml'));
    assert.match(made.getText(), /^ {2}# The part that moves\.\n {2}look: /m);
    const library = await vscode.workspace.openTextDocument(fileUri('parts-shared.aiwf.yaml'));
    assert.match(library.getText(), /^ {2}lead: /m);
    await vscode.workspace.saveAll();
    const found = await untilDiagnostics(document.uri, () => true);
    assert.deepEqual(
      found.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error).map(({ message }) => message),
      [],
    );
  });
});

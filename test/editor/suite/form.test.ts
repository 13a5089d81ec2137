// The form of a document in VS Code: formatted on saving, folded, selected in growing steps, colored by what names mean.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEverything } from './diagram-view.ts';
import { changeSetting, openFile, until } from './workspace.ts';

const messy = `aiwf:   1
workflow: form
actors:
    clerk:   { kind: human }   # who
    bot: {kind: agent, sponsor: clerk}


steps:
    a:
        task: "Do   it"
        by: clerk
`;
const tidy = `aiwf: 1
workflow: form
actors:
  clerk: { kind: human }     # who
  bot: { kind: agent, sponsor: clerk }

steps:
  a:
    task: "Do   it"
    by: clerk
`;

describe('the form of a document', () => {
  afterEach(closeEverything);

  it('is put right on saving, where the user wants that', async () => {
    const restore = await changeSetting('editor.formatOnSave', true);
    try {
      const editor = await openFile('saved.aiwf.yaml', messy);
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '\n'));
      await until(async () => {
        const options = { tabSize: 2, insertSpaces: true };
        const { uri } = editor.document;
        const edits = await vscode.commands.executeCommand('vscode.executeFormatDocumentProvider', uri, options);
        return Array.isArray(edits) && edits.length > 0;
      });
      await editor.document.save();
      assert.equal(editor.document.getText(), tidy);
    } finally {
      await restore();
    }
  });

  it('folds, and grows a selection from a name to the file', async () => {
    const { document } = await openFile('form.aiwf.yaml', tidy);
    const folds = await until(async () => {
      const found = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
        'vscode.executeFoldingRangeProvider',
        document.uri,
      );
      return found?.length > 0 && found;
    });
    assert.deepEqual(
      folds.map(({ start, end }) => [start, end]),
      [
        [2, 4],
        [6, 9],
        [7, 9],
      ],
    );
    const selections = await vscode.commands.executeCommand<vscode.SelectionRange[]>(
      'vscode.executeSelectionRangeProvider',
      document.uri,
      [new vscode.Position(9, 9)],
    );
    const texts: string[] = [];
    for (let at = selections[0]; at; at = at.parent as vscode.SelectionRange) texts.push(document.getText(at.range));
    for (const text of ['clerk', 'by: clerk', 'task: "Do   it"\n    by: clerk', tidy])
      assert.ok(texts.includes(text), text);
  });

  it('shows people and AI agents apart', async () => {
    const { document } = await openFile('form.aiwf.yaml', tidy);
    const legend = await until(
      async () =>
        await vscode.commands.executeCommand<vscode.SemanticTokensLegend | undefined>(
          'vscode.provideDocumentSemanticTokensLegend',
          document.uri,
        ),
    );
    const { data } = await vscode.commands.executeCommand<vscode.SemanticTokens>(
      'vscode.provideDocumentSemanticTokens',
      document.uri,
    );
    const named: string[] = [];
    for (let at = 0, line = 0; at < data.length; at += 5) {
      line += data[at] ?? 0;
      const modifiers = legend.tokenModifiers.filter((_, bit) => (data[at + 4] ?? 0) & (1 << bit));
      named.push(`${line} ${legend.tokenTypes[data[at + 3] ?? 0]} ${modifiers.join(' ')}`.trim());
    }
    assert.deepEqual(named, [
      '1 namespace declaration',
      '3 class declaration human',
      '4 class declaration ai',
      '4 class human',
      '7 function declaration',
      '9 class human',
    ]);
  });
});

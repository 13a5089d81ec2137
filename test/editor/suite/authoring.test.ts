// What stands beside the text while a workflow is written: the list of completions, hints, lenses, who leads where, and a
// name that changes in two files at once.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEverything } from './diagram-view.ts';
import { changeSetting, fileUri, openFile, until } from './workspace.ts';

const people = `aiwf: 1
library: crew
actors:
  owner: { kind: human, holders: 2 }
`;

const workflow = `aiwf: 1
workflow: authored
use: [./crew.aiwf.yaml]
accountable: owner
data:
  claim: { class: personal, fields: { amount: number } }
  note: { trust: trusted }
start: { on: manual, gives: [claim], next: look }
steps:
  look:
    task: Look at the claim
    by: owner
    reads: [claim]
    writes: [note]
    next: write
  write:
    task: Write the answer
    by: owner
    reads: [note]
    next: paid
  paid: { call: paying, next: done }
  done: { end: Done }
`;

const called = `aiwf: 1
workflow: paying
use: [./crew.aiwf.yaml]
accountable: owner
start: { next: pay }
steps:
  pay: { task: Pay the money, by: owner, next: end }
  end: { end: Paid }
`;

describe('authoring', () => {
  before(async () => {
    await write('crew.aiwf.yaml', people);
    await write('paying.aiwf.yaml', called);
  });
  afterEach(closeEverything);

  async function opened(): Promise<vscode.TextDocument> {
    const { document } = await openFile('authored.aiwf.yaml', workflow);
    await until(async () => {
      const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      );
      return (symbols?.length ?? 0) > 0;
    });
    return document;
  }

  it('completion offers actors, steps, fields and paths', async () => {
    const document = await opened();
    const labels = async (before: string) => {
      const at = document.positionAt(document.getText().indexOf(before) + before.length);
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        at,
      );
      return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    assert.ok((await labels('    by: ')).includes('owner'));
    assert.ok((await labels('next: ')).includes('write'));
    assert.ok((await labels('reads: [')).includes('claim'));
    assert.ok((await labels('use: [')).includes('./crew.aiwf.yaml'));
    assert.ok((await labels('call: ')).includes('paying'));
  });

  it('hover says who answers for a step', async () => {
    const document = await opened();
    const at = document.positionAt(document.getText().indexOf('write:\n'));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at,
    );
    const text = hovers.flatMap(({ contents }) => contents.map((each) => (each as vscode.MarkdownString).value)).join();
    assert.match(text, /Accountable: `owner`, by the workflow/);
  });

  it('hints stand beside the text, and each kind can be turned off', async () => {
    const document = await opened();
    const hints = async () => {
      const all = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        new vscode.Range(0, 0, document.lineCount, 0),
      );
      return all.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));
    };
    const shown = await until(async () => {
      const found = await hints();
      return found.length > 0 && found;
    });
    assert.ok(shown.includes('accountable: owner'), shown.join());
    assert.ok(shown.includes('Write the answer'), shown.join());
    assert.ok(shown.includes('class: personal'), shown.join());
    const restore = await changeSetting('aiwf.inlayHints.targets', false);
    try {
      await until(async () => {
        const left = await hints();
        return left.includes('accountable: owner') && !left.includes('Write the answer');
      });
    } finally {
      await restore();
    }
  });

  it('lenses lead to the diagram, to mentions and to findings', async () => {
    const document = await opened();
    const lenses = async () =>
      await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 50);
    const found = await until(async () => {
      const all = await lenses();
      return all.length > 0 && all;
    });
    const titles = found.map(({ command }) => command?.title ?? '');
    assert.ok(titles.includes('Open diagram'), titles.join());
    assert.ok(titles.includes('1 reference'), titles.join());
    const command = found.find((lens) => lens.command?.title === '1 reference')?.command;
    assert.ok(command);
    await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
    const restore = await changeSetting('aiwf.codeLens.enabled', false);
    try {
      await until(async () => (await lenses()).length === 0);
    } finally {
      await restore();
    }
  });

  it('call hierarchy leads over steps into the workflow that is called', async () => {
    const document = await opened();
    const at = document.positionAt(document.getText().indexOf('paid: {'));
    const [item] = await vscode.commands.executeCommand<vscode.CallHierarchyItem[]>(
      'vscode.prepareCallHierarchy',
      document.uri,
      at,
    );
    assert.equal(item?.name, 'paid');
    const incoming = await vscode.commands.executeCommand<vscode.CallHierarchyIncomingCall[]>(
      'vscode.provideIncomingCalls',
      item,
    );
    assert.deepEqual(
      incoming.map(({ from }) => from.name),
      ['write'],
    );
    const outgoing = await vscode.commands.executeCommand<vscode.CallHierarchyOutgoingCall[]>(
      'vscode.provideOutgoingCalls',
      item,
    );
    assert.deepEqual(
      outgoing.map(({ to }) => to.name),
      ['paying', 'done'],
    );
    const back = await vscode.commands.executeCommand<vscode.CallHierarchyIncomingCall[]>(
      'vscode.provideIncomingCalls',
      outgoing[0]?.to,
    );
    assert.deepEqual(
      back.map(({ from }) => from.name),
      ['paid'],
    );
  });

  it('symbols of the workspace and links are found', async () => {
    const document = await opened();
    const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
      'vscode.executeWorkspaceSymbolProvider',
      'pay',
    );
    const names = symbols.map(({ name }) => name);
    assert.ok(names.includes('pay') && names.includes('paying'), names.join());
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    const targets = links.map(({ target }) => target?.path.split('/').at(-1));
    assert.ok(targets.includes('crew.aiwf.yaml') && targets.includes('paying.aiwf.yaml'), targets.join());
  });

  it('an actor of a library is renamed there and in the files that use it', async () => {
    const document = await opened();
    const at = document.positionAt(document.getText().indexOf('by: owner') + 4);
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      at,
      'boss',
    );
    assert.ok(await vscode.workspace.applyEdit(edit));
    const texts = await Promise.all(
      ['authored', 'crew', 'paying'].map(async (name) => await textOf(`${name}.aiwf.yaml`)),
    );
    for (const text of texts) assert.ok(text.includes('boss') && !/\bowner\b/.test(text), text);
    assert.match(texts[1] ?? '', /^ {2}boss: \{ kind: human, holders: 2 \}$/m);
    // Undone by the text they had: the files of other tests are their own.
    for (const document of vscode.workspace.textDocuments) if (document.isDirty) await document.save();
    await write('crew.aiwf.yaml', people);
    await write('paying.aiwf.yaml', called);
  });
});

async function write(name: string, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(fileUri(name), new TextEncoder().encode(text));
}

async function textOf(name: string): Promise<string> {
  return (await vscode.workspace.openTextDocument(fileUri(name))).getText();
}

// Tools for language models, called as an agent in the editor calls them: same findings as under Problems, what is typed
// and not saved counts, and what goes wrong is said in words.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fileUri, openFile, untilDiagnostics } from './workspace.ts';

interface Finding {
  readonly rule: string;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly column: number } };
  readonly also: readonly string[];
}

async function invoke(name: string, input: object): Promise<string> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

describe('language model tools', () => {
  it('are offered with their descriptions', () => {
    const ours = vscode.lm.tools.filter(({ name }) => name.startsWith('aiwf_'));
    assert.deepEqual(ours.map(({ name }) => name).sort(), [
      'aiwf_check',
      'aiwf_describe_language',
      'aiwf_explain_rule',
      'aiwf_workflow_graph',
    ]);
    for (const { description, inputSchema } of ours) assert.ok(description.length > 100 && inputSchema);
  });

  it('aiwf_check gives the findings that stand under Problems', async () => {
    const file = 'contract-review.aiwf.yaml';
    const { document } = await openFile(file);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(1, 0), 'stepz: 1\n');
    await vscode.workspace.applyEdit(edit);
    const shown = await untilDiagnostics(document.uri, (found) => found.some(({ message }) => /stepz/.test(message)));
    const { findings }: { findings: Finding[] } = JSON.parse(await invoke('aiwf_check', { file }));
    assert.deepEqual(
      findings.map(({ message, also, range: { start } }) => [
        also.length > 0 ? `${message}\nAlso: ${also.join(', ')}.` : message,
        start.line - 1,
        start.column - 1,
      ]),
      shown.map(({ message, range: { start } }) => [message, start.line, start.character]),
    );
    assert.ok(document.isDirty);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('a text that has no file is checked, and nothing is written', async () => {
    const text = 'aiwf: 1\nworkflow: w\ntitle: T\nstart: { on: manual, next: gone }\n';
    const { findings }: { findings: Finding[] } = JSON.parse(await invoke('aiwf_check', { text }));
    assert.ok(findings.some(({ rule }) => rule === 'structure/unresolved-reference'));
    await assert.rejects(async () => vscode.workspace.fs.stat(fileUri('untitled.aiwf.yaml')));
  });

  it('rules, language and graph are given in words and data', async () => {
    assert.match(await invoke('aiwf_explain_rule', { rule: 'flow/unbounded-loop' }), /^# /);
    assert.match(await invoke('aiwf_describe_language', { topic: 'approval' }), /covers/);
    const graph = JSON.parse(await invoke('aiwf_workflow_graph', { file: 'contract-review.aiwf.yaml' }));
    assert.ok(graph.nodes.length > 0 && graph.edges.length > 0 && graph.lanes.length > 0);
  });

  it('what cannot be answered is an error that says why', async () => {
    await assert.rejects(async () => invoke('aiwf_check', { file: '../secret.aiwf.yaml' }), /does not lie in a folder/);
    await assert.rejects(async () => invoke('aiwf_check', { file: '/etc/passwd' }), /is no workflow/);
    await assert.rejects(async () => invoke('aiwf_explain_rule', { rule: 'flow/unbounded-lop' }), /Did you mean/);
  });
});

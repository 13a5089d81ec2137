// Code actions over stdio: refactorings for those who ask, edits when an action is chosen, new files and reasons only for
// a client that knows them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CodeAction, CodeActionTriggerKind, type InitializeResult } from 'vscode-languageserver-protocol';
import { startClient } from '../support/lsp-client.ts';

const uri = 'file:///nowhere/parts.aiwf.yaml';
const text = `aiwf: 1
workflow: parts
titel: Parts
accountable: lead
actors:
  lead: { kind: human, holders: 2 }
data:
  note: { class: internal }
start: { on: manual, next: look }
steps:
  look: { task: Look, by: lead, writes: [note], next: write }
  write: { task: Write, by: lead, reads: [note], next: done }
  done: { end: Done }
`;
const steps = { start: { line: 10, character: 2 }, end: { line: 11, character: 10 } };
const step = { start: { line: 10, character: 3 }, end: { line: 10, character: 3 } };

test('an editor that can do all is offered refactorings and all fixes at once', async () => {
  const client = await startClient(['dist/server.js', '--stdio'], {
    capabilities: {
      textDocument: {
        codeAction: { dataSupport: true, disabledSupport: true, resolveSupport: { properties: ['edit'] } },
      },
      workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } },
    },
  });
  await client.open(uri, text);
  const ask = (range: object, context: object) =>
    client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range, context });
  const [extract] = await ask(steps, { diagnostics: [], only: ['refactor.extract'] });
  assert.match(extract?.title ?? '', /^Extract 2 steps/);
  assert.equal(extract?.edit, undefined);
  const { edit } = await client.connection.sendRequest<CodeAction>('codeAction/resolve', extract);
  assert.deepEqual(
    edit?.documentChanges?.map((change) => ('kind' in change ? change.kind : 'edit')),
    ['create', 'edit', 'create', 'edit', 'edit'],
  );
  const [disabled] = await ask(
    { ...steps, end: { line: 12, character: 10 } },
    { diagnostics: [], only: ['refactor.extract'] },
  );
  assert.match(disabled?.disabled?.reason ?? '', /'done' ends the case/);
  const [all] = await ask(step, { diagnostics: [], only: ['source.fixAll'] });
  assert.equal(all?.kind, 'source.fixAll.aiwf');
  const refactorings = async (triggerKind: CodeActionTriggerKind) =>
    (await ask(step, { diagnostics: [], triggerKind })).filter(({ kind }) => kind?.startsWith('refactor'));
  assert.deepEqual(await refactorings(CodeActionTriggerKind.Automatic), []);
  assert.notDeepEqual(await refactorings(CodeActionTriggerKind.Invoked), []);
  assert.equal(await client.quit(), 0);
});

test('an editor that can do little gets what it can do', async () => {
  const client = await startClient(['dist/server.js', '--stdio'], {});
  const { capabilities } = client.initialized as InitializeResult;
  const kinds = (capabilities.codeActionProvider as { codeActionKinds: string[] }).codeActionKinds;
  assert.deepEqual(kinds, [
    'quickfix',
    'source.fixAll.aiwf',
    'refactor.extract',
    'refactor.inline',
    'refactor.move',
    'refactor.rewrite',
  ]);
  await client.open(uri, text);
  const params = { textDocument: { uri }, range: steps, context: { diagnostics: [], only: ['refactor.extract'] } };
  assert.deepEqual(await client.connection.sendRequest('textDocument/codeAction', params), []);
  const all = { textDocument: { uri }, range: step, context: { diagnostics: [], only: ['source.fixAll.aiwf'] } };
  const [action] = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', all);
  assert.deepEqual(Object.keys(action?.edit?.changes ?? {}), [uri]);
  assert.equal(await client.quit(), 0);
});

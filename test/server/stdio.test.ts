// The built language server over stdio, asked by a client that is not ours: every request once, and what goes wrong.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type Client, type Published, startClient } from '../support/lsp-client.ts';

const server = ['dist/server.js', '--stdio'];

const good = `aiwf: 1
workflow: w
title: A workflow
accountable: clerk
actors:
  clerk: { kind: human, holders: 1 }
start: { on: manual, next: work }
steps:
  work: { task: Work, by: clerk, next: done }
  done: { end: Done, records: [result] }
`;
const typo = good.replace('title:', 'titles:');
const capabilities = {
  textDocument: { completion: { completionItem: { snippetSupport: true } } },
  workspace: {
    workspaceEdit: { documentChanges: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceFolders: true,
  },
};

describe('a session', () => {
  let client: Client & { readonly initialized: unknown };
  let folder: string;
  let uri: string;
  const at = (line: number, character: number) => ({ textDocument: { uri }, position: { line, character } });

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aiwf server '));
    uri = pathToFileURL(join(folder, 'main.aiwf.yaml')).href;
    const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: 'work' }];
    client = await startClient(server, { capabilities, workspaceFolders });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('initialize names what the server can do', () => {
    const { capabilities: offered } = client.initialized as { capabilities: Record<string, unknown> };
    assert.equal(offered.positionEncoding, 'utf-16');
    for (const key of [
      'hoverProvider',
      'definitionProvider',
      'documentSymbolProvider',
      'completionProvider',
      'codeActionProvider',
    ]) {
      assert.ok(offered[key], key);
    }
  });

  test('an opened document gets its diagnostics, with the version', async () => {
    await client.open(uri, typo);
    const { version, diagnostics } = await client.publication((published) => published.uri === uri);
    assert.equal(version, 1);
    assert.ok(
      diagnostics.some(({ code }) => code === 'language/unknown-key'),
      JSON.stringify(diagnostics),
    );
  });

  test('a quick fix mends it', async () => {
    const { diagnostics } = await client.publication((published) => published.uri === uri);
    const fault = diagnostics.find(({ code }) => code === 'language/unknown-key');
    const params = { textDocument: { uri }, range: fault?.range, context: { diagnostics: [fault] } };
    const [action] = await client.connection.sendRequest<
      { title: string; isPreferred?: boolean; edit: { documentChanges: { textDocument: unknown }[] } }[]
    >('textDocument/codeAction', params);
    assert.equal(action?.title, "Change to 'title'");
    assert.equal(action?.isPreferred, true);
    assert.deepEqual(action?.edit.documentChanges[0]?.textDocument, { uri, version: 1 });
  });

  test('an edit is checked again, the newest one only', async () => {
    for (let version = 2; version < 30; version++)
      void client.change(uri, version % 2 === 0 ? typo : `${typo}# ${version}`, version);
    await client.change(uri, good, 30);
    const { diagnostics } = await client.publication((published) => published.uri === uri && published.version === 30);
    assert.ok(!diagnostics.some(({ code }) => code === 'language/unknown-key'));
    const versions = client.published.filter((published) => published.uri === uri).map(({ version }) => version ?? 0);
    assert.ok(versions.length < 10, `published ${versions.join(', ')}`);
    assert.deepEqual(
      versions,
      [...versions].sort((a, b) => a - b),
    );
  });

  test('a fix for an older version is not offered', async () => {
    const old = client.published.find(({ version }) => version === 1)?.diagnostics ?? [];
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const params = { textDocument: { uri }, range, context: { diagnostics: old, only: ['quickfix'] } };
    assert.deepEqual(await client.connection.sendRequest('textDocument/codeAction', params), []);
  });

  test('completion, hover, definition and outline', async () => {
    const items = await client.connection.sendRequest<{ label: string }[]>('textDocument/completion', at(8, 26));
    assert.ok(items.some(({ label }) => label === 'clerk'));
    const hover = await client.connection.sendRequest<{ contents: { value: string } }>('textDocument/hover', at(8, 27));
    assert.match(hover.contents.value, /`clerk` — human/);
    const definition = await client.connection.sendRequest<{ uri: string; range: unknown }>(
      'textDocument/definition',
      at(8, 27),
    );
    assert.deepEqual(definition, { uri, range: { start: { line: 5, character: 2 }, end: { line: 5, character: 7 } } });
    const symbols = await client.connection.sendRequest<{ name: string }[]>('textDocument/documentSymbol', {
      textDocument: { uri },
    });
    assert.deepEqual(
      symbols.map(({ name }) => name).filter((name) => name === 'steps' || name === 'actors'),
      ['actors', 'steps'],
    );
  });

  test('a request right behind an edit sees that edit', async () => {
    const longer = good.replace('clerk: {', 'auditor: { kind: human, holders: 1 }\n  clerk: {');
    void client.change(uri, longer, 31);
    const items = await client.connection.sendRequest<{ label: string }[]>('textDocument/completion', at(9, 26));
    assert.ok(items.some(({ label }) => label === 'auditor'));
    void client.change(uri, good, 32);
    const after = await client.connection.sendRequest<{ label: string }[]>('textDocument/completion', at(8, 26));
    assert.ok(!after.some(({ label }) => label === 'auditor'));
  });

  test('edits of a part of the text', async () => {
    const change = { range: { start: { line: 2, character: 0 }, end: { line: 2, character: 5 } }, text: 'titel' };
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 33 },
      contentChanges: [change],
    });
    const { diagnostics } = await client.publication((published) => published.uri === uri && published.version === 33);
    assert.ok(diagnostics.some(({ code }) => code === 'language/unknown-key'));
    await client.change(uri, good, 34);
  });

  test('the diagram, the rules, a page of a rule', async () => {
    const picture = await client.connection.sendRequest<{
      version: number;
      diagram: { nodes: { id: string }[] };
    }>('aiwf/diagram', { uri });
    assert.equal(picture.version, 34);
    assert.ok(picture.diagram.nodes.some(({ id }) => id === 'work'));
    const rules = await client.connection.sendRequest<{ id: string }[]>('aiwf/rules');
    const rule = rules[0]?.id;
    assert.ok(rule);
    const page = await client.connection.sendRequest<{ markdown: string }>('aiwf/explain', { rule });
    assert.ok(page.markdown.length > 50);
    assert.equal(await client.connection.sendRequest('aiwf/explain', { rule: '../../package' }), null);
    assert.equal(await client.connection.sendRequest('aiwf/explain', { rule: 'no/such-rule' }), null);
  });

  test('a file that is not open can be checked', async () => {
    const other = join(folder, 'other.aiwf.yaml');
    writeFileSync(other, typo);
    const otherUri = pathToFileURL(other).href;
    const counts = await client.connection.sendRequest<{ errors: number }>('aiwf/check', { uri: otherUri });
    assert.ok(counts.errors > 0);
    await client.publication((published) => published.uri === otherUri && published.diagnostics.length > 0);
    assert.equal(await client.connection.sendRequest('aiwf/check', { uri: `${otherUri}.gone` }), null);
    assert.equal(await client.connection.sendRequest('aiwf/check', { uri: pathToFileURL(folder).href }), null);
    assert.equal(await client.connection.sendRequest('aiwf/check', { uri: 'http://example.com/a.aiwf.yaml' }), null);
    writeFileSync(join(folder, 'binary.aiwf.yaml'), Buffer.from([0x61, 0, 0x62]));
    assert.equal(
      await client.connection.sendRequest('aiwf/check', { uri: pathToFileURL(join(folder, 'binary.aiwf.yaml')).href }),
      null,
    );
  });

  test('findings of a file that is not open follow it on disk', async () => {
    const path = join(folder, 'closed.aiwf.yaml');
    const closed = pathToFileURL(path).href;
    const of = (fits: (codes: readonly string[]) => boolean, from: number) =>
      client.publication(
        (published) =>
          published.uri === closed &&
          client.published.indexOf(published) >= from &&
          fits(published.diagnostics.map(({ code }) => code)),
      );
    const changed = (type: number) =>
      client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: closed, type }] });
    writeFileSync(path, typo);
    await client.connection.sendRequest('aiwf/check', { uri: closed });
    await of((codes) => codes.includes('language/unknown-key'), 0);
    const afterFirst = client.published.length;
    writeFileSync(path, good);
    await changed(2);
    await of((codes) => codes.length === 0, afterFirst);
    writeFileSync(path, typo);
    await changed(2);
    const afterSecond = client.published.length;
    rmSync(path);
    await changed(3);
    await of((codes) => codes.length === 0, afterSecond);
  });

  test('a document is checked again when a file it imports changes', async () => {
    const library = join(folder, 'people.aiwf.yaml');
    writeFileSync(library, 'aiwf: 1\nlibrary: people\nactors: { boss: { kind: human, holders: 1 } }\n');
    const user = pathToFileURL(join(folder, 'user.aiwf.yaml')).href;
    await client.open(user, good.replace('accountable: clerk', 'accountable: boss\nuse: [./people.aiwf.yaml]'));
    const misses = ({ diagnostics }: Published) => diagnostics.some(({ message }) => message.includes("'boss'"));
    const first = await client.publication((published) => published.uri === user);
    assert.ok(!misses(first), JSON.stringify(first.diagnostics));
    writeFileSync(library, 'aiwf: 1\nlibrary: people\n');
    const changes = [{ uri: pathToFileURL(library).href, type: 2 }];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await client.publication((published) => published.uri === user && misses(published));
  });

  test('a sub-workflow is found by its id anywhere in the workspace', async () => {
    mkdirSync(join(folder, 'deep'));
    writeFileSync(join(folder, 'deep', 'payout.aiwf.yaml'), 'aiwf: 1\nworkflow: payout\n');
    const changes = [{ uri: pathToFileURL(join(folder, 'deep', 'payout.aiwf.yaml')).href, type: 1 }];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await client.change(uri, good.replace('task: Work, by: clerk', 'call: payout'), 40);
    const found = await client.connection.sendRequest<{ uri: string } | null>('textDocument/definition', at(8, 18));
    assert.equal(found?.uri, changes[0]?.uri);
  });

  test('documents that are not workflows at all', async () => {
    for (const [index, text] of [
      '',
      '\u0000\u0001',
      '[',
      '- a\n- b',
      '"',
      '&a *a',
      `${'{a: '.repeat(3000)}`,
      '\ufeffaiwf: 1',
      '%YAML 9',
    ].entries()) {
      const odd = `untitled:odd-${index}`;
      await client.open(odd, text);
      const params = { textDocument: { uri: odd }, position: { line: 0, character: 1 } };
      await client.connection.sendRequest('textDocument/completion', params);
      await client.connection.sendRequest('textDocument/hover', params);
      await client.connection.sendRequest('textDocument/definition', params);
      await client.connection.sendRequest('textDocument/documentSymbol', params);
      await client.connection.sendRequest('aiwf/diagram', { uri: odd });
      await client.publication((published) => published.uri === odd);
    }
    assert.deepEqual(client.errors, []);
  });

  test('messages in an order nobody should send', async () => {
    const strange = 'file:///nowhere/strange.aiwf.yaml';
    await client.change(strange, good, 5);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: strange } });
    await client.open(strange, good, 9);
    await client.open(strange, typo, 3);
    await client.change(strange, good, 2);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: strange } });
    await client.change(strange, good, 10);
    assert.equal(await client.connection.sendRequest('aiwf/diagram', { uri: strange }), null);
  });

  test('requests without what they need answer nothing, and are logged', async () => {
    assert.equal(await client.connection.sendRequest('textDocument/hover', {}), null);
    assert.equal(await client.connection.sendRequest('aiwf/diagram', {}), null);
    assert.ok(client.errors.length > 0);
  });

  test('a closed document answers nothing, and its diagnostics are taken back', async () => {
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await client.publication(
      (published) => published.uri === uri && published.version === undefined && published.diagnostics.length === 0,
    );
    assert.deepEqual(await client.connection.sendRequest('textDocument/completion', at(8, 26)), []);
    assert.equal(await client.connection.sendRequest('textDocument/hover', at(8, 27)), null);
    assert.equal(await client.connection.sendRequest('textDocument/definition', at(8, 27)), null);
    assert.deepEqual(await client.connection.sendRequest('textDocument/documentSymbol', { textDocument: { uri } }), []);
    assert.equal(await client.connection.sendRequest('aiwf/diagram', { uri }), null);
    const params = {
      textDocument: { uri },
      range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
      context: { diagnostics: [] },
    };
    assert.deepEqual(await client.connection.sendRequest('textDocument/codeAction', params), []);
  });

  test('shutdown and exit end it with code 0', async () => assert.equal(await client.quit(), 0));
});

test('a client that can do nothing is served as well', async () => {
  const client = await startClient(server);
  const uri = 'untitled:plain';
  await client.open(uri, '');
  const items = await client.connection.sendRequest<{ insertTextFormat?: number; textEdit: { newText: string } }[]>(
    'textDocument/completion',
    {
      textDocument: { uri },
      position: { line: 0, character: 0 },
    },
  );
  assert.ok(items.length > 0);
  for (const { insertTextFormat, textEdit } of items) {
    assert.notEqual(insertTextFormat, 2);
    assert.doesNotMatch(textEdit.newText, /\$\{|\$\d/);
  }
  assert.equal(await client.quit(), 0);
});

test('an exit without shutdown is a failure, as the protocol says', async () => {
  const child = spawn(process.execPath, server, { stdio: ['pipe', 'ignore', 'inherit'] });
  const body = JSON.stringify({ jsonrpc: '2.0', method: 'exit' });
  child.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
  const [code] = await once(child, 'exit');
  assert.equal(code, 1);
});

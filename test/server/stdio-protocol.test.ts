// What the language server does for clients that can more, over stdio, asked by a client that is not ours: diagnostics on
// request, related documents, the whole workspace with progress, cancellation, details on demand, UTF-8, and files that
// only the client can read.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { CancellationTokenSource, ResponseError } from 'vscode-jsonrpc/node';
import { type Client, startClient } from '../support/lsp-client.ts';

const server = ['dist/server.js', '--stdio'];

const people = 'aiwf: 1\nlibrary: people\nactors: { boss: { kind: human, holders: 1 } }\n';
const good = `aiwf: 1
workflow: w
title: A workflow
use: [./people.aiwf.yaml]
accountable: boss
start: { on: manual, next: work }
steps:
  work: { task: Work, by: boss, next: done }
  done: { end: Done, records: [result] }
`;
const typo = good.replace('title:', 'titles:');
const refused = (error: unknown) => error instanceof ResponseError && error.code === -32800;

interface Report {
  readonly uri: string;
  readonly kind: 'full' | 'unchanged';
  readonly resultId?: string;
  readonly items?: readonly { readonly code: string; readonly message: string; readonly range: unknown }[];
  readonly relatedDocuments?: Readonly<Record<string, Report>>;
}
interface Progress {
  readonly kind: 'begin' | 'report' | 'end';
  readonly percentage?: number;
  readonly cancellable?: boolean;
}

/** A server with files in a folder of its own, and a client that can do `capabilities`. */
async function start(capabilities: object, files: Readonly<Record<string, string>> = {}, more: object = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'aiwf protocol '));
  const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  for (const [name, text] of Object.entries(files)) write(name, text);
  const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: 'work' }];
  const client = await startClient(server, { capabilities, workspaceFolders, ...more });
  const end = async () => {
    await client.quit();
    rmSync(folder, { recursive: true, force: true });
  };
  const { capabilities: offered } = client.initialized as { capabilities: Record<string, unknown> };
  return { client, uriOf, write, end, offered };
}

function pull(client: Client, uri: string, previousResultId?: string): Promise<Report> {
  const params = { textDocument: { uri }, ...(previousResultId === undefined ? {} : { previousResultId }) };
  return client.connection.sendRequest('textDocument/diagnostic', params);
}

const codesOf = (report: Report | undefined) => report?.items?.map(({ code }) => code) ?? [];

describe('diagnostics on request', () => {
  const watching = { didChangeWatchedFiles: { dynamicRegistration: true } };
  let session: Awaited<ReturnType<typeof start>>;
  let refreshes = 0;

  before(async () => {
    const capabilities = {
      textDocument: { diagnostic: {} },
      workspace: { ...watching, diagnostics: { refreshSupport: true } },
    };
    session = await start(capabilities, { 'people.aiwf.yaml': people });
    session.client.connection.onRequest('workspace/diagnostic/refresh', () => {
      refreshes++;
      return null;
    });
  });
  after(() => session.end());

  test('are offered to those who ask, and to nobody else', async () => {
    assert.deepEqual(session.offered.diagnosticProvider, {
      identifier: 'aiwf',
      interFileDependencies: true,
      workspaceDiagnostics: true,
      workDoneProgress: true,
    });
    const other = await start({});
    assert.equal(other.offered.diagnosticProvider, undefined);
    await other.end();
  });

  test('are sent once, and again when they are others', async () => {
    const { client, uriOf } = session;
    const uri = uriOf('main.aiwf.yaml');
    await client.open(uri, typo);
    const first = await pull(client, uri);
    assert.equal(first.kind, 'full');
    assert.ok(codesOf(first).includes('language/unknown-key'));
    const again = await pull(client, uri, first.resultId);
    assert.deepEqual(again, { kind: 'unchanged', resultId: first.resultId });
    await client.change(uri, good, 2);
    const mended = await pull(client, uri, first.resultId);
    assert.equal(mended.kind, 'full');
    assert.ok(!codesOf(mended).includes('language/unknown-key'));
    assert.notEqual(mended.resultId, first.resultId);
    assert.deepEqual(client.published, [], 'nothing is sent unasked');
  });

  test('of another document are asked for again when an edit changes them', async () => {
    const { client, uriOf } = session;
    const [main, library] = [uriOf('main.aiwf.yaml'), uriOf('people.aiwf.yaml')];
    const before = await pull(client, main);
    await client.open(library, people);
    await pull(client, library);
    const asked = refreshes;
    await client.change(library, people.replace('boss', 'chief'), 2);
    await until(() => refreshes > asked);
    const report = await pull(client, main, before.resultId);
    assert.ok(report.items?.some(({ message }) => message.includes("'boss'")));
    await client.change(library, people, 3);
    await until(() => refreshes > asked + 1);
  });

  test('of a file that is not open are those of the disk', async () => {
    const { client, uriOf, write } = session;
    const uri = uriOf('closed.aiwf.yaml');
    assert.deepEqual(codesOf(await pull(client, uri)), []);
    write('closed.aiwf.yaml', typo);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 1 }] });
    assert.ok(codesOf(await pull(client, uri)).includes('language/unknown-key'));
  });

  test('are not made for a request that is cancelled while somebody types', async () => {
    const { client, uriOf } = session;
    const uri = uriOf('main.aiwf.yaml');
    await client.change(uri, `${good}# typing`, 50);
    const source = new CancellationTokenSource();
    const answer = client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } }, source.token);
    source.cancel();
    await assert.rejects(answer, refused);
    assert.equal((await pull(client, uri)).kind, 'full');
  });

  test('shown of a file before it was opened are taken back when they are asked for', async () => {
    const { client, uriOf } = session;
    const uri = uriOf('closed.aiwf.yaml');
    await client.connection.sendRequest('aiwf/check', { uri });
    await client.publication((published) => published.uri === uri && published.diagnostics.length > 0);
    await client.open(uri, typo);
    await pull(client, uri);
    await client.publication((published) => published.uri === uri && published.diagnostics.length === 0);
  });

  test('are sent by a check as well, to a client that shows both in one place', async () => {
    const initializationOptions = { oneCollection: true, workspaceCommand: true };
    const other = await start({ textDocument: { diagnostic: {} } }, {}, { initializationOptions });
    assert.equal((other.offered.diagnosticProvider as { workspaceDiagnostics: boolean }).workspaceDiagnostics, false);
    assert.equal(other.offered.executeCommandProvider, undefined);
    const uri = other.uriOf('main.aiwf.yaml');
    await other.client.open(uri, typo);
    await pull(other.client, uri);
    await other.client.connection.sendRequest('aiwf/check', { uri });
    await other.client.publication((published) => published.uri === uri && published.diagnostics.length > 0);
    const { resultId } = await pull(other.client, uri);
    await pull(other.client, uri, resultId);
    assert.equal(other.client.published.length, 1, 'what is shown is not taken back');
    await other.end();
  });

  test('bring those of other open documents along, for a client that takes them', async () => {
    const other = await start(
      { textDocument: { diagnostic: { relatedDocumentSupport: true } } },
      { 'people.aiwf.yaml': people },
    );
    const [main, library] = [other.uriOf('main.aiwf.yaml'), other.uriOf('people.aiwf.yaml')];
    await other.client.open(main, good);
    await other.client.open(library, people);
    assert.equal((await pull(other.client, main)).relatedDocuments, undefined);
    await other.client.change(library, people.replace('boss', 'chief'), 2);
    const { relatedDocuments } = await pull(other.client, library);
    assert.ok(relatedDocuments?.[main]?.items?.some(({ message }) => message.includes("'boss'")));
    const report = await pull(other.client, main, relatedDocuments?.[main]?.resultId);
    assert.equal(report.kind, 'unchanged');
    await other.end();
  });
});

describe('the whole workspace', () => {
  const files = { 'a.aiwf.yaml': typo, 'b.aiwf.yaml': good, 'people.aiwf.yaml': people };
  const watching = { didChangeWatchedFiles: { dynamicRegistration: true } };

  test('is reported file by file, with progress, and only what has changed', async () => {
    const { client, uriOf, write, end } = await start({ textDocument: { diagnostic: {} }, workspace: watching }, files);
    const seen: Progress[] = [];
    const parts: Report[] = [];
    client.connection.onNotification(
      '$/progress',
      ({ token, value }: { token: string; value: Progress & { items?: Report[] } }) => {
        if (token === 'work') seen.push(value);
        else parts.push(...(value.items ?? []));
      },
    );
    const ask = (previousResultIds: readonly object[], more: object = {}) =>
      client.connection.sendRequest<{ items: Report[] }>('workspace/diagnostic', { previousResultIds, ...more });
    const { items } = await ask([], { workDoneToken: 'work' });
    assert.deepEqual(
      items.map(({ uri }) => uri),
      [uriOf('a.aiwf.yaml'), uriOf('b.aiwf.yaml'), uriOf('people.aiwf.yaml')],
    );
    assert.ok(codesOf(items[0]).includes('language/unknown-key'));
    assert.ok(!codesOf(items[1]).includes('language/unknown-key'));
    assert.deepEqual(
      seen.map(({ kind }) => kind),
      ['begin', 'report', 'report', 'report', 'end'],
    );
    assert.equal(seen[0]?.cancellable, true);
    assert.deepEqual(
      seen.slice(1, 4).map(({ percentage }) => percentage),
      [33, 67, 100],
    );

    const ids = items.map(({ uri, resultId }) => ({ uri, value: resultId }));
    assert.deepEqual(
      (await ask(ids)).items.map(({ kind }) => kind),
      ['unchanged', 'unchanged', 'unchanged'],
    );

    // What uses the library is checked again with it, what does not is not.
    write('c.aiwf.yaml', good.replace('use: [./people.aiwf.yaml]\n', ''));
    const changed = (name: string, type: number) =>
      client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(name), type }] });
    await changed('c.aiwf.yaml', 1);
    const withC = (await ask([])).items.map(({ uri, resultId }) => ({ uri, value: resultId }));
    write('people.aiwf.yaml', people.replace('boss', 'chief'));
    await changed('people.aiwf.yaml', 2);
    const after = (await ask(withC)).items;
    assert.deepEqual(
      after.map(({ kind }) => kind),
      ['full', 'full', 'unchanged', 'full'],
    );

    rmSync(new URL(uriOf('a.aiwf.yaml')));
    await changed('a.aiwf.yaml', 3);
    const { items: rest } = await ask(withC, { partialResultToken: 'part' });
    assert.deepEqual(rest, []);
    assert.deepEqual(codesOf(parts.find(({ uri }) => uri === uriOf('a.aiwf.yaml'))), []);
    assert.equal(parts.length, 4);
    await end();
  });

  test('is checked by a command, with progress, for a client that cannot ask', async () => {
    const { client, uriOf, end, offered } = await start({ window: { workDoneProgress: true } }, files);
    const seen: Progress[] = [];
    client.connection.onRequest('window/workDoneProgress/create', () => null);
    client.connection.onNotification('$/progress', ({ value }: { value: Progress }) => void seen.push(value));
    const { commands } = offered.executeCommandProvider as { commands: string[] };
    const counts = await client.connection.sendRequest<{ errors: number }>('workspace/executeCommand', {
      command: commands[0],
    });
    assert.ok(counts.errors > 0);
    assert.deepEqual(
      seen.map(({ kind }) => kind),
      ['begin', 'report', 'report', 'report', 'end'],
    );
    await client.publication(({ uri, diagnostics }) => uri === uriOf('a.aiwf.yaml') && diagnostics.length > 0);
    assert.equal(await client.connection.sendRequest('workspace/executeCommand', { command: 'aiwf.no-such' }), null);
    await end();
  });

  test('stops when it is cancelled', async () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`w${n}.aiwf.yaml`, `${good}# ${n}`]));
    const { client, end } = await start({ textDocument: { diagnostic: {} } }, many);
    const source = new CancellationTokenSource();
    let reports = 0;
    client.connection.onNotification('$/progress', () => {
      reports++;
      if (reports === 3) source.cancel();
    });
    const params = { previousResultIds: [], workDoneToken: 'work' };
    await assert.rejects(client.connection.sendRequest('workspace/diagnostic', params, source.token), refused);
    assert.ok(reports < 250, `${reports} reports`);
    await end();
  });
});

test('a request that is cancelled before its turn is not begun', async () => {
  const { client, uriOf, end } = await start({});
  const uri = uriOf('main.aiwf.yaml');
  await client.open(uri, good);
  const sources = Array.from({ length: 20 }, () => new CancellationTokenSource());
  const answers = sources.map(({ token }) =>
    client.connection.sendRequest(
      'textDocument/hover',
      { textDocument: { uri }, position: { line: 7, character: 25 } },
      token,
    ),
  );
  for (const source of sources.slice(1)) source.cancel();
  const results = await Promise.allSettled(answers);
  assert.equal(results[0]?.status, 'fulfilled');
  assert.ok(results.slice(1).filter((result) => result.status === 'rejected' && refused(result.reason)).length >= 15);
  await end();
});

describe('details on demand', () => {
  const capabilities = {
    textDocument: {
      completion: { completionItem: { resolveSupport: { properties: ['documentation'] } } },
      codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } },
    },
  };

  test('a completion is documented when it is looked at', async () => {
    const { client, uriOf, end } = await start(capabilities);
    const uri = uriOf('main.aiwf.yaml');
    await client.open(uri, `${good}t`);
    const params = { textDocument: { uri }, position: { line: 9, character: 1 } };
    type Item = { label: string; documentation?: { value: string }; data?: unknown };
    const items = await client.connection.sendRequest<Item[]>('textDocument/completion', params);
    const item = items.find(({ label }) => label === 'data');
    assert.ok(item?.data);
    assert.equal(item.documentation, undefined);
    const whole = await client.connection.sendRequest<Item>('completionItem/resolve', item);
    assert.ok((whole.documentation?.value.length ?? 0) > 10);
    assert.deepEqual({ ...whole, documentation: undefined, data: item.data }, { ...item, documentation: undefined });
    const stale = { label: 'data', data: { list: -1, item: 0 } };
    assert.deepEqual(await client.connection.sendRequest('completionItem/resolve', stale), stale);
    await end();
  });

  test('the edit of a quick fix is made when it is chosen', async () => {
    const { client, uriOf, end } = await start(capabilities);
    const uri = uriOf('main.aiwf.yaml');
    await client.open(uri, typo);
    const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 6 } };
    const params = { textDocument: { uri }, range, context: { diagnostics: [], only: ['quickfix'] } };
    type Action = { title: string; edit?: { changes: Record<string, { newText: string }[]> } };
    const [action] = await client.connection.sendRequest<Action[]>('textDocument/codeAction', params);
    assert.equal(action?.edit, undefined);
    const whole = await client.connection.sendRequest<Action>('codeAction/resolve', action ?? {});
    assert.deepEqual(
      whole.edit?.changes[uri]?.map(({ newText }) => newText),
      ['title'],
    );
    await end();
  });

  test('a client that cannot ask for them gets them at once', async () => {
    const { client, uriOf, end, offered } = await start({});
    assert.equal((offered.completionProvider as { resolveProvider?: boolean }).resolveProvider, false);
    const uri = uriOf('main.aiwf.yaml');
    await client.open(uri, `${good}t`);
    const params = { textDocument: { uri }, position: { line: 9, character: 1 } };
    const items = await client.connection.sendRequest<{ documentation?: object }[]>('textDocument/completion', params);
    assert.ok(items.some(({ documentation }) => documentation));
    await end();
  });
});

describe('positions in UTF-8', () => {
  // Before `boss` stand ö (2 bytes, 1 unit) and the face (4 bytes, 2 units).
  const line = '  work: { task: Wörk 😀, by: boss, next: nowhere }';
  const text = good.replace('  work: { task: Work, by: boss, next: done }', line);
  const bytes = (until: string) => Buffer.byteLength(line.slice(0, line.indexOf(until)));
  const range = (until: string, length: number) => ({
    start: { line: 7, character: bytes(until) },
    end: { line: 7, character: bytes(until) + length },
  });

  for (const [offer, expected] of [
    [['utf-8', 'utf-16'], 'utf-8'],
    [['utf-16', 'utf-8'], 'utf-16'],
    [['utf-32', 'utf-8'], 'utf-8'],
    [['utf-32'], 'utf-16'],
    [undefined, 'utf-16'],
  ] as const) {
    test(`${offer?.join(', ') ?? 'nothing'} offered: ${expected}`, async () => {
      const { offered, end } = await start({ general: { positionEncodings: offer } });
      assert.equal(offered.positionEncoding, expected);
      await end();
    });
  }

  test('come in and go out', async () => {
    const { client, uriOf, end } = await start(
      { general: { positionEncodings: ['utf-8'] }, textDocument: { definition: { linkSupport: true } } },
      { 'people.aiwf.yaml': people.replace('actors: {', 'actors: { ö: { kind: human, holders: 1 },') },
    );
    const uri = uriOf('main.aiwf.yaml');
    const params = { textDocument: { uri }, position: { line: 7, character: bytes('boss') + 1 } };
    await client.open(uri, text);
    const { diagnostics } = await client.publication((published) => published.uri === uri);
    assert.deepEqual(diagnostics.find(({ message }) => message.includes("'nowhere'"))?.range, range('nowhere', 7));
    const hover = await client.connection.sendRequest<{ range: unknown }>('textDocument/hover', params);
    assert.deepEqual(hover.range, range('boss', 4));
    type Link = {
      targetUri: string;
      originSelectionRange: unknown;
      targetSelectionRange: { start: { character: number } };
    };
    const [link] = await client.connection.sendRequest<Link[]>('textDocument/definition', params);
    assert.deepEqual(link?.originSelectionRange, range('boss', 4));
    // In the library an ö stands before it.
    assert.equal(link?.targetUri, uriOf('people.aiwf.yaml'));
    assert.equal(
      link?.targetSelectionRange.start.character,
      Buffer.byteLength('actors: { ö: { kind: human, holders: 1 }, '),
    );
    await end();
  });

  test('edits of a part of the text, one after the other', async () => {
    const { client, uriOf, end } = await start({ general: { positionEncodings: ['utf-8'] } });
    const uri = uriOf('main.aiwf.yaml');
    await client.open(uri, text);
    const behind = bytes('nowhere') + 'ä'.length + 1;
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [
        {
          range: { start: { line: 7, character: bytes('Wörk') + 1 }, end: { line: 7, character: bytes('Wörk') + 3 } },
          text: 'öä',
        },
        { range: { start: { line: 7, character: behind }, end: { line: 7, character: behind + 7 } }, text: 'done' },
      ],
    });
    const { diagnostics } = await client.publication((published) => published.uri === uri && published.version === 2);
    assert.ok(!diagnostics.some(({ message }) => message.includes('nowhere')), JSON.stringify(diagnostics));
    type Picture = { diagram: { nodes: { title: string }[] } };
    const { diagram } = await client.connection.sendRequest<Picture>('aiwf/diagram', { uri });
    assert.ok(diagram.nodes.some(({ title }) => title === 'Wöärk 😀'));
    await end();
  });
});

describe('files that only the client can read', () => {
  const home = 'vscode-vfs://host/repository';
  const pages = 'https://example.org/aiwf/rules';
  const contents = new Map([
    [`${home}/people.aiwf.yaml`, people],
    [`${home}/deep/payout.aiwf.yaml`, good.replace('workflow: w', 'workflow: payout').replace('./people', '../people')],
    [`${home}/aiwf.config.yaml`, 'profile: []\nrules: { structure/unresolved-reference: info }\n'],
    [`${pages}/flow/not-in-this-build.md`, '# The page\n'],
  ]);
  let client: Client;
  const asked: string[] = [];

  before(async () => {
    client = await startClient(server, {
      capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
      workspaceFolders: [{ uri: home, name: 'repository' }],
      initializationOptions: { readsFiles: true, rulePages: pages },
    });
    client.connection.onRequest('aiwf/readFiles', ({ uris }: { uris: string[] }) => {
      asked.push(...uris);
      return { texts: uris.map((uri) => contents.get(uri) ?? null) };
    });
    client.connection.onRequest('aiwf/findWorkflows', ({ folder }: { folder: string }) => ({
      uris: [...contents.keys()].filter((uri) => uri.startsWith(folder) && uri.endsWith('.aiwf.yaml')),
    }));
  });
  after(() => client.quit());

  const uri = `${home}/main.aiwf.yaml`;
  const calling = good.replace('task: Work, by: boss', 'call: payout');

  test('are read before anything is said about them', async () => {
    await client.open(uri, calling.replace('next: done', 'next: nowhere'));
    const { diagnostics } = await client.publication((published) => published.uri === uri);
    // By the configuration that severity, and nothing about what stands in the other files.
    assert.deepEqual(
      diagnostics.map(({ code, message }) => [code, /'\w+'/.exec(message)?.[0]]),
      [['structure/unresolved-reference', "'nowhere'"]],
    );
    assert.equal(client.published.length, 1);
  });

  test('are found by definition, also by the id of their workflow', async () => {
    const at = (line: number, character: number) => ({ textDocument: { uri }, position: { line, character } });
    const boss = await client.connection.sendRequest<{ uri: string }>('textDocument/definition', at(4, 14));
    assert.equal(boss.uri, `${home}/people.aiwf.yaml`);
    const payout = await client.connection.sendRequest<{ uri: string }>('textDocument/definition', at(7, 18));
    assert.equal(payout.uri, `${home}/deep/payout.aiwf.yaml`);
  });

  test('are asked for once, and again when they change', async () => {
    assert.equal(new Set(asked).size, asked.length, asked.join('\n'));
    const library = `${home}/people.aiwf.yaml`;
    contents.set(library, people.replace('boss', 'chief'));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: library, type: 2 }],
    });
    await client.publication(({ diagnostics }) => diagnostics.some(({ message }) => message.includes("'boss'")));
  });

  test('hold the pages of the rules', async () => {
    const page = await client.connection.sendRequest('aiwf/explain', { rule: 'flow/not-in-this-build' });
    assert.deepEqual(page, { rule: 'flow/not-in-this-build', markdown: '# The page\n' });
    assert.equal(await client.connection.sendRequest('aiwf/explain', { rule: '../../secret' }), null);
    assert.ok(!asked.some((each) => each.includes('secret')));
  });
});

test('a client that refuses what it is asked is served all the same', async () => {
  const capabilities = {
    textDocument: { diagnostic: {} },
    workspace: { didChangeWatchedFiles: { dynamicRegistration: true }, diagnostics: { refreshSupport: true } },
  };
  const { client, uriOf, end } = await start(capabilities, { 'people.aiwf.yaml': people });
  const refuse = () => new ResponseError(-32601, 'No.');
  client.connection.onRequest('workspace/diagnostic/refresh', refuse);
  client.connection.onRequest('client/registerCapability', refuse);
  const [main, library] = [uriOf('main.aiwf.yaml'), uriOf('people.aiwf.yaml')];
  await client.open(main, good);
  await pull(client, main);
  await client.open(library, people.replace('boss', 'chief'));
  await until(() => client.errors.some((message) => message.startsWith('refresh')));
  assert.equal((await pull(client, main)).kind, 'full');
  await end();
});

test('YAML that is no workflow is left alone', async () => {
  const { client, uriOf, end } = await start({});
  const text = { uri: uriOf('compose.yaml'), languageId: 'yaml', version: 1, text: 'services: {}\n' };
  await client.connection.sendNotification('textDocument/didOpen', { textDocument: text });
  const workflow = { ...text, uri: uriOf('main.aiwf.yaml'), text: typo };
  await client.connection.sendNotification('textDocument/didOpen', { textDocument: workflow });
  await client.publication(({ uri }) => uri === workflow.uri);
  assert.deepEqual([...new Set(client.published.map(({ uri }) => uri))], [workflow.uri]);
  const params = { textDocument: { uri: text.uri }, position: { line: 0, character: 0 } };
  assert.deepEqual(await client.connection.sendRequest('textDocument/completion', params), []);
  await end();
});

async function until(isTrue: () => boolean): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!isTrue()) {
    assert.ok(Date.now() < deadline, 'waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

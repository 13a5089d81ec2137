// Hints, lenses, links, symbols and call hierarchy over stdio: what is offered to whom, and settings that turn things off.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type Client, startClient } from '../support/lsp-client.ts';

const server = ['dist/server.js', '--stdio'];

const workflow = `aiwf: 1
workflow: w
use: [./people.aiwf.yaml]
accountable: lead
start: { on: manual, next: work }
steps:
  work:
    task: Work
    by: lead
    next: done
  done: { end: All is well }
`;

let folder: string;
let uri: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'aiwf insight '));
  uri = pathToFileURL(join(folder, 'main.aiwf.yaml')).href;
  writeFileSync(join(folder, 'main.aiwf.yaml'), workflow);
  writeFileSync(
    join(folder, 'people.aiwf.yaml'),
    'aiwf: 1\nlibrary: people\nactors:\n  lead: { kind: human, holders: 2 }\n',
  );
});
after(() => rmSync(folder, { recursive: true, force: true }));

type Started = Client & { readonly initialized: unknown };

async function started(initialize: object): Promise<Started> {
  const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: 'work' }];
  const client = await startClient(server, { workspaceFolders, ...initialize });
  await client.open(uri, workflow);
  return client;
}

async function hintsOf({ connection }: Started): Promise<readonly string[]> {
  const range = { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } };
  const hints = (await connection.sendRequest('textDocument/inlayHint', { textDocument: { uri }, range })) as {
    label: { value: string }[];
  }[];
  return hints.map(({ label }) => label.map(({ value }) => value).join(''));
}

describe('a client that has the commands of lenses and is asked for settings', () => {
  let client: Started;
  let answer: unknown = {
    inlayHints: { accountable: true, targets: true, dataClass: true },
    codeLens: { enabled: true },
  };
  const refreshed: string[] = [];
  before(async () => {
    client = await started({
      capabilities: {
        workspace: {
          configuration: true,
          didChangeConfiguration: { dynamicRegistration: true },
          inlayHint: { refreshSupport: true },
          codeLens: { refreshSupport: true },
        },
      },
      initializationOptions: { commands: ['aiwf.showReferences', 'aiwf.openDiagram', 'aiwf.showFindings'] },
    });
    client.connection.onRequest('workspace/configuration', () => [answer]);
    client.connection.onRequest('workspace/inlayHint/refresh', () => void refreshed.push('hints'));
    client.connection.onRequest('workspace/codeLens/refresh', () => void refreshed.push('lenses'));
  });

  test('lenses are offered, and get their command when they are resolved', async () => {
    const { capabilities } = client.initialized as { capabilities: Record<string, unknown> };
    assert.deepEqual(capabilities.codeLensProvider, { resolveProvider: true });
    const lenses = (await client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } })) as {
      command?: { title: string };
    }[];
    assert.equal(lenses[0]?.command?.title, 'Open diagram');
    const open = lenses.find(({ command }) => !command);
    const resolved = (await client.connection.sendRequest('codeLens/resolve', open)) as { command: { title: string } };
    assert.equal(resolved.command.title, '1 reference');
  });

  test('a change of the settings counts at once, and the client is told to ask again', async () => {
    assert.deepEqual(await hintsOf(client), ['accountable: lead', 'All is well']);
    answer = { inlayHints: { accountable: false }, codeLens: { enabled: false } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    assert.deepEqual(await hintsOf(client), ['All is well']);
    assert.deepEqual(await client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } }), []);
    assert.deepEqual(refreshed, ['hints', 'lenses']);
  });

  test('links, symbols of the workspace, call hierarchy', async () => {
    const links = (await client.connection.sendRequest('textDocument/documentLink', { textDocument: { uri } })) as {
      target: string;
    }[];
    assert.deepEqual(
      links.map(({ target }) => target.split('/').at(-1)),
      ['people.aiwf.yaml'],
    );
    const symbols = (await client.connection.sendRequest('workspace/symbol', { query: 'lead' })) as { name: string }[];
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['lead'],
    );
    const [item] = (await client.connection.sendRequest('textDocument/prepareCallHierarchy', {
      textDocument: { uri },
      position: { line: 6, character: 3 },
    })) as object[];
    const outgoing = (await client.connection.sendRequest('callHierarchy/outgoingCalls', { item })) as {
      to: { name: string };
    }[];
    assert.deepEqual(
      outgoing.map(({ to }) => to.name),
      ['done'],
    );
    const incoming = (await client.connection.sendRequest('callHierarchy/incomingCalls', { item })) as unknown[];
    assert.equal(incoming.length, 1);
    assert.deepEqual(client.errors, []);
  });
  after(async () => await client.quit());
});

describe('a client that has no commands and cannot be asked', () => {
  let client: Started;
  before(async () => {
    client = await started({ initializationOptions: { settings: { inlayHints: { targets: false } } } });
  });
  after(async () => await client.quit());

  test('it is offered no lenses, and says at the start what is turned off', async () => {
    const { capabilities } = client.initialized as { capabilities: Record<string, unknown> };
    assert.equal(capabilities.codeLensProvider, undefined);
    assert.deepEqual(await client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } }), []);
    assert.deepEqual(await hintsOf(client), ['accountable: lead']);
    await client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { aiwf: { inlayHints: { accountable: false } } },
    });
    assert.deepEqual(await hintsOf(client), ['All is well']);
    assert.deepEqual(client.errors, []);
  });
});

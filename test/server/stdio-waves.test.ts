// The built language server with a long workflow: what is wrong with its language comes before what its paths show, and
// nothing that was asked meanwhile waits for the check.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startClient } from '../support/lsp-client.ts';
import { workflowText } from '../support/random-workflow.ts';

const server = ['dist/server.js', '--stdio'];
const uri = 'file:///work/long.aiwf.yaml';
const long = workflowText('mixed', 2000);
const patience = 15_000;

test('a long workflow is shown in two waves, and a question between them is answered before the second', async () => {
  const client = await startClient(server);
  await client.open(uri, `${long}nonsense: 1\n`);
  const first = await client.publication(({ version }) => version === 1);
  assert.deepEqual(
    first.diagnostics.map(({ code }) => code),
    ['language/unknown-key'],
  );
  const second = await client.publication((each) => each.version === 1 && each !== first);
  assert.ok(second.diagnostics.length > 100);
  // Asked as soon as the first wave of an edit is here.
  await client.change(uri, `${long}nonsenses: 1\n`, 2);
  const edited = await client.publication(({ version }) => version === 2);
  assert.ok(edited.diagnostics.some(({ message }) => message.includes('nonsenses')));
  assert.ok(edited.diagnostics.length > 100, 'what was found before is still shown');
  const last = await client.publication((each) => each.version === 2 && each !== edited);
  const withoutData = ({ data: _data, ...diagnostic }: (typeof last.diagnostics)[number]) => diagnostic;
  const known = new Set(last.diagnostics.map((each) => JSON.stringify(withoutData(each))));
  for (const each of edited.diagnostics) assert.ok(known.has(JSON.stringify(each)), each.message);
  assert.equal(await client.quit(), 0);
});

test('a newer edit ends the check of an older one, and a completion sent with an edit is answered before its check', async () => {
  const client = await startClient(server);
  await client.open(uri, long);
  await client.publication(({ version, diagnostics }) => version === 1 && diagnostics.length > 0);
  const asked: Promise<unknown>[] = [];
  let shown = 0;
  for (let version = 2; version <= 9; version++) {
    // In one go: a check that comes while the client is kept from sending proves nothing.
    asked.push(client.change(uri, `${long}x${version}: 1\n`, version));
    const params = { textDocument: { uri }, position: { line: 3, character: 0 } };
    asked.push(
      client.connection.sendRequest('textDocument/completion', params).then(() => {
        shown = Math.max(shown, ...client.published.map((each) => each.version ?? 0));
      }),
    );
  }
  await Promise.all(asked);
  assert.equal(shown, 1, 'no check came between the edits and the completions');
  await client.publication(({ version }) => version === 9);
  const versions = new Set(client.published.map(({ version }) => version));
  assert.deepEqual([...versions], [1, 9]);
  assert.equal(await client.quit(), 0);
});

test('a client that shows what it is sent in the place of what it asks for gets the first wave as well', async () => {
  const client = await startClient(server, {
    capabilities: { textDocument: { diagnostic: {} } },
    initializationOptions: { oneCollection: true },
  });
  await client.open(uri, `${long}nonsense: 1\n`);
  const answer = client.connection.sendRequest<{ items: readonly unknown[] }>('textDocument/diagnostic', {
    textDocument: { uri },
  });
  const first = await client.publication(({ version }) => version === 1);
  assert.equal(first.diagnostics.length, 1);
  const { items } = await Promise.race([
    answer,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error('no answer')), patience).unref()),
  ]);
  assert.ok(items.length > 100);
  assert.equal(client.published.length, 1);
  assert.equal(await client.quit(), 0);
});

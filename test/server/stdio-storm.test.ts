// The built language server when far too much is sent: hundreds of edits, questions, taken-back questions and nonsense
// in any order. It stays alive, and what it says in the end is what a fresh one says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import { damage, damagedBy, examples } from '../support/damaged-text.ts';
import { type Client, startClient } from '../support/lsp-client.ts';

const server = ['dist/server.js', '--stdio'];

/** Questions about a place or a document, and some that nobody offers. */
const questions = [
  'completion',
  'hover',
  'definition',
  'references',
  'documentHighlight',
  'documentSymbol',
  'codeLens',
  'foldingRange',
  'documentLink',
  'semanticTokens/full',
  'formatting',
  'prepareRename',
  'diagnostic',
  'typeHierarchy',
];
/** Parameters that no client should send. */
const nonsense = [
  null,
  [],
  {},
  { textDocument: null },
  { textDocument: { uri: 7 } },
  { textDocument: { uri: 'x:' }, position: -1 },
];

const message = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('edit' as const), document: fc.nat(3), change: damage }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      document: fc.nat(4),
      question: fc.constantFrom(...questions),
      line: fc.nat(200),
      isTakenBack: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('nonsense' as const),
      question: fc.constantFrom(...questions),
      params: fc.constantFrom(...nonsense),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen' as const), document: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stray' as const), document: fc.nat(9) }) },
);

const uriOf = (document: number) => `file:///storm/${document}.aiwf.yaml`;
const newest = { capabilities: {} };

test('a storm of messages leaves the server as a fresh one is', async () => {
  const client = await startClient(server, newest);
  const texts = examples.slice(0, 4);
  const versions = texts.map(() => 1);
  for (const [i, text] of texts.entries()) await client.open(uriOf(i), text);
  const answers: Promise<unknown>[] = [];
  for (const sent of fc.sample(message, { seed: 7, numRuns: 600 })) {
    if (sent.kind === 'edit') {
      const text = damagedBy(texts[sent.document] ?? '', sent.change);
      texts[sent.document] = text;
      versions[sent.document] = (versions[sent.document] ?? 0) + 1;
      await client.change(uriOf(sent.document), text, versions[sent.document] ?? 0);
    } else if (sent.kind === 'ask') {
      const source = new CancellationTokenSource();
      const { document, question, line } = sent;
      const params = {
        textDocument: { uri: uriOf(document) },
        position: { line, character: 5 },
        options: { tabSize: 2, insertSpaces: true },
        context: { includeDeclaration: true },
      };
      answers.push(settled(client.connection.sendRequest(`textDocument/${question}`, params, source.token)));
      if (sent.isTakenBack) source.cancel();
    } else if (sent.kind === 'nonsense') {
      answers.push(settled(client.connection.sendRequest(`textDocument/${sent.question}`, sent.params)));
    } else if (sent.kind === 'reopen') {
      const uri = uriOf(sent.document);
      await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
      versions[sent.document] = 1;
      await client.open(uri, texts[sent.document] ?? '');
    } else {
      // About documents that were never opened, with versions that never were.
      await client.change(uriOf(50 + sent.document), 'aiwf: 1\n', -3);
      await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf(80) } });
      await client.connection.sendNotification('$/cancelRequest', { id: 123_456 });
    }
  }
  await Promise.all(answers);
  const fresh = await startClient(server, newest);
  for (const [i, text] of texts.entries()) {
    await fresh.open(uriOf(i), text, versions[i] ?? 1);
    assert.deepEqual(await last(client, i, versions[i]), await last(fresh, i, versions[i]), uriOf(i));
  }
  assert.equal(await client.quit(), 0);
  assert.equal(await fresh.quit(), 0);
});

test('a hundred edits behind each other are answered by what the last one is', async () => {
  const client = await startClient(server, newest);
  const [text = ''] = examples;
  await client.open(uriOf(0), text);
  for (let version = 2; version <= 101; version++)
    await client.change(uriOf(0), `${text}# ${version}\nx${version}: 1\n`, version);
  const { diagnostics } = await client.publication(({ version }) => version === 101);
  assert.ok(diagnostics.some(({ message }) => message.includes('x101')));
  const shown = client.published.filter(({ uri }) => uri === uriOf(0)).length;
  assert.ok(shown < 50, `${shown} of 101 versions were checked`);
  assert.equal(await client.quit(), 0);
});

test('a server that is killed and started again says the same', async () => {
  const [text = ''] = examples;
  const first = await startClient(server, newest);
  await first.open(uriOf(0), text);
  const before = await last(first, 0, 1);
  first.kill();
  const second = await startClient(server, newest);
  await second.open(uriOf(0), text);
  assert.deepEqual(await last(second, 0, 1), before);
  assert.equal(await second.quit(), 0);
});

/** Refused or taken back is an answer as well. */
function settled(answer: Promise<unknown>): Promise<unknown> {
  return answer.catch(() => undefined);
}

async function last(client: Client, document: number, version: number | undefined) {
  const fits = (each: { uri: string; version?: number }) => each.uri === uriOf(document) && each.version === version;
  await client.publication(fits);
  // A version may be published again with more to it.
  await settled(
    client.connection.sendRequest('textDocument/documentSymbol', { textDocument: { uri: uriOf(document) } }),
  );
  await new Promise((resolve) => setTimeout(resolve, 500));
  return client.published.findLast(fits)?.diagnostics;
}

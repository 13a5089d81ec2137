// Formatting, folding, selection, linked editing and semantic tokens by protocol, over a connection in memory.
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { createConnection } from 'vscode-languageserver/node';
import { startServer } from '../../src/server/connection.ts';

const uri = 'file:///work/a.aiwf.yaml';
const text = `aiwf:   1
actors:
  clerk: { kind: human } # größer 😀
  bot: { kind: agent, sponsor: clerk }
steps:
  a: &x
    task: A
    by: clerk
  b: *x
`;

async function withServer(
  general: object,
  run: (
    ask: (method: string, params?: object) => Promise<unknown>,
    capabilities: Record<string, unknown>,
  ) => Promise<void>,
): Promise<void> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), {
    read: () => undefined,
    workflowFiles: () => [],
    rulePage: () => undefined,
    reads: () => true,
  });
  const client = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  client.listen();
  const { capabilities } = await client.sendRequest<{ capabilities: Record<string, unknown> }>('initialize', {
    processId: null,
    rootUri: null,
    capabilities: { general },
  });
  await client.sendNotification('initialized', {});
  await client.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'aiwf', version: 1, text },
  });
  const ask = (method: string, params: object = {}) =>
    method.startsWith('did')
      ? client.sendNotification(`textDocument/${method}`, params)
      : client.sendRequest(`textDocument/${method}`, { textDocument: { uri }, ...params });
  await run(ask, capabilities);
  client.dispose();
}

test('every request is offered and answered', () =>
  withServer({}, async (ask, offered) => {
    assert.ok(offered.documentFormattingProvider && offered.documentRangeFormattingProvider);
    assert.ok(offered.foldingRangeProvider && offered.selectionRangeProvider && offered.linkedEditingRangeProvider);
    assert.deepEqual(offered.documentOnTypeFormattingProvider, {
      firstTriggerCharacter: '\n',
      moreTriggerCharacter: [':'],
    });
    const options = { tabSize: 2, insertSpaces: true };
    const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
    const removed = { range: { start: { line: 0, character: 6 }, end: { line: 0, character: 8 } }, newText: '' };
    assert.deepEqual(await ask('formatting', { options }), [removed]);
    assert.deepEqual(await ask('rangeFormatting', { options, range }), [removed]);
    assert.deepEqual(await ask('onTypeFormatting', { options, position: { line: 2, character: 0 }, ch: '\n' }), []);
    assert.deepEqual(await ask('foldingRange'), [
      { startLine: 1, endLine: 3 },
      { startLine: 4, endLine: 8 },
      { startLine: 5, endLine: 7 },
    ]);
    const [selection] = (await ask('selectionRange', { positions: [{ line: 6, character: 5 }] })) as [
      { range: object },
    ];
    assert.deepEqual(selection.range, { start: { line: 6, character: 4 }, end: { line: 6, character: 8 } });
    const linked = (await ask('linkedEditingRange', { position: { line: 5, character: 6 } })) as { ranges: object[] };
    assert.equal(linked.ranges.length, 2);
  }));

interface Tokens {
  readonly resultId: string;
  readonly data: readonly number[];
  readonly edits?: readonly {
    readonly start: number;
    readonly deleteCount: number;
    readonly data?: readonly number[];
  }[];
}

test('semantic tokens: what has changed since the last answer makes the next one of it', () =>
  withServer({}, async (ask) => {
    const first = (await ask('semanticTokens/full')) as Tokens;
    const change = {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: text.replace('by: clerk', 'by: [bot, clerk]') }],
    };
    await ask('didChange', change);
    const delta = (await ask('semanticTokens/full/delta', { previousResultId: first.resultId })) as Tokens;
    const patched = [...first.data];
    for (const { start, deleteCount, data } of (delta.edits ?? []).toReversed())
      patched.splice(start, deleteCount, ...(data ?? []));
    const second = (await ask('semanticTokens/full')) as Tokens;
    assert.ok(delta.edits && second.data.length === first.data.length + 5);
    assert.deepEqual(patched, second.data);
    // Who has missed an answer gets all tokens.
    const whole = (await ask('semanticTokens/full/delta', { previousResultId: 'of long ago' })) as Tokens;
    assert.deepEqual(whole.data, second.data);
    const same = (await ask('semanticTokens/full/delta', { previousResultId: whole.resultId })) as Tokens;
    assert.deepEqual(same.edits, []);
    const range = { start: { line: 4, character: 0 }, end: { line: 9, character: 0 } };
    const part = (await ask('semanticTokens/range', { range })) as Tokens;
    assert.equal(part.data[0], 5);
    assert.ok(part.data.length < second.data.length);
  }));

test('a client that counts in UTF-8 is offered no differences', () =>
  withServer({ positionEncodings: ['utf-8'] }, async (ask, offered) => {
    assert.equal((offered.semanticTokensProvider as { full: unknown }).full, true);
    const { data } = (await ask('semanticTokens/full')) as Tokens;
    assert.ok(data.length > 10);
  }));

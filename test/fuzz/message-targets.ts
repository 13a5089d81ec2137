// Fuzz target of the language server: messages that no client should send, between ones that any does. Each request is
// answered once, and after all of it a document is answered as by a server that saw none of it.
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import type { Message } from 'vscode-jsonrpc';
import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { startServer } from '../../src/server/connection.ts';
import { createLanguageService } from '../../src/service/language-service.ts';
import { damage, damagedBy, examples } from '../support/damaged-text.ts';
import { configurationText, each, type Target } from './drawn.ts';

const requests = [
  ...[
    'completion',
    'hover',
    'definition',
    'references',
    'documentHighlight',
    'documentSymbol',
    'codeAction',
    'codeLens',
  ],
  ...['documentLink', 'formatting', 'rangeFormatting', 'onTypeFormatting', 'rename', 'prepareRename', 'foldingRange'],
  ...['selectionRange', 'linkedEditingRange', 'inlayHint', 'diagnostic', 'prepareCallHierarchy', 'typeHierarchy'],
  ...['semanticTokens/full', 'semanticTokens/full/delta', 'semanticTokens/range'],
].map((name) => `textDocument/${name}`);
const others = [
  ...['completionItem/resolve', 'codeAction/resolve', 'codeLens/resolve', 'callHierarchy/incomingCalls'],
  ...['callHierarchy/outgoingCalls', 'workspace/symbol', 'workspace/diagnostic', 'workspace/willRenameFiles'],
  ...['workspace/executeCommand', 'initialize', 'aiwf/nothing'],
  ...['diagram', 'editDiagram', 'mermaid', 'rules', 'explain', 'check', 'configuration', 'governance', 'coverage'].map(
    (name) => `aiwf/${name}`,
  ),
  ...['readFiles', 'findWorkflows', 'authorTool', 'testRules', 'sections', 'place'].map((name) => `aiwf/${name}`),
];
const notifications = [
  ...['didOpen', 'didChange', 'didClose', 'didSave'].map((name) => `textDocument/${name}`),
  ...['didChangeConfiguration', 'didChangeWatchedFiles', 'didChangeWorkspaceFolders'].map(
    (name) => `workspace/${name}`,
  ),
  ...['$/cancelRequest', '$/setTrace', 'initialized', 'window/workDoneProgress/cancel', 'aiwf/trust'],
];

const uris = ['file:///work/a.aiwf.yaml', 'file:///work/aiwf.config.yaml', 'untitled:x', 'file://[', '', '%', 'x:%zz'];
const uri = fc.constantFrom(...uris);
const number = fc.oneof(fc.nat(60), fc.constantFrom(-1, 2 ** 31, 1e300, 0.5));
const position = fc.record({ line: number, character: number });
const range = fc.record({ start: position, end: position });
const params = fc.oneof(
  { weight: 1, arbitrary: fc.jsonValue() },
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        fc.record({
          uri,
          textDocument: fc.record({ uri, version: number, languageId: fc.constant('aiwf'), text: configurationText }),
          position,
          range,
          item: fc.record({ uri, name: fc.string(), kind: number, range, selectionRange: range, data: fc.jsonValue() }),
          positions: fc.array(position, { maxLength: 3 }),
          contentChanges: fc.array(fc.record({ range, text: fc.string() }, { requiredKeys: ['text'] }), {
            maxLength: 3,
          }),
          context: fc.record({ diagnostics: fc.array(fc.record({ range, data: fc.jsonValue() }), { maxLength: 2 }) }),
          options: fc.constantFrom({ tabSize: 2, insertSpaces: true }, {}),
          query: fc.string(),
          newName: fc.string(),
          ch: fc.constantFrom('\n', ':', ''),
          command: fc.constantFrom('aiwf.server.checkWorkspace', 'none'),
          files: fc.array(fc.record({ oldUri: uri, newUri: uri }), { maxLength: 2 }),
          changes: fc.array(fc.record({ uri, type: fc.nat(4) }), { maxLength: 2 }),
          previousResultIds: fc.array(fc.record({ uri, value: fc.string() }), { maxLength: 2 }),
          previousResultId: fc.string(),
          settings: fc.jsonValue(),
          event: fc.record({ added: fc.array(fc.record({ uri })), removed: fc.array(fc.record({ uri })) }),
          data: fc.jsonValue(),
          rule: fc.constantFrom('flow/unbounded-loop', '../x', '__proto__'),
          tool: fc.constantFrom('check', 'constructor'),
          input: fc.jsonValue(),
          version: number,
          change: fc.record({ kind: fc.constantFrom('rename', 'insert', 'x'), node: fc.string(), title: fc.string() }),
          view: fc.constantFrom('flow', 'change', 'constructor'),
          base: fc.record({ name: fc.string(), text: configurationText }),
        }),
        fc.option(fc.tuple(fc.nat(), fc.jsonValue())),
      )
      // Now and then one of them is something else.
      .map(([whole, strange]) => {
        const names = Object.keys(whole);
        return strange ? { ...whole, [names[strange[0] % names.length] ?? 'uri']: strange[1] } : whole;
      }),
  },
);
const message = fc.oneof(
  { weight: 6, arbitrary: fc.record({ method: fc.constantFrom(...requests), params, asks: fc.constant(true) }) },
  { weight: 3, arbitrary: fc.record({ method: fc.constantFrom(...others), params, asks: fc.constant(true) }) },
  { weight: 3, arbitrary: fc.record({ method: fc.constantFrom(...notifications), params, asks: fc.constant(false) }) },
);

export const messageTargets: Readonly<Record<string, Target>> = {
  messages: each(
    fc.tuple(fc.constantFrom(...examples), fc.array(message, { maxLength: 12 }), damage, fc.boolean()),
    async ([example, sent, change, isUtf8]) => {
      const text = damagedBy(example, change);
      const server = serve();
      await server.ask('initialize', {
        processId: null,
        rootUri: null,
        capabilities: {
          textDocument: { diagnostic: {} },
          general: { positionEncodings: [isUtf8 ? 'utf-8' : 'utf-16'] },
        },
      });
      server.tell('initialized', {});
      for (const document of uris.slice(0, 3)) server.tell('textDocument/didOpen', opened(document, text));
      const answers = sent.flatMap(({ method, params: given, asks }) => {
        if (asks) return [server.ask(method, given)];
        server.tell(method, given);
        return [];
      });
      await Promise.all(answers);
      server.tell('textDocument/didOpen', opened(probe, example));
      const { result } = await server.ask('textDocument/foldingRange', { textDocument: { uri: probe } });
      const fresh = createLanguageService({ read: () => undefined });
      fresh.open(probe, 1, example);
      assert.deepEqual(result, JSON.parse(JSON.stringify(fresh.foldingRanges(probe))));
    },
  ),
};

/** Milliseconds that an answer may take, however busy the machine is. */
const patience = 15_000;
const probe = 'file:///work/probe.aiwf.yaml';

function opened(document: string, text: string) {
  return { textDocument: { uri: document, languageId: 'aiwf', version: 1, text } };
}

interface Answer {
  readonly id?: unknown;
  readonly result?: unknown;
}

/** A server in this process, spoken to in the messages of the wire. It is left to itself, with what it may still say. */
function serve() {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(input),
    new StreamMessageWriter(output),
  );
  startServer(connection, {
    reads: () => true,
    read: () => undefined,
    workflowFiles: () => [],
    rulePage: () => undefined,
  });
  const writer = new StreamMessageWriter(input);
  const waiting = new Map<unknown, (answer: Answer) => void>();
  new StreamMessageReader(output).listen((received) => {
    const { id, method } = received as Answer & { method?: unknown };
    if (method !== undefined) {
      // What the server asks of us we cannot do.
      if (id !== undefined) send({ id, error: { code: -32601, message: 'no' } });
      return;
    }
    assert.ok(waiting.has(id), `answered twice or unasked: ${JSON.stringify(received)}`);
    waiting.get(id)?.(received as Answer);
    waiting.delete(id);
  });
  const send = (content: object) => void writer.write({ jsonrpc: '2.0', ...content } as Message);
  let newest = 0;
  return {
    ask: (method: string, params: unknown) =>
      new Promise<Answer>((resolve, reject) => {
        const id = ++newest;
        const late = setTimeout(() => reject(new Error(`no answer to ${method}`)), patience);
        waiting.set(id, (answer) => {
          clearTimeout(late);
          resolve(answer);
        });
        send({ id, method, params });
      }),
    tell: (method: string, params: unknown) => send({ method, params }),
  };
}

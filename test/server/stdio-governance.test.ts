// The rows of all workflows over stdio: those of files that nobody opened, what is told when one changes, and that a
// question can be taken back.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import type { GovernanceChangedParams, GovernanceParams, GovernanceResult } from '../../src/protocol.ts';
import { type Client, startClient } from '../support/lsp-client.ts';

const workflow = (id: string, more = '') => `aiwf: 1
workflow: ${id}
use: [./people.aiwf.yaml]
accountable: lead
start: { on: manual, from: lead, next: draft }
steps:
  draft: { task: Draft, by: bot, next: done }
  done: { end: Done }
${more}`;
const people =
  'aiwf: 1\nlibrary: people\nactors:\n  lead: { kind: human, holders: 2 }\n  bot: { kind: agent, sponsor: lead }\n';

let folder: string;
let client: Client;
const changes: GovernanceChangedParams[] = [];
const waiting: (() => void)[] = [];
const uriOf = (name: string) => pathToFileURL(join(folder, `${name}.aiwf.yaml`)).href;
const write = (name: string, text: string) => writeFileSync(join(folder, `${name}.aiwf.yaml`), text);
const ask = (params: GovernanceParams) => client.connection.sendRequest<GovernanceResult>('aiwf/governance', params);
const watched = (name: string, type: number) =>
  client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(name), type }] });

/** The next word of the server that something is out of date, after `act`. */
async function told(act: () => Promise<void>): Promise<GovernanceChangedParams> {
  const count = changes.length;
  await act();
  while (changes.length === count) await new Promise<void>((resolve) => waiting.push(resolve));
  return changes.at(-1) ?? {};
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aiwf governance '));
  write('people', people);
  for (const name of ['a', 'b']) write(name, workflow(name));
  client = await startClient(['dist/server.js', '--stdio'], {
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'work' }],
    capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
  });
  client.connection.onNotification('aiwf/governanceChanged', (params: GovernanceChangedParams) => {
    changes.push(params);
    for (const resolve of waiting.splice(0)) resolve();
  });
});
after(async () => {
  await client.quit();
  rmSync(folder, { recursive: true, force: true });
});

const names = ({ files }: GovernanceResult) => files.map(({ uri }) => /([^/]*)\.aiwf/.exec(uri)?.[1]);

test('nothing is checked before somebody asks for a file, and then that file alone', async () => {
  const first = await ask({});
  assert.deepEqual([first.files, first.unchecked], [[], ['a', 'b', 'people'].map(uriOf)]);
  const second = await ask({ uris: [uriOf('a')] });
  assert.deepEqual([names(second), second.unchecked], [['a'], ['b', 'people'].map(uriOf)]);
  const [file] = second.files;
  assert.ok(file && file.findings.length > 0);
  for (const { rule } of file.findings) assert.ok(Object.hasOwn(second.rules, rule), rule);
  assert.deepEqual(names(await ask({})), ['a'], 'what is known is told again');
  await ask({ uris: ['b', 'people'].map(uriOf) });
  const all = await ask({});
  assert.deepEqual([names(all), all.unchecked], [['a', 'b', 'people'], []]);
});

test('a file that cannot be read has no rows', async () => {
  assert.deepEqual((await ask({ uris: [uriOf('gone')] })).files, []);
});

test('an edit makes the rows of that file out of date, and those of no other', async () => {
  const changed = await told(() => client.open(uriOf('a'), workflow('a', 'oops: 1\n')));
  assert.deepEqual(changed, { uris: [uriOf('a')] });
  const left = await ask({});
  assert.deepEqual([names(left), left.unchecked], [['b', 'people'], [uriOf('a')]]);
  const [file] = (await ask({ uris: [uriOf('a')] })).files;
  assert.ok(file?.findings.some(({ rule }) => rule === 'language/unknown-key'));
});

test('a file that others use makes theirs out of date as well, on disk and when it is gone', async () => {
  write('people', people.replace(', sponsor: lead', ''));
  assert.deepEqual(await told(() => watched('people', 2)), { uris: ['a', 'b', 'people'].map(uriOf) });
  await ask({ uris: ['a', 'b', 'people'].map(uriOf) });
  rmSync(join(folder, 'people.aiwf.yaml'));
  assert.deepEqual(await told(() => watched('people', 3)), { uris: ['a', 'b', 'people'].map(uriOf) });
  const found = await ask({ uris: ['a', 'b', 'people'].map(uriOf) });
  assert.deepEqual(names(found), ['a', 'b']);
});

test('a new file is told of, and the others stay as they are', async () => {
  write('c', workflow('c'));
  assert.deepEqual(await told(() => watched('c', 1)), { uris: [uriOf('c')] });
  const found = await ask({});
  assert.deepEqual([names(found), found.unchecked], [['a', 'b'], [uriOf('c')]]);
});

test('checking a file for its diagnostics keeps its rows', async () => {
  const changed = await told(async () => void (await client.connection.sendRequest('aiwf/check', { uri: uriOf('c') })));
  assert.deepEqual(changed, { uris: [uriOf('c')] });
  assert.deepEqual(names(await ask({})), ['a', 'b', 'c']);
});

test('a question that is taken back ends, and what was found until then is kept', async () => {
  for (let at = 0; at < 30; at++) write(`more-${at}`, workflow(`more-${at}`));
  await told(() =>
    client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: Array.from({ length: 30 }, (_, at) => ({ uri: uriOf(`more-${at}`), type: 1 })),
    }),
  );
  const source = new CancellationTokenSource();
  const uris = Array.from({ length: 30 }, (_, at) => uriOf(`more-${at}`));
  const answer = client.connection.sendRequest('aiwf/governance', { uris }, source.token);
  setTimeout(() => source.cancel(), 20);
  await assert.rejects(answer, /cancelled/i);
  const { files, unchecked } = await ask({});
  assert.equal(files.length + unchecked.length, 33);
  assert.ok(unchecked.length > 0);
});

test('files that the client alone can read are asked for once, and their rows are kept', async () => {
  const home = 'vscode-vfs://github/acme/flows';
  const contents = new Map([
    ...['a', 'b', 'c'].map((name) => [`${home}/${name}.aiwf.yaml`, workflow(name)] as const),
    [`${home}/people.aiwf.yaml`, people],
  ]);
  const asked: string[] = [];
  const words: GovernanceChangedParams[] = [];
  const other = await startClient(['dist/server.js', '--stdio'], {
    workspaceFolders: [{ uri: home, name: 'flows' }],
    capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
    initializationOptions: { readsFiles: true },
  });
  const { connection } = other;
  connection.onNotification('aiwf/governanceChanged', (params: GovernanceChangedParams) => void words.push(params));
  connection.onRequest('aiwf/readFiles', ({ uris }: { uris: string[] }) => {
    asked.push(...uris);
    return { texts: uris.map((uri) => contents.get(uri) ?? null) };
  });
  connection.onRequest('aiwf/findWorkflows', () => ({ uris: [...contents.keys()] }));
  const { unchecked } = await connection.sendRequest<GovernanceResult>('aiwf/governance', {});
  assert.deepEqual(unchecked, [...contents.keys()]);
  for (const uri of unchecked) {
    const { files } = await connection.sendRequest<GovernanceResult>('aiwf/governance', { uris: [uri] });
    assert.deepEqual(
      files.map((file) => file.uri),
      [uri],
    );
  }
  const all = await connection.sendRequest<GovernanceResult>('aiwf/governance', {});
  assert.deepEqual([names(all), all.unchecked], [['a', 'b', 'c', 'people'], []]);
  assert.ok(all.files.every(({ findings }) => findings.every(({ rule }) => rule !== 'language/import')));
  assert.equal(new Set(asked).size, asked.length, asked.join());
  assert.deepEqual(words, [], 'nothing is out of date by being read');
  await other.quit();
});

test('coverage is about the files that are known, and says how many are not', async () => {
  type Covered = { files: number; unchecked: number; rules: { rule: string; state: string }[] };
  const coverage = async () => client.connection.sendRequest<Covered>('aiwf/coverage', {});
  const before = await coverage();
  assert.ok(before.unchecked > 0);
  const { unchecked } = await ask({});
  await ask({ uris: unchecked });
  const after = await coverage();
  assert.deepEqual([after.unchecked, after.files], [0, before.files + before.unchecked]);
  const stateOf = (id: string) => after.rules.find(({ rule }) => rule === id)?.state;
  assert.equal(stateOf('structure/participation-mode'), 'unknown', 'the library that says who is an AI is gone');
  assert.equal(stateOf('data/purpose-mismatch'), 'not-checked');
});

test('a configuration is checked for its diagnostics, and has no rows', async () => {
  const uri = pathToFileURL(join(folder, 'aiwf.config.yaml')).href;
  writeFileSync(join(folder, 'aiwf.config.yaml'), 'profil: strict\n');
  await told(async () => {
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 1 }] });
  });
  const counts = await client.connection.sendRequest<{ errors: number } | null>('aiwf/check', { uri });
  assert.ok(counts && counts.errors > 0);
  assert.deepEqual((await ask({ uris: [uri] })).files, []);
});

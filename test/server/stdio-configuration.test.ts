// aiwf.config.yaml over stdio: its mistakes are told, its edits count at once for the workflows around, and it wins over
// what the editor is set to, so that the command line finds the same.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type Client, type Published, startClient } from '../support/lsp-client.ts';

const server = ['dist/server.js', '--stdio'];

const workflow = `aiwf: 1
workflow: w
title: A workflow
accountable: clerk
actors:
  clerk: { kind: human, holders: 1 }
start: { on: manual, next: draft }
steps:
  draft: { task: Draft, by: clerk, next: check }
  check: { approval: Check, by: clerk, on: { approve: done, modify: done, reject: draft } }
  done: { end: Done }
`;

let folder: string;
const pathOf = (name: string) => join(folder, name);
const uriOf = (name: string) => pathToFileURL(pathOf(name)).href;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'aiwf configuration '));
  mkdirSync(pathOf('with'));
  mkdirSync(pathOf('without'));
  writeFileSync(pathOf('with/aiwf.config.yaml'), 'profile: recommended\n');
  for (const name of ['with/w.aiwf.yaml', 'without/w.aiwf.yaml']) writeFileSync(pathOf(name), workflow);
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** Ends with the test, also with one that fails. */
async function started(context: TestContext, initialize: object): Promise<Client> {
  const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: 'work' }];
  const client = await startClient(server, { workspaceFolders, ...initialize });
  context.after(async () => assert.equal(await client.quit(), 0));
  return client;
}

const codes = ({ diagnostics }: Published) => diagnostics.map(({ code }) => code).sort();

interface Counting {
  readonly configuration: string | null;
  readonly profile: readonly string[];
  readonly ignored: readonly string[];
}
const countingOf = (client: Client, uri: string) =>
  client.connection.sendRequest<Counting | null>('aiwf/configuration', { uri });

/** Rules that the command line finds broken. */
function byCommandLine(name: string): readonly string[] {
  const { stdout } = spawnSync(process.execPath, ['dist/cli.js', 'check', '--format', 'json', pathOf(name)], {
    encoding: 'utf8',
  });
  const { findings } = JSON.parse(stdout) as { findings: readonly { rule: string }[] };
  return findings.map(({ rule }) => rule).sort();
}

test('mistakes are told, and what is edited counts for the workflows before it is saved', async (context) => {
  const client = await started(context, {});
  const [uri, configuration] = [uriOf('with/w.aiwf.yaml'), uriOf('with/aiwf.config.yaml')];
  await client.open(uri, workflow);
  const first = await client.publication((each) => each.uri === uri);
  assert.ok(codes(first).includes('flow/unbounded-loop'));
  await client.open(configuration, 'profile: [recommendet]\nrules: { flow/unbounded-loop: off }\n');
  const mistakes = await client.publication((each) => each.uri === configuration);
  assert.deepEqual(
    mistakes.diagnostics.map(({ message }) => message),
    ["There is no profile 'recommendet'. Did you mean 'recommended'?"],
  );
  await client.publication((each) => each.uri === uri && !codes(each).includes('flow/unbounded-loop'));
  const before = client.published.length;
  await client.change(configuration, 'profile: [recommended]\n', 2);
  const again = await client.publication(
    (each) => each.uri === uri && client.published.indexOf(each) >= before && codes(each).length > 0,
  );
  assert.deepEqual(codes(again), codes(first));
  await client.publication((each) => each.uri === configuration && each.version === 2 && codes(each).length === 0);
  assert.deepEqual(client.errors, []);
});

test('a configuration that was deleted counts no more, though the editor keeps its document', async (context) => {
  const client = await started(context, {});
  const [configuration, uri] = [uriOf('without/aiwf.config.yaml'), uriOf('without/w.aiwf.yaml')];
  await client.open(uri, workflow);
  const alone = await client.publication((each) => each.uri === uri);
  writeFileSync(pathOf('without/aiwf.config.yaml'), 'profile: strict\n');
  await client.open(configuration, 'profile: strict\n');
  const strict = await client.publication((each) => each.uri === uri && codes(each).length > codes(alone).length);
  rmSync(pathOf('without/aiwf.config.yaml'));
  const changes = [{ uri: configuration, type: 3 }];
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  const after = client.published.length;
  const again = await client.publication(
    (each) => each.uri === uri && client.published.indexOf(each) >= after && codes(each).length < codes(strict).length,
  );
  assert.deepEqual(codes(again), codes(alone));
  assert.deepEqual(client.errors, []);
});

test('presets of the settings count where there is no configuration; a configuration wins', async (context) => {
  const client = await started(context, {
    initializationOptions: { settings: { profile: ['strict', 'nonsense'] } },
  });
  const [ruled, free] = [uriOf('with/w.aiwf.yaml'), uriOf('without/w.aiwf.yaml')];
  await client.open(ruled, workflow);
  await client.open(free, workflow);
  const withConfiguration = await client.publication((each) => each.uri === ruled);
  const without = await client.publication((each) => each.uri === free);
  assert.ok(without.diagnostics.length > withConfiguration.diagnostics.length);
  assert.deepEqual(codes(withConfiguration), byCommandLine('with/w.aiwf.yaml'), 'as on the command line');
  assert.deepEqual(await countingOf(client, ruled), {
    configuration: uriOf('with/aiwf.config.yaml'),
    profile: ['recommended'],
    ignored: ['strict'],
  });
  assert.deepEqual(await countingOf(client, free), { configuration: null, profile: ['strict'], ignored: [] });
  assert.equal(await countingOf(client, uriOf('with/closed.aiwf.yaml')), null);

  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { aiwf: { profile: [] } } });
  await client.publication((each) => each.uri === free && each.diagnostics.length < without.diagnostics.length);
  assert.deepEqual((await countingOf(client, free))?.profile, ['recommended']);
  assert.deepEqual(client.errors, []);
});

test('the workspace is checked with its configurations', async (context) => {
  writeFileSync(pathOf('with/aiwf.config.yaml'), 'profil: recommended\n');
  const client = await started(context, { capabilities: { textDocument: { diagnostic: {} } } });
  const { items } = await client.connection.sendRequest<{ items: readonly { uri: string; items: object[] }[] }>(
    'workspace/diagnostic',
    { previousResultIds: [] },
  );
  const found = items.find(({ uri }) => uri === uriOf('with/aiwf.config.yaml'));
  assert.equal(found?.items.length, 1);
});

test('a mistake in a configuration that is not open is shown with a workflow that it counts for, until it is mended', async (context) => {
  const configuration = uriOf('with/aiwf.config.yaml');
  writeFileSync(pathOf('with/aiwf.config.yaml'), 'profil: recommended\n');
  const client = await started(context, {});
  await client.open(uriOf('with/w.aiwf.yaml'), workflow);
  const shown = await client.publication((each) => each.uri === configuration);
  assert.deepEqual(codes(shown), ['language/unknown-key']);
  writeFileSync(pathOf('with/aiwf.config.yaml'), 'profile: recommended\n');
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: configuration, type: 2 }],
  });
  await client.publication((each) => each.uri === configuration && each.diagnostics.length === 0);
});

// Rules that a project brings, over stdio: not run before the user trusts the workspace, then at once; their examples run.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { RuleTestFile } from '../../src/protocol/rule-tests.ts';
import { type Published, startClient } from '../support/lsp-client.ts';

const server = ['dist/server.js', '--stdio'];

const workflow = `aiwf: 1
workflow: w
start: { next: one }
steps:
  one: { task: Bad, next: done }
  done: { end: Done }
`;

const rule = (id: string) => `  - id: ${id}
    message: Bad
    for: steps
    require: step.title != "Bad"
    fail: |
${workflow.replace(/^/gm, '      ')}
`;

let folder: string;
const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'aiwf rules '));
  mkdirSync(join(folder, 'rules'));
  writeFileSync(join(folder, 'w.aiwf.yaml'), workflow);
  writeFileSync(
    join(folder, 'aiwf.config.yaml'),
    `packs: ./rules/acme.aiwf.rules.yaml\ncustom-rules:\n${rule('acme/own')}`,
  );
  writeFileSync(join(folder, 'rules/acme.aiwf.rules.yaml'), `pack: acme\ncustom-rules:\n${rule('acme/packed')}`);
});
after(() => rmSync(folder, { recursive: true, force: true }));

const ours = ({ diagnostics }: Published) =>
  diagnostics.map(({ code }) => String(code)).filter((code) => code.startsWith('acme/'));

test('rules wait for the trust of the user, and their examples with them', async (context) => {
  const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: 'work' }];
  const client = await startClient(server, { workspaceFolders, initializationOptions: { trusted: false } });
  context.after(async () => assert.equal(await client.quit(), 0));
  const [uri, configuration, pack] = ['w.aiwf.yaml', 'aiwf.config.yaml', 'rules/acme.aiwf.rules.yaml'].map(uriOf) as [
    string,
    string,
    string,
  ];
  const testRules = () =>
    client.connection.sendRequest<readonly RuleTestFile[]>('aiwf/testRules', { uris: [configuration, pack] });

  await client.open(uri, workflow);
  assert.deepEqual(ours(await client.publication((each) => each.uri === uri)), []);
  assert.deepEqual(await testRules(), []);

  await client.connection.sendNotification('aiwf/trusted');
  const trusted = await client.publication((each) => each.uri === uri && ours(each).length > 0);
  assert.deepEqual(ours(trusted), ['acme/own', 'acme/packed']);
  const own = trusted.diagnostics.find(({ code }) => code === 'acme/own');
  // It names no page, so there is no link.
  assert.equal(own && 'codeDescription' in own, false);

  const files = await testRules();
  assert.deepEqual(
    files.map(({ uri: file, rules }) => [file, rules.map(({ id }) => id)]),
    [
      [configuration, ['acme/own']],
      [pack, ['acme/packed']],
    ],
  );
  const [tested] = files[0]?.rules ?? [];
  assert.equal(tested?.range.start.line, 2);
  assert.deepEqual(
    tested?.examples.map(({ kind, faults }) => [kind, faults.map(({ message }) => message)]),
    [
      ['rule', ["The rule has no example in which the rule finds nothing: write one under 'pass'."]],
      ['fail', []],
    ],
  );
});

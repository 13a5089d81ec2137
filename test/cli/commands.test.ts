// `aiwf rules`, `explain`, `diagram` and `lsp` from outside.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { bundleCli, folderOf, runCli } from '../support/cli.ts';

let cli = '';
before(async () => {
  cli = await bundleCli();
});
const run = (...args: string[]) => runCli(cli, args, process.cwd());

interface Rule {
  readonly id: string;
  readonly category: string;
  readonly severity: string;
  readonly summary: string;
  readonly profiles: readonly string[];
  readonly docs: string;
}
const rules = (): readonly Rule[] => JSON.parse(run('rules', '--format', 'json').output).rules;

test('rules as text: a line each', () => {
  const { code, output } = run('rules');
  assert.equal(code, 0);
  const lines = output.trimEnd().split('\n');
  assert.deepEqual(
    lines.map((line) => line.split(/ +/)[0]),
    rules().map(({ id }) => id),
  );
});

test('rules as JSON: each with its category, presets and page', () => {
  assert.ok(rules().length > 0);
  for (const { id, category, severity, summary, profiles, docs } of rules()) {
    assert.equal(id.split('/')[0], category);
    assert.match(severity, /^(error|warning|info)$/);
    assert.match(summary, /\.$/);
    assert.ok(profiles.includes('strict'), id);
    assert.ok(docs.endsWith(`/docs/rules/${id}.md`));
  }
});

test('explain prints the page of a rule, also by its name alone', () => {
  const page = readFileSync('docs/rules/flow/unbounded-loop.md', 'utf8');
  for (const name of ['flow/unbounded-loop', 'unbounded-loop']) {
    const { code, output, errors } = run('explain', name);
    assert.deepEqual([code, output, errors], [0, page, '']);
  }
});

test('explain knows every rule and every problem of the text', () => {
  for (const id of [...rules().map((rule) => rule.id), 'language/syntax', 'language/unknown-key', 'language/import']) {
    const { code, output } = run('explain', id);
    assert.equal(code, 0, id);
    assert.ok(output.length > 200, id);
  }
});

test('explain reads no other file', () => {
  for (const name of ['../language', '../../README', '/etc/passwd', ''])
    assert.equal(run('explain', name).code, 2, name);
});

test('diagram prints mermaid', () => {
  const { code, output, errors } = run('diagram', 'examples/warranty-return.aiwf.yaml', '--format', 'mermaid');
  assert.deepEqual([code, errors], [0, '']);
  assert.match(output, /^swimlane-beta /m);
  assert.match(output, /Register the claim/);
});

test('diagram: a library and an empty file have nothing to draw, broken text is drawn as far as it goes', () => {
  const library = run('diagram', 'examples/shared/people.aiwf.yaml');
  assert.deepEqual([library.code, library.output], [2, '']);
  assert.match(library.errors, /^aiwf: [^\n]*people\.aiwf\.yaml: a library has no flow to draw\n$/);
  const folder = folderOf({
    'empty.aiwf.yaml': '',
    'broken.aiwf.yaml': 'aiwf: 1\nworkflow: w\nstart: { next: s }\nsteps:\n  s: { task: Still here }\nactors: [',
  });
  assert.match(runCli(cli, ['diagram', 'empty.aiwf.yaml'], folder).errors, /no steps to draw/);
  const broken = runCli(cli, ['diagram', 'broken.aiwf.yaml'], folder);
  assert.equal(broken.code, 0);
  assert.match(broken.output, /Still here/);
  assert.match(broken.errors, /syntax errors/);
});

test('lsp answers on stdio and ends when it is told', async () => {
  const server = spawn(process.execPath, [cli, 'lsp', '--stdio'], {
    env: { ...process.env, NODE_OPTIONS: '', NODE_TEST_CONTEXT: '' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const send = (message: object) => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  let output = '';
  server.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
    if (output.includes('"id":1') && !output.includes('"id":2')) send({ id: 2, method: 'shutdown' });
    if (output.includes('"id":2')) send({ method: 'exit' });
  });
  send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
  const code = await new Promise((resolve) => server.on('exit', resolve));
  assert.equal(code, 0);
  assert.match(output, /"id":1,"result":\{"capabilities"/);
});

// `aiwf rules`, `explain`, `diagram` and `lsp` from outside.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

const warranty = 'examples/warranty-return.aiwf.yaml';

test('diagram draws each view as a picture of its own, the same one each time', () => {
  const inView = { flow: 'Register the claim', handoffs: 'Who gives what to whom', time: 'Time on the longest way' };
  for (const [view, text] of Object.entries(inView)) {
    const { code, output, errors } = run('diagram', warranty, '--format', 'svg', '--view', view);
    assert.deepEqual([code, errors], [0, ''], view);
    assert.match(output, /^<\?xml [^\n]*\n<svg [^>]*>/);
    assert.match(output, /<\/svg>\n$/);
    assert.ok(output.includes(text), view);
    assert.equal(run('diagram', warranty, '--format', 'svg', '--view', view).output, output);
  }
});

test('diagram: direction and theme change the picture', () => {
  const svg = (...options: string[]) => run('diagram', warranty, '--format', 'svg', ...options).output;
  const sizeOf = (text: string) => /width="(\d+)" height="(\d+)"/.exec(text)?.slice(1).map(Number) ?? [];
  const backOf = (text: string) => /<rect [^>]*fill="([^"]*)"/.exec(text)?.[1];
  assert.notDeepEqual(sizeOf(svg('--direction', 'right')), sizeOf(svg()));
  assert.deepEqual(sizeOf(svg('--direction', 'down')), sizeOf(svg()));
  assert.equal(backOf(svg()), '#ffffff');
  assert.equal(backOf(svg('--theme', 'dark')), '#1f1f1f');
  assert.equal(backOf(svg('--theme', 'high-contrast')), '#000000');
});

test('diagram writes a file, but no workflow', () => {
  const text = readFileSync(warranty, 'utf8');
  const folder = folderOf({ 'flows/my flow (1).aiwf.yaml': text, 'plain.yaml': text, 'docs/here.txt': '' });
  const inFolder = (...args: string[]) => runCli(cli, ['diagram', ...args], folder);
  const source = 'flows/my flow (1).aiwf.yaml';
  const written = inFolder(source, '--format', 'svg', '--output', 'docs/flow.svg');
  assert.deepEqual(written, { code: 0, output: '', errors: '' });
  assert.equal(readFileSync(join(folder, 'docs/flow.svg'), 'utf8'), inFolder(source, '--format', 'svg').output);

  assert.equal(inFolder(source, '--format', 'markdown', '--output', 'docs/flow.md').code, 0);
  const block = readFileSync(join(folder, 'docs/flow.md'), 'utf8');
  assert.match(block, /^## .+\n\n```mermaid\n---\n/);
  assert.ok(block.includes(inFolder(source).output));
  assert.match(block, /\n```\n\n\[my flow \\\(1\\\)\.aiwf\.yaml\]\(\.\.\/flows\/my%20flow%20%281%29\.aiwf\.yaml\)\n$/);
  assert.match(inFolder(source, '--format', 'markdown').output, /\]\(flows\/my%20flow/);

  for (const output of [source, 'new.aiwf.yaml']) {
    const refused = inFolder(source, '--output', output);
    assert.deepEqual(
      [refused.code, refused.errors],
      [2, `aiwf: ${output}: a workflow is not overwritten with its picture\n`],
    );
  }
  assert.equal(inFolder('plain.yaml', '--output', './docs/../plain.yaml').code, 2);
  assert.equal(readFileSync(join(folder, source), 'utf8'), text);
  assert.equal(readFileSync(join(folder, 'plain.yaml'), 'utf8'), text);
  assert.ok(!existsSync(join(folder, 'new.aiwf.yaml')));
  const nowhere = inFolder(source, '--output', 'no/such/folder.svg');
  assert.deepEqual([nowhere.code, nowhere.errors], [2, 'aiwf: no/such/folder.svg: cannot be written\n']);
});

test('diagram: a view with nothing in it is no picture', () => {
  const folder = folderOf({
    'alone.aiwf.yaml':
      'aiwf: 1\nworkflow: w\nactors:\n  a: human\nstart: { next: s }\nsteps:\n  s: { task: Do it, by: a, next: e }\n  e: { end: Done }\n',
  });
  const { code, output, errors } = runCli(
    cli,
    ['diagram', 'alone.aiwf.yaml', '--format', 'svg', '--view', 'handoffs'],
    folder,
  );
  assert.deepEqual([code, output, errors], [2, '', 'aiwf: alone.aiwf.yaml: no handoffs to draw\n']);
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

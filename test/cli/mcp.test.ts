// `aiwf mcp` with the official client over standard input and output, and the proof that an AI gets the findings that a
// person gets: from the editor, the command line, the protocol and a language model in the editor.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ListRootsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import manifest from '../../package.json';
import { startOfDay } from '../../src/language/values.ts';
import { authorTools } from '../../src/server/author-tools.ts';
import { createLanguageService } from '../../src/service/language-service.ts';
import { bundleCli, folderOf, runCli } from '../support/cli.ts';
import { startClient } from '../support/lsp-client.ts';

const cli = await bundleCli();
const examples = resolve('examples');
const exampleFiles = readdirSync(examples, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.aiwf.yaml'))
  .sort();

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly file: string;
  readonly range: Readonly<Record<'start' | 'end', { readonly line: number; readonly column: number }>>;
  readonly fixes: readonly { readonly title: string; readonly edits: readonly object[] }[];
  readonly also: readonly string[];
}
interface Checked {
  readonly file: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}
interface Answer {
  readonly isError?: boolean;
  readonly structuredContent?: object;
  readonly content: readonly { readonly type: string; readonly text: string }[];
}

interface Connected {
  readonly client: Client;
  /** What the server wrote to the error stream. */
  readonly errors: () => string;
  ask(name: string, input?: object): Promise<Answer>;
}

/** `roots`: folders that the client says it has open. */
async function connect(cwd: string, args: readonly string[] = [], roots?: readonly string[]): Promise<Connected> {
  const client = new Client({ name: 'test', version: '1' }, { capabilities: roots ? { roots: {} } : {} });
  if (roots) {
    client.setRequestHandler(ListRootsRequestSchema, () => ({
      roots: roots.map((root) => ({ uri: pathToFileURL(root).href })),
    }));
  }
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [cli, 'mcp', ...args],
    cwd,
    env: { PATH: process.env.PATH ?? '' },
    stderr: 'pipe',
  });
  let errors = '';
  transport.stderr?.on('data', (chunk) => {
    errors += String(chunk);
  });
  await client.connect(transport);
  after(() => client.close());
  return {
    client,
    errors: () => errors,
    // Named types of the library allow results of other kinds; a tool answers with content.
    ask: async (name, input = {}) => (await client.callTool({ name, arguments: { ...input } })) as unknown as Answer,
  };
}

const text = (answer: Answer) => answer.content.map((part) => part.text).join('');
const dataOf = <T>(answer: Answer): T => {
  assert.notEqual(answer.isError, true, text(answer));
  return answer.structuredContent as T;
};

const flawed = `aiwf: 1
workflow: w
title: T
accountable: lead
actors:
  lead: { kind: human, holders: 1 }
  bot: { kind: agent, sponsor: lead }
start: { on: manual, next: work }
steps:
  work: { task: Work, by: bot, mode: ai-executed, next: nowhere }
  done: { end: Done }
`;

test('the tools say what they take and give, and that they change nothing', async () => {
  const { client } = await connect(examples);
  const { tools } = await client.listTools();
  assert.deepEqual(
    tools.map(({ name }) => name),
    ['check', 'explain_rule', 'describe_language', 'workflow_graph'],
  );
  for (const { name, title, description, inputSchema, outputSchema, annotations } of tools) {
    assert.ok(title && description, name);
    assert.equal(inputSchema.type, 'object');
    assert.equal(outputSchema?.type, 'object', name);
    assert.equal(annotations?.readOnlyHint, true);
    assert.equal(annotations?.openWorldHint, false);
  }
  assert.equal(client.getServerVersion()?.version, manifest.version);
  assert.match(client.getInstructions() ?? '', /describe_language/);
});

test('a language model in the editor is offered the same tools, with the same descriptions and inputs', async () => {
  const { client } = await connect(examples);
  const { tools } = await client.listTools();
  const contributed = manifest.contributes.languageModelTools;
  assert.deepEqual(
    contributed.map(({ name }) => name),
    tools.map(({ name }) => `aiwf_${name}`),
  );
  for (const { name, modelDescription, inputSchema } of contributed) {
    const tool = tools.find((candidate) => `aiwf_${candidate.name}` === name);
    assert.equal(modelDescription, tool?.description, name);
    const { $schema: _, ...served }: Record<string, unknown> = { ...tool?.inputSchema };
    assert.deepEqual(inputSchema, served, name);
  }
  assert.deepEqual(
    tools.map(({ name }) => name),
    Object.keys(authorTools),
  );
});

test('editor, command line, protocol and language model get identical findings on every example', async () => {
  assert.ok(exampleFiles.length >= 9);
  const reported = runCli(cli, ['check', '--format', 'json', '.'], examples);
  const all: readonly Finding[] = JSON.parse(reported.output).findings;
  assert.ok(all.length > 0);

  const { ask } = await connect(examples);
  const editor = createLanguageService({
    read: (uri) => (uri.startsWith('file:') ? contentOf(new URL(uri)) : undefined),
    today: () => startOfDay(Date.now()),
  });
  const folder = { uri: pathToFileURL(examples).href, name: 'examples' };
  const lsp = await startClient([cli, 'lsp', '--stdio'], { workspaceFolders: [folder] });
  for (const file of exampleFiles) {
    const expected = all.filter((finding) => finding.file === file);
    const uri = pathToFileURL(join(examples, file)).href;
    const source = readFileSync(join(examples, file), 'utf8');

    const byFile = dataOf<Checked>(await ask('check', { file }));
    assert.deepEqual(byFile.findings, expected, `${file} by the protocol`);
    assert.equal(byFile.file, file);
    const byText = dataOf<Checked>(await ask('check', { file, text: source }));
    assert.deepEqual(byText, byFile, `${file} as a text`);

    const asked = { tool: 'check', input: { file } };
    const model: { data: Checked; text: string } = await lsp.connection.sendRequest('aiwf/authorTool', asked);
    assert.deepEqual(model.data, byFile, `${file} by a language model`);
    assert.deepEqual(JSON.parse(model.text), model.data);

    editor.open(uri, 1, source);
    assert.deepEqual(
      editor.diagnostics(uri)?.diagnostics.map(({ code, severity, message, range }) => ({
        rule: code,
        severity: ['', 'error', 'warning', 'info'][severity ?? 0],
        message,
        start: [range.start.line + 1, range.start.character + 1],
        end: [range.end.line + 1, range.end.character + 1],
      })),
      expected.map(({ rule, severity, message, range: { start, end }, also }) => ({
        rule,
        severity,
        message: also.length > 0 ? `${message}\nAlso: ${also.join(', ')}.` : message,
        start: [start.line, start.column],
        end: [end.line, end.column],
      })),
      `${file} in the editor`,
    );
  }
  assert.equal(await lsp.quit(), 0);
});

function contentOf(url: URL): string | undefined {
  try {
    return readFileSync(url, 'utf8');
  } catch {
    return undefined;
  }
}

test('counts agree with the findings; the edits of a fix mend the text', async () => {
  const { ask } = await connect(folderOf({}));
  const fixable = flawed.replace('accountable:', 'accountabel:');
  const { findings, counts, file } = dataOf<Checked>(await ask('check', { text: fixable }));
  assert.equal(file, 'untitled.aiwf.yaml');
  const having = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  assert.deepEqual(counts, {
    errors: having('error'),
    warnings: having('warning'),
    infos: having('info'),
    violations: findings.length - (counts.unknown ?? 0),
    unknown: counts.unknown,
  });
  assert.ok((counts.errors ?? 0) > 0);
  const unknownKey = findings.find(({ rule }) => rule === 'language/unknown-key');
  assert.deepEqual(unknownKey?.fixes[0]?.edits, [
    { range: { start: { line: 4, column: 1 }, end: { line: 4, column: 12 } }, text: 'accountable' },
  ]);
});

test('the configuration of the folder counts, also its faults, as on the command line', async () => {
  const files = {
    'aiwf.config.yaml': 'profile: [strict]\nrules: { structure/unresolved-reference: warning, no/such-rule: off }\n',
    'sub/w.aiwf.yaml': flawed,
  };
  const folder = folderOf(files);
  const { ask } = await connect(folder);
  const { findings } = dataOf<Checked>(await ask('check', { file: 'sub/w.aiwf.yaml' }));
  assert.equal(findings.find(({ rule }) => rule === 'structure/unresolved-reference')?.severity, 'warning');
  assert.ok(findings.some(({ file }) => file === 'aiwf.config.yaml'));
  assert.deepEqual(findings, JSON.parse(runCli(cli, ['check', '--format', 'json', '.'], folder).output).findings);
  // A file that was changed meanwhile is read anew.
  writeFileSync(join(folder, 'aiwf.config.yaml'), 'profile: []\nrules: { structure/unresolved-reference: off }\n');
  const after = dataOf<Checked>(await ask('check', { file: 'sub/w.aiwf.yaml' }));
  assert.ok(!after.findings.some(({ rule }) => rule === 'structure/unresolved-reference'));
});

test('a text stands in the place of a file, with its imports', async () => {
  const people = 'aiwf: 1\nlibrary: people\nactors:\n  lead: { kind: human, holders: 1 }\n';
  const folder = folderOf({ 'people.aiwf.yaml': people });
  const { ask } = await connect(folder);
  const importing = flawed.replace('title: T', 'title: T\nuse: ./people.aiwf.yaml').replace(/ {2}lead: .*\n/, '');
  const inPlace = dataOf<Checked>(await ask('check', { file: 'not-there-yet.aiwf.yaml', text: importing }));
  const elsewhere = dataOf<Checked>(await ask('check', { file: 'new/w.aiwf.yaml', text: importing }));
  const imports = ({ findings }: Checked) => findings.filter(({ rule }) => rule === 'language/import').length;
  assert.deepEqual([imports(inPlace), imports(elsewhere)], [0, 1]);
});

test('no file outside the folder is read, by whatever name', async () => {
  const outside = folderOf({ 'secret.aiwf.yaml': flawed, 'people.aiwf.yaml': flawed });
  const folder = folderOf({ 'w.aiwf.yaml': flawed.replace('title: T', `title: T\nuse: ./link.aiwf.yaml`) });
  symlinkSync(join(outside, 'people.aiwf.yaml'), join(folder, 'link.aiwf.yaml'));
  symlinkSync(outside, join(folder, 'linked'));
  const { ask } = await connect(folder);
  const secret = join(outside, 'secret.aiwf.yaml');
  for (const file of [secret, pathToFileURL(secret).href, `../${outside.split('/').at(-1)}/secret.aiwf.yaml`]) {
    const answer = await ask('check', { file });
    assert.equal(answer.isError, true, file);
    assert.match(text(answer), /does not lie in a folder that may be read/);
  }
  for (const file of ['link.aiwf.yaml', 'linked/secret.aiwf.yaml'])
    assert.equal((await ask('check', { file })).isError, true, file);
  assert.match(text(await ask('check', { file: '/etc/passwd' })), /is no workflow/);
  // Its content does not come in by an import either.
  const { findings } = dataOf<Checked>(await ask('check', { file: 'w.aiwf.yaml' }));
  assert.ok(findings.some(({ rule }) => rule === 'language/import'));
  // The same file, where it is allowed.
  const allowed = await connect(folder, [folder, outside]);
  assert.notEqual((await allowed.ask('check', { file: secret })).isError, true);
});

test('folders: those of the command line, else those of the client, else the working folder', async () => {
  const [given, open, here] = [
    folderOf({ 'given.aiwf.yaml': flawed }),
    folderOf({ 'open.aiwf.yaml': flawed }),
    folderOf({ 'here.aiwf.yaml': flawed }),
  ];
  const readable = async ({ ask }: Connected) => {
    const found = [];
    for (const name of ['given', 'open', 'here'])
      if (!(await ask('check', { file: `${name}.aiwf.yaml` })).isError) found.push(name);
    return found;
  };
  assert.deepEqual(await readable(await connect(here, [given], [open])), ['given']);
  assert.deepEqual(await readable(await connect(here, [], [open])), ['open']);
  assert.deepEqual(await readable(await connect(here)), ['here']);
  const nowhere = await connect('/');
  assert.match(text(await nowhere.ask('check', { file: 'a.aiwf.yaml' })), /aiwf mcp FOLDER/);
});

test('a rule is explained by its page, and a wrong name gets a hint', async () => {
  const { ask } = await connect(examples);
  const page = readFileSync('docs/rules/flow/unbounded-loop.md', 'utf8');
  const answer = await ask('explain_rule', { rule: 'unbounded-loop' });
  assert.equal(text(answer), page);
  assert.equal(dataOf<{ rule: string }>(answer).rule, 'flow/unbounded-loop');
  assert.match(text(await ask('explain_rule', { rule: 'language/unknown-key' })), /^# /);
  const wrong = await ask('explain_rule', { rule: 'flow/unbounded-lop' });
  assert.equal(wrong.isError, true);
  assert.match(text(wrong), /Did you mean 'flow\/unbounded-loop'\?/);
});

test('the language is described as a whole or by topic', async () => {
  const { ask } = await connect(examples);
  assert.match(text(await ask('describe_language')), /## Keys of step/);
  assert.match(text(await ask('describe_language', { topic: 'covers' })), /covers, a key of step/);
  const wrong = await ask('describe_language', { topic: 'aproval' });
  assert.equal(wrong.isError, true);
  assert.match(text(wrong), /Did you mean 'approval'\?/);
});

test('the graph of a file: lanes, nodes, edges and handoffs with their contracts', async () => {
  const { ask } = await connect(examples);
  const answer = dataOf<Record<string, readonly Record<string, unknown>[]>>(
    await ask('workflow_graph', { file: 'warranty-return.aiwf.yaml' }),
  );
  const { lanes = [], nodes = [], edges = [], handoffs = [] } = answer;
  const ids = new Set(nodes.map(({ id }) => id));
  assert.ok(nodes.length > 5 && edges.length > 5 && lanes.length > 2);
  for (const { from, to } of edges) assert.ok(ids.has(from) && ids.has(to), `${from} -> ${to}`);
  for (const { lane } of nodes) assert.ok(lanes.some(({ id }) => id === lane));
  assert.ok(handoffs.some(({ betweenHumanAndAi, contract }) => betweenHumanAndAi === true && contract !== null));
  const lines = readFileSync('examples/warranty-return.aiwf.yaml', 'utf8').split('\n');
  for (const { id, kind, line } of nodes.filter(({ kind }) => kind !== 'start'))
    assert.ok(lines[Number(line) - 1]?.trim().startsWith(`${id}:`), `${kind} ${id} on line ${line}`);
  const library = await ask('workflow_graph', { text: 'aiwf: 1\nlibrary: people\n' });
  assert.equal(library.isError, true);
});

test('wrong input is an answer that says so, and the server goes on', async () => {
  const { ask, errors } = await connect(folderOf({}));
  const wrong: readonly (readonly [string, object, RegExp])[] = [
    ['check', {}, /Give a 'file', a 'text', or both/],
    ['check', { text: 5 }, /text/],
    ['check', { path: 'a' }, /path/],
    ['check', { file: 'gone.aiwf.yaml' }, /no such file/],
    ['explain_rule', {}, /rule/],
    ['no_such_tool', {}, /no_such_tool/],
  ];
  for (const [name, input, reason] of wrong) {
    const answer = await ask(name, input).catch((error: Error): Answer => {
      return { isError: true, content: [{ type: 'text', text: error.message }] };
    });
    assert.equal(answer.isError, true, name);
    assert.match(text(answer), reason);
  }
  for (const odd of ['', '\u0000', '{', 'aiwf: 1\nsteps: [', '- '.repeat(500), '&a [*a, *a]'])
    dataOf<Checked>(await ask('check', { text: odd }));
  assert.equal(errors(), '');
});

test('a folder that is none is wrong use', () => {
  const folder = folderOf({ 'file.txt': '' });
  mkdirSync(join(folder, 'there'));
  const { code, output, errors } = runCli(cli, ['mcp', 'there', 'file.txt'], folder);
  assert.deepEqual([code, output], [2, '']);
  assert.match(errors, /'file.txt' is not a folder/);
});

test('it ends when its input ends, and writes nothing unasked', () => {
  const { code, output, errors } = runCli(cli, ['mcp'], folderOf({}));
  assert.deepEqual([code, output, errors], [0, '', '']);
});

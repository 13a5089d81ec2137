// The engine behind `aiwf mcp` and the tools in VS Code: whatever it is sent, it answers with data or with a reason.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AuthorHost, authorTools, runAuthorTool } from '../../src/server/author-tools.ts';
import { createLanguageService } from '../../src/service/language-service.ts';

const folder = 'file:///work/';

function hostOf(files: Readonly<Record<string, string>> = {}): AuthorHost {
  const service = createLanguageService({ read: (uri) => files[uri.replace(folder, '')] });
  return {
    locate: (file) => ({ uri: `${folder}${file}` }),
    nameOf: (uri) => uri.replace(folder, ''),
    inspect: service.inspect,
    rulePage: () => undefined,
  };
}

type Data = Readonly<Record<string, unknown>>;

function ask(name: string, input: unknown, host = hostOf()): Data {
  const answer = runAuthorTool(name, input, host);
  assert.ok('data' in answer, 'reason' in answer ? answer.reason : '');
  return answer.data as Data;
}

function reason(name: string, input: unknown): string {
  const answer = runAuthorTool(name, input, hostOf());
  return 'reason' in answer ? answer.reason : '';
}

const examples = readdirSync('examples')
  .filter((name) => name.endsWith('.aiwf.yaml'))
  .map((name) => [name, readFileSync(`examples/${name}`, 'utf8')] as const);

test('half-typed text is checked and its graph listed, wherever it ends', () => {
  const host = hostOf();
  for (const [name, text] of examples) {
    for (let end = 0; end <= text.length; end += Math.ceil(text.length / 25)) {
      const cut = text.slice(0, end);
      const { findings, counts } = ask('check', { text: cut }, host) as { findings: unknown[]; counts: Data };
      assert.equal(findings.length, Number(counts.violations) + Number(counts.unknown), `${name} up to ${end}`);
      const { nodes, edges } = ask('workflow_graph', { text: cut }, host) as { nodes: Data[]; edges: Data[] };
      const ids = new Set(nodes.map(({ id }) => id));
      for (const { from, to } of edges) assert.ok(ids.has(from) && ids.has(to), `${name} up to ${end}`);
    }
  }
});

test('answers are plain data: they survive JSON', () => {
  for (const [, text] of examples) {
    for (const name of ['check', 'workflow_graph']) {
      const data = ask(name, { text });
      assert.deepEqual(JSON.parse(JSON.stringify(data)), data);
    }
  }
});

test('whatever comes as input, the answer is data or a reason of a sentence', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(authorTools), 'other', '__proto__'), fc.anything(), (name, input) => {
      const answer = runAuthorTool(name, input, hostOf());
      if ('reason' in answer) assert.match(answer.reason, /^[A-Z'].*[.]/s);
      else assert.equal(typeof answer.text, 'string');
    }),
    { numRuns: 300 },
  );
});

test('a reason says what is wrong and what may be meant', () => {
  assert.equal(reason('chek', {}), "There is no tool 'chek'. Did you mean 'check'?");
  assert.equal(reason('check', { txt: '' }), "There is no input 'txt'. Did you mean 'text'?");
  assert.equal(reason('check', { text: 1 }), "The input 'text' has to be a text.");
  assert.equal(reason('check', []), 'The input has to be an object.');
  assert.equal(reason('check', undefined), "Give a 'file', a 'text', or both.");
  assert.equal(reason('explain_rule', {}), "The input 'rule' is missing.");
  assert.match(reason('check', { file: 'gone.aiwf.yaml' }), /^gone\.aiwf\.yaml cannot be read/);
  assert.match(reason('workflow_graph', { text: 'library: x' }), /is a library/);
});

test('a file that the configuration leaves out is checked when it is named, as on the command line', () => {
  const [name, text] = examples[0] ?? ['', ''];
  const broken = text.replace(/^title:/m, 'titel:');
  const files = { [name]: broken, 'aiwf.config.yaml': `exclude: ["**"]\n` };
  const { findings } = ask('check', { file: name }, hostOf(files)) as { findings: Data[] };
  assert.ok(findings.some(({ rule }) => rule === 'language/unknown-key'));
  assert.ok(findings.length >= (ask('check', { text: broken }) as { findings: Data[] }).findings.length);
});

test('a rule that the project brings is explained as it is written', () => {
  const describeRule = (id: string) => (id === 'acme/x' ? '# acme/x\n\nOurs.\n' : undefined);
  const answer = (rule: string) => runAuthorTool('explain_rule', { rule }, { ...hostOf(), describeRule });
  assert.deepEqual(answer('acme/x'), {
    data: { rule: 'acme/x', severity: null, documentation: null, text: '# acme/x\n\nOurs.\n' },
    text: '# acme/x\n\nOurs.\n',
  });
  assert.ok('reason' in answer('acme/y'));
  assert.ok('data' in answer('flow/unbounded-loop'));
});

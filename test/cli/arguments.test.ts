// The words of the command line: what they mean, and what is said where they mean nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Command, parseArguments } from '../../src/cli/arguments.ts';
import { diagram } from '../../src/cli/diagram.ts';
import { explain } from '../../src/cli/explain.ts';

type Check = Extract<Command, { readonly name: 'check' }>;

function checking(asked: Partial<Check>): Check {
  return {
    name: 'check',
    paths: ['.'],
    format: 'text',
    profile: [],
    rules: [],
    base: undefined,
    color: false,
    fix: false,
    ...asked,
  };
}

const understood: Record<string, Command> = {
  '--help': { name: 'help' },
  '-h': { name: 'help' },
  'check x --help': { name: 'help' },
  '--version': { name: 'version' },
  check: checking({}),
  'check a b --format json --color': checking({ paths: ['a', 'b'], format: 'json', color: true }),
  'check --fix': checking({ fix: true }),
  'check --profile sox --profile=strict': checking({ profile: ['sox', 'strict'] }),
  'check -- --a': checking({ paths: ['--a'] }),
  'check --rule flow/unbounded-loop --base HEAD~1': checking({ rules: ['flow/unbounded-loop'], base: 'HEAD~1' }),
  rules: { name: 'rules', format: 'text' },
  'rules --format json': { name: 'rules', format: 'json' },
  'explain a/b': { name: 'explain', rule: 'a/b' },
  'diagram f --format mermaid': { name: 'diagram', file: 'f' },
  'format a b': { name: 'format', paths: ['a', 'b'], check: false },
  'format --check a': { name: 'format', paths: ['a'], check: true },
  'lsp --stdio': { name: 'lsp' },
  'lsp --stdio --clientProcessId=12': { name: 'lsp' },
  mcp: { name: 'mcp', folders: [] },
  'mcp a b': { name: 'mcp', folders: ['a', 'b'] },
};
for (const [words, command] of Object.entries(understood)) {
  test(`understood: ${words}`, () => assert.deepEqual(parseArguments(words.split(' ')), command));
}

const wrong: Record<string, RegExp> = {
  '': /^name a command$/,
  chek: /unknown command 'chek'\. Did you mean 'check'\?/,
  '--verison': /unknown option '--verison'\. Did you mean '--version'\?/,
  'check --fromat json': /unknown option '--fromat'\. Did you mean '--format'\?/,
  'check -x': /unknown option '-x'/,
  'check --rule flow/unbound-loop': /unknown rule 'flow\/unbound-loop'\. Did you mean 'flow\/unbounded-loop'\?/,
  'check --format xml': /unknown format 'xml', expected text or json/,
  'check --format': /--format/,
  'check --color=yes': /--color/,
  'check --profile recomended': /unknown profile 'recomended'\. Did you mean 'recommended'\?/,
  'check --profile strict --profile x': /unknown profile 'x'\. Known: recommended, /,
  'rules x': /rules: 'x' is one word too many/,
  'rules --format mermaid': /unknown format 'mermaid', expected text or json/,
  explain: /explain: name a rule/,
  'explain a b': /'b' is one word too many/,
  diagram: /diagram: name a file/,
  'diagram a b': /'b' is one word too many/,
  'diagram x --format svg': /unknown format 'svg', expected mermaid/,
  format: /format: name files or folders/,
  'format a --chek': /Did you mean '--check'/,
  lsp: /--stdio/,
  'lsp --node-ipc': /unknown option '--node-ipc'/,
  'mcp --stdio': /unknown option '--stdio'/,
};
for (const [words, expected] of Object.entries(wrong)) {
  test(`wrong use: ${words}`, () => {
    const command = parseArguments(words.split(' ').filter((word) => word !== ''));
    assert.ok(command.name === 'wrong');
    assert.match(command.reason, expected);
    assert.doesNotMatch(command.reason, /\n/);
  });
}

test('an unknown rule: the nearest one is named', () => {
  for (const name of ['flow/unbounded-lop', 'unbounded-lop']) {
    const { exitCode, errors } = explain(name, 'out/unit-cli');
    assert.equal(exitCode, 2);
    assert.match(errors.join(), /no rule is called '[^']+'\. Did you mean 'flow\/unbounded-loop'\?/);
  }
});

test('a diagram of nothing', () => {
  assert.deepEqual(diagram('nowhere.aiwf.yaml').errors, ['nowhere.aiwf.yaml: no such file or folder']);
  assert.deepEqual(diagram('src').errors, ['src: not a file']);
});

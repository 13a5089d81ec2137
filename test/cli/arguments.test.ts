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
    output: undefined,
    withoutAccepted: false,
    profile: [],
    rules: [],
    base: undefined,
    color: false,
    fix: false,
    maxWarnings: undefined,
    updateBaseline: false,
    keepBaseline: false,
    cache: false,
    cacheLocation: undefined,
    threads: undefined,
    progress: true,
    stdinFilename: undefined,
    ...asked,
  };
}

type Drawing = Extract<Command, { readonly name: 'diagram' }>;

function drawing(asked: Partial<Drawing>): Drawing {
  return {
    name: 'diagram',
    file: 'f',
    format: 'mermaid',
    view: 'flow',
    direction: 'down',
    theme: 'light',
    output: undefined,
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
  'check --format sarif --output x.sarif --without-accepted': checking({
    format: 'sarif',
    output: 'x.sarif',
    withoutAccepted: true,
  }),
  'check --profile sox --profile=strict': checking({ profile: ['sox', 'strict'] }),
  'check -- --help -h': checking({ paths: ['--help', '-h'] }),
  'check -- --a': checking({ paths: ['--a'] }),
  'check --rule flow/unbounded-loop --base HEAD~1': checking({ rules: ['flow/unbounded-loop'], base: 'HEAD~1' }),
  rules: { name: 'rules', action: 'list', paths: ['.'], format: 'text' },
  'rules --format json': { name: 'rules', action: 'list', paths: ['.'], format: 'json' },
  'check --cache --threads 4 --no-progress a': checking({ cache: true, threads: 4, progress: false, paths: ['a'] }),
  'check --cache-location c': checking({ cache: true, cacheLocation: 'c' }),
  'check --no-update-baseline': checking({ keepBaseline: true }),
  'check --stdin-filename a.aiwf.yaml --fix': checking({ stdinFilename: 'a.aiwf.yaml', fix: true }),
  'explain a/b': { name: 'explain', rule: 'a/b' },
  'diagram f': drawing({}),
  'diagram f --format mermaid': drawing({}),
  'diagram f --format markdown --output a.md': drawing({ format: 'markdown', output: 'a.md' }),
  'diagram f --format svg --direction right --theme dark': drawing({
    format: 'svg',
    direction: 'right',
    theme: 'dark',
  }),
  'diagram --format svg --view time --theme=high-contrast-light -- f': drawing({
    format: 'svg',
    view: 'time',
    theme: 'high-contrast-light',
  }),
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
  'check --format xml': /unknown format 'xml', expected text, json, sarif, junit, github, markdown or html/,
  'check --threads 0': /--threads takes a number from 1 to 99, not '0'$/,
  'check --cache-location=': /--cache-location names a folder$/,
  'check --stdin-filename=': /--stdin-filename names a file$/,
  'check --stdin-filename a b': /--stdin-filename goes without paths/,
  'check --stdin-filename a --update-baseline': /--stdin-filename goes without --update-baseline$/,
  'check --update-baseline --no-update-baseline': /not both$/,
  'check --output=': /--output names a file$/,
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
  'diagram --format svg': /diagram: name a file/,
  'diagram x --format png': /unknown format 'png', expected mermaid, svg or markdown$/,
  'diagram x --format svg --view data': /unknown view 'data', expected flow, handoffs or time$/,
  'diagram x --format svg --direction up': /unknown direction 'up', expected down or right$/,
  'diagram x --format svg --theme blue':
    /unknown theme 'blue', expected light, dark, high-contrast or high-contrast-light$/,
  'diagram x --view handoffs': /--view is for --format svg$/,
  'diagram x --format markdown --theme dark': /--theme is for --format svg$/,
  'diagram x --direction right': /--direction is for --format svg$/,
  'diagram x --format svg --view time --direction down': /--direction is for --view flow$/,
  'diagram x --output=': /--output names a file$/,
  'diagram x --ouput y': /unknown option '--ouput'\. Did you mean '--output'\?/,
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
  const errorsFor = (file: string) => diagram(drawing({ file })).errors;
  assert.deepEqual(errorsFor('nowhere.aiwf.yaml'), ['nowhere.aiwf.yaml: no such file or folder']);
  assert.deepEqual(errorsFor('src'), ['src: not a file']);
});

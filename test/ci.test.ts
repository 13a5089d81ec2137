// The page about gates and the hooks for pre-commit: every snippet is read, every command in it is one that aiwf
// understands, and every name of an input, an output, a hook or a file is right.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import manifest from '../package.json';
import { parseArguments } from '../src/cli/arguments.ts';
import { wordsOfTask } from '../src/extension/task-words.ts';
import { configurationName } from '../src/governance/configuration.ts';
import { action } from './support/action.ts';

const path = 'docs/ci.md';
const page = readFileSync(path, 'utf8');

function blocks(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, text = '']) => text);
}

/** The snippet that says it is this file. */
function snippet(file: string): unknown {
  return parse(blocks('yaml').find((text) => text.startsWith(`# ${file}\n`)) ?? assert.fail(file));
}

/** Every string in a value, with its key. */
function stringsIn(value: unknown, key = ''): readonly (readonly [key: string, text: string])[] {
  if (typeof value === 'string') return [[key, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => stringsIn(inner, Array.isArray(value) ? key : name));
}

/** The words of a line of a script as bash hands them on; a variable that is not set leaves its words out. */
function wordsOf(line: string): readonly string[] {
  return line
    .replaceAll(/\$\{\w+:\+.*\}/g, '')
    .trim()
    .split(/\s+/);
}

const hooks: readonly {
  readonly id: string;
  readonly language: string;
  readonly entry: string;
  readonly args?: readonly string[];
  readonly files: string;
  readonly pass_filenames?: boolean;
  readonly require_serial: boolean;
}[] = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8'));

test('every YAML snippet is YAML without a key twice', () => {
  assert.ok(blocks('yaml').length >= 4);
  for (const text of blocks('yaml')) assert.doesNotThrow(() => parse(text, { uniqueKeys: true, strict: true }), text);
});

test('every command of aiwf on the page is understood', () => {
  const scripts = blocks('yaml').flatMap((text) =>
    stringsIn(parse(text)).flatMap(([key, script]) => (['script', 'bash', 'run'].includes(key) ? [script] : [])),
  );
  const shell = [...blocks('sh'), ...blocks('groovy')].flatMap((text) =>
    text.split('\n').flatMap((line) => /(?:^|exec |sh ')(aiwf [^']*)/.exec(line)?.[1] ?? []),
  );
  const commands = [...scripts, ...shell].filter((line) => line.startsWith('aiwf '));
  assert.ok(commands.length >= 5, commands.join('\n'));
  for (const command of commands) {
    const [, ...words] = wordsOf(command);
    assert.equal(parseArguments(words).name, 'check', command);
  }
});

test('what is written as a report is what the server is told to read', () => {
  const written = (script: string) => /--output (\S+)/.exec(script)?.[1];
  const texts = (file: string) => stringsIn(snippet(file));
  for (const [file, keys] of [
    ['.gitlab-ci.yml', ['junit']],
    ['azure-pipelines.yml', ['testResultsFiles']],
  ] as const) {
    const all = texts(file);
    const output = all.flatMap(([, text]) => written(text) ?? []);
    assert.deepEqual(
      output,
      keys.map((key) => all.find(([name]) => name === key)?.[1]),
      file,
    );
    assert.ok(all.some(([, text]) => text.includes('--format junit')));
  }
});

test('the snippet for GitHub uses inputs and outputs of the action, and uploads what it writes', () => {
  const all = stringsIn(snippet('.github/workflows/aiwf.yml'));
  const { jobs } = snippet('.github/workflows/aiwf.yml') as {
    jobs: { check: { steps: { uses?: string; id?: string; with?: Record<string, unknown> }[] } };
  };
  const step = jobs.check.steps.find(({ uses }) => uses?.startsWith('aiwf/aiwf@')) ?? assert.fail();
  for (const name of Object.keys(step.with ?? {})) assert.ok(Object.hasOwn(action.inputs, name), name);
  const used = all.flatMap(([, text]) =>
    [...text.matchAll(/steps\.aiwf\.outputs\.([\w-]+)/g)].map(([, name = '']) => name),
  );
  assert.ok(used.length > 0);
  for (const name of used) assert.ok(Object.hasOwn(action.outputs, name), name);
  assert.equal(step.id, 'aiwf');
  assert.equal(step.with?.['sarif-file'], all.find(([key]) => key === 'sarif_file')?.[1]);
});

test('the tables of inputs and outputs are those of the action', () => {
  const table = (head: string, rows: readonly string[]) => {
    const columns = head.split('|').length - 2;
    return `${[head, `|${'---|'.repeat(columns)}`, ...rows].join('\n')}\n`;
  };
  const inputs = Object.entries(action.inputs).map(
    ([name, { description, default: standard }]) =>
      `| \`${name}\` | ${description} | ${standard === '' ? '' : `\`${standard}\``} |`,
  );
  const outputs = Object.entries(action.outputs).map(([name, { description }]) => `| \`${name}\` | ${description} |`);
  const made = [table('| input | meaning | default |', inputs), table('| output | meaning |', outputs)].reduce(
    (text, each) => {
      const start = text.indexOf(each.slice(0, each.indexOf('\n')));
      return `${text.slice(0, start)}${each}${text.slice(text.indexOf('\n\n', start) + 1)}`;
    },
    page,
  );
  if (process.env.UPDATE_GOLDEN) writeFileSync(path, made);
  else assert.equal(page, made);
});

test('every hook for pre-commit runs a command that aiwf understands, alone and with files', () => {
  assert.deepEqual(
    hooks.map(({ id }) => id),
    ['aiwf-check', 'aiwf-format'],
  );
  for (const { id, entry, args = [], pass_filenames: withNames = true, language, require_serial: serial } of hooks) {
    assert.deepEqual([language, serial], ['node', true], id);
    const names = withNames ? ['a.aiwf.yaml', '-b.aiwf.yaml', '--help'] : [];
    const [program, ...words] = [...entry.split(' '), ...args, ...names];
    assert.equal(program, 'aiwf');
    const command = parseArguments(words);
    assert.equal(command.name, id.replace('aiwf-', ''));
    assert.ok('paths' in command);
    assert.deepEqual(command.paths, withNames ? names : ['.']);
  }
  for (const args of page.matchAll(/`args: \[(.*?)\]`/g)) {
    const words = (args[1] ?? '').split(', ');
    const name = words.includes('--check') ? 'format' : 'check';
    assert.equal(parseArguments([name, ...words, 'a.aiwf.yaml']).name, name);
  }
  const { repos } = snippet('.pre-commit-config.yaml') as { repos: { hooks: { id: string }[] }[] };
  assert.deepEqual(
    repos.flatMap((each) => each.hooks.map(({ id }) => id)),
    hooks.map(({ id }) => id),
  );
  for (const { id } of hooks) assert.ok(page.includes(`| \`${id}\` |`), id);
});

test('hooks run for the files that change what is found, and for no others', () => {
  const [check, format] = hooks.map(({ files }) => new RegExp(files));
  const workflows = ['a.aiwf.yaml', 'flows/-b.aiwf.yml', 'ä ö.aiwf.yaml'];
  const others = [
    configurationName,
    `flows/${configurationName}`,
    'aiwf.rules.yaml',
    'packs/acme.aiwf.rules.yaml',
    'aiwf.baseline.json',
  ];
  const foreign = ['a.yaml', 'aiwf.yaml.md', 'my-aiwf.config.yaml', 'a.aiwf.yaml.orig', 'package.json'];
  for (const name of workflows) assert.ok(check?.test(name) && format?.test(name), name);
  for (const name of others) assert.ok(check?.test(name) && !format?.test(name), name);
  for (const name of foreign) assert.ok(!check?.test(name) && !format?.test(name), name);
});

test('the task of the page is one, and its table has every key that a task may have', () => {
  const [text = ''] = blocks('jsonc');
  const { tasks } = JSON.parse(text.replace(/^\/\/.*\n/, '')) as { tasks: Record<string, unknown>[] };
  assert.equal(parseArguments(wordsOfTask(tasks[0] ?? {}) ?? []).name, 'check');
  const [definition] = manifest.contributes.taskDefinitions;
  const keys = Object.keys(definition?.properties ?? {});
  for (const name of Object.keys(tasks[0] ?? {})) assert.ok(['type', 'label', ...keys].includes(name), name);
  const section = page.slice(page.indexOf('## Tasks in VS Code'));
  assert.deepEqual(
    [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name),
    keys,
  );
  for (const { name } of manifest.contributes.problemMatchers) assert.ok(section.includes(`\`$${name}\``), name);
});

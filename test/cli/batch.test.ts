// `aiwf check` over many files: results of earlier runs, worker threads, and files that fail, all of it without a change
// in what is reported.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { parseArguments } from '../../src/cli/arguments.ts';
import { check, type Surroundings } from '../../src/cli/check.ts';
import { workflowIdOf } from '../../src/cli/check-head.ts';
import { progressOn, silent } from '../../src/cli/check-progress.ts';
import { parseFile } from '../../src/language/parse.ts';
import { checkFormats } from '../../src/report/render.ts';
import { bundleCli, folderOf, runCli } from '../support/cli.ts';

let cli = '';
before(async () => {
  cli = await bundleCli();
});

const surroundings: Surroundings = {
  version: '1.0.0',
  program: '',
  tool: () => 'tool',
  cacheFolder: '',
  isCi: true,
  cores: 1,
  progress: silent,
  input: undefined,
};

async function run(words: readonly string[], more: Partial<Surroundings> = {}) {
  const command = parseArguments(['check', ...words]);
  assert.equal(command.name, 'check');
  return command.name === 'check' ? check(command, { ...surroundings, ...more }) : undefined;
}

const people = 'aiwf: 1\nlibrary: people\nactors: { clerk: { kind: human }, lead: { kind: human } }\n';

function work(id: string, call: string, waivers = ''): string {
  return `aiwf: 1
workflow: ${id}
title: Work of ${id}
use: [./people.aiwf.yaml]
accountable: clerk
data: { letter: { class: internal, schema: ./letter.json } }
start: { next: write }
${waivers}steps:
  write: { task: Write, by: clerk, writes: [letter], next: look }
  look: { review: Look, by: lead, reviews: [letter], outcomes: [good, bad], on: { good: ask, bad: write } }
  ask: { call: ${call}, next: finish }
  finish: { end: Finished, informed: [clerk] }
`;
}

const waivers = `waivers:
  - { rule: flow/unbounded-loop, at: look, reason: Small, owner: clerk, approved-by: lead, expires: 2027-01-01 }
`;
const configuration = (more = '') => `today: 2026-11-24\nbaseline: ./aiwf.baseline.json\n${more}`;
const schema = (type: string) => JSON.stringify({ properties: { sum: { type } } });

/** States of each file; undefined: it is not there. */
const states: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'a.aiwf.yaml': [work('a', 'b'), work('a', './b.aiwf.yaml'), work('a', 'b', waivers), work('b', 'a'), undefined],
  'b.aiwf.yaml': [work('b', 'c'), work('c', 'a'), `${work('b', 'c')}  x: [`, undefined],
  'people.aiwf.yaml': [people, people.replace('lead: { kind: human }', 'lead: { kind: agent }'), undefined],
  'letter.json': [schema('number'), schema('string'), undefined],
  'aiwf.config.yaml': [
    configuration(),
    configuration('profile: strict\n'),
    configuration('rules: { flow/unbounded-loop: off }\n'),
    undefined,
  ],
  'aiwf.baseline.json': [
    undefined,
    JSON.stringify({
      version: 1,
      files: {
        'a.aiwf.yaml': [{ rule: 'ownership/single-accountable', place: 'write', message: 'Long gone.', count: 2 }],
      },
    }),
  ],
};

test('after any edits, earlier results give the same reports as a fresh run, byte for byte', async () => {
  const folder = folderOf({});
  const names = Object.keys(states);
  const put = (name: string, state: number) => {
    const texts = states[name] ?? [];
    const text = texts[state % texts.length];
    if (text === undefined) rmSync(join(folder, name), { force: true });
    else writeFileSync(join(folder, name), text);
  };
  const edit = fc.tuple(fc.constantFrom(...names), fc.nat(9));
  const cache = ['--cache-location', join(folder, '.cache')];
  let format = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(edit, { maxLength: 2 }), { minLength: 1, maxLength: 6 }), async (rounds) => {
      for (const name of names) put(name, 0);
      rmSync(join(folder, '.cache'), { recursive: true, force: true });
      for (const edits of rounds) {
        for (const [name, state] of edits) put(name, state);
        format = (format + 1) % checkFormats.length;
        const words = [folder, '--format', checkFormats[format] ?? 'text'];
        assert.deepEqual(await run([...words, ...cache]), await run(words));
      }
    }),
    { numRuns: 25 },
  );
});

test('a result that is used again is not worked out again', async () => {
  const folder = folderOf({
    'a.aiwf.yaml': work('a', 'b'),
    'people.aiwf.yaml': people,
    'letter.json': schema('number'),
  });
  const cache = join(folder, '.cache');
  const first = await run([folder, '--cache-location', cache]);
  const [name = ''] = readdirSync(cache);
  const lines = readFileSync(join(cache, name), 'utf8');
  const asked: string[] = [];
  const progress = { show: (done: number) => asked.push(String(done)), end: () => undefined };
  assert.deepEqual(await run([folder, '--cache-location', cache], { progress }), first);
  assert.deepEqual(asked, []);
  writeFileSync(join(folder, 'letter.json'), schema('string'));
  await run([folder, '--cache-location', cache], { progress });
  assert.equal(asked.length, 1, 'what reads the schema, and not the library');
  rmSync(join(folder, 'a.aiwf.yaml'));
  await run([folder, '--cache-location', cache]);
  assert.ok(!readFileSync(join(cache, name), 'utf8').includes('a.aiwf.yaml'), 'a file that is gone has no result');
  assert.ok(lines.includes('a.aiwf.yaml'));
  await run([folder, '--cache-location', cache], { progress, tool: () => 'another' });
  assert.equal(asked.length, 2, 'another program begins anew');
});

test('a cache that is damaged, foreign, a link or cannot be written changes nothing in the report', async () => {
  const folder = folderOf({ 'a.aiwf.yaml': work('a', 'b'), 'people.aiwf.yaml': people, other: 'mine' });
  const cache = join(folder, '.cache');
  const words = [join(folder, 'a.aiwf.yaml'), '--format', 'json'];
  const fresh = await run(words);
  assert.deepEqual(await run([...words, '--cache-location', cache]), fresh);
  const [name = ''] = readdirSync(cache);
  const file = join(cache, name);
  const whole = readFileSync(file, 'utf8');
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.string({ maxLength: 3 }), fc.nat(40), async (at, put, gone) => {
      writeFileSync(file, whole.slice(0, at) + put + whole.slice(at + gone));
      const again = await run([...words, '--cache-location', cache]);
      assert.equal(again?.output, fresh?.output);
      assert.equal(again?.exitCode, fresh?.exitCode);
    }),
    { numRuns: 30 },
  );
  writeFileSync(file, 'something else');
  const foreign = await run([...words, '--cache-location', cache]);
  assert.match(foreign?.errors.join() ?? '', /is not used: it holds something else/);
  assert.equal(foreign?.output, fresh?.output);
  rmSync(file);
  symlinkSync(join(folder, 'other'), file);
  const linked = await run([...words, '--cache-location', cache]);
  assert.match(linked?.errors.join() ?? '', /is not used: it is no file/);
  assert.equal(readFileSync(join(folder, 'other'), 'utf8'), 'mine', 'what a link leads to is left alone');
  const blocked = await run([...words, '--cache-location', join(folder, 'other')]);
  assert.match(blocked?.errors.join() ?? '', /cannot be written; the next run starts without it/);
  assert.deepEqual([blocked?.output, blocked?.exitCode], [fresh?.output, fresh?.exitCode]);
});

test('any number of threads gives the same bytes, with fixes as well', () => {
  const files = Object.fromEntries(
    Array.from({ length: 30 }, (_, at) => [
      `w${at}.aiwf.yaml`,
      work(`w-${at}`, `w-${(at * 7) % 30}`, at % 3 ? '' : waivers),
    ]),
  );
  const all = { ...files, 'people.aiwf.yaml': people, 'aiwf.config.yaml': configuration() };
  const one = folderOf(all);
  const many = folderOf(all);
  for (const words of [['--format', 'sarif'], ['--format', 'json'], ['--fix']]) {
    const [alone, together] = [
      runCli(cli, ['check', '--threads', '1', ...words], one),
      runCli(cli, ['check', '--threads', '3', ...words], many),
    ];
    assert.deepEqual(together, alone);
    assert.ok(alone.output.length > 1000);
  }
  for (const name of Object.keys(files))
    assert.equal(readFileSync(join(many, name), 'utf8'), readFileSync(join(one, name), 'utf8'));
});

test('what cannot be read is a line each, in any number of threads, and the rest is checked', () => {
  const folder = folderOf({
    'good.aiwf.yaml': work('good', 'x'),
    'people.aiwf.yaml': people,
    'crlf.aiwf.yaml': work('crlf', 'x').replaceAll('\n', '\r\n'),
    'marked.aiwf.yaml': `\uFEFF${work('marked', 'x')}`,
    'latin.aiwf.yaml': Uint8Array.of(0x61, 0xe9, 0x0a),
    'wide.aiwf.yaml': Uint8Array.of(0xff, 0xfe, 0x61, 0),
    'zero.aiwf.yaml': 'aiwf: 1\n\u0000\n',
    'huge.aiwf.yaml': Buffer.alloc(50_000_000, 'a: b\n'),
    'long.aiwf.yaml': Buffer.alloc(6_000_000, 'a: b\n'),
  });
  mkdirSync(join(folder, 'folder.aiwf.yaml'));
  mkdirSync(join(folder, 'deep'));
  symlinkSync('..', join(folder, 'deep/up'));
  symlinkSync('nowhere', join(folder, 'lost.aiwf.yaml'));
  symlinkSync('circle.aiwf.yaml', join(folder, 'circle.aiwf.yaml'));
  const results = ['1', '2'].map((threads) => runCli(cli, ['check', '--threads', threads, '--format', 'json'], folder));
  assert.deepEqual(results[0], results[1]);
  const { code, output, errors } = results[0] ?? { code: null, output: '', errors: '' };
  assert.equal(code, 2);
  assert.deepEqual(errors.trim().split('\n').sort(), [
    'aiwf: circle.aiwf.yaml: symbolic links that lead in a circle',
    'aiwf: huge.aiwf.yaml: too large: 50000000 bytes, at most 20000000 are read',
    'aiwf: latin.aiwf.yaml: not UTF-8 text',
    'aiwf: lost.aiwf.yaml: no such file or folder',
    'aiwf: wide.aiwf.yaml: not UTF-8 text',
  ]);
  const { findings, files } = JSON.parse(output) as { files: number; findings: { rule: string; file: string }[] };
  assert.equal(files, 6);
  const of = (name: string) => findings.filter(({ file }) => file === name).map(({ rule }) => rule);
  assert.ok(of('good.aiwf.yaml').length > 0);
  assert.deepEqual(of('crlf.aiwf.yaml'), of('good.aiwf.yaml'));
  assert.deepEqual(of('marked.aiwf.yaml'), of('good.aiwf.yaml'));
  assert.ok(of('long.aiwf.yaml').includes('language/limit'));
});

test('a file that vanishes while others are checked is a line; the rest is reported', async () => {
  const folder = folderOf({
    'a.aiwf.yaml': work('a', 'b'),
    'people.aiwf.yaml': people,
    'z.aiwf.yaml': work('z', 'b'),
  });
  const progress = { show: () => rmSync(join(folder, 'z.aiwf.yaml'), { force: true }), end: () => undefined };
  const outcome = await run([folder, '--format', 'json'], { progress });
  assert.deepEqual(outcome?.errors, [`${folder}/z.aiwf.yaml: no such file or folder`]);
  assert.equal(outcome?.exitCode, 2);
  assert.ok(outcome?.output.includes('a.aiwf.yaml'));
});

test('where the disk is full a file stays as it was, and the report is whole', {
  skip: process.platform === 'win32',
}, () => {
  const long = `${work('a', './b.aiwf.yaml')}${'# words that make it long\n'.repeat(200)}`.replace(
    'informed: [clerk]',
    'informed: clerk',
  );
  const duplicate = long
    .replace('use: [./people.aiwf.yaml]', 'use: [./people.aiwf.yaml]\nacountable: clerk')
    .replace('accountable: clerk\ndata', 'data');
  const folder = folderOf({ 'a.aiwf.yaml': duplicate, 'people.aiwf.yaml': people });
  const limited = (...words: string[]) =>
    runCli('-c', [`ulimit -f 1; exec "$0" "$@"`, process.execPath, cli, 'check', ...words], folder, {}, 'sh');
  const written = limited('--cache-location', '.cache', '--format', 'json');
  assert.match(written.errors, /the cache .* cannot be written/);
  assert.deepEqual(readdirSync(join(folder, '.cache')), []);
  assert.ok(JSON.parse(written.output));
  const fixed = limited('--fix', 'a.aiwf.yaml');
  assert.match(fixed.errors, /a\.aiwf\.yaml: cannot be written/);
  assert.equal(fixed.code, 2);
  assert.equal(readFileSync(join(folder, 'a.aiwf.yaml'), 'utf8'), duplicate);
  assert.deepEqual(readdirSync(folder).sort(), ['.cache', 'a.aiwf.yaml', 'people.aiwf.yaml']);
});

test('the text of a file from standard input is checked where the file would stand, and fixed on standard output', async () => {
  const folder = folderOf({
    'people.aiwf.yaml': people,
    'aiwf.config.yaml': configuration(),
    'a.aiwf.yaml': work('a', 'b'),
  });
  const onDisk = runCli(cli, ['check', 'a.aiwf.yaml', '--format', 'json'], folder);
  const text = work('a', 'b').replace('accountable', 'acountable');
  const words = ['--stdin-filename', 'a.aiwf.yaml', '--format', 'json'];
  assert.deepEqual(await fromInput(work('a', 'b'), words, folder), onDisk);
  const typed = await fromInput(text, words, folder);
  assert.match(typed.output, /language\/unknown-key/);
  const unsaved = await fromInput(work('n', 'b'), ['--stdin-filename', 'new.aiwf.yaml', '--format', 'json'], folder);
  assert.match(unsaved.output, /"file": "new\.aiwf\.yaml"/);
  assert.doesNotMatch(unsaved.output, /cannot be read.*people/);
  const fixed = await fromInput(`\uFEFF${text}`, [...words, '--fix'], folder);
  assert.equal(fixed.output, `\uFEFF${work('a', 'b')}`);
  assert.ok(JSON.parse(fixed.errors));
  assert.equal(readFileSync(join(folder, 'a.aiwf.yaml'), 'utf8'), work('a', 'b'));
  const bytes = await fromInput(Uint8Array.of(0xe9), words, folder);
  assert.deepEqual([bytes.code, bytes.errors], [2, 'aiwf: check: standard input: not UTF-8 text\n']);
});

function fromInput(text: string | Uint8Array, words: readonly string[], cwd: string) {
  return new Promise<{ code: number | null; output: string; errors: string }>((resolve) => {
    const child = spawn(process.execPath, [cli, 'check', ...words], { cwd, env: { ...process.env, NODE_OPTIONS: '' } });
    let [output, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      output += part;
    });
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      errors += part;
    });
    child.on('close', (code) => resolve({ code, output, errors }));
    child.stdin.end(text);
  });
}

test('an end by a signal leaves no file half-written', { skip: process.platform === 'win32' }, async () => {
  const files = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`w${at}.aiwf.yaml`, work(`w-${at}`, 'w-0')]));
  const folder = folderOf({ ...files, 'people.aiwf.yaml': people });
  const words = [cli, 'check', '--fix', '--threads', '2', '--cache-location', '.cache'];
  const child = spawn(process.execPath, words, {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: 'ignore',
  });
  await new Promise((resolve) => setTimeout(resolve, 400));
  child.kill('SIGINT');
  await new Promise((resolve) => child.on('close', resolve));
  const left = readdirSync(folder).filter((name) => name !== '.cache');
  assert.deepEqual(left.sort(), [...Object.keys(files), 'people.aiwf.yaml'].sort());
  const cache = join(folder, '.cache');
  if (existsSync(cache)) assert.ok(readdirSync(cache).every((name) => /^check-[\w-]+\.ndjson$/.test(name)));
});

test('progress is shown after half a second, one line, and taken away', () => {
  let time = 0;
  const written: string[] = [];
  const progress = progressOn(
    (text) => written.push(text),
    () => time,
  );
  for (const [at, done] of [
    [499, 1],
    [500, 2],
    [599, 3],
    [600, 4],
  ] as const) {
    time = at;
    progress.show(done, 9);
  }
  progress.end();
  progress.end();
  const clear = '\r\u001B[K';
  assert.deepEqual(written, [`${clear}aiwf: 2 of 9 files checked`, `${clear}aiwf: 4 of 9 files checked`, clear]);
});

test('the id from the head of a text is that of the whole text', () => {
  const pieces = fc.constantFrom(
    'aiwf: 1',
    'workflow: a',
    'workflow: b-2',
    'workflow: null',
    'workflow: "q"',
    'workflow: a # c',
    'workflow: a#c',
    'workflow:',
    '  deep',
    '# comment',
    '',
    'library: x',
    'title: t',
    'steps: {',
    '- x',
    '---',
    '...',
    '&a k: v',
    'use: [',
    '\t',
    '"workflow": z',
    '<<: *a',
    '? k',
    'title: |',
    '%YAML 1.2',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 7 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
      const text = `${lines.join(end)}${end}`;
      assert.equal(workflowIdOf('file:///w', text), parseFile('file:///w', text).fields?.workflow?.value);
      const usual = `aiwf: 1${end}workflow: a${end}${text}`;
      assert.equal(workflowIdOf('file:///w', usual), parseFile('file:///w', usual).fields?.workflow?.value);
    }),
    { numRuns: 3000 },
  );
});

// `aiwf check` from outside: exit codes, what is searched, what cannot be read, imports, and the same bytes every time.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { bundleCli, folderOf, type Result, runCli } from '../support/cli.ts';

let cli = '';
before(async () => {
  cli = await bundleCli();
});
const check = (cwd: string, ...args: string[]): Result => runCli(cli, ['check', ...args], cwd);

const clean = `aiwf: 1
workflow: clean
accountable: clerk
actors: { clerk: { kind: human } }
start: { on: manual, from: clerk, next: work }
steps:
  work: { task: Work, by: clerk, next: finished }
  finished: { end: Finished, records: [result] }
review: { every: 1y, last: 2026-11-01, by: clerk }
`;
const faulty = `${clean}titel: x\n`;
const nothingFound = (files: string) =>
  new RegExp(
    `^${files}, 0 errors, 0 warnings, 0 infos\nno violation of recommended@\\d+\\.\\d+\\.\\d+; 0 unknown; 0 waived\n$`,
  );

interface Report {
  readonly version: number;
  readonly files: number;
  readonly findings: readonly {
    readonly rule: string;
    readonly file: string;
    readonly message: string;
    readonly range: unknown;
  }[];
}
const report = (result: Result): Report => JSON.parse(result.output);
const filesIn = (result: Result) => [...new Set(report(result).findings.map(({ file }) => file))];

test('without errors the exit code is 0', () => {
  const result = check(folderOf({ 'a.aiwf.yaml': clean }));
  assert.equal(result.code, 0);
  assert.match(result.output, nothingFound('1 file'));
  assert.equal(result.errors, '');
});

test('with errors the exit code is 1, and the text shows the place', () => {
  const result = check(folderOf({ 'a.aiwf.yaml': faulty }), 'a.aiwf.yaml');
  assert.equal(result.code, 1);
  assert.match(
    result.output,
    /^a\.aiwf\.yaml:10:1 error language\/unknown-key 'titel' is not a key of a file\..*\n {2}10 \| titel: x\n {5}\| \^{5}\n/,
  );
  assert.match(result.output, /\n\n1 file, 1 error, 0 warnings, 0 infos\n$/);
});

test('warnings alone do not fail', () => {
  const warned = clean
    .replace(
      'work: { task: Work, by: clerk, next: finished }',
      'work: { task: Work, by: clerk, next: mail }\n  mail: { task: Mail, by: shop, next: finished, within: 1d, on: { timeout: work } }',
    )
    .replace('clerk: { kind: human }', 'clerk: { kind: human }, shop: { kind: vendor }')
    .replace('finished }\n  mail', 'mail }\n  mail');
  const result = check(folderOf({ 'a.aiwf.yaml': warned }), '--format', 'json');
  const severities = new Set(JSON.parse(result.output).findings.map(({ severity }: { severity: string }) => severity));
  assert.equal(result.code, severities.has('error') ? 1 : 0);
  assert.ok(severities.has('warning'));
});

test('wrong use: exit code 2 and one line that says why', () => {
  for (const args of [[], ['chek'], ['check', '--profile', 'x'], ['explain', 'no-such-rule'], ['diagram', 'nowhere']]) {
    const result = runCli(cli, args, folderOf({}));
    assert.equal(result.code, 2);
    assert.match(result.errors, /^aiwf: [^\n]+\n$/);
    assert.equal(result.output, '');
  }
});

test('help and version', () => {
  for (const args of [['--help'], ['check', '-h']]) {
    const { code, output, errors } = runCli(cli, args, folderOf({}));
    assert.deepEqual([code, errors], [0, '']);
    assert.match(output, /^Usage: aiwf COMMAND\n/);
  }
  assert.match(runCli(cli, ['--version'], folderOf({})).output, /^\d+\.\d+\.\d+\n$/);
});

test('a folder is searched; dot folders, node_modules and other files are not', () => {
  const folder = folderOf({
    'b/x.aiwf.yml': faulty,
    'a.aiwf.yaml': faulty,
    'b/node_modules/m/x.aiwf.yaml': faulty,
    '.git/x.aiwf.yaml': faulty,
    '.hidden/x.aiwf.yaml': faulty,
    'c/plain.yaml': faulty,
    'c/aiwf.yaml': faulty,
  });
  const result = check(folder, '--format', 'json');
  assert.equal(report(result).files, 2);
  assert.deepEqual(filesIn(result), ['a.aiwf.yaml', 'b/x.aiwf.yml']);
  assert.deepEqual(filesIn(check(folder, './b', '--format', 'json')), ['./b/x.aiwf.yml']);
  assert.deepEqual(filesIn(check(folder, 'b/', '--format', 'json')), ['b/x.aiwf.yml']);
  assert.deepEqual(filesIn(check(folder, 'c/plain.yaml', '--format', 'json')), ['c/plain.yaml']);
});

test('a folder without workflows is no fault', () => {
  const result = check(folderOf({ 'readme.txt': 'x' }));
  assert.deepEqual([result.code, result.output, result.errors], [0, '0 files, 0 errors, 0 warnings, 0 infos\n', '']);
});

test('links: circles end, and each file is checked once, by its own name', () => {
  const folder = folderOf({ 'z/a.aiwf.yaml': faulty });
  symlinkSync('..', join(folder, 'z/up'));
  symlinkSync('z', join(folder, 'b'));
  symlinkSync('z/a.aiwf.yaml', join(folder, 'a.aiwf.yaml'));
  const result = check(folder, '.', 'z/a.aiwf.yaml', '--format', 'json');
  assert.equal(report(result).files, 1);
  assert.deepEqual(filesIn(result), ['z/a.aiwf.yaml']);
});

test('what cannot be read is said in one line each, and the rest is checked', () => {
  const folder = folderOf({
    'bytes.aiwf.yaml': Uint8Array.of(0xff, 0xfe, 0x00, 0x61),
    'good.aiwf.yaml': faulty,
  });
  symlinkSync('nowhere', join(folder, 'gone.aiwf.yaml'));
  mkdirSync(join(folder, 'folder.aiwf.yaml'));
  const result = check(folder, '.', 'missing', '--format', 'json');
  assert.equal(result.code, 2);
  assert.deepEqual(result.errors.trimEnd().split('\n').sort(), [
    'aiwf: bytes.aiwf.yaml: not UTF-8 text',
    'aiwf: gone.aiwf.yaml: no such file or folder',
    'aiwf: missing: no such file or folder',
  ]);
  assert.deepEqual(filesIn(result), ['good.aiwf.yaml']);
});

test('what is no file is not read', { skip: process.platform === 'win32' }, () => {
  const folder = folderOf({});
  execFileSync('mkfifo', [join(folder, 'pipe.aiwf.yaml')]);
  assert.equal(check(folder).output, '0 files, 0 errors, 0 warnings, 0 infos\n');
  const named = check(folder, 'pipe.aiwf.yaml');
  assert.deepEqual([named.code, named.errors], [2, 'aiwf: pipe.aiwf.yaml: not a file or a folder\n']);
});

test('no permission', { skip: process.platform === 'win32' || process.getuid?.() === 0 }, () => {
  const folder = folderOf({ 'a.aiwf.yaml': clean, 'b/c.aiwf.yaml': clean });
  chmodSync(join(folder, 'a.aiwf.yaml'), 0);
  chmodSync(join(folder, 'b'), 0);
  const result = check(folder);
  chmodSync(join(folder, 'b'), 0o700);
  assert.deepEqual([result.code, result.errors], [2, 'aiwf: b: not permitted\naiwf: a.aiwf.yaml: not permitted\n']);
});

/** Each line stands for a multiple of the one before. */
function bomb(line: (last: string) => string, use: (last: string) => string): string {
  const lines = Array.from({ length: 30 }, (_, i) => `x-${i + 1}: &a${i + 1} ${line(`*a${i}`)}`);
  return ['aiwf: 1', 'workflow: w', 'x-0: &a0 { a: string }', ...lines, use('*a30'), ''].join('\n');
}

const bad: Record<string, readonly [string, string]> = {
  'an empty file': ['', 'language/missing-key'],
  'a control character': ['aiwf: 1\u0000', 'language/syntax'],
  'a tab for indentation': ['aiwf: 1\nsteps:\n\ta: x\n', 'language/syntax'],
  'a key twice': ['aiwf: 1\nworkflow: a\nworkflow: b\n', 'language/duplicate-key'],
  'deep nesting': [`aiwf: 1\nworkflow: w\nx-a: ${'['.repeat(5000)}${']'.repeat(5000)}\n`, 'language/limit'],
  'a bomb of aliases in targets': [
    bomb(
      (last) => `[${last}, ${last}]`,
      (last) => `start: { next: ${last} }`,
    ),
    'language/limit',
  ],
  'a bomb of aliases in fields': [
    bomb(
      (last) => `{ a: ${last}, b: ${last}, c: ${last} }`,
      (last) => `data: { d: { fields: ${last} } }`,
    ),
    'language/limit',
  ],
  'a bomb of aliases in schemas': [
    bomb(
      (last) => `{ a: { properties: ${last} }, b: { items: ${last} }, c: { properties: ${last} } }`,
      (last) => `data: { d: { fields: ${last} } }`,
    ),
    'language/limit',
  ],
  'a bomb of aliases in branches': [
    bomb(
      (last) => `{ to: ${last}, exhausted: ${last}, handoff: { on-reject: ${last} } }`,
      (last) => `on: { error: ${last} }`,
    ),
    'language/limit',
  ],
};
for (const [name, [text, rule]] of Object.entries(bad)) {
  test(`bad input: ${name}`, () => {
    const result = check(folderOf({ 'a.aiwf.yaml': text, 'b.aiwf.yaml': clean }), '--format', 'json');
    assert.deepEqual([result.code, result.errors], [1, '']);
    assert.equal(report(result).files, 2);
    assert.ok(
      report(result).findings.some((finding) => finding.rule === rule),
      result.output.slice(0, 2000),
    );
  });
}

test('a file too large for a workflow', () => {
  const result = check(folderOf({ 'a.aiwf.yaml': 'a: b\n'.repeat(5_000_000) }));
  assert.deepEqual([result.code, result.output], [2, '0 files, 0 errors, 0 warnings, 0 infos\n']);
  assert.match(result.errors, /^aiwf: a\.aiwf\.yaml: too large: 25000000 bytes, at most \d+ are read\n$/);
});

const library = 'aiwf: 1\nlibrary: people\nactors: { clerk: { kind: human } }\n';
const importing = clean.replace('actors: { clerk: { kind: human } }', 'use: [../shared/people.aiwf.yaml]');
const calling = (call: string) =>
  clean.replace('workflow: clean', 'workflow: caller').replace('task: Work, by: clerk', `call: ${call}, by: clerk`);

test('imports and calls are read beside the file, calls by id among the files that are checked', () => {
  const folder = folderOf({
    'shared/people.aiwf.yaml': library,
    'flows/a.aiwf.yaml': importing,
    'flows/b.aiwf.yaml': calling('./a.aiwf.yaml'),
  });
  const rules = (result: Result) => report(result).findings.map(({ rule, message }) => `${rule} ${message}`);
  assert.deepEqual(
    rules(check(folder, '--format', 'json')).filter((text) => /import|unresolved/.test(text)),
    [],
  );
  assert.deepEqual(
    rules(check(folder, 'flows/a.aiwf.yaml', '--format', 'json')).filter((text) => /import|unresolved/.test(text)),
    [],
  );
  const missing = folderOf({ 'flows/a.aiwf.yaml': importing, 'b.aiwf.yaml': calling('./none.aiwf.yaml') });
  assert.equal(
    rules(check(missing, '--format', 'json')).filter((text) => text.startsWith('language/import')).length,
    2,
  );
});

test('circles of imports and calls end, through links as well', () => {
  const use = (path: string) =>
    clean.replace('actors:', `use: [${path}]\nactors:`).replaceAll('clerk', path.includes('a.') ? 'clerk' : 'other');
  const folder = folderOf({
    'a.aiwf.yaml': use('./link/b.aiwf.yaml'),
    'b.aiwf.yaml': use('./link/a.aiwf.yaml'),
    'c.aiwf.yaml': calling('caller'),
    'd.aiwf.yaml': calling('./d.aiwf.yaml'),
  });
  symlinkSync('.', join(folder, 'link'));
  const result = check(folder, '--format', 'json');
  assert.equal(result.errors, '');
  assert.equal(report(result).files, 4);
  assert.ok(report(result).findings.some(({ message }) => message.startsWith('These files import each other')));
});

test('a profile chooses the rules, several add up', () => {
  const folder = folderOf({ 'a.aiwf.yaml': clean });
  assert.match(check(folder, '--profile', 'sox').output, /no violation of sox@/);
  assert.match(check(folder, '--profile', 'sox', '--profile=strict').output, /no violation of sox@[\d.]+, strict@/);
});

test('color only where it is asked for, and NO_COLOR wins', () => {
  const folder = folderOf({ 'a.aiwf.yaml': faulty });
  const colored = (args: readonly string[], env = {}) =>
    runCli(cli, ['check', ...args], folder, env).output.includes('\u001B[');
  assert.deepEqual([colored([]), colored(['--color']), colored(['--color'], { NO_COLOR: '1' })], [false, true, false]);
});

test('the same bytes every time, wherever and however often', () => {
  const [first, second] = [folderOf({}), folderOf({})];
  for (const folder of [first, second]) cpSync('examples', join(folder, 'examples'), { recursive: true });
  const elsewhere = { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Apia' };
  for (const format of ['text', 'json']) {
    const args = ['check', 'examples/shared', 'examples/contract-review.aiwf.yaml', '--format', format];
    const { output } = runCli(cli, args, first);
    assert.equal(runCli(cli, args, second, elsewhere).output, output);
    assert.ok(output.length > 100);
  }
});

test('nothing is written over', () => {
  const folder = folderOf({ 'a.aiwf.yaml': faulty });
  chmodSync(join(folder, 'a.aiwf.yaml'), 0o444);
  chmodSync(folder, 0o555);
  assert.equal(check(folder).code, 1);
  chmodSync(folder, 0o755);
});

test('large output arrives whole, and a reader may stop early', { skip: process.platform === 'win32' }, () => {
  const many = `aiwf: 1\nworkflow: w\n${Array.from({ length: 1500 }, (_, i) => `key-${i}: 1\n`).join('')}`;
  const folder = folderOf({ 'a.aiwf.yaml': many });
  assert.ok(report(check(folder, '--format', 'json')).findings.length >= 1500);
  const shell = spawnSync(
    'bash',
    ['-c', `"${process.execPath}" "${cli}" check | head -c 10 >/dev/null; echo "\${PIPESTATUS[0]}"`],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    },
  );
  assert.deepEqual([shell.stdout, shell.stderr], ['1\n', '']);
});

test('--fix makes the safe fixes, says so, and reports what is left', () => {
  const text = `\uFEFF${clean.replaceAll('\n', '\r\n').replace('kind: human', 'knd: human')}titel: x\r\nfoobarbaz: 1\r\n`;
  const folder = folderOf({ 'a.aiwf.yaml': text, 'b.aiwf.yaml': clean });
  const result = check(folder, '--fix', '--format', 'json');
  assert.equal(result.errors, 'aiwf: a.aiwf.yaml: 2 fixes made\n');
  assert.equal(result.code, 1);
  assert.deepEqual(
    report(result).findings.map(({ message }) => message.slice(0, 11)),
    ["'foobarbaz'"],
  );
  const fixed = text.replace('knd:', 'kind:').replace('titel:', 'title:');
  assert.equal(readFileSync(join(folder, 'a.aiwf.yaml'), 'utf8'), fixed);
  assert.equal(check(folder, '--fix').errors, '', 'nothing is left to fix');
});

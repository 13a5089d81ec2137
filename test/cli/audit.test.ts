// `aiwf audit` from outside: the two files, the same bytes each time, hashes of what was read, the commit, and what it
// answers where something is wrong.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { Ajv } from 'ajv';
import type { AuditPack } from '../../src/report/audit-records.ts';
import { bundleCli, folderOf, type Result, runCli } from '../support/cli.ts';

let cli = '';
before(async () => {
  cli = await bundleCli();
});
const audit = (cwd: string, ...args: string[]): Result => runCli(cli, ['audit', ...args], cwd);
const packIn = (folder: string): AuditPack => JSON.parse(readFileSync(join(folder, 'audit.json'), 'utf8'));
const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** The examples with a configuration that names the day, a baseline and a rule pack of one rule. */
function project(): string {
  const folder = folderOf({
    'aiwf.config.yaml': 'profile: [strict]\ntoday: 2026-11-24\nbaseline: ./known.json\n',
    'known.json': '{ "version": 1, "files": {} }\n',
  });
  cpSync('examples', join(folder, 'examples'), { recursive: true });
  return folder;
}

test('the same files give the same bytes, and both files are there', () => {
  const folder = project();
  const first = audit(folder, 'examples', '--output', 'one');
  assert.deepEqual(first, { code: 0, output: 'one/audit.html\none/audit.json\n', errors: '' });
  assert.equal(audit(folder, 'examples', '--output', 'two/deep').code, 0);
  for (const name of ['audit.html', 'audit.json'])
    assert.ok(readFileSync(join(folder, 'one', name)).equals(readFileSync(join(folder, 'two/deep', name))), name);
  assert.deepEqual(readdirSync(join(folder, 'one')).sort(), ['audit.html', 'audit.json']);
});

test('audit.json is valid, judged by the day of the configuration, and holds the hash of all that was read', () => {
  const folder = project();
  audit(folder, '--output', 'out');
  const pack = packIn(join(folder, 'out'));
  const validate = new Ajv({ strict: true }).compile(JSON.parse(readFileSync('docs/audit.schema.json', 'utf8')));
  assert.ok(validate(pack), JSON.stringify(validate.errors));
  assert.deepEqual([...new Set(pack.workflows.map(({ judgedBy }) => judgedBy))], ['2026-11-24']);
  assert.equal(pack.tool.sha256, hashOf(cli));
  assert.equal(pack.commit, undefined);
  const roles = new Map(pack.inputs.map(({ path, role }) => [path, role]));
  assert.equal(roles.get('aiwf.config.yaml'), 'configuration');
  assert.equal(roles.get('known.json'), 'baseline');
  assert.equal(roles.get('examples/shared/people.aiwf.yaml'), 'library');
  assert.equal(roles.get('examples/warranty-return.aiwf.yaml'), 'workflow');
  for (const { path, sha256, bytes } of pack.inputs) {
    assert.equal(sha256, hashOf(join(folder, path)), path);
    assert.equal(bytes, readFileSync(join(folder, path)).length);
  }
});

test('a library that only one workflow uses is among the inputs', () => {
  const folder = project();
  const [name] = readdirSync(join(folder, 'examples')).filter(
    (each) =>
      each.endsWith('.aiwf.yaml') && readFileSync(join(folder, 'examples', each), 'utf8').includes('people.aiwf.yaml'),
  );
  audit(folder, `examples/${name}`, '--output', 'out');
  const { inputs, workflows } = packIn(join(folder, 'out'));
  assert.equal(workflows.length, 1);
  assert.equal(inputs.find(({ path }) => path === 'examples/shared/people.aiwf.yaml')?.role, 'used');
});

test('in a repository the commit is named, and which files are not as in it; no filter of the repository runs', () => {
  const folder = project();
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder, encoding: 'utf8' });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'First');
  const path = 'examples/warranty-return.aiwf.yaml';
  writeFileSync(join(folder, path), `${readFileSync(join(folder, path), 'utf8')}# changed\n`);
  const crlf = 'examples/grant-application.aiwf.yaml';
  writeFileSync(join(folder, crlf), readFileSync(join(folder, crlf), 'utf8').replaceAll('\n', '\r\n'));
  writeFileSync(join(folder, '.gitattributes'), '*.yaml filter=evil\n');
  git('config', 'filter.evil.clean', 'touch ran; cat');
  git('config', 'filter.evil.smudge', 'touch ran; cat');
  git('config', 'core.fsmonitor', 'touch ran');
  audit(folder, '--output', 'out');
  const { commit, inputs } = packIn(join(folder, 'out'));
  assert.equal(commit, git('rev-parse', 'HEAD').trim());
  assert.deepEqual(
    inputs.filter(({ asCommitted }) => asCommitted !== true).map((input) => input.path),
    [path],
  );
  assert.equal(existsSync(join(folder, 'ran')), false);
});

test('what cannot be read is named in the pack, and the exit code says so', () => {
  const folder = project();
  const { code, errors } = audit(folder, 'examples', 'missing.aiwf.yaml', '--output', 'out');
  assert.equal(code, 2);
  assert.match(errors, /missing\.aiwf\.yaml: no such file/);
  const { unread, statement } = packIn(join(folder, 'out'));
  assert.deepEqual(unread, [{ path: 'missing.aiwf.yaml', reason: 'no such file or folder' }]);
  assert.ok(statement.notChecked.some((line) => line.includes('missing.aiwf.yaml')));
});

test('without a folder to write into, a known profile or a workflow nothing is written', () => {
  const folder = folderOf({ 'notes.txt': 'x' });
  assert.match(audit(folder).errors, /name the folder to write into: --output FOLDER/);
  assert.match(
    audit(folder, '--output', 'out', '--profile', 'sax').errors,
    /unknown profile 'sax'\. Did you mean 'sox'/,
  );
  assert.match(audit(folder, '--output', 'out').errors, /no workflows were found/);
  assert.equal(audit(folder, '--output', 'out').code, 2);
  assert.equal(existsSync(join(folder, 'out')), false);
  const unwritable = project();
  assert.match(audit(unwritable, '--output', 'known.json').errors, /known\.json: cannot be written/);
});

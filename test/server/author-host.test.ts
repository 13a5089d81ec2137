// Which file a language model in the editor means, by uri, absolute path or path below a folder of the workspace.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAuthorHost } from '../../src/server/author-host.ts';
import { createLanguageService } from '../../src/service/language-service.ts';

function hostOf(folders: readonly string[], files: readonly string[], open: readonly string[] = []) {
  const known = new Map(files.map((uri) => [decodeURIComponent(uri), 'aiwf: 1\n']));
  const service = createLanguageService({ read: (uri) => known.get(decodeURIComponent(uri)) });
  for (const uri of open) service.open(uri, 1, 'aiwf: 1\n');
  return createAuthorHost({
    folders: () => folders,
    openUris: service.openUris,
    inspect: service.inspect,
    rulePage: () => undefined,
  });
}

const uriOf = (host: ReturnType<typeof hostOf>, file: string) => {
  const found = host.locate(file);
  return 'uri' in found ? decodeURIComponent(found.uri) : found.reason;
};

test('a path below the folder, an absolute path and a uri are one file', () => {
  const host = hostOf(['file:///home/me/project'], ['file:///home/me/project/sub/a%20b.aiwf.yaml']);
  for (const file of [
    'sub/a b.aiwf.yaml',
    './sub/a b.aiwf.yaml',
    'sub\\a b.aiwf.yaml',
    'other/../sub/a b.aiwf.yaml',
    '/home/me/project/sub/a b.aiwf.yaml',
    'file:///home/me/project/sub/a%20b.aiwf.yaml',
  ]) {
    assert.equal(uriOf(host, file), 'file:///home/me/project/sub/a b.aiwf.yaml', file);
  }
  assert.equal(host.nameOf('file:///home/me/project/sub/a%20b.aiwf.yaml'), 'sub/a b.aiwf.yaml');
});

test('no path leads out of the folders, nor to what is no workflow', () => {
  const outside = 'file:///home/me/secret.aiwf.yaml';
  const host = hostOf(['file:///home/me/project'], [outside, 'file:///home/me/project2/a.aiwf.yaml']);
  for (const file of [
    '../secret.aiwf.yaml',
    '..%2Fsecret.aiwf.yaml/../../secret.aiwf.yaml',
    '/home/me/secret.aiwf.yaml',
    outside,
    '../project2/a.aiwf.yaml',
    'https://example.com/a.aiwf.yaml',
  ]) {
    assert.match(uriOf(host, file), /does not lie in a folder/, file);
  }
  for (const file of ['a.yaml', '/etc/passwd', '', 'a.aiwf.yaml.txt']) assert.match(uriOf(host, file), /no workflow/);
});

test('what is open may be asked about wherever it lies', () => {
  const open = 'file:///elsewhere/b.aiwf.yaml';
  assert.equal(uriOf(hostOf(['file:///p'], [], [open]), '/elsewhere/b.aiwf.yaml'), open);
  assert.equal(uriOf(hostOf([], [], ['untitled:new.aiwf.yaml']), 'untitled:new.aiwf.yaml'), 'untitled:new.aiwf.yaml');
  assert.equal(uriOf(hostOf([], []), 'untitled.aiwf.yaml'), 'untitled:untitled.aiwf.yaml');
  assert.match(uriOf(hostOf([], []), 'sub/a.aiwf.yaml'), /is not open/);
});

test('in a workspace of several folders the file that is there counts; its folder may be named', () => {
  const [one, two] = ['file:///w/one', 'file:///w/two/'];
  const host = hostOf(
    [one, two],
    ['file:///w/one/both.aiwf.yaml', 'file:///w/two/both.aiwf.yaml', 'file:///w/two/b.aiwf.yaml'],
  );
  assert.equal(uriOf(host, 'b.aiwf.yaml'), 'file:///w/two/b.aiwf.yaml');
  assert.equal(uriOf(host, 'two/both.aiwf.yaml'), 'file:///w/two/both.aiwf.yaml');
  assert.equal(host.nameOf('file:///w/two/both.aiwf.yaml'), 'two/both.aiwf.yaml');
  assert.equal(uriOf(host, 'new.aiwf.yaml'), 'file:///w/one/new.aiwf.yaml');
});

test('folders of virtual file systems are folders as well', () => {
  const host = hostOf(['vscode-vfs://github/me/repo'], ['vscode-vfs://github/me/repo/flows/a.aiwf.yaml']);
  assert.equal(uriOf(host, 'flows/a.aiwf.yaml'), 'vscode-vfs://github/me/repo/flows/a.aiwf.yaml');
  assert.match(uriOf(host, '../other/a.aiwf.yaml'), /does not lie/);
});

test('a folder with letters that a uri writes in two ways', () => {
  const host = hostOf(
    ['file:///c%3A/Users/J%C3%BCrg/p%20%28x%29'],
    ['file:///c%3A/Users/J%C3%BCrg/p%20%28x%29/a.aiwf.yaml'],
  );
  assert.equal(uriOf(host, 'a.aiwf.yaml'), 'file:///c:/Users/Jürg/p (x)/a.aiwf.yaml');
  assert.equal(uriOf(host, 'c:\\Users\\Jürg\\p (x)\\a.aiwf.yaml'), 'file:///c:/Users/Jürg/p (x)/a.aiwf.yaml');
  assert.equal(host.nameOf('file:///c%3A/Users/J%C3%BCrg/p%20(x)/a.aiwf.yaml'), 'a.aiwf.yaml');
});

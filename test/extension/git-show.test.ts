// The file at the last commit: there, not there, no commit, no repository, a fault, and repositories that are found late.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type GitApi, type GitRepository, shownAtHead } from '../../src/extension/git-show.ts';

const found: GitRepository = {
  state: { HEAD: { commit: 'abc' } },
  show: (ref, path) => Promise.resolve(`${path} at ${ref}`),
};

function git(repository: GitRepository | null, late = false): GitApi<string> {
  let state: GitApi<string>['state'] = late ? 'uninitialized' : 'initialized';
  return {
    get state() {
      return state;
    },
    onDidChangeState(listener) {
      setTimeout(() => {
        state = 'initialized';
        listener(state);
      });
      return { dispose() {} };
    },
    getRepository: () => (state === 'initialized' ? repository : null),
  };
}

function failing(error: unknown): GitApi<string> {
  return git({ ...found, show: () => Promise.reject(error) });
}

test('a file of the last commit', async () => {
  assert.equal(await shownAtHead(git(found), 'uri', '/a.aiwf.yaml'), '/a.aiwf.yaml at HEAD');
});

test('repositories that are still looked for are waited for', async () => {
  assert.equal(await shownAtHead(git(found, true), 'uri', '/a'), '/a at HEAD');
});

test('a file that is not committed, or before the first commit: there was none', async () => {
  assert.equal(await shownAtHead(failing({ gitErrorCode: 'UnknownPath' }), 'uri', '/a'), null);
  const words = "fatal: path 'a' exists on disk, but not in 'HEAD'";
  assert.equal(await shownAtHead(failing({ stderr: words }), 'uri', '/a'), null);
  assert.equal(await shownAtHead(git({ ...found, state: { HEAD: {} } }), 'uri', '/a'), null);
  assert.equal(await shownAtHead(git({ ...found, state: { HEAD: undefined } }), 'uri', '/a'), null);
});

test('no repository, or one that cannot be read: nothing is known', async () => {
  assert.equal(await shownAtHead(git(null), 'uri', '/a'), undefined);
  assert.equal(await shownAtHead(failing(new Error('lock')), 'uri', '/a'), undefined);
  assert.equal(await shownAtHead(failing(undefined), 'uri', '/a'), undefined);
});

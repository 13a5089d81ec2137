// The Markdown block: what it is made of, and that no text of a user ends the fence, the heading or the link.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markdownBlock } from '../../src/picture/markdown-block.ts';

test('a title, the fenced text, a link', () => {
  assert.equal(
    markdownBlock({ title: 'Answer a question', mermaid: 'swimlane-beta TB\n', path: '../flows/reply.aiwf.yaml' }),
    [
      '## Answer a question',
      '',
      '```mermaid',
      'swimlane-beta TB',
      '```',
      '',
      '[reply.aiwf.yaml](../flows/reply.aiwf.yaml)',
      '',
    ].join('\n'),
  );
});

test('what would be markup is none', () => {
  const block = markdownBlock({
    title: 'One\n# <img src=x> [two](javascript:x)',
    mermaid: 'a\n````\nb\n',
    path: 'a b/javascript:c](d)<e>.yaml',
  });
  const lines = block.trimEnd().split('\n');
  assert.equal(lines[0], '## One \\# \\<img src=x\\> \\[two\\]\\(javascript\\:x\\)');
  assert.deepEqual([lines[2], lines[6]], ['`````mermaid', '`````']);
  assert.equal(lines.at(-1), '[javascript\\:c\\]\\(d\\)\\<e\\>.yaml](a%20b/javascript%3Ac%5D%28d%29%3Ce%3E.yaml)');
});

test('without a title the file names it; a broken character has an address', () => {
  const [heading] = markdownBlock({ title: ' \n', mermaid: '', path: 'x/y.yaml' }).split('\n');
  assert.equal(heading, '## y.yaml');
  assert.match(markdownBlock({ title: 'x', mermaid: '', path: '\ud800.yaml' }), /\(%EF%BF%BD\.yaml\)\n$/);
});

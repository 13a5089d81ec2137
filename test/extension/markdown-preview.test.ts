// Blocks of `aiwf` in the Markdown engine that VS Code uses.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import MarkdownIt from 'markdown-it';
import { extendMarkdownIt } from '../../src/extension/markdown-preview.ts';

const render = (text: string): string => new MarkdownIt().use(extendMarkdownIt).render(text);

test('a block of aiwf becomes a place with its text, escaped', () => {
  assert.equal(
    render('```aiwf\naiwf: 1\ntitle: </code><script>alert("1")</script> & \'2\'\n```\n'),
    '<div class="aiwf-block"><pre><code>aiwf: 1\ntitle: &#60;/code&#62;&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62; &#38; &#39;2&#39;\n</code></pre></div>\n',
  );
});

test('what follows the language on the opening fence is no matter', () => {
  for (const opening of ['```aiwf title="x"', '~~~ aiwf', '````aiwf\t{.wide}'])
    assert.match(render(`${opening}\naiwf: 1\n`), /^<div class="aiwf-block"><pre>/, opening);
});

test('every other block is drawn as before', () => {
  const plain = new MarkdownIt();
  for (const text of [
    '```yaml\naiwf: 1\n```',
    '```\naiwf\n```',
    '```aiwfx\na\n```',
    '```AIWF\na\n```',
    '```aiwf-old\na\n```',
    '    aiwf: 1\n',
    '`aiwf`',
  ])
    assert.equal(render(text), plain.render(text));
});

test('a plugin that draws another language before keeps doing so', () => {
  const engine = new MarkdownIt();
  const { rules } = engine.renderer;
  const before = rules.fence;
  rules.fence = (tokens, index, ...rest) =>
    tokens[index]?.info === 'mermaid' ? '<div class="mermaid"></div>' : (before?.(tokens, index, ...rest) ?? '');
  const text = extendMarkdownIt(engine).render('```mermaid\na\n```\n\n```aiwf\na\n```\n\n```js\na\n```\n');
  assert.match(text, /^<div class="mermaid"><\/div><div class="aiwf-block">.*language-js/s);
});

test('the preview finds the line of a block by which it scrolls', () => {
  const engine = new MarkdownIt().use(extendMarkdownIt);
  // As VS Code marks the lines.
  engine.core.ruler.push('lines', ({ tokens }) => {
    for (const token of tokens)
      if (token.map && token.type !== 'inline') {
        token.attrSet('data-line', String(token.map[0]));
        token.attrJoin('class', 'code-line');
      }
  });
  assert.match(engine.render('One\n\n```aiwf\na\n```\n'), /<div class="aiwf-block code-line" data-line="2"><pre>/);
});

test('an engine without a rule for blocks still shows their text', () => {
  const engine = extendMarkdownIt({ renderer: { rules: {} } });
  const token = { info: 'js', content: '<b>', attrGet: () => null };
  const { rules }: { rules: MarkdownIt['renderer']['rules'] } = engine.renderer;
  assert.equal(rules.fence?.([token], 0, {}, {}, undefined), '&#60;b&#62;');
});

// Colors: the cases, and what must hold for any text, with and without VS Code's YAML grammar.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkScopes, grammarPath, loadGrammar, tokenize, type Yaml } from '../support/grammar.ts';
import { cases } from './grammar-cases.ts';

for (const yaml of ['without source.yaml', 'with a greedy source.yaml'] satisfies Yaml[]) {
  for (const [name, text] of Object.entries(cases)) {
    test(`${name} (${yaml})`, async () => {
      const grammar = await loadGrammar(yaml);
      for (const start of ['', '\n', '# first\n', '  \n']) checkScopes(grammar, start + text.slice(1));
    });
  }
}

test('YAML never takes the document, whatever its first line is', async () => {
  const grammar = await loadGrammar('with a greedy source.yaml');
  for (const first of ['', ' ', '?', '@', '%YAML 1.2', '!tag', '{', '"', '  odd', '- a', '\t', '\u00e9', '|']) {
    const lines = tokenize(grammar, `${first}\nsteps:\n`);
    assert.ok(lines[1]?.[0]?.includes('keyword.other.section.aiwf'), `after '${first}': ${lines[1]?.[0]}`);
  }
});

test('no mark, wherever it stands, colors the lines after its value', async () => {
  for (const mark of ['"', "'", '{', '[', '|', '>', '(', '&', '*', '!', '? ', '- - ', '%', '@', '`', '\t', '}', ': ']) {
    const grammar = await loadGrammar('with a greedy source.yaml');
    const text = `steps:\n  a:\n    next: ${mark}\n    by: x\n  b:\n    ${mark}\n    within: 4h\n${mark}\ndata:\n`;
    const lines = tokenize(grammar, text);
    assert.ok(lines[3]?.[4]?.join(' ').endsWith('entity.name.tag.yaml'), `by after '${mark}'`);
    assert.ok(lines[6]?.[4]?.join(' ').endsWith('entity.name.tag.yaml'), `within after '${mark}'`);
    assert.ok(lines[8]?.[0]?.includes('keyword.other.section.aiwf'), `data after '${mark}'`);
  }
});

test('every character of the templates has a color', async () => {
  const grammar = await loadGrammar('without source.yaml');
  for (const name of readdirSync('media/templates')) {
    const text = readFileSync(`media/templates/${name}`, 'utf8');
    const rows = text.split('\n');
    for (const [row, characters] of tokenize(grammar, text).entries()) {
      const bare = characters.findIndex((scopes, at) => scopes.length === 1 && rows[row]?.[at] !== ' ');
      assert.equal(bare, -1, `${name}: ${rows[row]}`);
    }
  }
});

test('whatever a step is cut off at, the next top-level key is colored as one', async () => {
  const grammar = await loadGrammar('without source.yaml');
  const text = cases['conditions in flow maps end where YAML ends them'] ?? '';
  const plain = text.replaceAll(/^#.*\n/gm, '');
  for (let end = 0; end <= plain.length; end++) {
    const lines = tokenize(grammar, `${plain.slice(0, end)}\ndata:\n`);
    assert.ok(lines.at(-2)?.[0]?.includes('keyword.other.section.aiwf'), plain.slice(0, end));
  }
});

test('every name of a standard scope is one that themes know', () => {
  const grammar = readFileSync(grammarPath, 'utf8');
  const names = [...grammar.matchAll(/"(?:name|contentName)": "([a-z][^"]*)"/g)].flatMap((match) =>
    (match[1] ?? '').split(' '),
  );
  const known =
    /^(comment|constant\.(character|language|numeric)|entity\.(name\.(function|tag|type|variable)|other)|keyword\.(control|operator|other)|meta|punctuation|storage|string|support\.(function|type)|variable\.other)\b/;
  assert.deepEqual(
    names.filter((name) => !known.test(name)),
    [],
  );
});

// The page of limits: each number on it is the one in the code.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';

/** By the first words of a row: the file or folder where each of its numbers is set, in the order of the row. */
const sources: Readonly<Record<string, readonly (readonly [file: string, constant: string])[]>> = {
  'a text': [['language/parse-syntax.ts', 'maxTextLength']],
  'a file, VS Code in a browser': [['extension/client-files.ts', 'maxBytes']],
  'collections in one another': [['language/syntax.ts', 'maxDepth']],
  'values that aliases stand for': [['language/reading.ts', 'aliasBudget']],
  'problems of YAML in one file': [['language/parse-syntax.ts', 'maxSyntaxProblems']],
  'fields in one another': [['language/read-fields.ts', 'maxFieldDepth']],
  'workflow files of a workspace, editor': [['server/main.ts', 'maxWorkflowFiles']],
  'folders in one another, editor': [['server/main.ts', 'maxFolderDepth']],
  completion: [['service/completion.ts', 'maxItems']],
  'tokens in all states, in the search for deadlocks': [['analysis/soundness.ts', 'maxTokens']],
  'a document with two waves of diagnostics': [['service', 'longText']],
  'workflows that the language server keeps worked out': [
    ['service', 'checkedRoom = { entries'],
    ['service', 'checkedRoom = { entries: \\d+, size'],
  ],
  'files that it keeps as they were read': [
    ['service', 'parsedRoom = { entries'],
    ['service', 'parsedRoom = { entries: \\d+, size'],
  ],
  'a file of results in the cache of `aiwf check`': [['cli/check-cache.ts', 'maxBytes']],
  'files of results in that cache': [['cli/check-cache.ts', 'maxFiles']],
};

const rows = readFileSync('docs/limits.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(1)
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));

function numbersIn(words: string): readonly number[] {
  return [...words.matchAll(/\d[\d,]*/g)].map(([digits]) => Number(digits.replaceAll(',', '')));
}

/** Of a file, or of all in a folder. */
function codeOf(path: string): string {
  if (statSync(path).isFile()) return readFileSync(path, 'utf8');
  const names = readdirSync(path, { recursive: true }).map(String);
  return names.flatMap((name) => (name.endsWith('.ts') ? [readFileSync(`${path}/${name}`, 'utf8')] : [])).join('\n');
}

function constantIn(file: string, name: string): number {
  const found = new RegExp(`${name}\\s*[=:]\\s*([\\d_]+)`).exec(codeOf(`src/${file}`))?.[1];
  assert.ok(found !== undefined, `${name} in ${file}`);
  return Number(found.replaceAll('_', ''));
}

for (const [of = '', limit = ''] of rows)
  test(`${of}: ${limit}`, () => {
    if (of === 'a file, command line') {
      assert.match(readFileSync('src/cli/files.ts', 'utf8'), /maxBytes = 4 \* maxTextLength/);
      assert.deepEqual(numbersIn(limit), [4 * constantIn('language/parse-syntax.ts', 'maxTextLength')]);
      return;
    }
    const expected = sources[of]?.map(([file, name]) => constantIn(file, name));
    assert.deepEqual(numbersIn(limit), expected);
  });

// Tokenizes text with the TextMate grammar as VS Code does, and checks scopes against caret comments in the text.
// A comment `#  ^^^ keyword.operator` asks that the characters above it, on the last line that is no such comment,
// carry that scope; `!scope` asks that none of them does. A `#` right before a caret counts as the first caret.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as oniguruma from 'vscode-oniguruma';
import { type IGrammar, type IRawGrammar, parseRawGrammar, Registry } from 'vscode-textmate';

/** A grammar for `source.yaml` that claims the whole document from its first character or an explicit key, as VS Code's own does. */
const greedyYaml: IRawGrammar = parseRawGrammar(
  JSON.stringify({
    scopeName: 'source.yaml',
    patterns: [
      { begin: '\\A', while: '^', name: 'swallowed.by.yaml' },
      { begin: '\\?', while: '^', name: 'swallowed.by.yaml' },
      { match: '\\S', name: 'left.to.yaml' },
    ],
  }),
  'yaml.json',
);

export type Yaml = 'without source.yaml' | 'with a greedy source.yaml';

/** Relative to the root of the project, where tests run. */
export const grammarPath = 'syntaxes/aiwf.tmLanguage.json';
let engine: Promise<void> | undefined;

export async function loadGrammar(yaml: Yaml): Promise<IGrammar> {
  engine ??= oniguruma.loadWASM(readFileSync('node_modules/vscode-oniguruma/release/onig.wasm'));
  await engine;
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      if (scope === 'source.aiwf') return parseRawGrammar(readFileSync(grammarPath, 'utf8'), 'aiwf.json');
      return yaml === 'with a greedy source.yaml' ? greedyYaml : null;
    },
  });
  const grammar = await registry.loadGrammar('source.aiwf');
  assert.ok(grammar);
  return grammar;
}

/** The scopes of every character, line by line. */
export function tokenize(grammar: IGrammar, text: string): string[][][] {
  let state: Parameters<IGrammar['tokenizeLine']>[1] = null;
  return text.split('\n').map((line) => {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    const characters: string[][] = [];
    for (const token of result.tokens) {
      for (let at = token.startIndex; at < Math.min(token.endIndex, line.length); at++) characters.push(token.scopes);
    }
    return characters;
  });
}

const caretComment = /^#? *\^+ /;
const assertion = /(#?)(\^+)((?: +!?[a-z][\w.-]*)+)/g;

/** Tokenizes the text without its caret comments and checks each of them against the line above it. */
export function checkScopes(grammar: IGrammar, text: string): void {
  const lines = text.split('\n');
  const code = lines.filter((line) => !caretComment.test(line));
  assert.ok(code.length < lines.length, 'no caret comment in the text');
  const tokens = tokenize(grammar, code.join('\n'));
  let above = -1;
  for (const line of lines) {
    if (!caretComment.test(line)) {
      above++;
      continue;
    }
    for (const { index, 1: hash = '', 2: carets = '', 3: names = '' } of line.matchAll(assertion)) {
      for (let at = index; at < index + hash.length + carets.length; at++) {
        const scopes = tokens[above]?.[at] ?? [];
        for (const name of names.trim().split(/ +/)) {
          const scope = name.replace('!', '');
          const has = scopes.some((one) =>
            one.split(' ').some((part) => part === scope || part.startsWith(`${scope}.`)),
          );
          const place = `'${code[above]?.[at] ?? ''}' (column ${at + 1}) of\n${code[above]}\n${line}\nhas ${scopes.join(' ')}`;
          assert.equal(has, !name.startsWith('!'), place);
        }
      }
    }
  }
}

// The words of the extension: each is in the bundles and translated, none is written past them, and none is left over.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { type CallExpression, type Node, SyntaxKind } from 'typescript/unstable/ast';
import {
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isNoSubstitutionTemplateLiteral,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteral,
  isTemplateExpression,
} from 'typescript/unstable/ast/is';
import { API } from 'typescript/unstable/sync';
import manifest from '../package.json';

type Words = Readonly<Record<string, string>>;

const languages = ['de'];
const wordsIn = (path: string): Words => JSON.parse(readFileSync(path, 'utf8'));
const english = wordsIn('l10n/bundle.l10n.json');
const manifestEnglish = wordsIn('package.nls.json');

const api = new API({ cwd: process.cwd() });
after(() => api.close());
const program = api.updateSnapshot({ openProjects: [resolve('tsconfig.json')] }).getProjects()[0]?.program;

/** Every node of the files of the extension and of the words of its pictures, with its file. */
const nodes = [
  ...readdirSync('src/extension', { recursive: true }).map((name) => join('src/extension', String(name))),
  'src/picture/words.ts',
]
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) => {
    const file = program?.getSourceFile(resolve(name));
    assert.ok(file, name);
    return descendants(file).map((node) => ({ node, name }));
  });

function descendants(node: Node): readonly Node[] {
  const found: Node[] = [node];
  node.forEachChild((child) => {
    found.push(...descendants(child));
  });
  return found;
}

/** `vscode.l10n.t(…)`, and `t(…)` where the words are handed on to a page. */
function isTranslation(node: Node): node is CallExpression {
  return isCallExpression(node) && /^(vscode\.l10n\.)?t$/.test(node.expression.getText());
}

function literalOf(node: Node | undefined): string | undefined {
  return node && (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) ? node.text : undefined;
}

const translations = nodes.flatMap(({ node, name }) => (isTranslation(node) ? [{ node, name }] : []));
const used = new Map(translations.map(({ node, name }) => [literalOf(node.arguments[0]), name]));

/** Placeholders of a text, in the order of their numbers. */
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

test('each message is written as one literal, so that it can be found', () => {
  assert.ok(translations.length > 40);
  assert.deepEqual(
    translations
      .filter(({ node }) => literalOf(node.arguments[0]) === undefined)
      .map(({ node, name }) => [name, node.getText()]),
    [],
  );
});

test('a message is given as many values as it has places', () => {
  // The page of the diagram fills its words in itself.
  const own = translations.filter(({ node }) => node.expression.getText() !== 't');
  assert.deepEqual(
    own
      .map(({ node, name }) => [name, literalOf(node.arguments[0]) ?? '', node.arguments.length - 1] as const)
      .filter(
        ([, text, values]) => placeholders(text).join() !== Array.from({ length: values }, (_, at) => `{${at}}`).join(),
      ),
    [],
  );
});

test('the bundle holds every message that is used, and no other', () => {
  assert.deepEqual(Object.keys(english).sort(), [...used.keys()].sort());
  for (const [key, text] of Object.entries(english)) assert.equal(text, key);
});

/** Arguments and properties whose text somebody reads. */
const shownCalls: Readonly<Record<string, readonly number[]>> = {
  showInformationMessage: [0, 1, 2, 3],
  showWarningMessage: [0, 1, 2, 3],
  showErrorMessage: [0, 1, 2, 3],
  setStatusBarMessage: [0],
  createWebviewPanel: [1],
  createTreeView: [],
  createOutputChannel: [],
  append: [],
};
const shownProperties = new Set(
  'title placeHolder placeholder label detail description prompt tooltip text name message accessibilityInformation openLabel saveLabel invocationMessage'.split(
    ' ',
  ),
);
/** Names that are the same in every language, and properties of things nobody sees. */
const names: Readonly<Record<string, string>> = { 'AI Workflow': 'the name of the product' };

/** The literals that end up in the value of an expression; those handed to a translation do not. */
function literalsIn(node: Node): readonly string[] {
  if (isTranslation(node)) return [];
  const text = literalOf(node);
  if (text !== undefined) return [text];
  if (isTemplateExpression(node))
    return [
      node.head.text,
      ...node.templateSpans.flatMap((span) => [span.literal.text, ...literalsIn(span.expression)]),
    ];
  if (isConditionalExpression(node)) return [...literalsIn(node.whenTrue), ...literalsIn(node.whenFalse)];
  if (isBinaryExpression(node) && /^(\+|\?\?|\|\|)$/.test(node.operatorToken.getText()))
    return [...literalsIn(node.left), ...literalsIn(node.right)];
  if (node.kind === SyntaxKind.ParenthesizedExpression || node.kind === SyntaxKind.SpreadElement) {
    const inner: Node[] = [];
    node.forEachChild((child) => {
      inner.push(child);
    });
    return inner.flatMap(literalsIn);
  }
  return [];
}

/** What a reader would see of the code of a file. */
function shownBy(node: Node): readonly Node[] {
  if (isCallExpression(node)) {
    const called = isPropertyAccessExpression(node.expression) ? node.expression.name.text : '';
    return (Object.hasOwn(shownCalls, called) ? (shownCalls[called] ?? []) : []).flatMap(
      (at) => node.arguments[at] ?? [],
    );
  }
  if (isPropertyAssignment(node)) return shownProperties.has(node.name.getText()) ? [node.initializer] : [];
  if (isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken) {
    const { left } = node;
    const property = isPropertyAccessExpression(left) ? left.name.text : isElementAccessExpression(left) ? '' : '';
    return shownProperties.has(property) ? [node.right] : [];
  }
  return [];
}

/** Letters of a language, beside icons such as `$(check)`. */
const isWording = (text: string) => /\p{L}{2}/u.test(text.replace(/\$\([\w~-]+\)/g, '')) && !Object.hasOwn(names, text);

test('no text that a user reads is written past the bundle', () => {
  const seen = nodes.flatMap(({ node, name }) =>
    shownBy(node).flatMap((shown) =>
      literalsIn(shown)
        .filter(isWording)
        .map((text) => `${name}: ${text}`),
    ),
  );
  assert.deepEqual(seen, []);
});

test('a text that is kept for later in a constant is translated as well', () => {
  // `const create = 'New Workflow'` is shown elsewhere: a sentence or a title in any constant is suspicious.
  const kept = nodes.flatMap(({ node, name }) => {
    const text = literalOf(node);
    const isTranslated = node.parent && isTranslation(node.parent);
    return text !== undefined && !isTranslated && /^[A-Z]\p{Ll}+ .*\p{L}/u.test(text) && isWording(text)
      ? [`${name}: ${text}`]
      : [];
  });
  assert.deepEqual(kept, logged);
});

/** Lines of the log, which is for those who look for a fault. */
const logged = ['src/extension/main.ts: The language server does not start'];

test('templates are described as the first line of their file says', () => {
  for (const file of readdirSync('media/templates')) {
    const [line = ''] = readFileSync(join('media/templates', file), 'utf8').split('\n');
    const [, label = '', detail = ''] = /^# *(.*?) – (.*)$/.exec(line) ?? [];
    for (const text of [label, detail.charAt(0).toUpperCase() + detail.slice(1)])
      assert.equal(used.get(text), join('src/extension', 'new-workflow.ts'), `${file}: ${text}`);
  }
});

test('the page of the diagram has no words of its own', () => {
  const page = readFileSync('src/extension/diagram-html.ts', 'utf8');
  const [, body = ''] = page.split('<body>');
  assert.deepEqual(
    [...body.matchAll(/(?:aria-label|title|alt|placeholder)="([^"$]+)"|>([^<>${}]*\p{L}{2}[^<>${}]*)</gu)].map(
      ([all]) => all,
    ),
    [],
  );
});

test('texts of the manifest are keys of package.nls.json, and each key is used', () => {
  const shown = new Set(
    'title description markdownDescription displayName userDescription category label contents altText'.split(' '),
  );
  const lists = new Set('enumDescriptions markdownEnumDescriptions enumItemLabels'.split(' '));
  const bare: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      // For the model that calls a tool, not for a person.
      if (key === 'inputSchema' || key === 'configurationDefaults') continue;
      const texts = shown.has(key) ? [inner] : lists.has(key) ? (inner as unknown[]) : [];
      for (const text of texts)
        if (typeof text === 'string' && !/^%[\w.-]+%$/.test(text)) bare.push(`${path}.${key}: ${text}`);
      visit(inner, `${path}.${key}`);
    }
  };
  visit(manifest.contributes, 'contributes');
  visit({ description: manifest.description, capabilities: manifest.capabilities }, 'manifest');
  assert.deepEqual(bare, []);
  const keys = [...JSON.stringify(manifest).matchAll(/"%([\w.-]+)%"/g)].map(([, key = '']) => key);
  assert.deepEqual(Object.keys(manifestEnglish).sort(), [...new Set(keys)].sort());
});

for (const language of languages) {
  const pairs: readonly (readonly [string, Words, Words])[] = [
    ['messages', english, wordsIn(`l10n/bundle.l10n.${language}.json`)],
    ['manifest', manifestEnglish, wordsIn(`package.nls.${language}.json`)],
  ];
  for (const [what, source, translated] of pairs) {
    test(`${language}, ${what}: every text is translated and none is left over`, () => {
      assert.deepEqual(Object.keys(translated).sort(), Object.keys(source).sort());
      assert.deepEqual(Object.keys(translated), Object.keys(source), 'in the same order, so that they can be compared');
      for (const [key, text] of Object.entries(translated)) assert.ok(text.trim().length > 0, key);
      const copied = Object.entries(translated).filter(([key, text]) => text === source[key]);
      assert.deepEqual(
        copied.map(([, text]) => text).filter((text) => !sameInAll.includes(text)),
        [],
      );
    });

    test(`${language}, ${what}: places to fill in, commands and icons are those of the English text`, () => {
      const parts = (text: string) => [
        ...placeholders(text),
        ...(text.match(/command:[\w.]+|\$\([\w~-]+\)|`[^`]+`/g) ?? []),
      ];
      for (const [key, text] of Object.entries(translated))
        assert.deepEqual(parts(text), parts(source[key] ?? ''), key);
    });
  }
}

/** Words that German shares with English, and names. */
const sameInAll = ['AI Workflow Architect', 'Governance', 'Workflow: {0}', 'Zoom'];

test('the bundles lie where the manifest says', () => {
  assert.equal(manifest.l10n, './l10n');
  assert.deepEqual(
    readdirSync('l10n').sort(),
    ['bundle.l10n.json', ...languages.map((language) => `bundle.l10n.${language}.json`)].sort(),
  );
  for (const language of languages) assert.ok(existsSync(`package.nls.${language}.json`));
});

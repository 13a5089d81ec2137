// Keeps the folders of src/ a pipeline: who may import whom, no circles, which packages where, and tidy files.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import { test } from 'node:test';

/** A folder may import itself and these. `protocol` is the file `src/protocol.ts`. */
const mayImport: Record<string, readonly string[]> = {
  language: [],
  analysis: ['language'],
  rules: ['language', 'analysis'],
  governance: ['language', 'analysis', 'rules'],
  picture: [],
  diagram: ['language', 'analysis', 'picture'],
  interop: ['language', 'analysis'],
  simulation: ['language', 'analysis'],
  report: ['language', 'analysis', 'rules', 'governance', 'picture', 'diagram'],
  service: ['language', 'analysis', 'rules', 'governance', 'picture', 'diagram'],
  protocol: ['picture'],
  server: [
    'language',
    'analysis',
    'rules',
    'governance',
    'picture',
    'diagram',
    'interop',
    'simulation',
    'report',
    'service',
    'protocol',
  ],
  cli: [
    'language',
    'analysis',
    'rules',
    'governance',
    'picture',
    'diagram',
    'interop',
    'simulation',
    'report',
    'service',
    'protocol',
    'server',
  ],
  webview: ['picture', 'protocol'],
  markdown: ['language', 'analysis', 'picture', 'diagram', 'webview'],
  extension: ['picture', 'protocol'],
};

/** Packages that only some files may import; the first pattern that fits a package counts. */
const packages: readonly (readonly [RegExp, RegExp])[] = [
  [/^vscode$/, /^src\/extension\//],
  [/^node:/, /^src\/(server\/main\.ts|cli\/.*|extension\/node\.ts)$/],
  [/^yaml$/, /^src\/language\/(syntax|compose)\.ts$/],
  [/^mermaid($|\/)/, /^src\/webview\//],
  [/^vscode-languageclient($|\/)/, /^src\/extension\//],
  [/^vscode-languageserver($|\/)/, /^src\/server\//],
  [/^vscode-languageserver-(types|textdocument|protocol)($|\/)/, /^src\/(service|server)\//],
  [/^@modelcontextprotocol\/|^zod($|\/)/, /^src\/cli\/mcp/],
  [/^vscode-/, /^$/],
];

/** Lists of data, exempt from the limit on lines. */
const lists = ['src/language/vocabulary.ts'];
const maxLines = 400;

const files = readdirSync('src', { recursive: true })
  .map((name) => join('src', String(name)).split(sep).join('/'))
  .filter((name) => /\.(ts|tsx|mts|js|mjs)$/.test(name))
  .sort();
const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));

/** What a file imports, types too: `import … from`, bare `import`, `export … from`, `import()`, `require()`. */
function importsOf(text: string): string[] {
  const code = text.replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, '');
  const patterns = [/\bfrom\s+'([^']+)'/g, /^\s*import\s+'([^']+)'/gm, /\b(?:import|require)\(\s*'([^']+)'/g];
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map(([, specifier = '']) => specifier));
}

function relativeImports(file: string): string[] {
  const specifiers = importsOf(texts.get(file) ?? '').filter((specifier) => specifier.startsWith('.'));
  return specifiers.map((specifier) => posix.join(posix.dirname(file), specifier));
}

const layerOf = (file: string) => /^src\/([^/.]+)/.exec(file)?.[1] ?? file;
const isCode = (file: string) => file.startsWith('src/') && texts.has(file);

test('there is something to check', () => {
  assert.ok(files.length > 20);
  assert.ok(relativeImports('src/language/parse.ts').includes('src/language/read.ts'));
});

test('a folder imports only the folders its line names', () => {
  const bad = files.flatMap((file) => {
    const [from, allowed] = [layerOf(file), mayImport[layerOf(file)]];
    if (!allowed) return [`${file}: the folder '${from}' is not in the table`];
    return relativeImports(file)
      .filter((target) => target.startsWith('src/') && layerOf(target) !== from && !allowed.includes(layerOf(target)))
      .map((target) => `${file} -> ${target}`);
  });
  assert.deepEqual(bad, []);
});

test('a relative import names a file, with its ending', () => {
  const bad = files.flatMap((file) =>
    relativeImports(file)
      .filter((target) => !texts.has(target) && !/\.(json|md|css)$/.test(target))
      .map((target) => `${file} -> ${target}`),
  );
  assert.deepEqual(bad, []);
});

test('imports form no circle, types included', () => {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
    if (done.has(file) || trail.includes(file)) return;
    for (const target of relativeImports(file).filter(isCode)) visit(target, [...trail, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  assert.deepEqual(circles, []);
});

test('a package is imported only where it belongs', () => {
  const bad = files.flatMap((file) =>
    importsOf(texts.get(file) ?? '')
      .filter((specifier) => !specifier.startsWith('.'))
      .filter((specifier) => {
        const rule = packages.find(([name]) => name.test(specifier));
        return rule && !rule[1].test(file);
      })
      .map((specifier) => `${file} -> ${specifier}`),
  );
  assert.deepEqual(bad, []);
});

test('node modules are written with node:', () => {
  const bare = /^(fs|path|os|url|util|child_process|process|crypto|stream|events|http|https|net|worker_threads)(\/|$)/;
  assert.deepEqual(
    files.filter((file) => importsOf(texts.get(file) ?? '').some((name) => bare.test(name))),
    [],
  );
});

test('a file has at most 400 lines, lists of data apart', () => {
  const long = files.filter(
    (file) => !lists.includes(file) && (texts.get(file) ?? '').split('\n').length - 1 > maxLines,
  );
  assert.deepEqual(long, []);
});

test('a file begins with a comment that says what it is for', () => {
  assert.deepEqual(
    files.filter((file) => !/^(\/\/ |\/\*\*?[\s*])/.test(texts.get(file) ?? '')),
    [],
  );
});

test('there is no barrel and no util folder', () => {
  assert.deepEqual(
    files.filter((file) => /(^|\/)index\.[a-z]+$/.test(file)),
    [],
  );
  assert.deepEqual(
    files.filter((file) => /^export\s+(type\s+)?(\*|\{[^}]*\})[^;\n]*\sfrom\s/m.test(texts.get(file) ?? '')),
    [],
  );
  assert.deepEqual(
    files.filter((file) => /(^|\/)(utils?|helpers?|common|misc)(\/|$)/.test(dirname(file))),
    [],
  );
});

test('names of files are in kebab-case', () => {
  assert.deepEqual(
    files.filter((file) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.d)?\.[a-z]+$/.test(posix.basename(file))),
    [],
  );
});

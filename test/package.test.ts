// The manifest against the code, and the package against what a user needs. Runs after `npm run build`.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { test } from 'node:test';
import { listFiles, PackageManager } from '@vscode/vsce';
import manifest from '../package.json';
import { configurationName, parseConfiguration } from '../src/governance/configuration.ts';
import { presets } from '../src/rules/presets.ts';

const contributes: Record<string, unknown> = manifest.contributes;
const commands = manifest.contributes.commands.map(({ command }) => command).sort();

const extension = readdirSync('src/extension', { recursive: true })
  .map((name) => join('src/extension', String(name)))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(name, 'utf8').replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, ''))
  .join('\n');

/** Texts of the manifest in every language, by key. */
const texts = readdirSync('.')
  .filter((name) => /^package\.nls(\.\w+)?\.json$/.test(name))
  .map((name): Readonly<Record<string, string>> => JSON.parse(readFileSync(name, 'utf8')));

/** The texts that stand behind a key such as `%description%`; any other string is itself. */
function textsOf(text: string): string[] {
  const key = /^%([\w.-]+)%$/.exec(text)?.[1];
  return key === undefined ? [text] : texts.flatMap((all) => all[key] ?? []);
}

/** Every string below a value of the manifest. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return textsOf(value);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

test('each contributed command is registered, and no other', () => {
  const named = new Set([...extension.matchAll(/['"`](aiwf\.[A-Za-z.]+)['"`]/g)].map(([, id = '']) => id));
  assert.deepEqual(
    commands.filter((command) => !named.has(command)),
    [],
    'contributed, but not in src/extension',
  );
  const registered = [...extension.matchAll(/registerCommand\(\s*['"`](aiwf\.[A-Za-z.]+)/g)].map(([, id = '']) => id);
  assert.deepEqual(
    registered.filter((id) => !commands.includes(id)),
    [],
    'registered, but not contributed',
  );
  assert.equal(new Set(registered).size, registered.length, 'registered twice');
  assert.match(extension, /registerCommand\(/);
});

test('each contributed tool for language models is registered, and no other', () => {
  const contributed = manifest.contributes.languageModelTools.map(({ name }) => name).sort();
  const registered = [...extension.matchAll(/^ {2}(aiwf_\w+): /gm)].map(([, name = '']) => name).sort();
  assert.deepEqual(registered, contributed);
  assert.match(extension, /lm\.registerTool/);
});

test('menus, walkthroughs and key bindings name contributed commands', () => {
  const { menus, keybindings, walkthroughs } = contributes;
  const used = [
    ...stringsIn([menus, keybindings]).filter((text) => /^aiwf\.\w+$/.test(text)),
    ...stringsIn(walkthroughs).flatMap((text) =>
      [...text.matchAll(/(?:command:|onCommand:)(aiwf\.\w+)/g)].map(([, id = '']) => id),
    ),
  ];
  assert.ok(used.length > 0);
  assert.deepEqual(
    used.filter((id) => !commands.includes(id)),
    [],
  );
});

test('each setting is read, and no other', () => {
  const sections = [contributes.configuration ?? []].flat() as readonly { properties?: Record<string, unknown> }[];
  const settings = sections.flatMap(({ properties }) => Object.keys(properties ?? {}));
  for (const id of settings) assert.match(id, /^aiwf\./);
  // A setting is read by its whole id, or by its name below the section `aiwf`.
  const code = `${extension}${readdirSync('src/server')
    .map((name) => readFileSync(join('src/server', name), 'utf8'))
    .join('\n')}`;
  const isRead = (id: string) => [id, id.slice('aiwf.'.length)].some((name) => code.includes(`'${name}'`));
  // The client library reads the one for tracing by itself.
  assert.deepEqual(
    settings.filter((id) => id !== 'aiwf.trace.server' && !isRead(id)),
    [],
  );
  const read = [...extension.matchAll(/getConfiguration\('aiwf'[^)]*\)\s*\.get(?:<[^>]*>)?\(\s*'([\w.]+)'/g)];
  assert.deepEqual(
    read.map(([, name = '']) => `aiwf.${name}`).filter((id) => !settings.includes(id)),
    [],
  );
});

test('files that the manifest names exist', () => {
  const paths = stringsIn(contributes).filter((text) => /^(\.\/)?(media|syntaxes|docs|dist)\/[^ ]+$/.test(text));
  const all = [...paths, manifest.icon, manifest.main, manifest.browser, ...Object.values(manifest.bin)];
  assert.ok(all.length >= 5);
  assert.deepEqual(
    all.filter((path) => !existsSync(path)),
    [],
  );
});

test('the web build asks for nothing that only Node.js has', () => {
  for (const [bundle, mayRequire] of [
    ['extension-web', ['vscode']],
    ['server-web', []],
  ] as const) {
    const code = readFileSync(`dist/${bundle}.js`, 'utf8');
    const required = [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = '']) => name);
    assert.deepEqual([...new Set(required)], [...mayRequire], bundle);
    assert.doesNotMatch(code, /["']node:[a-z_/]+["']/, bundle);
  }
  assert.equal(manifest.capabilities.virtualWorkspaces, true);
});

test('every template can be chosen', () => {
  const names = [...extension.matchAll(/\bfile: '([\w-]+)'/g)].map(([, name]) => `${name}.aiwf.yaml`);
  assert.deepEqual(names.sort(), readdirSync('media/templates').sort());
});

test('the first configuration is understood, also with everything in it that is left to choose', () => {
  const text = readFileSync(join('media', configurationName), 'utf8');
  const chosen = text.replaceAll(/^#(?! )|^#(?= {2})/gm, '');
  assert.ok(chosen.length < text.length - 10, 'nothing is left to choose');
  for (const each of [text, chosen]) {
    const { problems, settings } = parseConfiguration('file:///work/aiwf.config.yaml', each);
    assert.deepEqual(problems, []);
    assert.deepEqual(settings.profile, ['recommended']);
  }
  for (const id of presets.keys()) assert.ok(text.includes(id), `${id} is not named`);
});

test('the setting for presets offers every preset, with its title', () => {
  const { items } = manifest.contributes.configuration.properties['aiwf.profile'];
  assert.deepEqual(items.enum, [...presets.keys()]);
  const english: Readonly<Record<string, string>> = JSON.parse(readFileSync('package.nls.json', 'utf8'));
  assert.deepEqual(
    items.enumDescriptions.map((text) => english[text.replaceAll('%', '')]),
    [...presets.values()].map(({ title }) => title),
  );
});

test('texts of the walkthrough are plain: VS Code shows no Markdown but links there', () => {
  for (const { description, steps } of manifest.contributes.walkthroughs)
    for (const text of [description, ...steps.flatMap((step) => [step.title, step.description])].flatMap(textsOf))
      assert.doesNotMatch(text, /[`*_]/);
});

test('languages and views are activated by what is contributed', () => {
  for (const event of manifest.activationEvents) {
    assert.match(
      event,
      /^(onWebviewPanel:aiwf\.\w+|onLanguage:aiwf|workspaceContains:.*(\.aiwf\.ya?ml|aiwf\.config\.yaml))$/,
    );
    const panel = /^onWebviewPanel:(.+)$/.exec(event)?.[1];
    if (panel !== undefined) assert.ok(extension.includes(`'${panel}'`), `no panel of the type ${panel}`);
  }
  assert.deepEqual(
    manifest.contributes.languages.map(({ id }) => id),
    ['aiwf', 'aiwf-config'],
  );
  const [workflow, configuration] = manifest.contributes.languages;
  assert.deepEqual(workflow?.extensions, ['.aiwf.yaml', '.aiwf.yml']);
  assert.ok(configuration?.filenames?.includes(configurationName));
});

test('scripts, engines and names are those the documentation gives', () => {
  const scripts: Record<string, string> = manifest.scripts;
  for (const name of ['start', 'build', 'lint', 'test', 'test:unit', 'test:editor', 'package', 'bench']) {
    assert.ok(scripts[name], `no script '${name}'`);
    for (const [path] of scripts[name].matchAll(/(?<=node )[\w./-]+\.mjs/g))
      assert.ok(existsSync(path), `${name}: no ${path}`);
  }
  assert.equal(manifest.name, 'aiwf');
  assert.equal(manifest.displayName, 'AI Workflow Architect');
  assert.equal(manifest.license, 'MIT');
  assert.equal(manifest.engines.node, '>=20.19');
  assert.match(manifest.engines.vscode, /^\^1\.\d+\.0$/);
  assert.ok(
    manifest.devDependencies['@types/vscode'].replace('^', '') <= manifest.engines.vscode.replace('^', ''),
    'types of a newer VS Code than the oldest supported one',
  );
});

test('the package holds what a user needs, and nothing else', async () => {
  const files = (
    await listFiles({ cwd: process.cwd(), packageManager: PackageManager.None, ignoreFile: '.vscodeignore' })
  )
    .map((file) => file.split(sep).join('/'))
    .sort();
  const needed = [
    'package.json',
    'package.nls.json',
    'package.nls.de.json',
    'README.md',
    'CHANGELOG.md',
    'LICENSE',
    'SECURITY.md',
    'syntaxes/aiwf-config.schema.json',
    'syntaxes/aiwf.schema.json',
    'syntaxes/aiwf.tmLanguage.json',
    'l10n/bundle.l10n.de.json',
  ];
  const bundles = ['extension', 'extension-web', 'server', 'server-web', 'cli', 'webview', 'markdown-preview'].map(
    (name) => `dist/${name}.js`,
  );
  assert.deepEqual(
    [...needed, ...bundles].filter((file) => !files.includes(file)),
    [],
    'missing',
  );
  assert.ok(
    files.some((file) => /^docs\/rules\/[\w-]+\/[\w-]+\.md$/.test(file)),
    'no page of a rule',
  );
  const expected =
    /^(dist\/((extension|server)(-web)?|cli|webview|markdown-preview)\.js|dist\/(third-party-licenses\.txt|sbom\.cdx\.json)|media\/.+|l10n\/bundle\.l10n(\.\w+)?\.json|syntaxes\/[^/]+\.(json|code-snippets)|docs\/rules\/.+\.md)$/;
  assert.deepEqual(
    files.filter((file) => posix.dirname(file) !== '.' && !expected.test(file)),
    [],
    'not needed',
  );
  assert.deepEqual(
    files.filter((file) => posix.dirname(file) === '.' && !needed.includes(file)),
    [],
    'not needed',
  );
  assert.equal('files' in manifest, false, 'vsce takes either `files` of package.json or .vscodeignore, not both');
});

// Bundles the extension, the language server, the command line tool, the webview and the Markdown preview into dist/.
// `--production` minifies, and writes the licenses and a bill of materials of all that is bundled; `--watch` rebuilds on change.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, context } from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  metafile: production,
  logLevel: 'warning',
  loader: { '.md': 'text', '.css': 'text' },
};

/** @type {import('esbuild').BuildOptions} */
const node = { ...shared, platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'] };

const web = { ...shared, platform: 'browser', target: 'es2022', mainFields: ['browser', 'module', 'main'] };

export const bundles = [
  { ...node, entryPoints: ['src/extension/node.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
  { ...node, entryPoints: ['src/server/main.ts'], outfile: 'dist/server.js' },
  { ...node, entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
  {
    ...web,
    format: 'cjs',
    entryPoints: ['src/extension/web.ts'],
    outfile: 'dist/extension-web.js',
    external: ['vscode'],
  },
  { ...web, format: 'iife', entryPoints: ['src/server/web.ts'], outfile: 'dist/server-web.js' },
  { ...web, format: 'iife', entryPoints: ['src/webview/main.ts'], outfile: 'dist/webview.js' },
  { ...web, format: 'iife', entryPoints: ['src/markdown/preview.ts'], outfile: 'dist/markdown-preview.js' },
];

rmSync('dist', { recursive: true, force: true });
if (watch) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  const results = await Promise.all(bundles.map((options) => build(options)));
  if (production) {
    const packages = bundledPackages(results.map(({ metafile }) => metafile));
    writeFileSync('dist/third-party-licenses.txt', licensesOf(packages));
    writeFileSync('dist/sbom.cdx.json', billOfMaterials(packages));
  }
}

/** The packages that went into the bundles, each once, by name and version. */
function bundledPackages(metafiles) {
  const paths = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = new Set(paths.flatMap((path) => packageFolder(dirname(path)) ?? []));
  const packages = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (license === undefined && file === undefined) throw new Error(`${name} ${version} names no license`);
    const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
    return { name, version, license, text };
  });
  const once = new Map(packages.map((each) => [`${each.name} ${each.version}`, each]));
  return [...once].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

/** Names, versions and license texts, as the licenses ask for. */
function licensesOf(packages) {
  const rule = `\n${'-'.repeat(80)}\n\n`;
  const blocks = packages.map(
    ({ name, version, license, text }) =>
      `${name} ${version} (${license ?? 'see below'})\n${text === '' ? '' : `\n${text}\n`}`,
  );
  return `The extension contains these packages, each under its own license.\n${rule}${blocks.join(rule)}`;
}

/** CycloneDX 1.5; the same packages give the same bytes. */
function billOfMaterials(packages) {
  const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const purl = (each) => `pkg:npm/${each.name.replace('@', '%40')}@${each.version}`;
  const components = packages.map((each) => ({
    type: 'library',
    'bom-ref': purl(each),
    name: each.name,
    version: each.version,
    purl: purl(each),
    ...(each.license === undefined ? {} : { licenses: [{ expression: each.license }] }),
  }));
  const metadata = { component: { type: 'application', 'bom-ref': purl({ name, version }), name, version } };
  const bom = { bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, metadata, components };
  return `${JSON.stringify(bom, undefined, 2)}\n`;
}

/** The nearest folder below node_modules that holds a package with a name; undefined for what is ours. */
function packageFolder(folder) {
  if (!folder.includes('node_modules')) return undefined;
  const manifest = join(folder, 'package.json');
  const isPackage = existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version !== undefined;
  return isPackage ? folder : packageFolder(dirname(folder));
}

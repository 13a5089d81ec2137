// Bundles the extension, the language server, the command line tool, the webview and the Markdown preview into dist/.
// `--production` minifies; `--watch` rebuilds on change.
import { rmSync } from 'node:fs';
import { build, context } from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
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
  await Promise.all(bundles.map((options) => build(options)));
}

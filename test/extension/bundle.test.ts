// What the extension host has to load: the client and its views, and nothing of the language server, which is a program of
// its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { build } from 'esbuild';

/** What the extension and its webview share with the server: plain data and its types. */
const own = /^src\/(extension|picture)\/|^src\/protocol(\.ts|\/)/;

for (const [entry, platform] of [
  ['src/extension/node.ts', 'node'],
  ['src/extension/web.ts', 'browser'],
] as const)
  test(`${entry} holds no code of the server`, async () => {
    const { metafile } = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      metafile: true,
      minify: true,
      platform,
      format: 'cjs',
      mainFields: platform === 'node' ? ['module', 'main'] : ['browser', 'module', 'main'],
      external: ['vscode'],
      loader: { '.md': 'text', '.css': 'text' },
    });
    const [output] = Object.values(metafile.outputs);
    const inputs = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
    const paths = inputs.map(([path]) => path);
    assert.ok(paths.includes(entry));
    assert.deepEqual(
      paths.filter((path) => !path.includes('node_modules/') && !own.test(path)),
      [],
    );
    const packages = paths.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
    for (const name of ['yaml', '@marcbachmann/cel-js', 'mermaid', 'vscode-languageserver'])
      assert.ok(!packages.includes(name), name);
    assert.ok((output?.bytes ?? 0) < 700_000, `${output?.bytes} bytes`);
  });
